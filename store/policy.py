"""``data/policy/outreach.toml``: the reasons for leaving, and how results are compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from store.errors import StoreError
from warehouse.errors import LoadError
from warehouse.settings import POLICY, read_toml
from words import LANGUAGES

FILE = POLICY / "outreach.toml"
_NUMBERS = ("score_min", "score_band", "least")


@dataclass(frozen=True)
class OutreachPolicy:
    """``reasons``: code -> words by language. ``score_min``: the signal score from which a customer is on the list;
    ``score_band``: the points that make a band; ``least``: the fewest customers on a side to conclude anything from."""

    reasons: Mapping[str, Mapping[str, str]]
    score_min: int
    score_band: int
    least: int


def policy(path: Path = FILE) -> OutreachPolicy:
    """The policy as it stands in ``path`` now. Raises `StoreError` that names the file, the key and what to write."""
    try:
        return _read(path, path.stat().st_mtime_ns if path.exists() else 0)
    except LoadError as error:
        raise StoreError("bad_policy", told=error) from error


@lru_cache(maxsize=4)
def _read(path: Path, _: int) -> OutreachPolicy:
    given, file = read_toml(path), path.name
    if unknown := sorted(given.keys() - {"reasons", "results"}):
        raise LoadError(f"{file}: there is no {unknown[0]}; there are reasons and results.")
    return OutreachPolicy(_reasons(given.get("reasons"), file), **_numbers(given.get("results"), file))


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


def _numbers(given: Any, file: str) -> dict[str, int]:
    found = given if isinstance(given, dict) else {}
    if strange := sorted(set(found) ^ set(_NUMBERS)):
        raise LoadError(f"{file} [results]: write each of {', '.join(_NUMBERS)} and nothing else ({strange[0]}).")
    for name, number in found.items():
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= 1000:
            raise LoadError(f"{file} results.{name}: {number!r} is no whole number from 1 to 1000.")
    return found
