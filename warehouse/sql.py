"""The few pieces of SQL text that the loader writes itself: quoted names, literals, zones."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo


def name(text: str) -> str:
    """A quoted identifier."""
    return '"' + text.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A quoted string."""
    return "'" + text.replace("'", "''") + "'"


def literals(values: Iterable[str]) -> str:
    """Quoted strings, comma-separated."""
    return ", ".join(literal(value) for value in values)


def one_of(expression: str, values: Iterable[str]) -> str:
    """Whether ``expression`` is one of the values.

    Not ``IN`` or ``list_contains``: DuckDB makes a join of those, and a join loses the order of rows. False for NULL.
    """
    cases = " ".join(f"WHEN {literal(value)} THEN true" for value in values)
    return f"CASE {expression} {cases} ELSE false END"


@cache
def _fixed_since(zone: str) -> tuple[datetime, int] | None:
    """The year from which ``zone`` has kept one offset, with the offset in seconds; None where it still changes."""
    info = ZoneInfo(zone)
    offsets = {day: info.utcoffset(day) for day in _probes()}
    last = offsets[max(offsets)]
    changed = [day for day, offset in offsets.items() if offset != last]
    since = datetime(max(changed).year + 2, 1, 1) if changed else datetime(1900, 1, 1)
    if last is None or since.year > datetime.now(UTC).year - 10:
        return None
    return since, int(last.total_seconds())


def _probes() -> list[datetime]:
    start = datetime(1900, 1, 1)
    return [start + timedelta(days=10 * step) for step in range(int(137 * 36.525))]


def to_utc(expression: str, zone: str) -> str:
    """SQL that reads the local time ``expression`` of ``zone`` as UTC.

    A zone that no longer changes its offset is plain arithmetic from then on: ten times faster than the zone tables.
    """
    general = f"timezone('UTC', timezone({literal(zone)}, {expression}))"
    return _shift(expression, zone, general, -1)


def to_local(expression: str, zone: str) -> str:
    """SQL that shows the UTC time ``expression`` as local time of ``zone``."""
    general = f"timezone({literal(zone)}, timezone('UTC', {expression}))"
    return _shift(expression, zone, general, 1)


def _shift(expression: str, zone: str, general: str, sign: int) -> str:
    fixed = _fixed_since(zone)
    if fixed is None:
        return general
    since, seconds = fixed
    moved = f"{expression} + to_seconds({sign * seconds})" if seconds else expression
    return f"CASE WHEN {expression} >= TIMESTAMP '{since}' THEN {moved} ELSE {general} END"
