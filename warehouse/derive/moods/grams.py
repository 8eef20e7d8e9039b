"""Texts as runs of characters: every run of up to so many characters falls into one of a fixed number of buckets."""

from collections.abc import Sequence
from typing import Any

import numpy as np

BUCKETS = 1 << 18
_END = np.uint64(ord("\n"))
_STEP, _SPREAD, _SHIFT = np.uint64(0x100000001B3), np.uint64(0x9E3779B97F4A7C15), np.uint64(64 - 18)
Whole = np.ndarray[Any, np.dtype[np.int64]]


def grams(texts: Sequence[str], longest: int) -> tuple[Whole, Whole]:
    """Every run of 1 to ``longest`` characters: the place of its text, and its bucket. Runs never span two texts."""
    codes = np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    ends = codes == _END
    places = np.cumsum(ends) - ends
    hashed, broken = np.zeros_like(codes), np.zeros_like(ends)
    found: list[tuple[Whole, Whole]] = []
    for length in range(1, longest + 1):
        runs = len(codes) - length + 1
        if runs < 1:
            break
        hashed = hashed[:runs] * _STEP + codes[length - 1 :]
        broken = broken[:runs] | ends[length - 1 :]
        whole = ~broken
        found.append((places[:runs][whole], _bucket(hashed[whole] + np.uint64(length))))
    return np.concatenate([each for each, _ in found]), np.concatenate([each for _, each in found])


def _bucket(hashed: np.ndarray[Any, np.dtype[np.uint64]]) -> Whole:
    buckets: Whole = ((hashed * _SPREAD) >> _SHIFT).astype(np.int64)
    return buckets
