"""What a policy file says that this data never needs: no error, but somebody should know before they rely on it."""

from collections.abc import Iterator

import duckdb

_OURS = """
SELECT count(*) > 0
FROM fact_tickets AS t
JOIN judges AS j ON j.judged_by IS NOT DISTINCT FROM t.judged_by
WHERE j.response OR j.feedback OR j.resolution
"""
_UNUSED = """
SELECT r.name, r.version_from
FROM sla_rules AS r
WHERE r.rule NOT IN (SELECT rule FROM fact_tickets WHERE rule IS NOT NULL)
    AND EXISTS (
        FROM fact_tickets WHERE opened_day >= r.version_from AND opened_day <= coalesce(r.version_until, opened_day)
    )
ORDER BY r.rule
"""
_EARLY = """
SELECT count(*), min(v.version_from)
FROM fact_tickets AS t CROSS JOIN (SELECT min(version_from) AS version_from FROM sla_rules) AS v
WHERE t.opened_day < v.version_from
"""
_UNKNOWN = {
    "sla.toml channel": ("SELECT DISTINCT unnest(channels) FROM sla_rules", "channel"),
    "calendars.toml teams": ("SELECT team FROM clock_teams", "team"),
    "calendars.toml regions": ("SELECT region FROM clock_regions", "region"),
}


def remarks(con: duckdb.DuckDBPyConnection) -> list[str]:
    """A sentence each, in English, for the person who loads; none where the source judges every ticket itself."""
    ours = con.execute(_OURS).fetchall()[0][0]
    return [*_unknown(con), *_early(con), *_unused(con)] if ours else []


def _unused(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for name, start in con.execute(_UNUSED).fetchall():
        yield f"sla.toml version {start}, rule “{name}”: judges none of the tickets opened in its time."


def _early(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    count, start = con.execute(_EARLY).fetchall()[0]
    if count:
        yield f"sla.toml: no version is for tickets opened before {start}; {count:,} have no target."


def _unknown(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Values that a policy names and no ticket has, with those there are."""
    for place, (named, column) in _UNKNOWN.items():
        found = con.execute(
            f"SELECT DISTINCT {column}::VARCHAR FROM fact_tickets WHERE {column} IS NOT NULL"
        ).fetchall()
        there = sorted(value for (value,) in found)
        for (value,) in con.execute(f"SELECT v FROM ({named}) AS t (v) ORDER BY v").fetchall():
            if value not in there:
                yield f"{place}: no ticket has “{value}”; there are: {', '.join(there) or 'none'}."
