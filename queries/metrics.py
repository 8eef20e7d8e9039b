"""The metrics, read from metrics.toml: each one's formula, unit, target and words, stated once for everything else."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from queries.errors import BadDefinition
from queries.relations import relations

FILE = Path(__file__).with_name("metrics.toml")
Unit = Literal["percent", "count", "minutes", "hours", "score", "money", "days"]
Direction = Literal["up", "down", "none"]
Interval = Literal["wilson", "nps", "none"]
Headline = Literal["flow", "stock", "state", "none"]

# In counts, not shares: a third of the terms, and planning them takes longer than counting.
_WILSON = "(hits + {half} {sign} {z} * sqrt(hits * (n - hits) / n + {quarter})) / (n + {square})"
_SHARE = "hits / n"
# Zou and Donner's way (2008) to join an interval with a further error: what each end allows is added in squares. An end
# that nobody can know stays unknown, hence the product.
_WIDER = "{inward}(share {sign} sqrt(power(share - bound, 2) + power({z} * error, 2)), {end} + 0 * error)"
_OWN = {"label", "headline", "headline_days"}
_Z = 1.959963984540054


@dataclass(frozen=True)
class Metric:
    """One measure.

    ``value`` is its formula over the rows of ``relation``; for a share it follows from ``part`` and ``n`` (numerator
    and denominator). ``where`` limits the rows it counts. ``unit`` "percent" is a fraction from 0 to 1. ``direction``
    says what is good. ``margin``: what lies on either side of an NPS; ``error``: a standard error that all rows of a
    share have in common, beside what chance does to each (NULL: nobody knows it, so there is no interval).
    ``headline`` is how it appears on the first screen: a "flow" over the last ``headline_days`` days, a "stock" whose
    changes add up, a "state" at the data's last moment. On fewer than ``few`` rows it is marked.
    """

    id: str
    relation: str
    unit: Unit
    label: Mapping[str, str]
    description: Mapping[str, str]
    source: str
    sql: str | None = None
    part: str | None = None
    n: str = "count(*)"
    margin: str | None = None
    error: str | None = None
    where: str | None = None
    direction: Direction = "none"
    target: float | None = None
    interval: Interval = "none"
    decimals: int = 0
    headline: Headline = "none"
    headline_days: int = 1
    few: int = 30

    @cached_property
    def value(self) -> exp.Expr:
        """The formula as a tree, with ``where`` put into each of its aggregates."""
        if self.sql:
            return self._filtered(self.sql)
        return self._built(_SHARE)

    @cached_property
    def count(self) -> exp.Expr:
        """The number of rows the value rests on: the denominator of a share."""
        return self._filtered(self.n)

    @cached_property
    def low(self) -> exp.Expr:
        """Lower end of the 95 % interval; NULL for a metric without one."""
        return self._bound("-")

    @cached_property
    def high(self) -> exp.Expr:
        """Upper end of the 95 % interval; NULL for a metric without one."""
        return self._bound("+")

    @cached_property
    def condition(self) -> exp.Expr:
        """``where`` as a tree; TRUE when it counts all rows."""
        return _tree(self.id, self.where) if self.where else exp.true()

    def _bound(self, sign: str) -> exp.Expr:
        if self.interval == "wilson":
            square = _Z * _Z
            wilson = _WILSON.format(sign=sign, z=_Z, half=square / 2, quarter=square / 4, square=square)
            return self._wider(sign, wilson) if self.error else self._built(wilson)
        if self.interval == "nps" and self.margin:
            return _tree(self.id, f"middle {sign} margin", middle=self.value, margin=self._filtered(self.margin))
        return exp.cast(exp.null(), "DOUBLE")

    def _wider(self, sign: str, wilson: str) -> exp.Expr:
        inward, end = ("greatest", 0) if sign == "-" else ("least", 1)
        parts = {"share": self.value, "bound": self._built(wilson), "error": self._filtered(self.error or "")}
        return _tree(self.id, _WIDER.format(inward=inward, sign=sign, z=_Z, end=end), **parts)

    def _built(self, template: str) -> exp.Expr:
        """``template`` with the share's numerator, denominator (NULL instead of 0) and value put in."""
        n: exp.Expr = exp.func("nullif", self.count, exp.Literal.number(0))
        parts = {"hits": self._filtered(self.part or ""), "n": n}
        share = _tree(self.id, _SHARE, **parts)
        return _tree(self.id, template, share=share, **parts)

    def _filtered(self, sql: str) -> exp.Expr:
        return filtered(_tree(self.id, sql), self.condition if self.where else None)


def filtered(tree: exp.Expr, condition: exp.Expr | None) -> exp.Expr:
    """A copy of ``tree`` whose every aggregate counts only rows that satisfy ``condition`` too."""
    if condition is None:
        return tree
    copy = tree.copy()
    holder = exp.Paren(this=copy)
    for aggregate in list(holder.find_all(exp.AggFunc)):
        _narrow(aggregate, condition)
    inner = holder.this
    assert isinstance(inner, exp.Expr)
    return inner.pop() if isinstance(inner, exp.Paren) else inner


def _narrow(aggregate: exp.Expr, condition: exp.Expr) -> None:
    """Add ``condition`` to the FILTER of one aggregate, in place."""
    already = aggregate.parent
    if isinstance(already, exp.Filter):
        already.set("expression", exp.Where(this=exp.and_(already.expression.this, condition.copy())))
        return
    aggregate.replace(exp.Filter(this=aggregate.copy(), expression=exp.Where(this=condition.copy())))


def put_in(tree: exp.Expr, parts: Mapping[str, exp.Expr]) -> exp.Expr:
    """A copy of ``tree`` with the columns named in ``parts`` replaced by those trees."""

    def part(node: exp.Expr) -> exp.Expr:
        found = parts.get(node.name) if isinstance(node, exp.Column) else None
        if found is None:
            return node
        return (
            found.copy() if isinstance(found, exp.Condition) and not isinstance(found, exp.Binary) else exp.paren(found)
        )

    return tree.transform(part)


def _tree(metric: str, sql: str, **parts: exp.Expr) -> exp.Expr:
    """``sql`` parsed and put in brackets, with columns named in ``parts`` replaced by those trees."""
    try:
        return put_in(exp.paren(sqlglot.parse_one(sql, read="duckdb"), copy=False), parts)
    except SqlglotError as error:
        raise BadDefinition(f"metric {metric}: {error}") from error


def _load() -> Mapping[str, Metric]:
    """Every metric by id. Raises `BadDefinition` for an unknown key or value."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return MappingProxyType({name: _metric(name, tables) for name in tables})


def _metric(name: str, tables: Mapping[str, Any]) -> Metric:
    stated = _stated(name, tables)
    if unknown := sorted(set(stated) - {field.name for field in fields(Metric)}):
        raise BadDefinition(f"metric {name}: unknown key {unknown[0]}")
    try:
        metric = Metric(id=name, **stated)
    except TypeError as error:
        raise BadDefinition(f"metric {name}: {error}") from error
    _check(metric)
    return metric


def _stated(name: str, tables: Mapping[str, Any]) -> dict[str, Any]:
    """A metric's own table over what it takes from its ``base``: the formula and all about it, not label or place."""
    own = dict(tables[name])
    base = own.pop("base", None)
    if base is None:
        return own
    if base not in tables or base == name:
        raise BadDefinition(f"metric {name}: there is no metric {base} to build on")
    inherited = _stated(base, tables)
    return {**{key: inherited[key] for key in inherited if key not in _OWN}, **own}


def _check(metric: Metric) -> None:
    wrong = [
        name
        for name, allowed in (("unit", Unit), ("direction", Direction), ("interval", Interval), ("headline", Headline))
        if getattr(metric, name) not in get_args(allowed)
    ]
    if wrong:
        raise BadDefinition(f"metric {metric.id}: {getattr(metric, wrong[0])!r} is no {wrong[0]}")
    if metric.relation not in relations():
        raise BadDefinition(f"metric {metric.id}: there is no relation {metric.relation}")
    if (metric.sql is None) == (metric.part is None):
        raise BadDefinition(f"metric {metric.id}: it needs either sql or part (with n), not both")
    if set(metric.label) != {"en", "zh"} or set(metric.description) != {"en", "zh"}:
        raise BadDefinition(f"metric {metric.id}: label and description must stand in en and zh")


METRICS: Mapping[str, Metric] = _load()
