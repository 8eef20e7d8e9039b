"""``data/policy/rising.toml``: when a cause of complaints counts as rising."""

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from warehouse.errors import LoadError
from warehouse.settings import POLICY, read_toml

FILE = POLICY / "rising.toml"
_LIMITS: dict[str, tuple[float, float]] = {
    "false_share": (0.001, 0.5),
    "half_life": (1, 52),
    "least_weeks": (4, 104),
    "least": (1, 1000),
    "times": (1, 10),
    "least_usual": (0, 1000),
}


@dataclass(frozen=True)
class RisingPolicy:
    """``false_share``: of what is called rising, the share that may be chance. ``half_life``, ``least_weeks``: weeks;
    ``least``, ``least_usual``: complaints in seven days; ``times``: a factor on what is usual."""

    false_share: float = 0.05
    half_life: float = 8
    least_weeks: int = 8
    least: int = 5
    times: float = 1.3
    least_usual: float = 2.0


def rising_policy(path: Path = FILE) -> RisingPolicy:
    """The policy as it stands in ``path`` now. Raises `LoadError` that names the file, the key and what to write."""
    return _read(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _read(path: Path, _: int) -> RisingPolicy:
    given = read_toml(path)
    known = [field.name for field in fields(RisingPolicy)]
    if strange := sorted(set(given) ^ set(known)):
        raise LoadError(f"{path.name}: write each of {', '.join(known)} and nothing else ({strange[0]}).")
    return RisingPolicy(**{name: _checked(path.name, name, given[name]) for name in known})


def _checked(file: str, name: str, number: Any) -> Any:
    low, high = _LIMITS[name]
    whole = name in ("least_weeks", "least")
    fits = isinstance(number, int) or (isinstance(number, float) and not whole)
    if not fits or isinstance(number, bool) or not low <= number <= high:
        kind = "whole number" if whole else "number"
        raise LoadError(f"{file} {name}: {number!r} is no {kind} from {low:g} to {high:g}.")
    return number
