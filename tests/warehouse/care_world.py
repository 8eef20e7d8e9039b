"""A small random world around one last day, and its care lists once more in plain Python: no SQL, no product code.

The numbers are those of `data/policy/care.toml` as it is delivered, written out by hand.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]
World = Mapping[str, list[Row]]
Case = tuple[str, date | None, int | None, bool | None]
"""List, day of the event or answer or last contact, number (years, score, days, touches), whether it is late."""
ALLOWED = {"core": 90, "growth": 120, "dormant": 180, "standard": 365}
AHEAD, PRAISE_DAYS, BLAME_DAYS, LATE_DAYS, TOUCH_DAYS, MOST_TOUCHES = 30, 90, 180, 7, 30, 3
_EDGES = (0, 1, 6, 7, 8, 29, 30, 31, 89, 90, 91, 120, 121, 179, 180, 181, 365, 366, 500)


def world(last: date, seed: int) -> World:
    """Forty customers and what they and we did up to ``last``, mostly on days around the limits of the policy."""
    random = Random(seed)
    names = [f"C{n:02}" for n in range(40)]
    midnight = datetime.combine(last, datetime.min.time())

    # Some customers have much more than others.
    def several(most: int, key: str) -> Iterator[tuple[Row, datetime]]:
        for n in range(most):
            at = midnight - timedelta(days=random.choice(_EDGES)) + timedelta(hours=random.randint(0, 23))
            yield {key: f"{key[0]}{n}", "customer_id": names[int(len(names) * random.random() ** 2)]}, at

    end = {"order_id": "last", "customer_id": "C00", "ordered_at": midnight + timedelta(hours=23), "amount": 1.0}
    return {
        "customers": [_customer(random, name, last) for name in names],
        "orders": [end, *(row | {"ordered_at": at, "amount": 10.0} for row, at in several(60, "order_id"))],
        "tickets": [row | {"opened_at": at, "kind": "other"} for row, at in several(12, "ticket_id")],
        "surveys": [row | _answer(random, at) for row, at in several(45, "survey_id")],
        "interactions": [row | _contact(random, at) for row, at in several(260, "interaction_id")],
    }


def _answer(random: Random, at: datetime) -> Row:
    return {"answered_at": at, "sent_at": at, "kind": "nps", "score": random.choice((0, 6, 7, 8, 9, 10, None))}


def _contact(random: Random, at: datetime) -> Row:
    return {
        "happened_at": at,
        "channel": "phone",
        "kind": random.choice(("marketing", "care_call", None)),
        "direction": random.choice(("outbound", "outbound", "outbound", "inbound", None)),
        "connected": random.choice((True, None, False)),
    }


def _customer(random: Random, name: str, last: date) -> Row:
    """Half of the birthdays and days of signing up lie around the last day's own day of the year."""
    near = last + timedelta(days=random.randint(-3, 33))
    born = random.choice(
        (date(1984, 2, 29), date(2000, 2, 29), _of_year(near, 1990), _of_year(near, 1960), date(1975, 12, 31), None)
    )
    signed = random.choice(
        (date(2020, 2, 29), _of_year(near, last.year - 2), last - timedelta(days=random.choice(_EDGES)), None)
    )
    return {
        **{"customer_id": name, "birthday": born, "signed_up_on": signed, "owner": random.choice(("王芳", None))},
        **{"consent": random.choice((True, True, False, None)), "strategic": random.random() < 0.2},
    }


def _of_year(day: date, year: int) -> date:
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def cases(given: World, tiers: Mapping[str, str], last: date) -> set[tuple[Any, ...]]:
    """(list, customer, day of the event or answer or last contact, number, late, may be contacted) of every case."""
    found = set()
    for customer in given["customers"]:
        for care, day, number, late in _of_one(given, customer, tiers[customer["customer_id"]], last):
            free = care in ("detractor", "over_contact") or customer["consent"] is True
            found.add((care, customer["customer_id"], day, number, late, free))
    return found


def _of_one(
    given: World, customer: Row, tier: str, last: date
) -> Iterator[tuple[str, date | None, int | None, bool | None]]:
    name = customer["customer_id"]
    own = {table: [row for row in given[table] if row["customer_id"] == name] for table in given}
    yield from _calendar(customer, own, last)
    out = [row for row in own["interactions"] if row["direction"] == "outbound"]
    spoke = [row["happened_at"] for row in out if row["kind"] != "marketing" and row["connected"] is not False]
    yield from _answered(own, spoke, last)
    firsts = [row[at] for table, at in _DATED.items() for row in own[table]]
    known = min([*(at.date() for at in firsts), *filter(None, [customer["signed_up_on"]])], default=None)
    since = max(spoke).date() if spoke else known
    if since and (last - since).days > ALLOWED[tier]:
        yield "untouched", max(spoke).date() if spoke else None, (last - since).days, None
    recent = [row for row in out if (last - row["happened_at"].date()).days < TOUCH_DAYS]
    if len(recent) > MOST_TOUCHES:
        yield "over_contact", max(row["happened_at"].date() for row in out), len(recent), None


_DATED = {"orders": "ordered_at", "tickets": "opened_at", "surveys": "answered_at", "interactions": "happened_at"}


def _calendar(customer: Row, own: World, last: date) -> Iterator[Case]:
    """Day by day: whose day of the year is it? 29 February is the 28th where there is none."""
    orders = [row["ordered_at"].date() for row in own["orders"]]
    began = customer["signed_up_on"] or min(orders, default=None)
    for day in (last + timedelta(days=n) for n in range(AHEAD + 1)):
        if customer["birthday"] and _falls_on(customer["birthday"], day):
            yield "birthday", day, None, None
        if began and day.year > began.year and _falls_on(began, day):
            yield "anniversary", day, day.year - began.year, None


def _falls_on(first: date, day: date) -> bool:
    leap_next = (day + timedelta(days=1)).month == 2
    if (first.month, first.day) == (2, 29) and (day.month, day.day) == (2, 28):
        return not leap_next
    return (first.month, first.day) == (day.month, day.day)


def _answered(own: World, spoke: list[datetime], last: date) -> Iterator[Case]:
    answers = sorted(
        (row["answered_at"], row["survey_id"], row["score"]) for row in own["surveys"] if row["score"] is not None
    )
    if not answers or any(at > answers[-1][0] for at in spoke):
        return
    at, _, score = answers[-1]
    age = (last - at.date()).days
    if score >= 9 and age <= PRAISE_DAYS:
        yield "promoter", at.date(), score, None
    if score <= 6 and age <= BLAME_DAYS and not any(row["opened_at"] > at for row in own["tickets"]):
        yield "detractor", at.date(), score, age > LATE_DAYS
