"""Scores and tiers at a month-end once more, from accepted orders in pandas: no SQL, no code shared with the product.

The rules are those of `data/policy/tiers.toml` as it is delivered, written out by hand.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

WINDOW = 365
QUINTILES = (0.2, 0.4, 0.6, 0.8)


def ends(first: pd.Timestamp, last: pd.Timestamp) -> list[pd.Timestamp]:
    """The month-ends from the month of ``first`` to the day ``last``, which stands for the end of its month."""
    whole = pd.date_range(first, last, freq="ME").normalize().tolist()
    return whole if whole and whole[-1] == last else [*whole, last]


def at(orders: pd.DataFrame, customers: Iterable[str], day: pd.Timestamp, window: int = WINDOW) -> pd.DataFrame:
    """What every customer has ordered up to ``day``, with scores and tier: one row each, indexed by customer.

    ``orders`` has customer_id, day, net (0 for cancelled ones) and counts (False for those).
    """
    counted = orders[orders.counts & (orders.day <= day)]
    recent = counted[counted.day > day - pd.Timedelta(days=window)].groupby("customer_id")
    ever = counted.groupby("customer_id")
    found = pd.DataFrame(index=pd.Index(sorted(customers), name="customer_id"))
    found["last"] = ever.day.max()
    found["recency_days"] = (day - found["last"]).dt.days
    found["orders"] = recent.size().reindex(found.index).fillna(0)
    found["spend"] = recent.net.sum().reindex(found.index).fillna(0).round(4)
    found["past_value"] = ever.net.sum().reindex(found.index).fillna(0).round(4)
    month = counted[counted.day >= day.replace(day=1)].groupby("customer_id")
    found["revenue"] = month.net.sum().reindex(found.index).fillna(0).round(4)
    return _tiers(found)


def _tiers(found: pd.DataFrame) -> pd.DataFrame:
    buyers, known = found[found.orders > 0], found["last"].notna()
    found["r"] = _score(-found.recency_days, -buyers.recency_days)
    found["f"] = _score(found.orders, buyers.orders)
    found["m"] = _score(found.spend, buyers.spend)
    found["p"] = _score(found.past_value, found.past_value[known])
    often = (found.f >= 4) & (found.r >= 3)
    tier = np.select(
        [often & (found.m >= 4), often & (found.m <= 3), (found.p >= 4) & (found.r <= 2)],
        ["core", "growth", "dormant"],
        "standard",
    )
    found["tier"] = np.where(known, tier, "standard")
    for score in "rfmp":
        found[score] = found[score].where(known)
    return found


def _score(values: pd.Series, among: pd.Series) -> pd.Series:
    """One more than the number of quintiles of ``among`` that lie below the value."""
    if among.empty:
        return pd.Series(1, values.index)
    below = [(values > among.quantile(q)).astype(int) for q in QUINTILES]
    return 1 + pd.concat(below, axis=1).sum(axis=1)
