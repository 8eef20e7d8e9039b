"""Which causes of complaints rise above their own history, and where. How it works: docs/rising.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from queries.cause_counts import Counts, Series, counted
from queries.rising_policy import RisingPolicy
from queries.scope import NOT_GIVEN
from queries.usual import Marks, Numbers, Usual, bounds, chance, held, usual

SHOWN = 26
"""So many weeks of history an alert shows."""
MONTH = 4
_LOOKS = (1, 2, MONTH)
"""Weeks that are taken together: a rise that goes on may be too small for a single week to tell."""


@dataclass(frozen=True)
class Alert:
    """One rise: ``n`` complaints in seven days where ``usual`` were to be expected, by chance ``low`` to ``high``.

    ``month`` and ``month_usual``: the same of the last four weeks. ``weeks``: so many weeks ago it began. ``history``:
    counts by week, the newest last. ``share`` and ``usual_share`` are of all complaints there. ``other`` and
    ``other_usual``: the same cause elsewhere, None where the alert is about everywhere.
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


@dataclass(frozen=True)
class Rising:
    """What rises, the most complaints beyond the usual first; how many series of how many causes were looked at.

    ``weeks``: the weeks of history there are. No series: too few of them.
    """

    alerts: tuple[Alert, ...]
    series: int
    causes: int
    weeks: int


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
    tested, flagged, chances = flags(counts, found, policy, 0)
    told = narrowest(counts, found, chances, np.nonzero(flagged)[0])
    alerts = sorted((_alert(counts, found, place) for place in told), key=lambda alert: alert.usual - alert.n)
    causes = sum(1 for s in counts.series if s.kind is None and s.cause not in (None, NOT_GIVEN))
    return Rising(tuple(alerts), int(tested.sum()), causes, weeks)


def expected(counts: Counts, policy: RisingPolicy) -> Usual:
    """What is usual in every week of every series."""
    return usual(counts.own, counts.rest, counts.alike, counts.season_of, policy.half_life)


def flags(counts: Counts, found: Usual, policy: RisingPolicy, week: int) -> tuple[Marks, Marks, Numbers]:
    """Of one week: which series are looked at, which of those rise, and how likely each is by chance.

    A rise shows in the week alone, or in two or four weeks up to it together; each look costs its share of chance.
    """
    own, count = counts.own[week], found.count[week]
    tested = (counts.alike < 3) | (count >= policy.least_usual)
    # Where there is nothing else to count against, the whole of which it is all tells the same.
    worth = tested & (counts.rest[week] > 0) & (own >= policy.least) & (own >= policy.times * count)
    chances = np.ones(len(own))
    for weeks in _LOOKS:
        span = slice(week, week + weeks)
        own_sum, usual_sum = (values[span, worth].sum(axis=0) for values in (counts.own, found.count))
        each = chance(own_sum, usual_sum, found.spread(week, weeks)[worth])
        chances[worth] = np.minimum(chances[worth], len(_LOOKS) * each)
    flagged = np.zeros(len(own), bool)
    flagged[tested] = held(chances[tested], policy.false_share)
    return tested, flagged & worth, chances


def narrowest(counts: Counts, found: Usual, chances: Numbers, flagged: Iterable[int]) -> list[int]:
    """Of the series that rise those that explain the others, as narrow as they can be: each rise is told once."""
    by_cause: dict[str | None, list[int]] = {}
    for place in flagged:
        by_cause.setdefault(counts.series[place].cause, []).append(place)
    overall = by_cause.pop(None, [])
    told = [place for places in by_cause.values() for place in _of_one_cause(counts, found, chances, places)]
    left = [place for place in overall if not _explained(counts, found, place, told)]
    return told + (_of_one_cause(counts, found, chances, left) if left else [])


def _of_one_cause(counts: Counts, found: Usual, chances: Numbers, flagged: Sequence[int]) -> list[int]:
    """The places of the kind that stands out most, or the cause as a whole where it rises beyond them."""
    parts = [place for place in flagged if counts.series[place].kind]
    whole = [place for place in flagged if place not in parts]
    if not parts:
        return whole
    kind = counts.series[min(parts, key=lambda place: chances[place])].kind
    parts = [place for place in parts if counts.series[place].kind == kind]
    return parts if not whole or _explained(counts, found, whole[0], parts) else whole


def _explained(counts: Counts, found: Usual, whole: int, told: Sequence[int]) -> bool:
    """Whether a series is as usual without those parts of it that are told already."""
    parts = [place for place in told if counts.series[whole].holds(counts.series[place])]
    own, count = (values[0, [whole]] - values[0, parts].sum() for values in (counts.own, found.count))
    return bool(parts) and bool(chance(own, np.maximum(count, 0.1), found.spread(0)[[whole]])[0] > 0.05)


def _alert(counts: Counts, found: Usual, place: int) -> Alert:
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
        share=n / (n + rest),
        usual_share=float(count[0] / (count[0] + rest)),
        other=elsewhere[0],
        other_usual=elsewhere[1],
    )


def _elsewhere(counts: Counts, found: Usual, place: int) -> tuple[int, float]:
    """The same cause in all other places: how many, and how many were to be expected."""
    whole = counts.places[Series(counts.series[place].cause)]
    n, count = (values[0, whole] - values[0, place] for values in (counts.own, found.count))
    return int(n), float(count)


def _begun(own: Numbers, count: Numbers) -> int:
    """How many weeks the rise has lasted: the span up to now whose count is the least likely (likelihood ratio)."""
    came, usual_sum = np.cumsum(own), np.cumsum(count)
    return int(np.argmax(came * np.log(np.maximum(came, 0.5) / usual_sum) - (came - usual_sum))) + 1
