"""Where the words over the moments of a time line stand, none over another nor crossed by another's line."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.layout import text_width

LEVELS = 5
"""Lines of words there are; a word that finds no room is left out."""
SIZE = 11
_GAP = 8


@dataclass(frozen=True)
class Flag:
    """A word whose line stands at ``x`` pixels. ``left``: it begins there, else it ends; levels count upwards."""

    x: float
    width: float
    level: int
    left: bool

    def covers(self, x: float) -> bool:
        """Whether its text lies over ``x``, the place of its own line apart."""
        first, last = (self.x, self.x + self.width) if self.left else (self.x - self.width, self.x)
        return first < x < last

    def clashes(self, other: "Flag") -> bool:
        """Whether one is written over the other, or one's line runs through the other."""
        if self.level == other.level:
            return _ends(self)[0] < _ends(other)[1] and _ends(other)[0] < _ends(self)[1]
        low, high = sorted((self, other), key=lambda flag: flag.level)
        return low.covers(high.x)


def place(moments: Sequence[float], texts: Sequence[str], first: Sequence[int], width: float) -> list[Flag | None]:
    """A flag for each text at its moment (0 to 1) on a line of ``width`` pixels, or None where there is no room.

    Of several orders in which to lay them out the one is taken that leaves out the fewest, above all of ``first``.
    """
    backwards = sorted(range(len(texts)), key=lambda n: -moments[n])
    # Words that begin at their lines are best laid out from the right, those that end there from the left.
    inwards = sorted(backwards, key=lambda n: moments[n] if moments[n] > 0.5 else -moments[n] - 1)
    orders = [order for each in (backwards, inwards) for order in (each, sorted(each, key=lambda n: n not in first))]
    laid = [_laid(order, moments, texts, width) for order in orders]
    best = max(laid, key=lambda placed: (len(placed.keys() & set(first)), len(placed)))
    return [best.get(n) for n in range(len(texts))]


def _laid(order: Sequence[int], moments: Sequence[float], texts: Sequence[str], width: float) -> dict[int, Flag]:
    placed: dict[int, Flag] = {}
    for n in order:
        flag = _free(moments[n] * width, text_width(texts[n], SIZE) + _GAP, width, list(placed.values()))
        if flag:
            placed[n] = flag
    return placed


def _free(x: float, length: float, width: float, placed: list[Flag]) -> Flag | None:
    sides = [left for left in (True, False) if (x + length <= width if left else x >= length)]
    tried = (Flag(x, length, level, left) for level in range(LEVELS) for left in sides)
    return next((flag for flag in tried if not any(flag.clashes(other) for other in placed)), None)


def _ends(flag: Flag) -> tuple[float, float]:
    return (flag.x, flag.x + flag.width) if flag.left else (flag.x - flag.width, flag.x)
