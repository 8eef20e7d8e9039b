"""What is held against the clocks as files that can be loaded, and what the load made of them."""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from tests.warehouse.clock_reference import Windows
from tests.warehouse.clock_world import Ticket, World
from warehouse.derive import build
from warehouse.derive.calendars import read_calendars
from warehouse.derive.policy import read_policy
from warehouse.publish import current

Row = Mapping[str, Any]
Rows = list[dict[str, object]]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOUR = 3600


def use_policy(patch: pytest.MonkeyPatch, folder: Path, calendars: str, sla: str) -> Path:
    """Write both files and let the next load read them; returns the path of ``sla.toml``."""
    paths = folder / "calendars.toml", folder / "sla.toml"
    for path, text in zip(paths, (calendars, sla), strict=True):
        path.write_text(text, encoding="utf-8")
    patch.setattr(build, "read_calendars", partial(read_calendars, path=paths[0]))
    patch.setattr(build, "read_policy", partial(read_policy, path=paths[1]))
    return paths[1]


def served(folder: Path) -> dict[tuple[str, str], Row]:
    """The rows of ``fact_clocks`` by ticket and stage, with None where there is no value."""
    path = current(folder)
    assert path is not None
    with duckdb.connect(path, read_only=True) as con:
        frame = con.execute("FROM fact_clocks").df().astype(object)
    rows: list[Row] = frame.where(frame.notna(), None).to_dict("records")  # type: ignore[assignment]
    return {(row["ticket_id"], row["stage"]): row for row in rows}


def calendars_toml(made: World) -> str:
    """``calendars.toml``: team t1 works by c1, region r2 by c2, everybody else by c0."""
    lines = ['default = "c0"', "[teams]", 't1 = "c1"', "[regions]", 'r2 = "c2"']
    for name, hours in made.hours.items():
        week = ", ".join(f"{WEEKDAYS[day]} = {_clocks(windows)}" for day, windows in hours.week.items())
        odd = ", ".join(f"{{ day = {day}, hours = {_clocks(windows)} }}" for day, windows in hours.exceptions.items())
        length = f"{made.working_days[name] // HOUR}h{made.working_days[name] % HOUR // 60:02}m"
        lines += [
            f"[calendars.{name}]",
            f"hours = {{ {week} }}",
            f'timezone = "{hours.zone}"',
            f'holidays = "{made.countries[name]}"',
            f'makeup = "{WEEKDAYS[hours.makeup]}"',
            f'working_day = "{length}"',
            f"exceptions = [{odd}]",
        ]
    return "\n".join(lines)


def _clocks(windows: Windows) -> str:
    return json.dumps([f"{s // 3600:02}:{s % 3600 // 60:02}-{e // 3600:02}:{e % 3600 // 60:02}" for s, e in windows])


def write_files(found: list[Ticket], folder: Path) -> Path:
    """The CSV files of these tickets, their customers, pauses and events, with times in UTC."""
    folder.mkdir()
    rows: Rows = [
        {
            "ticket_id": t.ticket_id,
            "customer_id": t.customer,
            "kind": t.kind,
            "priority": t.priority,
            "team": t.team,
            "opened_at": t.opened,
            **t.times,
        }
        for t in found
    ]
    _write(rows, folder / "tickets.csv")
    pauses: Rows = [{"ticket_id": t.ticket_id, "started_at": a, "ended_at": b} for t in found for a, b in t.pauses]
    _write(pauses, folder / "pauses.csv")
    steps: Rows = [{"ticket_id": t.ticket_id, "kind": kind, "happened_at": at} for t in found for kind, at in t.steps]
    _write([{"event_id": n, **step} for n, step in enumerate(steps)], folder / "events.csv")
    text = "customer_id,region,strategic\nplain,,no\nkey,,yes\nsouth,r2,no\n"
    (folder / "customers.csv").write_text(text, encoding="utf-8")
    return folder


def _write(rows: Rows, path: Path) -> None:
    frame = pd.DataFrame(rows)
    for column in frame.columns[[name.endswith("_at") for name in frame.columns]]:
        frame[column] = pd.to_datetime(frame[column]).dt.strftime("%Y-%m-%d %H:%M:%SZ")
    frame.to_csv(path, index=False)
