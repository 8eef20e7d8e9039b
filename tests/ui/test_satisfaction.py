"""NPS and satisfaction: what the screen says, on every kind of survey data, and what is hidden in the sample shows."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from math import sqrt
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from charts.answers import outcomes, scores
from charts.build import PICK
from charts.signed import groups, impact
from charts.theme import PALETTES
from tests.queries import fixture
from tests.ui.conftest import APP, Open, go, texts
from ui.period import middle
from warehouse.load import load
from warehouse.sample import Planted
from words import LANGUAGES, t

Show = Callable[..., AppTest]


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch) -> Show:
    """``show(folder, lang, **link)`` opens the screen on the warehouse in ``folder``."""

    def _show(folder: Path, lang: str = "en", **link: str | list[str]) -> AppTest:
        monkeypatch.setenv("WAREHOUSE_DIR", str(folder))
        app = AppTest.from_file(str(APP), default_timeout=60)
        for key, value in {"lang": lang, **link}.items():
            app.query_params[key] = value
        go(app, "nps")
        assert not app.exception and not app.error
        return app

    return _show


def custom(start: date, end: date) -> dict[str, str | list[str]]:
    """A link to a period of one's own."""
    return {"period": "custom", "dates": [str(start), str(end)]}


def said(app: AppTest) -> list[str]:
    return [markdown.value for markdown in app.markdown]


def figures(app: AppTest) -> dict[str, str]:
    """The first card of each name."""
    return {metric.label: metric.value for metric in reversed(list(app.metric))}


def month_later(day: date, months: int) -> date:
    """About so many months after ``day``."""
    return day + timedelta(days=30 * months)


@pytest.mark.xdist_group("sample company")
@pytest.mark.parametrize("lang, name", [("en", "Installation"), ("zh", "「安装」")])
def test_the_planted_drop_names_its_touchpoint(show: Show, sample: tuple[Path, Planted], lang: str, name: str) -> None:
    folder, truth = sample
    assert truth.drop_touchpoint == "installation"
    app = show(folder, lang, **custom(truth.drop_from, truth.drop_to))
    first = next(text for text in said(app) if text.startswith(f"**{name}"))
    assert t(lang, "nps.worst") in [header.value for header in app.header]
    assert ("costs most" if lang == "en" else "拖累最大") in first


@pytest.mark.xdist_group("sample company")
def test_the_planted_repair_is_a_rise_beyond_chance(show: Show, sample: tuple[Path, Planted]) -> None:
    folder, truth = sample
    repair = truth.drop_to + timedelta(days=1)
    link = custom(truth.drop_from, month_later(truth.drop_to, 4))
    app = show(folder, touchpoint=truth.drop_touchpoint, since=str(repair), **link)
    assert app.date_input(key="since").value == repair
    assert any(text.startswith("Installation: NPS rose by") and "more than chance" in text for text in said(app))


@pytest.mark.xdist_group("sample company")
def test_the_planted_drop_is_a_fall_beyond_chance(show: Show, sample: tuple[Path, Planted]) -> None:
    folder, truth = sample
    link = custom(month_later(truth.drop_from, -6), truth.drop_to)
    app = show(folder, touchpoint="安装", since=str(truth.drop_from), **link)
    assert any(text.startswith("Installation: NPS fell by") for text in said(app))


@pytest.mark.xdist_group("sample company")
def test_another_touchpoint_did_not_move_then(show: Show, sample: tuple[Path, Planted]) -> None:
    folder, truth = sample
    repair = truth.drop_to + timedelta(days=1)
    link = custom(truth.drop_from, month_later(truth.drop_to, 4))
    app = show(folder, touchpoint="order", since=str(repair), **link)
    assert any("cannot be told from chance" in text or "too few" in text for text in said(app))


def test_before_and_after_splits_the_period_in_the_middle(open_app: Open) -> None:
    app = open_app("nps", period="custom", dates=["2026-02-01", "2026-03-02"])
    assert app.date_input(key="since").value == date(2026, 2, 16)
    assert middle(date(2026, 2, 1), date(2026, 2, 1)) == date(2026, 2, 1)
    app.selectbox(key="period").set_value("all").run()
    assert not app.exception
    assert app.date_input(key="since").value not in (date(2026, 2, 16), None)


def test_a_chosen_day_stays_when_the_period_changes(open_app: Open) -> None:
    app = open_app("nps", period="last_90", since="2026-02-20")
    app.selectbox(key="period").set_value("all").run()
    assert app.date_input(key="since").value == date(2026, 2, 20)
    app.date_input(key="since").set_value(date(2026, 2, 25)).run()
    app.selectbox(key="period").set_value("last_30").run()
    assert app.date_input(key="since").value == date(2026, 2, 25)


def test_one_sided_days_and_few_answers_are_told(open_app: Open) -> None:
    app = open_app("nps", period="all", since="2026-02-15")
    assert any("too few to tell it from chance" in text for text in said(app))
    assert any(t("en", "nps.few_here", few=30) in text for text in said(app))
    first = min(row["day"] for row in fixture.surveys() if row["day"])
    app = open_app("nps", period="all", since=str(first))
    assert t("en", "nps.one_sided") in said(app)


def test_the_cards_equal_the_definition(open_app: Open) -> None:
    told = fixture.surveys()
    nps = [row["score"] for row in told if row["kind"] == "nps" and row["score"] is not None]
    csat = [row["score"] for row in told if row["kind"] == "csat" and row["score"] is not None]
    balance = 100 * (sum(s >= 9 for s in nps) - sum(s <= 6 for s in nps)) / len(nps)
    app = open_app("nps", period="all")
    shown = figures(app)
    assert shown["NPS"] == f"{balance:+.1f}"
    assert shown["Satisfied customers (CSAT)"] == f"{100 * sum(s >= 4 for s in csat) / len(csat):.1f}\u00a0%"
    assert shown["Survey answers"] == f"{len(nps) + len(csat)}"
    sent = [row for row in told if row["sent_at"]]
    rate = sum(row["answered_at"] is not None for row in sent) / len(sent)
    assert shown["Survey response rate"] == f"{100 * rate:.1f}\u00a0%"
    assert any(f"Mean score **{sum(csat) / len(csat):.2f}** of 5" in text for text in said(app))


def test_csat_can_be_looked_at_closer(open_app: Open) -> None:
    app = open_app("nps", period="all", measure="csat")
    assert any("Line: CSAT" in caption.value for caption in app.caption)
    app = open_app("nps", "zh", period="all", measure="CSAT")
    assert any("实线：满意度" in caption.value for caption in app.caption)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind, other", [("nps", "csat"), ("csat", "nps")])
@pytest.mark.parametrize("dated", [True, False])
def test_one_kind_of_survey_is_enough(
    show: Show, tmp_path: Path, kind: str, other: str, lang: str, dated: bool
) -> None:
    told = [row for row in fixture.surveys(dated) if row["kind"] == kind]
    path = fixture.publish(tmp_path, {"fact_surveys": told})
    if not dated:
        with duckdb.connect(str(path)) as connection:
            connection.execute("DELETE FROM meta WHERE key IN ('as_of', 'as_of_day')")
    app = show(tmp_path, lang, period="all")
    labels = {
        "nps": {"en": "NPS", "zh": "净推荐值(NPS)"},
        "csat": {"en": "Satisfied customers (CSAT)", "zh": "客户满意度(CSAT)"},
    }
    assert labels[kind][lang] in figures(app) and labels[other][lang] not in figures(app)
    assert (t(lang, "nps.no_dates") in [info.value for info in app.info]) is not dated
    assert t(lang, "nps.where") in [header.value for header in app.header]
    assert t(lang, "nps.comments") in [header.value for header in app.header]


def test_surveys_without_touchpoints_say_so(show: Show, tmp_path: Path) -> None:
    fixture.publish(tmp_path, {"fact_surveys": [row | {"touchpoint": None} for row in fixture.surveys()]})
    app = show(tmp_path, period="all")
    assert t("en", "nps.no_touchpoints") in [info.value for info in app.info]


def test_undated_answers_among_dated_ones_have_no_trend(show: Show, tmp_path: Path) -> None:
    undated = dict.fromkeys(("sent_at", "answered_at", "day", "week", "month"))
    told = [row | undated if row["kind"] == "nps" else row for row in fixture.surveys()]
    fixture.publish(tmp_path, {"fact_surveys": told})
    app = show(tmp_path, period="all")
    assert t("en", "nps.no_dates") in [info.value for info in app.info]
    app = show(tmp_path, period="all", measure="csat")
    assert t("en", "nps.over_time") in [header.value for header in app.header]


@pytest.mark.parametrize("day", ["2019-01-01", "2031-01-01", "soon"])
def test_a_link_to_no_day_of_the_data_shows_the_default(open_app: Open, day: str) -> None:
    app = open_app("nps", period="all", since=day)
    assert not app.exception and not app.error
    assert app.date_input(key="since").value == open_app("nps", period="all").date_input(key="since").value


@pytest.mark.parametrize(
    "link", [{"touchpoint": "nowhere"}, {"measure": "ces"}, {"answer": "satisfied"}, {"step": "day"}]
)
def test_what_a_link_names_in_vain_is_dropped(open_app: Open, link: dict[str, str]) -> None:
    app = open_app("nps", period="all", **link)
    assert not app.exception and not app.error


def test_no_answers_in_a_period(open_app: Open) -> None:
    app = open_app("nps", period="custom", dates=["2020-01-01", "2020-02-01"])
    assert t("en", "nps.no_scores") in [info.value for info in app.info]


def test_comments_are_searched_and_opened(open_app: Open) -> None:
    app = open_app("nps", period="all", answer="promoter")
    app.text_input(key="comment_search").set_value("slow").run()
    assert not app.exception
    app.button(key="rows-nps-comments").click().run()
    assert not app.exception
    assert len(app.get("download_button")) == 2
    app = open_app("nps", period="all")
    app.text_input(key="comment_search").set_value("no such words").run()
    assert t("en", "nps.no_comments") in [info.value for info in app.info]


def test_groups_follow_the_kind_of_survey(open_app: Open) -> None:
    app = open_app("nps", period="all", answer="detractor")
    assert app.segmented_control(key="answer").value == "detractor"
    app.segmented_control(key="measure").set_value("csat").run()
    assert not app.exception
    assert app.segmented_control(key="answer").value == "all"


def test_every_card_opens_its_rows(open_app: Open) -> None:
    for key in ("nps", "csat", "survey_responses", "survey_response_rate", "nps-before", "nps-after"):
        app = open_app("nps", period="all")
        app.button(key=f"rows-{key}").click().run()
        assert not app.exception, key
        assert len(app.get("download_button")) == 2, key


def test_choices_stay_when_the_language_changes(open_app: Open) -> None:
    app = open_app("nps", period="all", touchpoint="delivery", measure="csat", since="2026-02-20", step="week")
    app.segmented_control(key="lang").set_value("zh").run()
    assert app.selectbox(key="touchpoint").value == "delivery"
    assert app.segmented_control(key="measure").value == "csat"
    assert app.segmented_control(key="step").value == "week"
    assert app.date_input(key="since").value == date(2026, 2, 20)


@pytest.mark.parametrize("lang, theme", list(product(LANGUAGES, PALETTES)))
def test_pictures_are_built_once_and_hold_no_data(lang: str, theme: str) -> None:
    for kind in ("nps", "csat"):
        built = (
            groups(kind, lang, theme),
            impact(kind, lang, theme),
            scores(kind, lang, theme),
            outcomes(kind, lang, theme, "month"),
        )
        for spec in built:
            told = json.dumps(spec, ensure_ascii=False)
            assert '"data"' not in told and '"datasets"' not in told
            assert [param["name"] for param in spec["params"]] == [PICK]
        assert groups(kind, lang, theme) is built[0]


@pytest.mark.real
def test_the_garden_centres(show: Show, real: Path, tmp_path: Path) -> None:
    """Published with the data: 8,465 promoters, 3,953 passives, 1,194 detractors: NPS +53.42; 342 gave no score."""
    n, p, d = 13_612, 8_465 / 13_612, 1_194 / 13_612
    score, margin = 100 * (p - d), 196 * sqrt((p + d - (p - d) ** 2) / n)
    assert round(score, 2) == 53.42
    load([real / "nps_garden_centre_fr/nps.csv"], "nps_garden_centre", folder=tmp_path)
    app = show(tmp_path)
    assert figures(app)["NPS"] == f"{score:+.1f}"
    interval = f"of 13,612 · 95 % between {score - margin:+.1f} and {score + margin:+.1f}"
    assert any(interval in caption.value for caption in app.caption)
    assert any(t("en", "nps.without_score", n="342") in text for text in said(app))
    assert t("en", "nps.no_dates") in [info.value for info in app.info]
    assert not any("nan" in text for text in texts(app))
