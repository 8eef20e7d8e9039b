"""The signals of the churn watchlist once more, in pandas from accepted rows, with the policy read as plain TOML."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from warehouse.settings import POLICY

RULES = tomllib.loads((POLICY / "churn.toml").read_text(encoding="utf-8"))
SIGNALS: dict[str, dict[str, Any]] = RULES["signals"]
_COLUMNS = ["customer_id", "signal", "now", "usual", "threshold"]


@dataclass(frozen=True)
class Rows:
    """Events of customers with their local ``day``; ``last`` is the as-of day, ``answers`` are those to NPS surveys."""

    orders: pd.DataFrame
    contacts: pd.DataFrame
    tickets: pd.DataFrame
    answers: pd.DataFrame
    last: pd.Timestamp


def signals(rows: Rows) -> pd.DataFrame:
    """Every signal that fires: customer_id, signal, now, usual, threshold."""
    parts = [_silence(rows), _detractor(rows), _breached(rows), *_compared(rows)]
    return pd.concat(parts, ignore_index=True)[_COLUMNS]


def scores(fired: pd.DataFrame) -> pd.Series:
    """Customer -> sum of weights."""
    weights = fired.signal.map(lambda name: SIGNALS[name]["weight"])
    total: pd.Series = weights.groupby(fired.customer_id).sum()
    return total


def value_at_risk(rows: Rows) -> pd.Series:
    """Customer -> share of the net spend of the last days."""
    spent = rows.orders[rows.orders.day > rows.last - pd.Timedelta(days=RULES["value_days"])]
    value: pd.Series = spent.groupby("customer_id").net.sum() * RULES["value_share"]
    return value


def _silence(rows: Rows) -> pd.DataFrame:
    rule, found = SIGNALS["silence"], []
    for customer, days in rows.orders.groupby("customer_id").day:
        seen = sorted(set(days))
        if len(seen) >= rule["least"]:
            usual = float(np.median([(b - a).days for a, b in pairwise(seen)]))
            limit = min(max(rule["times"] * usual, rule["floor_days"]), rule["cap_days"])
            now = (rows.last - seen[-1]).days
            if now > limit:
                found.append((customer, "silence", now, usual, limit))
    return pd.DataFrame(found, columns=_COLUMNS)


def _detractor(rows: Rows) -> pd.DataFrame:
    rule = SIGNALS["detractor"]
    latest = rows.answers.sort_values(["at", "survey_id"]).groupby("customer_id").tail(1)
    recent = (rows.last - latest.day).dt.days < rule["recent_days"]
    found = latest[recent & (latest.score <= rule["score_max"])]
    return pd.DataFrame(found.assign(signal="detractor", now=found.score, usual=np.nan, threshold=rule["score_max"]))


def _breached(rows: Rows) -> pd.DataFrame:
    rule = SIGNALS["breached"]
    start = rows.last - pd.Timedelta(days=rule["recent_days"])
    late = pd.Series(False, index=rows.tickets.index)
    for stage in ("response", "feedback", "resolution"):
        due = pd.to_datetime(rows.tickets[f"{stage}_due_day"])
        missed = rows.tickets[f"{stage}_state"].isin(["breached", "overdue"])
        late |= missed & (due > start) & (due <= rows.last)
    now = late.groupby(rows.tickets.customer_id).sum()
    found = now[now >= rule["least"]].rename("now").reset_index()
    return pd.DataFrame(found.assign(signal="breached", usual=np.nan, threshold=rule["least"]))


def _compared(rows: Rows) -> Iterator[pd.DataFrame]:
    """The signals that hold now against usual; a customer is known from the first thing they did."""
    firsts = [frame.groupby("customer_id").day.min() for frame in (rows.orders, rows.contacts, rows.tickets)]
    known = pd.concat(firsts).groupby(level=0).min()
    inbound = rows.contacts[rows.contacts.direction != "outbound"]
    streams = {
        "fewer_orders": rows.orders.assign(size=1.0),
        "less_spend": rows.orders.assign(size=rows.orders.net),
        "fewer_consultations": _of_kind(inbound, "fewer_consultations"),
        "fewer_logins": _of_kind(inbound, "fewer_logins"),
        "more_complaints": rows.tickets[rows.tickets.kind == "complaint"].assign(size=1.0),
    }
    for name, events in streams.items():
        if len(events):
            yield _against_usual(name, events, known, rows.last)


def _of_kind(contacts: pd.DataFrame, signal: str) -> pd.DataFrame:
    return contacts[contacts.kind.isin(SIGNALS[signal]["kinds"])].assign(size=1.0)


def _against_usual(name: str, events: pd.DataFrame, known: pd.Series, last: pd.Timestamp) -> pd.DataFrame:
    rule = SIGNALS[name]
    cut = last - pd.Timedelta(days=rule["recent_days"])
    earlier = events[(events.day <= cut) & (events.day > cut - pd.Timedelta(days=rule["usual_days"]))]
    customers = events.customer_id.unique()
    frame = pd.DataFrame(index=pd.Index(customers, name="customer_id"))
    frame["now"] = events[events.day > cut].groupby("customer_id")["size"].sum()
    frame["before"] = earlier.groupby("customer_id")["size"].sum()
    frame["events"] = earlier.groupby("customer_id").size()
    frame = frame.fillna(0)
    first = known.reindex(customers).clip(lower=events.day.min())
    days = ((cut - first).dt.days + 1).clip(upper=rule["usual_days"])
    frame = frame[days >= rule["recent_days"]]
    frame["usual"] = frame.before * rule["recent_days"] / days
    if "drop" in rule:
        frame["threshold"] = (1 - rule["drop"]) * frame.usual
        fires = (frame.events >= rule["least"]) & (frame.now <= frame.threshold)
    else:
        frame["threshold"] = (rule["times"] * frame.usual).clip(lower=rule["least"])
        fires = frame.now >= frame.threshold
    return pd.DataFrame(frame[fires].reset_index().assign(signal=name))
