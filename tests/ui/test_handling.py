"""Case handling on the screen: what it says is what was counted, what cannot be told is named, clicks open rows."""

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from charts.build import PICK
from charts.columns import columns
from charts.funnel import funnel
from charts.theme import PALETTES, ramp
from queries import METRICS, Scope, ask
from tests.queries import fixture
from tests.ui.conftest import APP, Open, go, texts
from tests.ui.test_tiers import view
from ui import backlog, cases, pictures, rows
from ui.loop import STEPS
from words import LANGUAGES, t

Show = Callable[..., AppTest]


@pytest.fixture
def show(folder: Path) -> Show:
    """``show(**columns)`` opens the screen on the fixture's tickets with these columns overwritten."""

    def _show(lang: str = "en", **changed: object) -> AppTest:
        folder.mkdir()
        fixture.publish(folder, {**fixture.rows(), "fact_tickets": [row | changed for row in fixture.tickets()]})
        app = AppTest.from_file(str(APP), default_timeout=60)
        app.query_params["lang"], app.query_params["period"] = lang, "all"
        go(app, "handling")
        assert not app.exception and not app.error
        return app

    return _show


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[pa.Table, pictures.Clicked | None]]:
    """Every picture by its key: the rows it was sent, and what a click on it does."""
    found: dict[str, tuple[pa.Table, pictures.Clicked | None]] = {}

    def _draw(table: pa.Table, spec: object, key: str, alt: str, clicked: pictures.Clicked | None = None) -> None:
        assert spec and alt
        found[key] = (table, clicked)

    monkeypatch.setattr(pictures, "draw", _draw)
    return found


@pytest.mark.parametrize("lang, theme", list(product(LANGUAGES, PALETTES)))
def test_pictures_speak_the_readers_language_and_can_be_picked(lang: str, theme: str) -> None:
    three = ("a", "b", "c")
    for spec in (columns(three, lang, theme, "month"), columns(three[:2], lang, theme, "day", bad=True)):
        assert "月" in json.dumps(spec, ensure_ascii=False) or lang == "en"
    for spec in (columns(three[:1], lang, theme, "week", "money", "¥"), funnel(lang, theme)):
        told = json.dumps(spec, ensure_ascii=False)
        assert '"datasets"' not in told
        assert (t("zh", "chart.group") in told or t("zh", "handling.step") in told) == (lang == "zh")
        assert [param["name"] for param in spec["params"]] == [PICK]


@pytest.mark.parametrize("theme", PALETTES)
def test_as_many_colours_as_groups_all_different(theme: str) -> None:
    for steps in range(1, 7):
        assert len(set(ramp(theme, steps))) == steps


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_cards_say_what_was_counted(open_app: Open, lang: str) -> None:
    app = open_app("handling", lang, "full", period="all")
    shown = {metric.label: metric.value.replace("\u00a0", "").rstrip("%") for metric in app.metric}
    for name in cases.BEHIND:
        value = ask("metric_value", Scope(), metric=name).column("value")[0].as_py()
        wanted = f"{value * 100:.1f}" if METRICS[name].unit == "percent" else f"¥{value:,.0f}"
        assert shown[METRICS[name].label[lang]] == wanted
    assert t(lang, "handling.fcr_rule", days=7) in texts(app)


def test_a_comparison_stands_beside_each_figure(open_app: Open) -> None:
    app = open_app("handling", "en", "full", period="last_30", compare="period")
    deltas = {metric.label: metric.delta for metric in app.metric}
    assert all(deltas[METRICS[name].label["en"]] for name in ("reopen_rate", "transfer_rate", "compensation_paid"))


@pytest.mark.parametrize("name", cases.BEHIND)
def test_each_card_opens_its_rows(open_app: Open, name: str) -> None:
    app = open_app("handling", "en", "full", period="all")
    app.button(key=f"rows-case-{name}").click().run()
    assert not app.exception and not app.error
    assert len(app.get("download_button")) == 2
    n = ask("case_rows", Scope(), **rows_of(name)).num_rows
    assert n and any(f"{n} rows" in markdown.value for markdown in app.markdown)


def rows_of(name: str) -> dict[str, str]:
    """How the rows behind a card are asked for."""
    which, striking, _ = cases.BEHIND[name]
    kind = {"kind": "complaint"} if name == "handling_satisfaction" else {}
    return {"which": which, "only": striking, **kind}


def test_the_backlog_is_told_as_it_stands_whatever_the_period(open_app: Open) -> None:
    for period in ("all", "last_month"):
        said = texts(open_app("handling", "en", "full", period=period))
        assert any("**9 tickets are open**, **0** of them (0.0\u00a0%) for more than 7 days" in text for text in said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_age_groups_are_named(open_app: Open, drawn: dict[str, tuple[pa.Table, object]], lang: str) -> None:
    open_app("handling", lang, "full", period="last_30")
    names = list(dict.fromkeys(drawn["handling-ages-day"][0].column("part").to_pylist()))
    wanted = {"en": ["up to 1 d", "2–3 d", "4–7 d", "8–30 d", "over 30 d"]}
    assert names == wanted.get(lang, ["≤1天", "2–3天", "4–7天", "8–30天", "超过30天"])
    assert drawn["handling-ages-day"][0].num_rows <= 62 * 6


def test_states_and_events_are_drawn_apart(open_app: Open, drawn: dict[str, tuple[pa.Table, object]]) -> None:
    open_app("handling", "en", "full", period="last_30")
    ages, flow = drawn["handling-ages-day"][0], drawn["handling-flow-day"][0]
    assert sum(ages.column("figure").to_pylist()[-5:]) == 9
    assert set(flow.column("word").to_pylist()) == {"New tickets", "Resolved tickets"}


def test_clicks_open_what_the_mark_counts(
    open_app: Open,
    drawn: dict[str, tuple[pa.Table, pictures.Clicked | None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each mark of each picture of tickets: the rows it opens are as many as it says."""
    open_app("handling", "en", "full", period="all")
    opened: list[rows.Rows] = []
    monkeypatch.setattr(rows, "open_later", opened.append)
    counts: dict[str, Callable[[dict[str, Any]], int]] = {
        "handling-ages-day": lambda row: row["figure"],
        "handling-flow-day": lambda row: row["n"],
        "handling-loop": lambda row: int(row["standing"]),
        "handling-fcr-category": lambda row: row["n"],
        "handling-fcr-kind": lambda row: row["n"],
        "handling-levels-day": lambda row: int(row["told"].split(" of ")[0]),
        "handling-transfers": lambda row: int(row["note"].split(" · ")[0]),
        "handling-compensation": lambda row: int(row["told"].split(" · ")[1].split()[0]),
        "handling-paid": lambda row: int(row["note"].split(" · ")[1].split()[0]),
    }
    assert set(counts) <= set(drawn)
    for key, count in counts.items():
        table, clicked = drawn[key]
        assert clicked and table.num_rows
        for row in table.to_pylist():
            clicked(row["value"])
            asked = opened.pop()
            assert ask(asked.question, asked.scope, limit=1000, **asked.params).num_rows == count(row), (key, row)


def test_a_split_by_a_filter_narrows(open_app: Open, drawn: dict[str, tuple[pa.Table, object]]) -> None:
    open_app("handling", "en", "full", period="all", rate="transfer_rate")
    assert "handling-transfer_rate-department" in drawn and "handling-fcr-department" not in drawn


def test_steps_that_are_never_recorded_are_left_out_and_named(
    show: Show, drawn: dict[str, tuple[pa.Table, object]]
) -> None:
    app = show(assigned_at=None, confirmed_at=None)
    assert drawn["handling-loop"][0].column("value").to_pylist() == [
        step for step in STEPS if step not in ("assigned", "confirmed")
    ]
    assert "Never recorded in this data, so left out: Assigned, Satisfaction confirmed." in texts(app)


def test_without_any_step_all_stand_accepted(show: Show, drawn: dict[str, tuple[pa.Table, object]]) -> None:
    times = ("assigned_at", "first_response_at", "feedback_at", "resolved_at", "confirmed_at", "closed_at")
    show("zh", **dict.fromkeys(times))
    assert drawn["handling-loop"][0].column("value").to_pylist() == ["accepted"]


def test_what_cannot_be_judged_is_said(show: Show) -> None:
    app = show(
        reopen_count=None, transfers=None, is_fcr=None, escalation_level=None, compensation=None, satisfaction=None
    )
    said = texts(app)
    n = sum(row["resolved_day"] is not None for row in fixture.tickets())
    assert t("en", "handling.unknown", n=n) in said
    for key in ("none_known", "no_levels", "no_transfers", "none_paid", "no_marks"):
        assert t("en", f"handling.{key}") in said
    assert {metric.value for metric in app.metric} == {"–"}


def test_few_marks_are_flagged(open_app: Open) -> None:
    said = texts(open_app("handling", "en", "full", period="all"))
    assert any(t("en", "handling.few", few=30) in text for text in said)


@pytest.mark.parametrize("state", ["partial", "empty"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_teams_without_tickets_see_what_to_load(open_app: Open, state: str, lang: str) -> None:
    app = open_app("handling", lang, state)
    assert t(lang, "empty.load_table", table=t(lang, "table.tickets")) in [info.value for info in app.info]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_under_the_filters_is_said(open_app: Open, lang: str) -> None:
    app = open_app("handling", lang, "full", period="all", tier="core", region="West")
    assert not app.exception and not app.error
    assert t(lang, "empty.no_rows") in [info.value for info in app.info]


def test_a_period_before_all_data_is_empty(open_app: Open) -> None:
    app = open_app("handling", "en", "full", period="custom", dates=["2020-01-01", "2020-01-31"])
    assert not app.exception and not app.error
    assert t("en", "handling.none_known") in [info.value for info in app.info]


def test_age_groups_of_any_width_have_names() -> None:
    assert backlog.age_name(view(Scope()), 0, 1) == "up to 0 d"
    assert backlog.age_name(view(Scope()), 5, 6) == "5 d"
    assert backlog.age_name(view(Scope()), 31, None) == "over 30 d"
