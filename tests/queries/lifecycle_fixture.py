"""The lives of the customers of `tier_fixture`, by hand: when they ordered, and how fast they moved on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

Row = dict[str, Any]
TABLES: Mapping[str, str] = {
    "order_months": "customer_id VARCHAR, cohort DATE, quarter DATE, month DATE, after INTEGER",
    "customer_lives": "customer_id VARCHAR, known_month DATE, known_quarter DATE, second_days INTEGER, "
    "activation_after INTEGER, retention_after INTEGER, expansion_after INTEGER, referral_after INTEGER, "
    "churned_after INTEGER, first_tier VARCHAR",
}
# customer -> the months in which they ordered, the first of them their cohort
_ORDERED: Mapping[str, tuple[date, ...]] = {
    "C1": (date(2025, 11, 1), date(2025, 12, 1), date(2026, 2, 1), date(2026, 3, 1)),
    "C2": (date(2025, 11, 1), date(2026, 1, 1)),
    "C3": (date(2025, 12, 1), date(2026, 3, 1)),
    "C4": (date(2026, 1, 1),),
}
# customer -> month first known, days to the second order, months to each stage
_LIVES: Mapping[str, tuple[date, int | None, tuple[int | None, ...]]] = {
    "C1": (date(2025, 11, 1), 20, (0, 1, 4, 3, None)),
    "C2": (date(2025, 11, 1), 61, (0, 2, None, None, None)),
    "C3": (date(2025, 12, 1), 91, (0, 3, None, None, 1)),
    "C4": (date(2026, 1, 1), None, (0, None, None, None, 2)),
    "C5": (date(2026, 2, 1), None, (None, None, None, None, None)),
}
_FIRST_TIERS = {"C1": "growth", "C2": "standard", "C3": "standard", "C4": "standard"}
_STAGES = ("activation", "retention", "expansion", "referral", "churned")


def rows() -> dict[str, list[Row]]:
    """Table -> rows."""
    return {"order_months": list(_order_months()), "customer_lives": list(_customer_lives())}


def _quarter(month: date) -> date:
    return month.replace(month=3 * ((month.month - 1) // 3) + 1)


def _order_months() -> list[Row]:
    return [
        {
            "customer_id": who,
            "cohort": months[0],
            "quarter": _quarter(months[0]),
            "month": month,
            "after": 12 * (month.year - months[0].year) + month.month - months[0].month,
        }
        for who, months in _ORDERED.items()
        for month in months
    ]


def _customer_lives() -> list[Row]:
    return [
        {
            "customer_id": who,
            "known_month": known,
            "known_quarter": _quarter(known),
            "second_days": second,
            "first_tier": _FIRST_TIERS.get(who),
            **{f"{stage}_after": after for stage, after in zip(_STAGES, afters, strict=True)},
        }
        for who, (known, second, afters) in _LIVES.items()
    ]
