"""Where the words of a cloud stand: no two boxes touch, and a word stays near its own place whatever the others do."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np

_NARROW, _WIDE = frozenset("ijlftr.,:;'|!()[] -"), frozenset("mwMWQOG@%&")
_STEPS = 9
"""Sizes there are: a count that changes a little keeps its size, and the words their places."""
_GAP = 4
_LINE = 1.16
_GRID = 7
"""Distance of the points where a word may stand, in pixels."""


@dataclass(frozen=True)
class Frame:
    """The area of a cloud in pixels, the smallest and largest size of a word, and how many words it takes at most."""

    width: int
    height: int
    smallest: int
    largest: int
    words: int


@dataclass(frozen=True)
class Box:
    """A word in its place: the middle of its box, the size of its letters and of the box, in pixels."""

    word: str
    x: float
    y: float
    size: float
    width: float
    height: float


def text_width(text: str, size: float) -> float:
    """Width of ``text`` in pixels, rather too wide than too narrow: Chinese is 1 em, Latin less by letter."""
    return size * sum(_em(letter) for letter in text)


def _em(letter: str) -> float:
    if ord(letter) > 0x2E7F:
        return 1.0
    if letter in _NARROW:
        return 0.36
    return 0.92 if letter in _WIDE else 0.7 if letter.isupper() or ord(letter) > 0x2000 else 0.58


@lru_cache(maxsize=256)
def place(words: tuple[tuple[str, int], ...], frame: Frame) -> tuple[Box, ...]:
    """(word, count) pairs, the most frequent first, laid out in ``frame``; words that find no room are left out.

    The largest are placed first, each at the free point nearest to its home, which depends on the word alone.
    """
    sized = _sized(words[: frame.words], frame)
    centres = _grid(frame)
    taken = np.empty((0, 4))
    placed: list[Box] = []
    for word, size in sorted(sized, key=lambda pair: (-pair[1], crc32(pair[0].encode()))):
        width, height = text_width(word, size) + _GAP, size * _LINE + _GAP
        centre = _free(centres, taken, _home(word, size, frame), width, height, frame)
        if centre is not None:
            x, y = centre
            placed.append(Box(word, x, y, size, width - _GAP, height - _GAP))
            taken = np.vstack([taken, (x, y, width / 2, height / 2)])
    return tuple(placed)


def _sized(words: Sequence[tuple[str, int]], frame: Frame) -> list[tuple[str, float]]:
    """Letters as large as the square root of the count, between smallest and largest, in a few steps."""
    roots = [count**0.5 for _, count in words]
    low, high = min(roots, default=0.0), max(roots, default=0.0)
    spread = (frame.largest - frame.smallest) / (_STEPS - 1)
    parts = [(root - low) / (high - low) if high > low else 0.5 for root in roots]
    return [
        (word, frame.smallest + round(part * (_STEPS - 1)) * spread)
        for (word, _), part in zip(words, parts, strict=True)
    ]


def _home(word: str, size: float, frame: Frame) -> tuple[float, float]:
    """Where a word would like to stand: the larger the nearer to the middle, in a direction of its own."""
    seed = crc32(word.encode())
    angle, far = 2 * np.pi * (seed % 4096) / 4096, ((seed >> 12) % 4096 / 4096) ** 0.5
    reach = 0.85 * far * (1 - 0.8 * (size - frame.smallest) / max(frame.largest - frame.smallest, 1))
    x = frame.width / 2 * (1 + reach * np.cos(angle))
    return float(x), float(frame.height / 2 * (1 + reach * np.sin(angle)))


@lru_cache(maxsize=8)
def _grid(frame: Frame) -> np.ndarray:
    xs, ys = np.arange(0, frame.width, _GRID), np.arange(0, frame.height, _GRID)
    return np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2).astype(float)


def _free(
    centres: np.ndarray, taken: np.ndarray, home: tuple[float, float], width: float, height: float, frame: Frame
) -> tuple[float, float] | None:
    """The free point nearest to ``home`` for a box of this size; None when there is none."""
    inside = (
        np.abs(centres - (frame.width / 2, frame.height / 2)) * 2 <= (frame.width - width, frame.height - height)
    ).all(1)
    found = centres[inside]
    for x, y, half_width, half_height in taken:
        apart = (np.abs(found[:, 0] - x) >= half_width + width / 2) | (
            np.abs(found[:, 1] - y) >= half_height + height / 2
        )
        found = found[apart]
    if not len(found):
        return None
    # Words are wide: a step sideways counts less than one up or down, so that clouds grow broad.
    away = np.hypot((found[:, 0] - home[0]) * frame.height / frame.width, found[:, 1] - home[1])
    x, y = found[int(np.argmin(away))]
    return float(x), float(y)
