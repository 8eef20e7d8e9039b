"""A small published warehouse of known rows, made without the loader: plain Python decides every value in it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from tests.queries import (
    care_fixture,
    churn_fixture,
    feeds_fixture,
    handling_fixture,
    lifecycle_fixture,
    tier_fixture,
    value_fixture,
    voices,
)

AS_OF = datetime(2026, 3, 10, 10, 0)
"""The last moment in the data, UTC; a Tuesday, 18:00 in the team's zone."""
ZONE = timedelta(hours=8)
STAGES = ("response", "feedback", "resolution")
CUSTOMER_DIMENSIONS = ("tier", "segment", "region", "industry", "persona")
Row = dict[str, Any]

_CUSTOMER = "tier VARCHAR, segment VARCHAR, region VARCHAR, industry VARCHAR, persona VARCHAR"
_TICKET_DIMENSIONS = ("kind", "priority", "category", "channel", "department", "team", "product")
_CLOCK_PARTS = ("assignment", "ours", "transferred", "customer", "closed", "whole")
_CLOCK_MINUTES = ("target", "spent", "paused", "needed", "late", "left", *_CLOCK_PARTS)
TABLES: Mapping[str, str] = {
    "meta": "key VARCHAR, value VARCHAR",
    "calendar": "day DATE, week DATE, month DATE, quarter DATE, weekday INTEGER, is_workday BOOLEAN, "
    "workday_number INTEGER, holiday VARCHAR",
    "customers": "customer_id VARCHAR, name VARCHAR, signed_up_on DATE",
    "agents": "agent_id VARCHAR, name VARCHAR, team VARCHAR, department VARCHAR, hired_on DATE",
    "tickets": "ticket_id VARCHAR",
    "fact_pauses": "pause_id VARCHAR, ticket_id VARCHAR, started_at TIMESTAMP, ended_at TIMESTAMP, reason VARCHAR",
    "orders": "order_id VARCHAR",
    "surveys": "survey_id VARCHAR",
    "interactions": "interaction_id VARCHAR",
    "dim_customer": "customer_id VARCHAR, name VARCHAR, segment VARCHAR, region VARCHAR, industry VARCHAR, "
    "persona VARCHAR, owner VARCHAR, strategic BOOLEAN, signed_up_on DATE, consent BOOLEAN, tier VARCHAR, "
    "is_vip BOOLEAN, first_order_day DATE, last_order_day DATE, orders BIGINT, revenue DOUBLE",
    "fact_tickets": "ticket_id VARCHAR, customer_id VARCHAR, agent_id VARCHAR, kind VARCHAR, priority VARCHAR, "
    f"channel VARCHAR, category VARCHAR, product VARCHAR, department VARCHAR, team VARCHAR, {_CUSTOMER}, "
    "is_vip BOOLEAN, "
    "judged_vip BOOLEAN, judged_tier VARCHAR, "
    "assigned_at TIMESTAMP, first_response_at TIMESTAMP, feedback_at TIMESTAMP, confirmed_at TIMESTAMP, "
    "opened_at TIMESTAMP, resolved_at TIMESTAMP, closed_at TIMESTAMP, opened_day DATE, opened_week DATE, "
    "opened_month DATE, opened_hour INTEGER, opened_weekday INTEGER, resolved_day DATE, closed_day DATE, "
    "is_open BOOLEAN, "
    "reopen_count BIGINT, transfers BIGINT, escalation_level BIGINT, compensation DOUBLE, satisfaction BIGINT, "
    "text VARCHAR, " + handling_fixture.TICKET_COLUMNS,
    "fact_clocks": f"ticket_id VARCHAR, {', '.join(f'{d} VARCHAR' for d in _TICKET_DIMENSIONS)}, {_CUSTOMER}, "
    "is_vip BOOLEAN, is_open BOOLEAN, opened_at TIMESTAMP, opened_day DATE, opened_week DATE, opened_month DATE, "
    "opened_week_hour INTEGER, due_week_hour INTEGER, stage VARCHAR, state VARCHAR, rule VARCHAR, clock VARCHAR, "
    "started_at TIMESTAMP, "
    "due_at TIMESTAMP, done_at TIMESTAMP, due_day DATE, due_week DATE, due_month DATE, minutes DOUBLE, "
    f"{', '.join(f'{name}_minutes DOUBLE' for name in _CLOCK_MINUTES)}",
    "sla_rules": "rule INTEGER, version_from DATE, version_until DATE, name VARCHAR, vip BOOLEAN, clock VARCHAR, "
    "kinds VARCHAR[], tiers VARCHAR[], priorities VARCHAR[], channels VARCHAR[], response_seconds BIGINT, "
    "response_working_days DOUBLE, feedback_seconds BIGINT, feedback_working_days DOUBLE, resolution_seconds BIGINT, "
    "resolution_working_days DOUBLE",
    "clock_windows": "clock VARCHAR, opens_at TIMESTAMP, closes_at TIMESTAMP",
    "pauses": "pause_id VARCHAR",
    "fact_events": "event_id VARCHAR, ticket_id VARCHAR, happened_at TIMESTAMP, kind VARCHAR, note VARCHAR",
    "sla_settings": "near_miss DOUBLE, reopened VARCHAR",
    "fact_interactions": "interaction_id VARCHAR, customer_id VARCHAR, agent_id VARCHAR, happened_at TIMESTAMP, "
    "day DATE, week DATE, month DATE, channel VARCHAR, kind VARCHAR, direction VARCHAR, touchpoint VARCHAR, "
    "topic VARCHAR, is_bot BOOLEAN, connected BOOLEAN, transfers BIGINT, duration_seconds DOUBLE, converted BOOLEAN, "
    f"text VARCHAR, department VARCHAR, team VARCHAR, {_CUSTOMER}",
    "fact_orders": "order_id VARCHAR, customer_id VARCHAR, ordered_at TIMESTAMP, day DATE, week DATE, month DATE, "
    f"quantity BIGINT, amount DOUBLE, refunded DOUBLE, net DOUBLE, product VARCHAR, status VARCHAR, {_CUSTOMER}",
    "fact_surveys": "survey_id VARCHAR, customer_id VARCHAR, ticket_id VARCHAR, kind VARCHAR, sent_at TIMESTAMP, "
    "answered_at TIMESTAMP, day DATE, week DATE, month DATE, score BIGINT, outcome VARCHAR, touchpoint VARCHAR, "
    f"channel VARCHAR, department VARCHAR, team VARCHAR, product VARCHAR, comment VARCHAR, {_CUSTOMER}",
    "ledger": "load_id VARCHAR, loaded_at TIMESTAMP, file VARCHAR, sha256 VARCHAR, mapping VARCHAR, "
    "table_name VARCHAR, encoding VARCHAR, encoding_guessed BOOLEAN, rows_read BIGINT, rows_accepted BIGINT, "
    "rows_quarantined BIGINT, rows_new BIGINT, rows_replaced BIGINT, rows_unchanged BIGINT, seconds DOUBLE",
    "rejects": "load_id VARCHAR, file VARCHAR, sha256 VARCHAR, row_number BIGINT, table_name VARCHAR, "
    "column_name VARCHAR, value VARCHAR, rule VARCHAR, detail VARCHAR, raw VARCHAR, "
    "row_key VARCHAR, resolved_in VARCHAR",
    **tier_fixture.TABLES,
    **lifecycle_fixture.TABLES,
    **value_fixture.TABLES,
    **voices.TABLES,
    **feeds_fixture.TABLES,
    **churn_fixture.TABLES,
    **care_fixture.TABLES,
    **handling_fixture.TABLES,
}
_ENUMS = (
    *("kind", "priority", "channel", "category", "product", "department", "team", *CUSTOMER_DIMENSIONS),
    *("status", "outcome", "touchpoint", "topic", "direction", "stage", "state", "rule", "clock"),
)

CUSTOMERS: Sequence[Row] = [
    {
        "customer_id": "C1",
        "tier": "core",
        "segment": "enterprise",
        "region": "East",
        "industry": "retail",
        "persona": "技术导向",
    },
    {"customer_id": "C2", "tier": "growth", "segment": "small", "region": "East", "industry": None, "persona": None},
    {
        "customer_id": "C3",
        "tier": "standard",
        "segment": "small",
        "region": "West",
        "industry": "energy",
        "persona": None,
    },
    {"customer_id": "C4", "tier": "dormant", "segment": None, "region": "West", "industry": "retail", "persona": None},
    {"customer_id": "C5", "tier": "standard", "segment": "private", "region": None, "industry": None, "persona": None},
]
CONSENT = {"C1": True, "C2": False, "C3": True, "C4": False}
"""Who may be quoted; of the others nobody knows."""
DEPARTMENTS = ("Support", "Logistics", None)


def local_day(moment: datetime | None) -> date | None:
    """The day of a UTC moment on the team's clock."""
    return (moment + ZONE).date() if moment else None


def week_of(day: date | None) -> date | None:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday()) if day else None


def month_of(day: date | None) -> date | None:
    """The first of a day's month."""
    return day.replace(day=1) if day else None


def _calendar_columns(day: date | None, prefix: str = "") -> Row:
    return {f"{prefix}day": day, f"{prefix}week": week_of(day), f"{prefix}month": month_of(day)}


def _customer(place: int) -> Row:
    """Every seventh row has no customer."""
    nobody: Row = dict.fromkeys(CUSTOMERS[0])
    return dict(CUSTOMERS[place % 5]) if place % 7 != 6 else nobody


def _state(done: datetime | None, due: datetime | None) -> str:
    if due is None:
        return "none"
    if done is not None:
        return "met" if done <= due else "breached"
    return "overdue" if due < AS_OF else "running"


def _stage(stage: str, opened: datetime, minutes: float | None, target: float | None) -> Row:
    done = opened + timedelta(minutes=minutes) if minutes is not None else None
    due = opened + timedelta(minutes=target) if target is not None else None
    return {
        f"{stage}_done_at": done,
        f"{stage}_due_at": due,
        f"{stage}_minutes": minutes,
        f"{stage}_state": _state(done, due),
        f"{stage}_due_day": local_day(due),
        f"{stage}_target": target,
    }


RULES = ("simple", "strict")
"""Names of the rules; a ticket's follows from its place."""


def clocks(rows: Sequence[Row]) -> list[Row]:
    """A row per ticket and stage, from the stages' values in the rows of tickets. All clocks run around the clock."""
    return [_clock(row, stage) for stage in STAGES for row in rows]


def _clock(row: Row, stage: str) -> Row:
    done, due, state, target = (row[f"{stage}_{name}"] for name in ("done_at", "due_at", "state", "target"))
    spent = ((done or AS_OF) - row["opened_at"]).total_seconds() / 60
    left = target - spent if target is not None else None
    return {
        **row,
        "stage": stage,
        "state": state,
        "rule": RULES[int(row["ticket_id"][1:]) % 2] if target is not None else None,
        "clock": "24x7",
        "opened_week_hour": _week_hour(row["opened_at"]),
        "due_week_hour": _week_hour(due),
        "started_at": row["opened_at"],
        "due_at": due,
        "done_at": done,
        **_calendar_columns(local_day(due), "due_"),
        "minutes": row[f"{stage}_minutes"],
        "target_minutes": target,
        "spent_minutes": spent,
        "paused_minutes": 0.0,
        "needed_minutes": spent,
        "late_minutes": -left if left is not None and state in ("breached", "overdue") else None,
        "left_minutes": left if state in ("running", "paused") else None,
        **(_parts(spent, row) if stage == "resolution" else {}),
    }


def _week_hour(moment: datetime | None) -> int | None:
    """Hours since Monday 00:00 on the team's clock."""
    return (moment + ZONE).weekday() * 24 + (moment + ZONE).hour if moment else None


def _parts(whole: float, row: Row) -> Row:
    """The way in five parts that add up to it; nobody works at night."""
    shares = {"assignment": 0.1, "transferred": 0.2 if row["transfers"] else 0.0, "customer": 0.15, "closed": 0.25}
    parts = {f"{name}_minutes": whole * share for name, share in shares.items()}
    return {**parts, "ours_minutes": whole - sum(parts.values()), "whole_minutes": whole}


def ticket(place: int, opened: datetime, minutes: Sequence[float | None], targets: Sequence[float | None]) -> Row:
    """One ticket row; ``minutes`` and ``targets`` per stage. The other values follow from ``place``."""
    customer = _customer(place)
    stages = [_stage(*given) for given in zip(STAGES, [opened] * 3, minutes, targets, strict=True)]
    resolved = opened + timedelta(minutes=minutes[2]) if minutes[2] is not None else None
    closed = resolved + timedelta(hours=5) if resolved and place % 3 else None
    department = DEPARTMENTS[place % 3]
    row: Row = {
        "ticket_id": f"T{place:02}",
        "text": f"Text T{place:02}",
        "agent_id": f"A{place % 4}",
        **customer,
        "kind": ("complaint", "problem", "request", "enquiry")[place % 4],
        "priority": ("urgent", "high", "normal", None)[place % 4],
        "channel": ("phone", "email", "chat")[place % 3],
        "category": ("delivery", "billing")[place % 2],
        "product": ("P1", "P2", None)[place % 3],
        "department": department,
        "team": f"{department} {place % 2}" if department else None,
        "is_vip": customer["tier"] == "core" if customer["tier"] else None,
        "judged_tier": customer["tier"],
        "judged_vip": customer["tier"] == "core",
        "opened_at": opened,
        "first_response_at": opened + timedelta(minutes=minutes[0]) if minutes[0] is not None else None,
        "feedback_at": opened + timedelta(minutes=minutes[1]) if minutes[1] is not None else None,
        "opened_hour": (opened + ZONE).hour,
        "opened_weekday": (opened + ZONE).isoweekday(),
        "resolved_at": resolved,
        "closed_at": closed if closed and closed <= AS_OF else None,
        "is_open": resolved is None,
        "reopen_count": (0, 1, None, 0, 2)[place % 5],
        "transfers": (0, 0, 1, None)[place % 4],
        "escalation_level": 1 + place % 3,
        "compensation": (None, 20.0)[place % 2],
        "satisfaction": (None, 5, 3)[place % 3],
        **_calendar_columns(local_day(opened), "opened_"),
    }
    for stage in stages:
        row |= stage
    row |= {"resolved_day": local_day(resolved), "closed_day": local_day(row["closed_at"])}
    return row | handling_fixture.way(place, row, AS_OF)


def tickets() -> list[Row]:
    """Forty tickets over eight weeks: most are over, the last dozen are in every state a ticket can be in."""
    past = [
        ticket(
            n,
            datetime(2026, 1, 12, 1) + timedelta(days=2 * n, hours=3 * (n % 5)),
            [5.0 + 11 * (n % 6), 200.0 + 400 * (n % 5), 900.0 + 700 * (n % 6)],
            [30.0 if n % 9 else None, 1440.0, 2880.0],
        )
        for n in range(27)
    ]
    today = AS_OF - timedelta(hours=3)
    old = AS_OF - timedelta(days=6)
    fresh = [
        ticket(27, old, [20.0, None, None], [30.0, 1440.0, 2880.0]),  # feedback and resolution overdue
        ticket(28, old, [None, None, None], [30.0, 1440.0, 20000.0]),  # two overdue, resolution running
        ticket(29, old, [None, None, None], [None, None, None]),  # no target at all
        ticket(30, today, [None, None, None], [200.0, 1440.0, 2880.0]),  # 20 minutes left; C1, VIP
        ticket(31, today, [None, None, None], [200.0, 1440.0, 2880.0]),  # the same moment; not VIP
        ticket(32, today, [10.0, None, None], [30.0, 190.0, 2880.0]),  # 10 minutes left, on feedback
        ticket(33, today, [45.0, 60.0, 90.0], [30.0, 1440.0, 2880.0]),  # resolved today, response late
        ticket(34, today, [180.0, None, None], [180.0, 1440.0, 2880.0]),  # responded at the very moment it was due
        ticket(35, today, [None, None, None], [180.0, 1440.0, 2880.0]),  # due at the data's last moment: still running
        ticket(36, today - timedelta(days=1), [15.0, 100.0, 200.0], [30.0, 1440.0, 2880.0]),
        ticket(37, today - timedelta(days=1), [31.0, 100.0, 200.0], [30.0, 1440.0, 2880.0]),
        ticket(38, datetime(2026, 3, 9, 16, 30), [1.0, 2.0, 3.0], [30.0, 1440.0, 2880.0]),  # local day: the 10th
        ticket(39, today, [30.0, 60.0, None], [30.0, 1440.0, None]),
    ]
    return past + fresh


def _outcome(kind: str, score: int | None) -> str | None:
    if score is None:
        return None
    if kind == "nps":
        return "promoter" if score >= 9 else "passive" if score >= 7 else "detractor"
    return "satisfied" if score >= 4 else "neutral" if score == 3 else "dissatisfied"


# As the loader publishes them: what is personal is hidden.
COMMENTS = (
    "Slow delivery, call me on •••",
    None,
    "好用，推荐。电话•••，订单•••",
    "SLOW to answer, write to •••",
    "一般 since 2026-03-10",
)


def surveys(dated: bool = True) -> list[Row]:
    """Thirty surveys, NPS and CSAT in turn, some unanswered, two without any date (all of them if not ``dated``)."""
    return [_survey(n, dated and n % 14 != 13) for n in range(30)]


def _survey(n: int, dated: bool) -> Row:
    kind = ("nps", "csat")[n % 2]
    score = ((10, 9, 0, 7, 6, 8, None), (5, 4, 3, 1, None))[n % 2][n % (7 if kind == "nps" else 5)]
    sent = datetime(2026, 1, 20, 3) + timedelta(days=n * 5 / 3) if dated else None
    answered = sent + timedelta(days=1) if sent and score is not None else None
    return {
        "survey_id": f"S{n:02}",
        **_customer(n),
        "ticket_id": f"T{n:02}" if n % 4 == 0 else None,
        "kind": kind,
        "sent_at": sent,
        "answered_at": answered,
        **_calendar_columns(local_day(answered or sent)),
        "score": score,
        "outcome": _outcome(kind, score),
        "touchpoint": ("delivery", "store", None)[n % 3],
        "channel": ("email", "phone")[n % 2],
        "department": DEPARTMENTS[n % 3],
        "team": None,
        "product": ("P1", None)[n % 2],
        "comment": COMMENTS[n % len(COMMENTS)] if score is not None else None,
    }


def orders() -> list[Row]:
    """Twenty orders; two are exact duplicates but for their key, one is refunded in part, one cancelled."""
    return [_order(n, n if n not in (7, 8) else 6) for n in range(20)]


def _order(n: int, like: int) -> Row:
    ordered = datetime(2026, 1, 15, 2) + timedelta(days=2.8 * like)
    amount = 100.0 + 12.5 * like
    status = {3: "refunded", 5: "cancelled"}.get(like, "completed")
    refunded = {3: 40.0}.get(like, 0.0)
    return {
        "order_id": f"O{n:02}",
        **CUSTOMERS[like % 5],
        "ordered_at": ordered,
        **_calendar_columns(local_day(ordered)),
        "quantity": 1,
        "amount": amount,
        "refunded": refunded,
        "net": 0.0 if status == "cancelled" else amount - refunded,
        "product": ("P1", "P2", None)[like % 3],
        "status": status,
    }


def interactions() -> list[Row]:
    """Twenty-five contacts, some by the bot, some not connected, some unknown."""
    return [_interaction(n) for n in range(25)]


def _interaction(n: int) -> Row:
    happened = datetime(2026, 2, 1, 5) + timedelta(days=1.5 * n)
    return {
        "interaction_id": f"I{n:02}",
        **_customer(n),
        "agent_id": f"A{n % 4}",
        "happened_at": happened,
        **_calendar_columns(local_day(happened)),
        "channel": ("phone", "chat", "wecom")[n % 3],
        "kind": ("enquiry", "care")[n % 2],
        "direction": ("inbound", "outbound")[n % 2],
        "touchpoint": ("hotline", "app", None)[n % 3],
        "topic": ("price", "delivery")[n % 2],
        "is_bot": (True, False, None, False)[n % 4],
        "connected": (True, True, False, None)[n % 4],
        "transfers": n % 2,
        "duration_seconds": 30.0 * n,
        "converted": n % 5 == 0,
        "text": "hi",
        "department": DEPARTMENTS[n % 3],
        "team": None,
    }


def calendar() -> list[Row]:
    """January to March 2026: Monday to Friday are working days, but for a three-day holiday from 16 February."""
    rows: list[Row] = []
    for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(90)):
        holiday = "Spring Festival" if date(2026, 2, 16) <= day <= date(2026, 2, 18) else None
        workday = day.weekday() < 5 and holiday is None
        rows.append(
            {
                **_calendar_columns(day),
                "quarter": date(2026, 1, 1),
                "weekday": day.isoweekday(),
                "is_workday": workday,
                "workday_number": (rows[-1]["workday_number"] if rows else 0) + workday,
                "holiday": holiday,
            }
        )
    return rows


def ledger() -> list[Row]:
    """Two loads of one file each."""
    counts = {"rows_new": 40, "rows_replaced": 0, "rows_unchanged": 0, "rows_accepted": 40, "rows_quarantined": 3}
    common = {
        "mapping": "plain",
        "encoding": "utf-8",
        "encoding_guessed": False,
        "seconds": 0.5,
        "rows_read": 43,
        **counts,
    }
    return [
        {"load_id": f"L{n}", "file": name, "sha256": f"{n}f", "table_name": name[:-4], **common}
        | {"loaded_at": AS_OF + timedelta(hours=n)}
        for n, name in enumerate(("tickets.csv", "surveys.csv"))
    ]


def rejects() -> list[Row]:
    """Three rejected rows with four reasons, and one that a later load has put right: nobody asks for that any more."""
    common = {
        "load_id": "L0",
        "file": "tickets.csv",
        "sha256": "0f",
        "table_name": "tickets",
        "raw": '{"ticket_id": "?"}',
    }
    reasons = [(7, "opened_at", "required"), (7, "kind", "allowed"), (9, "kind", "allowed"), (12, None, "shape")]
    listed = [
        {**common, "row_number": row, "column_name": column, "rule": rule, "value": "=1+1", "detail": "why"}
        for row, column, rule in reasons
    ]
    return [*listed, {**listed[0], "row_number": 3, "resolved_in": "L1"}]


def rows() -> dict[str, list[Row]]:
    """Table -> rows of the whole fixture, but for meta."""
    facts = {
        "fact_tickets": tickets(),
        "fact_surveys": surveys(),
        "fact_orders": orders(),
        "fact_interactions": interactions(),
    }
    named = [{**row, "name": f"Name {row['customer_id']}", "is_vip": row["tier"] == "core"} for row in CUSTOMERS]
    said = voices.rows(facts["fact_tickets"], facts["fact_surveys"], facts["fact_interactions"])
    return {
        **facts,
        **said,
        **feeds_fixture.rows(said["fact_texts"]),
        **churn_fixture.rows(named),
        **care_fixture.rows(named, facts),
        "dim_customer": [{**row, "consent": CONSENT.get(row["customer_id"])} for row in named],
        "customers": named,
        "tickets": [{"ticket_id": row["ticket_id"]} for row in facts["fact_tickets"]],
        "surveys": [{"survey_id": row["survey_id"]} for row in facts["fact_surveys"]],
        "orders": [{"order_id": row["order_id"]} for row in facts["fact_orders"]],
        "interactions": [{"interaction_id": row["interaction_id"]} for row in facts["fact_interactions"]],
        "calendar": calendar(),
        "sla_settings": [{"near_miss": 0.8, "reopened": "resume"}],
        "ledger": ledger(),
        "rejects": rejects(),
        **tier_fixture.rows(CUSTOMERS),
        **lifecycle_fixture.rows(),
        **value_fixture.rows(),
        **handling_fixture.rows(),
    }


def meta(number: int, empty: bool) -> list[Row]:
    """What the version says of itself."""
    stated = {
        "version": f"warehouse-{number:06}",
        "built_at": "2026-03-10 11:00:00",
        "timezone": "Asia/Shanghai",
        "currency": "¥",
    }
    if not empty:
        stated |= {"as_of": str(AS_OF), "as_of_day": str(local_day(AS_OF))}
    return [{"key": key, "value": value} for key, value in stated.items()]


def publish(folder: Path, tables: Mapping[str, Sequence[Row]], number: int = 1) -> Path:
    """Write ``tables`` (missing ones empty) as version ``number`` and point to it, as the loader does."""
    path = folder / f"warehouse-{number:06}.duckdb"
    stated = {"meta": meta(number, empty=not tables), **tables}
    if "fact_clocks" not in stated:
        stated["fact_clocks"] = clocks(stated.get("fact_tickets", ()))
    with duckdb.connect(str(path)) as connection:
        for name, columns in TABLES.items():
            _write(connection, name, columns, stated.get(name, ()))
    pointer = folder / "CURRENT.new"
    pointer.write_text(path.name, encoding="utf-8")
    pointer.replace(folder / "CURRENT")
    return path


def _write(connection: duckdb.DuckDBPyConnection, name: str, columns: str, stated: Sequence[Row]) -> None:
    types = dict(column.split() for column in columns.split(", "))
    if name.startswith(("fact_", "customer_")):
        types |= {column: _enum(column, stated) for column in types if column in _ENUMS}
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in types.items())})")
    if stated:
        row = f"({', '.join('?' * len(types))})"
        values = [given.get(column) for given in stated for column in types]
        connection.execute(f"INSERT INTO {name} VALUES {', '.join([row] * len(stated))}", values)


def _enum(column: str, stated: Sequence[Row]) -> str:
    """Dimensions are ENUMs in a published warehouse; so they are here."""
    words = sorted({str(row[column]) for row in stated if row.get(column) is not None})
    return f"ENUM ({', '.join(repr(word) for word in words) or repr('')})"
