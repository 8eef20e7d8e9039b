"""NPS and satisfaction: every figure of the screen against pandas, or against a case worked out by hand."""

from datetime import date, timedelta
from math import sqrt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from queries import METRICS, Scope, Viewer, ask
from queries.relations import MASK
from tests.queries import fixture, oracle

ALL = Scope()
FEBRUARY = Scope(date(2026, 2, 1), date(2026, 2, 28))
SCOPES = [ALL, FEBRUARY, ALL.narrow("tier", ["core", "growth"]), ALL.narrow("region", "East")]
Z_NPS = 1.96


def rows(name: str, scope: Scope = ALL, **params: Any) -> list[dict[str, Any]]:
    """An answer as dictionaries."""
    found: list[dict[str, Any]] = ask(name, scope, **params).to_pylist()
    return found


def scored(kind: str, scope: Scope) -> pd.DataFrame:
    """The fixture's surveys of one kind that have a score, under a scope, chosen in pandas."""
    frame = oracle.within(
        oracle.source("scoped_surveys"), scope.start, scope.end, {name: list(values) for name, values in scope.filters}
    )
    found = frame[(frame["kind"] == kind) & frame["score"].notna()]
    return found.assign(score=found["score"].astype(int))


def nps(scores: pd.Series) -> tuple[float, float]:
    """NPS and its standard error, straight from the definition."""
    p, d = (scores >= 9).mean(), (scores <= 6).mean()
    return 100 * (p - d), 100 * sqrt((p + d - (p - d) ** 2) / len(scores))


def surveys(*given: tuple[str | None, str, int, int]) -> dict[str, list[fixture.Row]]:
    """NPS surveys: (touchpoint, day, score, how many) each."""
    lines = [(touchpoint, date.fromisoformat(day), score) for touchpoint, day, score, n in given for _ in range(n)]
    return {
        "fact_surveys": [
            {
                "survey_id": f"S{place:04}",
                "kind": "nps",
                "score": score,
                "outcome": "promoter" if score >= 9 else "passive" if score >= 7 else "detractor",
                "touchpoint": touchpoint,
                "day": day,
            }
            for place, (touchpoint, day, score) in enumerate(lines)
        ]
    }


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.sentence("en"))
@pytest.mark.parametrize("by", ["tier", "segment", "region", "channel", "touchpoint"])
@pytest.mark.usefixtures("full")
def test_nps_by_group_with_its_interval(by: str, scope: Scope) -> None:
    found = {row["value"]: row for row in rows("metric_by", scope, metric="nps", by=by)}
    groups = {value or None: group for value, group in scored("nps", scope).groupby(by, dropna=False)}
    expected = {(None if pd.isna(value) else value): group["score"] for value, group in groups.items()}
    assert {value for value, row in found.items() if row["n"]} == set(expected)
    for value, scores in expected.items():
        score, error = nps(scores)
        row = found[value]
        assert (row["n"], row["figure"]) == (len(scores), pytest.approx(score))
        assert (row["low"], row["high"]) == (pytest.approx(score - Z_NPS * error), pytest.approx(score + Z_NPS * error))


@pytest.mark.parametrize("bucket", ["week", "month"])
@pytest.mark.usefixtures("full")
def test_nps_over_time_with_its_interval(bucket: str) -> None:
    found = {row["bucket"]: row for row in rows("metric_trend", metric="nps", bucket=bucket) if row["n"]}
    expected = {day: group["score"] for day, group in scored("nps", ALL).dropna(subset="day").groupby(bucket)}
    assert set(found) == set(expected)
    for day, scores in expected.items():
        score, error = nps(scores)
        assert (found[day]["n"], found[day]["value"]) == (len(scores), pytest.approx(score))
        assert found[day]["high"] - found[day]["low"] == pytest.approx(2 * Z_NPS * error)


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.sentence("en"))
@pytest.mark.parametrize("metric", ["nps", "csat"])
@pytest.mark.parametrize("by", ["touchpoint", "tier"])
@pytest.mark.usefixtures("full")
def test_impacts_add_up_to_the_gap(metric: str, by: str, scope: Scope) -> None:
    target = METRICS[metric].target or 0
    found = rows("metric_impact", scope, metric=metric, by=by, reference=target)
    whole = rows("metric_value", scope, metric=metric)[0]
    assert sum(row["impact"] for row in found) == pytest.approx(whole["value"] - target, abs=1e-9)
    assert sum(row["share"] for row in found) == pytest.approx(1)
    assert sum(row["n"] for row in found) == whole["n"]
    assert [row["impact"] for row in found] == sorted(row["impact"] for row in found)


def test_impact_by_hand(folder: Path) -> None:
    """At A three promoters and three detractors (NPS 0), at B four promoters (NPS 100): as a whole NPS 40. Against 40
    A takes 0.6 x (0 - 40) = -24 and B gives 0.4 x (100 - 40) = +24."""
    day = "2026-02-01"
    fixture.publish(folder, surveys(("A", day, 9, 3), ("A", day, 2, 3), ("B", day, 10, 4)))
    found = [
        (row["value"], row["n"], row["share"], row["gap"], row["impact"])
        for row in rows("metric_impact", metric="nps", by="touchpoint", reference=40)
    ]
    assert found == [("A", 6, 0.6, -40, pytest.approx(-24)), ("B", 4, 0.4, 60, pytest.approx(24))]


def test_before_and_after_by_hand(folder: Path) -> None:
    """Before 50 promoters, 30 passives, 20 detractors: NPS 30, SE 7.810250. After 70, 20, 10: NPS 60, SE 6.633250 = 100
    sqrt((0.8 - 0.36) / 100). The change of 30 has SE sqrt(61 + 44) = 10.246951 and the margin 20.084023."""
    before = [("A", "2026-02-01", score, n) for score, n in ((9, 50), (8, 30), (3, 20))]
    after = [("A", "2026-02-10", score, n) for score, n in ((10, 70), (7, 20), (0, 10))]
    fixture.publish(folder, surveys(*before, *after, ("B", "2026-02-10", 0, 40)))
    row = rows("metric_before_after", metric="nps", day=date(2026, 2, 10), among="touchpoint", only="A")[0]
    assert (row["before"], row["before_n"], row["after"], row["after_n"]) == (30, 100, pytest.approx(60), 100)
    assert row["change"] == pytest.approx(30)
    assert (row["change_low"], row["change_high"]) == (pytest.approx(30 - 20.084023), pytest.approx(30 + 20.084023))


def test_before_and_after_of_a_share_as_published(folder: Path) -> None:
    """Newcombe 1998, table II, case (a), method 10: 56/70 - 48/80 = 0.20, 95 % from 0.0524 to 0.3339."""
    counts = (("2026-02-01", 48, 32), ("2026-02-10", 56, 14))
    told = [
        {"kind": "csat", "score": score, "outcome": outcome, "day": date.fromisoformat(day)}
        for day, good, bad in counts
        for score, outcome, n in ((5, "satisfied", good), (1, "dissatisfied", bad))
        for _ in range(n)
    ]
    fixture.publish(folder, {"fact_surveys": [{"survey_id": f"{n}", **row} for n, row in enumerate(told)]})
    row = rows("metric_before_after", metric="csat", day=date(2026, 2, 10))[0]
    assert row["change"] == pytest.approx(0.2)
    assert (row["change_low"], row["change_high"]) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.sentence("en"))
@pytest.mark.parametrize("touchpoint", [None, "delivery"])
@pytest.mark.usefixtures("full")
def test_before_and_after_equal_pandas(touchpoint: str | None, scope: Scope) -> None:
    day = date(2026, 2, 14)
    chosen = {"among": "touchpoint", "only": touchpoint} if touchpoint else {}
    row = rows("metric_before_after", scope, metric="nps", day=day, **chosen)[0]
    frame = scored("nps", scope).dropna(subset="day")
    frame = frame[frame["touchpoint"] == touchpoint] if touchpoint else frame
    sides = frame[frame["day"] < day]["score"], frame[frame["day"] >= day]["score"]
    assert (row["before_n"], row["after_n"]) == tuple(len(side) for side in sides)
    if all(len(side) for side in sides):
        (before, first), (after, second) = (nps(side) for side in sides)
        margin = Z_NPS * sqrt(first**2 + second**2)
        assert row["change"] == pytest.approx(after - before)
        assert row["change_low"] == pytest.approx(after - before - margin)
        assert row["change_high"] == pytest.approx(after - before + margin)


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.sentence("en"))
@pytest.mark.parametrize("kind", ["nps", "csat"])
@pytest.mark.usefixtures("full")
def test_scores_and_their_shares(kind: str, scope: Scope) -> None:
    expected = scored(kind, scope)["score"].value_counts().sort_index()
    found = rows("survey_scores", scope, kind=kind)
    assert [(row["score"], row["n"]) for row in found] == list(expected.items())
    assert [row["share"] for row in found] == pytest.approx(list(expected / expected.sum()))


@pytest.mark.parametrize("kind", ["nps", "csat"])
@pytest.mark.usefixtures("full")
def test_groups_of_scores_over_time(kind: str) -> None:
    frame = scored(kind, ALL).dropna(subset="day")
    expected = frame.groupby(["month", "outcome"]).size()
    found = {(row["bucket"], row["outcome"]): row for row in rows("survey_outcomes", kind=kind, bucket="month")}
    assert {key: row["n"] for key, row in found.items()} == expected.to_dict()
    whole = frame.groupby("month").size()
    for (month, _), row in found.items():
        assert row["share"] == pytest.approx(row["n"] / whole[month])


@pytest.mark.usefixtures("full")
def test_responses_and_rate_equal_pandas() -> None:
    frame = oracle.source("scoped_surveys")
    assert rows("metric_value", metric="survey_responses")[0]["value"] == frame["score"].notna().sum()
    row = rows("metric_value", metric="survey_response_rate")[0]
    sent, answered = frame["sent_at"].notna(), frame["answered_at"].notna()
    assert (row["n"], row["value"]) == (sent.sum(), pytest.approx((sent & answered).sum() / sent.sum()))


@pytest.mark.usefixtures("full")
def test_rows_behind_a_bar_are_those_it_counts() -> None:
    for row in rows("survey_scores", kind="nps"):
        assert len(rows("survey_rows", kind="nps", which="scored", score=row["score"])) == row["n"]
    assert len(rows("survey_rows", kind="nps", which="scored")) == len(scored("nps", ALL))
    assert len(rows("survey_rows")) == len(fixture.surveys())


@pytest.mark.usefixtures("full")
def test_comments_are_the_latest_first_and_all_of_them() -> None:
    told = [row for row in fixture.surveys() if row["comment"]]
    found = rows("survey_comments")
    assert {row["survey_id"] for row in found} == {row["survey_id"] for row in told}
    assert {row["total"] for row in found} == {len(told)}
    days = [row["answered_at"] for row in found if row["answered_at"]]
    assert days == sorted(days, reverse=True)
    assert [row["answered_at"] for row in found][: len(days)] == days
    assert len(rows("survey_comments", limit=2)) == 2


@pytest.mark.parametrize(
    "text, hits", [("SLOW", "slow"), ("好用", "好用"), ("'; DROP TABLE meta; --", "\0"), ("%", "\0")]
)
@pytest.mark.usefixtures("full")
def test_comments_are_searched_for_what_was_typed(text: str, hits: str) -> None:
    told = [row["survey_id"] for row in fixture.surveys() if row["comment"] and hits in row["comment"].lower()]
    assert sorted(row["survey_id"] for row in rows("survey_comments", search=text)) == sorted(told)


@pytest.mark.usefixtures("full")
def test_comments_of_one_group() -> None:
    told = [row for row in fixture.surveys() if row["comment"] and row["outcome"] == "detractor"]
    found = rows("survey_comments", kind="nps", outcome="detractor")
    assert {row["survey_id"] for row in found} == {row["survey_id"] for row in told}


@pytest.mark.usefixtures("full")
def test_who_may_not_see_personal_data_finds_nothing() -> None:
    masked = Scope(viewer=Viewer("v", sees_personal=False))
    assert {row["comment"] for row in rows("survey_comments", masked)} == {MASK}
    assert rows("survey_comments", masked, search="slow") == []


@pytest.mark.usefixtures("full")
def test_the_day_itself_counts_as_after() -> None:
    days = scored("nps", ALL)["day"].dropna()
    first = min(days)
    assert rows("metric_before_after", metric="nps", day=first)[0]["before_n"] == 0
    assert (
        rows("metric_before_after", metric="nps", day=first + timedelta(days=1))[0]["before_n"] == (days == first).sum()
    )


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.sentence("en"))
@pytest.mark.usefixtures("full")
def test_facts_say_what_the_metrics_say(scope: Scope) -> None:
    facts = {row["kind"]: row for row in rows("survey_facts", scope)}
    for kind, name in (("nps", "promoters"), ("nps", "passives"), ("nps", "detractors"), ("csat", "csat_mean")):
        assert facts[kind][name] == pytest.approx(rows("metric_value", scope, metric=name)[0]["value"])
    scores = scored("nps", scope)["score"]
    assert facts["nps"]["promoters"] == pytest.approx((scores >= 9).mean())
    assert 100 * (facts["nps"]["promoters"] - facts["nps"]["detractors"]) == pytest.approx(facts["nps"]["nps"])
