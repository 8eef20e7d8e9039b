"""The functions that a question may use beyond SQL; each is replaced by a tree before anything runs.

- ``metric(id)``, ``metric_n``, ``metric_low``, ``metric_high``: a metric's value, denominator and interval; a second
  argument is a further condition on the rows that count. ``metric_where(id)``: the rows it counts at all.
- ``metric_days(id)``: the number of days of its headline; ``metric_now``, ``metric_before``, ``metric_recent``:
  conditions on ``day`` for those days, the ones compared with, and both. Where no row has a date, all count as now.
- ``local_time(moment)``: a stored UTC time on the team's clock.
- ``chosen(column, $value)``: the column has the wanted value; any will do when none is wanted.
- ``normal_limit(t)``: the z beyond which a share exp(-t * t / 2) of a normal distribution lies, on one side, to 0.00045
  (Abramowitz and Stegun 26.2.23); ``t`` is best a column, for it stands there several times.
- ``hide_personal(text)``: a free text that people write here, without what the loader hides in those it reads.
"""

from collections.abc import Callable, Mapping

import sqlglot
from sqlglot import exp

from queries.errors import BadQuestion
from queries.metrics import METRICS, Metric, filtered, put_in
from queries.relations import relations
from queries.scope import NOT_GIVEN
from warehouse.privacy import hidden


def _value(metric: Metric, condition: exp.Expr | None) -> exp.Expr:
    return filtered(metric.value, condition)


def _count(metric: Metric, condition: exp.Expr | None) -> exp.Expr:
    return filtered(metric.count, condition)


def _window(day: str, days: str, undated: bool = False) -> Callable[[Metric, exp.Expr | None], exp.Expr]:
    """A condition on ``day`` for a metric of one day and for one of several: its windows begin on $since and $before.

    ``undated``: rows of a relation without any date count too.
    """
    templates = {True: sqlglot.parse_one(day, read="duckdb"), False: sqlglot.parse_one(days, read="duckdb")}

    def condition(metric: Metric, _: exp.Expr | None) -> exp.Expr:
        starts = {name: exp.Placeholder(this=f"{name}_{metric.headline_days}") for name in ("since", "before")}
        found = put_in(templates[metric.headline_days == 1], starts)
        relation = relations()[metric.relation]
        if undated and relation.undated:
            found = exp.or_(found, exp.Placeholder(this=f"undated_{relation.name}"))
        return exp.paren(found)

    return condition


_MACROS: Mapping[str, Callable[[Metric, exp.Expr | None], exp.Expr]] = {
    "metric": _value,
    "metric_n": _count,
    "metric_low": lambda metric, condition: filtered(metric.low, condition),
    "metric_high": lambda metric, condition: filtered(metric.high, condition),
    "metric_where": lambda metric, _: exp.paren(metric.condition),
    "metric_days": lambda metric, _: exp.Literal.number(metric.headline_days),
    "metric_now": _window("day = $workday", "day >= since AND day <= $workday", undated=True),
    "metric_before": _window("day = $workday_before", "day >= before AND day < since"),
    "metric_recent": _window(
        "day >= $workday_before AND day <= $workday", "day >= before AND day <= $workday", undated=True
    ),
}
# The casts keep the engine from reading a parameter as the column's ENUM, which would turn an unknown word into NULL.
_CHOSEN = """(CAST(wanted AS VARCHAR) IS NULL OR given = CAST(wanted AS VARCHAR)
    OR (CAST(wanted AS VARCHAR) = not_given AND given IS NULL))"""
_NORMAL = """(t - (2.515517 + 0.802853 * t + 0.010328 * t * t)
    / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t))"""


def expand(tree: exp.Query) -> exp.Query:
    """``tree`` with all of these functions replaced, in place. Raises `BadQuestion` for an unknown metric."""
    for node in reversed(list(tree.find_all(exp.Anonymous))):  # inner ones first
        name = node.name.lower()
        if name in _MACROS:
            node.replace(_expanded(name, node.expressions))
        elif name == "local_time":
            node.replace(_local(node.expressions[0]))
        elif name == "chosen":
            node.replace(_chosen(*node.expressions))
        elif name == "normal_limit":
            node.replace(put_in(sqlglot.parse_one(_NORMAL, read="duckdb"), {"t": node.expressions[0]}))
        elif name == "hide_personal":
            node.replace(_hidden(*node.expressions))
    return tree


def _expanded(name: str, arguments: list[exp.Expr]) -> exp.Expr:
    metric = METRICS.get(arguments[0].name)
    if metric is None:
        raise BadQuestion(f"there is no metric {arguments[0].name!r}")
    condition = exp.paren(arguments[1]) if len(arguments) > 1 else None
    return _MACROS[name](metric, condition).copy()


def _chosen(given: exp.Expr, wanted: exp.Expr) -> exp.Expr:
    if isinstance(wanted, exp.Null):
        return exp.true()
    parts = {"given": given, "wanted": wanted, "not_given": exp.Literal.string(NOT_GIVEN)}
    return put_in(sqlglot.parse_one(_CHOSEN, read="duckdb"), parts)


def _local(moment: exp.Expr) -> exp.Expr:
    """A stored (UTC) time as the team's clocks show it: the one place where times change zone."""
    utc = exp.AtTimeZone(this=moment.copy(), zone=exp.Literal.string("UTC"))
    return exp.AtTimeZone(this=utc, zone=exp.Placeholder(this="zone"))


def _hidden(text: exp.Expr) -> exp.Expr:
    """``text`` with what could name or reach a person replaced by `MASK`; NULL stays NULL."""
    return put_in(sqlglot.parse_one(hidden("given"), read="duckdb"), {"given": text})
