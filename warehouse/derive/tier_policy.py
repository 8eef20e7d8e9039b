"""The tier policy: read from ``tiers.toml``, held against what it may say, and put where the derived SQL finds it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations, product
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.derive.dimensions import FIXED
from warehouse.errors import LoadError
from warehouse.settings import POLICY, read_toml

SCORES = ("recency", "frequency", "monetary", "past_value")
TIERS = FIXED["tier"]
_LOW, _HIGH = 1, 5
Span = tuple[int, int]


@dataclass(frozen=True)
class TierRule:
    """A tier and the span of each score that leads to it, both ends included; ``place`` counts from 1."""

    place: int
    tier: str
    spans: Mapping[str, Span]

    def fits(self, scores: Mapping[str, int]) -> bool:
        """Whether a customer with these scores belongs to the tier."""
        return all(low <= scores[name] <= high for name, (low, high) in self.spans.items())


@dataclass(frozen=True)
class TierPolicy:
    """``window_days`` back from a month-end count, ``history_months`` month-ends are kept, ``default`` is the rest."""

    window_days: int
    history_months: int
    default: str
    rules: tuple[TierRule, ...]

    def tier(self, scores: Mapping[str, int]) -> str:
        """The tier of a customer with these scores."""
        return next((rule.tier for rule in self.rules if rule.fits(scores)), self.default)


def every_score() -> Iterator[dict[str, int]]:
    """All 625 combinations of the four scores."""
    values = range(_LOW, _HIGH + 1)
    return (dict(zip(SCORES, scores, strict=True)) for scores in product(values, repeat=len(SCORES)))


def read_tier_policy(path: Path = POLICY / "tiers.toml") -> TierPolicy:
    """The policy in ``path``. Raises LoadError that names the file, the key, what is wrong and what to write."""
    given = read_toml(path)
    _refuse_unknown(given, ("window_days", "history_months", "default", "rules"), path.name)
    policy = TierPolicy(
        _days(given, "window_days", 365, path.name),
        _days(given, "history_months", 60, path.name),
        _tier(given, "default", path.name),
        tuple(_rules(given.get("rules", []), path.name)),
    )
    _refuse_overlap(policy.rules, path.name)
    return policy


def create_tier_rules(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "tiers.toml") -> None:
    """The table ``tier_rules`` (as written, the default last), the temporary ``tier_of_scores``, and the macros
    ``tier_window()`` and ``tier_history()``."""
    policy = read_tier_policy(path)
    con.execute(f"CREATE TEMP MACRO tier_window() AS {policy.window_days}")
    con.execute(f"CREATE TEMP MACRO tier_history() AS {policy.history_months}")
    spans = ", ".join(f"{score}_min INTEGER, {score}_max INTEGER" for score in SCORES)
    con.execute(f"CREATE TABLE tier_rules (place INTEGER, tier VARCHAR, is_default BOOLEAN, {spans})")
    rest = TierRule(len(policy.rules) + 1, policy.default, {})
    for rule in (*policy.rules, rest):
        ends = [end for name in SCORES for end in rule.spans.get(name, (_LOW, _HIGH))]
        con.execute(
            f"INSERT INTO tier_rules VALUES (?, ?, ?{', ?' * len(ends)})", [rule.place, rule.tier, rule is rest, *ends]
        )
    _create_tier_of_scores(con, policy)


def _create_tier_of_scores(con: duckdb.DuckDBPyConnection, policy: TierPolicy) -> None:
    """One row per combination of scores: the rules applied once, so that millions of customers only look up."""
    rows = pa.Table.from_pylist([{**scores, "tier": policy.tier(scores)} for scores in every_score()])
    con.register("every_score", rows)
    columns = ", ".join(f"{name}::INTEGER AS {name}" for name in SCORES)
    con.execute(f"CREATE TEMP TABLE tier_of_scores AS SELECT {columns}, tier FROM every_score")
    con.unregister("every_score")


def _rules(given: Any, file: str) -> Iterator[TierRule]:
    if not isinstance(given, list):
        raise LoadError(f"{file} rules: must be a list of tables; begin each rule with a line [[rules]].")
    for place, rule in enumerate(given, 1):
        where = f"{file} rule {place}"
        _refuse_unknown(rule, ("tier", *SCORES), where)
        tier = _tier(rule, "tier", where)
        spans = {name: _span(rule[name], f"{where} ({tier}) {name}") for name in SCORES if name in rule}
        if not spans:
            raise LoadError(
                f"{where} ({tier}): asks for no score, so it would fit everybody; name at least one of "
                f"{', '.join(SCORES)}, or make {tier} the default."
            )
        yield TierRule(place, tier, spans)


def _refuse_overlap(rules: tuple[TierRule, ...], file: str) -> None:
    for one, other in combinations(rules, 2):
        lowest = {name: max(rule.spans.get(name, (_LOW, _HIGH))[0] for rule in (one, other)) for name in SCORES}
        if one.fits(lowest) and other.fits(lowest):
            example = ", ".join(f"{name} {score}" for name, score in lowest.items())
            raise LoadError(
                f"{file} rules {one.place} ({one.tier}) and {other.place} ({other.tier}): overlap, both fit a customer "
                f"with {example}; narrow one of them with min or max."
            )


def _span(given: Any, where: str) -> Span:
    if not isinstance(given, dict) or not given:
        raise LoadError(f"{where}: must say min, max or both, such as {{ min = 4 }}, not {given!r}.")
    _refuse_unknown(given, ("min", "max"), where)
    for end, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int) or not _LOW <= value <= _HIGH:
            raise LoadError(f"{where}.{end}: must be a whole number from {_LOW} to {_HIGH}, not {value!r}.")
    low, high = given.get("min", _LOW), given.get("max", _HIGH)
    if low > high:
        raise LoadError(f"{where}: min {low} lies above max {high}, so nobody fits; swap them.")
    return low, high


def _tier(given: Mapping[str, Any], key: str, where: str) -> str:
    known = ", ".join(TIERS)
    if key not in given:
        raise LoadError(f'{where} {key}: is missing; add a line such as {key} = "{TIERS[-1]}" (one of {known}).')
    if given[key] not in TIERS:
        raise LoadError(f"{where} {key}: there is no tier {given[key]!r}; write one of {known}.")
    return str(given[key])


def _days(given: Mapping[str, Any], key: str, usual: int, file: str) -> int:
    value = given.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        told = "is missing" if value is None else f"must be a whole number above 0, not {value!r}"
        raise LoadError(f"{file} {key}: {told}; write for example {key} = {usual}.")
    return value


def _refuse_unknown(given: Any, known: tuple[str, ...], where: str) -> None:
    if not isinstance(given, dict):
        raise LoadError(f"{where}: must be a table of names and values, not {given!r}.")
    for key in given:
        if key not in known:
            near = get_close_matches(str(key), known, 1)
            meant = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
            raise LoadError(f"{where}: unknown key “{key}”; {meant}")
