"""Question and scope files that contradict themselves are refused when they are read."""

from contextlib import nullcontext
from pathlib import Path

import pytest
from sqlglot import exp

from queries import BadDefinition, BadQuestion, Scope, ask, catalogue, relations
from queries.header import read
from tests.queries.test_permission import answers

GOOD = """-- How many tickets.
-- :param kind text = null — only this kind
-- :column by one of tier, team = tier — how to split
-- :grain value
SELECT $by AS value, count(*) AS n FROM scoped_opened WHERE kind = $kind GROUP BY $by
"""


def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> catalogue.Question:
    """The question that a file with this text makes."""
    (tmp_path / "it.sql").write_text(text, encoding="utf-8")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    return catalogue.questions.__wrapped__()["it"]


def test_a_header_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = load(tmp_path, monkeypatch, GOOD)
    assert found.doc == "How many tickets."
    assert found.grain == ("value",)
    assert found.arguments({}) == {"kind": None, "by": "tier"}
    assert found.arguments({"by": "team", "kind": "complaint"}) == {"kind": "complaint", "by": "team"}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("-- How many tickets.\n", "", "no docstring"),
        (":grain", ":grains", "unknown tag :grains"),
        ("-- :grain value\n", "", "grain"),
        (":grain value", ":grain nothing", "grain"),
        ("kind = $kind", "kind = 'x'", "declares kind but does not use it"),
        ("kind = $kind", "kind = $kind AND a = $other", "uses \\$other but does not declare it"),
        ("scoped_opened", "fact_tickets", "reads fact_tickets, which is no scoped relation"),
        ("scoped_opened", "scoped_nothing", "reads scoped_nothing"),
        ("text = null", "words = null", "cannot read ':param"),
        ("SELECT $by", "WITH scoped_opened AS (SELECT 1) SELECT $by", "second meaning"),
        ("SELECT $by", "SELEKT $by", "it.sql"),
        ("GROUP BY $by", "GROUP BY $by; DROP TABLE meta", "one SELECT"),
        (
            "SELECT $by AS value, count(*) AS n FROM scoped_opened WHERE kind = $kind GROUP BY $by",
            "DROP TABLE x",
            "one SELECT",
        ),
    ],
)
def test_header_and_body_are_held_against_each_other(
    old: str, new: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert old in GOOD
    with pytest.raises(BadDefinition, match=complaint):
        load(tmp_path, monkeypatch, GOOD.replace(old, new))


SCOPED = """-- Tickets.
-- :period day
-- :dimensions tier
-- :personal text
SELECT opened_day AS day, tier, 'x' AS text FROM fact_tickets
"""


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (":dimensions tier", ":dimensions tier, colour", "declares colour but does not select it"),
        (":dimensions tier", ":dimensions text", "text is no dimension"),
        (":period day", ":period week", "declares week"),
        (":personal text", ":personal name", "declares name"),
        ("fact_tickets", "duckdb_tables", "no stored table"),
        (":personal", ":secret", "unknown tag :secret"),
        (":personal text", ":period day", ":period stands 2 times"),
    ],
)
def test_scope_files_are_checked(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "scoped_it.sql"
    path.write_text(SCOPED.replace(old, new), encoding="utf-8")
    with pytest.raises(BadDefinition, match=complaint):
        relations._relation(read(path, {"period", "dimensions", "personal", "permission"}))


def test_a_scope_file_is_like_another(tmp_path: Path) -> None:
    (tmp_path / "scoped_it.sql").write_text(SCOPED, encoding="utf-8")
    other = tmp_path / "scoped_it_ever.sql"
    for text, complaint in (
        ("-- Tickets, whenever.\n-- :dimensions tier\n-- :like scoped_it\n", None),
        ("-- Tickets, whenever.\n-- :like scoped_what\n", "there is no scoped_what.sql"),
        ("-- Tickets, whenever.\n-- :like scoped_it\nSELECT 1 AS n\n", "a body beside :like"),
    ):
        other.write_text(text, encoding="utf-8")
        with pytest.raises(BadDefinition, match=complaint) if complaint else nullcontext():
            found = relations._relation(read(other, relations.TAGS))
            assert (found.day, found.personal, found.columns) == (None, (), ("day", "tier", "text"))


IDENTIFIES = {"text_id": {"source", "ticket_id", "survey_id"}}
"""Columns that no two rows share, and what of a grain they stand for."""


ORDERED, UNORDERED = (
    sorted(name for name, asked in catalogue.questions().items() if bool(asked.tree.args.get("order")) is ordered)
    for ordered in (True, False)
)


@pytest.mark.parametrize("name", ORDERED)
def test_rows_stand_in_one_order(name: str) -> None:
    """Answers are compared, kept and exported: an order that names the whole grain leaves no two rows to chance."""
    asked = catalogue.questions()[name]
    keys = [key.this for key in asked.tree.args["order"].expressions]
    named = {column.alias for column in asked.tree.selects for key in keys if column.this in (key, _cast(column, key))}
    told = named.union(*({key.name} | IDENTIFIES.get(key.name, set()) for key in keys))
    assert set(asked.grain) <= told, f"{name} leaves open which of two rows comes first"


def _cast(column: exp.Expr, key: exp.Expr) -> exp.Expr | None:
    """``key`` as ``column`` shows it, if that is a cast: rows that differ in it differ in the key, too."""
    return exp.cast(key, column.this.to) if isinstance(column.this, exp.Cast) else None


@pytest.mark.parametrize("name", UNORDERED)
@pytest.mark.usefixtures("full")
def test_a_question_without_an_order_has_one_row(name: str) -> None:
    assert max(table.num_rows for table in answers(catalogue.questions()[name], Scope())) <= 1


@pytest.mark.parametrize(
    ("name", "params", "complaint"),
    [
        ("headlin", {}, "no question 'headlin'; did you mean 'headline'"),
        ("compliance_by", {"by": "tier"}, "'stage' is missing"),
        ("compliance_by", {"by": "tier", "stage": "respons"}, "did you mean 'response'"),
        ("compliance_by", {"by": "tier; DROP TABLE x", "stage": "response"}, "by cannot be"),
        ("compliance_by", {"bye": "tier", "stage": "response"}, "no parameter 'bye'; did you mean 'by'"),
        ("queue", {"limit": "5"}, "limit must be int"),
        ("queue", {"limit": True}, "limit must be int"),
        ("metric_value", {"metric": "npss"}, "did you mean 'nps'"),
    ],
)
@pytest.mark.usefixtures("full")
def test_wrong_questions_say_what_was_meant(name: str, params: dict[str, str | bool], complaint: str) -> None:
    with pytest.raises(BadQuestion, match=complaint):
        ask(name, Scope(), **params)
