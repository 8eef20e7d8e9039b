"""What rises: each step of the arithmetic by another way, then what the whole does on made-up complaints."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from queries import NOT_GIVEN, Scope, ask
from queries.cause_counts import Counts, Series, counted
from queries.flags import expected, lately, look, together
from queries.rising import Rising, rising
from queries.rising_policy import rising_policy
from queries.usual import bounds, chance, held
from tests.queries import fixture
from tests.risen import ALL_DAYS, answer, company
from warehouse.derive.rising_policy import RISING
from warehouse.errors import LoadError

UNTIL = date(2025, 1, 5)
LAST = pd.Timestamp(UNTIL)
POLICY = rising_policy()
WEEKS = 170
FLAT = np.full(WEEKS, 150.0)


def complaints() -> pd.DataFrame:
    rows = pd.DataFrame(fixture.rows()["fact_complaints"])
    return rows.assign(day=pd.to_datetime(rows["day"])).dropna(subset="day")


def test_the_question_counts_what_pandas_counts(full: Path) -> None:
    last = complaints()["day"].max().date()
    found = ask("cause_weeks", Scope(), until=last, weeks=10).to_pandas()
    wanted = answer(complaints(), last, 10).to_pandas()
    order = ["cause", "kind", "place", "ago"]
    assert len(found) > 10 and found["ago"].nunique() > 1
    pd.testing.assert_frame_equal(
        found[wanted.columns].sort_values(order, ignore_index=True),
        wanted.sort_values(order, ignore_index=True),
        check_dtype=False,
    )


@pytest.mark.usefixtures("full")
def test_whom_they_hit() -> None:
    rows = complaints()
    late = rows[rows["cause"] == "late_delivery"]
    last = late["day"].max().date()
    found = ask("cause_hit", Scope(date(2020, 1, 1), last), cause="late_delivery").to_pylist()[0]
    vips = late.loc[late["is_vip"].astype(bool), "customer_id"]
    wanted = (len(late), late["customer_id"].nunique(), vips.nunique(), "Logistics")
    assert tuple(found[name] for name in ("complaints", "customers", "vips", "responsible")) == wanted
    assert found["vips"]


def test_series_are_sums_of_the_complaints() -> None:
    rows = company(np.random.default_rng(1), FLAT[:30])
    rows.loc[::7, "cause"] = None
    rows.loc[::5, "region"] = None
    counts = counted(answer(rows, UNTIL))
    ago = (LAST - rows["day"]).dt.days // 7
    assert counts.own.shape == (29, len(counts.series)), "the oldest week is left out"
    for place in (0, 1, 5, 15, 40, len(counts.series) - 1):
        series = counts.series[place]
        there = rows[series.kind] == series.place if series.kind else pd.Series(True, rows.index)
        which = rows["cause"].fillna(NOT_GIVEN) == series.cause if series.cause else pd.Series(True, rows.index)
        for week in (0, 3, 28):
            assert counts.own[week, place] == (there & which & (ago == week)).sum()
            around = there if series.cause else pd.Series(True, rows.index)
            if series != Series():
                assert counts.rest[week, place] == (around & (ago == week)).sum() - counts.own[week, place]
    assert not [series for series in counts.series if series.place == NOT_GIVEN]
    assert Series(NOT_GIVEN) in counts.series


def plainly(own: list[float], rest: list[float]) -> float:
    """What is usual in the newest week, with nothing out of the ordinary before and no year to compare with."""
    weights = [0.5 ** (week / POLICY.half_life) for week in range(len(own))]
    before = range(1, len(own))
    rate = (sum(weights[w] * own[w] for w in before) + 0.5) / sum(weights[w] * rest[w] for w in before)
    return float(rate * rest[0])


def weekly(own: np.ndarray, rest: np.ndarray) -> Counts:
    return Counts((Series(), Series("a")), own, rest, *(np.repeat(side / 7, 7, axis=0) for side in (own, rest)))


def test_what_is_usual_by_hand() -> None:
    """Ten against a hundred, in a week with half as much going on: five, and a little for doubt."""
    own, rest = [12.0] + [10.0] * 20, [50.0] + [100.0] * 20
    counts = weekly(np.array([[1e3, n] for n in own]), np.array([[1e9, n] for n in rest]))
    assert expected(counts, POLICY).count[0, 1] == pytest.approx(plainly(own, rest))
    assert expected(counts, POLICY).count[0, 1] == pytest.approx(5.0, rel=0.01)


def test_a_rise_under_way_is_not_usual() -> None:
    """Three weeks of sixty where there were twenty before hardly move what is usual."""
    own = np.full((60, 2), 20.0)
    own[1:4, 1] = 60
    counts = weekly(own, np.array([[1e9, 100.0]] * 60))
    assert 20 < expected(counts, POLICY).count[0, 1] < 24


def test_what_comes_every_year_is_usual() -> None:
    """Three times as many of one cause in the same three weeks of both years before, and now."""
    rows = company(np.random.default_rng(2), FLAT)
    ago = (LAST - rows["day"]).dt.days
    season = (rows["cause"] == "cause 0") & (ago.between(357, 377) | ago.between(721, 741))
    yearly = pd.concat([rows, *[rows[season]] * 2])
    counts = [counted(answer(each, UNTIL)) for each in (rows, yearly)]
    usual = [expected(each, POLICY).count[0, each.places[Series("cause 0")]] for each in counts]
    assert 1.6 < usual[1] / usual[0] < 3
    assert Series("cause 0") in told(surge(rows, 2, cause="cause 0"))
    assert told(surge(yearly, 2, cause="cause 0")) == []


def test_the_chance_is_that_of_a_negative_binomial() -> None:
    for n, count, spread in ((7, 3.0, 0.2), (25, 6.2, 0.03), (0, 2.0, 0.1), (1, 0.4, 0.5)):
        size = 1 / spread
        wanted = stats.nbinom.sf(n - 1, size, size / (size + count))
        assert chance(np.array(float(n)), np.array(count), np.array(spread)) == pytest.approx(wanted, rel=1e-6)
        low, high = bounds(count, spread)
        outside = (
            stats.nbinom.cdf(low - 1, size, size / (size + count)),
            stats.nbinom.sf(high, size, size / (size + count)),
        )
        assert outside[0] <= 0.025 and outside[1] <= 0.025


def test_what_is_held_is_what_benjamini_and_hochberg_hold() -> None:
    random = np.random.default_rng(3)
    for _ in range(50):
        chances = np.concatenate([random.random(80), random.random(6) * 1e-3])
        assert (held(chances, 0.05) == (stats.false_discovery_control(chances) <= 0.05)).all()
    assert not held(np.ones(4), 0.05).any() and not held(np.array([]), 0.05).any()


def surge(rows: pd.DataFrame, times: float, days: int = 7, **where: str) -> pd.DataFrame:
    """The complaints with more of those that fit ``where`` on the last days: so many times as many as usual."""
    fits = pd.Series(True, rows.index)
    for column, value in where.items():
        fits &= rows[column] == value
    weeks = (LAST - rows["day"]).dt.days.max() // 7 + 1
    more = round((times - 1) * fits.sum() / weeks * days / 7)
    extra = rows[fits].sample(more, replace=True, random_state=1)
    return pd.concat([rows, extra.assign(day=LAST - pd.to_timedelta(np.arange(more) % days, unit="D"))])


def told(rows: pd.DataFrame) -> list[Series]:
    return [alert.series for alert in found(rows).alerts]


def found(rows: pd.DataFrame) -> Rising:
    return rising(answer(rows, UNTIL), POLICY)


def test_a_rise_is_told_once_and_as_narrowly_as_it_is() -> None:
    rows = company(np.random.default_rng(5), FLAT)
    assert told(rows) == []
    assert told(surge(rows, 4, cause="cause 1", region="region 0")) == [Series("cause 1", "region", "region 0")]
    assert told(surge(rows, 3, cause="cause 1")) == [Series("cause 1")]
    assert told(surge(rows, 3, region="region 1")) == [Series(None, "region", "region 1")]
    assert told(surge(rows, 3)) == [Series()], "everything at once: no cause, only the whole"
    alert = found(surge(rows, 4, cause="cause 1", region="region 0")).alerts[0]
    assert alert.n > alert.high > alert.usual > alert.low and alert.weeks == 1 and alert.history[-1] == alert.n
    assert alert.other is not None and alert.other_usual is not None
    assert abs(alert.other - alert.other_usual) < 3 * np.sqrt(alert.other_usual)


def test_a_filter_that_leaves_one_region_raises_no_flag() -> None:
    rows = company(np.random.default_rng(5), FLAT)
    assert told(rows[rows["region"] == "region 0"]) == []


def test_a_rise_that_goes_on_is_told_on_and_says_since_when() -> None:
    rows = company(np.random.default_rng(5), FLAT)
    alert = found(surge(rows, 3, days=28, cause="cause 1", region="region 0")).alerts[0]
    assert alert.series == Series("cause 1", "region", "region 0")
    assert alert.weeks == 4 and alert.month > 2 * alert.month_usual


def test_growth_and_festivals_are_no_rise() -> None:
    """A company that doubles in three years, with half as much again in the same two weeks of each."""
    weekly = FLAT * np.linspace(1, 2, WEEKS) * np.where((WEEKS - 1 - np.arange(WEEKS)) % 52 < 2, 1.5, 1)
    assert [told(company(np.random.default_rng(seed), weekly)) for seed in range(6)] == [[]] * 6


def test_too_short_a_history_is_not_judged() -> None:
    assert found(company(np.random.default_rng(6), FLAT[:8])) == Rising((), 0, 0, 7)
    assert found(company(np.random.default_rng(6), FLAT[:12])).series > 10
    assert rising(answer(company(np.random.default_rng(6), FLAT[:1]).head(0), UNTIL), POLICY) == Rising((), 0, 0, 0)


@pytest.mark.parametrize("noise, most", [(0.0, 0.05), (0.05, 0.07)])
def test_of_weeks_without_a_rise_at_most_one_in_twenty_raises_a_flag(noise: float, most: float) -> None:
    """Pure chance, and causes that go up and down by a fifth from week to week beyond it: raised, and shown."""
    raised, shown = [], []
    for seed in range(5):
        counts = counted(answer(company(np.random.default_rng(seed), FLAT, noise), UNTIL, days=ALL_DAYS), ALL_DAYS)
        usual = expected(counts, POLICY)
        raised += [look(counts, usual, POLICY, 7 * week).flagged.any() for week in range(100)]
        shown += [lately(counts, usual, POLICY, 7 * week).risen.any() for week in range(100)]
    assert np.mean(raised) <= 0.05
    assert np.mean(shown) <= most


def wave(yesterday: float, today: float) -> Counts:
    """Sixty series of twenty a week, and of one so many in the seven days up to either day."""
    own, rest = np.full((60, 60), 20.0), np.full((60, 60), 100.0)
    days, around = (np.repeat(side / 7, 7, axis=0) for side in (own, rest))
    days[:7, 1], days[7, 1] = today / 7, yesterday - 6 * today / 7
    own[0, 1], own[1, 1] = days[:7, 1].sum(), days[7:14, 1].sum()
    return Counts((Series(), *(Series(f"cause {n}") for n in range(59))), own, rest, days, around)


def test_days_before_are_looked_at_as_they_were_then() -> None:
    """From a later day, or with the data ending on it: the same counts, and the usual ones but for a hair."""
    rows = company(np.random.default_rng(5), FLAT)
    now = counted(answer(rows, UNTIL))
    series = Series("cause 1", "region", "region 0")
    for back in (2, 5):
        last = LAST - pd.Timedelta(days=back)
        then = counted(answer(rows[rows["day"] <= last], last.date()))
        place, before = (each.places[series] for each in (now, then))
        usual = together(now, expected(now, POLICY), back, 1)
        assert usual[0][place] == then.own[0, before]
        assert now.rest_days[back : back + 7, place].sum() == then.rest[0, before]
        assert usual[1][place] == pytest.approx(expected(then, POLICY).count[0, before], rel=0.03)


def test_an_alert_stays_until_it_is_within_chance() -> None:
    for counts, still in ((wave(45, 38.6), True), (wave(47, 24), False)):
        found = expected(counts, POLICY)
        now, before = (look(counts, found, POLICY, day) for day in (0, 1))
        assert before.flagged[1] and not now.flagged[1]
        assert (now.chances[1] < POLICY.false_share) == still
        seen = lately(counts, found, POLICY)
        assert (seen.risen[1], seen.back[1]) == (still, 1)
        assert not seen.risen[2:].any() and (seen.back[2:] == -1).all()


def test_of_what_is_flagged_at_most_one_in_twenty_is_chance() -> None:
    """Twenty companies, in each of which three causes rise in a region: flagged elsewhere is flagged by chance."""
    shares, hits = [], []
    for seed in range(20):
        rows = company(np.random.default_rng(seed), FLAT[:80])
        risen = [(f"cause {n}", f"region {n}") for n in range(3)]
        for cause, region in risen:
            rows = surge(rows, 4, cause=cause, region=region)
        counts = counted(answer(rows, UNTIL))
        flagged = [counts.series[place] for place in np.nonzero(_flagged(counts))[0]]
        true = [series for series in flagged if _touched(series, risen)]
        shares.append(1 - len(true) / len(flagged) if flagged else 0.0)
        hits += [Series(cause, "region", region) in flagged for cause, region in risen]
    assert np.mean(shares) <= 0.05
    assert np.mean(hits) > 0.6


def _flagged(counts: Counts) -> np.ndarray:
    return lately(counts, expected(counts, POLICY), POLICY).risen


def _touched(series: Series, risen: list[tuple[str, str]]) -> bool:
    """Whether more complaints than elsewhere were added to the series."""
    where = [region for cause, region in risen if series.cause in (None, cause)]
    if series.kind == "region":
        return series.place in where
    return bool(where) if series.cause else series.kind is None


def test_a_wrong_policy_says_what_to_write(tmp_path: Path) -> None:
    text = RISING.read_text(encoding="utf-8")
    for wrong, said in (
        ("false_share = 0.05", "false_share = 2"),
        ("least = 5", "least = 5.5"),
        ("half_life = 8", "half_live = 8"),
    ):
        path = tmp_path / f"{said[:9]}.toml"
        path.write_text(text.replace(wrong, said), encoding="utf-8")
        with pytest.raises(LoadError, match=said.split(" ")[0]):
            rising_policy(path)
