"""Stages, health, tags and signals of every month-end: against plain Python, against what was known then, and by hand."""

from datetime import date

import pandas as pd
import pytest

from tests.warehouse import life_oracle
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
    made = world(2, EARLY)
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
