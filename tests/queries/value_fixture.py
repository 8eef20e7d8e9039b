"""Models of value at three month-ends and a proof of ten weeks, made up by hand."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tests.queries.tier_fixture import ENDS

Row = dict[str, Any]
TABLES: Mapping[str, str] = {
    "value_models": "as_of DATE, method VARCHAR, why VARCHAR, worth VARCHAR, customers INTEGER, fitted INTEGER, "
    "repeaters INTEGER, r DOUBLE, alpha DOUBLE, a DOUBLE, b DOUBLE, log_likelihood DOUBLE, correlation DOUBLE, "
    "p DOUBLE, q DOUBLE, gamma DOUBLE, margin DOUBLE, horizon_months INTEGER, yearly_discount DOUBLE",
    "value_tracking": "split DATE, customers INTEGER, week INTEGER, day DATE, actual INTEGER, expected DOUBLE",
}
START, WEEKS = date(2025, 12, 30), 10
_POLICY = {"margin": 0.5, "horizon_months": 12, "yearly_discount": 0.1}
_ORDERS = {"r": 0.5, "alpha": 10.0, "a": 1.0, "b": 4.0, "log_likelihood": -99.0, "correlation": 0.1}
_WORTH = {"p": 6.0, "q": 4.0, "gamma": 15.0}


def rows() -> dict[str, list[Row]]:
    """Too few customers, then amounts tied to how often, then both models; of ten weeks five are learnt from."""
    counts = {"customers": 5, "fitted": 5, "repeaters": 4}
    return {
        "value_models": [
            {"as_of": ENDS[0], "method": "simple", "why": "too_few", "worth": "own_mean", **counts, **_POLICY},
            {
                "as_of": ENDS[1],
                "method": "bgnbd",
                "why": "correlated",
                "worth": "own_mean",
                **counts,
                **_POLICY,
                **_ORDERS,
            },
            {"as_of": ENDS[2], "method": "bgnbd", "worth": "gamma_gamma", **counts, **_POLICY, **_ORDERS, **_WORTH},
        ],
        "value_tracking": [
            {
                "split": START + timedelta(days=7 * WEEKS // 2),
                "customers": 4,
                "week": week,
                "day": START + timedelta(days=7 * week),
                "actual": 10 * week,
                "expected": 9.0 * week + (5 if week > 5 else 0),
            }
            for week in range(1, WEEKS + 1)
        ],
    }
