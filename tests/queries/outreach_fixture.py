"""What people wrote about the fixture's customers, and a longer company on which results can be worked out by hand."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from store import Entry, append
from tests.queries import fixture

TODAY = date(2026, 3, 10)
"""The reader's day."""


def _at(month: int, day: int, hour: int = 8) -> datetime:
    return datetime(2026, month, day, hour)


ENTRIES = (
    Entry("C4", "Li", "contacted", "李强", date(2026, 1, 20), "not at home", at=_at(1, 10)),
    Entry("C1", "Wang", "planned", "王芳", date(2026, 2, 2), at=_at(2, 1)),
    Entry("C4", "Li", "lost", "李强", None, "gone", "price", "found it for less, 13800001234", at=_at(2, 1, 9)),
    Entry("C1", "Wang", "contacted", "王芳", date(2026, 2, 9), "call back: +49 30 1234567", at=_at(2, 3)),
    Entry("C1", "Wang", "offer_made", "王芳", date(2026, 3, 1), at=_at(2, 10)),
    Entry("C1", "Li", "retained", "王芳", at=_at(3, 1)),
    Entry("C3", "Li", "contacted", "李强", date(2026, 3, 9), "send the offer", at=_at(3, 2)),
    Entry("C2", "Wang", "planned", None, date(2026, 3, 10), at=_at(3, 5)),
    Entry("C5", "Li", "wrong_alarm", "李强", at=_at(3, 6)),
    Entry("C9", "Li", "planned", "李强", date(2026, 3, 15), at=_at(3, 7)),  # nobody in the warehouse
)


def write(folder: Path, entries: Iterable[Entry] = ENTRIES) -> str:
    """Keep ``entries`` in a store in ``folder``; returns its URL."""
    url = f"sqlite:///{folder / 'store.sqlite'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORE_URL", url)
        append(entries)
    return url


def publish(folder: Path, months: list[dict[str, Any]], **tables: list[dict[str, Any]]) -> None:
    """Publish customers at month-ends (made by `month`), and whatever else; many rows at once."""
    with duckdb.connect(str(fixture.publish(folder, tables))) as con:
        con.register("months", pa.Table.from_pylist(months))
        con.execute("CREATE OR REPLACE TABLE customer_months AS SELECT * FROM months ORDER BY as_of, customer_id")


def month(customer: str, day: date, stage: str, score: int | None, tier: str = "core", **more: Any) -> dict[str, Any]:
    """One customer at one month-end."""
    first = day.replace(day=1)
    known = {"customer_id": customer, "month": first, "as_of": day, "whole": True}
    known |= {"region": "East", "segment": "small", "industry": "retail"}
    return {**known, "stage": stage, "signal_score": score, "tier": tier, **more}
