"""The scoped relations: the only places that name stored tables, each with the scope's predicate put in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from sqlglot import exp

from queries.accepted import COMPLETED
from queries.errors import BadDefinition
from queries.header import SqlFile, read, without_reason
from queries.pieces import Pieces, pieces
from queries.scope import DIMENSIONS, Scope
from schemas import CONTRACTS
from store.snapshot import NAMES as WRITTEN
from warehouse.privacy import MASK as MASK

FOLDER = Path(__file__).parent / "scope"
STORED = frozenset(CONTRACTS) | {
    "meta",
    "calendar",
    "care_rules",
    "customer_care",
    "customer_events",
    "customer_risks",
    "customer_signals",
    "churn_scores",
    "churn_models",
    "dim_customer",
    "fact_clocks",
    "customer_months",
    "customer_lives",
    "order_months",
    "month_ends",
    "score_cuts",
    "score_kinds",
    "tier_reasons",
    "tier_rules",
    "fact_tickets",
    "fact_events",
    "fact_pauses",
    "fact_interactions",
    "fact_orders",
    "fact_surveys",
    "fact_complaints",
    "fact_texts",
    "feed_groups",
    "feed_texts",
    "testimonials",
    "mood_models",
    "mood_bands",
    "text_words",
    "typical_texts",
    "words",
    "topics",
    "topic_pools",
    "text_topics",
    "causes",
    "cause_rules",
    "scenarios",
    "ledger",
    "rejects",
    "backlog_ages",
    "demand_rules",
    "handling_rules",
    "signal_counts",
    "signal_rules",
    "clock_windows",
    "sla_rules",
    "sla_settings",
    "value_models",
    "value_tracking",
}
"""The tables of a published warehouse that a scope file may name; beside them stand those of the store."""
TAGS = {"period", "dimensions", "everywhere", "personal", "permission", "filters", "like"}
"""What a scope file may declare."""


@dataclass(frozen=True)
class Scoped:
    """A relation under a scope: its SQL and the parameters that it names."""

    sql: str
    names: frozenset[str]


@dataclass(frozen=True)
class _Predicate:
    """What a scope demands of a relation, as SQL, with the parameters and the columns that it names."""

    sql: str
    names: frozenset[str]
    columns: frozenset[str]


@dataclass(frozen=True)
class Relation:
    """One scoped relation.

    ``day`` is the column that takes the period (None: the period does not apply), ``undated`` says that it may be
    missing in all rows, ``dimensions`` are the filters it can take, ``personal`` the columns masked for viewers who
    may not see personal data, ``permission`` False means that it holds nothing about customers, so all may see it,
    ``filtered`` False that it holds everything the viewer may see, whatever is filtered by, ``everywhere`` that a row
    with an empty dimension concerns all of its values.
    """

    name: str
    doc: str
    tree: exp.Query
    columns: tuple[str, ...]
    day: str | None
    undated: bool
    dimensions: tuple[str, ...]
    personal: tuple[str, ...]
    permission: bool
    filtered: bool
    everywhere: bool

    @cached_property
    def is_written(self) -> bool:
        """Whether it holds anything that people wrote, or rules that they accepted."""
        return bool(self.tables & (WRITTEN | COMPLETED))

    @cached_property
    def tables(self) -> frozenset[str]:
        """The stored tables that it reads."""
        return frozenset(table.name for table in self.tree.find_all(exp.Table))

    @cached_property
    def _pieces(self) -> Pieces:
        return pieces(self.tree)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(node.name for node in self.tree.find_all(exp.Placeholder))

    def scoped(self, scope: Scope, period: bool = True, wanted: Collection[str] | None = None) -> Scoped:
        """``SELECT … FROM (<file>) WHERE <predicate>``, with parameters for the values of ``scope``.

        ``wanted`` are the columns that are asked for (None = all); the rest is left out, which is quicker to plan and
        easier to read.
        """
        hidden = () if scope.viewer.sees_personal else self.personal
        within = scope if self.filtered else replace(scope, filters=(), besides=())
        predicate = _predicate(within, self.dimensions, self.day if period else None, self.permission, self.everywhere)
        asked = [name for name in self.columns if wanted is None or name in wanted] or [self.columns[0]]
        shown = ", ".join(_masked(name) if name in hidden else name for name in asked)
        inner = self._pieces.sql({*asked, *predicate.columns})
        alias = self.name.removeprefix("scoped_")
        parts = ("SELECT", shown, "FROM", f"({inner})", "AS", alias, "WHERE", predicate.sql)
        return Scoped(" ".join(parts), self._names | predicate.names)


@lru_cache(maxsize=2048)
def _predicate(
    scope: Scope, dimensions: tuple[str, ...], day: str | None, permission: bool, everywhere: bool
) -> _Predicate:
    tree = scope.predicate(dimensions, day, permission, everywhere)
    return _Predicate(
        tree.sql(dialect="duckdb"),
        frozenset(node.name for node in tree.find_all(exp.Placeholder)),
        frozenset(column.name for column in tree.find_all(exp.Column)),
    )


@cache
def relations() -> Mapping[str, Relation]:
    """Every scoped relation by name, read once."""
    files = [read(path, TAGS) for path in sorted(FOLDER.glob("*.sql"))]
    return MappingProxyType({file.name: _relation(file) for file in files})


def _relation(file: SqlFile) -> Relation:
    period = file.one("period")
    day, _, remark = without_reason(period or "").partition(", ")
    relation = Relation(
        name=file.name,
        doc=file.doc,
        tree=file.tree,
        columns=tuple(file.tree.named_selects),
        day=day or None,
        undated=remark == "may be undated",
        dimensions=file.names("dimensions"),
        personal=file.names("personal"),
        permission=file.one("permission") is None,
        filtered=file.one("filters") is None,
        everywhere=file.one("everywhere") is not None,
    )
    _check(relation)
    return relation


def _check(relation: Relation) -> None:
    declared = {*relation.dimensions, *relation.personal, *filter(None, [relation.day])}
    if missing := sorted(declared - set(relation.columns)):
        raise BadDefinition(f"{relation.name}: declares {missing[0]} but does not select it")
    if strange := sorted(set(relation.dimensions) - set(DIMENSIONS)):
        raise BadDefinition(f"{relation.name}: {strange[0]} is no dimension")
    local = {cte.alias for cte in relation.tree.find_all(exp.CTE)}
    if unknown := sorted({table.name for table in relation.tree.find_all(exp.Table)} - STORED - WRITTEN - local):
        raise BadDefinition(f"{relation.name}: reads {unknown[0]}, which is no stored table")


@cache
def _masked(name: str) -> str:
    """The mask where there is a value, so that one still sees that there is one."""
    present = exp.not_(exp.Is(this=exp.column(name), expression=exp.null()))
    return exp.alias_(exp.Case().when(present, exp.Literal.string(MASK)), name).sql(dialect="duckdb")
