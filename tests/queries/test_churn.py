"""The watchlist's questions against the fixture that was decided by hand."""

from datetime import date
from typing import Any

import pytest

from queries import Scope, Viewer, ask
from queries.relations import MASK
from tests.queries.churn_fixture import CONSENT, DAYS_LEFT, REASONS, SHOWN, VALUES, WEIGHTS

ALL = Scope()
pytestmark = pytest.mark.usefixtures("full")


def rows(name: str, scope: Scope = ALL, **params: str | int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(name, scope, **params).to_pylist()
    return found


def ids(scope: Scope = ALL, **params: str | int) -> list[str]:
    return [row["customer_id"] for row in rows("watchlist", scope, **params)]


def test_the_call_list_is_ranked_by_risk_then_score_then_value() -> None:
    found = rows("watchlist")
    assert [(row["customer_id"], row["risk"], row["risk_score"]) for row in found] == [
        ("C1", 0.8, 65),
        ("C2", None, 50),
    ]
    assert [row["total"] for row in found] == [2, 2]
    assert ids(which="all") == ids(which="all", sort="score") == ["C1", "C2", "C4"]
    assert ids(which="all", sort="value") == ["C4", "C1", "C2"]
    assert ids(which="all", sort="loss") == ["C1", "C2", "C4"], "where there is no risk the score ranks"
    assert [row["total"] for row in rows("watchlist", which="all", limit=1)] == [3]


def test_the_list_says_how_many_days_are_left_and_who_refused() -> None:
    for row in rows("watchlist", which="all"):
        name = row["customer_id"]
        assert row["days_left"] == DAYS_LEFT.get(name)
        assert row["consent"] == ("refused" if CONSENT.get(name) is False else None)


def test_who_can_still_be_kept_and_who_is_already_silent_are_apart() -> None:
    assert ids(which="keep") == ["C1"]
    assert ids(which="silent") == ["C2"]


def test_the_reasons_are_those_of_the_risk_else_the_signals() -> None:
    found = {row["customer_id"]: row for row in rows("watchlist", which="all")}
    assert found["C1"]["why"] == REASONS["C1"] and found["C1"]["signals"] == " ".join(SHOWN["C1"])
    assert found["C4"]["why"] == found["C4"]["signals"] == " ".join(SHOWN["C4"])


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"signal": "detractor"}, ["C1"]),
        ({"signal": "orders"}, []),
        ({"signal": "breached"}, ["C4"]),
        ({"owner": "王芳"}, ["C1"]),
        ({"owner": "—"}, ["C2"]),
        ({"search": "c2"}, ["C2"]),
        ({"search": "NAME C4"}, ["C4"]),
        ({"search": "李"}, ["C4"]),
        ({"search": "%"}, []),
    ],
)
def test_the_list_is_narrowed_by_signal_owner_and_search(params: dict[str, str], expected: list[str]) -> None:
    assert ids(ALL, which="all", **params) == expected


def test_filters_apply_and_the_period_does_not() -> None:
    assert ids(Scope().narrow("region", "West"), which="all") == ["C4"]
    assert ids(Scope(date(2020, 1, 1), date(2020, 1, 2))) == ["C1", "C2"]


def test_a_masked_name_is_neither_shown_nor_found() -> None:
    masked = Scope(viewer=Viewer("v", sees_personal=False))
    assert {row["customer_name"] for row in rows("watchlist", masked)} == {MASK}
    assert ids(masked, search="name c1") == []
    assert ids(masked, search="C1") == ["C1"]


def test_totals_are_the_sum_of_every_split() -> None:
    total = rows("watch_totals")[0]
    silent = {"silent": 1, "silent_value": VALUES["C2"]}
    assert total == {"flagged": 3, "worth": 2, "value_at_risk": VALUES["C1"] + VALUES["C2"], **silent}
    for by in ("owner", "tier", "segment", "region", "industry", "action"):
        found = rows("watch_by", by=by)
        assert sum(row["figure"] for row in found) == total["value_at_risk"]
        assert sum(row["customers"] for row in found) == total["worth"]
        assert sum(row["share"] for row in found) == pytest.approx(1)
    assert [(row["value"], row["share"]) for row in rows("watch_by", by="owner")] == [("王芳", 0.82), (None, 0.18)]


def test_each_signal_says_for_how_many_it_fires_of_how_many_judged() -> None:
    found = {row["signal"]: (row["weight"], row["fires"], row["judged"]) for row in rows("signals_by")}
    fired = [part.split(":")[0] for parts in SHOWN.values() for part in parts]
    assert found == {name: (weight, fired.count(name), 2 * fired.count(name)) for name, weight in WEIGHTS.items()}


def test_filters_narrow_both_sides_of_a_signal() -> None:
    found = {row["signal"]: row for row in rows("signals_by", Scope().narrow("region", "West"))}
    assert (found["breached"]["fires"], found["breached"]["judged"]) == (1, 2)
    assert (found["silence"]["fires"], found["silence"]["judged"], found["silence"]["judged_at_all"]) == (0, 0, 5)
