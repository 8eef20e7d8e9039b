"""Weekly counts of complaints by cause and place, out of an answer to `cause_weeks`, each against its surroundings."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from queries.scope import NOT_GIVEN
from queries.usual import Numbers, Places

_ALL = 1e9
"""The surroundings of all complaints: nothing that could lift them too."""


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
    """Weekly counts of all series, newest week first: ``own`` and ``rest`` are (weeks, series)."""

    series: tuple[Series, ...]
    own: Numbers
    rest: Numbers

    @cached_property
    def places(self) -> dict[Series, int]:
        """Which column a series has."""
        return {series: place for place, series in enumerate(self.series)}

    @property
    def alike(self) -> Places:
        """Series of one level are alike: all complaints, causes, places, causes in places."""
        return np.array([2 * (s.kind is not None) + (s.cause is not None) for s in self.series], np.int64)

    @property
    def season_of(self) -> Places:
        """A cause has one season wherever it is."""
        return np.array([self.places[Series(s.cause) if s.cause else s] for s in self.series], np.int64)


def counted(table: pa.Table) -> Counts:
    """An answer to `cause_weeks` as series. The oldest week is left out: it may not be whole."""
    cells = {kind: _cells(table, kind) for kind in ("region", "product", "channel")}
    causes, _, cube = cells["region"]
    by_cause = cube.sum(axis=2)
    everything = by_cause.sum(axis=1, keepdims=True)
    series = [Series(), *(Series(cause) for cause in causes)]
    own, rest = [everything, by_cause], [np.full_like(everything, _ALL), everything - by_cause]
    for kind, (_, names, cube) in cells.items():
        here = cube.sum(axis=1)
        for place, name in enumerate(names):
            if name != NOT_GIVEN:
                series += [Series(None, kind, name), *(Series(cause, kind, name) for cause in causes)]
                total = here[:, place : place + 1]
                own += [total, cube[:, :, place]]
                rest += [everything - total, total - cube[:, :, place]]
    return Counts(tuple(series), np.hstack(own), np.hstack(rest))


def _cells(table: pa.Table, kind: str) -> tuple[list[str], list[str], Numbers]:
    """Causes, places of one kind, and the counts by week, cause and place."""
    weeks, causes = int(pc.max(table.column("ago")).as_py() or 0), _names(table.column("cause"))
    rows = table.filter(pc.equal(table.column("kind"), kind))
    places = _names(rows.column("place"))
    cube = np.zeros((weeks + 1, len(causes), len(places)))
    at = (rows.column("ago").to_numpy().astype(np.int64), _codes(rows.column("cause"), causes))
    cube[(*at, _codes(rows.column("place"), places))] = rows.column("n").to_numpy()
    return causes, places, cube[:-1]


def _names(column: pa.ChunkedArray) -> list[str]:
    found: list[str] = pc.unique(column.fill_null(NOT_GIVEN)).to_pylist()
    return sorted(found)


def _codes(column: pa.ChunkedArray, names: list[str]) -> Places:
    places = pc.index_in(column.fill_null(NOT_GIVEN), pa.array(names, pa.string()))
    return np.asarray(places, np.int64)
