"""Working hours in words: weekdays, windows of a day and lengths, from a policy file to numbers."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from warehouse.derive.toml_node import Node, shown

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Window = tuple[int, int]
"""Start and end in seconds of the local day; the end is at most 86400."""

_WINDOW = re.compile(r"(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)")
_LENGTH = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,2})m)?")
_DAY, _STEP = 86400, 300
_HOURS = 'write for example ["09:00-12:00", "13:00-18:00"]'


def read_weekdays(node: Node) -> dict[int, tuple[Window, ...]]:
    advice = 'write for example hours = { mon-fri = ["09:00-18:00"] }'
    if node.value is None:
        raise node.wrong(f"is missing; {advice}.")
    found: dict[int, tuple[Window, ...]] = {}
    for each in node.fields(advice=advice):
        windows = read_windows(each)
        for day in _days(each):
            if day in found:
                raise each.wrong(f"{WEEKDAYS[day - 1]} is given twice; name each weekday once, with all its windows.")
            found[day] = windows
    if not any(found.values()):
        raise node.wrong(f"no weekday has any, so no target would ever fall due; {advice}.")
    return {day: found[day] for day in sorted(found) if found[day]}


def _days(node: Node) -> Iterator[int]:
    """The weekdays of a key such as mon, mon-fri, sun-thu or "mon,wed"."""
    for part in str(node.place[-1]).split(","):
        ends = [read_weekday(node, end.strip()) for end in part.split("-", 1)]
        count = (ends[-1] - ends[0]) % 7 + 1
        yield from ((ends[0] - 1 + step) % 7 + 1 for step in range(count))


def read_weekday(node: Node, name: str) -> int:
    if name not in WEEKDAYS:
        raise node.wrong(f"there is no weekday {shown(name)}; write {', '.join(WEEKDAYS)}, mon-fri or “mon,wed”.")
    return WEEKDAYS.index(name) + 1


def read_windows(node: Node) -> tuple[Window, ...]:
    windows = sorted(_window(each) for each in node.items(_HOURS))
    for one, other in pairwise(windows):
        if other[0] < one[1]:
            raise node.wrong(f"{_clock(one)} and {_clock(other)} overlap; make one window of them or part them.")
    return tuple(windows)


def _window(node: Node) -> Window:
    text = node.text(_HOURS)
    if not (match := _WINDOW.fullmatch(text)):
        raise node.wrong(f"{shown(text)} is no window; {_HOURS}.")
    first, first_minute, last, last_minute = map(int, match.groups())
    start, end = first * 3600 + first_minute * 60, last * 3600 + last_minute * 60
    if max(first_minute, last_minute) > 59 or max(start, end) > _DAY:
        raise node.wrong(f"{shown(text)} is no time of day; write times from 00:00 to 24:00.")
    if start % _STEP or end % _STEP:
        raise node.wrong(f"{shown(text)} is not on a five-minute step; write for example 08:30 or 08:35.")
    if end <= start:
        rest = f" on this day and 00:00-{_time(end)} on the next" if end else ""
        raise node.wrong(
            f"{shown(text)} does not end after its start; split it at midnight: {_clock((start, _DAY))}{rest}."
        )
    return start, end


def read_working_day(node: Node, weekdays: Mapping[int, tuple[Window, ...]]) -> int:
    """The length of a working day in seconds: as written, or that of every day with hours."""
    if node.value is None:
        lengths = sorted({sum(end - start for start, end in windows) for windows in weekdays.values()})
        if len(lengths) > 1:
            told = f"is missing, and days are from {_length(lengths[0])} to {_length(lengths[-1])} long"
            raise node.wrong(f'{told}; write how long one working day of a target is, such as working_day = "8h".')
        return lengths[0]
    advice = "write a length such as “8h” or “7h30m”"
    match = _LENGTH.fullmatch(node.text(advice))
    hours, minutes = (int(part or 0) for part in match.groups()) if match else (0, 0)
    if not 0 < (seconds := hours * 3600 + minutes * 60) <= _DAY:
        raise node.wrong(f"{shown(node.value)} is no length of a day; {advice}.")
    return seconds


def _time(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def _clock(window: Window) -> str:
    return "-".join(map(_time, window))


def _length(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}h" + (f"{minutes:02}m" if minutes else "")
