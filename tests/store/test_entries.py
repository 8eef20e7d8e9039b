"""An entry that says too little or contradicts itself is refused with a sentence, in either language."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from store import STATUSES, Entry, Invalid, StoreError, policy, save, since
from warehouse.derive.outreach_policy import OUTREACH
from words import LANGUAGES, has

GOOD = Entry("C1", "Ana", "planned", next_date=datetime.now(UTC).date())
pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"customer_id": "  "}, "Which customer"),
        ({"author": ""}, "Write your name"),
        ({"author": "x" * 101}, "The name is longer than 100"),
        ({"owner": "x" * 101}, "The owner is longer than 100"),
        ({"note": "x" * 4001}, "longer than 4,000"),
        ({"status": "done"}, "“done” is none of the statuses"),
        ({"status": "lost", "next_date": None}, "Choose why the customer left"),
        ({"status": "lost", "next_date": None, "reason": "weather"}, "“weather” is none of the reasons"),
        ({"reason": "price"}, "belongs to a customer who is lost"),
        ({"reason_text": "moved away"}, "belongs to a customer who is lost"),
        ({"status": "retained"}, "there is no next date"),
        ({"next_date": date.today() - timedelta(days=3)}, "lies in the past"),
    ],
)
def test_refused_in_a_sentence(change: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said) as told:
        save(replace(GOOD, **change), 0)
    assert {told.value.said(lang) for lang in LANGUAGES} >= {str(told.value)} and told.value.said("zh") != str(
        told.value
    )
    assert since("C1") == ()


def test_a_good_one_comes_back_as_it_was_written_but_for_blanks() -> None:
    text = "“Call back” – 明天再联系 🙂\n'; DROP TABLE outreach; --"
    saved = save(replace(GOOD, note=f"  {text}\n", owner=" A 7 "), 0)
    assert since("C1") == (saved,)
    assert (saved.note, saved.owner, saved.id) == (text, "A 7", 1)
    assert saved.at and abs(datetime.now(UTC).replace(tzinfo=None) - saved.at) < timedelta(minutes=1)


def test_every_status_has_words() -> None:
    assert all(has(f"value.outreach_status.{status}") for status in STATUSES)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('zh = "价格因素"', 'fr = "Prix"', "line 6, reasons price: unknown key “fr”"),
        ("score_band = 20", "score_band = 0", "results score_band: must be a whole number from 1 to 1000, not 0"),
        ("score_band = 20", "", "results score_band: is missing; write for example score_band = 20"),
        ("[results]", "[result]", "unknown key “result”; did you mean “results”?"),
        ("[reasons]", "[reasons", "not valid TOML"),
    ],
)
def test_a_wrong_policy_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = OUTREACH.read_text(encoding="utf-8")
    assert old in text and policy().reasons
    path = tmp_path / "outreach.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(StoreError) as told:
        policy(path)
    assert said in str(told.value) and "outreach.toml" in str(told.value)
