"""Questions about what customers are expected to bring in, counted by hand and against pandas."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from queries import METRICS, Scope, ask
from tests.queries import fixture
from tests.queries.tier_fixture import ENDS, customer_months
from tests.queries.value_fixture import START

pytestmark = pytest.mark.usefixtures("full")


def rows(name: str, scope: Scope | None = None, **params: str | int) -> list[dict[str, Any]]:
    """An answer as dictionaries."""
    found: list[dict[str, Any]] = ask(name, scope or Scope(), **params).to_pylist()
    return found


def truth(day: date = ENDS[-1]) -> pd.DataFrame:
    """The fixture's customers at a month-end who have ever ordered."""
    months = pd.DataFrame(customer_months(fixture.CUSTOMERS))
    return months[(months.as_of == day) & months.clv.notna()]


@pytest.mark.parametrize("day", ENDS)
def test_totals_are_those_of_all_who_ever_ordered(day: date) -> None:
    found, expected = rows("value_totals", Scope(None, day))[0], truth(day)
    assert (found["customers"], found["judged"]) == (4, 4)
    for column in ("clv", "expected_orders", "margin_to_date"):
        assert found[column] == pytest.approx(expected[column].sum()), column
    assert found["margin"] == pytest.approx(0.5 * expected.spend.sum())
    assert found["alive"] == pytest.approx(expected.alive.mean())


@pytest.mark.parametrize("by", ["tier", "stage", "segment", "region", "industry", "persona"])
def test_groups_add_up_to_the_total(by: str) -> None:
    found, expected = pd.DataFrame(rows("value_by", by=by)), truth().groupby(by, dropna=False)
    assert found.clv.is_monotonic_decreasing and set(found.groups) == {len(expected)}
    got = found.set_index("value")
    for value, group in expected:
        row = got.loc[value if isinstance(value, str) else None]
        assert row.clv == pytest.approx(group.clv.sum())
        assert row["share"] == pytest.approx(group.clv.sum() / truth().clv.sum())
        assert row.clv_each == pytest.approx(group.clv.mean())
        assert (row.customers, row.alive) == (len(group), pytest.approx(group.alive.mean()))
        assert (row.expected_orders, row.margin_to_date) == (group.expected_orders.sum(), group.margin_to_date.sum())
    assert len(rows("value_by", by=by, limit=1)) == 1


def test_a_metric_is_the_same_wherever_it_is_asked() -> None:
    total = rows("value_totals")[0]
    for metric in ("clv", "expected_orders", "alive", "margin_to_date"):
        assert METRICS[metric].relation == "scoped_customer_months"
        scope = Scope(ENDS[-1], ENDS[-1])
        assert rows("metric_value", scope, metric=metric)[0]["value"] == pytest.approx(total[metric])


def test_customers_stand_by_what_they_are_expected_to_bring() -> None:
    found = rows("value_customers")
    expected = truth().sort_values(["clv", "customer_id"], ascending=[False, True])
    assert [row["customer_id"] for row in found] == expected.customer_id.tolist()
    assert [row["alive_percent"] for row in found] == [round(100 * share) for share in expected.alive]
    assert {row["total"] for row in found} == {4}
    stage = rows("value_customers", stage="retention")
    assert {row["life_stage"] for row in stage} == {"retention"}
    assert len(stage) == (truth().stage == "retention").sum() > 0


def test_the_latest_model_in_words() -> None:
    found = rows("value_models")[0]
    assert (found["day"], found["method"], found["why"]) == (ENDS[-1], "bgnbd", None)
    assert found["orders_a_year"] == pytest.approx(0.05 * 365.25 / 7)
    assert found["leaves"] == pytest.approx(0.2)
    assert found["order_worth"] == pytest.approx(30)
    assert rows("value_models", Scope(None, ENDS[0]))[0]["why"] == "too_few"
    assert rows("value_models", Scope(None, ENDS[0]))[0]["orders_a_year"] is None


def test_where_a_simpler_rule_stands_in() -> None:
    assert rows("value_fallbacks") == [
        {"why": "correlated", "months": 1, "first_day": ENDS[1], "last_day": ENDS[1]},
        {"why": "too_few", "months": 1, "first_day": ENDS[0], "last_day": ENDS[0]},
    ]


def test_the_proof_counts_the_second_half_alone() -> None:
    """Fifty came and forty-five were expected in each half, and five more at its beginning."""
    tracking, found = rows("value_tracking"), rows("value_proof")[0]
    assert [row["week"] for row in tracking] == list(range(1, 11))
    assert (found["split"], found["last_day"]) == (START + timedelta(days=35), START + timedelta(days=70))
    assert (found["actual"], found["expected"], found["error"]) == (50, 50, 0)
    assert (found["actual_in_all"], found["expected_in_all"]) == (100, 95)
    assert found["error_in_all"] == pytest.approx(-0.05)
