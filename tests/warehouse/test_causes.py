"""Causes and situations of texts: the policy that says so, cases by hand, and texts by chance against plain Python."""

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.warehouse.cause_world import WORDS, Said, caused, read
from tests.warehouse.said import is_said
from warehouse.derive.causes.policy import Subject, as_toml, head_of, read_cause_policy
from warehouse.derive.causes.remarks import cause_remarks
from warehouse.errors import LoadError
from warehouse.settings import POLICY

Write = Callable[[str, str], Path]
SHIPPED = POLICY / "causes.toml"
CAUSES = """
[causes.late]
name = { en = "Late", zh = "延误" }
department = "Logistics"
categories = ["Delivery"]
words = ["late", "courier", "慢", "still waiting"]
also = ["driver"]
[causes.rude]
name = { en = "Rude", zh = "态度" }
words = ["rude", "shouted", "courier", "not polite"]
categories = ["Attitude"]
also = ["staff"]
[scenarios.delivery]
name = { en = "Delivery", zh = "配送" }
touchpoints = ["delivery"]
words = ["parcel"]
categories = ["Delivery"]
[scenarios.phone]
name = { en = "Phone", zh = "电话" }
touchpoints = ["hotline"]
words = ["hotline"]
"""
WRONG = [
    ("[causes.late]", "[cause.late]", "causes.toml line 2: unknown key “cause”; did you mean “causes”?"),
    ("[causes.late]", '[causes."la te"]', "…line 2, causes la te: the key must be of letters, digits and _…"),
    ("department =", "departments =", "…line 4, causes late: unknown key “departments”; did you mean “department”?"),
    ('en = "Late", ', "", "…line 3, causes late name en: is missing; write name = …"),
    ('zh = "延误"', 'zh = ""', "…line 3, causes late name zh: must be a text, not “”; write name = …"),
    ('"Late"', '"Late", fr = "Tard"', "…line 3, causes late name: unknown key “fr”…"),
    ('"Logistics"', "7", "…line 4, causes late department: must be a text, not 7; write a department as …"),
    ('["Delivery"]\nwords', '"Delivery"\nwords', "…line 5, causes late categories: must be a list, not “Delivery”…"),
    ('"late", ', '"late", 3, ', "…line 6, causes late words: must be a text, not 3; write a text in quotes."),
    ('["Attitude"]', '["Delivery"]', "…line 8, causes rude: category “Delivery” stands there twice, at late first…"),
    ('["hotline"]\nwords', '["delivery"]\nwords', "…scenarios phone: touchpoint “delivery” stands there twice…"),
    ('touchpoints = ["hotline"]\nwords = ["hotline"]', "", "…scenarios phone: has no sign to be known by; write one…"),
    ("[scenarios.phone]", "[topics]\nmost = 0\n[scenarios.phone]", "…topics most: must be … from 2 to 100, not 0…"),
    ("[scenarios.phone]", "[topics]\nmany = 9\n[scenarios.phone]", "…topics: unknown key “many”…"),
]  # fmt: skip


@pytest.fixture
def policies(write: Write) -> tuple[Path, Path]:
    """The policies of causes and of words."""
    return write("causes.toml", CAUSES), write("words.toml", WORDS)


@pytest.mark.parametrize(("old", "new", "told"), WRONG, ids=[new or old for old, new, _ in WRONG])
def test_a_wrong_policy_is_one_clear_error(old: str, new: str, told: str, write: Write) -> None:
    assert old in CAUSES
    with pytest.raises(LoadError) as caught:
        read_cause_policy(write("causes.toml", CAUSES.replace(old, new, 1)))
    assert is_said(told, str(caught.value)), caught.value


def test_the_policy_that_comes_with_the_product_can_be_written_out_and_read_again(write: Write) -> None:
    policy = read_cause_policy()
    text = as_toml(policy, head_of(SHIPPED))
    assert read_cause_policy(write("causes.toml", text)) == policy
    assert text.startswith("# What complaints are about")


def test_names_with_every_sign_can_be_written_out(write: Write) -> None:
    policy = read_cause_policy(write("causes.toml", CAUSES))
    strange = Subject(
        "送货", {"en": 'a "b" \\ \t', "zh": "🙂\x7f"}, "x = [1] # y", (("category", "a'b\"c"), ("word", "]"))
    )
    changed = type(policy)((*policy.causes, strange), policy.scenarios, policy.topics, policy.ignored)
    assert read_cause_policy(write("again.toml", as_toml(changed))) == changed


BY_HAND = [
    (Said("rude", "Delivery"), ("late", "category", "delivery")),
    (Said("", "Delivery"), ("late", "category", "delivery")),
    (Said("they were late"), ("late", "words", None)),
    (Said("rude and they shouted, late"), ("rude", "words", None)),
    (Said("late and rude"), ("late", "words", None)),
    (Said("the courier"), ("late", "words", None)),
    (Said("the courier shouted"), ("rude", "words", None)),
    (Said("not late"), (None, None, None)),
    (Said("late, but not rude"), ("late", "words", None)),
    (Said("not polite"), ("rude", "words", None)),
    (Said("polite"), (None, None, None)),
    (Said("不慢"), (None, None, None)),
    (Said("慢"), ("late", "words", None)),
    (Said("still waiting"), ("late", "words", None)),
    (Said("I am still here, waiting"), ("late", "words", None)),
    (Said("still here"), (None, None, None)),
    (Said("the driver"), ("late", "words", None)),
    (Said("the driver, rude"), ("rude", "words", None)),
    (Said("staff and driver"), ("late", "words", None)),
    (Said("parcel", "Other", "hotline"), (None, None, "phone")),
    (Said("hotline", "Delivery"), ("late", "category", "phone")),
    (Said("late late rude", None, "nowhere"), ("late", "words", None)),
    (Said("rude", "Delivery", source="survey"), ("rude", "words", "delivery")),
    (Said("late", "Delivery", source="survey"), ("late", "words", "delivery")),
    (Said("rude", "Other", source="survey"), ("rude", "words", None)),
    (Said("staff", "Delivery", source="survey"), ("late", "category", "delivery")),
    (Said("staff", source="survey"), ("rude", "words", None)),
    (Said("fine", "Delivery", source="survey"), ("late", "category", "delivery")),
    (Said("not rude", "Delivery", source="survey"), ("late", "category", "delivery")),
]


def test_cases_by_hand(policies: tuple[Path, Path]) -> None:
    """Category, then most words, then the order of the file; never from negated words; weaker words last. Of a survey's
    comment its own words come before the category of the ticket that it is about."""
    with read([said for said, _ in BY_HAND], *policies) as con:
        found = caused(con)
    assert dict(zip([said for said, _ in BY_HAND], found, strict=True)) == dict(BY_HAND)


LETTERS = [f"word{letter}" for letter in "abcdefghijkl"]


def expected(said: Said, causes: Mapping[str, tuple[tuple[set[str], set[str]], str]]) -> tuple[str | None, str | None]:
    """The same in plain Python: name -> (words, weaker words), category."""
    spoken, found = set(said.text.split()), []
    for rank in (0, 1):
        counts = {name: len(spoken & words[rank]) for name, (words, _) in causes.items()}
        found.append([(max(counts, key=lambda name: counts[name]), "words")] if any(counts.values()) else [])
    own, weaker = found
    listed = [(name, "category") for name, (_, category) in causes.items() if said.category == category]
    order = [*own, *listed, *weaker] if said.source == "survey" else [*listed, *own, *weaker]
    return order[0] if order else (None, None)


def test_texts_by_chance(write: Write) -> None:
    drawn = random.Random(7)
    rules = {f"c{n}": ((set(drawn.sample(LETTERS, 4)), set(drawn.sample(LETTERS, 2))), f"k{n}") for n in range(4)}
    told = "\n".join(
        f'[causes.{name}]\nname = {{ en = "x", zh = "y" }}\ncategories = ["{category}"]\n'
        f"words = {sorted(words)}\nalso = {sorted(weaker)}"
        for name, ((words, weaker), category) in rules.items()
    )
    texts = [
        Said(
            " ".join(drawn.sample(LETTERS, drawn.randint(0, 4))),
            drawn.choice([None, None, "k1", "k3", "k9"]),
            source=drawn.choice(["ticket", "survey"]),
        )
        for _ in range(400)
    ]
    with read(texts, write("causes.toml", told), write("words.toml", WORDS)) as con:
        found = [(cause, by) for cause, by, _ in caused(con)]
        assert con.execute("SELECT DISTINCT cause, responsible FROM causes ORDER BY ALL").fetchall() == [
            (name, None) for name in rules
        ]
    assert found == [expected(said, rules) for said in texts]
    assert {by for _, by in found} == {None, "category", "words"}


CHARGES = {
    "I was charged twice": "billing",
    "There is an unknown charge of 100": "billing",
    "Extra charges for nothing": "billing",
    "The battery is charged but it dies": "battery",
    "It does not charge": "battery",
    "Fully charged, it dies within an hour": "battery",
    "It gets hot while charging": "battery",
    "It takes a whole night to charge": "battery",
}


def test_what_is_paid_is_told_from_what_is_plugged_in() -> None:
    twice = [Said(text.lower()) for text in (*CHARGES, *CHARGES)]  # a word counts from the second text on
    with read(twice, SHIPPED, POLICY / "words.toml") as con:
        assert {text: cause for text, (cause, _, _) in zip(CHARGES, caused(con), strict=False)} == CHARGES


def test_what_the_policy_names_in_vain_is_said(policies: tuple[Path, Path]) -> None:
    with read([Said("late", "Delivery"), Said("nothing", "Other", "hotline")], *policies) as con:
        con.execute("CREATE TABLE fact_tickets AS SELECT category, 'Support' AS department FROM all_texts")
        assert list(cause_remarks(con)) == [
            "causes.toml: no ticket has the category “Attitude”; there are: Delivery, Other.",
            "causes.toml: no ticket has the department “Logistics”; there are: Support.",
            "causes.toml: nothing in this data shows a sign of “cause rude”.",
        ]
        con.execute("UPDATE fact_tickets SET category = NULL, department = NULL")
        assert len(list(cause_remarks(con))) == 1
    with read([], *policies) as con:
        con.execute("CREATE TABLE fact_tickets (category VARCHAR, department VARCHAR)")
        assert list(cause_remarks(con)) == []
