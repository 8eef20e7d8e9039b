"""Actions on causes: what is refused and why, two people at once, and what stands in a snapshot."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from store import Action, Changed, Invalid, Rule, StoreError, action_policy, actions, save, snapshot
from store.entries import Entry
from store.rules import BOOK
from warehouse.derive.outreach_policy import ACTIONS
from words import LANGUAGES, has, t

GOOD = Action("one", "Ana", "late_delivery", "Second van", "running", "Ben", date(2026, 3, 2), date(2026, 3, 9))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"action": ""}, "Which action"),
        ({"author": " "}, "Write your name"),
        ({"cause": ""}, "Choose the cause"),
        ({"what": "\n"}, "Write in a sentence"),
        ({"what": "x" * 501}, "longer than 500 characters. Put the details"),
        ({"note": "x" * 4001}, "longer than 4,000"),
        ({"region": "x" * 201}, "A text is longer than 200"),
        ({"status": "retained"}, "“retained” is none of the statuses"),
        ({"owner": None}, "Name who sees to it"),
        ({"owner": "", "status": "planned"}, "Name who sees to it"),
        ({"due_on": None}, "by when it is to be done"),
        ({"starts_on": None}, "from which day it should show"),
        ({"starts_on": None, "status": "done"}, "from which day it should show"),
    ],
)
@pytest.mark.usefixtures("sqlite")
def test_refused_in_a_sentence(change: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said) as told:
        actions.save(replace(GOOD, **change), 0)
    assert len({told.value.said(lang) for lang in LANGUAGES}) == 2
    assert actions.since("one") == ()


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize(
    ("save", "entry", "missing"),
    [
        (
            actions.save,
            Action("one", "", "", " ", "running"),
            ["no_cause", "no_what", "no_author", "no_action_owner", "no_due", "no_start"],
        ),
        (save, Entry("C1", "", "lost"), ["no_author", "no_reason"]),
        (BOOK.save, Rule("r1", "", ""), ["no_rule_sign", "no_rule_cause", "no_author"]),
    ],
)
def test_all_that_is_missing_is_said_at_once(save: Any, entry: Any, missing: list[str]) -> None:
    for lang in LANGUAGES:
        with pytest.raises(Invalid) as told:
            save(entry, 0)
        assert told.value.said(lang).split("  \n") == [t(lang, f"store.{key}") for key in missing]


@pytest.mark.usefixtures("sqlite")
def test_what_ended_needs_no_owner_and_what_is_planned_no_day() -> None:
    for number, change in enumerate(({"owner": None, "status": "done"}, {"starts_on": None, "status": "planned"})):
        actions.save(replace(GOOD, action=f"{number}", **change), 0)  # type: ignore[arg-type]
    assert snapshot().tables["cause_actions"].num_rows == 2


@pytest.mark.usefixtures("sqlite")
def test_what_was_planned_without_a_date_before_still_stands() -> None:
    actions.append([replace(GOOD, due_on=None, at=datetime(2026, 2, 1))])
    assert [entry.due_on for entry in actions.since("one")] == [None]
    actions.save(replace(GOOD, action="two", due_on=None, status="done"), 0)


def test_every_status_has_words() -> None:
    assert all(has(f"value.action_status.{status}") for status in actions.STATUSES)


@pytest.mark.usefixtures("anywhere")
def test_of_two_who_saw_the_same_the_second_is_told_and_other_kinds_do_not_matter() -> None:
    first = actions.save(GOOD, 0)
    save(Entry("one", "Ana", "planned"), 0)
    actions.save(replace(GOOD, author="Ben", note="  begun "), first.id or 0)
    with pytest.raises(Changed) as told:
        actions.save(replace(GOOD, author="Cho", status="dropped"), first.id or 0)
    assert [(entry.author, entry.note) for entry in told.value.entries] == [("Ben", "begun")]
    actions.save(replace(GOOD, author="Cho", status="dropped"), told.value.entries[-1].id or 0)
    found = snapshot()
    (standing,) = found.tables["cause_actions"].to_pylist()
    assert (standing["status"], standing["entries"], standing["begun_at"]) == ("dropped", 3, first.at)
    assert standing["starts_on"] == GOOD.starts_on
    assert [row["author"] for row in found.tables["cause_actions_history"].to_pylist()] == ["Ana", "Ben", "Cho"]
    save(Entry("two", "Ana", "planned"), 0)
    assert snapshot().key != found.key


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("few = 20", "few = 0", "results few: must be a whole number from 1 to 1000, not 0"),
        ("few = 20", "", r"few"),
        ("[results]", "[weeks]", "unknown key “weeks”; write one of results"),
    ],
)
def test_a_wrong_policy_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = ACTIONS.read_text(encoding="utf-8")
    assert old in text and action_policy().weeks_most == 8
    path = tmp_path / "actions.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(StoreError, match=said):
        action_policy(path)
