"""What people do about causes of complaints in the fixture, and a longer company on which results can be worked out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from store import Action, actions
from tests.queries import fixture

START = date(2026, 2, 3)
"""A Tuesday five weeks before the fixture's last day: weeks are counted from an action's own first day."""
WRITTEN_AT = datetime(2026, 1, 20, 8)
ACTIONS = (
    Action("A1", "Ana", "late_delivery", "Second van", "planned", "Ana", due_on=date(2026, 2, 2), at=WRITTEN_AT),
    Action(
        "A2", "Ben", "late_delivery", "Later cut-off", "planned", "Ben", date(2026, 3, 2), region="East", at=WRITTEN_AT
    ),
    Action("A3", "Ben", "refund", "Refund at once, ask 13800001234", "dropped", at=WRITTEN_AT),
    Action(
        "A1",
        "Ben",
        "late_delivery",
        "Second van",
        "running",
        "Ben",
        START,
        date(2026, 3, 20),
        at=datetime(2026, 2, 1, 8),
    ),
)
Weeks = Mapping[tuple[str, str], Sequence[int]]
"""Cause and region -> complaints in each week, the first of them week 0."""


def write(url: str, entries: Iterable[Action] = ACTIONS) -> None:
    """Add ``entries`` to the store at ``url``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORE_URL", url)
        actions.append(entries)


def publish(folder: Path, first: date, weeks: Weeks, as_of: datetime | None = None) -> None:
    """Publish complaints: so many of a cause in a region each week from ``first`` on, spread over its days."""
    said: dict[str, list[Any]] = {"cause": [], "region": [], "day": []}
    for (cause, region), counts in weeks.items():
        said["cause"] += [cause] * sum(counts)
        said["region"] += [region] * sum(counts)
        said["day"] += [first + timedelta(7 * week + n % 7) for week, count in enumerate(counts) for n in range(count)]
    size = len(said["day"])
    length = max(len(counts) for counts in weeks.values())
    last = as_of or datetime.combine(first + timedelta(days=7 * length - 1), datetime.min.time())
    with duckdb.connect(str(fixture.publish(folder, {}))) as con:
        con.register("said", pa.table({**said, "text_id": list(range(1, size + 1)), "source": ["ticket"] * size}))
        for name in ("cause", "region"):
            con.execute(f"ALTER TABLE fact_complaints ALTER {name} TYPE VARCHAR")
        con.execute("INSERT INTO fact_complaints BY NAME FROM said")
        con.execute("INSERT INTO meta VALUES ('as_of', ?), ('as_of_day', ?)", [str(last), str(last.date())])
