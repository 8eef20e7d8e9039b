"""What people wrote in the sample company, so that its screens show something: outreach, drawn by a seed, and actions.

Whoever is on the list at a month-end may be called in the month that follows; what is said of a customer later leans on
what became of them. Every entry is signed as made up.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import duckdb

from store import actions, sample_actions
from store.entries import Entry, append
from store.place import exists, is_sample
from store.policy import policy
from store.snapshot import revision
from warehouse.publish import current

AUTHOR = "sample · 示例"
_MONTHS = 12
_NOTES = (
    "Asked for a call next week 希望下周再联系",
    "Compares prices 正在比价",
    "Waits for a repair 等待维修",
    None,
    None,
)
_LISTED = """
    SELECT m.customer_id, m.as_of, m.signal_score, c.owner, l.stage, m.as_of > end_of.day - INTERVAL 45 DAY AS fresh
    FROM customer_months AS m
    JOIN dim_customer AS c USING (customer_id)
    CROSS JOIN (SELECT max(as_of) AS day FROM month_ends) AS end_of
    LEFT JOIN customer_months AS l
        ON l.customer_id = m.customer_id AND l.month = m.month + INTERVAL 3 MONTH AND l.whole
    WHERE m.whole AND m.stage NOT IN ('acquisition', 'churned') AND m.signal_score >= $least
        AND m.as_of > end_of.day - to_days(31 * $months)
    ORDER BY m.as_of, m.customer_id
"""
Listed = tuple[str, date, int, str | None, str | None, bool]


def make(seed: int = 20240101, today: date | None = None) -> int:
    """Write the sample's outreach and actions, up to the last day of its data; returns the number of entries.

    Nothing happens (0) where the warehouse does not hold the sample company, where its file has entries, or where
    ``STORE_URL`` names another place. ``today`` is the day around which next steps fall.
    """
    served = current()
    if served is None or not is_sample() or os.environ.get("STORE_URL") or (exists() and any(revision())):
        return 0
    with duckdb.connect(str(served), read_only=True) as con:
        last = con.execute("SELECT max(as_of) FROM month_ends").fetchall()[0][0]
        listed = con.execute(_LISTED, {"least": policy().score_min, "months": _MONTHS}).fetchall()
    drawn = random.Random(seed)
    around = today or date.today()
    owners = sorted({owner for *_, owner, _, _ in listed if owner})
    entries = _entries(drawn, listed, last, around)
    written = append(sorted(entries, key=lambda entry: entry.at or datetime.min))
    return written + actions.append(sample_actions.entries(AUTHOR, owners, last, around))


def _entries(drawn: random.Random, listed: list[Listed], last: date, today: date) -> Iterator[Entry]:
    """Each customer at most once, so that a first contact is one."""
    known: set[str] = set()
    owners: list[str | None] = [*sorted({owner for *_, owner, _, _ in listed if owner})]
    for customer_id, as_of, score, owner, stage, fresh in listed:
        if customer_id not in known and drawn.random() < 0.02 + score / 600:
            known.add(customer_id)
            first = as_of + timedelta(days=drawn.randint(1, 20))
            plan = Entry(customer_id, AUTHOR, "planned", owner or drawn.choice(owners or [None]))
            steps = _steps(drawn, plan, first, stage)
            done = [step for step in steps if step.at and step.at.date() <= last]
            yield from done[:-1]
            yield from (_going_on(drawn, step, today) if fresh else step for step in done[-1:])


def _steps(drawn: random.Random, plan: Entry, first: date, stage: str | None) -> Iterator[Entry]:
    """One customer's story: planned, perhaps a wrong alarm; contacted, perhaps an offer; in the end what came of it."""
    moment = datetime.combine(first, time(1 + drawn.randrange(9), drawn.randrange(60)))
    yield replace(plan, at=moment)
    if drawn.random() < 0.1:
        yield replace(plan, status="wrong_alarm", at=moment + timedelta(days=2))
        return
    moment += timedelta(days=drawn.randint(1, 4), minutes=drawn.randrange(90))
    yield replace(plan, status="contacted", at=moment, note=drawn.choice(_NOTES))
    if drawn.random() < 0.45:
        moment += timedelta(days=drawn.randint(2, 12))
        yield replace(plan, status="offer_made", at=moment)
    if drawn.random() < 0.92:
        yield _end(drawn, plan, stage, moment + timedelta(days=drawn.randint(20, 70)))


def _end(drawn: random.Random, plan: Entry, stage: str | None, moment: datetime) -> Entry:
    """People are right more often than not."""
    if drawn.random() < (0.7 if stage == "churned" else 0.12):
        return replace(plan, status="lost", reason=drawn.choice(list(policy().reasons)), at=moment)
    return replace(plan, status="retained", at=moment)


def _going_on(drawn: random.Random, entry: Entry, today: date) -> Entry:
    """The last entry of a story that is still going on: with a next step some days before or after today."""
    if entry.status in ("retained", "lost", "wrong_alarm") or entry.at is None:
        return entry
    return replace(entry, next_date=max(entry.at.date(), today + timedelta(days=drawn.randint(-3, 12))))
