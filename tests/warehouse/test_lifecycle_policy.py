"""The policies of stages and of health: a wrong file is one clear error with file, line, key and advice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from warehouse.derive.churn_policy import read_churn_policy
from warehouse.derive.lifecycle_policy import read_health_policy, read_lifecycle_policy
from warehouse.errors import LoadError
from warehouse.settings import POLICY

Write = Callable[[str, str], Path]
READERS = {"lifecycle": read_lifecycle_policy, "health": read_health_policy}
TEXTS = {name: (POLICY / f"{name}.toml").read_text(encoding="utf-8") for name in READERS}
LIFECYCLE = [
    (
        "times = 3.0",
        "times = 0",
        "churned times: must be a number from 0.1 to 100, not 0; write for example times = 3.0.",
    ),
    ("times = 3.0", 'times = "thrice"', "churned times: must be a number from 0.1 to 100, not “thrice”"),
    ("floor_days = 90\n", "", "churned floor_days: is missing; write for example floor_days = 90."),
    ("floor_days = 90", "floor = 90", "churned: unknown key “floor”; did you mean “floor_days”?"),
    ("floor_days = 90", "floor_days = 600", "churned floor_days: is above cap_days; lower it or raise cap_days."),
    (
        "least = 3",
        "least = 1",
        "churned least: must be a whole number from 2 to 1000, not 1; write for example least = 3.",
    ),
    ("growth = 0.2", "growth = true", "expansion growth: must be a number from 0 to 100, not true"),
    (
        "promoter_from = 9",
        "promoter_from = 9.5",
        "advocate promoter_from: must be a whole number from 0 to 10, not 9.5",
    ),
    (
        'kinds = ["referral", "share"]',
        'kinds = "referral"',
        "advocate kinds: must be a list, not “referral”; write for",
    ),
    (
        'kinds = ["referral", "share"]',
        "kinds = [1]",
        "advocate kinds: must be a text, not 1; write for example kinds =",
    ),
    ("usual_from = 3", "usual_from = 30", "contact usual_from: is above high_from; lower it or raise high_from."),
    ("[touches]", "[touch]", "unknown key “touch”; did you mean “touches”?"),
    (
        "[touches]\nrecent_days = 30\n",
        "",
        "touches: must be a table of names and values, not nothing; begin with a line [touches].",
    ),
]
HEALTH = [
    ("least_parts = 2", "least_parts = 6", "least_parts: must be a whole number from 1 to 5, not 6; write for example"),
    ("least_parts = 2\n", "", "least_parts: is missing; write for example least_parts = 2."),
    ("activity = 30", "activity = 31", "weights: add up to 101; make them 100 together."),
    ("activity = 30", "activty = 30", "weights: unknown key “activty”; did you mean “activity”?"),
    ("voice = 15", "voice = -1", "weights voice: must be a whole number from 0 to 100, not -1"),
    ("late_points = 25", "late_points = 250", "service late_points: must be a whole number from 0 to 100, not 250"),
]
WRONG = [(name, *case) for name, cases in (("lifecycle", LIFECYCLE), ("health", HEALTH)) for case in cases]


@pytest.mark.parametrize(("name", "old", "new", "told"), WRONG, ids=[told for *_, told in WRONG])
def test_a_wrong_policy_is_one_clear_error(name: str, old: str, new: str, told: str, write: Write) -> None:
    text = TEXTS[name]
    assert old in text
    with pytest.raises(LoadError) as caught:
        READERS[name](write(f"{name}.toml", text.replace(old, new, 1)))
    said = str(caught.value)
    assert told in said
    assert said.startswith(f"{name}.toml line ")
    if new.strip() and not new.startswith("[") and "add up" not in told:
        assert said.startswith(f"{name}.toml line {text[: text.index(old)].count(chr(10)) + 1}, "), (
            "the line of the key"
        )


def test_churned_comes_after_the_early_sign_of_silence() -> None:
    """Who has churned has shown the signal before: there is time to call."""
    silence, churned = read_churn_policy().signals["silence"], read_lifecycle_policy()["churned"]
    assert all(churned[key] > silence[key] for key in ("times", "floor_days", "cap_days"))
    assert churned["least"] == silence["least"]


def test_no_kinds_of_advocates_is_a_policy_too(write: Write) -> None:
    text = TEXTS["lifecycle"].replace('kinds = ["referral", "share"]', "kinds = []")
    assert read_lifecycle_policy(write("lifecycle.toml", text))["advocate"]["kinds"] == []
