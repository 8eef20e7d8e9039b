"""Tiers at every month-end: against pandas on the sample and on real purchases, by hand, and what always holds."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import combinations, product
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries import Scope, ask
from tests.test_real import SETS
from tests.warehouse import tier_oracle
from tests.warehouse.derived import MONTHS, Row, derived
from warehouse.derive import tier_reasons
from warehouse.publish import current
from warehouse.sample import planted

COLUMNS = ["recency_days", "orders", "spend", "past_value", "revenue", "r", "f", "m", "p", "tier"]
Order = tuple[str, date, float]


def frame(folder: Path, query: str) -> pd.DataFrame:
    """The rows of ``query`` on the published version."""
    served = current(folder)
    assert served is not None
    with duckdb.connect(served, read_only=True) as con:
        return con.execute(query).df()


@pytest.fixture(scope="module")
def sample(small_company: Path) -> Path:
    """A small sample company, published; its last day is amid a month."""
    return small_company


def orders_of(folder: Path) -> pd.DataFrame:
    """The accepted orders as the oracle wants them."""
    found = frame(folder, "SELECT customer_id, day, amount, refunded, status FROM fact_orders")
    found["counts"] = found.status.astype(object).ne("cancelled")
    found["net"] = found.amount - found.refunded.fillna(0)
    return found


def known_since(folder: Path) -> pd.Series:
    """The first day on which any table names a customer."""
    parts = [
        "SELECT customer_id, signed_up_on AS day FROM customers",
        *(
            f"SELECT customer_id, {day} AS day FROM fact_{table}"
            for table, day in (
                ("orders", "day"),
                ("tickets", "opened_day"),
                ("surveys", "day"),
                ("interactions", "day"),
            )
        ),
    ]
    found = pd.concat([frame(folder, part) for part in parts]).dropna(subset="customer_id")
    return pd.to_datetime(found.day).groupby(found.customer_id).min()


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """All columns equal, customer by customer."""
    found = found.set_index("customer_id").sort_index()
    assert list(found.index) == list(expected.index)
    for column in COLUMNS:
        mine, theirs = (side[column].astype(object).where(side[column].notna(), None) for side in (found, expected))
        wrong = [(c, a, b) for c, a, b in zip(found.index, mine, theirs, strict=True) if a != b]
        assert not wrong, (column, wrong[:5])


def test_every_month_of_the_sample_equals_pandas(sample: Path) -> None:
    orders, since = orders_of(sample), known_since(sample)
    found = frame(sample, "SELECT * FROM customer_months")
    last = pd.Timestamp("2025-03-16")
    ends = tier_oracle.ends(orders.day[orders.counts].min(), last)
    assert sorted(found.as_of.unique()) == ends
    for day in [*ends[:3], *ends[11::8], *ends[-2:]]:
        customers = since.index[since <= day]
        same(found[found.as_of == day], tier_oracle.at(orders, customers, day))
    assert set(found.tier) == {"core", "growth", "dormant", "standard"}


def test_the_last_month_is_named_partial_and_is_the_tier_of_today(sample: Path) -> None:
    ends = frame(sample, "SELECT * FROM month_ends ORDER BY as_of")
    assert ends.whole.tolist() == [True] * (len(ends) - 1) + [False]
    assert ends.filled.tolist() == [day >= ends.as_of.iloc[12] for day in ends.as_of]
    today = frame(sample, "SELECT customer_id, tier FROM dim_customer ORDER BY 1")
    last = frame(sample, "SELECT customer_id, tier FROM customer_months WHERE as_of = DATE '2025-03-16' ORDER BY 1")
    assert today.equals(last)


def test_months_in_a_tier_are_counted_from_the_last_change(sample: Path) -> None:
    found = frame(sample, "SELECT customer_id, as_of, tier, months_in_tier FROM customer_months ORDER BY 1, 2")
    change = found.tier.astype(str).ne(found.groupby("customer_id").tier.shift().astype(str))
    expected = found.groupby([found.customer_id, change.cumsum()]).cumcount() + 1
    assert (found.months_in_tier == expected).all()
    assert found.months_in_tier.max() > 12


def test_the_months_revenue_adds_up_to_all_orders(sample: Path) -> None:
    months = frame(sample, "SELECT month, sum(revenue) AS revenue FROM customer_months GROUP BY month ORDER BY month")
    net = frame(sample, "SELECT month, sum(net) AS revenue FROM fact_orders GROUP BY month ORDER BY month")
    pd.testing.assert_frame_equal(months, net)


def test_the_twelve_on_their_way_up_rise(sample: Path) -> None:
    truth = planted.read(sample / "files")
    found = frame(sample, "SELECT customer_id, tier, as_of FROM customer_months ORDER BY as_of")
    theirs = found[found.customer_id.isin(truth.risers)]
    before = theirs[theirs.as_of < pd.Timestamp(truth.signals_from)].groupby("customer_id").tier.last()
    assert (before != "core").all() and len(before) == 12
    now = theirs.groupby("customer_id").tier.last()
    assert (now == "core").sum() >= 10


def explained(before: dict[str, int], now: dict[str, int], tier: Callable[[dict[str, int]], str]) -> set[str]:
    """The scores of all smallest sets that, put back to ``before``, give its tier: tried one by one."""
    for size in range(1, 5):
        sets = [
            chosen
            for chosen in combinations(now, size)
            if tier({name: (before if name in chosen else now)[name] for name in now}) == tier(before)
        ]
        if sets:
            return set().union(*sets)
    return set()


def by_hand(scores: dict[str, int]) -> str:
    """The delivered rules, written out."""
    if scores["f"] >= 4 and scores["r"] >= 3:
        return "core" if scores["m"] >= 4 else "growth"
    return "dormant" if scores["p"] >= 4 and scores["r"] <= 2 else "standard"


def test_every_change_of_tier_is_explained_by_the_fewest_scores(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAREHOUSE_DIR", str(sample))
    months = frame(sample, "SELECT * FROM customer_months").set_index(["as_of", "customer_id"]).sort_index()
    moved, reasons = 0, set[str]()
    for before, now in ((date(2024, 3, 31), date(2025, 3, 16)), (date(2025, 2, 28), date(2025, 3, 16))):
        found = ask("tier_movers", Scope(None, now), before=before, limit=10_000).to_pylist()
        earlier, later = (months.loc[pd.Timestamp(day)] for day in (before, now))
        both = later.join(earlier, rsuffix="_before", how="inner")
        assert len(found) == (both.tier.astype(str) != both.tier_before.astype(str)).sum() > 0
        counted = ask("tier_reasons", Scope(None, now), before=before).to_pylist()
        assert sum(row["customers"] for row in counted) == len(found)
        for row in found:
            one = both.loc[row["customer_id"]]
            assert row["move_why"] == why(one), row
            moved, reasons = moved + 1, reasons | set(row["move_why"].split())
    assert moved > 50 and {"first", "r_down", "r_up", "f_up"} <= reasons


def why(one: pd.Series) -> str:
    """The reasons of one customer, from both months' rows."""
    if pd.isna(one.r_before):
        return "first"
    scores = {name: int(one[name]) for name in "rfmp"}
    before = {name: int(one[f"{name}_before"]) for name in "rfmp"}
    own = {"r": "recency_days", "f": "orders", "m": "spend", "p": "past_value"}
    told = []
    for name in explained(before, scores, by_hand):
        step = scores[name] - before[name]
        value = (one[own[name]] - one[f"{own[name]}_before"]) * (-1 if name == "r" else 1)
        told.append(f"{name}_{'limit' if step * value <= 0 else 'up' if step > 0 else 'down'}")
    return " ".join(sorted(told, key=lambda code: "rfmp".index(code[0])))


@given(st.lists(st.integers(0, 2), min_size=36, max_size=36))
@settings(max_examples=25, deadline=None)
def test_reasons_of_any_rules_are_the_fewest(tiers: list[int]) -> None:
    """Against trying one by one, whatever tiers the combinations of 2 x 3 x 2 x 3 scores lead to."""
    cube = np.array(tiers, dtype=np.int8).reshape(2, 3, 2, 3)
    found = tier_reasons.reasons(cube)
    every = [dict(zip("rfmp", steps, strict=True)) for steps in np.ndindex(cube.shape)]

    def tier(scores: dict[str, int]) -> str:
        return str(cube[tuple(scores.values())])

    for (a, before), (b, now) in product(enumerate(every), repeat=2):
        named = {name for axis, name in enumerate("rfmp") if found[axis, a, b]}
        assert named == (explained(before, now, tier) if tier(before) != tier(now) else set())


def test_scores_that_no_rule_tells_apart_are_one_kind() -> None:
    cube = np.zeros((5, 5), dtype=np.int8)
    cube[3:, 2:] = 1
    assert [level.tolist() for level in tier_reasons.alike(cube)] == [[0, 0, 0, 3, 3], [0, 0, 2, 2, 2]]


@pytest.mark.real
def test_cdnow_against_the_raw_file(real: Path, cdnow: Path) -> None:
    """One order among customers of whom most are long silent is no high frequency."""
    raw = pd.read_csv(real / SETS["cdnow"], sep=r"\s+", dtype={"customer_id": str})
    orders = pd.DataFrame(
        {
            "customer_id": raw.customer_id,
            "day": pd.to_datetime(raw.date, format="%Y%m%d"),
            "net": raw.dollar_value,
            "counts": True,
        }
    )
    first = orders.groupby("customer_id").day.min()
    for day in ("1997-03-31", "1997-12-31", "1998-06-30"):
        found = frame(cdnow, f"SELECT * FROM customer_months WHERE as_of = DATE '{day}'")
        end = pd.Timestamp(day)
        same(found, tier_oracle.at(orders, first.index[first <= end], end))
    last = frame(cdnow, "SELECT * FROM customer_months WHERE as_of = DATE '1998-06-30'")
    assert set(last.f[last.orders == 1]) == {1} and set(last.f[last.orders == 0]) == {1}
    assert len(last) == 23_570
    year = orders[orders.day > pd.Timestamp("1997-06-30")].groupby("customer_id").net.sum()
    core = last[last.tier == "core"]
    assert core.spend.sum() / last.spend.sum() == pytest.approx(
        year.reindex(core.customer_id).sum() / year.sum(), rel=1e-12
    )
    assert len(core) / len(last) < 0.1 < 0.4 < core.spend.sum() / last.spend.sum()
    assert 0.6 < (last.tier == "standard").mean() < 0.8


# What follows derives without a load: orders go straight in.


def months_of(orders: list[Order]) -> pd.DataFrame:
    """``customer_months`` of these orders."""
    rows: list[Row] = [
        {"order_id": str(n), "customer_id": who, "ordered_at": datetime(day.year, day.month, day.day), "amount": net}
        for n, (who, day, net) in enumerate(orders)
    ]
    with derived({"orders": rows}, until=MONTHS) as con:
        return con.execute("SELECT * EXCLUDE (segment, region, industry, persona) FROM customer_months").df()


def test_the_window_is_exact_to_the_day() -> None:
    """365 days up to 31 March 2025 begin on 1 April 2024; the order of 31 March left on that very day."""
    orders = [("a", date(2024, 3, 31), 10.0), ("a", date(2024, 4, 1), 20.0), ("a", date(2025, 4, 30), 5.0)]
    found = months_of(orders).set_index("as_of")
    assert (found.orders["2025-03-31"], found.spend["2025-03-31"], found.past_value["2025-03-31"]) == (1, 20.0, 30.0)
    assert (found.orders["2025-02-28"], found.spend["2025-02-28"]) == (2, 30.0)
    assert (found.orders["2025-04-30"], found.spend["2025-04-30"], found.revenue["2025-04-30"]) == (1, 5.0, 5.0)
    assert found.recency_days["2025-03-31"] == 364


def test_tenths_that_come_and_go_leave_nothing_behind() -> None:
    """0.1 + 0.2 - 0.1 - 0.2 is not nothing in fractions; here it is."""
    orders = [("a", date(2023, 1, 5), 0.1), ("a", date(2023, 2, 5), 0.2), ("b", date(2025, 1, 5), 1.0)]
    found = months_of(orders)
    assert found[(found.customer_id == "a") & (found.as_of > "2024-03-01")].spend.eq(0).all()


def test_a_history_is_kept_for_so_many_months() -> None:
    orders = [("a", date(2010, 1, 5), 7.0), ("a", date(2014, 12, 20), 1.0), ("a", date(2015, 1, 5), 2.0)]
    found = months_of(orders)
    assert len(found) == 60 and found.as_of.min() == pd.Timestamp("2010-02-28")
    assert found.past_value.tolist() == [7.0] * 58 + [8.0, 10.0]
    assert found.orders.tolist()[:12] == [1] * 11 + [0]


_DAYS = st.dates(date(2023, 11, 1), date(2025, 2, 20))
_ORDER = st.tuples(st.sampled_from("abcdefgh"), _DAYS, st.sampled_from([0.0, 9.99, 10.0, 250.5]))
_ORDERS = st.lists(_ORDER, min_size=1, max_size=40)
_LATER = st.lists(st.tuples(st.sampled_from("abcxyz"), st.integers(1, 500), st.just(99.0)), min_size=1, max_size=8)
_VALUES = ["recency_days", "orders", "spend", "past_value"]


@given(_ORDERS)
@settings(max_examples=8)
def test_equal_customers_always_share_scores_and_tier(orders: list[Order]) -> None:
    twins = [(who + "2", day, net) for who, day, net in orders]
    found = months_of(orders + twins[::-1])
    groups = found.fillna({"recency_days": -1}).groupby(["as_of", *_VALUES])
    for column in ("r", "f", "m", "p", "tier"):
        assert (groups[column].nunique(dropna=False) == 1).all(), column


@given(_ORDERS, _LATER)
@settings(max_examples=8)
def test_later_orders_never_change_a_past_month(orders: list[Order], later: list[tuple[str, int, float]]) -> None:
    horizon = max(day for _, day, _ in orders)
    added = [(who, horizon + timedelta(days=days), net) for who, days, net in later]
    before, after = months_of(orders), months_of(orders + added)
    before = before[before.whole]
    kept = after[after.as_of.isin(before.as_of)]
    assert _plain(before) == _plain(kept)


def _plain(found: pd.DataFrame) -> list[Any]:
    return found.astype(object).where(found.notna(), None).values.tolist()


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Days are those of UTC."""
    monkeypatch.setenv("TEAM_TIMEZONE", "UTC")
    yield
