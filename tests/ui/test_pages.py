"""Every page in every language on every kind of warehouse: it draws, and it speaks the reader's language."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from queries import METRICS
from tests.queries.actions_fixture import ACTIONS
from tests.screens import PATHS as PAGES
from tests.ui.conftest import Open, go, texts
from words import LANGUAGES, t

STATES = ("full", "partial", "empty", "none")
# What stays Latin in Chinese text: names of things and formats, codes and values from the data, commands, icons.
_EXEMPT = re.compile(
    r":\w+\[|:material/\w+:|`[^`]*`|\b(SLA|VIP|NPS|CSAT|P90|Excel|CSV|English|SQL|Name C\d|East|West|North|South|UTC)\b"
    r"|\b[A-Z]{1,2}\d+\b"
)
_SENTENCE = re.compile(r"[A-Za-z]{2,}(\s+[A-Za-z]{2,})+|^[A-Za-z]{3,}\b")


def sound(app: AppTest) -> None:
    """No exception, no error message on the page."""
    assert not app.exception
    assert not app.error


def drawn(app: AppTest, page: str, lang: str, state: str) -> None:
    """The page stands under its title, or a welcome where there is no data at all."""
    sound(app)
    assert app.title[0].value == t(lang, "empty.welcome" if state == "none" else f"{page}.title")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("page", PAGES)
def test_page_draws(open_app: Open, page: str, state: str) -> None:
    drawn(open_app(page, "en", state), page, "en", state)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("page", PAGES)
def test_chinese_pages_hold_no_english(open_app: Open, page: str, state: str) -> None:
    """The page in Chinese, compared with the days before."""
    app = open_app(page, "zh", state, compare="period")
    drawn(app, page, "zh", state)
    values = {"Support", "Logistics", "Sales", "Billing", "email", "phone", "chat"}
    values |= {word for action in ACTIONS for word in f"{action.what} {action.owner}".split()}
    for text in texts(app):
        if text.startswith("|") or text.startswith("python "):  # contracts name columns; commands are commands
            continue
        left = _EXEMPT.sub("", text)
        left = " ".join(word for word in left.split() if word not in values)
        assert not _SENTENCE.search(left) or not re.search(r"[a-z]", left) or text in _data(app), text


def _data(app: AppTest) -> set[str]:
    """Values of the fixture's own that a filter offers, and names of its rules: they have no translation."""
    boxes = [*app.multiselect, *(box for box in app.selectbox if box.key == "rule")]
    return {option for element in boxes for option in element.options}


def test_headline_figures_and_their_help(open_app: Open) -> None:
    app = open_app()
    metrics = {metric.label: metric for metric in app.metric}
    expected = METRICS["tickets_opened"]
    assert expected.description["en"] in metrics[expected.label["en"]].proto.help


def test_no_figure_without_rows_behind_it(open_app: Open) -> None:
    app = open_app()
    keys = {button.key for button in app.button if button.key}
    headline = {f"rows-{metric.id}" for metric in METRICS.values() if metric.headline != "none"}
    assert headline <= keys


def test_a_number_opens_its_rows(open_app: Open) -> None:
    app = open_app()
    app.button(key="rows-tickets_opened").click().run()
    sound(app)
    assert any("rows" in markdown.value for markdown in app.markdown)
    assert len(app.get("download_button")) == 2


def test_teams_with_surveys_only_see_what_to_load(open_app: Open) -> None:
    app = open_app("service", "en", "partial")
    assert t("en", "empty.load_table", table=t("en", "table.tickets")) in [info.value for info in app.info]
    assert any("warehouse load" in code.value for code in app.code)


def test_without_dates_all_data_is_shown(open_app: Open) -> None:
    app = open_app("today", "en", "partial")
    assert app.selectbox(key="period").value == "all"
    assert app.selectbox(key="period").options == [t("en", "period.all")]


def test_choices_stay_when_the_page_changes(open_app: Open) -> None:
    app = open_app("today", "en", "full", tier="core", period="last_7")
    go(app, "service")
    assert app.multiselect(key="tier").value == ["core"]
    assert app.selectbox(key="period").value == "last_7"
    assert "tier: Core" in app.markdown[0].value


def test_choices_stay_when_the_language_changes(open_app: Open) -> None:
    app = open_app("service", "en", "full", tier="core", stage="resolution")
    app.segmented_control(key="lang").set_value("zh").run()
    sound(app)
    assert app.multiselect(key="tier").value == ["core"]
    assert app.title[0].value == t("zh", "service.title")


@pytest.mark.parametrize(
    "link",
    [
        {"tier": "core", "period": "last_90"},
        {"tier": "Core", "period": "Last 90 days"},
        {"tier": "高价值核心", "period": "近90天"},
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_works_by_code_and_by_label_in_any_language(open_app: Open, lang: str, link: dict[str, str]) -> None:
    app = open_app("service", lang, "full", **link)
    assert app.multiselect(key="tier").value == ["core"]
    assert app.selectbox(key="period").value == "last_90"


def test_two_links_to_one_view_show_the_same(open_app: Open) -> None:
    first = open_app("service", "en", "full", tier=["core", "growth"])
    second = open_app("service", "English", "full", tier=["Growth", "Core"])
    assert texts(first) == texts(second)


def test_what_a_link_names_in_vain_is_dropped(open_app: Open) -> None:
    app = open_app("today", "en", "full", tier=["core", "gone"], region="Atlantis", period="never", compare="?")
    sound(app)
    assert app.multiselect(key="tier").value == ["core"]
    assert app.multiselect(key="region").value == []
    assert app.selectbox(key="period").value == "last_30"


def test_reset_leads_back_to_the_first_view(open_app: Open) -> None:
    first = open_app("service")
    app = open_app("service", "en", "full", tier="core", period="last_7", compare="year")
    reset = next(button for button in app.button if button.label == t("en", "frame.reset"))
    reset.click().run()
    assert texts(app) == texts(first)


def test_filters_without_values_are_not_offered(open_app: Open) -> None:
    app = open_app("today", "en", "empty")
    assert not app.multiselect


def test_a_failing_page_says_so_in_plain_words(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("SELECT secret FROM somewhere")

    monkeypatch.setattr("pages.today.headline", fail)
    app = open_app("today", "zh")
    assert [error.value for error in app.error] == [t("zh", "frame.failed")]
    assert not app.exception
    assert not any("SELECT" in text for text in texts(app))


def test_a_page_that_shows_a_state_does_not_take_the_period(open_app: Open) -> None:
    app = open_app("today")
    assert app.selectbox(key="period").disabled
    assert not go(app, "service").selectbox(key="period").disabled


def test_a_figure_that_a_filter_says_nothing_about_is_left_out(open_app: Open) -> None:
    revenue = METRICS["revenue"].label["en"]
    assert revenue in [metric.label for metric in open_app("today").metric]
    app = open_app("today", department="Support")
    assert revenue not in [metric.label for metric in app.metric]
    assert any("Left out" in caption.value and revenue in caption.value for caption in app.caption)
