"""Which counts of complaints rise beyond chance, and which of these explain the others: docs/rising.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from queries.cause_counts import Counts
from queries.rising_policy import RisingPolicy
from queries.usual import Marks, Numbers, Places, Usual, chance, held, usual

MONTH = 4
_LOOKS = (1, 2, MONTH)
"""Weeks that are taken together: a rise that goes on may be too small for a single week to tell."""
_KEPT = 7
"""For so many days after the last that raised it an alert stays, or is said to have eased."""


@dataclass(frozen=True)
class Look:
    """Of each series: whether it is looked at, whether it is called rising, and how likely it is by chance."""

    tested: Marks
    flagged: Marks
    chances: Numbers


@dataclass(frozen=True)
class Lately:
    """Of each series: whether it counts as rising; how many days ago it was last flagged, -1 for not; by what chance,
    on the day on which that was the least. ``series``: how many are looked at.
    """

    risen: Marks
    back: Places
    chances: Numbers
    series: int


def expected(counts: Counts, policy: RisingPolicy) -> Usual:
    """What is usual in every week of every series."""
    return usual(counts.own, counts.rest, counts.alike, counts.season_of, policy.half_life)


def look(counts: Counts, found: Usual, policy: RisingPolicy, day: int = 0) -> Look:
    """The seven days that ended so many days ago, alone and with those before them: two and four weeks together.

    Each look costs its share of chance. Days have the usual rate of their week.
    """
    week = day // 7
    own, count = together(counts, found, day, 1)
    tested = (counts.alike < 3) | (count >= policy.least_usual)
    # Where there is nothing else to count against, the whole of which it is all tells the same.
    worth = tested & (counts.rest[week] > 0) & (own >= policy.least) & (own >= policy.times * count)
    chances = np.ones(len(own))
    for weeks in _LOOKS:
        own, count = (values[worth] for values in together(counts, found, day, weeks))
        each = chance(own, count, found.spread(week, weeks)[worth])
        chances[worth] = np.minimum(chances[worth], len(_LOOKS) * each)
    flagged = np.zeros(len(worth), bool)
    flagged[tested] = held(chances[tested], policy.false_share)
    return Look(tested, flagged & worth, chances)


def lately(counts: Counts, found: Usual, policy: RisingPolicy, day: int = 0) -> Lately:
    """What was flagged in the week of days up to so many days ago, and whether it has stood out ever since.

    Day by day a rise passes the procedure or just does not; an alert does not come and go with it. It stays while, by
    itself, it is less likely by chance than `false_share`.
    """
    looks = [look(counts, found, policy, day + back) for back in range(_KEPT)]
    risen = np.zeros(len(counts.series), bool)
    for each in reversed(looks):
        risen = each.flagged | (risen & (each.chances < policy.false_share))
    flagged = np.array([each.flagged for each in looks])
    back = np.where(flagged.any(axis=0), flagged.argmax(axis=0), -1)
    chances = np.min([each.chances for each in looks], axis=0)
    return Lately(risen, back, chances, int(looks[0].tested.sum()))


def together(counts: Counts, found: Usual, day: int, weeks: int) -> tuple[Numbers, Numbers]:
    """How many came in so many weeks that ended so many days ago, and how many are usual."""
    days = slice(day, day + 7 * weeks)
    of_week = np.arange(days.start, days.stop) // 7
    rate = found.count[of_week] / np.maximum(counts.rest[of_week], 1e-9)
    return counts.own_days[days].sum(axis=0), (rate * counts.rest_days[days]).sum(axis=0)


def narrowest(counts: Counts, found: Usual, chances: Numbers, risen: Iterable[int]) -> list[int]:
    """Of the series that rise those that explain the others, as narrow as they can be: each rise is told once."""
    by_cause: dict[str | None, list[int]] = {}
    for place in risen:
        by_cause.setdefault(counts.series[place].cause, []).append(place)
    overall = by_cause.pop(None, [])
    told = [place for places in by_cause.values() for place in _of_one_cause(counts, found, chances, places)]
    left = [place for place in overall if not _explained(counts, found, chances, place, told)]
    return told + (_of_one_cause(counts, found, chances, left) if left else [])


def _of_one_cause(counts: Counts, found: Usual, chances: Numbers, risen: Sequence[int]) -> list[int]:
    """The places of the kind that stands out most, or the cause as a whole where it rises beyond them."""
    parts = [place for place in risen if counts.series[place].kind]
    whole = [place for place in risen if place not in parts]
    if not parts:
        return whole
    kind = counts.series[min(parts, key=lambda place: chances[place])].kind
    parts = [place for place in parts if counts.series[place].kind == kind]
    return parts if not whole or _explained(counts, found, chances, whole[0], parts) else whole


def _explained(counts: Counts, found: Usual, chances: Numbers, whole: int, told: Sequence[int]) -> bool:
    """Whether parts of a series tell of its rise: one of them stands out more, or it is as usual without them."""
    parts = [place for place in told if counts.series[whole].holds(counts.series[place])]
    if not parts or chances[parts].min() <= chances[whole]:
        return bool(parts)
    own, count = (values[0, [whole]] - values[0, parts].sum() for values in (counts.own, found.count))
    return bool(chance(own, np.maximum(count, 0.1), found.spread(0)[[whole]])[0] > 0.05)
