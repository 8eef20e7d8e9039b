"""``data/policy/outreach.toml`` and ``actions.toml``: the reasons for leaving, and how results are compared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from store.errors import StoreError
from warehouse.errors import LoadError
from warehouse.settings import POLICY, read_toml
from words import LANGUAGES

FILE, ACTIONS = POLICY / "outreach.toml", POLICY / "actions.toml"
P = TypeVar("P")


@dataclass(frozen=True)
class OutreachPolicy:
    """``reasons``: code -> words by language. ``score_min``: the signal score from which a customer is on the list;
    ``score_band``: the points that make a band; ``least``: the fewest customers on a side to conclude anything from."""

    reasons: Mapping[str, Mapping[str, str]]
    score_min: int
    score_band: int
    least: int


@dataclass(frozen=True)
class ActionPolicy:
    """``weeks_most``, ``weeks_least``: the weeks compared on either side of an action's first day; ``weeks_usual``:
    those before, which tell what was usual; ``few``: with fewer complaints nothing is concluded."""

    weeks_most: int
    weeks_least: int
    weeks_usual: int
    few: int


def policy(path: Path = FILE) -> OutreachPolicy:
    """The policy as it stands in ``path`` now. Raises `StoreError` that names the file, the key and what to write."""
    return _told(_outreach, path)


def action_policy(path: Path = ACTIONS) -> ActionPolicy:
    """The same for actions on causes."""
    return _told(_actions, path)


def _told(read: Callable[[Path, int], P], path: Path) -> P:
    try:
        return read(path, path.stat().st_mtime_ns if path.exists() else 0)
    except LoadError as error:
        raise StoreError("bad_policy", told=error) from error


@lru_cache(maxsize=4)
def _outreach(path: Path, _: int) -> OutreachPolicy:
    given = _parts(path, ("reasons", "results"))
    numbers = _numbers(given.get("results"), path.name, ("score_min", "score_band", "least"))
    return OutreachPolicy(_reasons(given.get("reasons"), path.name), **numbers)


@lru_cache(maxsize=4)
def _actions(path: Path, _: int) -> ActionPolicy:
    given = _parts(path, ("results",))
    return ActionPolicy(**_numbers(given.get("results"), path.name, tuple(ActionPolicy.__dataclass_fields__)))


def _parts(path: Path, known: tuple[str, ...]) -> dict[str, Any]:
    given = read_toml(path)
    if unknown := sorted(given.keys() - set(known)):
        raise LoadError(f"{path.name}: there is no {unknown[0]}; there are {' and '.join(known)}.")
    return given


def _reasons(given: Any, file: str) -> dict[str, dict[str, str]]:
    if not isinstance(given, dict) or not given:
        raise LoadError(f"{file} [reasons]: none is given; write lines like price = {{ en = “Price”, zh = “价格” }}.")
    for name, told in given.items():
        if (
            not isinstance(told, dict)
            or set(told) != set(LANGUAGES)
            or not all(_is_word(word) for word in told.values())
        ):
            raise LoadError(f"{file} reasons.{name}: write its words in each of {', '.join(LANGUAGES)}.")
    return given


def _is_word(given: Any) -> bool:
    return isinstance(given, str) and bool(given.strip())


def _numbers(given: Any, file: str, names: tuple[str, ...]) -> dict[str, int]:
    found = given if isinstance(given, dict) else {}
    if strange := sorted(set(found) ^ set(names)):
        raise LoadError(f"{file} [results]: write each of {', '.join(names)} and nothing else ({strange[0]}).")
    for name, number in found.items():
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= 1000:
            raise LoadError(f"{file} results.{name}: {number!r} is no whole number from 1 to 1000.")
    return found
