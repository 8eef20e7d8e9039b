"""The questions of the care screen against the fixture that was decided by hand."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from queries import Scope, Viewer, ask
from queries.relations import MASK
from schemas import CARE_LISTS
from tests.queries.care_fixture import LISTED, OWNERS

pytestmark = pytest.mark.usefixtures("full")
ALL = Scope()
FREE = [(care, who, told) for care, who, told in LISTED if told.get("may_contact", True)]


def rows(name: str, scope: Scope = ALL, **params: str | int | date) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(name, scope, **params).to_pylist()
    return found


@pytest.mark.parametrize("owner", [None, "王芳", "李强", "—"])
def test_counts_are_those_of_the_rows_by_owner(owner: str | None) -> None:
    wanted: dict[str, str | int] = {} if owner is None else {"owner": owner}
    names = {name for name, own in OWNERS.items() if owner is None or own == (None if owner == "—" else owner)}
    expected = Counter(care for care, who, _ in FREE if who in names)
    withheld = Counter(care for care, who, told in LISTED if who in names and not told.get("may_contact", True))
    counts = rows("care_counts", ALL, **wanted)
    assert [row["care"] for row in counts] == list(CARE_LISTS)
    for row in counts:
        care = row["care"]
        listed = rows("care_rows", ALL, care=care, **wanted)
        assert row["customers"] == expected[care] == len(listed) == (listed[0]["total"] if listed else 0)
        assert row["withheld"] == withheld[care]
        assert row["late"] == sum(bool(each["is_late"]) for each in listed)


@pytest.mark.parametrize("care", CARE_LISTS)
def test_the_rows_say_what_was_stored_in_the_order_in_which_to_take_them(care: str) -> None:
    expected = [(who, told) for listed, who, told in FREE if listed == care]
    found = rows("care_rows", care=care)
    assert [row["customer_id"] for row in found] == [who for who, _ in expected]
    for row, (_, told) in zip(found, expected, strict=True):
        named = {"nps_score" if name == "score" else name: value for name, value in told.items()}
        assert named.items() <= row.items()


def test_filters_apply_the_period_does_not_and_names_are_masked() -> None:
    west = Scope(date(2020, 1, 1), date(2020, 1, 2)).narrow("region", "West")
    assert [row["customers"] for row in rows("care_counts", west)] == [0, 1, 0, 0, 0, 1]
    masked = Scope(viewer=Viewer("v", sees_personal=False))
    assert {row["customer_name"] for row in rows("care_rows", masked, care="detractor")} == {MASK}


def test_days_that_are_past_for_the_reader_are_left_out() -> None:
    """C1's birthday is on 10 March, C2's anniversary on 1 April; lists without a day of their own stay as they are."""
    whole = {row["care"]: row["customers"] for row in rows("care_counts")}
    found = {row["care"]: row for row in rows("care_counts", today=date(2026, 3, 11))}
    left_out = sum(care == "birthday" and told["event_on"] < date(2026, 3, 11) for care, _, told in FREE)
    assert left_out and found["birthday"]["past"] == left_out
    assert {care: row["customers"] for care, row in found.items()} == whole | {"birthday": whole["birthday"] - left_out}
    for care, row in found.items():
        assert len(rows("care_rows", care=care, today=date(2026, 3, 11))) == row["customers"]
    assert rows("care_counts", today=date(2026, 3, 10)) == rows("care_counts")


def test_where_outreach_stands_is_told_beside_the_customer() -> None:
    written = {row["customer_id"]: row["outreach_status"] for row in rows("care_rows", care="detractor")}
    assert written == {"C1": "retained", "C2": "planned"}


def test_owners_are_those_of_somebody_on_a_list() -> None:
    assert {row["owner"] for row in rows("care_owners")} == {"王芳", "李强", None}
