"""What is usual for a count, by its own past, and how likely a count as high is by chance.

All arrays are (weeks, series), the newest week first. A series is counted against its surroundings (``rest``: the other
complaints of the same place), so that a festival or growth, which lift everything, lift nothing here: docs/rising.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Marks = NDArray[np.bool_]
Places = NDArray[np.int64]
_YEARS = (51, 52, 53, 103, 104, 105)
"""The same weeks of the two years before, with one on either side: festivals move."""
_DOUBT = 50.0
"""So many complaints of those weeks count as much as the belief that the cause has no season."""
_LOOK_BACK = 52
"""Over so many weeks what was usual is held against what came, for the spread beyond chance."""
_POOLED = 26
"""So many weeks of its own weigh as much as those of all series alike."""
_UNHEARD = 2.5
"""From so many standard deviations on a past week counts less: a rise already under way is not usual."""


@dataclass(frozen=True)
class Usual:
    """``count``: what is usual. ``doubt`` and ``noise``: the square of its relative standard deviation, beyond a pure
    count's: the part that lasts from week to week, and the part that is new in each.
    """

    count: Numbers
    doubt: Numbers
    noise: Numbers

    def spread(self, week: int, weeks: int = 1) -> Numbers:
        """That of so many weeks together, the newest of which is ``week``."""
        return np.asarray(self.doubt[week] + self.noise[week] / weeks, np.float64)


def usual(own: Numbers, rest: Numbers, alike: Places, season_of: Places, half_life: float) -> Usual:
    """What is usual for every week of every series, by the weeks before it alone.

    ``alike``: the number of each series' group, which shares its spread; ``season_of``: the place of the series whose
    season it follows.
    """
    count, doubt = _level(own, rest, 0.5 ** (1 / half_life))
    count = count * _season(own, count)[:, season_of]
    noise = 1 / np.maximum(rest, 1)
    return Usual(count, doubt + _overdispersion(own, count, doubt + noise, alike), noise)


def chance(own: Numbers, count: Numbers, spread: Numbers) -> Numbers:
    """How likely at least ``own`` is where ``count`` is usual: the tail of a negative binomial. All of one shape."""
    from scipy.special import betainc  # not at the top: it takes a fifth of a second

    size = 1 / np.maximum(spread, 1e-9)
    tail = betainc(np.maximum(own, 1), size, count / (count + size))
    return np.where(own >= 1, tail, 1.0)


def bounds(count: float, spread: float) -> tuple[int, int]:
    """Between which counts 95 of 100 weeks lie where ``count`` is usual."""
    tried = np.arange(1, 10 * count + 50)
    above = chance(tried, np.array(count), np.array(spread))
    return int((above > 0.975).sum()), int((above > 0.025).sum())


def held(chances: Numbers, share: float) -> Marks:
    """Which of these chances stand when at most ``share`` of them may be false (Benjamini and Hochberg)."""
    ordered = np.sort(chances)
    fits = np.nonzero(ordered <= share * np.arange(1, len(ordered) + 1) / max(len(ordered), 1))[0]
    return chances <= ordered[fits[-1]] if len(fits) else np.zeros(len(chances), bool)


def _level(own: Numbers, rest: Numbers, keep: float) -> tuple[Numbers, Numbers]:
    """The rate of the weeks before, later ones heavier, applied to the week's ``rest``; and its relative variance."""
    weight = np.ones_like(own)
    for _ in range(4):
        sums, exposure = _before(weight * own, keep) + 0.5, _before(weight * rest, keep)
        count = sums * rest / np.maximum(exposure, 1e-9)
        above = 2 * (np.sqrt(own) - np.sqrt(count))
        used, weight = weight, np.square(_UNHEARD / np.maximum(above, _UNHEARD))
    return count, (_before(used * used * own, keep * keep) + 0.5) / sums**2


def _before(weekly: Numbers, keep: float) -> Numbers:
    """For each week the sum of all before it, each a factor ``keep`` less than the one after it."""
    sums = np.zeros_like(weekly)
    for week in range(len(weekly) - 2, -1, -1):
        sums[week] = keep * (weekly[week + 1] + sums[week + 1])
    return sums


def _season(own: Numbers, count: Numbers) -> Numbers:
    """How far the same weeks of earlier years lay above what was usual then, drawn towards 1."""
    came, expected = np.full_like(own, _DOUBT), np.full_like(own, _DOUBT)
    for years in _YEARS:
        # The oldest weeks have no past themselves to be held against.
        known = max(len(own) - years - 8, 0)
        came[:known] += own[years : years + known]
        expected[:known] += count[years : years + known]
    return came / expected


def _overdispersion(own: Numbers, count: Numbers, sure: Numbers, alike: Places) -> Numbers:
    """The spread that neither chance nor doubt about the level explains, by the year before.

    Deviations are cut off at two standard deviations, so that one rise does not hide the next.
    """
    explained = count + count**2 * sure
    beyond = 1.15 * np.minimum((own - count) ** 2, 4 * explained) - explained
    beyond[-8:] = 0
    squares = count**2
    squares[-8:] = 0
    above, weight = _year_before(beyond), _year_before(squares)
    found = np.zeros_like(own)
    for group in np.unique(alike):
        these = alike == group
        pooled = above[:, these].sum(1) / np.maximum(weight[:, these].sum(1), 1e-9)
        prior = _POOLED * count[:, these] ** 2
        shrunk = above[:, these] + prior * np.maximum(pooled, 0)[:, None]
        found[:, these] = np.maximum(shrunk / np.maximum(weight[:, these] + prior, 1e-9), 0)
    return found


def _year_before(weekly: Numbers) -> Numbers:
    """For each week the sum over the `_LOOK_BACK` weeks before it."""
    weeks, series = weekly.shape
    upto = np.zeros((weeks + _LOOK_BACK + 1, series))
    upto[1 : weeks + 1] = np.cumsum(weekly, axis=0)
    upto[weeks + 1 :] = upto[weeks]
    return upto[_LOOK_BACK + 1 : _LOOK_BACK + 1 + weeks] - upto[1 : weeks + 1]
