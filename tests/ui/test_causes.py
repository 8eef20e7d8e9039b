"""Root causes: what the page says and sends to its pictures, against pandas on the rows it rests on."""

import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from charts.build import PICK
from charts.cause_pareto import pareto
from charts.heatmap import heatmap
from charts.lines import lines
from charts.theme import PALETTES
from charts.words import cloud, ranked
from tests.queries import fixture, voices
from tests.ui.conftest import APP, Open, go, texts
from warehouse.load import load
from warehouse.publish import current
from warehouse.sample import Planted, generate, planted
from words import LANGUAGES, t

UNTIL = date(2025, 11, 27)


@pytest.mark.parametrize("lang, theme", product(LANGUAGES, PALETTES))
def test_pictures_hold_no_data_and_are_built_once(lang: str, theme: str) -> None:
    for make in (cloud, ranked, pareto, heatmap, partial(lines, grain="month")):
        spec = make(lang, theme)
        told = json.dumps(spec, ensure_ascii=False)
        assert '"datasets"' not in told and '"data"' not in told
        assert make(lang, theme) is spec
        assert [param["name"] for param in spec["params"]] == [PICK]
    assert "月" in json.dumps(lines("zh", theme, "month"), ensure_ascii=False)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted]:
    """A published warehouse of the sample company, and what is hidden in it."""
    files, folder = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("sample")
    generate(files, scale=0.3, until=UNTIL)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("TEAM_TIMEZONE", raising=False)
        load([files], folder=folder, fresh=True)
    return folder, planted.read(files)


@pytest.fixture
def company(sample: tuple[Path, Planted], monkeypatch: pytest.MonkeyPatch) -> Iterator[Planted]:
    monkeypatch.setenv("WAREHOUSE_DIR", str(sample[0]))
    yield sample[1]


def opened(**link: Any) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for key, value in {"lang": "en", **link}.items():
        app.query_params[key] = value
    return go(app, "causes")


def sent(app: AppTest, key: str) -> pd.DataFrame:
    """The rows that the page sends to the picture ``key``."""
    for chart in app.get("vega_lite_chart"):
        if f"-{key}" in chart.proto.id:
            return _frame(chart)
    raise AssertionError(f"there is no picture {key}")


def _frame(chart: Any) -> pd.DataFrame:
    found: pd.DataFrame = pa.ipc.open_stream(chart.proto.data.data).read_pandas()
    return found


def facts(folder: Path, query: str) -> pd.DataFrame:
    served = current(folder)
    assert served is not None
    with duckdb.connect(served, read_only=True) as con:
        return con.execute(query).df()


@pytest.mark.xdist_group("causes company")
def test_the_surge_in_one_month_and_region_shows(sample: tuple[Path, Planted], company: Planted) -> None:
    surge = {"period": "custom", "region": company.surge_region}
    app = opened(**surge, dates=[str(company.surge_from), str(company.surge_to)])
    assert not app.exception and not app.error
    bars: Any = sent(app, "causes-pareto").iloc[0]
    assert bars["value"] == company.surge_category
    assert "Logistics" in bars["responsible"]
    assert company.surge_category in app.info[0].value
    cells = sent(app, "causes-months")
    darkest = cells.sort_values("n", ascending=False).iloc[0]
    assert (cells["n"] == darkest["n"]).sum() == 1
    assert darkest["value"] == f"{company.surge_category}\x1f{company.surge_from}"


@pytest.mark.xdist_group("causes company")
def test_every_figure_is_what_pandas_counts(sample: tuple[Path, Planted], company: Planted) -> None:
    app = opened(period="last_90")
    start, end = pd.Timestamp("2025-08-30"), pd.Timestamp("2025-11-27")
    tickets = facts(sample[0], "SELECT *, opened_day AS day FROM fact_tickets WHERE kind = 'complaint'")
    recent = tickets[tickets["day"].between(start, end)]
    bars = sent(app, "causes-pareto")
    counts = recent["category"].astype(str).value_counts()
    assert dict(zip(bars["value"], bars["n"], strict=True)) == counts.to_dict()
    assert bars["share"].tolist() == pytest.approx((bars["n"] / len(recent)).tolist())
    assert bars["cumulative"].iloc[-1] == pytest.approx(1)
    cells = sent(app, "causes-months")
    year = tickets[tickets["day"].between(pd.Timestamp("2024-12-01"), end)]
    months = year.groupby([year["category"].astype(str), year["day"].dt.strftime("%Y-%m-01")]).size()
    found = {tuple(value.split("\x1f")): n for value, n in zip(cells["value"], cells["n"], strict=True) if n}
    assert found == months.to_dict()
    _words_are_right(sample[0], app, recent, start, end)


def _words_are_right(folder: Path, app: AppTest, recent: pd.DataFrame, start: Any, end: Any) -> None:
    """The words whose letters nothing can be read into: a text says them or not."""
    surveys = facts(folder, "SELECT * FROM fact_surveys WHERE outcome IN ('detractor', 'dissatisfied')")
    comments = surveys.loc[surveys["day"].between(start, end), "comment"].dropna()
    said = pd.concat([recent["text"].dropna(), comments]).str.lower()
    words: Any = sent(app, "causes-cloud").set_index("value")
    assert f"{len(said):,} texts" in " ".join(caption.value for caption in app.caption)
    for word in ("物流", "退款", "app"):
        own = int(said.str.contains(f"(?<![a-z]){word}(?![a-z])").sum())
        assert 0.9 * own <= words.loc[word, "n"] <= own, word
        assert words.loc[word, "told"].startswith(f"{words.loc[word, 'n']:,} of {len(said):,} complaints")


@pytest.mark.xdist_group("causes company")
def test_the_lines_follow_the_words_that_are_picked(company: Planted) -> None:
    app = opened(period="last_90")
    first = sent(app, "causes-trend-month")["word"].unique().tolist()
    cloud_words: Any = sent(app, "causes-cloud")
    rising = cloud_words.loc[cloud_words["rising"], "value"].tolist()
    assert first == [*rising, *(word for word in cloud_words["value"] if word not in rising)][:6]
    app.multiselect(key="trend_words").set_value(["退款", "物流"]).run()
    app.segmented_control(key="step").set_value("week").run()
    drawn: Any = sent(app, "causes-trend-week")
    assert drawn["word"].unique().tolist() == ["退款", "物流"]
    weeks = drawn[(drawn["word"] == "退款") & drawn["bucket"].between("2025-09-01", "2025-11-24")]
    # The period begins on a Saturday: its first two days lie in the week before.
    said = cloud_words.set_index("value").loc["退款", "n"]
    assert 0 <= said - weeks["n"].sum() <= drawn.loc[drawn["bucket"] == "2025-08-25", "n"].max()


@pytest.mark.xdist_group("causes company")
def test_bars_say_the_same_as_the_cloud(company: Planted) -> None:
    app = opened(period="last_90")
    words = sent(app, "causes-cloud")
    app.segmented_control(key="shown_as").set_value("bars").run()
    bars = sent(app, "causes-bars")
    assert bars["value"].tolist() == words["value"].tolist()[: len(bars)]
    assert bars["n"].tolist() == words["n"].tolist()[: len(bars)]
    assert bars["n"].tolist() == sorted(bars["n"], reverse=True)


@pytest.mark.xdist_group("causes company")
def test_finding_complaints_by_word(company: Planted) -> None:
    app = opened(period="last_90", find="退款")
    assert app.text_input(key="find").value == "退款"
    shown = app.dataframe[-1].value
    assert len(shown) and shown["text"].str.contains("退款").all()
    app.button(key="rows-causes-list").click().run()
    assert not app.exception and not app.error
    app = opened(find="no such word")
    assert t("en", "rows.none") in [info.value for info in app.info]


def test_comments_without_dates_are_shown_whatever_the_period(folder: Path) -> None:
    """A team whose tickets are dated and hold no complaint, and whose surveys carry no date."""
    surveys = fixture.surveys(dated=False)
    tickets = [row for row in fixture.tickets() if row["kind"] != "complaint"]
    said = voices.rows([], surveys)
    folder.mkdir()
    fixture.publish(folder, {**fixture.rows(), "fact_tickets": tickets, "fact_surveys": surveys, **said})
    app = opened(period="last_7")
    assert not app.exception and not app.error
    captions = " ".join(caption.value for caption in app.caption)
    assert t("en", "causes.all_undated") in captions
    assert f"{len(said['fact_complaints'])} comments" in captions
    counts = pd.DataFrame(row for row in said["text_words"] if row["pool"] == "complaint")["word_id"].value_counts()
    assert dict(zip(*(sent(app, "causes-cloud")[name] for name in ("value", "n")), strict=True)) == {
        word["word"]: counts[word["word_id"]] for word in voices.WORDS if word["word_id"] in counts
    }
    assert t("en", "causes.no_tickets") in [info.value for info in app.info]


def test_filters_that_leave_no_complaint_say_so(open_app: Open) -> None:
    app = open_app("causes", "en", "full", region="East", tier="dormant")
    assert [info.value for info in app.info] == [t("en", "causes.no_complaints")]
    assert not app.get("vega_lite_chart")
    assert not app.exception and not app.error


def test_what_is_said_on_an_empty_warehouse(open_app: Open) -> None:
    app = open_app("causes", "en", "empty")
    assert t("en", "empty.load_table", table=t("en", "table.tickets")) in texts(app)


def test_a_word_of_the_fixture_is_in_the_sentence_on_top(open_app: Open) -> None:
    app = open_app("causes", "en", "full", period="all")
    said = [row for row in fixture.rows()["text_words"] if row["word_id"] == 1 and row["pool"] == "complaint"]
    found = [row for row in fixture.rows()["fact_complaints"] if row["has_text"]]
    assert f"“太慢”**, in {len(said)} of {len(found)} texts" in app.info[0].value
