"""Root causes: what the page says and sends to its pictures, against pandas on the rows it rests on."""

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
from charts.cause_pareto import pareto
from charts.heatmap import heatmap
from charts.theme import PALETTES
from queries import NOT_GIVEN
from tests.ui.conftest import APP, Open, facts, go, sent, texts
from ui import demand, top, voices
from warehouse.sample import Planted
from words import LANGUAGES, t


@pytest.mark.parametrize("lang, theme", product(LANGUAGES, PALETTES))
def test_pictures_hold_no_data_and_are_built_once(lang: str, theme: str) -> None:
    for make in (partial(pareto, "complaints"), partial(heatmap, "months"), partial(heatmap, "demand")):
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


def surge(folder: Path, company: Planted) -> tuple[str, str]:
    """The cause that surges, and what the screen calls it."""
    query = f"SELECT cause FROM cause_rules WHERE category = '{company.surge_category}'"
    key = str(facts(folder, query)["cause"].iloc[0])
    view = SimpleNamespace(lang="en", t=partial(t, "en"))
    return key, voices.cause(view, key)  # type: ignore[arg-type]


@pytest.mark.xdist_group("sample company")
def test_the_surge_in_one_month_and_region_leads_everywhere(sample: tuple[Path, Planted], company: Planted) -> None:
    key, name = surge(sample[0], company)
    link = {"period": "custom", "region": company.surge_region, "top_month": str(company.surge_from)}
    app = opened(**link, dates=[str(company.surge_from), str(company.surge_to)])
    assert not app.exception and not app.error
    bars: Any = sent(app, "causes-pareto-complaints").iloc[0]
    assert bars["value"] == key and "Logistics" in bars["responsible"]
    assert name in app.info[0].value
    cells = sent(app, "causes-months")
    darkest = cells.sort_values("n", ascending=False).iloc[0]
    assert (cells["n"] == darkest["n"]).sum() == 1
    assert darkest["value"] == f"{key}\x1f{company.surge_from}"
    assert app.subheader[0].value == f"1 · {name}"
    assert app.metric[0].value == f"{darkest['n']:,}" and app.metric[0].delta.startswith("+")
    assert t("en", "top.above", usual=0, months=12, usual_low=0, usual_high=0).split("]")[0] in _facts_of(app)
    assert app.dataframe[0].value.iloc[0]["cause_name"] == name


def _facts_of(app: AppTest) -> str:
    """What the first card tells below its figure."""
    return next(found.value for found in app.markdown if "of the month's complaints" in found.value)


@pytest.mark.xdist_group("sample company")
def test_every_figure_is_what_pandas_counts(sample: tuple[Path, Planted], company: Planted) -> None:
    app = opened(period="last_90")
    start, end = pd.Timestamp("2025-08-30"), pd.Timestamp("2025-11-27")
    said = facts(sample[0], "SELECT * FROM fact_texts WHERE pool = 'complaint'")
    said = said.assign(cause=said["cause"].fillna(NOT_GIVEN))
    recent = said[said["day"].between(start, end)]
    bars = sent(app, "causes-pareto-complaints")
    counts = recent["cause"].value_counts()
    assert dict(zip(bars["value"], bars["told"], strict=True)) == {key: f"{n:,}" for key, n in counts.items()}
    assert bars["cumulative"].iloc[-1] == pytest.approx(1)
    cells = sent(app, "causes-months")
    year = said[said["day"].between(pd.Timestamp("2024-11-01"), end)]
    months = year.groupby([year["cause"], year["day"].dt.strftime("%Y-%m-01")]).size()
    found = {tuple(value.split("\x1f")): n for value, n in zip(cells["value"], cells["n"], strict=True) if n}
    assert found == months.to_dict()
    _the_running_month_is_held_against_the_same_days(app, said)
    app.segmented_control(key="weigh").set_value("compensation").run()
    paid = recent.groupby("cause")["compensation"].sum()
    bars = sent(app, "causes-pareto-compensation")
    assert dict(zip(bars["value"], bars["share"], strict=True)) == pytest.approx((paid / paid.sum()).to_dict())
    _costs_are_right(sample[0], recent)


def _the_running_month_is_held_against_the_same_days(app: AppTest, said: pd.DataFrame) -> None:
    month, day = said["day"].dt.strftime("%Y-%m"), said["day"].dt.day
    counts = said[(day <= 27) & (said["cause"] != NOT_GIVEN)].groupby([month, "cause"]).size()
    assert app.selectbox(key="top_month").value == "2025-11-01"
    card, leading = app.metric[0], counts["2025-11"].idxmax()
    before = counts["2025-10"][leading]
    assert (card.label, card.value) == ("Nov 2025 up to 27 Nov", f"{counts['2025-11'][leading]:,}")
    assert int(card.delta) == counts["2025-11"][leading] - before
    earlier = [counts[month].get(leading, 0) for month in sorted(counts.index.levels[0])[-13:-1]]
    assert f"{min(earlier):,}–{max(earlier):,}" in _facts_of(app)


def test_a_month_that_runs_counts_once_ten_days_of_it_are_there() -> None:
    october, november = top.Month(date(2025, 10, 1), date(2025, 10, 31)), partial(top.Month, date(2025, 11, 1))
    assert top.usual_choice([november(date(2025, 11, 9)), october]) == october
    assert top.usual_choice([november(date(2025, 11, 10)), october]) == november(date(2025, 11, 10))
    assert top.usual_choice([november(date(2025, 11, 1))]) == november(date(2025, 11, 1))
    assert october.before == (date(2025, 9, 1), date(2025, 9, 30))
    assert top.Month(date(2026, 3, 1), date(2026, 3, 30)).before == (date(2026, 2, 1), date(2026, 2, 28))
    assert november(date(2025, 11, 10)).before == (date(2025, 10, 1), date(2025, 10, 10))


def _costs_are_right(folder: Path, recent: pd.DataFrame) -> None:
    """Compensation, missed targets and customers' value as they stand in the tables they come from."""
    tickets = facts(folder, "SELECT ticket_id, compensation FROM fact_tickets").set_index("ticket_id")
    late = facts(folder, "SELECT ticket_id FROM fact_clocks WHERE state IN ('breached', 'overdue')")["ticket_id"]
    own = recent[recent["source"] == "ticket"]
    assert own["compensation"].sum() == tickets.loc[own["ticket_id"], "compensation"].sum() > 0
    assert (own["breached"].fillna(False).astype(bool) == own["ticket_id"].isin(late)).all()
    ends = facts(folder, "SELECT customer_id, month, coalesce(clv, spend) AS value FROM customer_months")
    worth = dict(zip(zip(ends["customer_id"], ends["month"], strict=True), ends["value"], strict=True))
    before = recent["day"].dt.to_period("M").dt.to_timestamp() - pd.DateOffset(months=1)
    pairs = [worth.get(pair) for pair in zip(recent["customer_id"], before, strict=True)]
    known = pd.Series(pairs, index=recent.index).notna()
    assert known.mean() > 0.9
    assert recent.loc[known, "customer_value"].tolist() == pytest.approx(
        [value for value in pairs if value is not None]
    )


@pytest.mark.xdist_group("sample company")
def test_a_quote_opens_its_ticket_and_a_card_its_complaints(company: Planted) -> None:
    app = opened(lang="zh", top_month=str(company.surge_from))
    quotes = [button for button in app.button if (button.key or "").startswith("quote-")]
    assert len(quotes) >= 6 and len({button.label for button in quotes}) == len(quotes)
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in button.label) for button in quotes)
    ticket = str(quotes[0].key).removeprefix("quote-")
    quotes[0].click().run()
    assert not app.exception and not app.error
    assert app.session_state["_subjects_open"] == [("ticket", ticket)]
    app.button(key="rows-top-1").click().run()
    assert not app.exception and not app.error


@pytest.mark.xdist_group("sample company")
def test_finding_complaints_by_word(company: Planted) -> None:
    app = opened(period="last_90", find="退款")
    assert app.text_input(key="find").value == "退款"
    shown = app.dataframe[-1].value
    assert len(shown) and shown["text"].str.contains("退款").all()
    app.button(key="rows-causes-list").click().run()
    assert not app.exception and not app.error
    app = opened(find="no such word")
    assert t("en", "rows.none") in [info.value for info in app.info]


def test_the_strongest_cell_is_named_and_explained_though_no_rule_covers_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("cause", "scenario"):
        monkeypatch.setattr(voices, name, lambda view, key: str(key))
    view: Any = SimpleNamespace(lang="en", t=partial(t, "en"))
    names = ("cause", "scenario", "weight", "share", "dissatisfaction")
    cells = [
        ("a", "s", 0.1, 0.2, 0.5),
        (None, "s", 0.22, 0.4, 0.55),
        ("b", None, 0.15, 0.15, None),
        ("c", "s", 0.2, 0.25, 0.8),
    ]
    found = [dict(zip(names, cell, strict=True)) for cell in cells]
    assert [(row["cause"], row["scenario"]) for row in demand.worst(found)] == [(None, "s"), ("c", "s"), ("a", "s")]
    told = demand.example(view, found[1])
    assert "22.0 points" in told and "not covered by any rule" in told and "100 messages 40.0" in told
    assert "55" in told and "dissatisfied" in told
    assert "not known" in demand.example(view, found[2])
    del found[1]
    assert [row["cause"] for row in demand.worst(found)] == ["c", "a"]


def test_filters_that_leave_no_complaint_say_so(open_app: Open) -> None:
    app = open_app("causes", "en", "full", region="East", tier="dormant")
    assert [info.value for info in app.info] == [t("en", "causes.no_complaints")]
    assert not app.get("vega_lite_chart")
    assert not app.exception and not app.error


def test_what_is_said_on_an_empty_warehouse(open_app: Open) -> None:
    app = open_app("causes", "en", "empty")
    assert t("en", "empty.load_table", table=t("en", "table.tickets")) in texts(app)
