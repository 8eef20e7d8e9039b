"""Rules that people accept: refused in a sentence, withdrawn, and printed as a policy that can be read again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from store import Changed, Invalid, Rule, StoreError, snapshot
from store.__main__ import main
from store.rules import BOOK, WITHDRAWN, as_policy, key_of, new
from warehouse.derive.causes.policy import read_cause_policy
from words import LANGUAGES

GOOD = Rule("r1", "Ana", "late", words="courier\ndriver")
CAUSES = """# Ours.
[causes.late]
name = { en = "Late", zh = "延误" }
categories = ["Delivery"]
words = ["late"]
"""


def standing() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = snapshot().tables["accepted_rules"].to_pylist()
    return found


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rule": ""}, "Which rule"),
        ({"author": " "}, "Write your name"),
        ({"cause": ""}, "Choose a cause, or name a new one"),
        ({"cause": "two words"}, "Choose a cause, or name a new one"),
        ({"words": " \n "}, "Choose at least one word"),
        ({"words": "x" * 2001}, "longer than 2,000"),
        ({"status": "maybe"}, "“maybe” is none of the statuses"),
    ],
)
def test_refused_in_a_sentence(change: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said) as told:
        BOOK.save(replace(GOOD, **change), 0)
    assert len({told.value.said(lang) for lang in LANGUAGES}) == len(LANGUAGES)
    assert standing() == []


@pytest.mark.usefixtures("anywhere")
def test_of_two_who_withdraw_the_second_is_told() -> None:
    first = BOOK.save(GOOD, 0)
    BOOK.save(replace(GOOD, rule=new(), words=None, category="Idea"), 0)
    assert [row["category"] for row in standing()] == [None, "Idea"]
    BOOK.save(replace(GOOD, author="Ben", status=WITHDRAWN), first.id or 0)
    with pytest.raises(Changed) as told:
        BOOK.save(replace(GOOD, author="Cho", status=WITHDRAWN), first.id or 0)
    assert [entry.author for entry in told.value.entries] == ["Ben"]
    assert [row["status"] for row in standing()] == ["withdrawn", "accepted"]


def test_a_name_becomes_a_key() -> None:
    assert key_of(" Rider’s manners! ") == "rider_s_manners" and key_of("骑手 态度") == "骑手_态度"
    assert key_of("!?") == ""


@pytest.mark.usefixtures("sqlite")
def test_what_stands_is_printed_as_a_policy(write: Callable[[str, str], Path]) -> None:
    path = write("causes.toml", CAUSES)
    BOOK.append([GOOD, replace(GOOD, rule="r2", words="late\ndriver", category="Courier")])
    BOOK.append([Rule("r3", "Ana", "礼貌", "礼貌 “manners”", "Support", "rude")])
    BOOK.append([Rule("r4", "Ana", "gone", "Gone", None, "nothing")])
    BOOK.append([Rule("r4", "Ana", "gone", "Gone", None, "nothing", status=WITHDRAWN)])
    text = as_policy(standing(), path)
    late, manners = read_cause_policy(write("again.toml", text)).causes
    assert text.startswith("# Ours.\n")
    assert late.signs == (
        *(("category", "Delivery"), ("category", "Courier"), ("word", "late")),
        *(("also", "courier"), ("also", "driver"), ("also", "late")),
    )
    assert (manners.key, manners.department, manners.signs) == ("礼貌", "Support", (("also", "rude"),))
    assert set(manners.names.values()) == {"礼貌 “manners”"}
    again = as_policy(standing(), write("again.toml", text))
    assert again == text, "what stands in the policy already changes nothing"


@pytest.mark.usefixtures("sqlite")
def test_the_command_prints_the_delivered_policy(
    capsys: pytest.CaptureFixture[str], write: Callable[[str, str], Path]
) -> None:
    assert main(["causes"]) == 0
    assert read_cause_policy(write("causes.toml", capsys.readouterr().out)) == read_cause_policy()


@pytest.mark.usefixtures("sqlite")
def test_a_wrong_policy_is_told(write: Callable[[str, str], Path]) -> None:
    with pytest.raises(StoreError, match=r"causes\.toml line 1"):
        as_policy([], write("causes.toml", "[cause]"))
