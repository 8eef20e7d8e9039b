"""The metrics once more, from the fixture's rows in pandas: no SQL, no code shared with the product."""

from collections.abc import Callable
from datetime import date
from functools import cache
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd

from tests.queries import fixture, lifecycle_fixture, tier_fixture

Filters = dict[str, list[str | None]]
Answer = tuple[float | None, int]


@cache
def source(relation: str) -> pd.DataFrame:
    """The rows that a scoped relation holds under no filter, with their ``day``."""
    return _SOURCES[relation]()


def _frame(rows: list[fixture.Row]) -> pd.DataFrame:
    return pd.DataFrame(rows).astype(object).where(lambda cells: cells.notna(), None)


def clocks(day: str) -> pd.DataFrame:
    """One row per ticket and stage; ``day`` is "due" or "opened"."""
    found = _frame(fixture.clocks(fixture.tickets()))
    found["day"] = found[f"{day}_day"]
    return found[found["day"].notna()]


def _open_clocks() -> pd.DataFrame:
    found = clocks("opened")
    return found[found["is_open"].astype(bool) & found["minutes"].isna()].assign(day=None)


def _dated(rows: list[fixture.Row], day: str) -> pd.DataFrame:
    found = _frame(rows).copy()
    found["day"] = found[day]
    return found


def _lives() -> pd.DataFrame:
    """What is known of every customer's life with us at each month-end."""
    lives = {row["customer_id"]: row for row in lifecycle_fixture.rows()["customer_lives"]}
    rows = tier_fixture.customer_months(fixture.CUSTOMERS)
    for row in rows:
        second = lives[row["customer_id"]]["second_days"]
        row["second_days"] = second if second and row["age_days"] and second <= row["age_days"] else None
    return _dated(rows, "as_of")


def churn_lists() -> pd.DataFrame:
    """The scores once per method, with the month-end as ``as_of``."""
    scores = _frame(fixture.rows()["churn_scores"])
    columns = {"model": "risk", "recency": "recency_risk", "signals": "signal_risk"}
    parts = [scores.assign(method=method, chance=scores[column]) for method, column in columns.items()]
    return pd.concat(parts, ignore_index=True)


_SOURCES: dict[str, Callable[[], pd.DataFrame]] = {
    "scoped_opened": lambda: _dated(fixture.tickets(), "opened_day"),
    "scoped_resolved": lambda: _dated([row for row in fixture.tickets() if row["resolved_day"]], "resolved_day"),
    "scoped_clocks": lambda: clocks("due"),
    "scoped_clocks_opened": lambda: clocks("opened"),
    "scoped_open_clocks": _open_clocks,
    "scoped_complaints": lambda: _frame(fixture.rows()["fact_complaints"]),
    "scoped_texts": lambda: _frame(fixture.rows()["fact_texts"]),
    "scoped_surveys": lambda: _frame(fixture.surveys()),
    "scoped_orders": lambda: _frame(fixture.orders()),
    "scoped_interactions": lambda: _frame(fixture.interactions()),
    "scoped_customer_months": lambda: _dated(tier_fixture.customer_months(fixture.CUSTOMERS), "as_of"),
    "scoped_lives": _lives,
    "scoped_churn_lists": lambda: churn_lists().assign(day=None),
    "scoped_watch": lambda: _frame(fixture.rows()["customer_risks"]).assign(day=None),
}


def within(frame: pd.DataFrame, start: date | None, end: date | None, filters: Filters) -> pd.DataFrame:
    """The rows of a period and a choice of values; frames without any day (states) take no period."""
    keep = pd.Series(True, index=range(len(frame)))
    frame = frame.reset_index(drop=True)
    if frame["day"].notna().any():
        keep &= frame["day"].map(lambda day: _in_period(day, start, end))
    for column, values in filters.items():
        if column in frame:
            keep &= frame[column].map(lambda value, values=values: value in values)
    return frame[keep]


def _in_period(day: date | None, start: date | None, end: date | None) -> bool:
    if start is None and end is None:
        return True
    return day is not None and (start is None or day >= start) and (end is None or day <= end)


def _share(hits: Any, of: Any) -> Answer:
    n = int(of.sum())
    return (float((hits & of).sum()) / n if n else None, n)


def _states(stage: str | None, hits: set[str], of: set[str]) -> Callable[[pd.DataFrame], Answer]:
    def measure(frame: pd.DataFrame) -> Answer:
        rows = frame if stage is None else frame[frame["stage"] == stage]
        return _share(rows["state"].isin(hits), rows["state"].isin(of))

    return measure


def _quantile(stage: str | None, q: float, column: str = "minutes") -> Callable[[pd.DataFrame], Answer]:
    def measure(frame: pd.DataFrame) -> Answer:
        rows = frame if stage is None else frame[frame["stage"] == stage]
        minutes = rows[column].dropna().astype(float)
        return (float(minutes.quantile(q)) if len(minutes) else None, len(minutes))

    return measure


def _known(column: str, test: Callable[[Any], bool]) -> Callable[[pd.DataFrame], Answer]:
    return lambda frame: _share(frame[column].map(lambda x: x is not None and test(x)), frame[column].notna())


def _count(frame: pd.DataFrame) -> Answer:
    return float(len(frame)), len(frame)


def _where(column: str, value: object, then: Callable[[pd.DataFrame], Answer]) -> Callable[[pd.DataFrame], Answer]:
    return lambda frame: then(frame[frame[column] == value])


def _scored(test: Callable[[int], bool]) -> Callable[[pd.DataFrame], Answer]:
    return _where("kind", "csat", _known("score", test))


def _nps(frame: pd.DataFrame) -> Answer:
    scores = [int(score) for score in frame.loc[frame["kind"] == "nps", "score"].dropna()]
    balance = sum(score >= 9 for score in scores) - sum(score <= 6 for score in scores)
    return (100 * balance / len(scores) if scores else None, len(scores))


def _nps_share(low: int, high: int) -> Callable[[pd.DataFrame], Answer]:
    return _where("kind", "nps", _known("score", lambda score: low <= score <= high))


def _csat_mean(frame: pd.DataFrame) -> Answer:
    scores = [int(score) for score in frame.loc[frame["kind"] == "csat", "score"].dropna()]
    return (sum(scores) / len(scores) if scores else None, len(scores))


def _overdue(frame: pd.DataFrame) -> Answer:
    late = frame.loc[frame["state"] == "overdue", "ticket_id"].nunique()
    return float(late), late


def _complaints(then: Callable[[pd.DataFrame], Answer]) -> Callable[[pd.DataFrame], Answer]:
    return _where("kind", "complaint", then)


def _mean_mark(frame: pd.DataFrame) -> Answer:
    marks = [int(mark) for mark in frame["satisfaction"].dropna()]
    return (sum(marks) / len(marks) if marks else None, len(marks))


def _compensation(each: bool) -> Callable[[pd.DataFrame], Answer]:
    def measure(frame: pd.DataFrame) -> Answer:
        known = [float(amount) for amount in frame["compensation"].dropna()]
        paid = sum(amount > 0 for amount in known)
        return (sum(known) / (paid if each else 1) if paid or (known and not each) else None, paid)

    return measure


def _sum(column: str) -> Callable[[pd.DataFrame], Answer]:
    return lambda frame: (float(sum(frame[column])), len(frame))


def _brier(frame: pd.DataFrame) -> Answer:
    known = frame[frame["outcome"].notna()]
    pairs = zip(known["chance"], known["outcome"], strict=True)
    errors = [(float(chance) - float(left)) ** 2 for chance, left in pairs]
    return (sum(errors) / len(errors) if errors else None, len(errors))


def _given(column: str, mean: bool = False) -> Callable[[pd.DataFrame], Answer]:
    """The sum (or mean) of the values that are known, and how many are."""

    def measure(frame: pd.DataFrame) -> Answer:
        known = [float(value) for value in frame[column].dropna()]
        return ((sum(known) / len(known) if known else None) if mean else sum(known), len(known))

    return measure


def _single(value: float | None) -> float | None:
    """As it is stored: in single precision."""
    return None if value is None else float(np.float32(value))


def _mood(frame: pd.DataFrame) -> Answer:
    return _given("unhappy", mean=True)(frame.assign(unhappy=frame["unhappy"].map(_single)))


def _active(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[~frame["stage"].isin(["acquisition", "churned"])]


def _each(frame: pd.DataFrame) -> Answer:
    """Revenue per active customer."""
    n = len(_active(frame))
    return (float(sum(_active(frame)["revenue"])) / n if n else None, n)


def _cycle(share: float) -> Callable[[pd.DataFrame], Answer]:
    """The value that so large a share of the customers' own gaps do not exceed."""

    def measure(frame: pd.DataFrame) -> Answer:
        known = frame["gap_days"].dropna().astype(float)
        return (float(known.quantile(share)) if len(known) else None, len(known))

    return measure


def _again(days: int) -> Callable[[pd.DataFrame], Answer]:
    """Of the buyers known for so many days, those with a second order in time."""

    def measure(frame: pd.DataFrame) -> Answer:
        known = frame["age_days"].astype(float) >= days
        return _share(frame["second_days"].astype(float) <= days, known)

    return measure


_DECIDED = {"met", "breached", "overdue"}
METRICS: dict[str, Callable[[pd.DataFrame], Answer]] = {
    "tickets_opened": _count,
    "complaints": _where("kind", "complaint", _count),
    "tickets_resolved": _count,
    "waiting": _where("stage", "response", _count),
    "overdue_open": _overdue,
    "compliance": _states(None, {"met"}, _DECIDED),
    "response_compliance": _states("response", {"met"}, _DECIDED),
    "feedback_compliance": _states("feedback", {"met"}, _DECIDED),
    "resolution_compliance": _states("resolution", {"met"}, _DECIDED),
    "on_time_share": _states(None, {"met"}, {"met", "breached"}),
    "duration_median": _quantile(None, 0.5),
    "duration_p90": _quantile(None, 0.9),
    "late_median": _quantile(None, 0.5, "late_minutes"),
    "response_median": _quantile("response", 0.5),
    "response_p90": _quantile("response", 0.9),
    "feedback_median": _quantile("feedback", 0.5),
    "feedback_p90": _quantile("feedback", 0.9),
    "resolution_median": _quantile("resolution", 0.5),
    "resolution_p90": _quantile("resolution", 0.9),
    "reopen_rate": _known("reopen_count", lambda n: n > 0),
    "transfer_rate": _known("transfers", lambda n: n > 0),
    "nps": _nps,
    "promoters": _nps_share(9, 10),
    "passives": _nps_share(7, 8),
    "detractors": _nps_share(0, 6),
    "csat": _scored(lambda score: score >= 4),
    "csat_negative": _scored(lambda score: score <= 2),
    "csat_mean": _csat_mean,
    "survey_responses": lambda frame: (float(frame["score"].notna().sum()), int(frame["score"].notna().sum())),
    "survey_response_rate": lambda frame: _share(frame["answered_at"].notna(), frame["sent_at"].notna()),
    "orders": _count,
    "revenue": _sum("net"),
    "order_amount": _sum("amount"),
    "customers_active": lambda frame: (float(frame["customer_id"].nunique()), len(frame)),
    "bot_share": _known("is_bot", bool),
    "connect_rate": _known("connected", bool),
    "interactions": _count,
    "tier_customers": _count,
    "tier_spend": _sum("spend"),
    "tier_revenue": _sum("revenue"),
    "clv": _given("clv"),
    "expected_orders": lambda frame: (_given("expected_orders")(frame)[0], _given("clv")(frame)[1]),
    "alive": _given("alive", mean=True),
    "margin_to_date": _given("margin_to_date"),
    "active_customers": lambda frame: _count(_active(frame)),
    "arpu": _each,
    "health": _given("health", mean=True),
    "clv_each": _given("clv", mean=True),
    "purchase_cycle": _cycle(0.5),
    "purchase_cycle_low": _cycle(0.25),
    "purchase_cycle_high": _cycle(0.75),
    "repurchase_90": _again(90),
    "repurchase_180": _again(180),
    "repurchase_365": _again(365),
    "complaints_said": _count,
    "complaint_texts": _where("has_text", True, _count),
    "texts": _where("has_text", True, _count),
    "dissatisfied": _where("has_text", True, _mood),
    "conversion": _known("converted", bool),
    "fcr": _known("is_fcr", bool),
    "escalated_share": _known("escalation_level", lambda level: level > 1),
    "handling_satisfaction": _complaints(_known("satisfaction", lambda mark: mark >= 4)),
    "handling_mean": _complaints(_mean_mark),
    "handling_answered": _complaints(lambda frame: _share(frame["satisfaction"].notna(), frame["kind"].notna())),
    "compensation_paid": _compensation(each=False),
    "compensation_each": _compensation(each=True),
    "watch_customers": lambda frame: _count(frame[frame["worth_a_call"].astype(bool)]),
    "left_later": _known("outcome", bool),
    "brier": _brier,
    "value_at_risk": lambda frame: _sum("value_at_risk")(frame[frame["worth_a_call"].astype(bool)]),
}


def wilson(hits: float, n: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """The textbook form of the Wilson interval (centre and half-width), by default with z = 1.96 to fifteen digits."""
    centre = (hits + z * z / 2) / (n + z * z)
    half = z * sqrt(hits * (n - hits) / n + z * z / 4) / (n + z * z)
    return centre - half, centre + half
