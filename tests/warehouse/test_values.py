"""The value of every customer at every month-end: by hand, by the papers' formulas, and from nothing later."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from scipy.special import betaln, gammaln, hyp2f1

from tests.warehouse.value_world import POLICY_FILE, START, Found, Order, company, valued
from warehouse.derive.value.bgnbd import Bgnbd

Write = Callable[[str, str], Path]
DAYS = 540
ENDS = [START + timedelta(days=days) for days in (30, 180, 300, 420, DAYS - 1)]
KEPT = 0.4 / 1.1**0.5
WEEKS = 365.25 / 7


@pytest.fixture(scope="module")
def orders() -> list[Order]:
    return company(900, DAYS)


@pytest.fixture(scope="module")
def found(orders: list[Order]) -> Found:
    return valued(orders, ENDS)


def histories(orders: list[Order], end: date) -> pd.DataFrame:
    """By customer from the raw orders: repeat orders, weeks from the first to the last and to ``end``, total."""
    known = pd.DataFrame(orders, columns=["who", "day", "net"])
    by_customer = known[known.day <= end].groupby("who")
    first, last = by_customer.day.min(), by_customer.day.max()
    weeks = {"t": [d.days / 7 for d in last - first], "T": [(end - day).days / 7 for day in first]}
    return pd.DataFrame({"x": by_customer.size() - 1, **weeks, "total": by_customer.net.sum()})


def likelihood(logs: np.ndarray, x: np.ndarray, t: np.ndarray, observed: np.ndarray) -> float:
    """Minus the log-likelihood, as equation (6) of the BG/NBD paper stands."""
    r, alpha, a, b = np.exp(logs)
    rate = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - betaln(a, b)
    there = betaln(a, b + x) + rate - (r + x) * np.log(alpha + observed)
    gone = betaln(a + 1, b + np.maximum(x, 1) - 1) + rate - (r + x) * np.log(alpha + t)
    return -float(np.log(np.exp(there) + np.where(x > 0, np.exp(gone), 0)).sum())


def test_each_month_learns_the_best_model_of_its_own_days(orders: list[Order], found: Found) -> None:
    models = found.models.to_dict("records")
    assert [row["method"] for row in models] == ["simple", *["bgnbd"] * 4]
    assert models[0]["why"] == "too_few" and found.models.why[1:].isna().all()
    for row in models:
        seen = histories(orders, row["as_of"].date())
        assert (row["customers"], row["repeaters"]) == (len(seen), (seen.x > 0).sum())
    for row in models[2::2]:
        seen = histories(orders, row["as_of"].date())
        data = tuple(seen[name].to_numpy(float) for name in ("x", "t", "T"))
        steps = {"maxiter": 6000, "maxfev": 6000, "xatol": 1e-5, "fatol": 1e-7}
        best = minimize(likelihood, np.log([0.8, 4.0, 1.0, 3.0]), data, method="Nelder-Mead", options=steps)
        assert row["log_likelihood"] == pytest.approx(-best.fun, abs=1e-2)
        assert (row["r"], row["alpha"]) == pytest.approx(tuple(np.exp(best.x[:2])), rel=0.05)


def test_every_value_follows_the_papers(orders: list[Order], found: Found) -> None:
    for model in found.models[found.models.method == "bgnbd"].to_dict("records"):
        r, alpha, a, b, p, q, gamma = (model[name] for name in ("r", "alpha", "a", "b", "p", "q", "gamma"))
        seen = histories(orders, model["as_of"].date())
        x, t, observed, total = (seen[name].to_numpy(float) for name in ("x", "t", "T", "total"))
        silent = ((alpha + observed) / (alpha + t)) ** (r + x)
        alive = 1 / (1 + (x > 0) * a / (b + np.maximum(x, 1) - 1) * silent)
        shrinks = ((alpha + observed) / (alpha + observed + WEEKS)) ** (r + x)
        series = hyp2f1(r + x, b + x, a + b + x - 1, WEEKS / (alpha + observed + WEEKS))
        ahead = (a + b + x - 1) / (a - 1) * (1 - shrinks * series) * alive
        worth = p * (gamma + total) / (p * (x + 1) + q - 1)
        mine = found.values[found.values.as_of == model["as_of"]]
        assert mine.customer_id.tolist() == list(seen.index)
        assert mine.expected_orders.to_numpy() == pytest.approx(ahead, rel=1e-6)
        assert mine.clv.to_numpy() == pytest.approx(KEPT * ahead * worth, rel=1e-6)
        assert mine.alive.to_numpy() == pytest.approx(np.where(x > 0, alive, np.nan), rel=1e-9, nan_ok=True)
        assert (mine.value_method == "bgnbd").all()


def test_nothing_from_after_a_month_end_matters(orders: list[Order], found: Found) -> None:
    """Cut off at a month-end, with all customers gone who came later, the rows up to it are the very same."""
    for place in (2, 4):
        cut = valued([order for order in orders if order[1] <= ENDS[place - 1]], ENDS[:place])
        columns = ["customer_id", "as_of", "alive", "expected_orders", "clv", "value_method"]
        before = found.values[found.values.place <= place]
        pd.testing.assert_frame_equal(cut.values[columns], before[columns].reset_index(drop=True), check_exact=True)
        pd.testing.assert_frame_equal(cut.models, found.models[:place], check_exact=True)


def test_a_few_customers_by_the_simple_rule() -> None:
    """A ordered three times, twice of it in the last year; B is new; C has churned; D got everything back."""
    end = date(2025, 6, 30)
    orders = [
        ("A", end - timedelta(days=365), 70.0),
        ("A", end - timedelta(days=364), 20.0),
        ("A", end, 30.0),
        ("B", end, 8.0),
        ("C", date(2025, 1, 1), 50.0),
        ("D", date(2025, 5, 1), -5.0),
    ]
    found = valued(orders, [end], churned=["C"]).values.set_index("customer_id")
    assert found.expected_orders.to_dict() == {"A": 2, "B": 1, "C": 0, "D": 1}
    assert found.clv.to_dict() == pytest.approx({"A": 2 * 40 * KEPT, "B": 8 * KEPT, "C": 0, "D": 0})
    assert found.alive.isna().all() and (found.value_method == "simple").all()


def test_without_orders_there_are_no_values() -> None:
    found = valued([], [])
    assert not len(found.values) and not len(found.models) and not len(found.tracking)


def test_another_policy_weighs_otherwise(orders: list[Order], write: Write) -> None:
    text = POLICY_FILE.read_text(encoding="utf-8")
    for old, new in (
        ("margin = 0.4", "margin = 1"),
        ("months = 12", "months = 24"),
        ("discount = 0.1", "discount = 0"),
    ):
        text = text.replace(old, new)
    longer, usual = valued(orders, ENDS[-1:], write("value.toml", text)), valued(orders, ENDS[-1:])
    assert (longer.values.expected_orders > usual.values.expected_orders).all()
    each = longer.values.clv / longer.values.expected_orders
    assert each.to_numpy() == pytest.approx((usual.values.clv / usual.values.expected_orders / KEPT).to_numpy())
    assert longer.models[["margin", "horizon_months", "yearly_discount"]].values.tolist() == [[1, 24, 0]]


def test_amounts_tied_to_how_often_are_worth_the_own_average() -> None:
    tied = company(900, DAYS, tied=True)
    found = valued(tied, ENDS[-1:])
    assert found.models[["method", "why", "worth"]].values.tolist() == [["bgnbd", "correlated", "own_mean"]]
    seen = histories(tied, ENDS[-1])
    again = seen[seen.x > 0]
    correlation = np.corrcoef(again.x, again.total / (again.x + 1))[0, 1]
    assert found.models.correlation[0] == pytest.approx(correlation) and correlation > 0.3
    mean = (seen.total / (seen.x + 1)).to_numpy()
    assert found.values.clv.to_numpy() == pytest.approx(KEPT * mean * found.values.expected_orders.to_numpy())


def test_where_nobody_leaves_the_simple_rule_holds() -> None:
    """Everybody orders on the same day every week, to the end: no chance to leave is too small."""
    orders = [(f"C{who}", START + timedelta(days=7 * week), 9.0) for who in range(250) for week in range(20)]
    found = valued(orders, [START + timedelta(days=7 * 19)])
    assert found.models[["method", "why"]].values.tolist() == [["simple", "no_fit"]]
    assert found.values.expected_orders.eq(20).all() and not len(found.tracking)


def test_a_model_learns_from_the_same_customers_whoever_else_there_is(orders: list[Order], write: Write) -> None:
    """Of many only some are learnt from, chosen by name: their numbers change with who else there is."""
    text = POLICY_FILE.read_text(encoding="utf-8").replace("max_fitted = 10000", "max_fitted = 400")
    policy = write("value.toml", text)
    some = valued(orders, ENDS[-1:], policy).models
    assert some.fitted[0] == 400 < some.customers[0]
    later = [(f"{who}{name}", day, net) for name in "ab" for who, day, net in orders[:50] if day > ENDS[1]]
    assert valued([*orders, *later], ENDS[:2], policy).models.equals(valued(orders, ENDS[:2], policy).models)


def test_the_second_half_is_foretold_from_the_first(orders: list[Order], found: Found) -> None:
    tracking, raw = found.tracking, pd.DataFrame(orders, columns=["who", "day", "net"])
    start, weeks = raw.day.min(), (raw.day.max() - raw.day.min()).days // 7
    split = start + timedelta(days=7 * (weeks // 2))
    assert tracking.week.tolist() == list(range(1, weeks + 1)) and set(tracking.split.dt.date) == {split}
    first = raw.groupby("who").day.min()
    first = first[first <= split]
    assert set(tracking.customers) == {len(first)}
    learnt = valued([order for order in orders if order[1] <= split], [split]).models.to_dict("records")[0]
    model = Bgnbd(*(learnt[name] for name in ("r", "alpha", "a", "b")))
    theirs = raw[raw.who.isin(first.index)].merge(first.rename("first"), on="who")
    for row in tracking.iloc[[0, 9, weeks // 2, weeks - 1]].to_dict("records"):
        day = start + timedelta(days=7 * row["week"])
        assert row["day"].date() == day
        assert row["actual"] == ((theirs.day <= day) & (theirs.day > theirs["first"])).sum()
        ages = np.array([(day - begun).days / 7 for begun in first if begun < day])
        assert row["expected"] == pytest.approx(model.expected_new(ages).sum(), rel=1e-3)
    last, half = tracking.iloc[-1], tracking.iloc[weeks // 2 - 1]
    assert (last.expected - half.expected) == pytest.approx(last.actual - half.actual, rel=0.15)
