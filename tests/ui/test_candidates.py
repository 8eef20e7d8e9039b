"""A topic becomes a rule on the screen, works at once, and can be withdrawn."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from queries import Scope, ask
from store import snapshot
from tests.queries import fixture
from tests.queries.test_accepted import ROWS
from words import t


def part() -> None:
    """The part of the page by itself."""
    from queries import Scope, meta
    from ui import candidates
    from ui.view import View

    candidates.section(View("en", "light", Scope(), None, "none", meta()))


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    fixture.publish(tmp_path, ROWS)
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path))
    monkeypatch.setenv("STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    return AppTest.from_function(part, default_timeout=60).run()


def uncovered() -> int:
    return sum(row["n"] for row in ask("cause_coverage", Scope()).to_pylist() if row["cause_by"] is None)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """How often the whole page was asked to be drawn again."""
    asked: list[None] = []
    rerun = st.rerun

    def counted() -> None:
        asked.append(None)
        rerun()

    monkeypatch.setattr(st, "rerun", counted)
    return asked


def test_a_rule_is_accepted_and_withdrawn(app: AppTest, drawn: list[None]) -> None:
    assert [metric.label for metric in app.metric] == ["By category", "By words", "Not covered"], "none accepted yet"
    assert not app.multiselect, "nothing is chosen for the reader"
    app.button_group(key="candidate-chosen").set_value("1").run()
    before = uncovered()
    assert not app.exception and before == sum(row["cause"] is None for row in ROWS["fact_complaints"])
    assert app.multiselect(key="rule-1-words").value == ["慢"], "no two quotes share a word: the first that is said"
    assert app.selectbox(key="rule-1-cause").value == "late_delivery"
    assert t("en", "candidates.near", word="太慢") in [text.value for text in app.caption]
    app.selectbox(key="rule-1-cause").select("").run()
    app.button(key="rule-1-accept").click().run()
    assert app.error[0].value.splitlines() == [f"{t('en', 'store.no_rule_cause')}  ", t("en", "store.no_author")]
    assert not drawn, "nothing has changed"
    assert _place(app, "Error") == _place(app, "rule-1-accept") - 1, "said where the reader clicked"
    app.text_input(key="rule-1-author").input("Ana").run()
    app.selectbox(key="rule-1-cause").select("refund").run()
    words = [*app.multiselect(key="rule-1-words").options]
    app.multiselect(key="rule-1-words").set_value(words).run()
    told = next(text.value for text in app.markdown if text.value.startswith("The rule would cover"))
    app.button(key="rule-1-accept").click().run()
    assert not app.exception and [text.value for text in app.success] == ["Saved."]
    assert len(drawn) == 1, "what stands above goes by the rule too"
    assert _place(app, "candidate-chosen") < _place(app, "Success") < _place(app, "accepted-policy")
    saved = snapshot().tables["accepted_rules"].to_pylist()[0]
    assert (saved["cause"], saved["words"], saved["author"], saved["name"]) == ("refund", "\n".join(words), "Ana", None)
    covered = before - uncovered()
    assert covered > 0 and told.startswith(f"The rule would cover **{covered}** of the {before}")
    withdraw = f"withdraw-{saved['rule']}"
    app.text_input(key=f"{withdraw}-author").input("").run()
    app.button(key=withdraw).click().run()
    assert _place(app, "Error") == _place(app, withdraw) - 1 and len(drawn) == 1
    app.text_input(key=f"{withdraw}-author").input("Ana").run()
    app.button(key=withdraw).click().run()
    assert not app.exception and uncovered() == before
    assert [text.value for text in app.success] == ["Saved."] and len(drawn) == 2


def test_departments_of_the_policy_are_offered_where_no_ticket_names_any(app: AppTest) -> None:
    app.button_group(key="candidate-chosen").set_value("1").run()
    app.selectbox(key="rule-1-cause").select("").run()
    answering = list(dict.fromkeys(row["responsible"] for row in ROWS["causes"] if row["responsible"]))
    offered = app.selectbox(key="rule-1-department").options
    assert answering and offered[: len(answering)] == answering and len(offered) == len(set(offered))
    assert "—" not in offered


def _place(app: AppTest, wanted: str) -> int:
    """How far down the page the first element stands of a key, else of a kind."""
    elements = list(app.main)
    return next(
        place
        for place, element in enumerate(elements)
        if wanted in (getattr(element, "key", None), type(element).__name__)
    )
