"""The policy of customer value: read from ``value.toml``, held against what it may say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.derive.toml_node import Node, read_node, shown
from warehouse.settings import POLICY

_DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class ValuePolicy:
    """``margin``, ``yearly_discount`` and ``max_correlation`` are shares of 1; the rest are counts."""

    margin: float
    horizon_months: int
    yearly_discount: float
    min_customers: int
    min_repeaters: int
    max_correlation: float
    max_fitted: int

    @property
    def weeks(self) -> float:
        """The time ahead, in weeks."""
        return self.horizon_months * _DAYS_A_MONTH / 7

    @property
    def kept(self) -> float:
        """What a unit of net revenue in the time ahead is worth today: its margin, as if it all came half-way
        through."""
        return self.margin * float((1 + self.yearly_discount) ** (-self.horizon_months / 24))


def read_value_policy(path: Path = POLICY / "value.toml") -> ValuePolicy:
    """The policy in ``path``. Raises LoadError that names file, line and key, what is wrong and what to write."""
    file = read_node(path)
    file.fields(_KEYS)
    return ValuePolicy(**{key: read(file.child(key), example) for key, (read, example) in _KEYS.items()})


def _share(least: float, most: float) -> Callable[[Node, str], float]:
    """Reads a number between the two, both included."""

    def read(node: Node, example: str) -> float:
        if type(node.value) not in (int, float) or not least <= node.value <= most:
            told = f"must be a number from {least:g} to {most:g}, not {shown(node.value)}"
            raise node.wrong(f"{told}; write for example {example}.")
        return float(node.value)

    return read


def _count(least: int, most: int) -> Callable[[Node, str], int]:
    """Reads a whole number between the two, both included."""

    def read(node: Node, example: str) -> int:
        if type(node.value) is not int or not least <= node.value <= most:
            told = f"must be a whole number from {least} to {most}, not {shown(node.value)}"
            raise node.wrong(f"{told}; write for example {example}.")
        return int(node.value)

    return read


_KEYS: Mapping[str, tuple[Callable[[Node, str], Any], str]] = {
    "margin": (_share(0.001, 1), "0.4"),
    "horizon_months": (_count(1, 60), "12"),
    "yearly_discount": (_share(0, 1), "0.1"),
    "min_customers": (_count(20, 10_000_000), "200"),
    "min_repeaters": (_count(10, 10_000_000), "50"),
    "max_correlation": (_share(0, 1), "0.3"),
    "max_fitted": (_count(200, 1_000_000), "10000"),
}
"""Every key of the file: what reads it, and what one might write."""
