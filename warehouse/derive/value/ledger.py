"""What every customer has ordered so far, day by day: so that a month-end can know nothing of what comes after it."""

from dataclasses import dataclass, field

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
YEAR = 365
_ORDERS = "SELECT number, day - DATE '1970-01-01' AS day, net FROM order_days ORDER BY day, number"
# Numbers begin with 1: what stands at 0 is nobody.
_PLACES = """
SELECT hash(customer_id) AS place
FROM (SELECT 0 AS number, '' AS customer_id UNION ALL SELECT number, customer_id FROM all_customers)
ORDER BY number
"""


@dataclass(frozen=True)
class Orders:
    """All order days in the order of time: number of the customer, day since 1970, net in ten-thousandths. ``place`` of
    each number decides who is taken where not all are: by name, so that it is the same whoever else there is."""

    number: Whole
    day: Whole
    net: Whole
    place: npt.NDArray[np.uint64]

    @classmethod
    def of(cls, con: duckdb.DuckDBPyConnection) -> "Orders":
        found = con.execute(_ORDERS).fetchnumpy()
        number, day, net = (np.asarray(found[name], np.int64) for name in ("number", "day", "net"))
        return cls(number, day, net, np.asarray(con.execute(_PLACES).fetchnumpy()["place"], np.uint64))

    def until(self, day: int) -> int:
        """How many of them lie on that day or before."""
        return int(np.searchsorted(self.day, day, side="right"))


@dataclass(frozen=True)
class Buyers:
    """Who has ordered up to a day: number, order days, first and last of them, net in currency units; weeks between."""

    number: Whole
    days: Whole
    repeats: Floats
    last: Floats
    observed: Floats
    total: Floats

    def some(self, most: int, place: npt.NDArray[np.uint64]) -> "Buyers":
        """No more than ``most`` of them, those with the lowest ``place``."""
        if len(self.number) <= most:
            return self
        taken = np.sort(np.argsort(place[self.number], kind="stable")[:most])
        return Buyers(*(values[taken] for values in vars(self).values()))


@dataclass
class Ledger:
    """Goes through ``orders`` once, from one day to the next."""

    orders: Orders
    _done: int = 0
    _sums: dict[str, Whole] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sums = {name: np.zeros(len(self.orders.place), np.int64) for name in ("days", "first", "last", "net")}

    def up_to(self, day: int) -> Buyers:
        """Everybody who has ordered up to that day, which must not lie before the one asked for last."""
        until = self.orders.until(day)
        new = slice(self._done, until)
        self._enter(self.orders.number[new], self.orders.day[new], self.orders.net[new])
        self._done = until
        return self._buyers(day)

    def _enter(self, number: Whole, day: Whole, net: Whole) -> None:
        days, first, last, total = self._sums.values()
        begun = np.flatnonzero(days[number] == 0)[::-1]
        first[number[begun]] = day[begun]  # backwards: of several days the first is written last
        last[number] = day
        np.add.at(days, number, 1)
        np.add.at(total, number, net)

    def _buyers(self, day: int) -> Buyers:
        number = np.flatnonzero(self._sums["days"])
        days, first, last, net = (values[number] for values in self._sums.values())
        repeats = (days - 1).astype(np.float64)
        return Buyers(number, days, repeats, (last - first) / 7, (day - first) / 7, net / 10_000)

    def in_the_year_up_to(self, day: int) -> Whole:
        """Order days of every number in the year that ends with that day."""
        year = slice(self.orders.until(day - YEAR), self.orders.until(day))
        return np.bincount(self.orders.number[year], minlength=len(self.orders.place))


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Write ``rows`` into a table that has their columns."""
    con.register("found_rows", rows)
    con.execute(f"INSERT INTO {table} BY NAME FROM found_rows")
    con.unregister("found_rows")
