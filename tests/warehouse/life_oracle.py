"""Customer-months once more, in plain Python from the rows, as the policy files put it; no code of the product."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from math import floor
from statistics import median
from typing import Any

from tests.warehouse.derived import Row
from tests.warehouse.life_world import World
from warehouse.settings import POLICY


def _policy(name: str) -> dict[str, Any]:
    return tomllib.loads((POLICY / f"{name}.toml").read_text(encoding="utf-8"))


LIFE, HEALTH, SIGNALS = _policy("lifecycle"), _policy("health"), _policy("churn")["signals"]
PARTS = ("activity", "spend", "engagement", "service", "voice")
Event = tuple[date, float]
"""A day and how much of it."""


class Seen:
    """What is on record at the end of a day, customer by customer."""

    def __init__(self, world: World, last: date) -> None:
        self.last, self.rows = last, world.until(last).rows
        self.reopened = {row["ticket_id"]: row["happened_at"] for row in self.rows["events"]}
        self.began = {
            name: min((d for who in self.customers() for d, _ in self._stream(who, name)), default=None)
            for name in _STREAMS
        }

    def customers(self) -> list[str]:
        found = {str(row["customer_id"]) for rows in self.rows.values() for row in rows if "customer_id" in row}
        return sorted(who for who in found if (since := self.since(who)) and since <= self.last)

    def of(self, who: str, table: str) -> list[Row]:
        return [row for row in self.rows[table] if row.get("customer_id") == who]

    def since(self, who: str) -> date | None:
        """The first day on which any table names them."""
        days = [at.date() for table, row in self._all(who) if (at := _at(table, row))]
        signed_up = [row["signed_up_on"] for row in self.of(who, "customers") if row["signed_up_on"]]
        return min([*days, *signed_up], default=None)

    def _all(self, who: str) -> Iterator[tuple[str, Row]]:
        return (
            (table, row) for table in ("orders", "interactions", "tickets", "surveys") for row in self.of(who, table)
        )

    def seen(self, who: str) -> date | None:
        """The first day on which they did something themselves or were spoken to."""
        kept = {"interactions", "tickets"}
        days = [_at(table, row).date() for table, row in self._all(who) if table in kept]
        return min([*days, *(day for day, _ in self.orders(who))], default=None)

    def orders(self, who: str) -> list[Event]:
        """Orders that count, with what was left after refunds."""
        kept = [row for row in self.of(who, "orders") if row["status"] != "cancelled"]
        return sorted((row["ordered_at"].date(), row["amount"] - (row["refunded"] or 0)) for row in kept)

    def order_days(self, who: str) -> list[date]:
        return sorted({day for day, _ in self.orders(who)})

    @cached_property
    def common_gap(self) -> float | None:
        """The median of the gaps that customers have of their own."""
        found = [days for who in self.customers() if len(days := self.order_days(who)) >= LIFE["churned"]["least"]]
        return median(gap for days in found if (gap := _gap(days)) is not None) if found else None

    def contacts(self, who: str, *kinds: str) -> list[Event]:
        """Contacts that we did not start, of some kinds or all."""
        kept = [row for row in self.of(who, "interactions") if row["direction"] != "outbound"]
        return [(row["happened_at"].date(), 1) for row in kept if not kinds or row["kind"] in kinds]

    def touches(self, who: str) -> list[Event]:
        kept = [row for row in self.of(who, "interactions") if row["direction"] == "outbound"]
        return [(row["happened_at"].date(), 1) for row in kept]

    def tickets(self, who: str, *kinds: str) -> list[Event]:
        return [(row["opened_at"].date(), 1) for row in self.of(who, "tickets") if not kinds or row["kind"] in kinds]

    def _stream(self, who: str, name: str) -> list[Event]:
        return _STREAMS[name](self, who)

    def total(self, events: list[Event], days: int, before: int = 0) -> float:
        """The sum over the last days, or over those that end so many days earlier."""
        end = self.last - timedelta(days=before)
        return round(sum(size for day, size in events if end - timedelta(days=days) < day <= end), 4)

    def usual(self, who: str, name: str) -> float | None:
        """The own average per recent days over the usual days before, or over the known part of them."""
        rule, events = SIGNALS[name], self._stream(who, name)
        seen, began = self.seen(who), self.began[name]
        if not events or seen is None or began is None:
            return None
        known = max(seen, began)
        days = min(rule["usual_days"], (self.last - known).days + 1 - rule["recent_days"])
        if days < rule["recent_days"]:
            return None
        return float(self.total(events, rule["usual_days"], rule["recent_days"]) * rule["recent_days"] / days)

    def late(self, who: str) -> int:
        """Tickets with a target missed lately."""
        days = SIGNALS["breached"]["recent_days"]
        return sum(
            any(0 <= (self.last - due.date()).days < days for due in self._missed(row))
            for row in self.of(who, "tickets")
        )

    def _missed(self, ticket: Row) -> Iterator[datetime]:
        resolved, again = ticket["resolved_at"], self.reopened.get(ticket["ticket_id"])
        responded = ticket["first_response_at"] or resolved  # whoever resolves has responded, reopened or not
        if resolved and again and resolved < again:
            resolved = None
        for due, done in ((ticket["response_due_at"], responded), (ticket["resolution_due_at"], resolved)):
            if due and due.date() <= self.last and (done is None or done > due):
                yield due

    def answer(self, who: str) -> tuple[int | None, int | None]:
        """The latest NPS score and how many days ago."""
        kept = [row for row in self.of(who, "surveys") if row["kind"] == "nps" and row["score"] is not None]
        if not kept:
            return None, None
        latest = max(kept, key=lambda row: (row["answered_at"], row["survey_id"]))
        return latest["score"], (self.last - latest["answered_at"].date()).days


_STREAMS: dict[str, Callable[[Seen, str], list[Event]]] = {
    "fewer_orders": lambda seen, who: [(day, 1) for day, _ in seen.orders(who)],
    "less_spend": lambda seen, who: seen.orders(who),
    "fewer_consultations": lambda seen, who: seen.contacts(who, *SIGNALS["fewer_consultations"]["kinds"]),
    "fewer_logins": lambda seen, who: seen.contacts(who, *SIGNALS["fewer_logins"]["kinds"]),
    "more_complaints": lambda seen, who: seen.tickets(who, "complaint"),
}


def _at(table: str, row: Row) -> Any:
    if table == "surveys":
        return row["sent_at"] or row["answered_at"]
    return row[{"orders": "ordered_at", "interactions": "happened_at", "tickets": "opened_at"}[table]]


def month(seen: Seen, who: str) -> Row:
    """The columns of one customer-month that rest on stages, health, tags and signals."""
    days = seen.order_days(who)
    recency = (seen.last - days[-1]).days if days else None
    gap = _gap(days)
    rule = LIFE["churned"]
    own = gap if len(days) >= rule["least"] else None
    judged_by = seen.common_gap if own is None else own
    limit = (rule["cap_days"] if judged_by is None else _limit(judged_by, rule)) if days else None
    fires = _fires(seen, who, recency, gap if len(days) >= SIGNALS["silence"]["least"] else None)
    advocate = _advocate(seen, who)
    return {
        "since": seen.since(who),
        "first_order_day": days[0] if days else None,
        "order_days": len(days),
        "orders_ever": len(seen.orders(who)),
        "gap_days": own,
        "limit_days": limit,
        "stage": _stage(seen, who, len(days), recency is not None and limit is not None and recency > limit, advocate),
        **_health(seen, who, recency, own, limit),
        "advocate": advocate,
        "contact_level": _level(seen, who),
        "prefers": _prefers(seen, who),
        "signal_score": sum(SIGNALS[name]["weight"] for name, fired in fires.items() if fired),
        **{f"fires_{name}": fired for name, fired in fires.items()},
    }


def _gap(days: list[date]) -> float | None:
    return median((b - a).days for a, b in pairwise(days)) if len(days) > 1 else None


def _limit(gap: float, rule: dict[str, Any]) -> float:
    return float(min(max(rule["times"] * gap, rule["floor_days"]), rule["cap_days"]))


def _stage(seen: Seen, who: str, days: int, churned: bool, advocate: bool) -> str:
    if churned:
        return "churned"
    if days < 2:
        return "activation" if days else "acquisition"
    if advocate:
        return "referral"
    window, orders = LIFE["expansion"]["window_days"], seen.orders(who)
    now, earlier = seen.total(orders, window), seen.total(orders, window, window)
    long_known = orders[0][0] <= seen.last - timedelta(days=2 * window)
    grown = earlier > 0 and now >= (1 + LIFE["expansion"]["growth"]) * earlier
    return "expansion" if long_known and grown else "retention"


def _advocate(seen: Seen, who: str) -> bool:
    rule, (score, days) = LIFE["advocate"], seen.answer(who)
    promoter = score is not None and days is not None and score >= rule["promoter_from"] and days < rule["recent_days"]
    return promoter or seen.total(seen.contacts(who, *rule["kinds"]), rule["recent_days"]) > 0


def _level(seen: Seen, who: str) -> str:
    rule = LIFE["contact"]
    n = seen.total([*seen.contacts(who), *seen.tickets(who)], rule["recent_days"])
    return "none" if n == 0 else "low" if n < rule["usual_from"] else "usual" if n < rule["high_from"] else "high"


def _prefers(seen: Seen, who: str) -> str | None:
    """The channel used most; of equal ones the last by name."""
    logins = SIGNALS["fewer_logins"]["kinds"]
    ours = [row for row in seen.of(who, "interactions") if row["direction"] != "outbound" and row["kind"] not in logins]
    used = Counter(str(row["channel"]) for row in [*ours, *seen.of(who, "tickets")] if row["channel"])
    return max(used, key=lambda channel: (used[channel], channel), default=None)


def _health(seen: Seen, who: str, recency: int | None, gap: float | None, limit: float | None) -> Row:
    parts: dict[str, float | None] = dict.fromkeys(PARTS)
    if recency is not None and limit is not None:
        left = 0.0 if recency > limit else 1.0 if gap is not None and recency <= gap else None
        parts["activity"] = (limit - recency) / (limit - (gap or 0)) if left is None else left
    parts["spend"] = _share(seen, who, "less_spend")
    shares = [
        share for name in ("fewer_consultations", "fewer_logins") if (share := _share(seen, who, name)) is not None
    ]
    parts["engagement"] = sum(shares) / len(shares) if shares else None
    if seen.tickets(who):
        lost = seen.late(who) * HEALTH["service"]["late_points"]
        lost += (
            seen.total(seen.tickets(who, "complaint"), SIGNALS["more_complaints"]["recent_days"])
            * HEALTH["service"]["complaint_points"]
        )
        parts["service"] = 1 - lost / 100
    score, days = seen.answer(who)
    parts["voice"] = (
        score / 10 if score is not None and days is not None and days < SIGNALS["detractor"]["recent_days"] else None
    )
    points = {name: None if part is None else _rounded(100 * min(1, max(0, part))) for name, part in parts.items()}
    judged = {name: value for name, value in points.items() if value is not None}
    weights = HEALTH["weights"]
    health = None
    if len(judged) >= HEALTH["least_parts"]:
        health = _rounded(
            sum(value * weights[name] for name, value in judged.items()) / sum(weights[name] for name in judged)
        )
    return {"health": health, **{f"health_{name}": value for name, value in points.items()}}


def _share(seen: Seen, who: str, name: str) -> float | None:
    usual = seen.usual(who, name)
    return min(1, _now(seen, who, name) / usual) if usual else None


def _now(seen: Seen, who: str, name: str) -> float:
    return seen.total(_STREAMS[name](seen, who), SIGNALS[name]["recent_days"])


def _rounded(value: float) -> int:
    return floor(value + 0.5)


def _fires(seen: Seen, who: str, recency: int | None, gap: float | None) -> dict[str, bool | None]:
    fires: dict[str, bool | None] = dict.fromkeys(SIGNALS)
    if gap is not None and recency is not None:
        fires["silence"] = recency > _limit(gap, SIGNALS["silence"])
    for name in _STREAMS:
        if (usual := seen.usual(who, name)) is not None:
            fires[name] = _compared(seen, who, name, usual)
    score, days = seen.answer(who)
    if score is not None and days is not None:
        fires["detractor"] = days < SIGNALS["detractor"]["recent_days"] and score <= SIGNALS["detractor"]["score_max"]
    if any(row["response_due_at"] or row["resolution_due_at"] for row in seen.of(who, "tickets")):
        fires["breached"] = seen.late(who) >= SIGNALS["breached"]["least"]
    return fires


def _compared(seen: Seen, who: str, name: str, usual: float) -> bool:
    rule, now = SIGNALS[name], _now(seen, who, name)
    if "times" in rule:
        return bool(now >= rule["least"] and now >= rule["times"] * usual)
    events = [(day, 1.0) for day, _ in _STREAMS[name](seen, who)]
    enough = seen.total(events, rule["usual_days"], rule["recent_days"]) >= rule["least"]
    return bool(enough and now <= (1 - rule["drop"]) * usual)
