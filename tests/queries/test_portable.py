"""Questions stay within the SQL that gives the same answer on DuckDB and on Spark."""

from collections.abc import Iterator

import pytest
import sqlglot
from sqlglot import exp

from queries import METRICS, Scope
from queries.catalogue import questions
from queries.compose import compose
from queries.relations import relations
from tests.queries.test_permission import ways

REFUSED_NODES: dict[type[exp.Expr], str] = {
    exp.DateDiff: "date_diff differs between engines",
    exp.TsOrDsDiff: "date_diff differs between engines",
    exp.WithinGroup: "ordered-set aggregates differ",
    exp.DayOfWeekIso: "weekdays differ",
    exp.DayOfWeek: "weekdays differ",
    exp.Dayname: "weekdays differ",
    exp.GenerateSeries: "unnest(generate_series) fails",
    exp.Unnest: "unnest differs",
    exp.Grouping: "grouping() of several columns fails",
    exp.Pivot: "PIVOT is passed on untranslated",
    exp.Columns: "columns() is passed on untranslated",
    exp.PercentileDisc: "quantiles belong into metrics.toml",
    exp.PercentileCont: "quantiles belong into metrics.toml",
    exp.Quantile: "quantiles belong into metrics.toml",
    exp.ApproxQuantile: "quantiles belong into metrics.toml",
}
REFUSED_FUNCTIONS = {
    "to_minutes",
    "to_hours",
    "to_days",
    "to_seconds",
    "histogram",
    "grouping",
    "generate_series",
    "range",
}


def unsafe(tree: exp.Expr) -> Iterator[str]:
    """What in ``tree`` would answer differently, or not at all, on Spark."""
    for node in tree.walk():
        one_column = isinstance(node, exp.Grouping) and len(node.expressions) == 1
        if type(node) in REFUSED_NODES and not one_column:
            yield REFUSED_NODES[type(node)]
        if isinstance(node, exp.Anonymous) and node.name.lower() in REFUSED_FUNCTIONS:
            yield f"{node.name} is unknown"
        if isinstance(node, exp.Interval) and not isinstance(node.this, exp.Literal):
            yield "an interval must be a literal"
        if isinstance(node, exp.Sub) and all(_is_date(side) for side in (node.left, node.right)):
            yield "DATE - DATE differs"
        if isinstance(node, exp.Join) and "ASOF" in str(node.args.get("method") or node.args.get("kind") or "").upper():
            yield "ASOF is passed on untranslated"
    yield from _aliases_in_windows(tree)


def _is_date(node: exp.Expr) -> bool:
    if isinstance(node, exp.Cast):
        return node.to.is_type("date")
    return isinstance(node, exp.Column) and (node.name == "day" or node.name.endswith("_day"))


def _aliases_in_windows(tree: exp.Expr) -> Iterator[str]:
    for select in tree.find_all(exp.Select):
        aliases = {column.alias for column in select.selects if isinstance(column, exp.Alias)}
        for window in (w for column in select.selects for w in column.find_all(exp.Window)):
            if window.find_ancestor(exp.Select) is select:
                yield from (
                    f"the alias {column.name} stands inside a window"
                    for column in window.find_all(exp.Column)
                    if column.name in aliases and not column.table
                )


@pytest.mark.parametrize("name", sorted(questions()))
def test_questions_are_portable(name: str) -> None:
    assert list(unsafe(questions()[name].tree)) == []


@pytest.mark.parametrize("name", sorted(relations()))
def test_scoped_relations_are_portable(name: str) -> None:
    assert list(unsafe(relations()[name].tree)) == []


def test_metrics_are_portable_but_for_exact_quantiles() -> None:
    for metric in METRICS.values():
        found = set(unsafe(metric.value)) | set(unsafe(metric.count))
        assert found <= {"quantiles belong into metrics.toml"}, metric.id


@pytest.mark.parametrize("name", sorted(questions()))
def test_questions_can_be_written_for_spark(name: str) -> None:
    question = questions()[name]
    for way in ways(question)[:3]:
        arguments = {key: param.default for key, param in question.params.items()} | way
        spark = (
            compose(name, Scope(), arguments).tree().sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
        )
        assert spark.startswith("WITH ")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT date_diff('minute', a, b) FROM t",
        "SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY a) FROM t",
        "SELECT quantile_cont(a, 0.9) FROM t",
        "SELECT isodow(a) FROM t",
        "SELECT dayofweek(a) FROM t",
        "SELECT dayname(a) FROM t",
        "SELECT CAST(a AS DATE) - CAST(b AS DATE) FROM t",
        "SELECT opened_day - closed_day FROM t",
        "SELECT to_minutes(a) FROM t",
        "SELECT a + INTERVAL (b) HOUR FROM t",
        "SELECT unnest(generate_series(1, 2))",
        "SELECT grouping(a, b) FROM t GROUP BY CUBE (a, b)",
        "SELECT * FROM t ASOF JOIN u ON t.a >= u.a",
        "PIVOT t ON a USING sum(b)",
        "SELECT columns('a.*') FROM t",
        "SELECT histogram(a) FROM t",
        "SELECT a AS b, sum(c) OVER (ORDER BY b) FROM t",
    ],
)
def test_the_test_sees_each_refused_construct(sql: str) -> None:
    assert list(unsafe(sqlglot.parse_one(sql, read="duckdb")))
