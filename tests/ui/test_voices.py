"""What customers say: what the page says and sends to its pictures, against pandas on the rows it rests on."""

import json
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from charts.build import PICK
from charts.lines import lines
from charts.theme import PALETTES
from charts.words import cloud, ranked
from tests.queries import fixture, voices
from tests.ui.conftest import APP, Open, facts, go, sent, texts
from warehouse.sample import Planted
from words import LANGUAGES, t


@pytest.mark.parametrize("lang, theme", product(LANGUAGES, PALETTES))
def test_pictures_hold_no_data_and_are_built_once(lang: str, theme: str) -> None:
    for make in (cloud, ranked, partial(lines, grain="month")):
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


@pytest.mark.xdist_group("causes company")
def test_every_count_is_what_pandas_counts(sample: tuple[Path, Planted], company: Planted) -> None:
    app = opened(period="last_90")
    start, end = pd.Timestamp("2025-08-30"), pd.Timestamp("2025-11-27")
    tickets = facts(sample[0], "SELECT *, opened_day AS day FROM fact_tickets WHERE kind = 'complaint'")
    _words_are_right(sample[0], app, tickets[tickets["day"].between(start, end)], start, end)


def _words_are_right(folder: Path, app: AppTest, recent: pd.DataFrame, start: Any, end: Any) -> None:
    """The words whose letters nothing can be read into: a text says them or not."""
    surveys = facts(folder, "SELECT * FROM fact_surveys WHERE outcome IN ('detractor', 'dissatisfied')")
    comments = surveys.loc[surveys["day"].between(start, end), "comment"].dropna()
    said = pd.concat([recent["text"].dropna(), comments]).str.lower()
    words: Any = sent(app, "voices-cloud").set_index("value")
    for word in ("物流", "退款", "app"):
        own = int(said.str.contains(f"(?<![a-z]){word}(?![a-z])").sum())
        assert 0.9 * own <= words.loc[word, "n"] <= own, word
        assert words.loc[word, "told"].startswith(f"{words.loc[word, 'n']:,} of {len(said):,} complaints")


@pytest.mark.xdist_group("causes company")
def test_the_lines_follow_the_words_that_are_picked(company: Planted) -> None:
    app = opened(period="last_90")
    first = sent(app, "voices-trend-month")["word"].unique().tolist()
    cloud_words: Any = sent(app, "voices-cloud")
    rising = cloud_words.loc[cloud_words["rising"], "value"].tolist()
    assert first == [*rising, *(word for word in cloud_words["value"] if word not in rising)][:6]
    app.multiselect(key="trend_words").set_value(["退款", "物流"]).run()
    app.segmented_control(key="step").set_value("week").run()
    drawn: Any = sent(app, "voices-trend-week")
    assert drawn["word"].unique().tolist() == ["退款", "物流"]
    weeks = drawn[(drawn["word"] == "退款") & drawn["bucket"].between("2025-09-01", "2025-11-24")]
    # The period begins on a Saturday: its first two days lie in the week before.
    said = cloud_words.set_index("value").loc["退款", "n"]
    assert 0 <= said - weeks["n"].sum() <= drawn.loc[drawn["bucket"] == "2025-08-25", "n"].max()


@pytest.mark.xdist_group("causes company")
def test_bars_say_the_same_as_the_cloud(company: Planted) -> None:
    app = opened(period="last_90")
    words = sent(app, "voices-cloud")
    app.segmented_control(key="shown_as").set_value("bars").run()
    bars = sent(app, "voices-bars")
    assert bars["value"].tolist() == words["value"].tolist()[: len(bars)]
    assert bars["n"].tolist() == words["n"].tolist()[: len(bars)]
    assert bars["n"].tolist() == sorted(bars["n"], reverse=True)


def test_comments_without_dates_are_shown_whatever_the_period(folder: Path) -> None:
    """A team whose tickets are dated and hold no complaint, and whose surveys carry no date."""
    surveys = fixture.surveys(dated=False)
    tickets = [row for row in fixture.tickets() if row["kind"] != "complaint"]
    said = voices.rows([], surveys)
    folder.mkdir()
    fixture.publish(folder, {**fixture.rows(), "fact_tickets": tickets, "fact_surveys": surveys, **said})
    app = opened(period="last_7")
    assert not app.exception and not app.error
    counts = pd.DataFrame(said["text_words"])["word_id"].value_counts()
    assert dict(zip(*(sent(app, "voices-cloud")[name] for name in ("value", "n")), strict=True)) == {
        word["word"]: counts[word["word_id"]] for word in voices.WORDS if word["word_id"] in counts
    }


def test_what_is_said_on_an_empty_warehouse(open_app: Open) -> None:
    app = open_app("voices", "en", "empty")
    assert t("en", "empty.load_table", table=t("en", "table.tickets")) in texts(app)


def test_a_word_of_the_fixture_is_in_the_sentence_on_top(open_app: Open) -> None:
    app = open_app("voices", "en", "full", period="all")
    said = [row for row in fixture.rows()["text_words"] if row["word_id"] == 1]
    found = [row for row in fixture.rows()["fact_complaints"] if row["has_text"]]
    assert f"“太慢”**, in {len(said)} of {len(found)} texts" in app.info[0].value
