"""Care lists: against plain Python on random worlds around awkward days, and what happens where the data is silent."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from schemas import CARE_LISTS
from tests.warehouse.care_world import cases, world
from tests.warehouse.derived import derived
from warehouse.derive.care_policy import create_care_policy
from warehouse.settings import POLICY

LAST_DAYS = (
    *(
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2025, 1, 30),
        date(2023, 12, 31),
        date(2024, 12, 3),
    ),
)
CARE = "85_care"
"""The step that makes the lists."""


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Days are those of UTC."""
    monkeypatch.setenv("TEAM_TIMEZONE", "UTC")
    yield


def rows(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    found = con.execute(query)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("last", LAST_DAYS, ids=str)
def test_every_list_equals_plain_python(last: date) -> None:
    given = world(last, seed=last.toordinal())
    with derived(given, until=CARE) as con:
        tiers = {row["customer_id"]: row["tier"] for row in rows(con, "FROM dim_customer")}
        found = {
            (
                *(row["care"], row["customer_id"], row["event_on"] or row["answered_on"] or row["last_contact_on"]),
                next(
                    (row[name] for name in ("years", "score", "touches", "days_since") if row[name] is not None), None
                ),
                *(row["is_late"], row["may_contact"]),
            )
            for row in rows(con, "FROM customer_care")
        }
    expected = cases(given, tiers, last)
    assert found == expected, sorted(map(str, found ^ expected))
    assert {care for care, *_ in found} == set(CARE_LISTS)


def test_each_list_has_one_order_in_which_to_take_it() -> None:
    with derived(world(date(2025, 3, 1), 7), until=CARE) as con:
        found = pd.DataFrame(rows(con, "SELECT *, days_ahead AS ahead FROM customer_care ORDER BY care, place"))
    for care, listed in found.groupby("care"):
        assert listed.place.tolist() == list(range(1, len(listed) + 1))
        if care in ("birthday", "anniversary"):
            assert listed.ahead.is_monotonic_increasing and listed.ahead.between(0, 30).all()
        else:
            assert listed.is_vip.is_monotonic_decreasing, "VIPs first"
        if care == "detractor":
            assert all(listed[listed.is_vip == vip].days_since.is_monotonic_decreasing for vip in (True, False))


LEAP = {"customer_id": "a", "birthday": date(2000, 2, 29)}
END = {"order_id": "o", "customer_id": "b", "amount": 1.0}


@pytest.mark.parametrize(
    ("last", "day"),
    [
        (date(2025, 2, 1), date(2025, 3, 1)),
        (date(2025, 3, 1), date(2025, 3, 1)),
        (date(2024, 2, 10), date(2024, 2, 29)),
    ],
)
def test_born_on_29_february_where_that_is_1_march(
    last: date, day: date, write: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other rule is the delivered one, which the random worlds go through."""
    policy = (POLICY / "care.toml").read_text(encoding="utf-8")
    given = write("care.toml", policy.replace('leap_day = "28 February"', 'leap_day = "1 March"'))
    monkeypatch.setattr("warehouse.derive.build.create_care_policy", partial(create_care_policy, path=given))
    end = {**END, "ordered_at": datetime.combine(last, datetime.min.time())}
    with derived({"customers": [LEAP], "orders": [end]}, until=CARE) as con:
        assert [row["event_on"] for row in rows(con, "FROM customer_care WHERE care = 'birthday'")] == [day]


def test_where_the_data_is_silent_nothing_is_said() -> None:
    """Orders only: no list but that of anniversaries can be judged; and who never gave consent is not left out."""
    orders = [{**END, "order_id": f"o{n}", "ordered_at": datetime(2024 + n, 3, 1)} for n in range(2)]
    with derived({"orders": orders}, until=CARE) as con:
        assert {row["care"] for row in rows(con, "FROM care_rules WHERE judged")} == {"anniversary"}
        found = rows(con, "FROM customer_care")
        assert [(row["care"], row["years"], row["may_contact"]) for row in found] == [("anniversary", 1, True)]
        assert [row["care"] for row in rows(con, "FROM care_rules ORDER BY place")] == list(CARE_LISTS)
    with derived({}, until=CARE) as con:
        assert rows(con, "FROM customer_care") == [] and len(rows(con, "FROM care_rules WHERE NOT judged")) == 6
