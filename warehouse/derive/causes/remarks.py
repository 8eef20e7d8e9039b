"""What the policy of causes says that this data never shows."""

from collections.abc import Iterator

import duckdb

_NAMED = 5
"""So many are named; of the others only the number is told."""
_CATEGORIES = (
    "SELECT DISTINCT value FROM signs WHERE sign = 'category' AND value NOT IN "
    "(SELECT category::VARCHAR FROM fact_tickets WHERE category IS NOT NULL)"
)
_DEPARTMENTS = (
    "SELECT DISTINCT responsible FROM causes WHERE responsible NOT IN "
    "(SELECT department::VARCHAR FROM fact_tickets WHERE department IS NOT NULL)"
)
# A policy in two languages always has words that nobody says; one of which nothing is ever seen is another matter.
_IDLE = """
SELECT subject || ' ' || name
FROM signs
WHERE subject <> 'ignored'
GROUP BY subject, name
HAVING bool_and(
    value NOT IN (SELECT value FROM rule_words)
    AND value NOT IN (SELECT v FROM (SELECT DISTINCT category::VARCHAR AS v FROM all_texts) WHERE v IS NOT NULL)
    AND value NOT IN (SELECT v FROM (SELECT DISTINCT touchpoint::VARCHAR AS v FROM all_texts) WHERE v IS NOT NULL)
)
"""


def cause_remarks(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """One sentence each for categories, departments, and causes and scenarios of which nothing is seen; none about what
    the data does not have at all."""
    for kind, query in (("category", _CATEGORIES), ("department", _DEPARTMENTS)):
        there = _values(con, f"SELECT DISTINCT {kind}::VARCHAR FROM fact_tickets WHERE {kind} IS NOT NULL")
        missing = _values(con, query)
        if there and missing:
            yield f"causes.toml: no ticket has the {kind} {_listed(missing)}; there are: {', '.join(there)}."
    idle = _values(con, _IDLE)
    if idle and _values(con, "SELECT word FROM words LIMIT 1"):
        yield f"causes.toml: nothing in this data shows a sign of {_listed(idle)}."


def _listed(values: list[str]) -> str:
    named = ", ".join(f"“{value}”" for value in values[:_NAMED])
    return f"{named} and {len(values) - _NAMED} more" if len(values) > _NAMED else named


def _values(con: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return sorted(str(value) for (value,) in con.execute(query).fetchall())
