"""A watchlist decided by hand: of the fixture's five customers three show a signal, two of them are worth a call."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from schemas import SIGNALS
from tests.queries import tier_fixture

Row = dict[str, Any]
_CUSTOMER = "tier VARCHAR, segment VARCHAR, region VARCHAR, industry VARCHAR"
_GENERAL = (
    "score_min INTEGER, risk_min DOUBLE, min_orders INTEGER, value_min DOUBLE, value_days INTEGER, value_share DOUBLE"
)
TABLES: Mapping[str, str] = {
    "signal_rules": "place INTEGER, signal VARCHAR, weight INTEGER, recent_days DOUBLE, usual_days DOUBLE, "
    "drop DOUBLE, times DOUBLE, least DOUBLE, floor_days DOUBLE, cap_days DOUBLE, score_max DOUBLE, judged BIGINT, "
    + _GENERAL,
    "signal_counts": f"signal VARCHAR, judged BIGINT, fires BIGINT, {_CUSTOMER}",
    "customer_signals": "customer_id VARCHAR, signal VARCHAR, place INTEGER, weight INTEGER, now DOUBLE, usual DOUBLE, "
    f"threshold DOUBLE, days INTEGER, {_CUSTOMER}",
    "customer_risks": "customer_id VARCHAR, name VARCHAR, owner VARCHAR, score INTEGER, strongest VARCHAR, "
    "signals VARCHAR, value_at_risk DOUBLE, action VARCHAR, worth_a_call BOOLEAN, strategic BOOLEAN, is_vip BOOLEAN, "
    "orders BIGINT, last_order_day DATE, risk DOUBLE, method VARCHAR, horizon_months INTEGER, reasons VARCHAR, "
    f"standing VARCHAR, days_left INTEGER, consent BOOLEAN, {_CUSTOMER}",
    "churn_scores": "customer_id VARCHAR, as_of DATE, risk DOUBLE, recency_risk DOUBLE, signal_risk DOUBLE, "
    f"outcome BOOLEAN, {_CUSTOMER}",
    "churn_models": "as_of DATE, known BOOLEAN, method VARCHAR, why VARCHAR, trained_from DATE, trained_until DATE, "
    "rows INTEGER, churned INTEGER, horizon_months INTEGER, list_size INTEGER, listed INTEGER, model_hits INTEGER, "
    "recency_hits INTEGER, signals_hits INTEGER, model_brier DOUBLE, recency_brier DOUBLE, signals_brier DOUBLE",
}
WEIGHTS = dict(zip(SIGNALS, (20, 15, 15, 10, 10, 10, 15, 5), strict=True))
SHOWN: Mapping[str, Sequence[str]] = {
    "C1": (
        "silence:20:94:31:62:94",
        "fewer_orders:15:1:3.25:1.63:90",
        "less_spend:15:200:5300:2650:90",
        "detractor:15:3::6:12",
    ),
    "C2": ("silence:20:70:30:60:70", "fewer_orders:15:0:2:1:90", "less_spend:15:0:900:450:90"),
    "C4": ("breached:5:2::2:90",),
}
"""Customer -> the parts of their score."""
VALUES = {"C1": 4100.0, "C2": 900.0, "C4": 5000.0}
OWNERS = {"C1": "王芳", "C2": None, "C4": "李强"}
WORTH = ("C1", "C2")
RISKS = {"C1": 0.8}
"""C2 is already silent beyond the limit, C4 has no cycle of their own."""
STANDING = {"C1": "at_risk", "C2": "silent", "C4": "unjudged"}
DAYS_LEFT = {"C1": 12}
CONSENT = {"C1": True, "C2": False}
"""Of C4 it is not recorded."""
REASONS = {"C1": "silence:1.2:94:31::94 detractor:0.4:3:::12"}
ENDS = tier_fixture.ENDS
SCORES: Mapping[str, Sequence[tuple[float, float, float, bool | None] | None]] = {
    "C1": ((0.7, 0.2, 0.5, True), (0.9, 0.6, 0.4, True), (0.8, 0.5, 0.6, None)),
    "C2": ((0.4, 0.5, 0.5, True), (0.3, 0.5, 0.4, False), None),
    "C3": ((0.4, 0.3, 0.1, False), (0.05, 0.1, 0.1, False), (0.1, 0.1, 0.1, None)),
    "C4": ((0.1, 0.6, 0.2, False), (0.6, 0.2, 0.7, True), (1.0, 0.4, 0.2, None)),
    "C5": (None, (0.2, 0.4, 0.1, False), None),
}
"""Customer -> per month-end: risk by model, silence and score, and whether they had left; None: not judged."""


def rows(customers: Sequence[Row]) -> dict[str, list[Row]]:
    """Table -> rows for those of ``customers`` who show a signal."""
    known = {row["customer_id"]: row for row in customers if row["customer_id"] in SHOWN}
    return {
        "signal_rules": [_rule(place, signal) for place, signal in enumerate(SIGNALS, 1)],
        "signal_counts": [
            {**row, "signal": part.split(":")[0], "judged": 2, "fires": 1}
            for name, row in known.items()
            for part in SHOWN[name]
        ],
        "customer_signals": [_signal(row, part) for name, row in known.items() for part in SHOWN[name]],
        "customer_risks": [_risk(row) for row in known.values()],
        "churn_scores": scores(customers),
        "churn_models": [_model(place, day) for place, day in enumerate(ENDS)],
    }


def scores(customers: Sequence[Row]) -> list[Row]:
    """The rows of churn_scores, month-end by month-end."""
    names = ("risk", "recency_risk", "signal_risk", "outcome")
    return [
        {**customer, "as_of": day, **dict(zip(names, given, strict=True))}
        for place, day in enumerate(ENDS)
        for customer in customers
        if (given := SCORES[customer["customer_id"]][place])
    ]


def _model(place: int, day: date) -> Row:
    """The first list is ranked by the score, for want of proof; the others by the model."""
    proof = {"listed": 2 * place, "model_hits": 2 * place, "recency_hits": place, "signals_hits": place}
    errors = {"model_brier": 0.1, "recency_brier": 0.2, "signals_brier": 0.3}
    learnt = {"trained_from": date(2025, 1, 31), "trained_until": date(2025, 10, 31), "rows": 900, "churned": 90}
    return {
        "as_of": day,
        "known": day != ENDS[-1],
        "method": "model" if place else "signals",
        "why": "better" if place else "unproven",
        "horizon_months": 3,
        "list_size": 2,
        **learnt,
        **(proof | errors if place else {"listed": 0}),
    }


def _rule(place: int, signal: str) -> Row:
    return {
        "place": place,
        "signal": signal,
        "weight": WEIGHTS[signal],
        "recent_days": None if signal == "silence" else 90,
        "usual_days": 360,
        "drop": 0.5,
        "times": 2.0,
        "least": 2,
        "floor_days": 30,
        "cap_days": 365,
        "score_max": 6,
        "judged": 0 if signal == "fewer_logins" else 5,
        "score_min": 50,
        "risk_min": 0.5,
        "min_orders": 2,
        "value_min": 200,
        "value_days": 365,
        "value_share": 1.0,
    }


def _signal(customer: Row, part: str) -> Row:
    signal, weight, now, usual, threshold, days = part.split(":")
    own = {"customer_id": customer["customer_id"], "signal": signal, "place": SIGNALS.index(signal) + 1}
    numbers = {"now": float(now), "usual": float(usual) if usual else None, "threshold": float(threshold)}
    return {**customer, **own, **numbers, "weight": int(weight), "days": int(days)}


def _risk(customer: Row) -> Row:
    name = customer["customer_id"]
    parts = SHOWN[name]
    return {
        **customer,
        "owner": OWNERS[name],
        "score": sum(int(part.split(":")[1]) for part in parts),
        "strongest": parts[0].split(":")[0],
        "signals": " ".join(parts),
        "value_at_risk": VALUES[name],
        "action": "senior_visit" if name == "C1" else "personal_call",
        "worth_a_call": name in WORTH,
        "strategic": False,
        "orders": 4,
        "risk": RISKS.get(name),
        "method": "model",
        "horizon_months": 3,
        "reasons": REASONS.get(name),
        "standing": STANDING[name],
        "days_left": DAYS_LEFT.get(name),
        "consent": CONSENT.get(name),
        "last_order_day": date(2025, 12, 6),
    }
