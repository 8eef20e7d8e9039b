"""Planning actions on causes and reading what came of them, as people see it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from queries import Viewer
from store import actions, save
from store.entries import Entry
from tests.queries.actions_fixture import publish
from tests.queries.test_actions import FIRST, act
from tests.ui.conftest import Open, sent, texts
from tests.ui.test_outreach import field
from tests.ui.test_pages import sound
from ui import viewer
from ui.subjects import CHOSEN
from words import LANGUAGES, t

CAUSE, ELSEWHERE = "late_delivery", "Z"


def alone(cause: str, only: dict[str, str] | None = None) -> None:
    """The panel on a page of its own."""
    from queries import Scope, meta
    from ui import measures, viewer
    from ui.view import View

    measures.panel(View("en", "light", Scope(viewer=viewer.here()), None, "none", meta()), cause, only)


@pytest.fixture
def panel(warehouses: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The panel on a cause, over a store in which nobody has written about it."""
    monkeypatch.setenv("WAREHOUSE_DIR", str(warehouses["full"]))
    monkeypatch.setenv("STORE_URL", f"sqlite:///{tmp_path / 'kept' / 'store.sqlite'}")
    actions.append([act(ELSEWHERE, "refund")])  # whose owner can be chosen for others
    yield AppTest.from_function(alone, default_timeout=60, kwargs={"cause": CAUSE}).run()
    st.cache_data.clear()


def write(app: AppTest, what: str, owner: str | None = "Ana", author: str = "Ana") -> AppTest:
    """Fill in the form and save it."""
    app.text_input(key=field(app, "-what")).set_value(what)
    app.selectbox(key=field(app, "-owner")).set_value(owner)
    app.text_input(key=field(app, "-author")).set_value(author)
    app.date_input(key=field(app, "-what").removesuffix("what") + "due_on").set_value(date.today())
    return app.button[0].click().run()


def test_an_action_is_planned_in_the_panel_and_stands_there(panel: AppTest) -> None:
    assert t("en", "measures.none_on") in texts(panel)
    write(panel, "Second van")
    sound(panel)
    assert [each.value for each in panel.toast] == [t("en", "outreach.saved")] and not panel.success
    assert any("Second van" in text and "Planned" in text for text in texts(panel))
    write(panel, "Later cut-off")
    rows = {entry.what: entry.cause for name in _kept() for entry in actions.since(name)}
    assert rows == {"Second van": CAUSE, "Later cut-off": CAUSE}, "the second one is another action"


def test_from_an_alert_the_form_begins_with_where_it_rises(panel: AppTest) -> None:
    app = AppTest.from_function(alone, default_timeout=60, kwargs={"cause": CAUSE, "only": {"region": "East"}}).run()
    assert app.selectbox(key=field(app, "-region")).value == "East"
    write(app, "Second van in the east")
    (kept,) = [entry for name in _kept() for entry in actions.since(name)]
    assert (kept.region, kept.product, kept.channel) == ("East", None, None)


def _kept() -> list[str]:
    from store import snapshot

    found = snapshot().tables["cause_actions"].column("action").to_pylist()
    return [name for name in found if name != ELSEWHERE]


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(panel: AppTest) -> None:
    write(panel, "Second van", owner=None)
    assert [error.value for error in panel.error] == [t("en", "store.no_action_owner")]
    assert panel.text_input(key=field(panel, "-what")).value == "Second van" and not _kept()
    write(panel, "Second van")
    assert len(_kept()) == 1


def test_without_a_store_the_panel_says_so(panel: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORE_URL", "not an address")
    panel.run()
    sound(panel)
    assert [each.value for each in panel.warning] == [t("en", "store.bad_url")] and not panel.button


@pytest.fixture
def company(tmp_path: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The screen over a company in which complaints fell after an action, from unusually many, and one is too young."""
    folder = tmp_path / "company"
    folder.mkdir()
    surge = [10] * 30 + [28, 32] * 4 + [9, 11] * 4
    publish(folder, FIRST, {("own", "East"): surge, ("other", "East"): [50] * 46, ("even", "East"): [50] * 46})
    app = open_app("measures")
    monkeypatch.setenv("WAREHOUSE_DIR", str(folder))
    monkeypatch.setenv("STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    due = date.today() - timedelta(days=1)
    actions.append([act("A", week=38, status="done"), act("B", "other", 45, due_on=due, region="East")])
    return app.run()


def test_the_screen_says_what_is_open_and_what_worked(company: AppTest) -> None:
    sound(company)
    told = t("en", "measures.sentence", open=1, overdue=1, begun=2, judged=0, fell=0)
    said = t("en", "measures.sentence_back", said=told, back=1)
    assert any(said in text.replace("****", "") for text in texts(company))
    (open_now, everything) = (frame.value for frame in company.dataframe)
    assert list(open_now["verdict"]) == [t("en", "measures.verdict_early", days=14)]
    assert set(everything["verdict"]) == {*open_now["verdict"], t("en", "measures.verdict_back")}
    assert set(sent(company, "action-effects")["turn"]) == {"chance"}, "neither line is green"


def test_an_action_opens_with_its_story_and_the_complaints_behind_it(company: AppTest) -> None:
    company.session_state[CHOSEN] = ("action", "A")
    company.run()
    sound(company)
    told = texts(company)
    assert any(t("en", "measures.told_back") in text and t("en", "measures.no_proof") in text for text in told)
    assert t("en", "measures.unusual", before="30.0", usual="10.0") in told
    assert any("240" in text and "80" in text for text in told)
    labels = [expander.label for expander in company.expander]
    assert any("240" in label for label in labels) and any("80" in label for label in labels)
    assert any("Mend it" in text and "Done" in text for text in told)


def test_an_action_elsewhere_is_not_shown_to_who_may_not_look_there(
    company: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viewer, "here", lambda: Viewer("west", regions=("West",)))
    company.run()
    sound(company)
    assert [list(frame.value["action_status"]) for frame in company.dataframe] == [["Done"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_undated_complaints_are_said_to_be_so(
    open_app: Open, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app("measures", lang, "partial")
    monkeypatch.setenv("STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    save(Entry("C1", "Ana", "planned"), 0)
    actions.append([act("A")])
    app.run()
    sound(app)
    assert t(lang, "measures.undated") in [each.value for each in app.info]


def test_in_chinese_what_has_begun_is_not_said_to_take_effect() -> None:
    given = {"open": 4, "overdue": 1, "begun": 3, "judged": 1, "fell": 1}
    assert "已开始实施 3 项" in t("zh", "measures.sentence", **given)
    assert not any("生效" in t("zh", f"measures.{key}") for key in ("own", "verdict_not_begun", "side_after", "method"))
