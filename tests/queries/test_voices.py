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
def test_causes(scope: Scope) -> None:
    tickets = complaints(scope)
    tickets = tickets[tickets["source"] == "ticket"]
    counts = tickets["category"].value_counts()
    start, end = JANUARY
    earlier = between(complaints(scope, period=False), start, end)
    earlier = earlier[earlier["source"] == "ticket"]
    found = rows("causes", scope, before_start=start, before_end=end)
    assert {row["category"]: row["n"] for row in found} == counts.to_dict()
    assert sum(row["n"] for row in found) == ask("metric_value", scope, metric="complaints").to_pylist()[0]["value"]
    together = 0.0
    for row in found:
        together += row["n"] / len(tickets)
        assert row["share"] == pytest.approx(row["n"] / len(tickets))
        assert row["cumulative"] == pytest.approx(together)
        assert row["complaints"] == len(tickets)
        assert (row["n_before"], row["complaints_before"]) == (
            (earlier["category"] == row["category"]).sum(),
            len(earlier),
        )
        assert row["share_before"] == (pytest.approx(row["n_before"] / len(earlier)) if len(earlier) else None)
        assert row["responsible"] == ("Logistics" if row["category"] == "delivery" else None)
    assert together == pytest.approx(1)


@pytest.mark.parametrize("until", [date(2026, 2, 20), None])
def test_months_of_causes(until: date | None) -> None:
    tickets = complaints(EAST, period=False)
    tickets = between(tickets[tickets["source"] == "ticket"], date(2025, 1, 1), until or date(2026, 3, 10))
    expected: dict[Any, int] = tickets.groupby(["category", tickets["day"].map(fixture.month_of)]).size().to_dict()
    found = rows("cause_months", EAST.with_period(*JANUARY), until=until)
    assert {(row["category"], row["month"]): row["n"] for row in found if row["n"]} == expected
    months = {row["month"] for row in found}
    assert len(found) == len(months) * tickets["category"].nunique()
    for row in found:
        assert row["share"] == pytest.approx(row["n"] / row["complaints"])
        assert row["complaints"] == sum(n for (_, month), n in expected.items() if month == row["month"])


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
    for name in ("causes", "cause_months", "complaint_counts", "complaint_rows"):
        assert rows(name, limited) == rows(name, EAST)
