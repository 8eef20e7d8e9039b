"""The contracts' rules compiled to SQL conditions that hold for a bad row.

Each condition speaks of a typed value by our column's name and of the text it came from by ``t_`` and that name.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from schemas import Contract, Rule
from warehouse.sql import literals, name, one_of

_AMBIGUOUS = r"^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b.*"


@dataclass(frozen=True)
class Check:
    """A rule with the SQL condition under which a row breaks it."""

    rule: str
    column: str
    condition: str
    detail: str


def text_name(column: str) -> str:
    """The name under which a column's text stands beside its typed value."""
    return name(f"t_{column}")


def checks(contract: Contract, mapped: set[str], now: datetime, told: frozenset[str] = frozenset()) -> list[Check]:
    """The checks of the ``mapped`` columns that a row answers alone; ``unique`` and ``reference`` need others.

    ``told``: columns whose date format the mapping states, where no date is ambiguous.
    """
    return [check for rule in contract.rules if rule.column in mapped for check in _check(rule, mapped, now, told)]


def _check(rule: Rule, mapped: set[str], now: datetime, told: frozenset[str]) -> list[Check]:
    value, text = name(rule.column), text_name(rule.column)
    detail = rule.in_words("en")
    match rule.name:
        case "required":
            return [Check("required", rule.column, f"{text} IS NULL", "")]
        case "type":
            return _type_checks(rule, f"{text} IS NOT NULL AND {value} IS NULL", text, rule.column in told)
        case "allowed":
            return [Check("allowed", rule.column, f"{value} IS NOT NULL AND NOT {one_of(value, rule.limit)}", detail)]
        case "range":
            return [Check("range", rule.column, _outside(value, rule.limit), detail)]
        case "order" | "not_below" if rule.limit in mapped:
            return [Check(rule.name, rule.column, f"{value} < {name(rule.limit)}", rule.limit)]
        case "future":
            return [Check("future", rule.column, f"{value} > TIMESTAMP '{now:%Y-%m-%d %H:%M:%S}' + INTERVAL 1 DAY", "")]
        case _:
            return []


def _type_checks(rule: Rule, unread: str, text: str, told: bool) -> list[Check]:
    if told or rule.limit not in ("day", "time"):
        return [Check("type", rule.column, unread, rule.limit)]
    unclear = f"regexp_full_match({text}, '{_AMBIGUOUS}')"
    return [
        Check("type", rule.column, f"{unread} AND NOT {unclear}", rule.limit),
        Check("ambiguous", rule.column, f"{unread} AND {unclear}", rule.limit),
    ]


def _outside(value: str, limit: Any) -> str:
    if isinstance(limit, dict):
        spans = " ".join(f"WHEN {literals([kind])} THEN {_outside(value, span)}" for kind, span in limit.items())
        return f"CASE kind {spans} END"
    low, high = limit
    if isinstance(low, date):
        return f"({value} < DATE '{low}' OR NOT isfinite({value}))"
    return f"{value} < {low}" if high is None else f"{value} NOT BETWEEN {low} AND {high}"
