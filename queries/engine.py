"""The one seam to the engine: a question and a scope go in, an Arrow table comes out."""

import logging
import warnings
from collections.abc import Mapping
from functools import lru_cache

import duckdb
import pyarrow as pa

from queries.accepted import COMPLETED, complete
from queries.catalogue import Value, question
from queries.compose import Composed, compose
from queries.errors import BadScope, NoWarehouse, QuestionFailed
from queries.relations import relations
from queries.scope import DIMENSIONS, EVERYONE, NOT_GIVEN, Scope, Viewer
from queries.served import Meta, Version, serving
from store.snapshot import Snapshot, readable

log = logging.getLogger(__name__)
Arguments = tuple[tuple[str, Value], ...]
_KEPT_ANSWERS = 1024
_LONGEST_KEPT = 2_000
"""Lists that may be longer than this many rows are asked for anew each time: exports must not fill the memory."""
# The advised `sql(…)` plans a query with parameters twice; that costs more than copying the few rows of an answer.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result", category=UserWarning)


def ask(name: str, scope: Scope, **params: Value) -> pa.Table:
    """The answer to a question under a scope, as an Arrow table of plain types (no dictionaries, no decimals).

    Equal questions on the same published version are answered from memory, long lists apart; those about what people
    wrote until somebody writes. Raises `NoWarehouse`,
    `BadQuestion` for an unknown question or unfit parameters, and `QuestionFailed` (cause in the log) when the engine
    cannot answer.
    """
    arguments = question(name).arguments(params)
    limit = arguments.get("limit")
    answer = _answer.__wrapped__ if isinstance(limit, int) and limit > _LONGEST_KEPT else _answer
    written = readable() if compose(name, scope, arguments).reads_written else None
    with serving() as version:
        key = (version.key, written.key if written else "")
        return answer(key, name, scope, tuple(arguments.items()), _Held(version, written))


class _Held:
    """Carries the open version, and what people wrote if it is asked for, past the cache: never part of the key."""

    def __init__(self, version: Version, written: Snapshot | None) -> None:
        self.version = version
        self.written = written

    def cursor(self, tables: frozenset[str]) -> duckdb.DuckDBPyConnection:
        """A cursor of its own for one query that reads ``tables``: it sees those that people wrote, and the others as
        the rules that they accepted complete them."""
        cursor, written = self.version.cursor(), self.written.tables if self.written else {}
        for name in tables & written.keys():
            cursor.register(name, written[name])
        if written and tables & COMPLETED:
            complete(cursor, self.version.key, written["accepted_rules"])
        return cursor

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=_KEPT_ANSWERS)
def _answer(_key: tuple[str, str], name: str, scope: Scope, arguments: Arguments, held: _Held) -> pa.Table:
    composed = compose(name, scope, dict(arguments))
    values = _values(composed, scope, arguments, held.version.meta)
    try:
        return _plain(held.cursor(composed.tables).execute(composed.sql, values).to_arrow_table())
    except duckdb.Error as error:
        log.exception("question %s failed", name)
        raise QuestionFailed(name) from error


def _values(composed: Composed, scope: Scope, arguments: Arguments, meta: Meta) -> dict[str, object]:
    """The parameters that the query names (the engine refuses others), with their values."""
    known = {**meta.parameters, **scope.values, **dict(arguments)}
    return {name: known[name] for name in composed.names}


def _plain(table: pa.Table) -> pa.Table:
    """ENUMs as texts, whole sums as int64, money as float64."""
    columns = {
        place: column
        for place, column in enumerate(table.columns)
        if table.schema.field(place).type != _type(column.type)
    }
    for place, column in columns.items():
        name = table.schema.field(place).name
        table = table.set_column(place, name, column.cast(_type(column.type)))
    return table


def _type(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(kind):
        return kind.value_type
    if pa.types.is_decimal(kind):
        return pa.int64() if kind.scale == 0 else pa.float64()
    if pa.types.is_integer(kind) and kind.bit_width < 32:
        return pa.int32()
    return kind


def version() -> str | None:
    """The name of the published version, None when there is none; cheap enough to ask every second."""
    try:
        with serving() as served:
            return served.path.stem
    except NoWarehouse:
        return None


def meta() -> Meta:
    """What the published version says of itself. Raises `NoWarehouse`."""
    with serving() as served:
        return served.meta


def options(dimension: str, viewer: Viewer = EVERYONE) -> tuple[str, ...]:
    """The values that occur in a dimension and that ``viewer`` may see, sorted; `NOT_GIVEN` last if some lack one."""
    if dimension not in DIMENSIONS:
        raise BadScope(f"there is no filter {dimension!r}; there are {', '.join(DIMENSIONS)}")
    with serving() as version:
        return _options(version.key, dimension, viewer)


@lru_cache(maxsize=256)
def _options(_version: str, dimension: str, viewer: Viewer) -> tuple[str, ...]:
    found: set[str | None] = set()
    for source, relation in question("values").params["source"].choices.items():  # type: ignore[union-attr]
        if dimension in relations()[relation].dimensions:
            table = ask("values", Scope(viewer=viewer), source=source, dimension=dimension)
            found.update(table.column("value").to_pylist())
    named = sorted(value for value in found if value is not None)
    return (*named, NOT_GIVEN) if None in found else tuple(named)


def table_rows() -> dict[str, int]:
    """Table name -> number of accepted rows in the published version. Raises `NoWarehouse`."""
    rows = ask("contents", Scope()).to_pylist()
    return {row["table_name"]: row["n"] for row in rows}


def unapplied(name: str, scope: Scope, **params: Value) -> Mapping[str, tuple[str, ...]]:
    """Filters of ``scope`` that a question cannot apply: dimension -> the relations that lack it. Empty = all apply."""
    composed = compose(name, scope, question(name).arguments(params))
    lacking = {
        dimension: tuple(
            relation
            for relation in composed.relations
            if relations()[relation].permission and dimension not in relations()[relation].dimensions
        )
        for dimension, _ in scope.filters
    }
    return {dimension: names for dimension, names in lacking.items() if names}
