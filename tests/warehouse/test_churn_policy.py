"""The churn policy: a wrong file is one clear error that says where, what is wrong and what to write."""

from collections.abc import Callable
from pathlib import Path

import pytest

from schemas import SIGNALS
from warehouse.derive.churn_policy import CHECKS, read_churn_policy
from warehouse.errors import LoadError
from warehouse.settings import POLICY

TEXT = (POLICY / "churn.toml").read_text(encoding="utf-8")
WRONG = [
    ("score_min = 50", "score_min = -1", "churn.toml score_min: must be a whole number from 0 to 100, not -1"),
    ("score_min = 50", "score_mim = 50", "churn.toml: unknown name “score_mim”; known: score_min"),
    ("value_days = 365\n", "", "churn.toml: value_days is missing; give a whole number"),
    ("value_share = 1.0", "value_share = 1.5", "value_share: must be a number above 0 and at most 1, not 1.5"),
    ("times = 2.0", 'times = "twice"', "churn.toml signals.silence times: must be a number above 0, not 'twice'"),
    ("floor_days = 30", "floor_days = 400", "signals.silence floor_days: is above cap_days; lower it"),
    ("floor_days = 30", "floor = 30", "churn.toml signals.silence: unknown name “floor”"),
    ("[signals.silence]", "[signals.silent]", "churn.toml signals: unknown name “silent”"),
    ("weight = 20", "weight = 21", "weights of all signals add up to 101; make them 100"),
    ("weight = 20", "weight = true", "signals.silence weight: must be a whole number from 0 to 100, not True"),
    ('kinds = ["login"]', 'kinds = "login"', "signals.fewer_logins kinds: must be a list of names"),
    ("score_max = 6", "score_max = 11", "signals.detractor score_max: must be a whole number from 0 to 10"),
    ('action = "senior_visit"', 'action = "hug"', "action 1: action must be one of senior_visit, personal_call"),
    ("strategic = true", "strategic = 1", "action 1 strategic: must be true or false"),
    ('tiers = ["core"]', 'tiers = ["gold"]', "action 2 tiers: must be a list of some of core, growth"),
    (
        'signals = ["more_complaints", "detractor", "breached"]',
        'signals = "silence"',
        "action 2 signals: must be a list",
    ),
    ('[[actions]]\naction = "courtesy_gift"\n', "", "the last rule must fit everybody"),
    ("risk_min = 0.5", "risk_min = 50", "churn.toml risk_min: must be a number above 0 and at most 1, not 50"),
    ("[model]\n", "[modell]\n", "churn.toml: unknown name “modell”; known: "),
    (
        "horizon_months = 3",
        "horizon_months = 0",
        "churn.toml model horizon_months: must be a whole number from 1 to 24",
    ),
    ("list_size = 100\n", "", "churn.toml model: list_size is missing; give a whole number from 1"),
    (
        "strictness = 10.0",
        'strictness = "high"',
        "churn.toml model strictness: must be a number above 0.0999 and at most",
    ),
    ("train_months = 12", "training = 12", "churn.toml model: unknown name “training”; known: horizon_months"),
]


@pytest.mark.parametrize(("old", "new", "told"), WRONG, ids=[told for _, _, told in WRONG])
def test_a_wrong_policy_is_one_clear_error(old: str, new: str, told: str, write: Callable[[str, str], Path]) -> None:
    assert old in TEXT
    with pytest.raises(LoadError) as caught:
        read_churn_policy(write("churn.toml", TEXT.replace(old, new, 1)))
    assert told in str(caught.value)


def test_without_a_model_the_file_says_so(write: Callable[[str, str], Path]) -> None:
    start, end = TEXT.index("[model]\n"), TEXT.index("# What to do first")
    with pytest.raises(
        LoadError, match=r"churn.toml: \[model\] is missing; write it with horizon_months, train_months"
    ):
        read_churn_policy(write("churn.toml", TEXT[:start] + TEXT[end:]))


def test_a_missing_signal_says_how_to_do_without_it(write: Callable[[str, str], Path]) -> None:
    start, end = TEXT.index("[signals.fewer_logins]"), TEXT.index("[signals.more_complaints]")
    with pytest.raises(LoadError, match=r"signals.fewer_logins\] is missing; to do without the signal, give it weight"):
        read_churn_policy(write("churn.toml", TEXT[:start] + TEXT[end:]))


def test_the_policy_knows_every_signal_in_one_order() -> None:
    policy = read_churn_policy()
    assert tuple(CHECKS) == tuple(policy.signals) == SIGNALS
    assert sum(rule["weight"] for rule in policy.signals.values()) == 100


@pytest.mark.parametrize(
    ("signal", "tier", "strategic", "action"),
    [
        ("silence", "standard", True, "senior_visit"),
        ("detractor", "core", False, "senior_visit"),
        ("detractor", "growth", False, "personal_call"),
        ("silence", "core", False, "personal_call"),
        ("fewer_orders", "dormant", False, "exclusive_offer"),
        ("less_spend", "standard", False, "courtesy_gift"),
    ],
)
def test_the_action_follows_the_strongest_signal_and_the_tier(
    signal: str, tier: str, strategic: bool, action: str
) -> None:
    assert read_churn_policy().action(signal, tier, strategic) == action
