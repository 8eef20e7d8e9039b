"""The churn watchlist as a reader sees it: on the fixture, on a sample with planted churners, and on partial data."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from charts.reasons import all_in_words, in_words, unpacked
from tests.queries.churn_fixture import SHOWN
from tests.ui.conftest import APP, Open, go, texts
from ui.watchlist import FIRST
from warehouse.sample import planted
from words import LANGUAGES, t


def listed(app: AppTest) -> list[str]:
    """The customer numbers on the list, from the top."""
    (table,) = app.dataframe
    return list(table.value["customer_id"])


def test_signals_in_words() -> None:
    parts = {part.signal: part for part in unpacked(" ".join((*SHOWN["C1"], *SHOWN["C4"])))}
    assert in_words(parts["silence"], "en") == "no order for 94 days, usually every 31"
    assert in_words(parts["silence"], "zh") == "94天未下单，通常每31天一次"
    assert in_words(parts["fewer_orders"], "en") == "orders in 90 days: 1, usually 3.2"
    assert in_words(parts["less_spend"], "zh", "¥") == "近90天消费¥200，通常¥5,300"
    assert in_words(parts["detractor"], "en") == "rated us 3 of 10, 12 days ago"
    assert in_words(parts["breached"], "en") == "tickets late in 90 days: 2"
    assert all_in_words(" ".join(SHOWN["C4"]), "zh") == "近90天超时工单2个"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_top_says_how_many_how_much_and_who_first(open_app: Open, lang: str) -> None:
    app = open_app("churn", lang)
    told = " ".join(texts(app))
    assert "**2**" in told and "¥4,100" in told and "¥900" in told and "Name C1" in told
    percent = t(lang, "unit.percent", number="80")
    assert t(lang, "churn.by_risk", risk=percent, months=3) in told
    assert t(lang, "value.signal.fewer_logins") in told, "a signal that this data cannot tell is named"
    assert listed(app) == ["C1"], "who can still be kept"
    assert listed(open_app("churn", lang, watch="silent")) == ["C2"]


def test_the_top_says_what_came_of_the_last_list(open_app: Open) -> None:
    """The list of February, ranked by the model: of its two customers (0.9, 0.6) both had left; the rules list one."""
    told = " ".join(texts(open_app("churn")))
    assert "Of the 2 customers on the list of 28 Feb 2026, 2 had left 3 months later." in told


def test_reasons_and_actions_are_in_the_readers_language(open_app: Open) -> None:
    (table,) = open_app("churn", "zh").dataframe
    assert "94天未下单，通常每31天一次" in table.value["why"][0]
    assert table.value["action"][0] == "高层拜访"


def test_all_with_a_signal_by_signal_and_by_search(open_app: Open) -> None:
    app = open_app("churn", "en", "full", watch="all")
    assert listed(app) == ["C1", "C2", "C4"]
    assert listed(open_app("churn", "en", "full", watch="all", rank="value")) == ["C4", "C1", "C2"]
    assert listed(open_app("churn", "en", "full", watch="all", signal="detractor")) == ["C1"]
    app.text_input(key="watch_search").set_value("c4").run()
    assert listed(app) == ["C4"]
    app.text_input(key="watch_search").set_value("nobody").run()
    assert t("en", "churn.no_match") in [info.value for info in app.info]


def test_columns_are_the_reader_s_choice(open_app: Open) -> None:
    app = open_app("churn", "en")
    app.multiselect(key="shown").set_value(["risk_score", "customer_id", "industry"]).run()
    assert not app.exception
    assert app.multiselect(key="shown").value == ["risk_score", "customer_id", "industry"]


def test_filters_apply_and_the_period_does_not(open_app: Open) -> None:
    assert listed(open_app("churn", "en", "full", region="East", watch="all", period="yesterday")) == ["C1", "C2"]
    app = open_app("churn", "en", "full", region="West")
    assert not app.dataframe or listed(app) == []
    assert any("Customers with a signal: 1." in info.value for info in app.info)


def test_the_call_list_can_be_taken_away(open_app: Open) -> None:
    app = open_app("churn")
    assert len(app.get("download_button")) == 2
    app.button(key="rows-watchlist").click().run()
    assert not app.exception and not app.error


@pytest.mark.parametrize("state", ["partial", "empty"])
def test_without_dated_customers_the_page_says_what_to_load(open_app: Open, state: str) -> None:
    app = open_app("churn", "en", state)
    assert t("en", "churn.cannot") in [info.value for info in app.info]
    assert any("warehouse load" in code.value for code in app.code)


def test_planted_churners_are_on_the_lists(small_company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At least 80 % of the 12 churners planted among 600 customers are among the first 15 of those already silent,
    and nearly all on the first screen of one of the two lists."""
    churners = set(planted.read(small_company / "files").churners)
    monkeypatch.setenv("WAREHOUSE_DIR", str(small_company))
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["lang"] = "en"
    go(app, "churn")
    keep = listed(app)
    app.segmented_control(key="watch").set_value("silent").run()
    silent = listed(app)
    st.cache_data.clear()
    assert len(churners) == 12 and 0 < len(keep) <= FIRST and 15 < len(silent) <= FIRST
    assert len(churners & set(silent[:15])) >= 0.8 * len(churners)
    assert len(churners & {*keep, *silent}) >= 0.9 * len(churners)
