"""Service levels on the screen: what it says by due and by opening date, and what moves with the target."""

import json
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from charts.build import PICK
from charts.curve import curve
from charts.hours import hours
from charts.lateness import lateness
from charts.numbers import in_hours, of
from charts.shares import shares
from charts.theme import PALETTES, PARTS, STATES, part_colours, state_colours
from queries import METRICS, Meta, Scope, ask
from tests.queries import fixture
from tests.ui.conftest import APP, Open, go
from ui import clocks, parts
from ui.targets import Outcome, Rule, rules
from ui.view import View
from words import LANGUAGES, t

BOTH = list(product(LANGUAGES, PALETTES))


def view(lang: str = "en") -> View:
    """A view of the fixture."""
    known = Meta("v", "", "Asia/Shanghai", "¥", fixture.AS_OF, date(2026, 3, 10), date(2026, 3, 10), None, frozenset())
    return View(lang, "light", Scope(), None, "none", known)


@pytest.mark.parametrize("lang, theme", BOTH)
def test_the_pictures_carry_words_but_no_data(lang: str, theme: str) -> None:
    for spec in (shares("state", lang, theme), shares("part", lang, theme), hours(lang, theme), lateness(lang, theme)):
        told = json.dumps(spec, ensure_ascii=False)
        assert '"data"' not in told and '"datasets"' not in told
        assert [param["name"] for param in spec["params"]] == [PICK]
    assert t(lang, "value.state.paused") in json.dumps(shares("state", lang, theme), ensure_ascii=False)
    assert t(lang, "what_if.late") in json.dumps(curve(lang, theme), ensure_ascii=False)


@pytest.mark.parametrize("theme", PALETTES)
def test_each_state_and_each_part_has_a_colour_of_its_own(theme: str) -> None:
    assert len(set(state_colours(theme))) == len(STATES)
    assert len(set(part_colours(theme))) == len(PARTS)


@pytest.mark.parametrize(
    "minutes, en", [(0.25, "15 s"), (45, "45 min"), (200, "3 h 20 min"), (1440, "24 h"), (2425, "40 h")]
)
def test_working_time_is_never_told_in_days(minutes: float, en: str) -> None:
    assert in_hours(minutes, "en").replace("\u00a0", " ") == en


@pytest.mark.parametrize("cohort", ["due", "opened"])
def test_every_figure_follows_the_day_that_counts(open_app: Open, cohort: str) -> None:
    app = open_app("service", "en", "full", period="last_7", cohort=cohort, stage="feedback")
    assert t("en", f"service.counted_{cohort}") in [caption.value for caption in app.caption]
    scope = Scope(date(2026, 3, 4), date(2026, 3, 10))
    shown = {metric.label: metric.value for metric in app.metric}
    for row in ask("compliance_totals", scope, cohort=cohort).to_pylist():
        metric = METRICS[f"{row['stage']}_compliance"]
        assert shown[metric.label["en"]] == of(metric, row["compliance"], "en")
    late = ask("clock_rows", scope, stage="feedback", cohort=cohort, outcome="missed")
    [table] = [table for table in app.dataframe if "ticket_id" in table.value]
    assert list(table.value["ticket_id"]) == late.column("ticket_id").to_pylist()


def test_the_two_ways_to_count_differ(open_app: Open) -> None:
    due, opened = (open_app("service", "en", "full", period="last_7", cohort=each) for each in ("due", "opened"))
    assert [metric.value for metric in due.metric] != [metric.value for metric in opened.metric]


def test_the_states_are_printed_with_their_sum(open_app: Open) -> None:
    app = open_app("service", "en", "full", period="all")
    [table] = [text.value for text in app.markdown if text.value.startswith("| Outcome")]
    lines = [[cell.strip(" *") for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    names = [t("en", f"value.state.{state}") for state in STATES]
    assert [line[0] for line in lines] == [*names, t("en", "service.all_opened")]
    for stage in zip(*(line[1:] for line in lines), strict=True):
        *counts, total = (int(cell) for cell in stage)
        assert sum(counts) == total == len(fixture.tickets())


def test_another_target_moves_the_figures(open_app: Open) -> None:
    app = open_app("service", "en", "full", period="all")
    app.selectbox(key="rule").set_value("strict").run()
    rule = rules(ask("what_if", Scope(), stage="response").to_pylist(), {})["strict"]
    key = str(app.select_slider[0].key)
    for seconds in (rule.offered()[0], rule.offered()[-1]):
        app.select_slider(key=key).set_value(seconds).run()
        assert not app.exception
        then = rule.at(seconds)
        share = of(METRICS["compliance"], then.share, "en")
        assert any(share in text and f"{then.late:,}" in text for text in (md.value for md in app.markdown))


def test_a_split_by_any_dimension(open_app: Open) -> None:
    for split in ("sla_rule", "persona", "kind"):
        app = open_app("service", "en", "full", period="all", split=split)
        assert t("en", f"column.{split}") in [sub.value for sub in app.subheader]
        assert not app.exception
    assert len(open_app("service", period="all").subheader) > len(app.subheader)


def test_a_source_without_steps_names_what_it_never_says() -> None:
    overall = {"whole": 600.0, "tickets": 5, **dict.fromkeys(PARTS, 300.0), "assignment": None, "transferred": None}
    told = parts.left_out(view(), overall)
    assert told and t("en", "value.part.assignment") in told and t("en", "value.part.transferred") in told
    assert t("en", "value.part.customer") not in told
    assert parts.left_out(view(), {**overall, "assignment": 0.0, "transferred": 0.0}) is None
    assert "10.0" in parts.sentence(view(), {**overall, "customer": 0.0, "closed": 0.0})


def test_groups_below_the_target_by_chance_are_not_named() -> None:
    chosen = clocks.Clocks(view(), "due", "response")
    row = {"split": "team", "figure": 0.5, "low": 0.4, "n": 100}
    told = clocks.furthest(
        chosen,
        [
            {**row, "value": "Slow", "high": 0.6},
            {**row, "value": "Slower", "high": 0.6, "figure": 0.3},
            {**row, "split": "channel", "value": "Fax", "high": 0.6, "figure": 0.45},
            {**row, "value": "Unlucky", "high": 0.95},
            {**row, "value": "Few", "high": 0.6, "n": METRICS["compliance"].few - 1},
        ],
    )
    assert told and told.index("Slower") < told.index("Fax")
    assert "**Slow**" not in told and told.endswith("and 1 more.")
    assert "Unlucky" not in told and "Few" not in told
    assert "more" not in str(clocks.furthest(chosen, [{**row, "value": "Slow", "high": 0.6}]))
    assert clocks.furthest(chosen, [{**row, "value": "Unlucky", "high": 0.95}]) is None


def test_it_says_where_groups_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small team that fails must not look clean because the chart has no place for it."""
    made = [clock | {"department": f"Desk {n % 31}"} for n, clock in enumerate(fixture.clocks(fixture.tickets()))]
    groups = len({clock["department"] for clock in made if clock["stage"] == "response" and clock["state"] != "none"})
    fixture.publish(tmp_path, {**fixture.rows(), "fact_clocks": made})
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path))
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["period"], app.query_params["stage"] = "all", "response"
    go(app, "service")
    told = t("en", "chart.cut", n=24, of=groups)
    assert groups > 24 and [caption.value for caption in app.caption].count(told) == 1


def test_working_days_are_told_where_the_rule_is_in_those() -> None:
    rule = Rule("r", [3600, 86_400], [1, 2], [0, 0], Outcome(2, 0, 0), (86_400, 86_400), False, 3.0)
    assert rule.working_day == 8 * 3600
    assert Rule("r", [60], [1], [0], Outcome(1, 0, 0), (60, 120), False, 3.0).working_day is None


def test_all_of_it_without_rules_targets_or_lateness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source that brings bare verdicts: nothing can be said of other targets, and the screen says so."""
    made = fixture.clocks(fixture.tickets())
    nothing = ("rule", "target_minutes", "late_minutes", "left_minutes", "due_at", "due_week_hour")
    bare = [clock | dict.fromkeys(nothing) for clock in made]
    fixture.publish(tmp_path, {**fixture.rows(), "fact_clocks": bare, "sla_settings": []})
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path))
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["period"] = "all"
    go(app, "service")
    assert not app.exception and not app.error
    told = [info.value for info in app.info]
    assert t("en", "what_if.no_rules") in told and t("en", "service.near_unknown") in told
    missed = sum(clock["state"] in ("breached", "overdue") for clock in made if clock["stage"] == "response")
    assert t("en", "service.how_late_unknown", n=missed) in [caption.value for caption in app.caption]


def test_near_misses_say_how_many_have_no_length_of_target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some due times are the source's own: what cannot be judged is counted beside what can."""
    made = fixture.clocks(fixture.tickets())
    kept = [clock for clock in made if clock["stage"] == "response" and clock["state"] == "met"]
    unknown = [clock["ticket_id"] for clock in kept[::3]]
    some = [clock | ({"target_minutes": None} if clock["ticket_id"] in unknown else {}) for clock in made]
    fixture.publish(tmp_path, {**fixture.rows(), "fact_clocks": some})
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path))
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["period"], app.query_params["stage"] = "all", "response"
    go(app, "service")
    told = [caption.value for caption in app.caption]
    of = sum(clock["target_minutes"] is not None for clock in kept) - sum(
        clock["target_minutes"] is not None for clock in kept[::3]
    )
    assert of and t("en", "service.near_met_of", n=of) in told
    assert t("en", "service.near_left_out", n=len(kept) - of) in told


def test_a_clock_that_nobody_has_counts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source that records resolutions only."""
    only = [clock for clock in fixture.clocks(fixture.tickets()) if clock["stage"] == "resolution"]
    fixture.publish(tmp_path, {**fixture.rows(), "fact_clocks": only})
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path))
    for stage in fixture.STAGES:
        app = AppTest.from_file(str(APP), default_timeout=60)
        app.query_params["period"], app.query_params["stage"] = "all", stage
        go(app, "service")
        assert not app.exception and not app.error
        assert [text.value for text in app.markdown].count(t("en", "service.unrecorded")) == 2
        keys = {button.key for button in app.button}
        assert "rows-resolution_compliance" in keys
        assert not keys & {"rows-response_compliance", "rows-feedback_compliance"}
    go(app, "today")
    labels = [metric.label for metric in app.metric]
    assert METRICS["waiting"].label["en"] not in labels and METRICS["overdue_open"].label["en"] in labels


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rule", ["live chat enquiry", "Live chat enquiry", "在线客服咨询"])
def test_a_link_names_a_rule_in_any_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, rule: str
) -> None:
    named = [clock | {"rule": "live chat enquiry"} for clock in fixture.clocks(fixture.tickets())[:20]]
    others = fixture.clocks(fixture.tickets())[20:]
    policy = [{"rule": n, "name": name} for n, name in enumerate(("strict", "simple", "live chat enquiry"))]
    fixture.publish(tmp_path, {**fixture.rows(), "fact_clocks": [*named, *others], "sla_rules": policy})
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path))
    app = AppTest.from_file(str(APP), default_timeout=60)
    for key, value in {"lang": lang, "period": "all", "rule": rule}.items():
        app.query_params[key] = value
    go(app, "service")
    assert not app.exception and not app.error
    assert app.selectbox(key="rule").value == "live chat enquiry"
    assert app.selectbox(key="rule").options[0] == "strict"
