"""Which causes of complaints rise above their own history, and where. How it works: docs/rising.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from queries.cause_counts import Counts, Series, counted
from queries.flags import MONTH, Lately, expected, lately, narrowest
from queries.rising_policy import RisingPolicy
from queries.scope import NOT_GIVEN
from queries.usual import Numbers, Usual, bounds

SHOWN = 26
"""So many weeks of history an alert shows."""


@dataclass(frozen=True)
class Beside:
    """Another series of the same seven days."""

    series: Series
    n: int
    usual: float


@dataclass(frozen=True)
class Alert:
    """One rise: ``n`` complaints in seven days where ``usual`` were to be expected, by chance ``low`` to ``high``.

    ``month`` and ``month_usual``: the same of the last four weeks. ``weeks``: so many weeks ago it began. ``history``:
    counts by week, the newest last. ``share`` and ``usual_share`` are of all complaints there. ``other`` and
    ``other_usual``: the same cause elsewhere, None where the alert is about everywhere. ``back``: the day that raised
    it last is so many days ago. ``beside``: of all complaints the cause most beyond its usual, of a cause in a place
    that place where it rises as a whole.
    """

    series: Series
    n: int
    usual: float
    low: int
    high: int
    month: int
    month_usual: float
    weeks: int
    history: tuple[int, ...]
    share: float
    usual_share: float
    other: int | None = None
    other_usual: float | None = None
    back: int = 0
    beside: Beside | None = None


@dataclass(frozen=True)
class Rising:
    """What rises, the most complaints beyond the usual first; how many series of how many causes were looked at.

    ``weeks``: the weeks of history there are. No series: too few of them. ``eased``: what rose within a week before.
    """

    alerts: tuple[Alert, ...]
    series: int
    causes: int
    weeks: int
    eased: tuple[Alert, ...] = ()


def rising(table: pa.Table, policy: RisingPolicy) -> Rising:
    """The alerts of the newest week of an answer to `cause_weeks`; of the same answer worked out once."""
    return _rising(_Same(table), policy)


class _Same:
    """A table that is the same as itself only: answers are kept, so the same question gives the very same table."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.table is self.table

    def __hash__(self) -> int:
        return id(self.table)


@lru_cache(maxsize=64)
def _rising(same: _Same, policy: RisingPolicy) -> Rising:
    counts = counted(same.table)
    weeks, _ = counts.own.shape
    if weeks <= policy.least_weeks:
        return Rising((), 0, 0, weeks)
    found = expected(counts, policy)
    seen = lately(counts, found, policy)
    told = narrowest(counts, found, seen.chances, np.nonzero(seen.risen)[0])
    ever = narrowest(counts, found, seen.chances, np.nonzero(seen.back >= 0)[0])
    eased = [place for place in ever if not seen.risen[place] and not _nested(counts, place, told)]
    alerts, calmed = (_alerts(counts, found, seen, places) for places in (told, eased))
    causes = sum(1 for s in counts.series if s.kind is None and s.cause not in (None, NOT_GIVEN))
    return Rising(alerts, seen.series, causes, weeks, calmed)


def _nested(counts: Counts, place: int, told: Sequence[int]) -> bool:
    """Whether a series is part of one of those, or one of those is part of it."""
    one, others = counts.series[place], [counts.series[other] for other in told]
    return any(one.holds(other) or other.holds(one) for other in others)


def _alerts(counts: Counts, found: Usual, seen: Lately, places: Sequence[int]) -> tuple[Alert, ...]:
    told = [_alert(counts, found, seen, place) for place in places]
    return tuple(sorted(told, key=lambda alert: alert.usual - alert.n))


def _alert(counts: Counts, found: Usual, seen: Lately, place: int) -> Alert:
    own, count = counts.own[:, place], found.count[:, place]
    low, high = bounds(count[0], found.spread(0)[place])
    n, rest = int(own[0]), counts.rest[0, place]
    series = counts.series[place]
    elsewhere = _elsewhere(counts, found, place) if series.kind and series.cause else (None, None)
    return Alert(
        *(series, n, float(count[0]), low, high),
        month=int(own[:MONTH].sum()),
        month_usual=float(count[:MONTH].sum()),
        weeks=_begun(own[:SHOWN], count[:SHOWN]),
        history=tuple(int(n) for n in reversed(own[:SHOWN])),
        share=n / max(n + rest, 1),
        usual_share=float(count[0] / max(count[0] + rest, 1e-9)),
        other=elsewhere[0],
        other_usual=elsewhere[1],
        back=int(seen.back[place]),
        beside=_beside(counts, found, seen, series),
    )


def _beside(counts: Counts, found: Usual, seen: Lately, series: Series) -> Beside | None:
    """Of all complaints the cause most beyond its usual there; of a cause in a place the place, if it rises too."""
    if series.cause:
        near = [counts.places[Series(None, series.kind, series.place)]] if series.kind else []
        near = [place for place in near if seen.risen[place]]
    else:
        causes = (s for s in counts.series if (s.kind, s.place) == (series.kind, series.place))
        near = [counts.places[s] for s in causes if s.cause not in (None, NOT_GIVEN)]
    own, count = counts.own[0], found.count[0]
    most = max(near, key=lambda place: own[place] - count[place], default=None)
    if most is None or own[most] <= count[most]:
        return None
    return Beside(counts.series[most], int(own[most]), float(count[most]))


def _elsewhere(counts: Counts, found: Usual, place: int) -> tuple[int, float]:
    """The same cause in all other places: how many, and how many were to be expected."""
    whole = counts.places[Series(counts.series[place].cause)]
    n, count = (values[0, whole] - values[0, place] for values in (counts.own, found.count))
    return int(n), float(count)


def _begun(own: Numbers, count: Numbers) -> int:
    """How many weeks the rise has lasted: the span up to now whose count is the least likely (likelihood ratio)."""
    came, usual_sum = np.cumsum(own), np.maximum(np.cumsum(count), 1e-9)
    return int(np.argmax(came * np.log(np.maximum(came, 0.5) / usual_sum) - (came - usual_sum))) + 1
