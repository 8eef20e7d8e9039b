"""Writing down outreach and reading what came of it, as people see it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from charts.numbers import number
from queries import Scope, Viewer, ask
from store import Entry, append, policy, save, since
from tests.queries.outreach_fixture import month, publish
from tests.queries.test_outreach import ENDS
from tests.ui.conftest import Open, go, texts
from tests.ui.test_pages import sound
from ui import viewer
from ui.due import today_in
from words import LANGUAGES, t

CUSTOMER = "C2"
CONTACTED_AT = datetime(2025, 2, 10)


def alone(lang: str, customer: str) -> None:
    """The panel on a page of its own."""
    import streamlit as st

    from queries import Scope, meta
    from ui import outreach, viewer
    from ui.view import View

    outreach.panel(View(lang, "light", Scope(viewer=viewer.here()), None, "none", meta()), customer)
    st.caption("the page goes on")


@pytest.fixture
def panel(warehouses: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The panel about one customer, over a store that nobody has written to."""
    monkeypatch.setenv("WAREHOUSE_DIR", str(warehouses["full"]))
    monkeypatch.setenv("STORE_URL", f"sqlite:///{tmp_path / 'kept' / 'store.sqlite'}")
    yield AppTest.from_function(alone, default_timeout=60, kwargs={"lang": "en", "customer": CUSTOMER}).run()
    st.cache_data.clear()


def field(app: AppTest, name: str) -> str:
    """The key of a form's field, whichever form it is by now."""
    return next(
        str(each.key) for each in (*app.text_area, *app.text_input, *app.selectbox) if str(each.key).endswith(name)
    )


def write(
    app: AppTest, note: str, status: str = "planned", author: str | None = None, reason: str | None = None
) -> AppTest:
    """Fill in the form and save it."""
    app.selectbox(key=field(app, "-status")).set_value(status)
    app.selectbox(key=field(app, "-reason")).set_value(reason)
    app.text_area(key=field(app, "-note")).set_value(note)
    if author is not None:
        app.text_input(key=field(app, "-author")).set_value(author)
    return app.button[0].click().run()


def test_an_entry_is_saved_with_one_click_and_stands_below(panel: AppTest) -> None:
    assert t("en", "outreach.nothing_yet") in texts(panel)
    write(panel, "asked to be called", author="Ana")
    sound(panel)
    assert [(entry.author, entry.status, entry.note) for entry in since(CUSTOMER)] == [
        ("Ana", "planned", "asked to be called")
    ]
    assert t("en", "outreach.saved") in [each.value for each in panel.success]
    assert any("asked to be called" in text for text in texts(panel))
    assert panel.text_area[0].value == "" and panel.text_input(key=field(panel, "-author")).value == "Ana"
    write(panel, "spoke", "contacted")
    assert [entry.author for entry in since(CUSTOMER)] == ["Ana", "Ana"], "the name is asked once"


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(panel: AppTest) -> None:
    write(panel, "gone", "lost", "Ana")
    assert [error.value for error in panel.error] == [t("en", "store.no_reason")]
    assert panel.text_area[0].value == "gone" and since(CUSTOMER) == ()
    panel.selectbox(key=field(panel, "-reason")).set_value("price")
    panel.button[0].click().run()
    assert [(entry.status, entry.reason, entry.note) for entry in since(CUSTOMER)] == [("lost", "price", "gone")]
    assert any(policy().reasons["price"]["en"] in text for text in texts(panel))


def test_whoever_was_slower_is_told_by_whom_and_saves_on_top(panel: AppTest) -> None:
    save(Entry(CUSTOMER, "Ben", "contacted", note="*already* called"), 0)
    write(panel, "mine", "planned", "Ana")
    (warning,) = panel.warning
    assert "Ben" in warning.value and r"\*already\* called" in warning.value
    assert [entry.author for entry in since(CUSTOMER)] == ["Ben"]
    assert panel.text_area[0].value == "mine"
    panel.button[0].click().run()
    assert [entry.note for entry in since(CUSTOMER)] == ["*already* called", "mine"]


def test_without_a_store_the_panel_says_so_and_the_page_goes_on(
    panel: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORE_URL", "not an address")
    panel.run()
    sound(panel)
    assert [each.value for each in panel.warning] == [t("en", "store.bad_url")]
    assert not panel.button and "the page goes on" in texts(panel)


def test_nobody_writes_about_customers_whom_they_may_not_see(panel: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viewer, "here", lambda: Viewer("west", regions=("West",)))
    panel.run()
    sound(panel)
    assert not panel.button and "the page goes on" in texts(panel)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_screen_says_what_is_due(open_app: Open, lang: str) -> None:
    app = open_app("outreach", lang)
    sound(app)
    told = " ".join(texts(app))
    assert t(lang, "outreach.due_told", overdue=3, today=0, week=0, later=0, undated=0) in told, (
        "dates in the past by now"
    )
    assert t(lang, "outreach.too_few", least=policy().least) in [each.value for each in app.info]


def test_a_new_entry_shows_on_the_screen_at_once(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app("outreach")
    monkeypatch.setenv("STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    assert t("en", "outreach.none") in [each.value for each in app.run().info]
    today = today_in("Asia/Shanghai")
    append(
        [Entry("C1", "Ana", "planned", next_date=today), Entry("C2", "Ana", "planned", next_date=today + timedelta(9))]
    )
    told = t("en", "outreach.due_told", overdue=0, today=1, week=0, later=1, undated=0)
    assert told in texts(app.run())
    assert list(app.dataframe[0].value["customer_id"]) == ["C1"]


@pytest.mark.parametrize("address", ["not an address", "postgresql+psycopg://store@127.0.0.1:1/nothing"])
def test_the_screen_without_its_store_says_so(open_app: Open, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app("outreach")
    monkeypatch.setenv("STORE_URL", address)
    app.run()
    sound(app)
    assert len(app.warning) == 1 and len(app.title) == 1
    sound(go(app, "churn"))
    assert app.dataframe


def test_results_are_the_question_s_with_the_word_of_caution(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_app: Open
) -> None:
    """Forty contacted of whom all stayed, forty others of whom half did; and what people had said."""
    months, entries = [], []
    for n in range(80):
        stays = n < 40 or n % 2
        months += [
            month(f"K{n}", ENDS[0], "retention", 35),
            month(f"K{n}", ENDS[3], "retention" if stays else "churned", 0),
        ]
    entries = [Entry(f"K{n}", "Ana", "retained", at=CONTACTED_AT) for n in range(40)]
    folder = tmp_path / "results"
    folder.mkdir()
    publish(folder, months)
    app = open_app("outreach")
    monkeypatch.setenv("WAREHOUSE_DIR", str(folder))
    monkeypatch.setenv("STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    append(entries)
    app.run()
    sound(app)
    found = ask("outreach_effect", Scope(), least=policy().score_min, band=policy().score_band).to_pylist()[0]
    assert (found["share"], found["other_share"]) == (1.0, 0.5)
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown[t("en", "outreach.kept_contacted")] == number(1.0, "percent", "en", 1)
    assert shown[t("en", "outreach.kept_others")] == number(0.5, "percent", "en", 1)
    assert any(t("en", "outreach.more") in text and t("en", "outreach.no_proof") in text for text in texts(app))
    app.button(key="rows-outreach-others").click().run()
    sound(app)
    assert any("40" in text for text in texts(app))
