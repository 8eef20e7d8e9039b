"""What complaints say and are about, against a count in pandas over the fixture's rows."""

from datetime import date, timedelta
from itertools import pairwise
from math import log, sqrt
from pathlib import Path
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
def test_words_now_and_before(scope: Scope) -> None:
    start, end = JANUARY
    now, before = complaints(scope), between(complaints(scope, period=False), start, end)
    counts, earlier = saying(now), saying(before)
    found = rows("top_words", scope, before_start=start, before_end=end)
    assert {row["word"]: row["n"] for row in found} == counts
    assert [row["n"] for row in found] == sorted(counts.values(), reverse=True)
    for row in found:
        assert (row["texts"], row["texts_before"]) == (now["has_text"].sum(), before["has_text"].sum())
        assert row["n_before"] == earlier.get(row["word"], 0)
        assert row["share"] == pytest.approx(row["n"] / row["texts"])
        z = _z(row, sum(counts.values()), sum(earlier.values())) if earlier else None
        assert row["z"] == (z if z is None else pytest.approx(z))
        assert row["rising"] is False


def _z(row: dict[str, Any], said: int, said_before: int) -> float:
    """Monroe, Colaresi and Quinn (2008), equations 15, 19 and 22."""
    prior = 100 * (row["n"] + row["n_before"]) / (said + said_before)
    odds = [log((n + prior) / (of + 100 - n - prior)) for n, of in ((row["n"], said), (row["n_before"], said_before))]
    return (odds[0] - odds[1]) / sqrt(1 / (row["n"] + prior) + 1 / (row["n_before"] + prior))


def test_without_days_to_compare_with_nothing_is_said_of_before() -> None:
    for row in rows("top_words", FEBRUARY):
        assert (row["n_before"], row["texts_before"], row["times"], row["z"]) == (0, 0, None, None)
        assert row["rising"] is False


def test_a_word_that_more_say_than_chance_is_rising(folder: Path) -> None:
    """30 of 60 now against 2 of 60 before rise; 5 of 60 against 0 are too few to tell."""

    def texts(first: int, day: date, words: list[list[int]]) -> list[fixture.Row]:
        return [
            {"text_id": first + n, "day": day, "word_id": w, "pool": "complaint"}
            for n, said in enumerate(words)
            for w in said
        ]

    now = texts(1, date(2026, 2, 10), [[1]] * 30 + [[2]] * 25 + [[3]] * 5)
    before = texts(101, date(2026, 1, 10), [[1]] * 2 + [[2]] * 58)
    said = [{"text_id": row["text_id"], "day": row["day"], "has_text": True} for row in now + before]
    fixture.publish(
        folder, {**fixture.rows(), "text_words": now + before, "fact_complaints": said, "words": voices.WORDS}
    )
    start, end = JANUARY
    found = {row["word"]: row for row in rows("top_words", FEBRUARY, before_start=start, before_end=end)}
    assert {word: row["rising"] for word, row in found.items()} == {"太慢": True, "refund": False, "not arrived": False}
    assert found["太慢"]["times"] == pytest.approx(15) and found["not arrived"]["times"] is None


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


@pytest.mark.parametrize("bucket, of", [("week", fixture.week_of), ("month", fixture.month_of)])
def test_words_over_time(bucket: str, of: Any) -> None:
    until = date(2026, 3, 5)
    found = rows("word_trend", EAST, words="太慢|not arrived", until=until, bucket=bucket)
    assert {row["word"] for row in found} == {"太慢", "not arrived"}
    said = between(complaints(EAST, period=False), date(2025, 1, 1), until).explode("words")
    expected: dict[Any, int] = said.groupby(["words", said["day"].map(of)]).size().to_dict()
    for row in found:
        assert row["n"] == expected.get((row["word"], row["bucket"]), 0)
    assert sum(row["n"] for row in found) == sum(
        n for (word, _), n in expected.items() if word in ("太慢", "not arrived")
    )
    days = sorted({row["bucket"] for row in found})
    assert all(later - day <= timedelta(days=31 if bucket == "month" else 7) for day, later in pairwise(days))


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


def test_words_are_counted_but_texts_neither_read_nor_found_without_the_right_to_personal_data() -> None:
    blind = Scope(viewer=Viewer("blind", sees_personal=False))
    assert rows("top_words", blind) == rows("top_words", Scope())
    found = rows("complaint_rows", blind)
    assert found and {row["text"] for row in found} <= {MASK, None}
    assert {row["customer_name"] for row in found} <= {MASK, None}
    assert rows("complaint_rows", Scope(), word="太慢") and not rows("complaint_rows", blind, word="太慢")
    assert rows("complaint_rows", Scope(), like="慢") and not rows("complaint_rows", blind, like="慢")


def test_a_limited_viewer_counts_only_what_is_theirs() -> None:
    limited = Scope(viewer=Viewer("east", regions=("East",)))
    for name in ("top_words", "causes", "cause_months", "complaint_counts", "complaint_rows"):
        assert rows(name, limited) == rows(name, EAST)
    assert rows("word_trend", limited, words="太慢") == rows("word_trend", EAST, words="太慢")
