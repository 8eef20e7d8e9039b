"""A ticket's dialog: what is drawn is what was judged, the sums come out, and nobody reads what they may not."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from charts.flags import SIZE
from charts.spans import parts
from queries import Scope, Viewer, ask, meta
from queries.relations import MASK
from tests.ui import tickets
from tests.ui.conftest import APP, texts
from tests.ui.test_pages import sound
from ui import subjects
from ui.due import exact
from ui.story import Story, listed, story
from ui.timeline import rows
from ui.verdict import lines, outside_seconds
from ui.view import View
from words import LANGUAGES, t

NAMES = [name for name in tickets.TICKETS if name != "last"]


@pytest.fixture(scope="module", autouse=True)
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The tickets, loaded once for all tests here; the team lives in UTC."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAREHOUSE_DIR", str(tmp_path_factory.mktemp("tickets")))
        patch.setenv("TEAM_TIMEZONE", "UTC")
        tickets.publish(tmp_path_factory.mktemp("files"))
        yield
    st.cache_data.clear()


def view(lang: str = "en") -> View:
    """A view of everything."""
    return View(lang, "light", Scope(), None, "none", meta())


def told(name: str) -> Story:
    """All that the questions tell of a ticket."""
    found = {each: ask(each, Scope(), ticket=name).to_pylist() for each in ("ticket", "ticket_clocks")}
    more = [ask(each, Scope(), ticket=name).to_pylist() for each in ("ticket_steps", "ticket_hours")]
    return story(found["ticket"][0], found["ticket_clocks"], *more)


def open_ticket(name: str, lang: str = "en") -> AppTest:
    """The app with the ticket's dialog open, as after a click on its row; a filter that hides it does not matter."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["lang"] = lang
    app.session_state[subjects.CHOSEN] = ("ticket", name)
    return app.run()


@pytest.mark.parametrize("name", [*NAMES, *tickets.DRAWN])
def test_the_bars_are_as_long_as_the_clock_was_judged_to_run(name: str) -> None:
    """The picture cuts spans of moments; the loader adds up working time from a table: to the same second."""
    found = told(name)
    assert [clock["stage"] for clock in found.clocks] == ["response", "feedback", "resolution"]
    for clock in found.clocks:
        drawn = dict.fromkeys(("runs", "paused", "late", "left"), timedelta())
        for kind, start, end in parts(found.run(view(), clock)):
            drawn[kind] += end - start
        seconds = {kind: length.total_seconds() for kind, length in drawn.items()}
        assert seconds["runs"] + seconds["late"] == pytest.approx(clock["spent_seconds"])
        assert seconds["paused"] == pytest.approx(clock["paused_seconds"])
        if clock["due_at"]:
            assert seconds["late"] == pytest.approx(clock["late_seconds"] or 0)
            assert seconds["left"] == pytest.approx(clock["left_seconds"] or 0)
        if found.hours:
            assert outside_seconds(clock) == clock["whole_seconds"] - sum(
                seconds[k] for k in ("runs", "late", "paused")
            )


def test_the_rule_that_is_explained_is_the_one_that_judged() -> None:
    for name in [*NAMES, *tickets.DRAWN]:
        judged = {clock["sla_rule"] for clock in told(name).clocks} - {None}
        explained = [row["sla_rule"] for row in ask("ticket_rules", Scope(), ticket=name).to_pylist()]
        assert judged <= set(explained[:1])


def test_the_cases_are_of_every_state_and_on_both_kinds_of_clock() -> None:
    clocks = [clock for name in [*NAMES, *tickets.DRAWN] for clock in told(name).clocks]
    found = {(clock["state"], clock["clock"]) for clock in clocks}
    states = ("met", "breached", "overdue", "running", "paused")
    assert found >= {(state, clock) for state in states for clock in ("24x7", "office")} | {("none", "24x7")}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_sum_on_the_screen_comes_out_to_the_second(name: str, lang: str) -> None:
    app = open_ticket(name, lang)
    sound(app)
    sums = [text for text in texts(app) if t(lang, "worked_out.whole") in text]
    assert len(sums) == 3
    for text in sums:
        lines = dict(re.findall(r"^\| (.+?) \| (.+) \|$", text, re.MULTILINE))
        minus = [
            _seconds(lines[key]) for part in ("outside", "paused") if (key := t(lang, f"worked_out.{part}")) in lines
        ]
        assert _seconds(lines[t(lang, "worked_out.whole")]) - sum(minus) == _seconds(lines[t(lang, "worked_out.spent")])


def _seconds(text: str) -> int:
    hours, minutes, seconds = re.findall(r"[\d,]+", text)
    return int(hours.replace(",", "")) * 3600 + int(minutes) * 60 + int(seconds)


WORDS = {
    "simple": ["the kind is Complaint", "= 10:00:00", "around the clock", "On time"],
    "twice": ["53:00:00", "− 33:00:00", "− 6:30:00", "= 13:30:00", "40:00:00 (5 working days)"],
    "reopened": ["Handed over to Repair", "Escalated to level 2", "Thought to be solved", "Reopened"],
    "source": ["source system’s own due time", "source system’s own verdict", "Done late by 1\u00a0h"],
    "unjudged": ["A rule of the policy would fit", "not set", "No target"],
    "nothing": ["No rule of the policy fits this ticket", "no rule fits", "No target"],
    "overnight": ["16:00:07", "− 15:00:00", "= 1:00:07", "working hours “office”"],
    "waits": ["Waiting for the customer: an appointment", "still waiting", "Waiting for the customer, "],
    "late": ["Past due by 1\u00a0d", "Past due by 2\u00a0d"],
    "short": ["= 0:03:00", "= 0:01:00"],
    "long": ["Done late by "],
}


@pytest.mark.parametrize("name", WORDS)
def test_the_verdict_is_told_in_words(name: str) -> None:
    all_told = "\n".join(texts(open_ticket(name)))
    for words in WORDS[name]:
        assert words in all_told


def test_what_was_written_and_whose_it_is_stand_before_the_verdicts() -> None:
    app = open_ticket("simple")
    titles = [header.value for header in app.header]
    assert titles.index(t("en", "ticket.text")) < titles.index(t("en", "ticket.worked_out"))
    assert r"Team: **Night team** · Agent: **a\*7**" in [text.value for text in app.markdown]
    assert "Night team" not in _written(app), "it is told once"


@pytest.mark.parametrize("lang, words", [("en", "not escalated"), ("zh", "未升级")])
def test_the_first_level_is_no_escalation(lang: str, words: str) -> None:
    assert words in _written(open_ticket("simple", lang))
    assert words not in _written(open_ticket("reopened", lang))


def test_pauses_that_overlap_are_listed_as_they_are_and_counted_once() -> None:
    """11:30 to 14:00 and 13:30 to the next day at 10:00: in working hours 0.5 + 5 + 1 hours, once each."""
    found = told("twice")
    assert len([line for line in listed(view(), found) if "Waiting" in line["what"]]) == 2
    assert found.clocks[2]["paused_seconds"] == 6.5 * 3600


def test_each_pause_tells_its_end_and_what_of_it_was_working_time() -> None:
    """The office is open from 9 to 12 and from 13 to 18: 0.5 + 1 hours of the first pause, 4.5 + 1 of the second."""
    lasted = [line["lasted"] for line in listed(view(), told("twice")) if line["lasted"]]
    office = "of it in working hours “office”"
    assert lasted == [
        f"2:30:00, until Mon 9 Jun, 14:00:00 · 1:30:00 {office}",
        f"20:30:00, until Tue 10 Jun, 10:00:00 · 5:30:00 {office}",
    ]
    [waits] = [line["lasted"] for line in listed(view(), told("waits")) if line["lasted"]]
    assert waits == "2:00:00 so far, still waiting · 1:00:00 " + office


def test_working_time_is_not_told_of_a_pause_that_reaches_beyond_its_clocks() -> None:
    found = told("twice")
    early = {"kind": "paused", "happened_at": tickets.MONDAY, "until_at": tickets.MONDAY + tickets.DAY}
    outside = replace(found, steps=[early | {"note": None, "lasts": False}])
    assert [line["lasted"] for line in listed(view(), outside) if line["lasted"]] == [
        "24:00:00, until Tue 10 Jun, 00:00:00"
    ]


def test_a_due_time_ahead_is_told_to_the_second() -> None:
    found = told("waits")
    clock = found.clocks[2] | {"as_of": found.ticket["as_of"]}
    assert clock["state"] == "paused"
    assert dict(lines(view(), clock, []))[t("en", "worked_out.due")] == exact(view(), clock["due_at"])


def test_the_line_reaches_from_the_opening_to_the_next_due_time_or_the_last_step() -> None:
    open_story, over = told("waits"), told("simple")
    assert open_story.span()[1] == max(c["due_at"] for c in open_story.clocks), "both due times lie near"
    assert over.span() == (over.ticket["opened_at"], over.ticket["resolved_at"])
    assert told("short").span()[1] - told("short").span()[0] == timedelta(minutes=3)


def test_due_times_beyond_the_line_are_arrows_at_its_end() -> None:
    table, _, kinds = rows(view(), told("short"))
    drawn = table.to_pylist()
    assert [row["part"] for row in drawn if row["part"] in ("due", "beyond")] == ["beyond"] * 3
    assert kinds == ("runs",)


def test_a_clock_without_a_target_is_a_thin_line() -> None:
    table, _, kinds = rows(view(), told("nothing"))
    drawn = table.to_pylist()
    assert kinds == () and not [row for row in drawn if row["part"] == "bar"]
    lines_drawn = [(row["start"], row["end"]) for row in drawn if row["part"] == "track"][1:]
    found = told("nothing")
    assert lines_drawn == [(found.ticket["opened_at"], found.ticket["as_of"])] * 3


@pytest.mark.parametrize("name", ["waits", "late", "nothing"])
def test_the_line_of_the_datas_end_crosses_no_words(name: str) -> None:
    drawn = rows(view(), told(name))[0].to_pylist()
    lines_drawn = [(row["y"], row["y2"]) for row in drawn if row["part"] == "now"]
    words = [row["y"] for row in drawn if row["part"] in ("name", "verdict", "due_name")]
    half = SIZE / 2
    assert len(lines_drawn) > 3 and words
    assert not [(a, b, y) for a, b in lines_drawn for y in words if a < y + half and y - half < b]


def test_a_viewer_without_the_right_reads_no_name_and_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = "\n".join(_written(open_ticket("simple")))
    assert "Somebody" in seen and "Call me on" in seen and "13800001234" not in seen
    monkeypatch.setattr("ui.viewer.here", lambda: Viewer("v", sees_personal=False))
    hidden = "\n".join(_written(open_ticket("simple")))
    assert MASK in hidden and "Somebody" not in hidden and "Call me" not in hidden


def test_a_viewer_of_another_department_is_told_that_there_is_no_such_ticket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.viewer.here", lambda: Viewer("v", departments=("Elsewhere",)))
    app = open_ticket("simple")
    assert t("en", "ticket.gone") in [info.value for info in app.info]


def _written(app: AppTest) -> list[str]:
    return [*(str(element.value) for element in app.text), *(button.label for button in app.button)]
