"""What a topic proposes for a rule."""

import pytest

from ui.proposing import nearest, preset
from warehouse.derive.causes import read_cause_policy
from warehouse.settings import POLICY

RULES = [("late", "没送到"), ("late", "not delivered"), ("food", "辣"), ("gift", "筷子"), ("parts", "spare part")]


def test_only_words_that_typical_texts_share_are_preset() -> None:
    assert preset(["盒子", "饺子", "包子"], {"盒子": 0, "饺子": 2, "包子": 1, "凉": 3}) == ["饺子"]
    assert preset(["没收到", "没到"], {"没收到": 2, "没到": 3}) == ["没收到", "没到"]
    assert preset(["盒子", "袋子"], {"袋子": 1, "盒子": 1}) == ["盒子"], "none is shared: the first"
    assert preset(["盒子", "袋子"], {"袋子": 1}) == ["袋子"], "what no text says is of no use"
    assert preset([], {}) == []


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (["没收到"], "late"),
        (["饺子", "没到"], "late"),
        (["辣椒"], "food"),
        (["饺子"], None),
        (["part"], "parts"),
        (["partner"], None),
        (["delivered"], "late"),
        ([], None),
    ],
)
def test_the_nearest_cause_shares_characters_or_words(words: list[str], cause: str | None) -> None:
    near = nearest(words, RULES)
    assert (near and near.cause) == cause
    assert near is None or near in RULES


def test_without_rules_no_cause_is_near() -> None:
    assert nearest(["没到"], []) is None


def test_a_parcel_not_received_is_late_by_the_policy() -> None:
    policy = read_cause_policy(POLICY / "causes.toml")
    rules = [(cause.key, word) for cause in policy.causes for sign, word in cause.signs if sign != "category"]
    assert nearest(["没收到", "没到"], rules) == ("late_delivery", "没送到")
