"""What complaints say and are about, against a count in pandas over the fixture's rows."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from queries import Scope, Viewer, ask
from queries.relations import MASK
from tests.queries import fixture, voices

FEBRUARY = Scope(date(2026, 2, 1), date(2026, 2, 28))
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
EAST = Scope().narrow("region", "East")
SCOPES = [Scope(), FEBRUARY, EAST, FEBRUARY.narrow("tier", ["core", "standard"])]
pytestmark = pytest.mark.usefixtures("full")


def rows(name: str, scope: Scope, **params: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(name, scope, **params).to_pylist()
    return found


def complaints(scope: Scope, period: bool = True) -> pd.DataFrame:
    """The fixture's complaints under a scope, each with the list of its words."""
    found = pd.DataFrame(fixture.rows()["fact_complaints"])
    found["words"] = [
        [word["word"] for word in voices.words_of(row)] if row["has_text"] else []
        for row in fixture.rows()["fact_complaints"]
    ]
    for dimension, values in scope.filters:
        found = found[found[dimension].isin(values)]
    return between(found, scope.start, scope.end) if period else found


def between(frame: pd.DataFrame, start: date | None, end: date | None) -> pd.DataFrame:
    if start and end:
        frame = frame[frame["day"].map(lambda day: day is not None and day == day and start <= day <= end)]
    return frame


def saying(frame: pd.DataFrame) -> dict[str, int]:
    return {str(word): int(n) for word, n in frame["words"].explode().dropna().value_counts().items()}


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_counts(scope: Scope) -> None:
    expected, ever = complaints(scope), complaints(scope, period=False)
    tickets = expected[expected["source"] == "ticket"]
    assert rows("complaint_counts", scope) == [
        {
            "tickets": len(tickets),
            "tickets_with_text": int(tickets["has_text"].sum()),
            "comments": int((expected["source"] == "survey").sum()),
            "texts": int(expected["has_text"].sum()),
            "ever": len(ever),
            "undated": int(ever["day"].isna().sum()),
        }
    ]


@pytest.mark.parametrize("scope", SCOPES, ids=str)
@pytest.mark.parametrize(
    "wanted", [{}, {"word": "太慢"}, {"like": "慢"}, {"like": "ARRI"}, {"source": "survey"}, {"word": "no"}]
)
def test_rows(scope: Scope, wanted: dict[str, str]) -> None:
    expected = complaints(scope)
    if "source" in wanted:
        expected = expected[expected["source"] == wanted["source"]]
    if "word" in wanted:
        expected = expected[expected["words"].map(lambda words: wanted["word"] in words)]
    if "like" in wanted:
        expected = expected[
            expected["words"].map(lambda words: any(wanted["like"].lower() in word for word in words)).astype(bool)
        ]
    found = rows("complaint_rows", scope, **wanted)
    keys = ["source", "ticket_id", "survey_id"]
    assert {tuple(row[key] for key in keys) for row in found} == {
        tuple(cell if cell == cell else None for cell in row) for row in expected.reindex(columns=keys).to_numpy()
    }
    assert {row["total"] for row in found} <= {len(expected)}
    days = [row["said_at"] for row in found if row["said_at"]]
    assert [day.date() for day in days] == sorted((day.date() for day in days), reverse=True)
    comments = {row["survey_id"]: row["comment"] for row in fixture.surveys()}
    for row in found:
        assert row["text"] == (f"Text {row['ticket_id']}" if row["source"] == "ticket" else comments[row["survey_id"]])


def test_texts_are_neither_read_nor_found_without_the_right_to_personal_data() -> None:
    blind = Scope(viewer=Viewer("blind", sees_personal=False))
    found = rows("complaint_rows", blind)
    assert found and {row["text"] for row in found} <= {MASK, None}
    assert {row["customer_name"] for row in found} <= {MASK, None}
    assert rows("complaint_rows", Scope(), word="太慢") and not rows("complaint_rows", blind, word="太慢")
    assert rows("complaint_rows", Scope(), like="慢") and not rows("complaint_rows", blind, like="慢")


def test_a_limited_viewer_counts_only_what_is_theirs() -> None:
    limited = Scope(viewer=Viewer("east", regions=("East",)))
    for name in ("complaint_counts", "complaint_rows"):
        assert rows(name, limited) == rows(name, EAST)
