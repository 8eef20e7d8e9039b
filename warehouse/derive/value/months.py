"""The value of every customer at every month-end, from orders up to that day alone."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from warehouse.derive.value.ledger import Buyers, Ledger, Orders, insert
from warehouse.derive.value.models import Fitted, Values, judge, learn
from warehouse.derive.value.policy import ValuePolicy, read_value_policy
from warehouse.derive.value.tracking import create_tracking
from warehouse.settings import POLICY

_BATCH = 2_000_000
"""Rows that are held before they are written: about 100 MB."""
_ENDS = "SELECT place, as_of, as_of - DATE '1970-01-01' AS day FROM month_ends ORDER BY place"
_TABLES = """
CREATE TEMP MACRO value_margin() AS {margin};
CREATE TEMP TABLE month_values (
    number INTEGER, place INTEGER, alive DOUBLE, expected_orders DOUBLE, clv DOUBLE, value_method VARCHAR
);
CREATE TABLE value_models (
    as_of DATE, method VARCHAR, why VARCHAR, worth VARCHAR, customers INTEGER, fitted INTEGER, repeaters INTEGER,
    r DOUBLE, alpha DOUBLE, a DOUBLE, b DOUBLE, log_likelihood DOUBLE, correlation DOUBLE,
    p DOUBLE, q DOUBLE, gamma DOUBLE, margin DOUBLE, horizon_months INTEGER, yearly_discount DOUBLE
);
"""
# The simple rule expects nothing of a customer who has churned. Models find that out for themselves.
_CHURNED = """
UPDATE month_values SET expected_orders = 0, clv = 0
FROM month_activity AS a
WHERE value_method = 'simple' AND a.churned AND a.number = month_values.number AND a.place = month_values.place
"""


def create_values(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "value.toml") -> None:
    """The temporary table ``month_values``, the tables ``value_models`` and ``value_tracking``, and ``value_margin()``.

    Raises LoadError for a wrong policy file.
    """
    policy = read_value_policy(path)
    con.execute(_TABLES.format(margin=policy.margin))
    orders = Orders.of(con)
    values: list[pa.Table] = []
    models: list[dict[str, object]] = []
    for model, rows in _months(con.execute(_ENDS).fetchall(), orders, policy):
        models.append(model)
        values.append(rows)
        if sum(waiting.num_rows for waiting in values) > _BATCH:
            insert(con, "month_values", pa.concat_tables(values))
            values.clear()
    if models:
        insert(con, "month_values", pa.concat_tables([*values, rows.slice(0, 0)]))
        insert(con, "value_models", pa.Table.from_pylist(models))
    con.execute(_CHURNED)
    create_tracking(con, orders, policy)


def _months(
    ends: Sequence[tuple[int, date, int]], orders: Orders, policy: ValuePolicy
) -> Iterator[tuple[dict[str, object], pa.Table]]:
    """Of each month-end its row of ``value_models`` and its rows of ``month_values``.

    Each model is looked for from the one before on."""
    ledger, fitted = Ledger(orders), None
    for place, as_of, day in ends:
        buyers = ledger.up_to(day)
        in_last_year = ledger.in_the_year_up_to(day)[buyers.number]
        fitted = learn(buyers.some(policy.max_fitted, orders.place), policy, fitted)
        values = judge(fitted, buyers, in_last_year, policy)
        if not np.isfinite(values.orders).all():
            fitted = fitted.without_models()
            values = judge(fitted, buyers, in_last_year, policy)
        yield _model(as_of, len(buyers.number), fitted, policy), _rows(place, buyers, values, fitted.method)


def _rows(place: int, buyers: Buyers, values: Values, method: str) -> pa.Table:
    rows = len(buyers.number)
    columns = [
        pa.array(buyers.number, pa.int32()),
        pa.array(np.full(rows, place), pa.int32()),
        pa.array(values.alive, pa.float64(), from_pandas=True),  # NaN becomes NULL
        pa.array(values.orders, pa.float64()),
        pa.array(values.clv, pa.float64()),
        pa.repeat(method, rows),
    ]
    return pa.table(columns, ["number", "place", "alive", "expected_orders", "clv", "value_method"])


def _model(as_of: date, customers: int, fitted: Fitted, policy: ValuePolicy) -> dict[str, object]:
    """How the values of a month-end came about, for the screen."""
    orders = vars(fitted.orders) if fitted.orders else dict.fromkeys(("r", "alpha", "a", "b"))
    worth = vars(fitted.worth) if fitted.worth else dict.fromkeys(("p", "q", "gamma"))
    return {
        "as_of": as_of,
        "method": fitted.method,
        "why": fitted.why,
        "worth": "gamma_gamma" if fitted.worth else "own_mean",
        "customers": customers,
        "fitted": fitted.fitted,
        "repeaters": fitted.repeaters,
        **orders,
        "log_likelihood": fitted.log_likelihood,
        "correlation": fitted.correlation,
        **worth,
        "margin": policy.margin,
        "horizon_months": policy.horizon_months,
        "yearly_discount": policy.yearly_discount,
    }
