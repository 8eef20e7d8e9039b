"""Runs the numbered SQL files over the base tables of a warehouse that is being built."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from schemas import CONTRACTS
from warehouse.derive.calendar import create_calendar
from warehouse.derive.calendars import read_calendars
from warehouse.derive.care_policy import create_care_policy
from warehouse.derive.causes import assign_causes, create_cause_rules, create_topics
from warehouse.derive.churn import create_churn
from warehouse.derive.churn_policy import create_churn_rules
from warehouse.derive.demand_policy import create_demand_rules
from warehouse.derive.dimensions import DIMENSIONS, FIXED
from warehouse.derive.feeds import create_feeds
from warehouse.derive.handling_policy import create_handling_rules
from warehouse.derive.lifecycle_policy import create_lifecycle_rules
from warehouse.derive.moods import create_moods
from warehouse.derive.policy import read_policy
from warehouse.derive.simplified import create_simplified
from warehouse.derive.sla_tables import create_sla, longest
from warehouse.derive.tier_policy import create_tier_rules
from warehouse.derive.tier_reasons import create_tier_reasons
from warehouse.derive.value.months import create_values
from warehouse.derive.words import create_words
from warehouse.derive.working_time import create_working_time
from warehouse.privacy import hidden
from warehouse.settings import Settings
from warehouse.sql import literals, name, to_local, to_utc
from warehouse.stage import TYPES

FOLDER = Path(__file__).parent
Step = Callable[[duckdb.DuckDBPyConnection], object]
PYTHON: Mapping[str, Step] = {
    "60_values": create_values,
    "80_churn": create_churn,
    "91_words": create_words,
    "92_moods": create_moods,
    "93_causes": assign_causes,
    "94_topics": create_topics,
    "97_feeds": create_feeds,
}
"""Steps that SQL cannot do, under a number among those of the SQL files."""

_EVENTS = {
    "tickets": (
        "opened_at",
        "assigned_at",
        "first_response_at",
        "feedback_at",
        "resolved_at",
        "confirmed_at",
        "closed_at",
    ),
    "pauses": ("started_at", "ended_at"),
    "events": ("happened_at",),
    "orders": ("ordered_at",),
    "surveys": ("sent_at", "answered_at"),
    "interactions": ("happened_at",),
}


def derive(con: duckdb.DuckDBPyConnection, team: Settings, version: str, advance: Callable[[str], None]) -> None:
    """Create ``meta``, ``calendar``, the tables of customers and tiers, and the facts.

    Raises LoadError for a wrong policy file.
    """
    first, horizon = _span(con)
    con.execute(f"CREATE TEMP MACRO local(t) AS ({to_local('t', team.timezone)})")
    con.execute(f"CREATE TEMP MACRO utc(t) AS ({to_utc('t', team.timezone)})")
    con.execute(f"CREATE TEMP MACRO hidden(t) AS ({hidden('t')})")
    create_simplified(con)
    shown = f"TIMESTAMP '{horizon}'" if horizon else "NULL::TIMESTAMP"
    con.execute(f"CREATE TEMP MACRO as_of() AS {shown}")
    create_types(con)
    create_calendar(con, first, horizon, team)
    create_tier_reasons(con, create_tier_rules(con))
    advance("calendars")
    _create_clocks(con, team, first, horizon)
    advance("policies")
    create_churn_rules(con)
    create_care_policy(con)
    create_handling_rules(con)
    create_demand_rules(con)
    create_lifecycle_rules(con)
    create_cause_rules(con)
    for title, step in _steps().items():
        advance(title)
        step(con)
    _publish_tables(con)
    _create_meta(con, team, version, horizon)


def _steps() -> dict[str, Step]:
    """All numbered steps, in order: the SQL files and those in Python."""
    return dict(sorted({**{path.stem: _sql(path) for path in FOLDER.glob("*.sql")}, **PYTHON}.items()))


def _sql(path: Path) -> Step:
    return lambda con: con.execute(path.read_text(encoding="utf-8"))


def _create_clocks(
    con: duckdb.DuckDBPyConnection, team: Settings, first: datetime | None, last: datetime | None
) -> None:
    """The service-level policy and the working time of every calendar."""
    calendars = read_calendars(team)
    policy = read_policy(clocks=calendars.calendars)
    create_sla(con, policy, calendars)
    now = datetime.now(UTC).replace(tzinfo=None)
    reach = longest(policy, calendars)
    create_working_time(con, list(calendars.calendars.values()), first or now, last or now, reach)


def _publish_tables(con: duckdb.DuckDBPyConnection) -> None:
    """The base tables under their own names. What a fact already holds is a view of it: nothing is stored twice."""
    here = name(con.execute("SELECT current_database()").fetchall()[0][0])
    for table, contract in CONTRACTS.items():
        fact = f"fact_{table}"
        found = con.execute("SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [fact]).fetchall()
        held = {column for (column,) in found}
        if not held:
            con.execute(f"CREATE TABLE {here}.main.{table} AS FROM temp.{table}")
            continue
        columns = ", ".join(
            f"{_given(c.name, held)}::{TYPES[c.kind]} AS {name(c.name)}" for c in contract.columns.values()
        )
        con.execute(f"CREATE VIEW {here}.main.{table} AS SELECT {columns} FROM {fact}")


def _given(column: str, held: set[str]) -> str:
    """The column as it was read: a fact holds it beside what was made of it, or only where a mask hides some of it."""
    if f"unmasked_{column}" in held:
        return f"coalesce({name(f'unmasked_{column}')}, {name(column)})"
    return name(f"given_{column}" if f"given_{column}" in held else column)


def _span(con: duckdb.DuckDBPyConnection) -> tuple[datetime | None, datetime | None]:
    """The earliest and the latest event in the base tables, in UTC. The latest is the data's horizon."""
    columns = [(table, column) for table, events in _EVENTS.items() for column in events]
    parts = " UNION ALL ".join(f"SELECT min({c}) AS low, max({c}) AS high FROM {t}" for t, c in columns)
    low, high = con.execute(f"SELECT min(low), max(high) FROM ({parts})").fetchall()[0]
    return low, high


def create_types(con: duckdb.DuckDBPyConnection) -> None:
    """An ENUM type ``dim_…`` for each dimension."""
    for dimension, values in FIXED.items():
        _create_type(con, dimension, list(values))
    for dimension, columns in DIMENSIONS.items():
        places = (place.split(".") for place in columns)
        parts = " UNION ".join(f"SELECT DISTINCT {column} AS v FROM {table}" for table, column in places)
        found = con.execute(f"SELECT v FROM ({parts}) WHERE v IS NOT NULL ORDER BY v").fetchall()
        _create_type(con, dimension, [value for (value,) in found])


def _create_type(con: duckdb.DuckDBPyConnection, dimension: str, values: list[str]) -> None:
    """An ENUM of the values; plain text where there is none, since an ENUM needs one."""
    shape = f"ENUM ({literals(values)})" if values else "VARCHAR"
    con.execute(f"CREATE TYPE dim_{dimension} AS {shape}")


def _create_meta(con: duckdb.DuckDBPyConnection, team: Settings, version: str, horizon: datetime | None) -> None:
    rows = {
        "version": version,
        "built_at": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}",
        "timezone": team.timezone,
        "currency": team.currency,
    }
    con.execute("CREATE TABLE meta (key VARCHAR, value VARCHAR)")
    con.executemany("INSERT INTO meta VALUES (?, ?)", list(rows.items()))
    if horizon:
        con.execute(
            "INSERT INTO meta SELECT 'as_of', strftime(as_of(), '%Y-%m-%d %H:%M:%S') "
            "UNION ALL SELECT 'as_of_day', local(as_of())::DATE::VARCHAR"
        )
