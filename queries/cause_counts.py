"""Counts of complaints by cause and place, out of an answer to `cause_weeks`, each against its surroundings."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from queries.scope import NOT_GIVEN
from queries.usual import Numbers, Places

DAYS = 35
"""So many of the latest days are counted one by one: a week of days on which four weeks can end."""
_KINDS = ("region", "product", "channel")
_ALL = 1e9
"""The surroundings of a week's complaints all together: nothing that could lift them too."""


@dataclass(frozen=True)
class Series:
    """What is counted: a cause (None: all; `NOT_GIVEN`: none is known), everywhere or in one place.

    ``kind`` of the place: region, product or channel.
    """

    cause: str | None = None
    kind: str | None = None
    place: str | None = None

    def holds(self, other: "Series") -> bool:
        """Whether every complaint of ``other`` is one of this series."""
        here = self.kind is None or (self.kind, self.place) == (other.kind, other.place)
        return here and self.cause in (None, other.cause)


@dataclass(frozen=True)
class Counts:
    """Counts of all series and of their surroundings: ``own`` and ``rest`` are (weeks, series), the newest week first.

    ``own_days`` and ``rest_days``: the same of the latest days, (days, series).
    """

    series: tuple[Series, ...]
    own: Numbers
    rest: Numbers
    own_days: Numbers
    rest_days: Numbers

    @cached_property
    def places(self) -> dict[Series, int]:
        """Which column a series has."""
        return {series: place for place, series in enumerate(self.series)}

    @cached_property
    def alike(self) -> Places:
        """Series of one level are alike: all complaints, causes, places, causes in places."""
        return np.array([2 * (s.kind is not None) + (s.cause is not None) for s in self.series], np.int64)

    @property
    def season_of(self) -> Places:
        """A cause has one season wherever it is."""
        return np.array([self.places[Series(s.cause) if s.cause else s] for s in self.series], np.int64)


def counted(table: pa.Table, days: int = DAYS) -> Counts:
    """An answer to `cause_weeks` with so many ``days``. The oldest week is left out: it may not be whole."""
    causes, codes = _coded(table.column("cause"))
    ago, n = (table.column(name).to_numpy().astype(np.int64) for name in ("ago", "n"))
    weeks = int(ago.max(initial=0)) // 7
    series = [Series(), *map(Series, causes)]
    weekly, daily = [], []
    for kind in _KINDS:
        these = pc.equal(table.column("kind"), kind).to_numpy()
        places, where = _coded(table.column("place").filter(these))
        at, shape = (codes[these], where), (len(causes), len(places))
        weekly.append(_cube(ago[these] // 7, at, n[these], (weeks + 1, *shape))[:-1])
        daily.append(_cube(ago[these], at, n[these], (days, *shape)))
        series += [Series(cause, kind, place) for place in places for cause in (None, *causes)]
    known = [place for place, each in enumerate(series) if each.place != NOT_GIVEN]
    counts = [side[:, known] for side in (*_sides(weekly, _ALL), *_sides(daily, _ALL / 7))]
    return Counts(tuple(series[place] for place in known), *counts)


def _coded(column: pa.ChunkedArray) -> tuple[list[str], Places]:
    """The names in a column, sorted, and for each row the number of its name."""
    given = column.combine_chunks().dictionary_encode(null_encoding="encode")
    found = [NOT_GIVEN if name is None else name for name in given.dictionary.to_pylist()]
    names = sorted(found)
    numbers = np.array([names.index(name) for name in found], np.int64)
    return names, numbers[given.indices.to_numpy()]


def _cube(ago: Places, at: tuple[Places, Places], n: Places, shape: tuple[int, int, int]) -> Numbers:
    """Counts by time, cause and place; what is older than the shape is left out."""
    seen = ago < shape[0]
    cells = np.ravel_multi_index((ago[seen], at[0][seen], at[1][seen]), shape)
    found = np.bincount(cells, n[seen], shape[0] * shape[1] * shape[2])
    return np.asarray(found, np.float64).reshape(shape)


def _sides(cubes: Sequence[Numbers], everything: float) -> tuple[Numbers, Numbers]:
    """The counts of all series and those of their surroundings, out of a cube for each kind of place."""
    by_cause = cubes[0].sum(axis=2)
    total = by_cause.sum(axis=1, keepdims=True)
    own, rest = [total, by_cause], [np.full_like(total, everything), total - by_cause]
    for cube in cubes:
        here = cube.sum(axis=1, keepdims=True)
        own.append(_by_place(np.concatenate([here, cube], axis=1)))
        rest.append(_by_place(np.concatenate([total[:, :, None] - here, here - cube], axis=1)))
    return np.hstack(own), np.hstack(rest)


def _by_place(cube: Numbers) -> Numbers:
    return cube.transpose(0, 2, 1).reshape(len(cube), cube.shape[1] * cube.shape[2])
