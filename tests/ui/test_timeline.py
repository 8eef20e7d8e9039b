"""Spans, flags and the spec of a ticket's time line; and due times in words."""

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from charts import flags
from charts.numbers import NBSP, in_hours
from charts.spans import KINDS, Run, cut, joined, parts, thought_solved, without
from charts.theme import PALETTES
from charts.timeline import timeline
from queries import Meta, Scope
from ui import due, tables
from ui.verdict import hms
from ui.view import View
from words import LANGUAGES, t

START = datetime(2026, 3, 2, 9)
HOUR = timedelta(hours=1)
SPAN = some.tuples(some.integers(0, 40), some.integers(1, 9)).map(
    lambda pair: (START + pair[0] * HOUR, START + sum(pair) * HOUR)
)


def hours(spans: list[tuple[datetime, datetime]]) -> set[int]:
    """The hours after START that lie in one of the spans."""
    return {n for n in range(60) for a, b in spans if a <= START + n * HOUR < b}


@given(some.lists(SPAN, max_size=6), some.lists(SPAN, max_size=6))
def test_spans_are_joined_and_cut_hour_by_hour(
    spans: list[tuple[datetime, datetime]], holes: list[tuple[datetime, datetime]]
) -> None:
    together = joined(spans)
    assert hours(together) == hours(spans)
    assert all(a[1] < b[0] for a, b in pairwise(together))
    assert hours(without(together, joined(holes))) == hours(spans) - hours(holes)
    assert hours(cut(together, START + 5 * HOUR, START + 20 * HOUR)) == hours(spans) & set(range(5, 20))


def test_a_clock_by_hand() -> None:
    """Open 9 to 12 and 13 to 18; it waits from 11 to 14, is due at 16 and done at 17."""
    windows = [(START, START + 3 * HOUR), (START + 4 * HOUR, START + 9 * HOUR)]
    run = Run(START + HOUR, START + 8 * HOUR, START + 7 * HOUR, True, windows, [(START + 2 * HOUR, START + 5 * HOUR)])
    found = [(kind, (a - START) // HOUR, (b - START) // HOUR) for kind, a, b in parts(run)]
    assert found == [("runs", 1, 2), ("runs", 5, 7), ("late", 7, 8), ("paused", 2, 3), ("paused", 4, 5)]
    ahead = replace(run, due=START + 9 * HOUR, is_done=False)
    assert ("left", START + 8 * HOUR, START + 9 * HOUR) in list(parts(ahead))


def test_thought_to_be_solved_lasts_from_each_resolution_to_the_reopening_after_it() -> None:
    at = [START + n * HOUR for n in range(6)]
    events = [("reopened", at[2]), ("resolved", at[1]), ("escalated", at[1]), ("resolved", at[3]), ("resolved", at[5])]
    assert thought_solved([*events, ("reopened", at[0])]) == [(at[1], at[2])]
    assert thought_solved([("reopened", at[1]), ("resolved", at[1])]) == []
    twice = [("resolved", at[1]), ("resolved", at[2]), ("reopened", at[3]), ("reopened", at[4])]
    assert thought_solved(twice) == [(at[1], at[3])]


@given(
    some.lists(some.tuples(some.floats(0, 1), some.text("a工W", min_size=1, max_size=14)), max_size=14),
    some.sampled_from([300, 760]),
)
def test_no_word_covers_another_or_is_crossed_by_a_line(words: list[tuple[float, str]], width: float) -> None:
    placed = [flag for flag in flags.place([at for at, _ in words], [text for _, text in words], [0], width) if flag]
    for one, other in combinations(placed, 2):
        assert not one.clashes(other)
    for flag in placed:
        first = flag.x if flag.left else flag.x - flag.width
        assert first >= 0 and first + flag.width <= width
        assert 0 <= flag.level < flags.LEVELS


def test_words_with_room_are_all_placed() -> None:
    found = flags.place([0, 0.001, 0.5, 0.999, 1], ["Opened", "Assigned", "Feedback", "Resolved", "Closed"], [0], 760)
    assert None not in found


@pytest.mark.parametrize(
    "text, told",
    [
        ("papers: two", "papers: two"),
        ("a|b *c* :red[d]\n$1 <i> \\|", r"a\|b \*c\* \:red\[d\] \$1 \<i\> \\\|"),
    ],
)
def test_what_others_write_is_no_markdown(text: str, told: str) -> None:
    assert tables.literal(text) == told


@pytest.mark.parametrize("lang, theme", list(product(LANGUAGES, PALETTES)))
def test_the_spec_speaks_the_readers_language_and_holds_no_rows(lang: str, theme: str) -> None:
    spec = timeline(lang, theme, 300, KINDS)
    said = json.dumps(spec, ensure_ascii=False)
    assert all(t(lang, f"timeline.{kind}") in said for kind in KINDS)
    assert '"data"' not in said and '"datasets"' not in said
    assert PALETTES[theme].mark_bad in said
    assert timeline(lang, theme, 300, KINDS) is spec


def test_the_legend_names_only_what_there_is() -> None:
    said = json.dumps(timeline("en", "light", 300, ("runs",)))
    assert t("en", "timeline.runs") in said and t("en", "timeline.late") not in said


@pytest.mark.parametrize(
    "minutes, told", [(0.5, "30 s"), (80, "1 h 20 min"), (1439, "23 h 59 min"), (1440, "24 h"), (3001, "50 h")]
)
def test_working_time_is_never_told_in_days(minutes: float, told: str) -> None:
    assert in_hours(minutes, "en") == told.replace(" ", NBSP)


@pytest.mark.parametrize(
    "seconds, told",
    [(0, "0:00:00"), (3599.6, "1:00:00"), (176709, "49:05:09"), (-61, "−0:01:01"), (4e6, "1,111:06:40")],
)
def test_lengths_to_the_second(seconds: float, told: str) -> None:
    assert hms(seconds) == told


def view(lang: str = "en") -> View:
    """A view on Tuesday, 10 March 2026."""
    day = date(2026, 3, 10)
    return View(lang, "light", Scope(), None, "none", Meta("v", "", "UTC", "", None, day, day, None, frozenset()))


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader looks on the data's last day."""
    monkeypatch.setattr(due, "today_in", lambda _: date(2026, 3, 10))


@pytest.mark.parametrize(
    "when, en, zh",
    [
        (datetime(2026, 3, 10, 17, 20), "today 17:20", "今天 17:20"),
        (datetime(2026, 3, 11, 10, 5), "tomorrow 10:05", "明天 10:05"),
        (datetime(2026, 3, 9, 9, 0), "yesterday 09:00", "昨天 09:00"),
        (datetime(2026, 3, 2, 9, 0), "Mon 2 Mar, 09:00", "3月2日（周一）09:00"),
        (datetime(2025, 12, 31, 9, 0), "31 Dec 2025, 09:00", "2025年12月31日 09:00"),
    ],
)
def test_moments_as_people_say_them(when: datetime, en: str, zh: str, fresh: None) -> None:
    assert (due.moment(view(), when), due.moment(view("zh"), when)) == (en, zh)


def test_in_data_of_yesterday_no_day_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The data ends on Tuesday, the reader looks on Wednesday: neither day may be called today or tomorrow."""
    monkeypatch.setattr(due, "today_in", lambda _: date(2026, 3, 11))
    days = [date(2026, 3, day) for day in (9, 10, 11, 12)]
    told = [due.moment(view(), datetime.combine(day, time(10, 5))) for day in days]
    assert told == [f"{day:%a} {day.day} Mar, 10:05" for day in days]


def test_today_is_the_teams_day() -> None:
    """From Kiritimati to Pago Pago the clock goes 25 hours back, so the day is always another."""
    assert due.today_in("Pacific/Kiritimati") > due.today_in("Pacific/Pago_Pago")


@pytest.mark.parametrize(
    "clock, hour, told",
    [
        ("24x7", 17, "today 17:00"),
        ("office", 17, "today 17:00, before closing time"),
        ("office", 18, "today 18:00, before closing time"),
        ("office", 20, "today 20:00 (working hours)"),
        ("shift", 11, "today 11:00, before the break"),
        ("shift", 14, "today 14:00 (working hours)"),
        ("free", 17, "today 17:00 (working hours)"),
    ],
)
def test_before_closing_time_is_while_the_hours_last_that_run_now(
    clock: str, hour: int, told: str, fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = datetime(2026, 3, 10)
    ends = {"office": (18, 18), "shift": (12, 20)}
    table = [
        {"clock": name, "hours_until": day + a * HOUR, "day_until": day + b * HOUR} for name, (a, b) in ends.items()
    ]
    monkeypatch.setattr(due, "ask", lambda *_: _Answer(table))
    assert due.due_words(view(), day + hour * HOUR, clock) == told


class _Answer:
    def __init__(self, found: list[dict[str, object]]) -> None:
        self.to_pylist = lambda: found
