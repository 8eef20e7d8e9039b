"""Customer tiers on the screen: which month-ends it speaks of, what it finds, and what opens."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pyarrow as pa
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from charts import stack
from charts.build import PICK
from charts.grid import grid
from charts.pareto import pareto
from charts.theme import PALETTES, TIERS
from queries import Meta, Scope, ask
from tests.queries.tier_fixture import ENDS
from tests.ui.conftest import APP, Open, go, texts
from ui import months, moves, tables, tiers
from ui.view import View
from warehouse.derive.dimensions import FIXED
from warehouse.sample import planted
from words import LANGUAGES, t

JANUARY, FEBRUARY, MARCH = ENDS


@pytest.fixture
def at_company(small_company: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("WAREHOUSE_DIR", str(small_company))
    yield small_company
    st.cache_data.clear()


def view(scope: Scope, before: Scope | None = None) -> View:
    """A view of the fixture."""
    known = Meta("v", "", "Asia/Shanghai", "¥", None, MARCH, MARCH, None, frozenset())
    return View("en", "light", scope, before, "none", known)


@pytest.fixture
def at_fixture(warehouses: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAREHOUSE_DIR", str(warehouses["full"]))


@pytest.mark.parametrize(
    ("start", "end", "now", "before"),
    [
        (None, None, MARCH, FEBRUARY),
        (date(2026, 2, 9), MARCH, MARCH, FEBRUARY),  # the last 30 days
        (date(2026, 3, 1), MARCH, MARCH, FEBRUARY),  # this month
        (date(2026, 2, 1), FEBRUARY, FEBRUARY, JANUARY),  # last month
        (date(2026, 1, 1), MARCH, MARCH, JANUARY),  # a quarter: from its first month-end on
        (MARCH, MARCH, MARCH, FEBRUARY),  # one day
        (date(2026, 2, 3), date(2026, 2, 20), JANUARY, None),  # amid a month: the month-end before
    ],
)
@pytest.mark.usefixtures("at_fixture")
def test_the_month_ends_of_a_period(start: date | None, end: date | None, now: date, before: date | None) -> None:
    found = months.ends(view(Scope(start, end)))
    assert found and (found.now, found.before) == (now, before)
    assert found.whole == (now != MARCH)


@pytest.mark.usefixtures("at_fixture")
def test_a_comparison_is_with_the_month_end_of_its_own_end() -> None:
    found = months.ends(view(Scope(date(2026, 3, 1), MARCH), Scope(None, date(2026, 2, 27))))
    assert found and found.before == JANUARY
    assert months.ends(view(Scope(None, date(2025, 12, 31)))) is None


def test_colours_and_ranks_follow_the_order_of_the_tiers() -> None:
    assert tuple(TIERS) == FIXED["tier"] == ("core", "growth", "dormant", "standard")


@pytest.mark.parametrize("lang, theme", list(product(LANGUAGES, PALETTES)))
def test_pictures_speak_the_readers_language(lang: str, theme: str) -> None:
    specs = [stack.months("tier_revenue", lang, theme, shares, currency="¥") for shares in (True, False)]
    specs += [stack.groups(lang, theme), *(grid(kind, lang, theme) for kind in ("rfm", "moves")), pareto(lang, theme)]
    for spec in specs:
        told = json.dumps(spec, ensure_ascii=False)
        assert '"datasets"' not in told
        assert ("月" in told or "客户" in told) == (lang == "zh")
    for spec in specs[:-1]:
        assert [param["name"] for param in spec["params"]] == [PICK]
    assert stack.groups(lang, theme) is stack.groups(lang, theme)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_shown_is_what_was_counted(open_app: Open, lang: str) -> None:
    app = open_app("tiers", lang, "full", period="all")
    assert {metric.label: metric.value for metric in app.metric} == {
        t(lang, f"value.tier.{tier}"): n for tier, n in zip(TIERS, ("1", "1", "1", "2"), strict=True)
    }
    assert any("65.5" in text for text in texts(app)), "1500 of 2290 is core"


def test_a_tier_opens_its_customers(open_app: Open) -> None:
    app = open_app("tiers", "en", "full", period="all")
    app.button(key="rows-tier-core").click().run()
    assert not app.exception and not app.error
    assert len(app.get("download_button")) == 2
    assert any("Name C1" in str(frame.value) for frame in app.dataframe)


def test_the_movers_can_be_chosen(open_app: Open) -> None:
    app = open_app("tiers", "en", "full", period="all", move="back")
    assert any("Name C3" in str(frame.value) for frame in app.dataframe)
    app = open_app("tiers", "en", "full", period="all", move="up")
    assert t("en", "tiers.nobody_moved") in [info.value for info in app.info]


def test_filters_that_tiers_cannot_take_are_named(open_app: Open) -> None:
    app = open_app("tiers", "en", "full", period="all", channel="phone")
    assert any("channel not applied to customers" in text for text in texts(app))


def test_teams_without_orders_see_what_to_load(open_app: Open) -> None:
    for state in ("partial", "empty"):
        app = open_app("tiers", "en", state)
        assert t("en", "empty.load_table", table=t("en", "table.orders")) in [info.value for info in app.info]


def test_nothing_under_the_filters_is_said(open_app: Open) -> None:
    app = open_app("tiers", "en", "full", period="all", tier="core", region="West")
    assert t("en", "empty.no_rows") in [info.value for info in app.info]


def test_the_rules_are_told_in_words(open_app: Open) -> None:
    said = texts(open_app("tiers", "en", "full", period="all"))
    assert any("**Dormant**: recency 2 or less, past value 4 or more" in text for text in said)


def test_the_dozen_on_their_way_up_stand_in_the_list(at_company: Path) -> None:
    """Over the half year in which they rise, every one of them is among the first of those who moved up."""
    truth = planted.read(at_company / "files")
    app = AppTest.from_file(str(APP), default_timeout=60)
    for key, value in {"lang": "en", "period": "custom", "move": "up"}.items():
        app.query_params[key] = value
    go(app, "tiers")
    app.date_input(key="dates").set_value((truth.signals_from, truth.until)).run()
    assert not app.exception and not app.error
    shown = next(frame.value for frame in app.dataframe if "tier_before" in frame.value)
    assert set(truth.risers) <= set(shown["customer_id"])
    assert set(shown.loc[shown["customer_id"].isin(truth.risers), "tier"]) == {"Core"}


@pytest.mark.usefixtures("at_company")
def test_fewer_marks_than_would_hide_them_from_screen_readers() -> None:
    assert ask("tiers_over_time", Scope()).num_rows <= 60 * len(TIERS) < 2000
    assert ask("revenue_pareto", Scope()).num_rows <= 101


def test_rows_are_of_one_day(open_app: Open) -> None:
    open_app("tiers", "en", "full", period="all")
    found = months.ends(view(Scope()))
    assert found
    opened = tiers.customers(view(Scope()), found, "Core", FEBRUARY, tier="core")
    assert opened.scope == Scope(None, FEBRUARY) and "28 Feb 2026" in opened.title
    assert ask(opened.question, opened.scope, **opened.params).num_rows == 2


def test_small_reasons_are_left_out_and_the_first_is_always_told() -> None:
    found: list[moves.Row] = [
        {"why": why, "share": share} for why, share in (("f_up", 0.9), ("m_up", 0.06), ("r_up", 0.04))
    ]
    assert moves._reasons(view(Scope()), found).replace("\N{NO-BREAK SPACE}", " ") == "more orders 90 %; more spend 6 %"
    tiny: list[moves.Row] = [{"why": why, "share": 0.04} for why in ["m_up", "f_up"] * 2]
    assert moves._reasons(view(Scope()), tiny).replace("\N{NO-BREAK SPACE}", " ") == "more spend 4 %; other 12 %"


def test_marks_are_words_and_numbers_stand_in_for_missing_names() -> None:
    told = pa.table({"is_open": [True, False, False], "connected": [True, False, None], "is_vip": [True, False, None]})
    assert tables.readable(told, "en").to_pydict() == {
        "is_open": ["Yes", "", ""],
        "connected": ["Yes", "No", None],
        "is_vip": ["★ VIP", "", None],
    }
    assert tables._columns(tables.MOVERS, ["customer_id", "tier", "spend", "total"]) == ["customer_id", "tier", "spend"]
    assert tables._columns(["tier", "customer_name"], ["customer_name", "customer_id", "tier"]) == [
        "tier",
        "customer_name",
    ]
