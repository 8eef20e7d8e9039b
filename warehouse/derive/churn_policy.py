"""The churn policy: read from ``churn.toml``, held against what it may say, and put where the derived SQL finds it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import duckdb

from schemas import SIGNALS
from warehouse.derive.dimensions import FIXED
from warehouse.errors import LoadError
from warehouse.settings import POLICY, read_toml
from warehouse.sql import literals

ACTIONS = ("senior_visit", "personal_call", "exclusive_offer", "courtesy_gift")
Check = Callable[[Any], str | None]
"""What a value must be, when it is not that; None when it is."""


def _whole(low: int, high: int = 100_000) -> Check:
    told = f"a whole number from {low} to {high}"
    return lambda value: None if type(value) is int and low <= value <= high else told


def _number(above: float, most: float | None = None) -> Check:
    """A number above one limit and not above the other."""
    told = f"a number above {above}" + ("" if most is None else f" and at most {most}")
    return lambda value: None if type(value) in (int, float) and above < value <= (most or value) else told


def _texts(value: Any) -> str | None:
    sound = isinstance(value, list) and bool(value) and all(isinstance(text, str) for text in value)
    return None if sound else 'a list of names such as ["enquiry"]'


_WEIGHT, _DAYS, _LEAST = _whole(0, 100), _whole(1), _whole(1)
_FALL = {"weight": _WEIGHT, "recent_days": _DAYS, "usual_days": _DAYS, "drop": _number(0, 1), "least": _LEAST}
CHECKS: Mapping[str, Mapping[str, Check]] = {
    "silence": {
        "weight": _WEIGHT, "times": _number(0), "floor_days": _DAYS, "cap_days": _DAYS, "least": _whole(2)
    },
    "fewer_orders": _FALL,
    "less_spend": _FALL,
    "fewer_consultations": {**_FALL, "kinds": _texts},
    "fewer_logins": {**_FALL, "kinds": _texts},
    "more_complaints": {
        "weight": _WEIGHT, "recent_days": _DAYS, "usual_days": _DAYS, "times": _number(0), "least": _LEAST
    },
    "detractor": {"weight": _WEIGHT, "recent_days": _DAYS, "score_max": _whole(0, 10)},
    "breached": {"weight": _WEIGHT, "recent_days": _DAYS, "least": _LEAST},
}  # fmt: skip
"""Every signal with its keys in the file and what each must be."""
GENERAL: Mapping[str, Check] = {
    "score_min": _whole(0, 100),
    "risk_min": _number(0, 1),
    "min_orders": _whole(0),
    "value_min": _number(-1e-9),
    "value_days": _DAYS,
    "value_share": _number(0, 1),
}
MODEL: Mapping[str, Check] = {
    "horizon_months": _whole(1, 24),
    "train_months": _whole(1, 120),
    "calibrate_months": _whole(1, 24),
    "scored_months": _whole(1, 120),
    "proof_months": _whole(1, 120),
    "list_size": _whole(1),
    "max_rows": _whole(100, 1_000_000),
    "least_rows": _whole(100, 1_000_000),
    "least_churned": _whole(20),
    "strictness": _number(0.0999, 100),
}
"""The numbers of the model, with what each must be."""
RULE_COLUMNS = ("recent_days", "usual_days", "drop", "times", "least", "floor_days", "cap_days", "score_max")


@dataclass(frozen=True)
class ActionRule:
    """An action and whom it is for; None = whoever."""

    action: str
    signals: tuple[str, ...] | None
    tiers: tuple[str, ...] | None
    strategic: bool | None

    def fits(self, signal: str, tier: str, strategic: bool) -> bool:
        """Whether this is for a customer with that strongest signal."""
        return (
            (self.signals is None or signal in self.signals)
            and (self.tiers is None or tier in self.tiers)
            and (self.strategic is None or strategic == self.strategic)
        )


@dataclass(frozen=True)
class ChurnPolicy:
    """``general``: who is worth a call, what is at risk; ``signals``: each rule's numbers; ``actions`` in order;
    ``model``: what it learns from and when it may rank the list."""

    general: Mapping[str, float]
    signals: Mapping[str, Mapping[str, Any]]
    actions: tuple[ActionRule, ...]
    model: Mapping[str, Any]

    def action(self, signal: str, tier: str, strategic: bool) -> str:
        """What to do for a customer with that strongest signal."""
        return next(rule.action for rule in self.actions if rule.fits(signal, tier, strategic))


def read_churn_policy(path: Path = POLICY / "churn.toml") -> ChurnPolicy:
    """The policy in ``path``. Raises LoadError that names the file, the key, what is wrong and what to write."""
    given, file = read_toml(path), path.name
    _refuse_unknown(given, (*GENERAL, "signals", "model", "actions"), file)
    general = _checked(given, GENERAL, file)
    signals: Any = given.get("signals")
    _refuse_unknown(signals, CHECKS, f"{file} signals")
    if missing := [name for name in CHECKS if name not in signals]:
        raise LoadError(f"{file}: [signals.{missing[0]}] is missing; to do without the signal, give it weight = 0.")
    found = {name: _signal(signals[name], name, file) for name in CHECKS}
    if (total := sum(rule["weight"] for rule in found.values())) != 100:
        raise LoadError(f"{file}: the weights of all signals add up to {total}; make them 100 together.")
    if found["silence"]["floor_days"] > found["silence"]["cap_days"]:
        raise LoadError(f"{file} signals.silence floor_days: is above cap_days; lower it or raise cap_days.")
    model: Any = given.get("model")
    if model is None:
        raise LoadError(f"{file}: [model] is missing; write it with {', '.join(MODEL)}.")
    _refuse_unknown(model, MODEL, f"{file} model")
    return ChurnPolicy(
        general, found, tuple(_actions(given.get("actions"), file)), _checked(model, MODEL, f"{file} model")
    )


def create_churn_rules(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "churn.toml") -> None:
    """The temporary tables ``churn_rules`` (one row per signal, in the file's order) and ``action_of``, and a macro for
    each general number and each number of a signal: ``churn_score_min()``, ``silence_times()``."""
    policy = read_churn_policy(path)
    for key, value in policy.general.items():
        con.execute(f"CREATE TEMP MACRO churn_{key}() AS {value}")
    columns = ", ".join(f"{name} DOUBLE" for name in RULE_COLUMNS)
    con.execute(f"CREATE TEMP TABLE churn_rules (place INTEGER, signal VARCHAR, weight INTEGER, {columns})")
    for place, (signal, rule) in enumerate(policy.signals.items(), 1):
        values = [place, signal, rule["weight"], *(rule.get(name) for name in RULE_COLUMNS)]
        con.execute(f"INSERT INTO churn_rules VALUES ({', '.join('?' * len(values))})", values)
        for key, value in rule.items():
            text = f"[{literals(value)}]" if isinstance(value, list) else value
            con.execute(f"CREATE TEMP MACRO {signal}_{key}() AS {text}")
    _create_action_of(con, policy)


def _create_action_of(con: duckdb.DuckDBPyConnection, policy: ChurnPolicy) -> None:
    """One row per strongest signal, tier and strategic: the rules applied once, so that customers only look up."""
    groups = product(SIGNALS, FIXED["tier"], (True, False))
    rows = ", ".join(f"({literals((signal, tier))}, {strategic}, '{policy.action(signal, tier, strategic)}')"
                     for signal, tier, strategic in groups)  # fmt: skip
    con.execute("CREATE TEMP TABLE action_of (signal VARCHAR, tier VARCHAR, strategic BOOLEAN, action VARCHAR)")
    con.execute(f"INSERT INTO action_of VALUES {rows}")


def _signal(given: Any, name: str, file: str) -> dict[str, Any]:
    where = f"{file} signals.{name}"
    _refuse_unknown(given, CHECKS[name], where)
    return _checked(given, CHECKS[name], where)


def _checked(given: Mapping[str, Any], checks: Mapping[str, Check], where: str) -> dict[str, Any]:
    for key, check in checks.items():
        if key not in given:
            raise LoadError(f"{where}: {key} is missing; give {check(None)}.")
        if told := check(given[key]):
            raise LoadError(f"{where} {key}: must be {told}, not {given[key]!r}.")
    return {key: given[key] for key in checks}


def _actions(given: Any, file: str) -> Iterator[ActionRule]:
    if not isinstance(given, list) or not given:
        raise LoadError(f"{file} actions: must be a list of tables; begin each rule with a line [[actions]].")
    for place, rule in enumerate(given, 1):
        where = f"{file} action {place}"
        _refuse_unknown(rule, ("action", "signals", "tiers", "strategic"), where)
        if rule.get("action") not in ACTIONS:
            raise LoadError(f"{where}: action must be one of {', '.join(ACTIONS)}, not {rule.get('action')!r}.")
        strategic = rule.get("strategic")
        if strategic is not None and not isinstance(strategic, bool):
            raise LoadError(f"{where} strategic: must be true or false, not {strategic!r}.")
        signals, tiers = _names(rule, "signals", SIGNALS, where), _names(rule, "tiers", FIXED["tier"], where)
        yield ActionRule(rule["action"], signals, tiers, strategic)
    if given[-1].keys() != {"action"}:
        raise LoadError(f"{file} actions: the last rule must fit everybody; end with one that names an action only.")


def _names(rule: Mapping[str, Any], key: str, known: Collection[str], where: str) -> tuple[str, ...] | None:
    if key not in rule:
        return None
    given = rule[key]
    if not isinstance(given, list) or not given or not set(map(str, given)) <= set(known):
        raise LoadError(f"{where} {key}: must be a list of some of {', '.join(known)}, not {given!r}.")
    return tuple(given)


def _refuse_unknown(given: Any, known: Collection[str], where: str) -> None:
    if not isinstance(given, dict):
        raise LoadError(f"{where}: must be a table of names and values.")
    if unknown := sorted(given.keys() - set(known)):
        raise LoadError(f"{where}: unknown name “{unknown[0]}”; known: {', '.join(known)}.")
