"""From a question and a scope to SQL: names, metrics and scoped relations are put in by rewriting the tree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import sqlglot
from sqlglot import exp

from queries.catalogue import Question, Value, question
from queries.errors import BadQuestion
from queries.hoist import hoist, unbracket
from queries.macros import expand
from queries.metrics import METRICS, Metric
from queries.pieces import operands
from queries.relations import Relation, relations
from queries.scope import Scope

InText = tuple[tuple[str, str], ...]
"""Parameters that stand in the SQL as names, with what the caller chose."""


@dataclass(frozen=True)
class Composed:
    """A complete query: its SQL, the parameters it names, and the scoped relations it reads."""

    sql: str
    names: frozenset[str]
    relations: tuple[str, ...]

    @property
    def reads_written(self) -> bool:
        """Whether it reads anything that people wrote."""
        return any(relations()[name].is_written for name in self.relations)

    @property
    def tables(self) -> frozenset[str]:
        """The stored tables that its relations read."""
        return frozenset().union(*(relations()[name].tables for name in self.relations))

    def tree(self) -> exp.Query:
        """The whole query as a tree of the caller's own."""
        tree = sqlglot.parse_one(self.sql, read="duckdb")
        assert isinstance(tree, exp.Query)
        return tree


@dataclass(frozen=True)
class _Prepared:
    """A question with everything put in but the scope: its own CTEs, the main SELECT, and what it reads."""

    ctes: tuple[str, ...]
    body: str
    names: frozenset[str]
    relations: tuple[Relation, ...]
    wanted: frozenset[str] | None


def compose(name: str, scope: Scope, arguments: Mapping[str, Value]) -> Composed:
    """The query for a question under a scope.

    Raises `BadQuestion` when the question cannot be split by a column that its relation does not have.
    """
    asked = question(name)
    in_text = tuple((key, str(value)) for key, value in arguments.items() if asked.params[key].in_text)
    # What nobody asks for is said outright, so that the conditions on it cost no planning.
    absent = tuple(key for key, value in arguments.items() if value is None)
    return _composed(name, scope.shape, in_text, absent)


@lru_cache(maxsize=2048)
def _composed(name: str, shape: Scope, in_text: InText, absent: tuple[str, ...]) -> Composed:
    prepared = _prepared(name, in_text, absent)
    timeless = question(name).timeless
    names, ctes = set(prepared.names), []
    for relation in prepared.relations:
        scoped = relation.scoped(shape, timeless is not None and relation.name not in timeless, prepared.wanted)
        names |= scoped.names
        # Not materialised, it stays transparent to the optimiser, however often it is read.
        ctes.append(f"{relation.name} AS NOT MATERIALIZED ({scoped.sql})")
    clause = ", ".join([*ctes, *prepared.ctes])
    read = tuple(relation.name for relation in prepared.relations)
    return Composed(f"WITH {clause} {prepared.body}", frozenset(names), read)


@lru_cache(maxsize=2048)
def _prepared(name: str, in_text: InText, absent: tuple[str, ...]) -> _Prepared:
    """The expensive part, the same under every scope."""
    asked = question(name)
    tree = _repeated(asked)
    for key, value in in_text:
        tree = _named(asked, tree, key, value)
    for key in absent:
        tree = _replace(tree, key, exp.null())
    tree = expand(tree)
    _check_columns(name, tree)
    hoist(tree)
    unbracket(tree)
    relations_read, wanted = _relations_of(tree), _columns_of(tree)
    names = frozenset(node.name for node in tree.find_all(exp.Placeholder))
    clause = tree.args.get("with_")
    tree.set("with_", None)
    own = tuple(cte.sql(dialect="duckdb") for cte in clause.expressions) if clause else ()
    return _Prepared(own, tree.sql(dialect="duckdb"), names, tuple(relations_read), wanted)


def _repeated(asked: Question) -> exp.Query:
    """Each top-level SELECT that reads from an :each placeholder, once for each of its metrics."""
    if not asked.each:
        return asked.tree.copy()
    selects = [copy for select in operands(asked.tree) for copy in _copies(asked, select)]
    tree = selects[0]
    for select in selects[1:]:
        tree = exp.union(tree, select, distinct=False, copy=False)
    tree.set("order", asked.tree.args.get("order"))
    return tree


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


def _relations_of(tree: exp.Query) -> list[Relation]:
    """The scoped relations a tree reads, in the order in which it first names them."""
    known = relations()
    names = dict.fromkeys(table.name for table in tree.find_all(exp.Table))
    return [known[name] for name in names if name in known]


def _columns_of(tree: exp.Query) -> frozenset[str] | None:
    """The names of all columns that a tree mentions; None when it says ``*``."""
    if any(not isinstance(star.parent, exp.Count) for star in tree.find_all(exp.Star)):
        return None
    joined = {name.name for join in tree.find_all(exp.Join) for name in join.args.get("using") or []}
    return frozenset(column.name for column in tree.find_all(exp.Column)) | joined


def _check_columns(name: str, tree: exp.Query) -> None:
    """Raises `BadQuestion` when a SELECT that reads one scoped relation alone names a column that it does not have."""
    for select in tree.find_all(exp.Select):
        source = select.args.get("from_")
        relation = relations().get(source.this.name) if source and not select.args.get("joins") else None
        if relation is None:
            continue
        for column in select.find_all(exp.Column):
            own = column.find_ancestor(exp.Select) is select
            if own and column.name not in relation.columns and column.name not in select.named_selects:
                raise BadQuestion(f"{name}: {relation.name} has no {column.name}")
