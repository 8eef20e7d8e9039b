"""The care policy: a wrong file is one clear error that says where, what is wrong and what to write."""

from collections.abc import Callable
from pathlib import Path

import pytest

from schemas import CARE_LISTS
from tests.warehouse.said import is_said
from warehouse.derive.care_policy import read_care_policy
from warehouse.errors import LoadError
from warehouse.settings import POLICY

TEXT = (POLICY / "care.toml").read_text(encoding="utf-8")
WRONG = [
    ("ahead_days = 30", "ahead_days = 0", "care.toml line 5, ahead_days: must be … from 1 to 3650, not 0; write …"),
    ("ahead_days = 30", "ahead_day = 30", "care.toml line 5: unknown key “ahead_day”; did you mean “ahead_days”?"),
    ("ahead_days = 30\n", "", "care.toml …ahead_days: must be …, not nothing; write for example ahead_days = 30."),
    ('= "28 February"', '= "29 February"', "…leap_day: cannot be “29 February”; did you mean “28 February”?"),
    ('["marketing"]', '"marketing"', '…impersonal: must be a list, not “marketing”; write ["marketing"] or [].'),
    ('["marketing"]', "[7]", "…impersonal: must be a text, not 7; write a kind such as …"),
    ("recent_days = 90", "recent_days = 1.5", "…promoter recent_days: must be a whole number …, not 1.5; write …"),
    ("overdue_days = 7", "late_days = 7", "…line …, detractor: unknown key “late_days”; …"),
    ("growth = 120\n", "", "…untouched growth: must be a whole number …, not nothing; write for example growth = 180."),
    ("growth = 120", "gold = 120", "…untouched: unknown key “gold”; write one of core, growth, dormant, standard…"),
    ("most = 3", "most = true", "…over_contact most: must be a whole number …, not true; write for example most = 3."),
    ("[promoter]\nrecent_days = 90", "promoter = 90", "…promoter: must be a table …; write [promoter] …"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), WRONG, ids=[new or old for old, new, _ in WRONG])
def test_a_wrong_policy_is_one_clear_error(old: str, new: str, told: str, write: Callable[[str, str], Path]) -> None:
    assert old in TEXT
    with pytest.raises(LoadError) as caught:
        read_care_policy(write("care.toml", TEXT.replace(old, new, 1)))
    assert is_said(told, str(caught.value)), caught.value


def test_every_list_has_its_rule_in_one_order() -> None:
    assert tuple(read_care_policy().rules()) == CARE_LISTS


def test_no_kind_need_be_impersonal(write: Callable[[str, str], Path]) -> None:
    assert read_care_policy(write("care.toml", TEXT.replace('["marketing"]', "[]"))).impersonal == ()
