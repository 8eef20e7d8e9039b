"""What is derived from rows that were made by hand or drawn at random, without files and a load around it."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pandas as pd
import pytest

from schemas import CONTRACTS
from tests.conftest import derive_until
from warehouse.derive.build import derive
from warehouse.merge import carry_over
from warehouse.settings import Settings

Row = dict[str, Any]
Given = Mapping[str, Sequence[Row]]
"""Table -> its rows; a column that a row leaves out is NULL."""
MONTHS = "65_customer_months"
"""The step that makes the customer-months: the last one for tests of tiers, stages and health."""


def derived(given: Given, until: str | None = None) -> duckdb.DuckDBPyConnection:
    """What follows from these rows: everything, or as far as the step ``until``. To be closed."""
    con = duckdb.connect()
    for table in CONTRACTS:
        carry_over(con, table, None)
        if given.get(table):
            _fill(con, table, given[table])
    with pytest.MonkeyPatch.context() as patch:
        if until:
            derive_until(patch, until)
        derive(con, Settings(), "v", lambda _: None)
    return con


def _fill(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    frame = pd.DataFrame(rows).astype(object)
    con.execute(f"CREATE TEMP TABLE given_{table} AS FROM {table}")
    con.register("frame", frame.where(frame.notna(), None))
    con.execute(f"INSERT INTO given_{table} BY NAME FROM frame")
    con.unregister("frame")
    con.execute(f"CREATE OR REPLACE TEMP VIEW {table} AS FROM given_{table}")
