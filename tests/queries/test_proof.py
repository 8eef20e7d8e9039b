"""Past watchlists: every figure against plain Python over the fixture's scores, and by hand."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

import pytest

from queries import Scope, Viewer, ask
from queries.relations import MASK
from tests.queries.churn_fixture import ENDS
from tests.queries.oracle import churn_lists, wilson

JANUARY, FEBRUARY, MARCH = ENDS
ALL = Scope()
EAST = Scope().narrow("region", "East")
pytestmark = pytest.mark.usefixtures("full")


def rows(name: str, scope: Scope = ALL, **params: str | int | date) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(name, scope, **params).to_pylist()
    return found


def known(scope: Scope) -> list[dict[str, Any]]:
    """The scores under a scope whose outcome is known, best first within month-end and method."""
    found: list[dict[Any, Any]] = churn_lists().to_dict("records")
    mine = [row for row in found if row["outcome"] is not None and (not scope.filters or row["region"] == "East")]
    return sorted(mine, key=lambda row: (row["method"], row["as_of"], -row["chance"], row["customer_id"]))


def listed(scope: Scope) -> Iterator[tuple[str, date, list[float], list[bool]]]:
    """(method, month-end, chances, outcomes) of every list; chances and outcomes are those of all judged, in order."""
    for (method, day), part in groupby(known(scope), key=lambda row: (row["method"], row["as_of"])):
        cases = list(part)
        yield method, day, [case["chance"] for case in cases], [bool(case["outcome"]) for case in cases]


@pytest.mark.parametrize("scope", [ALL, EAST], ids=["all", "East"])
@pytest.mark.parametrize("size", [1, 2, 200])
def test_every_figure_of_the_proof_equals_plain_python(scope: Scope, size: int) -> None:
    found = {row["method"]: row for row in rows("churn_proof", scope, size=size)}
    lists = list(listed(scope))
    assert set(found) == {"model", "recency", "signals"}
    for method, row in found.items():
        mine = [(chances, left) for name, _, chances, left in lists if name == method]
        hits = sum(sum(left[:size]) for _, left in mine)
        n = sum(len(left[:size]) for _, left in mine)
        judged = [(chance, came) for chances, left in mine for chance, came in zip(chances, left, strict=True)]
        base = sum(came for _, came in judged) / len(judged)
        spread = sum((sum(left) / len(left) - came) ** 2 for _, left in mine for came in left) / len(judged)
        assert (row["lists"], row["judged"], row["listed"], row["hits"]) == (len(mine), len(judged), n, hits)
        assert row["hit_rate"] == pytest.approx(hits / n)
        assert (row["low"], row["high"]) == pytest.approx(wilson(hits, n))
        assert row["base_rate"] == pytest.approx(base)
        assert row["lift"] == pytest.approx(hits / n / base)
        assert row["brier"] == pytest.approx(sum((chance - came) ** 2 for chance, came in judged) / len(judged))
        assert row["brier_base"] == pytest.approx(spread)


def test_a_list_by_hand() -> None:
    """January: the model lists C1 (left) and of the equal C2 and C3 the first (left); silence C4 and C2."""
    found = {row["method"]: row for row in rows("churn_proof", day=JANUARY, size=2)}
    assert (found["model"]["hits"], found["recency"]["hits"], found["signals"]["hits"]) == (2, 1, 2)
    assert (found["model"]["base_rate"], found["model"]["lift"]) == (0.5, 2.0)
    assert found["model"]["brier"] == pytest.approx((0.3**2 + 0.6**2 + 0.4**2 + 0.1**2) / 4)
    assert found["model"]["brier_base"] == pytest.approx(0.25)


def test_month_by_month_adds_up_to_the_whole() -> None:
    months = rows("churn_proof_months", size=2)
    assert {row["day"] for row in months} == {JANUARY, FEBRUARY}, "March is not known yet"
    for whole in rows("churn_proof", size=2):
        mine = [row for row in months if row["method"] == whole["method"]]
        assert sum(row["hits"] for row in mine) == whole["hits"]
        assert sum(row["listed"] for row in mine) == whole["listed"]
        for row in mine:
            alone = {each["method"]: each for each in rows("churn_proof", day=row["day"], size=2)}[row["method"]]
            assert row["hit_rate"] == alone["hit_rate"] and row["base_rate"] == alone["base_rate"]


@pytest.mark.parametrize("method", ["model", "recency", "signals"])
def test_bands_of_the_calibration_equal_plain_python(method: str) -> None:
    cases = [case for case in known(ALL) if case["method"] == method]
    expected = {}
    for band in range(10):
        mine = [case for case in cases if min(int(case["chance"] * 10 + 1e-9), 9) == band]
        if mine:
            hits = sum(bool(case["outcome"]) for case in mine)
            low, high = wilson(hits, len(mine))
            mean = sum(case["chance"] for case in mine) / len(mine)
            expected[band] = (len(mine), *(round(part, 9) for part in (mean, hits / len(mine), low, high)))
    names = ("expected", "left_rate", "low", "high")
    found = rows("churn_calibration", method=method)
    assert {row["band"]: (row["n"], *(round(row[name], 9) for name in names)) for row in found} == expected


def test_a_past_list_says_what_came_of_each() -> None:
    found = rows("churn_past_list", day=JANUARY, size=3)
    told = [(row["rank"], row["customer_id"], row["risk"], row["came_of_it"]) for row in found]
    assert told == [(1, "C1", 0.7, "left"), (2, "C2", 0.4, "left"), (3, "C3", 0.4, "stayed")]
    assert found[0]["customer_name"] == "Name C1" and found[0]["tier"] == "core" and found[0]["total"] == 3
    assert {row["came_of_it"] for row in rows("churn_past_list", day=MARCH)} == {"unknown"}
    assert [row["customer_id"] for row in rows("churn_past_list", size=2)] == ["C1", "C4"], "the latest known: February"
    assert [row["customer_id"] for row in rows("churn_past_list", day=JANUARY, method="recency", limit=1)] == ["C4"]


def test_filters_and_masks_hold_for_past_lists() -> None:
    assert [row["customer_id"] for row in rows("churn_past_list", EAST, day=JANUARY)] == ["C1", "C2"]
    masked = Scope(viewer=Viewer("v", sees_personal=False))
    assert {row["customer_name"] for row in rows("churn_past_list", masked, day=JANUARY)} == {MASK}
    assert len(rows("churn_past_list", Scope(date(2020, 1, 1), date(2020, 1, 2)), day=JANUARY)) == 4, "no period"


def test_the_latest_choice_comes_first() -> None:
    found = rows("churn_models")
    assert [(row["day"], row["method"], row["why"]) for row in found] == [
        (MARCH, "model", "better"),
        (FEBRUARY, "model", "better"),
        (JANUARY, "signals", "unproven"),
    ]
