"""What customers say: what the page says and sends to its pictures, against pandas on the rows it rests on."""

import json
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from charts.build import PICK
from charts.lines import lines
from charts.theme import PALETTES
from charts.words import apart, cloud, ranked
from queries import Scope
from tests.queries import fixture, voices
from tests.ui.conftest import APP, Open, facts, go, sent, texts
from ui import moods, said
from ui.sides import Side, Sides
from warehouse.sample import Planted
from words import LANGUAGES, t

GROUPS = ("here", "there")
GROUP = pytest.mark.xdist_group("sample company")


@pytest.mark.parametrize("lang, theme", product(LANGUAGES, PALETTES))
def test_pictures_hold_no_data_and_are_built_once(lang: str, theme: str) -> None:
    clouds = [partial(cloud, groups=GROUPS, sides=True), partial(cloud, groups=("all",), sides=False)]
    bars = [partial(ranked, groups=GROUPS), partial(apart, groups=GROUPS)]
    for make in (*clouds, *bars, partial(lines, grain="month")):
        spec = make(lang, theme)
        told = json.dumps(spec, ensure_ascii=False)
        assert '"datasets"' not in told and '"data"' not in told
        assert make(lang, theme) is spec
        assert [param["name"] for param in spec["params"]] == [PICK]
    assert "月" in json.dumps(lines("zh", theme, "month"), ensure_ascii=False)


def opened(**link: Any) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for key, value in {"lang": "en", **link}.items():
        app.query_params[key] = value
    return go(app, "voices")


def counted(folder: Path, where: str) -> dict[str, int]:
    """How many texts say each word, by a join of the stored tables."""
    counts = "SELECT word, count(DISTINCT text_id) AS n FROM text_words JOIN words USING (word_id)"
    found = facts(folder, f"{counts} WHERE NOT is_part AND {where} GROUP BY word")
    return dict(zip(found["word"], found["n"].astype(int), strict=True))


@GROUP
def test_the_words_of_the_surge_rise(sample: tuple[Path, Planted], company: Planted) -> None:
    app = opened(period="custom", region=company.surge_region, dates=[str(company.surge_from), str(company.surge_to)])
    assert not app.exception and not app.error
    words: Any = sent(app, "voices-cloud")
    rising = words.loc[words["label"].str.endswith("↑"), "word"].tolist()
    assert rising and rising[0] in app.info[0].value
    complaints = facts(sample[0], "SELECT text, category FROM fact_tickets WHERE kind = 'complaint'")
    for word in rising:
        saying = complaints[complaints["text"].str.contains(word, na=False)]
        assert (saying["category"] == company.surge_category).mean() > 0.5, word


@GROUP
def test_every_count_is_what_pandas_counts(sample: tuple[Path, Planted], company: Planted) -> None:
    app = opened(period="last_90", look="frequent")
    period = "pool = 'complaint' AND day BETWEEN DATE '2025-08-30' AND DATE '2025-11-27'"
    texts = facts(sample[0], f"SELECT text_id FROM fact_texts WHERE has_text AND {period}")
    words: Any = sent(app, "voices-cloud").set_index("word")
    counts = counted(sample[0], period)
    assert words["n"].tolist() == sorted(counts.values(), reverse=True)[: len(words)]
    for word, n in words["n"].items():
        assert n == counts[word]
        assert words.loc[word, "told"].startswith(f"{n:,} of {len(texts):,} texts")
    assert set(words["group"]) > {"Logistics 物流", "After-sales 售后"}
    assert f"“{words.index[0]}”" in app.info[0].value


@GROUP
def test_unhappy_customers_against_happy_ones(sample: tuple[Path, Planted], company: Planted) -> None:
    app = opened(period="all", look="distinctive", against="praise")
    words: Any = sent(app, "voices-cloud").set_index("word")
    sides = {name: set(rows.index) for name, rows in words.groupby("group")}
    assert {"太慢", "关单"} <= sides[t("en", "voices.side_complaint")]
    assert {"耐心", "专业"} <= sides[t("en", "voices.side_praise")]
    unhappy = counted(sample[0], "pool = 'complaint' AND source = 'survey'")
    happy = counted(sample[0], "pool = 'praise' AND source = 'survey'")
    for word in words.index[:10]:
        assert words.loc[word, "told"].startswith(f"{unhappy.get(word, 0):,} of ")
        assert words.loc[word, "told_there"].startswith(f"{happy.get(word, 0):,} of ")
    app.segmented_control(key="shown_as").set_value("bars").run()
    bars: Any = sent(app, "voices-sides")
    assert (bars["figure"] > 0).tolist() == [name == t("en", "voices.side_complaint") for name in bars["group"]]
    assert ((bars["low"] < bars["figure"]) & (bars["figure"] < bars["high"])).all()
    assert bars["word"].isin(words.index).all()


@GROUP
def test_one_value_against_another_by_link(company: Planted) -> None:
    app = opened(
        period="all", look="distinctive", against="department", this_is="Logistics 物流", that_is="Billing 账务"
    )
    assert not app.exception and not app.error
    words: Any = sent(app, "voices-cloud").set_index("word")
    assert set(words["group"]) == {"Logistics 物流", "Billing 账务"}
    assert words.loc["物流", "group"] == "Logistics 物流" and words.loc["退款", "group"] == "Billing 账务"
    app.selectbox(key="this_is").set_value("Billing 账务").run()
    assert not app.exception and "Billing 账务" not in app.selectbox(key="that_is").options


@GROUP
def test_the_lines_follow_the_words_that_are_picked(company: Planted) -> None:
    app = opened(period="last_90", look="frequent", text_pool="complaint")
    words: Any = sent(app, "voices-cloud")
    assert sent(app, "voices-trend-month")["word"].unique().tolist() == words["word"].tolist()[:6]
    app.multiselect(key="trend_words").set_value(["退款", "物流"]).run()
    app.segmented_control(key="step").set_value("week").run()
    drawn: Any = sent(app, "voices-trend-week")
    assert drawn["word"].unique().tolist() == ["退款", "物流"]
    weeks = drawn[(drawn["word"] == "退款") & drawn["bucket"].between("2025-09-01", "2025-11-24")]
    # The period begins on a Saturday: its first two days lie in the week before.
    said = words.set_index("word").loc["退款", "n"]
    assert 0 <= said - weeks["n"].sum() <= drawn.loc[drawn["bucket"] == "2025-08-25", "n"].max()
    app.segmented_control(key="shown_as").set_value("bars").run()
    bars = sent(app, "voices-bars")
    assert bars[["word", "n"]].values.tolist() == words[["word", "n"]].values.tolist()[: len(bars)]


@GROUP
def test_finding_texts_of_one_pool_by_word(company: Planted) -> None:
    app = opened(period="last_90", text_pool="question", find_text="退款")
    assert app.text_input(key="find_text").value == "退款"
    shown = app.dataframe[-1].value
    assert len(shown) and shown["text"].str.contains("退款").all()
    app.button(key="rows-voices-list").click().run()
    assert not app.exception and not app.error
    app.button(key="rows-voices-words").click().run()
    assert not app.exception and not app.error
    app = opened(find_text="no such word")
    assert t("en", "rows.none") in [info.value for info in app.info]


def test_texts_without_dates_are_shown_whatever_the_period(folder: Path) -> None:
    """A team whose tickets are dated and hold no text, and whose surveys carry no date."""
    surveys = fixture.surveys(dated=False)
    said = voices.rows([], surveys, [])
    folder.mkdir()
    fixture.publish(folder, {**fixture.rows(), "fact_surveys": surveys, **said})
    app = opened(period="last_7", look="frequent")
    assert not app.exception and not app.error
    assert t("en", "voices.all_undated") in " ".join(caption.value for caption in app.caption)
    counts = pd.DataFrame(row for row in said["text_words"] if row["pool"] == "complaint")["word_id"].value_counts()
    assert dict(zip(*(sent(app, "voices-cloud")[name] for name in ("word", "n")), strict=True)) == {
        word["word"]: counts[word["word_id"]] for word in voices.WORDS if word["word_id"] in counts
    }


def test_what_is_said_on_an_empty_warehouse(open_app: Open) -> None:
    app = open_app("voices", "en", "empty")
    assert t("en", "empty.load_table", table=t("en", "table.tickets")) in texts(app)


def test_where_no_word_is_typical_it_is_said_and_the_most_frequent_are_shown(open_app: Open) -> None:
    app = open_app("voices", "en", "full", period="all")
    told = [row for row in fixture.rows()["fact_texts"] if row["pool"] == "complaint" and row["has_text"]]
    saying = [row for row in told if any(word["word"] == "太慢" for word in voices.words_of(row))]
    assert app.segmented_control(key="look").value == "frequent"
    comments = sum(row["source"] == "survey" for row in told)
    few = f"Too few texts to tell which words are typical (unhappy customers: {comments}, happy customers: "
    assert few in app.info[0].value
    assert f"“太慢”**, in {len(saying)} of {len(told)} texts" in app.info[0].value
    app.segmented_control(key="look").set_value("distinctive").run()
    assert t("en", "voices.see_frequent") in texts(app)
    assert "太慢" not in app.info[0].value and "Too few texts to tell" in app.info[0].value


@pytest.mark.parametrize(("here", "there", "few"), [(99, 1200, True), (1200, 99, True), (100, 1200, False)])
def test_too_few_texts_are_not_told_as_no_difference(here: int, there: int, few: bool) -> None:
    view: Any = SimpleNamespace(lang="en", t=partial(t, "en"), scope=Scope(date(2026, 1, 1)))
    row = {"word": "慢", "n": 12, "n_there": 9, "texts": here, "texts_there": there, "z": 1.0, "clear": False}
    for rising in (True, False):
        side = partial(Side, scope=Scope(), texts={})
        said_apart = said.apart(view, Sides(side("unhappy"), side("happy"), {}, rising), [row])
        assert said_apart.startswith("Too few") is said_apart.endswith("longer period says more.") is few
        assert ("beyond chance" in said_apart) is not few
        assert f"{here:,}" in said_apart and f"{there:,}" in said_apart


@GROUP
def test_words_of_one_language_reach_cloud_ranking_and_lines(sample: tuple[Path, Planted], company: Planted) -> None:
    app = opened(period="last_90", look="frequent", word_language="en")
    assert not app.exception and not app.error
    words: Any = sent(app, "voices-cloud")
    period = "language = 'en' AND pool = 'complaint' AND day BETWEEN DATE '2025-08-30' AND DATE '2025-11-27'"
    counts = counted(sample[0], period)
    assert words["n"].tolist() == sorted(counts.values(), reverse=True)[: len(words)]
    assert all(counts[word] == n for word, n in zip(words["word"], words["n"], strict=True))
    drawn: Any = sent(app, "voices-trend-month")
    assert drawn["word"].unique().tolist() == words["word"].tolist()[:6]
    assert drawn.groupby("word")["whole"].agg(["all", "sum"]).eq((False, 11)).all(axis=None)
    app.segmented_control(key="shown_as").set_value("bars").run()
    assert sent(app, "voices-bars")["word"].tolist() == words["word"].tolist()[:25]


@pytest.mark.parametrize(("accuracy", "marked", "leads"), [(0.84, 300, True), (0.9, 300, False), (0.84, 900, False)])
def test_marks_lead_where_the_model_only_guesses(accuracy: float, marked: int, leads: bool) -> None:
    view: Any = SimpleNamespace(lang="en", t=partial(t, "en"))
    shares = {"value": 0.135, "low": 0.127, "high": 0.143, "marked_share": 0.151}
    row = {"source": "ticket", "n": 900, "marked": marked, "marked_unhappy": 45, **shares}
    model = {"verdict": "learned", "accuracy": accuracy, "accuracy_base": 0.838}
    told = moods._sentence(view, row, model)
    assert told.startswith("**Tickets: 15.1") is leads is ("the model's estimate for all 900 tickets: 13.5" in told)
    assert "13.5" in told and "12.7" in told and f"{marked}" in told
