"""Root causes: what the page says and sends to its pictures, against pandas on the rows it rests on."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from charts.build import PICK
from charts.cause_pareto import pareto
from charts.heatmap import heatmap
from charts.theme import PALETTES
from tests.ui.conftest import APP, Open, facts, go, sent, texts
from warehouse.sample import Planted
from words import LANGUAGES, t


@pytest.mark.parametrize("lang, theme", product(LANGUAGES, PALETTES))
def test_pictures_hold_no_data_and_are_built_once(lang: str, theme: str) -> None:
    for make in (pareto, heatmap):
        spec = make(lang, theme)
        told = json.dumps(spec, ensure_ascii=False)
        assert '"datasets"' not in told and '"data"' not in told
        assert make(lang, theme) is spec
        assert [param["name"] for param in spec["params"]] == [PICK]


def opened(**link: Any) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for key, value in {"lang": "en", **link}.items():
        app.query_params[key] = value
    return go(app, "causes")


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


def test_filters_that_leave_no_complaint_say_so(open_app: Open) -> None:
    app = open_app("causes", "en", "full", region="East", tier="dormant")
    assert [info.value for info in app.info] == [t("en", "causes.no_complaints")]
    assert not app.get("vega_lite_chart")
    assert not app.exception and not app.error


def test_what_is_said_on_an_empty_warehouse(open_app: Open) -> None:
    app = open_app("causes", "en", "empty")
    assert t("en", "empty.load_table", table=t("en", "table.tickets")) in texts(app)
