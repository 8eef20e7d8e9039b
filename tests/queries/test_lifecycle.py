"""Questions about the life of customers: by hand; survival against what was published and what scipy says."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from queries import Scope, ask
from tests.queries import fixture
from tests.queries.tier_fixture import ENDS, STAGES, customer_months

JANUARY, FEBRUARY, MARCH = ENDS
FREIREICH = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
"""Weeks in remission under 6-MP, + = censored: Freireich et al. 1963, Blood 21(6), as in every textbook since."""


def rows(name: str, scope: Scope | None = None, **params: str | int | date) -> list[dict[str, Any]]:
    """An answer as dictionaries."""
    found: list[dict[str, Any]] = ask(name, scope or Scope(), **params).to_pylist()
    return found


def publish_lives(folder: Path, lives: list[tuple[int, bool, str]], tiers: tuple[str, ...] = ()) -> None:
    """Customers whose lives lasted so many days, over or not, each in a segment and, if told, a tier at their start."""
    base = customer_months(fixture.CUSTOMERS)[-2]
    months = [
        {
            **base,
            "customer_id": f"X{n}",
            "segment": segment,
            "stage": "churned" if over else "retention",
            "age_days": days + 100 if over else days,
            "recency_days": 140,
            "limit_days": 39.5,
        }
        for n, (days, over, segment) in enumerate(lives)
    ]
    known = [{"customer_id": f"X{n}", "first_tier": tiers[n] if tiers else None} for n in range(len(lives))]
    fixture.publish(folder, {**fixture.rows(), "customer_months": months, "customer_lives": known})


def test_survival_of_the_remission_data(folder: Path) -> None:
    """Survival at each week in which somebody relapsed, and the standard errors, as published."""
    lives = [(int(week.rstrip("+")), "+" not in week, "small") for week in FREIREICH.split()]
    publish_lives(folder, lives)
    found = {row["life_days"]: row for row in rows("survival", step=1)}
    published = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert {week: round(found[week]["share"], 3) for week in published} == published
    assert {week: found[week]["at_risk"] for week in published} == {6: 21, 7: 17, 10: 15, 13: 12, 16: 11, 22: 7, 23: 6}
    assert found[35]["churned"] == 9 and found[35]["share"] == found[23]["share"]
    # R: survfit(Surv(t, d) ~ 1, conf.type = "log-log")
    assert (round(found[10]["low"], 3), round(found[10]["high"], 3)) == (0.503, 0.889)


def test_survival_and_its_interval_equal_scipy(folder: Path) -> None:
    made = np.random.default_rng(7)
    lives = [
        (int(days), bool(over), segment)
        for segment, n, mean in (("small", 60, 40), ("private", 45, 90))
        for days, over in zip(made.exponential(mean, n).astype(int) + 1, made.random(n) < 0.6, strict=True)
    ]
    publish_lives(folder, lives)
    for segment in ("small", "private"):
        own = [(days, over) for days, over, where in lives if where == segment]
        data = stats.CensoredData(
            uncensored=[days for days, over in own if over], right=[days for days, over in own if not over]
        )
        curve = stats.ecdf(data).sf
        low, high = curve.confidence_interval(method="log-log")
        found = [row for row in rows("survival", by="segment", step=1) if row["value"] == segment]
        for row in found:
            assert row["share"] == pytest.approx(curve.evaluate(row["life_days"]))
            if row["low"] is not None:
                assert row["low"] == pytest.approx(low.evaluate(row["life_days"]))
                assert row["high"] == pytest.approx(high.evaluate(row["life_days"]))
        assert sum(row["low"] is not None for row in found) > len(found) / 2


def test_steps_keep_the_last_day_of_each(folder: Path) -> None:
    publish_lives(folder, [(5, True, "small"), (6, True, "small"), (20, False, "small"), (30, True, "small")])
    every = {row["life_days"]: row["share"] for row in rows("survival", step=1)}
    assert every == {5: pytest.approx(0.75), 6: pytest.approx(0.5), 20: pytest.approx(0.5), 30: 0}
    assert {row["life_days"]: row["share"] for row in rows("survival", step=7)} == {
        day: share for day, share in every.items() if day != 5
    }


def test_curves_by_tier_are_by_the_tier_at_the_start(folder: Path) -> None:
    """By today's tier, which rests on having stayed, nobody of a good one would ever seem to leave."""
    publish_lives(folder, [(5, True, "small"), (9, True, "small"), (30, False, "small")], ("core", "growth", "core"))
    found = {(row["value"], row["life_days"]): row["share"] for row in rows("survival", by="tier", step=1)}
    assert found == {("core", 5): pytest.approx(0.5), ("core", 30): pytest.approx(0.5), ("growth", 9): 0}


@pytest.mark.usefixtures("full")
def test_stages_from_month_end_to_month_end() -> None:
    for before, place in ((JANUARY, 0), (FEBRUARY, 1)):
        found = {(row["stage_before"], row["stage"]): row for row in rows("stage_matrix", before=before)}
        expected: dict[tuple[str, str], int] = {}
        for stages in STAGES.values():
            told = stages if len(stages) == 3 else ("new", *stages)
            at = (told[place], told[-1])
            expected[at] = expected.get(at, 0) + 1
        assert {at: row["customers"] for at, row in found.items()} == expected
        for then in {at[0] for at in found}:
            assert sum(row["share"] for at, row in found.items() if at[0] == then) == pytest.approx(1)
        for (then, now), row in found.items():
            if then == "new":
                assert len(rows("tier_customers", stage=now, since=before)) == row["customers"]
            else:
                assert len(rows("stage_movers", before=before, stage_before=then, stage=now)) == row["customers"]


@pytest.mark.usefixtures("full")
def test_cohorts_by_hand() -> None:
    """Up to 10 March, February is the last month that is over: C4 of January has only the month after."""
    found = {
        (row["cohort"], row["after"]): (row["n"], row["customers"]) for row in rows("cohort_retention", by="month")
    }
    november, december, january = date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)
    assert found == {
        (november, 2): (2, 1),
        (november, 3): (2, 1),
        (december, 1): (1, 0),
        (december, 2): (1, 0),
        (january, 0): (1, 1),
        (january, 1): (1, 0),
    }
    quarters = {(row["cohort"], row["after"]): (row["n"], row["customers"]) for row in rows("cohort_retention")}
    october = date(2025, 10, 1)
    assert quarters == {(october, 1): (3, 1), (october, 2): (3, 1), (january, 0): (1, 1), (january, 1): (1, 0)}
    earlier = {row["cohort"]: row["after"] for row in rows("cohort_retention", Scope(None, JANUARY), by="month")}
    assert earlier == {november: 2, december: 1, january: 0}


@pytest.mark.usefixtures("full")
def test_a_cell_of_the_triangle_opens_to_its_customers() -> None:
    for by in ("month", "quarter"):
        for row in rows("cohort_retention", by=by):
            opened = rows("cohort_customers", by=by, cohort=row["cohort"], after=row["after"])
            assert len(opened) == row["customers"] and {one["total"] for one in opened} <= {row["customers"]}


@pytest.mark.usefixtures("full")
def test_how_fast_they_move_on_by_hand() -> None:
    """Only C5 and C4 were first known since there are month-ends; March is not over."""
    found = rows("stage_conversion", by="month", within=1)
    assert found == [
        {
            "cohort": date(2026, 1, 1),
            "n": 1,
            "activation": 1.0,
            "retention": 0.0,
            "expansion": 0.0,
            "referral": 0.0,
            "churned": 0.0,
        }
    ]
    assert [row["cohort"] for row in rows("stage_conversion", by="month", within=0)] == [
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


@pytest.mark.usefixtures("full")
def test_who_bought_again_by_hand() -> None:
    """Of four buyers known for long, C1 came back after 20 days, C2 after 61, C3 after 91, C4 never."""
    found = rows("rhythm")[0]
    assert (found["n_90"], found["repurchase_90"]) == (4, 0.5)
    assert (found["repurchase_180"], found["repurchase_365"]) == (0.75, 0.75)
    assert (found["customers"], found["cycle"]) == (4, 30.0)
    core = rows("rhythm", Scope().narrow("tier", "core"))[0]
    assert (core["n_90"], core["repurchase_90"]) == (1, 1.0)


@pytest.mark.usefixtures("full")
def test_groups_by_stage_and_tier_by_hand() -> None:
    found = {row["value"]: row for row in rows("lifecycle_by")}
    assert {stage: row["customers"] for stage, row in found.items()} == {
        "expansion": 1,
        "retention": 2,
        "churned": 1,
        "acquisition": 1,
    }
    assert (found["expansion"]["arpu"], found["expansion"]["health"]) == (375.0, 100.0)
    assert (found["retention"]["revenue"], found["retention"]["arpu"]) == (22.5, 11.25)
    assert (found["churned"]["active"], found["churned"]["arpu"]) == (0, None)
    assert found["acquisition"]["health"] is None and found["acquisition"]["clv_each"] is None
    by_tier = rows("lifecycle_by", by="tier")
    assert sum(row["customers"] for row in by_tier) == 5
    assert sum(row["share"] for row in by_tier) == pytest.approx(1)
    assert [(row["step"], row["customers"]) for row in rows("health_spread")] == [(2, 1), (6, 1), (8, 1), (9, 1)]
