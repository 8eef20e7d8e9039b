"""The rules compiled to SQL reject exactly the rows that pandera rejects."""

from datetime import datetime, timedelta
from typing import Any

import duckdb
import pandera.errors
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import CONTRACTS, Contract, reason
from warehouse.checks import checks, text_name
from warehouse.sql import name
from words import LANGUAGES

NOW = datetime(2026, 1, 1)
TYPES = {
    "text": pl.String,
    "whole": pl.Int64,
    "number": pl.Float64,
    "yes_no": pl.Boolean,
    "day": pl.Date,
    "time": pl.Datetime("us"),
}


def _values(contract: Contract, column: str) -> st.SearchStrategy[object]:
    """Good values, values just outside every limit, and NULL."""
    times = st.integers(0, 6).map(lambda hours: datetime(2025, 5, 5) + timedelta(hours=hours))
    allowed = [rule.limit for rule in contract.rules if rule.column == column and rule.name == "allowed"]
    kinds: dict[str, st.SearchStrategy[object]] = {
        "text": st.sampled_from([*(allowed[0] if allowed else ["nps", "csat"]), "nonsense"]),
        "whole": st.integers(-1, 12),
        "number": st.sampled_from([-1.0, 0.0, 0.5, 5.0]),
        "yes_no": st.booleans(),
        "day": times.map(lambda time: time.date()),
        "time": times,
    }
    return st.one_of(st.none(), kinds[contract.columns[column].kind], kinds[contract.columns[column].kind])


@pytest.mark.parametrize("table", CONTRACTS)
@settings(max_examples=10)
@given(data=st.data())
def test_sql_and_pandera_reject_the_same_rows(table: str, data: st.DataObject) -> None:
    contract = CONTRACTS[table]
    row = st.fixed_dictionaries({column: _values(contract, column) for column in contract.columns})
    rows = data.draw(st.lists(row, min_size=8, max_size=16))
    schema: dict[str, Any] = {column.name: TYPES[column.kind] for column in contract.columns.values()}
    frame = pl.DataFrame(rows, schema=schema)
    assert _rejected_by_sql(contract, frame) == _rejected_by_pandera(contract, frame)


def _rejected_by_sql(contract: Contract, frame: pl.DataFrame) -> set[int]:
    found = checks(contract, set(contract.columns), NOW)
    texts = ", ".join(f"{name(column)}::VARCHAR AS {text_name(column)}" for column in contract.columns)
    bad = " OR ".join(f"({check.condition})" for check in found)
    with duckdb.connect() as con:
        con.register("frame", frame.with_row_index("position").to_arrow())
        query = f"SELECT position FROM (SELECT *, {texts} FROM frame) WHERE {bad}"
        return {position for (position,) in con.execute(query).fetchall()}


def _rejected_by_pandera(contract: Contract, frame: pl.DataFrame) -> set[int]:
    try:
        contract.schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return set(errors.failure_cases["index"].to_list())
    return set()


def test_the_comparison_can_fail() -> None:
    """A frame with one bad row is told apart on both sides, so the property above is not vacuous."""
    contract = CONTRACTS["customers"]
    schema: dict[str, Any] = {column.name: TYPES[column.kind] for column in contract.columns.values()}
    frame = pl.DataFrame([{"customer_id": "c1"}, {"customer_id": None}], schema=schema)
    assert _rejected_by_sql(contract, frame) == {1} == _rejected_by_pandera(contract, frame)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_can_be_said(language: str) -> None:
    for table, contract in CONTRACTS.items():
        for row in contract.describe(language):
            assert row["kind"] and row["required"]
        for rule in contract.rules:
            assert "{" not in rule.in_words(language)
            told = reason(language, table, rule.column, rule.name, "x", str(rule.limit) if rule.name == "type" else "2")
            assert rule.column in told and "{" not in told


def test_contracts_list_parents_before_children() -> None:
    order = list(CONTRACTS)
    for contract in CONTRACTS.values():
        for parent in contract.references.values():
            assert order.index(parent) < order.index(contract.name)
