"""Rules that people accepted work at once, in every question, and as they will once they stand in the policy."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from queries import Scope, ask
from queries.accepted import complete
from store import Rule, snapshot
from store.rules import BOOK, WITHDRAWN, as_policy
from tests.queries import fixture
from tests.queries.voices import WORDS as SAID
from tests.queries.voices import words_of
from tests.warehouse.cause_world import WORDS, Said, caused, read

ALL = Scope()
Row = dict[str, Any]


def company() -> dict[str, list[Row]]:
    """The fixture, with more that no rule covers: two complaints of a category nobody knows, three of one topic."""
    tables = fixture.rows()
    rest = [row for row in tables["fact_complaints"] if row["cause"] is None]
    for place, row in enumerate(rest):
        row["category"], row["topic_id"] = ("invoice" if place % 2 else None), (1 if place < 3 else None)
    tables["text_topics"] = [{**row, "fit": 1 / row["text_id"]} for row in rest if row["topic_id"]]
    return tables


ROWS = company()
COMPLAINTS = ROWS["fact_complaints"]


@pytest.fixture(scope="module")
def company_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accepting")
    fixture.publish(folder, ROWS)
    return folder


@pytest.fixture
def accepting(company_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions go to that company, and to a store of the test's own."""
    monkeypatch.setenv("WAREHOUSE_DIR", str(company_folder))
    monkeypatch.setenv("STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")


def rows(name: str, scope: Scope = ALL, **params: Any) -> list[Row]:
    found: list[Row] = ask(name, scope, **params).to_pylist()
    return found


def says(row: Row, *wanted: str) -> bool:
    return bool(row["has_text"]) and any(word["word"] in wanted for word in words_of(row))


def counted(causes: list[str | None]) -> dict[str | None, int]:
    return {cause: causes.count(cause) for cause in set(causes)}


def covered() -> dict[str | None, int]:
    return {row["cause_by"]: row["n"] for row in rows("cause_coverage")}


@pytest.mark.usefixtures("accepting")
def test_coverage_against_a_count_by_hand() -> None:
    assert covered() == counted([row["cause_by"] for row in COMPLAINTS])
    for row in rows("cause_coverage"):
        assert row["complaints"] == len(COMPLAINTS) and row["share"] == row["n"] / len(COMPLAINTS)
    for by in ("category", "words", "none"):
        told = rows("coverage_rows", by=by, limit=1000)
        assert len(told) == covered().get(None if by == "none" else by, 0) == told[0]["total"]


@pytest.mark.usefixtures("accepting")
def test_candidates_against_a_count_by_hand() -> None:
    rest = [row for row in COMPLAINTS if row["cause"] is None]
    found = rows("cause_candidates")
    categories = counted([row["category"] for row in rest if row.get("category")])
    topics = counted([row["topic_id"] for row in rest if row["topic_id"]])
    assert {row["category"]: row["n"] for row in found if row["kind"] == "category"} == categories
    assert {row["topic_id"]: row["n"] for row in found if row["kind"] == "topic"} == {
        topic: n for topic, n in topics.items() if n > 1
    }
    assert all(row["uncovered"] == len(rest) and row["share"] == row["n"] / len(rest) for row in found)
    assert [row["n"] for row in found] == sorted((row["n"] for row in found), reverse=True)


@pytest.mark.usefixtures("accepting")
def test_the_texts_of_a_topic_come_most_typical_first() -> None:
    told = rows("coverage_rows", topic=1, by="none", limit=1000)
    texts = sorted(row["text_id"] for row in COMPLAINTS if row["topic_id"] == 1)
    assert [row["ticket_id"] for row in told] == [COMPLAINTS[number - 1]["ticket_id"] for number in texts]


@pytest.mark.usefixtures("accepting")
def test_how_many_of_the_quotes_say_a_word() -> None:
    typical = sorted((row for row in COMPLAINTS if row["topic_id"] == 1), key=lambda row: row["text_id"])
    for most in range(len(typical) + 1):
        told = {row["word"]: row["typical"] for row in rows("rule_words", topic=1, typical=most)}
        assert told == {word: sum(says(row, word) for row in typical[:most]) for word in told}
    assert any(told.values())


@pytest.mark.usefixtures("accepting")
def test_the_words_of_each_cause_are_those_of_the_policy() -> None:
    told = [(row["cause"], row["word"]) for row in rows("cause_signs")]
    places = {row["cause"]: row["place"] for row in ROWS["causes"]}
    wanted = [(row["cause"], row["word"]) for row in ROWS["cause_rules"] if row.get("word")]
    assert wanted and told == sorted(wanted, key=lambda pair: (places[pair[0]], *pair))


@pytest.mark.usefixtures("accepting")
def test_what_a_rule_would_cover_is_what_it_covers() -> None:
    """By words, by a category, for a cause of the policy and for a new one; withdrawn, all is as it was."""
    rest = [row for row in COMPLAINTS if row["cause"] is None]
    words, category = ("refund", "not arrived"), next(row["category"] for row in rest if row.get("category"))
    by_words = sum(says(row, *words) for row in rest)
    reach = rows("rule_reach", words="|".join(words))[0]
    assert reach == {"n": by_words, "uncovered": len(rest)} and 0 < by_words < len(rest)
    before = covered()
    told = {row["word"]: row["n"] for row in rows("rule_words")}
    assert told == {word["word"]: n for word in SAID if (n := sum(says(row, word["word"]) for row in rest))}

    saved = BOOK.save(Rule("r1", "Ana", "billing", "Billing", "Finance", "\n".join(words)), 0)
    assert covered() == {**before, None: before[None] - by_words, "accepted": by_words}
    assert {"cause": "billing", "name_en": "Billing", "name_zh": "Billing", "responsible": "Finance"} in rows(
        "cause_names"
    )
    assert [(row["cause"], row["n"], row["author"]) for row in rows("accepted_rules")] == [("billing", by_words, "Ana")]

    BOOK.save(Rule("r2", "Ben", "late_delivery", category=category), 0)
    given = [row for row in COMPLAINTS if row["cause_by"] != "category" and row.get("category") == category]
    assert covered()["accepted"] == len(given) + sum(says(row, *words) for row in rest if row not in given)
    listed = rows("coverage_rows", by="accepted", limit=1000)
    assert {row["ticket_id"] for row in listed if row["cause"] == "late_delivery"} == {
        row["ticket_id"] for row in given
    }

    BOOK.save(Rule("r1", "Ana", "billing", "Billing", "Finance", "\n".join(words), status=WITHDRAWN), saved.id or 0)
    assert covered()["accepted"] == len(given)
    assert "billing" not in {row["cause"] for row in rows("cause_names")}


CAUSES = """
[causes.late]
name = { en = "Late", zh = "延误" }
categories = ["Delivery"]
words = ["late"]
[causes.rude]
name = { en = "Rude", zh = "态度" }
words = ["rude"]
"""
TEXTS = [
    Said("late", "Delivery"),
    Said("late and rude", "Courier"),
    Said("the courier", "Courier"),
    Said("the courier shouted"),
    Said("shouted, slammed the door"),
    Said("refunded nothing"),
    Said("not refunded"),
    Said("still here, waiting"),
    Said("courier shouted, slammed the door, rude"),
    Said("a courier, a refund"),
    Said("nothing"),
    Said("", "Courier"),
    Said("the courier came", pool="praise"),
    Said("rude", "Courier", source="survey"),
    Said("the courier", "Courier", source="survey"),
    Said("rude", "Delivery", source="survey"),
]
RULES = [
    Rule("r1", "Ana", "rude", words="courier\nshouted"),
    Rule("r2", "Ana", "doors", "Doors", None, "slammed\nshouted\nstill waiting"),
    Rule("r3", "Ana", "refund", "Refund", "Billing", "refund"),
    Rule("r4", "Ana", "late", category="Courier"),
]
TOLD = [
    "late",
    "late",
    "late",
    "rude",
    "doors",
    "refund",
    None,
    "doors",
    "rude",
    "rude",
    None,
    "late",
    "rude",
    "rude",
    "late",
    "rude",
]


def test_the_screen_and_the_policy_agree(
    write: Callable[[str, str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the accepted rules give each text is what the policy printed from them gives it at the next load."""
    monkeypatch.setenv("STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    causes, words = write("causes.toml", CAUSES), write("words.toml", WORDS)
    monkeypatch.setattr("warehouse.derive.causes.assign.WORDS", words)
    BOOK.append(RULES)
    standing = snapshot().tables["accepted_rules"]
    with read(TEXTS, causes, words) as con:
        _publish(con)
        complete(con, "test", standing)
        shown = con.execute("SELECT cause, cause_by FROM fact_texts ORDER BY text_id").fetchall()
        assert dict(con.execute("SELECT cause, responsible FROM causes").fetchall()) == {
            **{"late": None, "rude": None, "doors": None},
            "refund": "Billing",
        }
        assert con.execute("SELECT count(*) FROM fact_complaints").fetchall() == [(15,)]
    assert [cause for cause, _ in shown] == TOLD
    assert [by for _, by in shown].count("accepted") == 10
    printed = write("printed.toml", as_policy(standing.to_pylist(), causes))
    with read(TEXTS, printed, words) as con:
        assert [cause for cause, _, _ in caused(con)] == TOLD
        _publish(con)
        complete(con, "printed", standing)
        again = con.execute("SELECT cause, cause_by FROM fact_texts ORDER BY text_id").fetchall()
        assert [cause for cause, _ in again] == TOLD and "accepted" not in {by for _, by in again}


def _publish(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "CREATE TABLE fact_texts AS SELECT t.*, c.cause, c.cause_by, c.scenario FROM all_texts AS t "
        "LEFT JOIN text_causes AS c USING (text_id)"
    )
