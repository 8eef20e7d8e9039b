"""The policy of customer value: a wrong file is one clear error that says where, what is wrong and what to write."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.warehouse.said import is_said
from warehouse.derive.value.policy import read_value_policy
from warehouse.errors import LoadError

GOOD = """margin = 0.25
horizon_months = 6
yearly_discount = 0.21
min_customers = 300
min_repeaters = 60
max_correlation = 0.2
max_fitted = 5000
"""
# What becomes of which text of GOOD, and what is said; … stands for anything.
WRONG = [
    ("margin = 0.25\n", "", "line 1, margin: …from 0.001 to 1, not nothing…write for example 0.4."),
    ("0.25", "25", "line 1, margin: …from 0.001 to 1, not 25…write for example 0.4."),
    ("0.25", "0", "line 1, margin: …not 0…write for example 0.4."),
    ("0.25", "true", "line 1, margin: …not true…write for example 0.4."),
    ("margin", "margins", "line 1: unknown key “margins”; did you mean “margin”?"),
    ("= 6", "= 6.5", "line 2, horizon_months: …a whole number from 1 to 60, not 6.5…write for example 12."),
    ("0.21", '"21 %"', "line 3, yearly_discount: …a number from 0 to 1, not “21 %”…write for example 0.1."),
    ("300", "3", "line 4, min_customers: …from 20 …not 3…write for example 200."),
    ("= 60", "= -1", "line 5, min_repeaters: …from 10 …not -1…write for example 50."),
    ("0.2\n", "2\n", "line 6, max_correlation: …from 0 to 1, not 2…write for example 0.3."),
    ("5000", "true", "line 7, max_fitted: …from 200 to 1000000, not true…write for example 10000."),
]


@pytest.mark.parametrize(("old", "new", "told"), WRONG)
def test_a_wrong_policy_is_one_clear_error(old: str, new: str, told: str, write: Callable[[str, str], Path]) -> None:
    assert old in GOOD
    with pytest.raises(LoadError) as caught:
        read_value_policy(write("value.toml", GOOD.replace(old, new, 1)))
    assert is_said(f"value.toml {told}", str(caught.value))


def test_what_remains_of_revenue(write: Callable[[str, str], Path]) -> None:
    """A quarter of it, by three months' discount: at 21 % a year that is 1.1 to the power of a half."""
    policy = read_value_policy(write("value.toml", GOOD))
    assert policy.kept == pytest.approx(0.25 / 1.1**0.5)
    assert policy.weeks == pytest.approx(26.09, abs=0.01)
    assert read_value_policy().horizon_months == 12
