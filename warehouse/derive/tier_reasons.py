"""Why a tier changed: for every two combinations of scores, the fewest scores that explain the change."""

from itertools import combinations, product

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from warehouse.derive.tier_policy import SCORES, TIERS, TierPolicy, every_score

_STEPS = 5
Cube = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Levels = list[npt.NDArray[np.int64]]


def create_tier_reasons(con: duckdb.DuckDBPyConnection, policy: TierPolicy) -> None:
    """The tables ``score_kinds``, which puts together scores that no rule tells apart, and ``tier_reasons``: a row for
    each two kinds of different tiers, with the scores that explain it.

    A kind is its lowest scores as the digits of one number, in the order of `SCORES`.
    """
    cube = np.array([TIERS.index(policy.tier(scores)) for scores in every_score()], dtype=np.int8)
    cube = cube.reshape((_STEPS,) * len(SCORES))
    levels = alike(cube)
    scores = _numbers([np.arange(_STEPS)] * len(SCORES))
    _create(con, "score_kinds", {"scores": scores, "kind": _numbers(levels)})
    lowest = [np.unique(level) for level in levels]
    kinds, small = _numbers(lowest), cube[np.ix_(*lowest)]
    before, now = np.nonzero(small.reshape(-1, 1) != small.reshape(1, -1))
    flags = dict(zip(SCORES, reasons(small)[:, before, now], strict=True))
    _create(con, "tier_reasons", {"kind_before": kinds[before], "kind": kinds[now], **flags})


def alike(cube: Cube) -> Levels:
    """For each score and each of its steps (from 0) the lowest step that always leads to the same tiers."""
    found = []
    for axis in range(cube.ndim):
        rows = np.moveaxis(cube, axis, 0).reshape(cube.shape[axis], -1)
        found.append((rows[:, None, :] == rows[None, :, :]).all(axis=2).argmax(axis=1))
    return found


def reasons(cube: Cube) -> Flags:
    """Which scores explain each change of tier: shape (score, combination before, combination now).

    ``cube`` holds the tier of each combination, one axis per score. A set of scores explains a change if putting these
    back to what they were gives the tier of before; of all such sets the smallest count, each of them.
    """
    steps, tiers = np.indices(cube.shape).reshape(cube.ndim, -1), cube.reshape(-1)
    unexplained = tiers[:, None] != tiers[None, :]
    found = np.zeros((cube.ndim, *unexplained.shape), dtype=bool)
    for size in range(1, cube.ndim + 1):
        explained = np.zeros_like(unexplained)
        for chosen in combinations(range(cube.ndim), size):
            mixed = [step[:, None] if axis in chosen else step[None, :] for axis, step in enumerate(steps)]
            restores = unexplained & (cube[tuple(mixed)] == tiers[:, None])
            found[list(chosen)] |= restores
            explained |= restores
        unexplained &= ~explained
    return found


def _numbers(levels: Levels) -> npt.NDArray[np.int32]:
    """Every combination of ``levels``, steps from 0 as scores from 1, as the digits of one number."""
    return np.array([int("".join(str(step + 1) for step in steps)) for steps in product(*levels)], dtype=np.int32)


def _create(con: duckdb.DuckDBPyConnection, table: str, columns: dict[str, npt.NDArray[np.generic]]) -> None:
    con.register("found", pa.table(dict(columns)))
    con.execute(f"CREATE TABLE {table} AS FROM found")
    con.unregister("found")
