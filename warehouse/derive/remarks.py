"""What a policy file says that this data never needs: no error, but somebody should know before they rely on it."""

from collections.abc import Iterator

import duckdb

from warehouse.derive.causes.remarks import cause_remarks

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
_OF_TICKETS = {
    "sla.toml channel": ("SELECT DISTINCT unnest(channels) FROM sla_rules", "channel"),
    "calendars.toml teams": ("SELECT team FROM clock_teams", "team"),
    "calendars.toml regions": ("SELECT region FROM clock_regions", "region"),
}
# A signal without weight is not asked for. Few companies note recommendations: that none has the delivered kinds of
# advocates is no mistake.
_OF_CONTACTS = {
    "churn.toml signals.fewer_consultations kinds": (
        "SELECT unnest(fewer_consultations_kinds()) WHERE fewer_consultations_weight() > 0"
    ),
    "churn.toml signals.fewer_logins kinds": "SELECT unnest(fewer_logins_kinds()) WHERE fewer_logins_weight() > 0",
    "lifecycle.toml advocate kinds": (
        "SELECT v FROM (SELECT unnest(lifecycle_advocate_kinds()) AS v) WHERE v NOT IN ('referral', 'share')"
    ),
    "care.toml impersonal": "SELECT unnest(care_impersonal())",
}
_CHURNED = """
SELECT lifecycle_churned_{key}(), silence_{key}()
WHERE lifecycle_churned_{key}() <= silence_{key}() AND silence_weight() > 0 AND EXISTS (FROM fact_orders)
"""


def remarks(con: duckdb.DuckDBPyConnection) -> list[str]:
    """A sentence each, in English, for the person who loads; on service levels none where the source has judged."""
    ours = con.execute(_OURS).fetchall()[0][0]
    levels = [*_tickets(con), *_early(con), *_unused(con)] if ours else []
    return [*levels, *_contacts(con), *_churned(con), *cause_remarks(con)]


def _unused(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for name, start in con.execute(_UNUSED).fetchall():
        yield f"sla.toml version {start}, rule “{name}”: judges none of the tickets opened in its time."


def _early(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    count, start = con.execute(_EARLY).fetchall()[0]
    if count:
        yield f"sla.toml: no version is for tickets opened before {start}; {count:,} have no target."


def _tickets(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for place, (named, column) in _OF_TICKETS.items():
        yield from _unknown(con, f"{place}: no ticket", named, _values(con, "fact_tickets", column))


def _contacts(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Nothing where no contact has a kind: then the data cannot say."""
    there = _values(con, "fact_interactions", "kind")
    for place, named in _OF_CONTACTS.items() if there else ():
        yield from _unknown(con, f"{place}: no contact", named, there)


def _churned(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Who is lost before the early sign fires is never called in time."""
    for key in ("times", "floor_days", "cap_days"):
        for churned, silence in con.execute(_CHURNED.format(key=key)).fetchall():
            yield (
                f"lifecycle.toml churned {key}: {float(churned):g} is not above the {float(silence):g} of churn.toml "
                "signals.silence; customers can count as lost before that sign fires."
            )


def _values(con: duckdb.DuckDBPyConnection, table: str, column: str) -> list[str]:
    found = con.execute(f"SELECT DISTINCT {column}::VARCHAR FROM {table} WHERE {column} IS NOT NULL").fetchall()
    return sorted(value for (value,) in found)


def _unknown(con: duckdb.DuckDBPyConnection, nothing: str, named: str, there: list[str]) -> Iterator[str]:
    """Values that a policy names and the data does not have, with those there are."""
    for (value,) in con.execute(f"SELECT v FROM ({named}) AS t (v) ORDER BY v").fetchall():
        if value not in there:
            yield f"{nothing} has “{value}”; there are: {', '.join(there) or 'none'}."
