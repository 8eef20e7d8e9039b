"""Stages, health, tags and signals of every month-end: against plain Python, against what was known, by hand."""

from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from schemas import CONTACT_LEVELS, LIFECYCLE, SIGNALS
from tests.warehouse import life_oracle
from tests.warehouse.derived import Row
from tests.warehouse.life_world import LAST, World, month_ends, months_of, world

Months = tuple[World, pd.DataFrame]
FIRST, EARLY = date(2020, 4, 11), date(2018, 11, 5)
"""Five years are kept: all of the one company's, the end of the other's."""


@pytest.fixture(scope="module")
def months() -> Months:
    """A random company and its customer-months."""
    made = world(1, FIRST)
    return made, months_of(made)


def test_every_customer_month_equals_plain_python(months: Months) -> None:
    same_as_python(*months, month_ends(FIRST, LAST))


def test_what_happened_before_the_kept_months_still_counts() -> None:
    made = world(2, EARLY, customers=12)
    same_as_python(made, months_of(made), month_ends(EARLY, LAST)[-60:])


def same_as_python(given: World, found: pd.DataFrame, ends: list[date]) -> None:
    """Every column that rests on stages, health, tags and signals, of every customer at every month-end."""
    assert [day.date() for day in found.as_of.unique()] == ends
    for end in ends:
        seen, mine = life_oracle.Seen(given, end), found[found.as_of == pd.Timestamp(end)].set_index("customer_id")
        assert list(mine.index) == seen.customers()
        for who in mine.index:
            expected = life_oracle.month(seen, who)
            got = {name: _plain(mine.loc[who, name]) for name in expected}
            assert got == expected, (who, end)


def _plain(value: object) -> object:
    return value.date() if isinstance(value, pd.Timestamp) else value


@pytest.mark.parametrize("end", [date(2020, 11, 30), date(2023, 1, 31), date(2024, 8, 31)])
def test_the_past_knows_nothing_of_the_future(months: Months, end: date) -> None:
    """Data that end at a month-end give the same rows up to it as data that go on: no column looks ahead."""
    given, found = months
    then = months_of(given.until(end))
    pd.testing.assert_frame_equal(then, found[found.as_of <= pd.Timestamp(end)])
    assert len(then) > 80


def test_the_made_up_company_shows_everything(months: Months) -> None:
    """Every stage, level of contact and answer of every signal comes up: the comparisons have something to say."""
    found = months[1]
    assert set(found.stage) == set(LIFECYCLE)
    assert set(found.contact_level) == set(CONTACT_LEVELS)
    for signal in SIGNALS:
        assert set(found[f"fires_{signal}"]) == {True, False, None}, signal
    for part in life_oracle.PARTS:
        assert found[f"health_{part}"].isna().any() and found[f"health_{part}"].nunique() > 3, part


NOON = datetime(2025, 6, 30, 12)
"""The last day of the cases by hand."""
Case = dict[str, list[Row]]


def ordered(*days: int, amounts: tuple[float, ...] = ()) -> list[Row]:
    """Orders so many days before the last day; of 100 each unless told."""
    paid = amounts or (100.0,) * len(days)
    return [{"ordered_at": NOON - timedelta(days=day), "amount": paid[n]} for n, day in enumerate(days)]


def answered(score: int, days: int) -> list[Row]:
    """An NPS answer so many days before the last day."""
    return [{"kind": "nps", "score": score, "answered_at": NOON - timedelta(days=days)}]


def complained(ago: int, taken: int) -> Row:
    """A complaint due two days after it was opened."""
    opened = NOON - timedelta(days=ago)
    done, due = opened + timedelta(days=taken), opened + timedelta(days=2)
    told = {"kind": "complaint", "judged_by": "source", "channel": "phone"}
    return {**told, "opened_at": opened, "resolved_at": done, "resolution_due_at": due}


STAGES: list[tuple[Case, str]] = [
    ({"customers": [{"signed_up_on": date(2025, 6, 1)}]}, "acquisition"),
    ({"orders": ordered(10)}, "activation"),
    ({"orders": ordered(254)}, "activation"),  # no gap of their own: three times 84.75, the median of those below
    ({"orders": ordered(255)}, "churned"),
    ({"orders": ordered(256, 255)}, "churned"),
    ({"orders": ordered(130, 110, 90)}, "retention"),  # every 20 days: silent for 90 is not longer than the floor
    ({"orders": ordered(131, 111, 91)}, "churned"),
    ({"orders": ordered(240, 200, 160, 120)}, "retention"),  # every 40 days: three times that
    ({"orders": ordered(241, 201, 161, 121)}, "churned"),
    ({"orders": ordered(60, 30), "surveys": answered(9, 364)}, "referral"),
    ({"orders": ordered(60, 30), "surveys": answered(9, 365)}, "retention"),
    ({"orders": ordered(60, 30), "surveys": answered(8, 10)}, "retention"),
    ({"orders": ordered(30), "surveys": answered(10, 10)}, "activation"),
    ({"orders": ordered(400, 200, 100, amounts=(1, 100, 120))}, "expansion"),
    ({"orders": ordered(400, 200, 100, amounts=(1, 100, 119.99))}, "retention"),
    ({"orders": ordered(359, 200, 100, amounts=(1, 100, 900))}, "retention"),  # new in the earlier half-year: no growth
    ({"orders": ordered(360, 200, 100, amounts=(1, 100, 900))}, "expansion"),
    ({"orders": ordered(400, 380, 100)}, "retention"),  # nothing in the half-year before: no growth either
]
STEADY: Case = {"orders": ordered(480, 440, 400, 360, 320, 280, 240, 200, 160, 120, 80), "surveys": answered(7, 20)}
ONCE: Case = {"orders": ordered(10)}
ANGRY: Case = {"orders": ordered(10), "tickets": [complained(20, 1), complained(50, 3), complained(95, 1)]}
KEYS = {"orders": "order_id", "surveys": "survey_id", "tickets": "ticket_id"}


@pytest.fixture(scope="module")
def lived() -> list[pd.Series]:
    """The last customer-month of each case, in their order: the stages, then steady, once and angry."""
    cases: list[Case] = [*(case for case, _ in STAGES), STEADY, ONCE, ANGRY]
    rows: dict[str, list[Row]] = {table: [] for table in ("customers", *KEYS)}
    rows["orders"].append({"order_id": "z", "customer_id": "z", "ordered_at": NOON, "amount": 1.0})
    for number, case in enumerate(cases):
        for table, given in case.items():
            for row in given:
                key = {KEYS[table]: str(len(rows[table]))} if table in KEYS else {}
                rows[table].append({**key, "customer_id": f"c{number:02}", **row})
    found = months_of(World(rows, NOON.date()))
    last = found[(found.as_of == pd.Timestamp(2025, 6, 30)) & (found.customer_id != "z")]
    assert len(last) == len(cases)
    return [row for _, row in last.iterrows()]


def test_the_stage_of_a_customer(lived: list[pd.Series]) -> None:
    found = [row.stage for row in lived[: len(STAGES)]]
    assert list(enumerate(found)) == list(enumerate(stage for _, stage in STAGES))


def test_who_has_no_gap_of_their_own_gets_the_common_limit_of_that_month() -> None:
    """Nobody has a gap until b orders for the third time, in May: the cap until then. From July on c has one, too:
    three times the median of both. What came after a month-end does not change its limit; b keeps their own."""
    days = {"a": (date(2024, 1, 10),), "b": (date(2024, 1, 1), date(2024, 4, 1), date(2024, 5, 1))}
    days |= {"c": (date(2024, 5, 1), date(2024, 6, 1), date(2024, 7, 31)), "z": (date(2024, 8, 31),)}
    rows: list[Row] = [
        {"order_id": f"{who}{day}", "customer_id": who, "ordered_at": datetime.combine(day, NOON.time()), "amount": 1.0}
        for who, own in days.items()
        for day in own
    ]
    found = months_of(World({"orders": rows}, date(2024, 8, 31))).set_index(["customer_id", "month"])
    months = [pd.Timestamp(2024, month, 1) for month in range(1, 9)]
    b, c = 3 * (91 + 30) / 2, 3 * (31 + 60) / 2
    assert [found.limit_days["a", month] for month in months] == [540] * 4 + [b] * 2 + [(b + c) / 2] * 2
    assert [found.limit_days["b", month] for month in months] == [540] * 4 + [b] * 4
    assert [found.stage["a", month] for month in months] == ["activation"] * 6 + ["churned"] * 2
    assert [found.gap_days["a", month] for month in months] == [None] * 8


def test_health_is_the_weighted_mean_of_what_can_be_judged(lived: list[pd.Series]) -> None:
    """Every 40 days until 80 days ago, with 120 as the limit: half of the way is gone. One order in the last 90 days,
    where the year before had nine: a share of 100 to 225. The answer was a 7."""
    found = lived[-3]
    assert (found.gap_days, found.limit_days) == (40, 120)
    assert (found.health_activity, found.health_spend, found.health_voice) == (50, 44, 70)
    assert found.health_engagement is None and found.health_service is None
    assert found.health == 52, "(50 x 30 + 44 x 25 + 70 x 15) / 70 = 52.1"


def test_one_part_alone_is_no_health(lived: list[pd.Series]) -> None:
    assert (lived[-2].health_activity, lived[-2].health) == (96, None)


def test_service_loses_points_for_complaints_and_late_tickets(lived: list[pd.Series]) -> None:
    """Two complaints of the last 90 days, one of them late: 100 - 2 x 15 - 25. An older one does not count."""
    found = lived[-1]
    assert (found.health_service, found.health_activity) == (45, 96)
    assert found.health == 79, "(96 x 30 + 45 x 15) / 45 = 79.0"
    assert (found.contact_level, found.prefers) == ("low", "phone")
