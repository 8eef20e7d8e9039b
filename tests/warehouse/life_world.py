"""A small made-up company at random, to hold customer-months against: years of orders, contacts and tickets."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

import pandas as pd

from tests.warehouse.derived import MONTHS, Row, derived

LAST = date(2025, 3, 20)
KINDS = ("enquiry", "login", "login", "order_help", "referral", None)
CHANNELS = ("app", "chat", "phone", None)
TABLES = ("customers", "orders", "interactions", "tickets", "events", "surveys")


@dataclass(frozen=True)
class World:
    """Table -> rows, and the last day. Each month-end and the last day end with an order: the data reach there."""

    rows: Mapping[str, list[Row]]
    last: date

    def until(self, last: date) -> "World":
        """What was on record when ``last`` was over; a customer from the day on of which anything tells."""
        kept = {table: [_then(row, last) for row in rows if _day(row) <= last] for table, rows in self.rows.items()}
        told = {row.get("customer_id") for table, rows in kept.items() if table != "customers" for row in rows}
        kept["customers"] = [row for row in kept["customers"] if row["signed_up_on"] or row["customer_id"] in told]
        return World(kept, last)


def world(seed: int, first: date, customers: int = 24) -> World:
    """The company of a seed, from its first day on."""
    rng = Random(seed)
    rows: dict[str, list[Row]] = {table: [] for table in TABLES}
    for number in range(customers):
        _live(rng, first, f"c{number:02}", rows)
    for place, day in enumerate(month_ends(first, LAST)):
        rows["orders"].append(_order("z", f"z{place}", datetime.combine(day, time(23, 59)), 1.0))
    return World(rows, LAST).until(LAST)


def month_ends(first: date, last: date) -> list[date]:
    """Every month's last day from the first month on; ``last`` stands for its month."""
    return [day.date() for day in pd.date_range(first, last, freq="ME") if day.date() < last] + [last]


def months_of(given: World) -> pd.DataFrame:
    """``customer_months`` of the world, in UTC, without a load: the rows go straight in."""
    with derived(given.rows, until=MONTHS) as con:
        found = con.execute("FROM customer_months ORDER BY as_of, customer_id").df()
    return found.astype(object).where(found.notna(), None)


_DAY_OF = ("happened_at", "ordered_at", "opened_at", "sent_at", "answered_at")
_LATER = ("first_response_at", "resolved_at", "closed_at", "answered_at")


def _day(row: Row) -> date:
    found = next((row[name] for name in _DAY_OF if row.get(name)), None)
    found = row.get("signed_up_on") if found is None else found
    return found.date() if isinstance(found, datetime) else found if isinstance(found, date) else date.min


def _then(row: Row, last: date) -> Row:
    """The row as it stood then: what came later is blank, an answer with its score."""
    later = {name for name in _LATER if isinstance(at := row.get(name), datetime) and at.date() > last}
    return {**row, **dict.fromkeys(later)} | ({"score": None} if "answered_at" in later else {})


def _live(rng: Random, first: date, who: str, rows: dict[str, list[Row]]) -> None:
    """One customer's years: from a first day to a last one, each thing at a pace of its own, or not at all."""
    start = first + timedelta(days=rng.choice((0, 30, 300, 900, 1400, 1700)))
    end = rng.choice((LAST, LAST, LAST, start + timedelta(days=rng.randrange(60, 1500))))
    signed_up = start - timedelta(days=rng.randrange(90)) if rng.random() < 0.5 else None
    rows["customers"].append({"customer_id": who, "signed_up_on": signed_up, "strategic": rng.random() < 0.2})
    paces: Mapping[str, tuple[float, Callable[[Random, str, str, datetime], Row]]] = {
        "orders": (rng.choice((6, 20, 45, 130, 400, 5000)), _any_order),
        "interactions": (rng.choice((8, 20, 60, 5000)), _contact),
        "tickets": (rng.choice((25, 90, 5000)), _ticket),
        "surveys": (rng.choice((60, 200, 5000)), _survey),
    }
    for table, (pace, made) in paces.items():
        for number, at in enumerate(_moments(rng, start, min(end, LAST), pace)):
            rows[table].append(made(rng, who, f"{who}-{number}", at))
    for ticket in [row for row in rows["tickets"] if row["customer_id"] == who and rng.random() < 0.2]:
        _reopen(rng, ticket, rows["events"])


def _moments(rng: Random, start: date, end: date, pace: float) -> Iterator[datetime]:
    """Moments about ``pace`` days apart, now slower, now faster; often at midday, sometimes twice a day."""
    at = datetime.combine(start, time(rng.randrange(8, 20))) + timedelta(days=rng.uniform(0, pace))
    while at.date() <= end:
        yield at.replace(minute=0, second=0, microsecond=0)
        speed = 3 if (at - datetime(2019, 1, 1)).days // 240 % 2 else 0.7
        at += timedelta(days=rng.choice((0.1, 1.0, rng.uniform(0, 2))) * pace * speed + 0.01)


def _order(who: str, name: str, at: datetime, amount: float, **more: object) -> Row:
    return {
        "order_id": name,
        "customer_id": who,
        "ordered_at": at,
        "amount": amount,
        "status": None,
        "refunded": None,
    } | more


def _any_order(rng: Random, who: str, name: str, at: datetime) -> Row:
    amount = rng.choice((0.1, 19.99, 50.0, 50.0, 300.0))
    refunded = rng.choice((None, None, None, amount, amount / 2))
    return _order(who, name, at, amount, status=rng.choice((None, "paid", "paid", "cancelled")), refunded=refunded)


def _contact(rng: Random, who: str, name: str, at: datetime) -> Row:
    return {
        "interaction_id": name, "customer_id": who, "happened_at": at, "channel": rng.choice(CHANNELS[:-1]),
        "kind": rng.choice(KINDS), "direction": rng.choice(("inbound", "inbound", "outbound", None)),
    }  # fmt: skip


def _ticket(rng: Random, who: str, name: str, at: datetime) -> Row:
    """Judged by its own due times; some have none, some are never done. Nobody responds after the resolution."""
    after = [at + timedelta(days=days) for days in (0.25, 0.5, 0.75, 1, 3, 10, 20, 45, 70)]
    resolved = rng.choice((None, *after[2::3]))
    responded = rng.choice((None, *after[:-1:3]))
    return {
        "ticket_id": name, "customer_id": who, "opened_at": at, "judged_by": "source",
        "kind": rng.choice(("complaint", "complaint", "request")), "channel": rng.choice(CHANNELS),
        "response_due_at": rng.choice((None, *after[1::3])), "resolution_due_at": rng.choice((None, *after[3:])),
        "first_response_at": responded if responded and (resolved is None or responded < resolved) else None,
        "resolved_at": resolved,
    }  # fmt: skip


def _reopen(rng: Random, ticket: Row, events: list[Row]) -> None:
    resolved = ticket["resolved_at"]
    if isinstance(resolved, datetime) and (at := resolved + timedelta(days=rng.choice((1, 30, 90)))).date() <= LAST:
        events.append(
            {"event_id": f"e{len(events)}", "ticket_id": ticket["ticket_id"], "kind": "reopened", "happened_at": at}
        )


def _survey(rng: Random, who: str, name: str, at: datetime) -> Row:
    answered = rng.choice((None, at + timedelta(days=rng.choice((0.1, 9, 60)))))
    answered = answered if answered and answered.date() <= LAST else None
    kind = rng.choice(("nps", "nps", "csat"))
    score = rng.randrange(11) if kind == "nps" else rng.randrange(1, 6)
    sent = rng.choice((at, at, None)) if answered else at
    return {
        "survey_id": name, "customer_id": who, "kind": kind, "sent_at": sent, "answered_at": answered,
        "score": score if answered and rng.random() < 0.9 else None,
    }  # fmt: skip
