"""Customers at three month-ends, decided by hand: who moves where is plain to see. The last month is not over."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from schemas import SIGNALS

Row = dict[str, Any]
ENDS = (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 10))
WINDOW = 365
FIRST_ORDER = date(2024, 6, 3)

TABLES: Mapping[str, str] = {
    "month_ends": "month DATE, as_of DATE, whole BOOLEAN, filled BOOLEAN, window_days INTEGER",
    "score_cuts": "as_of DATE, score INTEGER, recency_days_at_most INTEGER, orders_at_least INTEGER, "
    "spend_above DOUBLE, past_value_above DOUBLE",
    "tier_rules": "place INTEGER, tier VARCHAR, is_default BOOLEAN, recency_min INTEGER, recency_max INTEGER, "
    "frequency_min INTEGER, frequency_max INTEGER, monetary_min INTEGER, monetary_max INTEGER, "
    "past_value_min INTEGER, past_value_max INTEGER",
    "score_kinds": "scores INTEGER, kind INTEGER",
    "tier_reasons": "kind_before INTEGER, kind INTEGER, recency BOOLEAN, frequency BOOLEAN, monetary BOOLEAN, "
    "past_value BOOLEAN",
    "customer_months": "customer_id VARCHAR, month DATE, as_of DATE, whole BOOLEAN, since DATE, recency_days INTEGER, "
    "last_order_day DATE, orders INTEGER, spend DOUBLE, past_value DOUBLE, r INTEGER, f INTEGER, m INTEGER, "
    "p INTEGER, tier VARCHAR, months_in_tier INTEGER, revenue DOUBLE, segment VARCHAR, region VARCHAR, "
    "industry VARCHAR, persona VARCHAR, first_order_day DATE, age_days INTEGER, order_days INTEGER, "
    "orders_ever INTEGER, gap_days DOUBLE, limit_days DOUBLE, stage VARCHAR, health SMALLINT, "
    "health_activity SMALLINT, health_spend SMALLINT, health_engagement SMALLINT, health_service SMALLINT, "
    "health_voice SMALLINT, "
    "advocate BOOLEAN, contact_level VARCHAR, prefers VARCHAR, margin_to_date DOUBLE, alive DOUBLE, "
    "expected_orders DOUBLE, clv DOUBLE, value_method VARCHAR, signal_score INTEGER, "
    + ", ".join(f"fires_{signal} BOOLEAN" for signal in SIGNALS),
}

# customer -> per month-end: tier, last order, orders and spend in the window, recency score (= all other scores)
_STORY: Mapping[str, tuple[tuple[str, date | None, int, float, int | None], ...]] = {
    "C1": (
        ("growth", date(2026, 1, 20), 4, 300.0, 4),
        ("core", date(2026, 2, 20), 6, 900.0, 5),
        ("core", date(2026, 3, 9), 8, 1500.0, 5),
    ),
    "C2": (
        ("core", date(2026, 1, 5), 5, 800.0, 4),
        ("core", date(2026, 1, 5), 5, 800.0, 3),
        ("growth", date(2026, 1, 5), 4, 200.0, 3),
    ),
    "C3": (
        ("dormant", date(2025, 6, 1), 1, 50.0, 1),
        ("dormant", date(2025, 6, 1), 1, 50.0, 1),
        ("standard", date(2026, 3, 2), 2, 90.0, 4),
    ),
    "C4": (
        ("standard", date(2025, 9, 1), 2, 500.0, 2),
        ("standard", date(2025, 9, 1), 2, 500.0, 2),
        ("dormant", date(2025, 9, 1), 2, 500.0, 1),
    ),
    "C5": (
        ("standard", None, 0, 0.0, None),
        ("standard", None, 0, 0.0, None),
    ),
}
KNOWN_SINCE = {"C5": date(2026, 2, 2)}
STAGES: Mapping[str, tuple[str, ...]] = {
    "C1": ("retention", "referral", "expansion"),
    "C2": ("expansion", "retention", "retention"),
    "C3": ("churned", "churned", "retention"),
    "C4": ("retention", "retention", "churned"),
    "C5": ("acquisition", "acquisition"),
}
"""Customer -> the stage of their life with us at each month-end."""
PARTS = ("activity", "spend", "engagement", "service", "voice")


def month_ends() -> list[Row]:
    """Two whole months and one that is not over; the window reaches back to before the first order in all of them."""
    return [
        {"month": day.replace(day=1), "as_of": day, "whole": day != ENDS[-1], "filled": False, "window_days": WINDOW}
        for day in ENDS
    ]


def customer_months(customers: Sequence[Mapping[str, Any]]) -> list[Row]:
    """A row per customer and month-end from the one on at which they are known, by month-end."""
    found = [row for customer in customers for row in _months(customer)]
    return sorted(found, key=lambda row: (row["as_of"], row["customer_id"]))


def _months(customer: Mapping[str, Any]) -> list[Row]:
    story = _STORY[customer["customer_id"]]
    stated = list(zip(ENDS[-len(story) :], story, strict=True))
    found: list[Row] = []
    stages = STAGES[customer["customer_id"]]
    for (day, (tier, last, orders, spend, score)), stage in zip(stated, stages, strict=True):
        stayed = bool(found) and found[-1]["tier"] == tier
        found.append(
            {
                **customer,
                "month": day.replace(day=1),
                "as_of": day,
                "whole": day != ENDS[-1],
                "since": KNOWN_SINCE.get(customer["customer_id"], date(2024, 5, 1)),
                "recency_days": (day - last).days if last else None,
                "last_order_day": last,
                "orders": orders,
                "spend": spend,
                "past_value": 2 * spend,
                **dict.fromkeys("rfmp", score),
                "tier": tier,
                "months_in_tier": found[-1]["months_in_tier"] + 1 if stayed else 1,
                "revenue": spend / 4 if last and last >= day.replace(day=1) else 0.0,
                **_life(stage, score, orders, spend),
                "age_days": (day - FIRST_ORDER).days if score else None,
            }
        )
    return found


def _life(stage: str, score: int | None, orders: int, spend: float) -> Row:
    """Stage, health, value and signals. The higher the score, the better all of them; who never ordered has none."""
    if score is None:
        return {"stage": stage, "order_days": 0, "orders_ever": 0, "advocate": False, "contact_level": "none"}
    return {
        "stage": stage,
        "first_order_day": FIRST_ORDER,
        "order_days": orders + 1,
        "orders_ever": 2 * orders,
        "gap_days": 30.0,
        "limit_days": 90.0,
        "health": 20 * score,
        **{f"health_{part}": 20 * score for part in PARTS},
        "advocate": stage == "referral",
        "contact_level": "high" if score == 5 else "usual",
        "prefers": "phone",
        "margin_to_date": spend / 2,
        "alive": score / 5,
        "expected_orders": orders * score / 5,
        "clv": spend * score / 10,
        "value_method": "bgnbd",
        "signal_score": 20 if score <= 2 else 0,
        **{f"fires_{signal}": signal == "silence" and score <= 2 for signal in SIGNALS},
    }


def score_cuts() -> list[Row]:
    """Cut-points that rise with the score; the last month's monetary ones are unknown."""
    return [
        {
            "as_of": day,
            "score": score,
            "recency_days_at_most": 200 - 40 * score,
            "orders_at_least": score,
            "spend_above": None if day == ENDS[-1] and score == 5 else 100.0 * score,
            "past_value_above": 200.0 * score,
        }
        for day in ENDS
        for score in (2, 3, 4, 5)
    ]


def tier_rules() -> list[Row]:
    """Two rules and the default."""
    whole = {
        f"{name}_{end}": value
        for name in ("recency", "frequency", "monetary", "past_value")
        for end, value in (("min", 1), ("max", 5))
    }
    return [
        {**whole, "place": 1, "tier": "core", "is_default": False, "recency_min": 3, "monetary_min": 4},
        {**whole, "place": 2, "tier": "dormant", "is_default": False, "recency_max": 2, "past_value_min": 4},
        {**whole, "place": 3, "tier": "standard", "is_default": True},
    ]


def score_kinds() -> list[Row]:
    """Every kind is one combination of scores: all scores of a customer are the same here."""
    return [{"scores": 1111 * score, "kind": score} for score in range(1, 6)]


def tier_reasons() -> list[Row]:
    """Why tiers changed, by hand: C1 for money, C2 for frequency and money, C3 and C4 for recency."""
    said = {(4, 5): ("monetary",), (4, 3): ("frequency", "monetary"), (1, 4): ("recency",), (2, 1): ("recency",)}
    scores = ("recency", "frequency", "monetary", "past_value")
    return [
        {"kind_before": before, "kind": now, **{score: score in named for score in scores}}
        for (before, now), named in said.items()
    ]


def rows(customers: Sequence[Mapping[str, Any]]) -> dict[str, list[Row]]:
    """Table -> rows."""
    return {
        "month_ends": month_ends(),
        "customer_months": customer_months(customers),
        "score_cuts": score_cuts(),
        "tier_rules": tier_rules(),
        "score_kinds": score_kinds(),
        "tier_reasons": tier_reasons(),
    }
