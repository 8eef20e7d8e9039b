"""The tier policy: what is delivered holds together, and a wrong one is refused in words that help."""

from collections.abc import Callable
from pathlib import Path

import pytest

from warehouse.derive import build
from warehouse.derive.tier_policy import create_tier_rules, every_score, read_tier_policy
from warehouse.errors import LoadError
from warehouse.load import load

Write = Callable[[str, str], Path]
GOOD = """window_days = 90
history_months = 12
default = "standard"
[[rules]]
tier = "core"
monetary = { min = 4 }
[[rules]]
tier = "dormant"
recency = { max = 2 }
monetary = { max = 3 }
"""


def test_the_delivered_policy() -> None:
    policy = read_tier_policy()
    assert (policy.window_days, policy.history_months, policy.default) == (365, 60, "standard")
    assert {policy.tier(scores) for scores in every_score()} == {"core", "growth", "dormant", "standard"}
    best = dict.fromkeys(("recency", "frequency", "monetary", "past_value"), 5)
    assert policy.tier(best) == "core"
    assert policy.tier({**best, "monetary": 3}) == "growth"
    assert policy.tier({**best, "recency": 2}) == "dormant"
    assert policy.tier({**best, "recency": 2, "past_value": 3}) == "standard"


def test_another_policy_is_read(write: Write) -> None:
    policy = read_tier_policy(write("tiers.toml", GOOD))
    assert [rule.spans for rule in policy.rules] == [{"monetary": (4, 5)}, {"recency": (1, 2), "monetary": (1, 3)}]


# What is wrong, what becomes of which text, and what is said about it.
WRONG = {
    "an unknown key": ("window_days", "window_day", "tiers.toml: unknown key “window_day”; did you mean window_days?"),
    "an unknown score": ("recency = {", "recent = {", "rule 2: unknown key “recent”; did you mean recency"),
    "an unknown end": ("{ max = 2 }", "{ most = 2 }", r"rule 2 \(dormant\) recency: unknown key “most”"),
    "overlapping rules": (
        "monetary = { max = 3 }\n",
        "",
        r"rules 1 \(core\) and 2 \(dormant\): overlap, both fit .* recency 1, .*; narrow one",
    ),
    "no default": ('default = "standard"\n', "", 'default: is missing; add a line such as default = "standard"'),
    "no number": ("min = 4", 'min = "four"', r"rule 1 \(core\) monetary.min: must be a whole number .*, not 'four'"),
    "a number out of range": ("{ min = 4 }", "{ min = 6 }", "from 1 to 5, not 6"),
    "ends the wrong way round": ("{ min = 4 }", "{ min = 4, max = 2 }", "min 4 lies above max 2.*swap"),
    "no window": ("window_days = 90\n", "", "window_days: is missing; write for example window_days = 365"),
    "a window of nothing": ("window_days = 90", "window_days = 0", "window_days: must be .* above 0, not 0"),
    "no such tier": ('tier = "core"', 'tier = "gold"', "rule 1 tier: there is no tier 'gold'; write one of core"),
    "a rule without a tier": ('tier = "core"\n', "", "rule 1 tier: is missing"),
    "a rule that asks nothing": ("monetary = { min = 4 }\n", "", r"rule 1 \(core\): asks for no score"),
    "a span that is none": ("{ min = 4 }", "4", r"monetary: must say min, max or both"),
    "no TOML": ("[[rules]]", "[[rules", "not valid TOML"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_policy_is_one_clear_error(name: str, write: Write) -> None:
    old, new, told = WRONG[name]
    assert old in GOOD
    with pytest.raises(LoadError, match=told) as error:
        read_tier_policy(write("tiers.toml", GOOD.replace(old, new, 1)))
    assert "\n" not in str(error.value) and str(error.value).startswith("tiers.toml")


def test_a_load_with_a_wrong_policy_changes_nothing(
    folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:

    wrong = write("tiers.toml", GOOD.replace("90", "-1"))
    monkeypatch.setattr(build, "create_tier_rules", lambda con: create_tier_rules(con, wrong))
    with pytest.raises(LoadError, match="window_days"):
        load([write("orders.csv", "order_id,customer_id,ordered_at,amount\n1,a,2025-01-01,5\n")])
    assert not (folder / "CURRENT").exists()
