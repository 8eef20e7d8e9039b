"""Where the words of a cloud stand: no two boxes touch, and a word stays near its own place whatever the others do."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from zlib import crc32

import numpy as np

_NARROW, _WIDE = frozenset("ijlftr.,:;'|!()[] -"), frozenset("mwMWQOG@%&")
_STEPS = 9
"""Sizes there are: a count that changes a little keeps its size, and the words their places."""
_GAP = 2
_LINE = 1.16
_GROWN = 1.4
_CELL = 8
"""Words fill whole cells of so many pixels, so that finding a free spot is a matter of sums."""


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
def place(words: tuple[tuple[str, float], ...], frame: Frame) -> tuple[Box, ...]:
    """(word, weight) pairs, what matters most first, laid out in ``frame``; words that find no room are left out.

    The largest are placed first, each at the free spot nearest to its home, which depends on the word alone.
    """
    sized = _sized(words[: frame.words], frame)
    taken = np.zeros((frame.height // _CELL, frame.width // _CELL), dtype=np.int32)
    placed: list[Box] = []
    for word, size in sorted(sized, key=lambda pair: (-pair[1], crc32(pair[0].encode()))):
        width, height = text_width(word, size), size * _LINE
        across, down = ceil((width + _GAP) / _CELL), ceil((height + _GAP) / _CELL)
        spot = _free(taken, across, down, _home(word, size, frame), frame)
        if spot is not None:
            top, left = spot
            taken[top : top + down, left : left + across] = 1
            x, y = (left + across / 2) * _CELL, (top + down / 2) * _CELL
            placed.append(Box(word, x, y, size, width, height))
    return tuple(placed)


def fitted(boxes: Sequence[Box], frame: Frame) -> tuple[Box, ...]:
    """The same picture in the middle of ``frame`` and as large as it holds, letters by at most `_GROWN`."""
    if not boxes:
        return ()
    left, right = min(box.x - box.width / 2 for box in boxes), max(box.x + box.width / 2 for box in boxes)
    top, bottom = min(box.y - box.height / 2 for box in boxes), max(box.y + box.height / 2 for box in boxes)
    scale = min(frame.width / (right - left), frame.height / (bottom - top), _GROWN)
    return tuple(
        Box(
            box.word,
            frame.width / 2 + scale * (box.x - (left + right) / 2),
            frame.height / 2 + scale * (box.y - (top + bottom) / 2),
            *(scale * length for length in (box.size, box.width, box.height)),
        )
        for box in boxes
    )


def _sized(words: Sequence[tuple[str, float]], frame: Frame) -> list[tuple[str, float]]:
    """Letters as large as the square root of the weight, between smallest and largest, in a few steps."""
    roots = [weight**0.5 for _, weight in words]
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


def _free(taken: np.ndarray, across: int, down: int, home: tuple[float, float], frame: Frame) -> tuple[int, int] | None:
    """Top and left cell of the free spot of that size whose middle is nearest to ``home``; None when there is none."""
    if down > taken.shape[0] or across > taken.shape[1]:
        return None
    # Sums over all cells above and to the left tell for each spot, in four look-ups, whether any of its own is taken.
    sums = np.zeros((taken.shape[0] + 1, taken.shape[1] + 1), dtype=np.int32)
    sums[1:, 1:] = taken.cumsum(0, dtype=np.int32).cumsum(1, dtype=np.int32)
    held = sums[down:, across:] - sums[:-down, across:] - sums[down:, :-across] + sums[:-down, :-across]
    xs = (np.arange(held.shape[1]) + across / 2) * _CELL - home[0]
    ys = (np.arange(held.shape[0]) + down / 2) * _CELL - home[1]
    # Words are wide: a step sideways counts less than one up or down, so that clouds grow broad.
    away = (xs[None, :] * frame.height / frame.width) ** 2 + ys[:, None] ** 2
    away[held > 0] = np.inf
    best = int(away.argmin())
    top, left = divmod(best, held.shape[1])
    return (top, left) if np.isfinite(away[top, left]) else None
