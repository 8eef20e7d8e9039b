"""Orders of a small company and what the loader makes of their value, without a load around it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from warehouse.derive.value.months import create_values
from warehouse.settings import POLICY

Order = tuple[str, date, float]
START = date(2024, 1, 1)
POLICY_FILE = POLICY / "value.toml"


@dataclass(frozen=True)
class Found:
    """``values`` by customer and month-end, ``models`` by month-end, ``tracking`` by week."""

    values: pd.DataFrame
    models: pd.DataFrame
    tracking: pd.DataFrame


def valued(
    orders: Sequence[Order], ends: Sequence[date], policy: Path = POLICY_FILE, churned: Collection[str] = ()
) -> Found:
    """What comes of these orders (at most one per customer and day) at these month-ends."""
    names = sorted({who for who, _, _ in orders})
    with duckdb.connect() as con:
        con.execute("CREATE TEMP TABLE all_customers (number INTEGER, customer_id VARCHAR)")
        con.execute("CREATE TEMP TABLE order_days (number INTEGER, day DATE, orders INTEGER, net BIGINT)")
        con.execute("CREATE TABLE month_ends (place INTEGER, as_of DATE)")
        con.execute("CREATE TEMP TABLE month_activity (number INTEGER, place INTEGER, churned BOOLEAN)")
        _fill(con, "all_customers", [(number, who) for number, who in enumerate(names, 1)])
        numbers = {who: number for number, who in enumerate(names, 1)}
        _fill(con, "order_days", [(numbers[who], day, 1, round(net * 10_000)) for who, day, net in orders])
        _fill(con, "month_ends", list(enumerate(ends, 1)))
        _fill(con, "month_activity", [(numbers[who], place + 1, True) for who in churned for place in range(len(ends))])
        create_values(con, policy)
        values = "SELECT customer_id, as_of, v.* FROM month_values AS v JOIN all_customers USING (number) "
        values += "JOIN month_ends USING (place) ORDER BY as_of, customer_id"
        asked = (values, "FROM value_models ORDER BY as_of", "FROM value_tracking ORDER BY week")
        return Found(*(con.execute(sql).df() for sql in asked))


def _fill(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        frame = pd.DataFrame(rows)
        con.execute(f"INSERT INTO {table} FROM frame")
        assert len(frame) == len(rows)


def company(customers: int, days: int, tied: bool = False) -> list[Order]:
    """Customers who order at a rate of their own and leave with a chance of their own after each order, from ``START``
    on; amounts have nothing to do with it unless ``tied``."""
    rng = np.random.default_rng(11)
    found: list[Order] = []
    for number in range(customers):
        rate, chance, worth = rng.gamma(0.9, 1 / 25), rng.beta(1, 4), rng.gamma(4, 20)
        day = float(rng.integers(0, days // 2))
        for _ in range(int(rng.geometric(chance)) + 1):
            if day >= days:
                break
            amount = 1e4 * rate if tied else float(rng.gamma(5, worth / 5))
            found.append((f"C{number:05}", START + timedelta(days=int(day)), round(amount, 2)))
            day += max(1.0, float(rng.exponential(1 / rate)))
    return found
