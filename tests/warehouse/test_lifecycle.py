"""The lifecycle report on a sample company: every number once more, in pandas, from orders and customers' months."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from queries import Scope, ask
from tests.warehouse.test_tiers import frame, known_since, orders_of

NOW, EARLIER = date(2025, 3, 16), date(2024, 9, 30)
TIMES, FLOOR, CAP, LEAST = 3, 90, 540, 3
"""When silence means churn: data/policy/lifecycle.toml as it is delivered."""


@pytest.fixture(scope="module")
def sample(small_company: Path) -> Path:
    """A small sample company, published; its last day is amid a month."""
    return small_company


@pytest.fixture(autouse=True)
def served(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAREHOUSE_DIR", str(sample))


def days_of(sample: Path, until: date) -> pd.DataFrame:
    """Each customer's days with an order that counts, in order."""
    orders = orders_of(sample)
    kept = orders[orders.counts & (orders.day <= pd.Timestamp(until))]
    return kept[["customer_id", "day"]].drop_duplicates().sort_values(["customer_id", "day"])


def asked(name: str, until: date, **params: str | int) -> pd.DataFrame:
    """An answer as of a month-end."""
    found: pd.DataFrame = ask(name, Scope(None, until), **params).to_pandas()
    return found


def months_after(first: pd.Series, day: pd.Series) -> pd.Series:
    found: pd.Series = 12 * (day.dt.year - first.dt.year) + day.dt.month - first.dt.month
    return found


@pytest.mark.parametrize("until", [NOW, EARLIER])
@pytest.mark.parametrize("by", ["month", "quarter"])
def test_cohorts(sample: Path, until: date, by: str) -> None:
    days = days_of(sample, until)
    first = days.groupby("customer_id").day.transform("min")
    days["after"] = months_after(first, days.day)
    days["cohort"] = first.dt.to_period(by[0].upper()).dt.start_time
    last_whole = pd.Timestamp(until) + pd.Timedelta(days=1) - pd.offsets.MonthEnd(1)
    expected = {}
    for cohort, own in days.groupby("cohort"):
        n, latest = own.customer_id.nunique(), first[own.index].max()
        over = 12 * (last_whole.year - latest.year) + last_whole.month - latest.month
        for after in range(over + 1):
            expected[cohort, after] = (n, own[own.after == after].customer_id.nunique())
    found = asked("cohort_retention", until, by=by)
    told = {
        (pd.Timestamp(row["cohort"]), row["after"]): (row["n"], row["customers"]) for row in found.to_dict("records")
    }
    assert told == expected and len(told) > 20
    assert (found.share == found.customers / found.n).all() and (found[found.after == 0].share == 1).all()


@pytest.mark.parametrize("until", [NOW, EARLIER])
def test_rhythm(sample: Path, until: date) -> None:
    days = days_of(sample, until)
    gaps = days.groupby("customer_id").day.diff().dt.days
    own = gaps.groupby(days.customer_id).median()[days.groupby("customer_id").size() >= LEAST]
    found: Any = asked("rhythm", until).iloc[0]
    assert found.customers == len(own) > 20
    assert found.cycle == own.median()
    assert (found.cycle_low, found.cycle_high) == (own.quantile(0.25), own.quantile(0.75))
    first = days.groupby("customer_id").day.first()
    second = days.groupby("customer_id").day.nth(1)
    second.index = days.loc[second.index].customer_id
    took = (second.reindex(first.index) - first).dt.days
    known = (pd.Timestamp(until) - first).dt.days
    for limit in (90, 180, 365):
        seen = took[known >= limit]
        assert found[f"n_{limit}"] == len(seen) > 5
        assert found[f"repurchase_{limit}"] == pytest.approx((seen <= limit).mean())


@pytest.mark.parametrize("until", [NOW, EARLIER])
def test_survival(sample: Path, until: date) -> None:
    days = days_of(sample, until)
    ever = days.groupby("customer_id").day
    gaps = ever.diff().dt.days.groupby(days.customer_id).median().where(ever.size() >= LEAST)
    limit = (TIMES * gaps.fillna(gaps.median())).clip(FLOOR, CAP)
    age, silent = ((pd.Timestamp(until) - end).dt.days for end in (ever.min(), ever.max()))
    over = silent > limit
    lives = np.where(over, age - silent + np.floor(limit) + 1, age)
    data = stats.CensoredData(uncensored=lives[over], right=lives[~over])
    curve = stats.ecdf(data).sf
    low, high = curve.confidence_interval(method="log-log")
    found = asked("survival", until, step=1)
    assert found.churned.iloc[-1] == over.sum() > 10 and found.at_risk.iloc[0] == len(lives)
    assert found.share.to_numpy() == pytest.approx(curve.evaluate(found.life_days))
    told = found[found.low.notna()]
    assert told.low.to_numpy() == pytest.approx(low.evaluate(told.life_days))
    assert told.high.to_numpy() == pytest.approx(high.evaluate(told.life_days))


@pytest.mark.parametrize("until", [NOW, EARLIER])
@pytest.mark.parametrize("within", [3, 12])
def test_conversion(sample: Path, until: date, within: int) -> None:
    months = frame(sample, "SELECT customer_id, as_of, stage::VARCHAR AS stage, order_days FROM customer_months")
    since = known_since(sample)
    since = since[since >= months.as_of.min().replace(day=1)]
    last_whole = pd.Timestamp(until) + pd.Timedelta(days=1) - pd.offsets.MonthEnd(1)
    months["known"] = months.customer_id.map(since)
    months = months[months.known.notna() & (months.as_of <= pd.Timestamp(until))]
    soon = months[months_after(months.known, months.as_of) <= within]
    reached = {
        "activation": soon[soon.order_days >= 1],
        "retention": soon[soon.order_days >= 2],
        **{stage: soon[soon.stage == stage] for stage in ("expansion", "referral", "churned")},
    }
    cohort = since.dt.to_period("Q").dt.start_time
    found = asked("stage_conversion", until, within=within).set_index("cohort")
    found.index = pd.to_datetime(found.index)
    for first, row in found.iterrows():
        own = set(cohort.index[cohort == first])
        assert row.n == len(own)
        for stage, rows in reached.items():
            assert row[stage] == pytest.approx(len(own & set(rows.customer_id)) / len(own)), (first, stage)
    due = since.groupby(cohort).max()
    over = 12 * (last_whole.year - due.dt.year) + last_whole.month - due.dt.month
    assert sorted(found.index) == sorted(over.index[over >= within])


def test_first_tiers(sample: Path) -> None:
    months = frame(
        sample, "SELECT customer_id, as_of, tier::VARCHAR AS tier FROM customer_months WHERE order_days >= 1"
    )
    first = months.sort_values("as_of").groupby("customer_id").tier.first()
    found = frame(sample, "SELECT customer_id, first_tier::VARCHAR AS tier FROM customer_lives").set_index(
        "customer_id"
    )
    assert found.tier.dropna().to_dict() == first.to_dict() and first.nunique() > 1


@pytest.mark.parametrize("by", ["stage", "tier"])
def test_groups_and_months(sample: Path, by: str) -> None:
    months = frame(sample, "SELECT * FROM customer_months")
    months["active"] = ~months.stage.isin(["acquisition", "churned"])
    now = months[months.as_of == pd.Timestamp(EARLIER)]
    found = asked("lifecycle_by", EARLIER, by=by).set_index("value")
    groups = now.groupby(now[by].astype(str))
    assert found.customers.to_dict() == groups.size().to_dict()
    for column in ("health", "health_activity", "health_voice"):
        assert found[column].to_dict() == pytest.approx(groups[column].mean().astype(float).to_dict(), nan_ok=True)
    active = now[now.active].groupby(now[by].astype(str))
    arpu = active.revenue.sum() / active.size()
    assert found.arpu.dropna().to_dict() == pytest.approx(arpu.dropna().to_dict())
    monthly = asked("lifecycle_months", NOW)
    expected = months[months.active].groupby("as_of").revenue.sum() / months[months.active].groupby("as_of").size()
    assert monthly.arpu.to_numpy() == pytest.approx(expected.reindex(pd.to_datetime(monthly.day)).to_numpy())


def test_stages_between_two_month_ends(sample: Path) -> None:
    months = frame(sample, "SELECT customer_id, as_of, stage::VARCHAR AS stage, health FROM customer_months")
    then, now = (months[months.as_of == pd.Timestamp(day)].set_index("customer_id") for day in (EARLIER, NOW))
    both = now.join(then, rsuffix="_before")
    pairs = both.fillna({"stage_before": "new"}).groupby(["stage_before", "stage"]).size()
    found = ask("stage_matrix", Scope(None, NOW), before=EARLIER).to_pandas().set_index(["stage_before", "stage"])
    assert found.customers.to_dict() == pairs.to_dict()
    assert found.share.groupby("stage_before").sum().to_numpy() == pytest.approx(1)
    assert found.share_now.groupby("stage").sum().to_numpy() == pytest.approx(1)
    steps = (now.health.dropna() // 10).clip(upper=9).astype(int).value_counts()
    assert asked("health_spread", NOW).set_index("step").customers.to_dict() == steps.to_dict()
