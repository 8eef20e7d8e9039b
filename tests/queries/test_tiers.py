"""Questions about tiers, counted by hand on five customers at three month-ends."""

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from queries import Scope, ask, unapplied
from tests.queries import fixture
from tests.queries.tier_fixture import ENDS, customer_months

JANUARY, FEBRUARY, MARCH = ENDS
TIERS = ["core", "growth", "dormant", "standard"]
pytestmark = pytest.mark.usefixtures("full")


def rows(name: str, scope: Scope | None = None, **params: str | int | date) -> list[dict[str, Any]]:
    """An answer as dictionaries."""
    found: list[dict[str, Any]] = ask(name, scope or Scope(), **params).to_pylist()
    return found


def until(day: date) -> Scope:
    """All data up to a day."""
    return Scope(None, day)


def truth() -> pd.DataFrame:
    """The fixture as a frame."""
    return pd.DataFrame(customer_months(fixture.CUSTOMERS))


def test_the_month_ends() -> None:
    assert [(row["day"], row["whole"]) for row in rows("month_ends")] == list(
        zip(ENDS, (True, True, False), strict=True)
    )
    assert rows("month_ends", Scope(JANUARY, JANUARY)) == rows("month_ends")


@pytest.mark.parametrize(
    ("day", "customers"), [(MARCH, [1, 1, 1, 2]), (FEBRUARY, [2, 0, 1, 2]), (date(2026, 2, 27), [1, 1, 1, 1])]
)
def test_tiers_as_of_the_last_month_end_of_the_period(day: date, customers: list[int]) -> None:
    found = rows("tiers_at", until(day))
    assert [row["tier"] for row in found] == TIERS
    assert [row["customers"] for row in found] == customers
    assert sum(row["customer_share"] for row in found) == pytest.approx(1)
    assert sum(row["spend_share"] for row in found) == pytest.approx(1)


def test_money_of_the_tiers() -> None:
    found = {row["tier"]: row for row in rows("tiers_at")}
    assert [found[tier]["spend"] for tier in TIERS] == [1500.0, 200.0, 500.0, 90.0]
    assert found["core"]["spend_share"] == pytest.approx(1500 / 2290)
    assert [found[tier]["revenue"] for tier in TIERS] == [375.0, 0.0, 0.0, 22.5]


def test_shares_are_of_each_month() -> None:
    found = pd.DataFrame(rows("tiers_over_time"))
    expected = truth().groupby(["as_of", "tier"]).agg(customers=("tier", "size"), revenue=("revenue", "sum"))
    assert found.set_index(["day", "tier"]).customers.to_dict() == expected.customers.to_dict()
    assert found.set_index(["day", "tier"]).revenue.to_dict() == expected.revenue.to_dict()
    assert found.groupby("day").customer_share.sum().tolist() == pytest.approx([1, 1, 1])
    assert [row["day"] for row in rows("tiers_over_time", Scope(date(2026, 2, 1), FEBRUARY))] == [FEBRUARY] * 3


def test_the_grid_holds_everybody_who_ever_ordered() -> None:
    found = {(row["r"], row["f"]): row["customers"] for row in rows("rfm_grid")}
    assert found == {(5, 5): 1, (3, 3): 1, (4, 4): 1, (1, 1): 1}
    assert sum(row["customer_share"] for row in rows("rfm_grid")) == pytest.approx(1)


def test_few_make_most() -> None:
    """1500, 500, 200 and 90 of 2290: one of four is the top fifth, and two make more than four fifths."""
    found = rows("revenue_of_few")[0]
    assert (found["n"], found["top_customers"], found["most_customers"]) == (4, 1, 2)
    assert found["top_spend_share"] == pytest.approx(1500 / 2290)
    curve = rows("revenue_pareto")
    assert [row["customers"] for row in curve] == [1, 2, 3, 4]
    assert [row["spend"] for row in curve] == [1500, 2000, 2200, 2290]
    assert curve[-1]["spend_share"] == pytest.approx(1)


def test_the_curve_has_few_points_and_ends_with_everybody(folder: Path) -> None:
    spend = [float(n * n) for n in range(1, 1001)]
    base = customer_months(fixture.CUSTOMERS)[-1]
    many = [{**base, "customer_id": f"X{n}", "spend": value, "orders": 1} for n, value in enumerate(spend)]
    fixture.publish(folder, {**fixture.rows(), "customer_months": many})
    curve = rows("revenue_pareto")
    assert len(curve) == 101 and curve[-1]["customers"] == 1000
    top = rows("revenue_of_few")[0]
    assert top["top_customers"] == 200
    assert top["top_spend_share"] == pytest.approx(sum(sorted(spend)[-200:]) / sum(spend))
    running = pd.Series(sorted(spend, reverse=True)).cumsum() / sum(spend)
    assert top["most_customers"] == (running < 0.8).sum() + 1


def test_moves_by_hand() -> None:
    """Since January: C1 rose to core, C2 fell to growth, C3 came back, C4 fell silent, C5 is new."""
    found = {row["move"]: row for row in rows("tier_moves", before=JANUARY)}
    assert {move: row["customers"] for move, row in found.items()} == {
        "up": 1,
        "down": 1,
        "back": 1,
        "silent": 1,
        "new": 1,
    }
    assert (found["up"]["spend_before"], found["up"]["spend"]) == (300, 1500)
    since_february = {row["move"]: row["customers"] for row in rows("tier_moves")}
    assert since_february == {"same": 2, "down": 1, "back": 1, "silent": 1}
    assert rows("tier_moves", before=FEBRUARY) == rows("tier_moves")


def test_the_matrix_adds_up_to_everybody() -> None:
    found = rows("tier_matrix", before=JANUARY)
    assert sum(row["customers"] for row in found) == len(fixture.CUSTOMERS)
    cells = {(row["tier_before"], row["tier"]): row["customers"] for row in found}
    assert cells == {
        ("growth", "core"): 1,
        ("core", "growth"): 1,
        ("dormant", "standard"): 1,
        ("standard", "dormant"): 1,
        ("new", "standard"): 1,
    }
    assert {row["share"] for row in found} == {1.0}
    assert {(row["tier_before"], row["tier"]): row["share_now"] for row in found} == {
        ("growth", "core"): 1.0,
        ("core", "growth"): 1.0,
        ("dormant", "standard"): 0.5,
        ("standard", "dormant"): 1.0,
        ("new", "standard"): 0.5,
    }


def test_why_they_moved_by_hand() -> None:
    """C1 spends more; C2 orders less and spends less; C3 ordered again; C4 has been silent for longer."""
    found = {row["customer_id"]: row["move_why"] for row in rows("tier_movers", before=JANUARY)}
    assert found == {"C1": "m_up", "C2": "f_down m_down", "C3": "r_up", "C4": "r_down"}
    counted = {(row["tier_before"], row["tier"]): row for row in rows("tier_reasons", before=JANUARY)}
    assert counted["core", "growth"] == {
        "tier_before": "core",
        "tier": "growth",
        "why": "f_down m_down",
        "customers": 1,
        "share": 1.0,
    }
    assert sum(row["customers"] for row in counted.values()) == 4


def test_a_score_that_moved_without_its_customer_is_a_limit_that_moved(folder: Path) -> None:
    """C1 spent no more than in January; C5 had never ordered."""
    changed: dict[str, Any] = {"C1": {"spend": 300.0}, "C5": {"tier": "core", "r": 5, "f": 5, "m": 5, "p": 5}}
    told = [
        {**row, **changed.get(row["customer_id"], {})} if row["as_of"] == MARCH else row
        for row in customer_months(fixture.CUSTOMERS)
    ]
    fixture.publish(folder, {**fixture.rows(), "customer_months": told})
    found = {row["customer_id"]: row["move_why"] for row in rows("tier_movers")}
    assert found["C5"] == "first"
    assert {row["customer_id"]: row["move_why"] for row in rows("tier_movers", before=JANUARY)}["C1"] == "m_limit"


def test_a_way_out_of_silence_without_an_order_is_no_return(folder: Path) -> None:
    """Dormant by past value at quintiles: others may outgrow it while the customer stays silent."""
    changed = [
        {**row, "last_order_day": date(2025, 6, 1)} if row["customer_id"] == "C3" else row
        for row in customer_months(fixture.CUSTOMERS)
    ]
    fixture.publish(folder, {**fixture.rows(), "customer_months": changed})
    assert [row["customer_id"] for row in rows("tier_movers", move="down")] == ["C2", "C3"]
    assert rows("tier_movers", move="back") == []


@pytest.mark.parametrize("move", ["up", "down", "silent", "back", "same"])
@pytest.mark.parametrize("before", [JANUARY, FEBRUARY])
def test_a_count_of_moves_opens_to_as_many_customers(move: str, before: date) -> None:
    counted = {row["move"]: row["customers"] for row in rows("tier_moves", before=before)}
    found = rows("tier_movers", before=before, move=move)
    assert len(found) == counted.get(move, 0) and {row["total"] for row in found} <= {len(found)}


def test_filters_take_the_tier_of_that_day() -> None:
    core = until(FEBRUARY).narrow("tier", "core")
    assert [row["customer_id"] for row in rows("tier_customers", core)] == ["C1", "C2"]
    assert [row["customer_name"] for row in rows("tier_customers", core)] == ["Name C1", "Name C2"]
    assert [row["customers"] for row in rows("tiers_at", core)] == [2, 0, 0, 0]
    risen = Scope().narrow("tier", "core")
    assert [row["move"] for row in rows("tier_moves", risen, before=JANUARY)] == ["up"]


def test_groups_have_shares_of_their_own() -> None:
    for by, day in product(("segment", "region", "industry", "persona"), ENDS):
        found = rows("tier_by", until(day), by=by)
        for group in {row["value"] for row in found}:
            own = [row for row in found if row["value"] == group]
            assert sum(row["share"] for row in own) == pytest.approx(1)
            assert sum(row["customers"] for row in own) == own[0]["n"]
            for row in own:
                opened = rows("tier_customers", until(day), tier=row["tier"], **{by: group or "—"})
                assert len(opened) == row["customers"]


def test_cells_and_newcomers_open_to_their_customers() -> None:
    for row in rows("rfm_grid"):
        assert len(rows("tier_customers", r=row["r"], f=row["f"])) == row["customers"]
    assert [row["customer_id"] for row in rows("tier_customers", since=JANUARY)] == ["C5"]
    assert len(rows("tier_customers", buyers=1)) == 4
    assert [row["spend"] for row in rows("tier_customers")] == [1500, 500, 200, 90, 0]


def test_rules_and_limits() -> None:
    assert [(row["tier"], row["is_default"]) for row in rows("tier_rules")][-1] == ("standard", True)
    assert [row["score"] for row in rows("score_cuts")] == [2, 3, 4, 5]
    assert rows("score_cuts", until(FEBRUARY))[-1]["spend_above"] == 500


def test_what_tiers_cannot_be_filtered_by_is_told() -> None:
    scope = Scope().narrow("channel", "phone").narrow("tier", "core")
    assert unapplied("tiers_at", scope) == {"channel": ("scoped_customer_months",)}
