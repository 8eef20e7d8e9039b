"""From a question and a scope to SQL: names, metrics and scoped relations are put in by rewriting the tree."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import sqlglot
from sqlglot import exp

from queries.catalogue import Question, Value, question
from queries.errors import BadQuestion
from queries.metrics import METRICS, Metric, filtered, put_in
from queries.relations import Relation, relations
from queries.scope import NOT_GIVEN, Scope


@dataclass(frozen=True)
class Composed:
    """A complete query: the tree, its SQL, the parameters it names, and the relations it reads."""

    tree: exp.Query
    sql: str
    names: frozenset[str]
    relations: tuple[str, ...]


def compose(name: str, scope: Scope, arguments: Mapping[str, Value]) -> Composed:
    """The query for a question under a scope.

    Raises `BadQuestion` when the question cannot be split by a column that it does not have.
    """
    asked = question(name)
    in_text = tuple((key, str(value)) for key, value in arguments.items() if asked.params[key].in_text)
    return _composed(name, scope.shape, in_text)


@lru_cache(maxsize=2048)
def _composed(name: str, shape: Scope, in_text: tuple[tuple[str, str], ...]) -> Composed:
    asked = question(name)
    tree = _repeated(asked)
    for key, value in in_text:
        tree = _named(asked, tree, key, value)
    tree = _without_macros(tree)
    found = _relations_of(tree)
    for relation in reversed(found):
        tree = _with(tree, relation, shape, asked.timeless is not None and relation.name not in asked.timeless)
    names = frozenset(node.name for node in tree.find_all(exp.Placeholder))
    return Composed(tree, tree.sql(dialect="duckdb"), names, tuple(relation.name for relation in found))


def _repeated(asked: Question) -> exp.Query:
    """Each top-level SELECT that reads from an :each placeholder, once for each of its metrics."""
    if not asked.each:
        return asked.tree.copy()
    selects = [copy for select in _operands(asked.tree) for copy in _copies(asked, select)]
    tree = selects[0]
    for select in selects[1:]:
        tree = exp.union(tree, select, distinct=False, copy=False)
    return tree


def _operands(tree: exp.Query) -> Iterator[exp.Query]:
    if isinstance(tree, exp.Union):
        yield from _operands(tree.left)
        yield from _operands(tree.right)
    else:
        yield tree


def _copies(asked: Question, select: exp.Query) -> Iterator[exp.Query]:
    group = next((name for name in asked.each if _holds(select, name)), None)
    if group is None:
        yield select.copy()
        return
    for metric in asked.each[group]:
        yield _metric_named(select.copy(), group, metric)


def _holds(tree: exp.Expr, name: str) -> bool:
    return any(node.name == name for node in tree.find_all(exp.Placeholder))


def _named(asked: Question, tree: exp.Query, key: str, value: str) -> exp.Query:
    """The tree with the column, relation or metric that the caller chose in place of $key."""
    param = asked.params[key]
    if param.kind == "metric":
        return _metric_named(tree, key, METRICS[value])
    name = (param.choices or {})[value]
    return _replace(tree, key, exp.to_identifier(name) if param.kind == "relation" else exp.column(name))


def _metric_named(tree: exp.Query, key: str, metric: Metric) -> exp.Query:
    """$key in FROM becomes the metric's relation; as an argument of a macro, the metric's id."""
    for node in list(tree.find_all(exp.Placeholder)):
        if node.name == key:
            is_table = isinstance(node.parent, exp.Table)
            node.replace(exp.to_identifier(metric.relation) if is_table else exp.Literal.string(metric.id))
    return tree


def _replace(tree: exp.Query, key: str, by: exp.Expr) -> exp.Query:
    for node in list(tree.find_all(exp.Placeholder)):
        if node.name == key:
            node.replace(by.copy())
    return tree


def _value(metric: Metric, condition: exp.Expr | None) -> exp.Expr:
    return filtered(metric.value, condition)


def _count(metric: Metric, condition: exp.Expr | None) -> exp.Expr:
    return filtered(metric.count, condition)


def _undated(metric: Metric, _: exp.Expr | None) -> exp.Expr:
    """True when the metric's relation has rows but no dates at all."""
    relation = relations()[metric.relation]
    return exp.Placeholder(this=f"undated_{relation.name}") if relation.undated else exp.false()


def _window(sql: str) -> Callable[[Metric, exp.Expr | None], exp.Expr]:
    """A condition on ``day`` in which the column ``days`` stands for the metric's number of days."""
    template = exp.paren(sqlglot.parse_one(sql, read="duckdb"))

    def condition(metric: Metric, _: exp.Expr | None) -> exp.Expr:
        return put_in(template, {"days": exp.Literal.number(metric.headline_days)})

    return condition


_NOW = "day > CAST($workday AS DATE) - days AND day <= $workday"
_BEFORE = """CASE WHEN days = 1 THEN day = $workday_before
    ELSE day > CAST($workday AS DATE) - 2 * days AND day <= CAST($workday AS DATE) - days END"""
_RECENT = "day >= least(CAST($workday_before AS DATE), CAST($workday AS DATE) - 2 * days + 1) AND day <= $workday"
_MACROS: Mapping[str, Callable[[Metric, exp.Expr | None], exp.Expr]] = {
    "metric": _value,
    "metric_n": _count,
    "metric_low": lambda metric, condition: filtered(metric.low, condition),
    "metric_high": lambda metric, condition: filtered(metric.high, condition),
    "metric_where": lambda metric, _: exp.paren(metric.condition),
    "metric_days": lambda metric, _: exp.Literal.number(metric.headline_days),
    "metric_undated": _undated,
    "metric_now": _window(_NOW),
    "metric_before": _window(_BEFORE),
    "metric_recent": _window(_RECENT),
}
"""What a question may write as a function of a metric's id and, for the first four, a further condition on its rows."""
_CHOSEN = "(CAST(wanted AS VARCHAR) IS NULL OR given = wanted OR (wanted = not_given AND given IS NULL))"
"""``chosen(column, $value)``: the column has the wanted value; any will do when none is wanted."""


def _without_macros(tree: exp.Query) -> exp.Query:
    for node in reversed(list(tree.find_all(exp.Anonymous))):  # inner ones first
        name = node.name.lower()
        if name in _MACROS:
            node.replace(_expanded(name, node.expressions))
        elif name == "local_time":
            node.replace(_local(node.expressions[0]))
        elif name == "chosen":
            node.replace(_chosen(*node.expressions))
    return tree


def _expanded(name: str, arguments: list[exp.Expr]) -> exp.Expr:
    metric = METRICS.get(arguments[0].name)
    if metric is None:
        raise BadQuestion(f"there is no metric {arguments[0].name!r}")
    condition = exp.paren(arguments[1]) if len(arguments) > 1 else None
    return _MACROS[name](metric, condition).copy()


def _chosen(given: exp.Expr, wanted: exp.Expr) -> exp.Expr:
    parts = {"given": given, "wanted": wanted, "not_given": exp.Literal.string(NOT_GIVEN)}
    return put_in(sqlglot.parse_one(_CHOSEN, read="duckdb"), parts)


def _local(moment: exp.Expr) -> exp.Expr:
    """A stored (UTC) time as the team's clocks show it: the one place where times change zone."""
    utc = exp.AtTimeZone(this=moment.copy(), zone=exp.Literal.string("UTC"))
    return exp.AtTimeZone(this=utc, zone=exp.Placeholder(this="zone"))


def _relations_of(tree: exp.Query) -> list[Relation]:
    """The scoped relations a tree reads, in the order in which it first names them."""
    known = relations()
    names = dict.fromkeys(table.name for table in tree.find_all(exp.Table))
    return [known[name] for name in names if name in known]


def _with(tree: exp.Query, relation: Relation, shape: Scope, period: bool) -> exp.Query:
    """The tree with the scoped relation as a CTE in front of the others; it stays transparent to the optimiser."""
    cte = exp.CTE(
        this=relation.scoped(shape, period),
        alias=exp.TableAlias(this=exp.to_identifier(relation.name)),
        materialized=False,
    )
    clause = tree.args.get("with_")
    if clause is None:
        tree.set("with_", exp.With(expressions=[cte]))
    else:
        clause.set("expressions", [cte, *clause.expressions])
    return tree
