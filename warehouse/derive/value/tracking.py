"""The model's proof: learnt from the first half of the data, it says how many repeat orders the second half brings."""

from typing import TYPE_CHECKING

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from warehouse.derive.value.ledger import Buyers, Floats, Ledger, Orders, insert
from warehouse.derive.value.models import learn
from warehouse.derive.value.policy import ValuePolicy

if TYPE_CHECKING:
    from warehouse.derive.value.bgnbd import Bgnbd

_COLUMNS = "split DATE, customers INTEGER, week INTEGER, day DATE, actual INTEGER, expected DOUBLE"
Whole = npt.NDArray[np.int64]


def create_tracking(con: duckdb.DuckDBPyConnection, orders: Orders, policy: ValuePolicy) -> None:
    """The table ``value_tracking``: a row per whole week of the data, with the repeat orders so far of the customers
    whose first order lies in the first half, as they were and as the model expects them. Empty where no model holds."""
    con.execute(f"CREATE TABLE value_tracking ({_COLUMNS})")
    weeks = int(orders.day[-1] - orders.day[0]) // 7 if len(orders.day) else 0
    split = int(orders.day[0]) + 7 * (weeks // 2) if weeks else 0
    buyers = Ledger(orders).up_to(split)
    fitted = learn(buyers.some(policy.max_fitted, orders.place), policy)
    if fitted.orders and np.isfinite(fitted.orders.expected_new(np.array([float(weeks)]))[0]):
        insert(con, "value_tracking", _weeks(orders, buyers, fitted.orders, split, weeks))


def _weeks(orders: Orders, buyers: Buyers, model: "Bgnbd", split: int, weeks: int) -> pa.Table:
    first = np.zeros(len(orders.place), np.int64)
    first[buyers.number] = split - np.rint(buyers.observed * 7).astype(np.int64)
    days = orders.day[0] + 7 * np.arange(1, weeks + 1)
    return pa.table(
        {
            "split": pa.array(np.full(weeks, split, np.int32), pa.date32()),
            "customers": np.full(weeks, len(buyers.number), np.int32),
            "week": np.arange(1, weeks + 1, dtype=np.int32),
            "day": pa.array(days.astype(np.int32), pa.date32()),
            "actual": _actual(orders, first, days),
            "expected": _expected(model, first[buyers.number], days),
        }
    )


def _actual(orders: Orders, first: Whole, days: Whole) -> Whole:
    """Repeat orders up to each day, of those whose ``first`` day by number is not 0."""
    theirs = first[orders.number]
    repeats = orders.day[(theirs > 0) & (orders.day > theirs)]
    return np.searchsorted(repeats, days, side="right")


def _expected(model: "Bgnbd", first: Whole, days: Whole) -> Floats:
    """Repeat orders up to each day that the model expects of customers with these first days."""
    start = int(first.min())
    begun = np.bincount(first - start)
    by_age = model.expected_new(np.arange(int(days[-1]) - start + 1) / 7)
    ages = days[:, None] - start - np.arange(len(begun))[None, :]
    expected: Floats = np.sum(np.where(ages > 0, by_age[np.maximum(ages, 0)], 0) * begun, axis=1)
    return expected
