"""The policy ``rising.toml``: when a cause of complaints counts as rising."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.derive.lifecycle_policy import Number
from warehouse.derive.toml_node import read_node
from warehouse.settings import POLICY

RISING = POLICY / "rising.toml"
_NUMBERS = {
    "false_share": Number(0.001, 0.5, 0.05, whole=False),
    "half_life": Number(1, 52, 8, whole=False),
    "least_weeks": Number(4, 104, 8),
    "least": Number(1, 1000, 5),
    "times": Number(1, 10, 1.3, whole=False),
    "least_usual": Number(0, 1000, 2.0, whole=False),
}


@dataclass(frozen=True)
class RisingPolicy:
    """``false_share``: of what is called rising, the share that may be chance. ``half_life``, ``least_weeks``: weeks;
    ``least``, ``least_usual``: complaints in seven days; ``times``: a factor on what is usual."""

    false_share: float
    half_life: float
    least_weeks: int
    least: int
    times: float
    least_usual: float


def read_rising_policy(path: Path = RISING) -> RisingPolicy:
    """The policy in ``path``. Raises LoadError that names file, line and key, what is wrong and what to write."""
    file = read_node(path)
    file.fields(_NUMBERS)
    given: dict[str, Any] = {name: number.read(file.child(name)) for name, number in _NUMBERS.items()}
    return RisingPolicy(**given)
