"""Actions on causes and what came of them, against other ways to work it out and what was written down by hand."""

import math
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from queries import Scope, Viewer, ask
from queries.relations import MASK
from store import Action, actions
from tests.queries.actions_fixture import ACTIONS, START, Weeks, publish

FIRST, DUE = date(2025, 1, 6), date(2099, 1, 1)
Row = dict[str, Any]


def rows(name: str, scope: Scope | None = None, **params: Any) -> list[Row]:
    found: list[Row] = ask(name, scope or Scope(), **params).to_pylist()
    return found


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, ["A2", "A1", "A3"]),
        ({"which": "open"}, ["A1", "A2"]),
        ({"which": "ended"}, ["A3"]),
        ({"cause": "late_delivery"}, ["A1", "A2"]),
        ({"cause": "damage"}, []),
    ],
)
@pytest.mark.usefixtures("full")
def test_actions_stand_as_their_latest_entry_says(params: Row, expected: list[str]) -> None:
    found = {row["action_id"]: row for row in rows("action_rows", **params)}
    assert sorted(found) == sorted(expected)
    latest = {entry.action: entry for entry in ACTIONS}
    assert {name: row["action_status"] for name, row in found.items()} == {
        name: latest[name].status for name in expected
    }


@pytest.mark.usefixtures("full")
def test_the_next_one_due_comes_first_and_the_history_is_whole() -> None:
    found = rows("action_rows")
    assert [(row["action_id"], row["due_on"]) for row in found[:1]] == [("A1", date(2026, 3, 20))]
    assert {row["total"] for row in found} == {3}
    told = [(row["action_status"], row["author"], row["action_owner"]) for row in rows("action_history", action="A1")]
    assert told == [("running", "Ben", "Ben"), ("planned", "Ana", "Ana")]
    assert rows("action_history", action="A3")[0]["to_do"] == f"Refund at once, ask {MASK}"


@pytest.fixture
def kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to publish in, with a store of its own."""
    monkeypatch.setenv("STORE_URL", f"sqlite:///{folder / 'kept' / 'store.sqlite'}")
    return folder


def act(name: str = "A", cause: str = "own", week: int = 10, status: str = "running", **more: Any) -> Action:
    """An action that begins with a week of the company."""
    given: Row = {"owner": "Ana", "starts_on": FIRST + timedelta(weeks=week), "due_on": DUE, **more}
    return Action(name, "Ana", cause, "Mend it", status, **given)


def effects(scope: Scope | None = None, **params: Any) -> dict[str, Row]:
    return {row["action_id"]: row for row in rows("action_effects", scope, **params)}


def test_even_weeks_by_hand(kept: Path) -> None:
    """40 complaints in eight weeks and then 20: half; variance 1/40 + 1/20, t of 14 degrees of freedom 2.1448."""
    publish(kept, FIRST, {("own", "East"): [5] * 10 + [2, 3] * 4, ("other", "East"): [50] * 18})
    actions.append([act()])
    found = effects()["A"]
    assert (found["weeks"], found["before"], found["after"], found["others_before"], found["others_after"]) == (
        *(8, 40, 20),
        *(400, 400),
    )
    assert found["ratio"] == found["beyond"] == pytest.approx(0.5)
    assert found["dispersion"] == found["others_dispersion"] == 1
    half = 2.1448 * math.sqrt(1 / 40 + 1 / 20)
    assert (found["low"], found["high"]) == pytest.approx((0.5 / math.exp(half), 0.5 * math.exp(half)), rel=1e-4)
    assert found["verdict"] == "fell" and not found["unusual"] and found["usual"] == 5


def by_hand(own: list[int], others: list[int], at: int, weeks: int) -> Row:
    """The same figures by numpy and scipy, from the counts of each week."""
    t = stats.t.ppf(0.975, 2 * weeks - 2)
    logs, variances = [], []
    for counts in (own, others):
        sides = np.array([counts[at - weeks : at], counts[at : at + weeks]], float)
        squares = ((sides - sides.mean(axis=1, keepdims=True)) ** 2).sum(axis=1) / sides.mean(axis=1)
        before, after = sides.sum(axis=1)
        logs.append(math.log(after / before))
        variances.append(max(1, squares.sum() / (2 * weeks - 2)) * (1 / before + 1 / after))
    beyond = logs[0] - logs[1]
    own_half, both_half = t * math.sqrt(variances[0]), t * math.sqrt(sum(variances))
    return {
        "ratio": math.exp(logs[0]),
        "low": math.exp(logs[0] - own_half),
        "high": math.exp(logs[0] + own_half),
        "others_ratio": math.exp(logs[1]),
        "beyond": math.exp(beyond),
        "beyond_low": math.exp(beyond - both_half),
        "beyond_high": math.exp(beyond + both_half),
    }


@pytest.mark.parametrize("after", [3, 5, 8, 20])
def test_uneven_weeks_against_scipy(kept: Path, after: int) -> None:
    drawn = np.random.default_rng(after)
    own, others = (list(map(int, drawn.poisson(drawn.gamma(4, mean / 4, 30 + after)))) for mean in (12, 60))
    publish(kept, FIRST, {("own", "East"): own, ("other", "West"): others, ("acted", "West"): own})
    actions.append([act(week=30), act("B", "acted", 29), act("C", "other", 1)])
    found = effects()["A"]
    weeks = min(after, 8)
    assert found["weeks"] == weeks
    for name, value in by_hand(own, others, 30, weeks).items():
        assert found[name] == pytest.approx(value, rel=1e-2), name
    earlier = own[max(0, 30 - weeks - 26) : 30 - weeks]
    assert found["usual"] == pytest.approx(sum(earlier) / len(earlier))


def test_even_weeks_agree_with_the_exact_interval(kept: Path) -> None:
    """Given the sum, those afterwards are binomial: Clopper and Pearson's limits, put as a ratio, for much data."""
    publish(kept, FIRST, {("own", "East"): [60] * 10 + [45] * 8, ("other", "East"): [50] * 18})
    actions.append([act()])
    found = effects()["A"]
    limits = stats.binomtest(8 * 45, 8 * 105).proportion_ci(0.95, "exact")
    exact = [limit / (1 - limit) for limit in (limits.low, limits.high)]
    stretched = stats.t.ppf(0.975, 14) / stats.norm.ppf(0.975)
    for end, limit in zip(("low", "high"), exact, strict=True):
        assert math.log(found[end] / 0.75) == pytest.approx(stretched * math.log(limit / 0.75), rel=0.03)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"week": 16}, {"verdict": "early", "days_more": 7, "weeks": 2}),
        ({"week": 19}, {"verdict": "not_begun"}),
        ({"starts_on": None, "status": "planned"}, {"verdict": "not_begun", "weeks": None}),
        ({"status": "dropped"}, {"verdict": "dropped"}),
        ({"week": 2}, {"verdict": "no_before"}),
        ({"cause": "rare"}, {"verdict": "few", "before": 8, "after": 8}),
        ({"cause": "unheard"}, {"verdict": "few", "before": 0}),
        ({"region": "West"}, {"verdict": "alone", "before": 40, "others_before": 0}),
        ({"region": "East"}, {"verdict": "chance", "before": 40, "others_before": 408}),
        ({"region": "North"}, {"verdict": "few"}),
        ({"cause": "other"}, {"verdict": "rose", "before": 400, "after": 800}),
    ],
)
def test_what_cannot_be_said_yet_is_not_said(kept: Path, given: Row, expected: Row) -> None:
    company: Weeks = {
        ("own", "East"): [5] * 18,
        ("own", "West"): [5] * 18,
        ("rare", "East"): [1] * 18,
        ("other", "East"): [50] * 10 + [100 if given.get("cause") == "other" else 50] * 8,
    }
    publish(kept, FIRST, company)
    actions.append([act(**given)])
    found = effects()["A"]
    assert {name: found[name] for name in expected} == expected


def test_undated_complaints_are_said_to_be_so(folder: Path, kept: Path) -> None:
    from tests.queries import fixture

    fixture.publish(folder, {})
    actions.append([act()])
    assert effects()["A"]["verdict"] == "undated"


def test_a_week_that_is_not_over_does_not_count(kept: Path) -> None:
    whole = {("own", "East"): [5] * 14, ("other", "East"): [50] * 14}
    publish(kept, FIRST, whole, as_of=datetime(2025, 1, 6) + timedelta(weeks=14, days=-2))
    actions.append([act(week=10)])
    assert (effects()["A"]["weeks"], effects()["A"]["days_more"]) == (3, -6)


def test_none_at_all_afterwards_still_has_an_interval(kept: Path) -> None:
    publish(kept, FIRST, {("own", "East"): [5] * 10, ("other", "East"): [50] * 18})
    actions.append([act()])
    found = effects()["A"]
    assert (found["after"], found["ratio"], found["verdict"]) == (0, pytest.approx(0.5 / 40.5), "fell")
    assert 0 < found["low"] < found["ratio"] < found["high"] < 1


def test_a_fall_back_from_above_what_was_usual_is_no_success(kept: Path) -> None:
    surge = [10] * 30 + [10, 10, 10, 10, 30, 30, 30, 30] + [10] * 8
    high = [10] * 30 + [40] * 16
    company = {
        ("own", "East"): surge,
        ("other", "East"): [50] * 46,
        ("even", "East"): [10] * 46,
        ("high", "East"): high,
    }
    publish(kept, FIRST, company)
    actions.append([act(week=38), act("B", "even", 38), act("C", "high", 38)])
    found = effects()
    assert {name: (row["unusual"], row["usual"], row["verdict"]) for name, row in found.items()} == {
        "A": (True, 10, "back"),
        "B": (False, 10, "chance"),
        "C": (True, 10, "chance"),
    }
    assert found["A"]["beyond_high"] < 1, "it fell beyond chance"


def test_actions_on_the_same_cause_at_once_are_named(kept: Path) -> None:
    publish(kept, FIRST, {("own", "East"): [5] * 18, ("other", "East"): [50] * 18})
    others = [act("B", week=12), act("C", week=11, status="dropped"), act("D", week=2), act("E", week=9, region="East")]
    actions.append([act(region="West"), *others])
    assert {name: row["alongside"] for name, row in effects().items()}["A"] == 1, "B alone: nobody else acts in West"


def test_filters_and_permission_apply_to_what_is_counted(kept: Path) -> None:
    publish(kept, FIRST, {("own", "East"): [5] * 18, ("own", "West"): [7] * 18, ("other", "East"): [50] * 18})
    actions.append([act()])
    assert effects()["A"]["before"] == 96
    assert effects(Scope().narrow("region", "West"))["A"]["before"] == 56
    assert effects(Scope(viewer=Viewer("east", regions=("East",))))["A"]["before"] == 40
    assert effects(Scope(viewer=Viewer("support", departments=("Support",))))["A"]["before"] is None


REGIONS = [f"R{n:03}" for n in range(240)]


@pytest.mark.parametrize(("factor", "least", "most"), [(1.0, 0, 0.05), (0.3, 0.8, 1)])
def test_chance_alone_is_seldom_called_a_fall_and_a_real_one_is_found(
    kept: Path, factor: float, least: float, most: float
) -> None:
    """Actions in 240 regions whose weekly numbers grow and vary more than by chance alone (gamma-mixed Poisson)."""
    drawn, weeks = np.random.default_rng(7), 20
    growth = 1.02 ** np.arange(weeks)
    company: dict[tuple[str, str], list[int]] = {}
    for region in REGIONS:
        for cause, mean in (("own", 12), ("other", 40)):
            means = growth * mean * np.where((np.arange(weeks) >= 12) & (cause == "own"), factor, 1)
            company[cause, region] = list(map(int, drawn.poisson(drawn.gamma(8, means / 8))))
    publish(kept, FIRST, company)
    actions.append([act(region, week=12, region=region) for region in REGIONS])
    told = Counter(row["verdict"] for row in effects().values())
    assert least <= told["fell"] / len(REGIONS) <= most, told


def test_weeks_of_one_action_add_up_to_its_figures(kept: Path) -> None:
    own, others = [3, 4] * 9, [20, 30] * 9
    publish(kept, FIRST, {("own", "East"): own, ("other", "West"): others})
    actions.append([act()])
    found = rows("action_weeks", action="A")
    assert [row["n"] for row in found] == own and [row["week"] for row in found] == list(range(-10, 8))
    assert [row["others"] for row in found] == others
    assert sum(row["n"] for row in found if row["week"] >= 0) == effects()["A"]["after"]


def test_the_fixture_s_action_is_begun(full: Path) -> None:
    assert effects()["A1"]["weeks"] == 3 and date(2026, 3, 10) > START
