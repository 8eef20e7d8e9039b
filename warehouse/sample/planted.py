"""What is hidden in the sample, in one place: truths a dashboard should make visible, and rows a loader should refuse.

Dates are relative to the last day of the data (`until`). `generate` leaves `planted.json` beside the files; `read`
gives it back, so that a test can look on the screens for what was put in.
"""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

SURGE_REGION = "South 华南"
SURGE_CATEGORY = "Delivery delay 配送延误"
SURGE_FACTOR = 4  # complaints of that category in that region and month, against an ordinary month
SLOW_TEAM = "Repair desk 维修组"
SLOW_RESPONSE = 2.6  # factors on the usual time
SLOW_RESOLUTION = 2.0
DROP_TOUCHPOINT = "installation"
CHURNERS = 120  # at scale 1, and in proportion at others
RISERS = 12  # at every scale
BAD_EVERY = {"agents": 40}  # one bad row after so many good ones
BAD_EVERY_ELSE = 200


@dataclass(frozen=True)
class Fault:
    """A way to spoil a copy of a row: `column` gets `value` (None: stays empty), which breaks `rule`.

    The copy has a key of its own, except where the rule is "unique": there it stands before the row whose key it has.
    """

    column: str
    rule: str
    value: str | None
    reported: str = ""  # the column that the rule speaks of, where it is another one

    @property
    def name(self) -> str:
        """How the fault is counted: the column that the contract's rule speaks of, and the rule."""
        return f"{self.reported or self.column} {self.rule}"


FAULTS: dict[str, tuple[Fault, ...]] = {
    "customers": (
        Fault("customer_id", "unique", None),
        Fault("birthday", "type", "1988-02-30"),
        Fault("customer_id", "required", None),
        Fault("signed_up_on", "future", "2099-01-01"),
        Fault("strategic", "type", "maybe"),
    ),
    "agents": (
        Fault("agent_id", "unique", None),
        Fault("hired_on", "type", "2021-13-01"),
        Fault("agent_id", "required", None),
    ),
    "tickets": (
        Fault("kind", "required", None),
        Fault("kind", "allowed", "moan"),
        Fault("priority", "allowed", "asap"),
        Fault("resolved_at", "order", "2001-02-03 04:05:06"),
        Fault("first_response_at", "order", "2001-02-03 04:05:06"),
        Fault("satisfaction", "range", "9"),
        Fault("escalation_level", "range", "7"),
        Fault("customer_id", "reference", "C9999999"),
        Fault("ticket_id", "unique", None),
        Fault("transfers", "type", "two"),
        Fault("closed_at", "type", "2023-02-30 10:00:00"),
        Fault("compensation", "range", "-50"),
        Fault("closed_at", "future", "2099-01-01 08:00:00"),
        Fault("opened_at", "required", None),
    ),
    "pauses": (
        Fault("ticket_id", "reference", "T99999999"),
        Fault("started_at", "required", None),
        Fault("ended_at", "order", "2001-02-03 04:05:06"),
        Fault("started_at", "type", "yesterday"),
    ),
    "events": (
        Fault("ticket_id", "reference", "T99999999"),
        Fault("happened_at", "required", None),
        Fault("kind", "allowed", "shelved"),
        Fault("happened_at", "type", "last week"),
    ),
    "orders": (
        Fault("refunded", "range", "-99.00"),
        Fault("quantity", "range", "-1"),
        Fault("amount", "type", "about 300"),
        Fault("customer_id", "reference", "C9999999"),
        Fault("status", "allowed", "lost"),
        Fault("order_id", "unique", None),
        Fault("refunded", "not_below", "99999999", reported="amount"),
        Fault("ordered_at", "future", "2099-01-01 08:00:00"),
        Fault("customer_id", "required", None),
        Fault("ordered_at", "type", "2023-11-31 09:00:00"),
    ),
    "surveys": (
        Fault("score", "range", "11"),
        Fault("kind", "allowed", "stars"),
        Fault("survey_id", "unique", None),
        Fault("answered_at", "order", "2001-02-03 04:05:06"),
        Fault("score", "type", "good"),
        Fault("ticket_id", "reference", "T99999999"),
        Fault("answered_at", "future", "2099-01-01 08:00:00"),
        Fault("survey_id", "required", None),
    ),
    "interactions": (
        Fault("happened_at", "required", None),
        Fault("direction", "allowed", "sideways"),
        Fault("duration_seconds", "range", "-30"),
        Fault("interaction_id", "unique", None),
        Fault("agent_id", "reference", "A9999"),
        Fault("transfers", "type", "none"),
        Fault("channel", "required", None),
        Fault("happened_at", "future", "2099-01-01 08:00:00"),
    ),
}


@dataclass(frozen=True)
class Planted:
    """The planted truths of one sample. Every day is local; a `_from` day is the first, a `_to` day the last one.

    `bad_rows[table]["column rule"]` counts spoilt rows; they come on top of `good_rows[table]`.
    """

    until: date
    surge_region: str
    surge_category: str
    surge_from: date
    surge_to: date
    slow_team: str
    slow_from: date
    drop_touchpoint: str
    drop_from: date
    drop_to: date
    signals_from: date
    churners: tuple[str, ...]
    risers: tuple[str, ...]
    good_rows: dict[str, int]
    bad_rows: dict[str, dict[str, int]]

    @property
    def bad_total(self) -> dict[str, int]:
        """Table -> number of spoilt rows."""
        return {table: sum(faults.values()) for table, faults in self.bad_rows.items()}


def months_before(day: date, months: int) -> date:
    """The first day of the calendar month that lies `months` before that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def days(until: date) -> dict[str, date]:
    """The days that bound the planted truths of a sample whose last day is `until`."""
    return {
        "surge_from": months_before(until, 3),
        "surge_to": months_before(until, 2) - timedelta(days=1),
        "slow_from": months_before(until, 9),
        "drop_from": months_before(until, 8),
        "drop_to": months_before(until, 4) - timedelta(days=1),
        "signals_from": until - timedelta(days=179),
    }


def bad_every(table: str) -> int:
    """One spoilt row of `table` stands before every so-many-th good one."""
    return BAD_EVERY.get(table, BAD_EVERY_ELSE)


def bad_rows(table: str, good: int) -> dict[str, int]:
    """How many rows of `table` are spoilt in which way when it has `good` sound ones."""
    every = bad_every(table)
    number = (good + (every - 1) // 2) // every
    faults = FAULTS[table]
    return dict(Counter(faults[i % len(faults)].name for i in range(number)))


def write(folder: Path, planted: Planted) -> None:
    """Leave `planted.json` in `folder`."""
    text = json.dumps(asdict(planted), default=str, ensure_ascii=False, indent=1)
    (folder / "planted.json").write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Planted:
    """The planted truths of the sample in `folder`. Raises FileNotFoundError where there is none."""
    found = json.loads((folder / "planted.json").read_text(encoding="utf-8"))
    for name, value in found.items():
        if name == "until" or name.endswith(("_from", "_to")):
            found[name] = date.fromisoformat(value)
        elif isinstance(value, list):
            found[name] = tuple(value)
    return Planted(**found)
