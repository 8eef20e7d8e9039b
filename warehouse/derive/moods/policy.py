"""The policy of moods: read from ``moods.toml`` and held against what it may say."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from warehouse.derive.toml_node import Node, read_node, shown
from warehouse.settings import POLICY

_WHOLE: Mapping[str, tuple[int, int, int]] = {
    "least_each": (20, 1_000_000, 200),
    "max_texts": (100, 1_000_000, 15_000),
    "longest": (1, 5, 3),
    "least_seen": (1, 1000, 2),
    "folds": (2, 20, 5),
}
"""The whole numbers of the file: least, most, and what one might write."""
_STRICTNESS = (0.01, 100.0)


@dataclass(frozen=True)
class MoodPolicy:
    """The numbers of the file, as they are explained there."""

    least_each: int
    max_texts: int
    longest: int
    least_seen: int
    folds: int
    strictness: float


def read_mood_policy(path: Path = POLICY / "moods.toml") -> MoodPolicy:
    """The policy in ``path``. Raises LoadError that names file, line and key, what is wrong and what to write."""
    file = read_node(path)
    file.fields((*_WHOLE, "strictness"))
    whole = {key: _number(file.child(key), *limits) for key, limits in _WHOLE.items()}
    return MoodPolicy(**whole, strictness=_strictness(file.child("strictness")))


def _number(node: Node, least: int, most: int, usual: int) -> int:
    value = node.value
    if type(value) is int and least <= value <= most:
        return value
    told = f"must be a whole number from {least} to {most}, not {shown(value)}"
    raise node.wrong(f"{told}; write for example {node.place[-1]} = {usual}.")


def _strictness(node: Node) -> float:
    least, most = _STRICTNESS
    value = node.value
    if type(value) in (int, float) and least <= value <= most:
        return float(value)
    raise node.wrong(
        f"must be a number from {least} to {most}, not {shown(value)}; write for example strictness = 0.25."
    )
