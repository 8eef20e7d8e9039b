"""What happened to one ticket, as the questions tell it: its steps, its pauses, and how its clocks ran."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from charts.spans import Run, Span, cut, thought_solved
from ui.due import exact
from ui.tables import literal
from ui.verdict import hms
from ui.view import View

Row = dict[str, Any]
_TAKEN = {
    "opened": "opened_at",
    "assigned": "assigned_at",
    "responded": "first_response_at",
    "feedback": "feedback_at",
    "resolved": "resolved_at",
    "confirmed": "confirmed_at",
    "closed": "closed_at",
}
"""The steps that a ticket's row records, with their columns."""
_NOTED = ("transferred", "escalated", "paused")
_MOST_HOURS = 250
"""With more working hours than so many there are no stripes: they would be too fine to see."""


@dataclass(frozen=True)
class Story:
    """One ticket as the questions tell it. ``clocks`` know the data's last moment; ``windows``: hours by calendar."""

    ticket: Row
    clocks: Sequence[Row]
    steps: Sequence[Row]
    windows: Mapping[str, Sequence[Span]]

    @property
    def hours(self) -> Mapping[str, Sequence[Span]]:
        """The working hours to draw by calendar; none of them where there are too many to see."""
        return self.windows if sum(map(len, self.windows.values())) <= _MOST_HOURS else {}

    def events(self) -> list[tuple[str, datetime, str | None]]:
        """Every step in order, each once: kind, moment, and whom or what to."""
        taken = {(kind, self.ticket[column]): None for kind, column in _TAKEN.items() if self.ticket[column]}
        more = {(row["kind"], row["happened_at"]): row["note"] for row in self.steps if row["kind"] != "paused"}
        order = (*_TAKEN, *dict.fromkeys(kind for kind, _ in more))
        found = [(kind, at, note) for (kind, at), note in {**taken, **more}.items()]
        return sorted(found, key=lambda event: (event[1], order.index(event[0])))

    def pauses(self, view: View) -> list[tuple[str, datetime, datetime, bool]]:
        """What stopped the clocks, from when to when, and whether it lasts; overlaps as they are."""
        waits = [
            (named(view, "paused", row["note"]), row["happened_at"], row["until_at"], row["lasts"])
            for row in self.steps
            if row["kind"] == "paused"
        ]
        own = [("resolved", self.ticket[name]) for name in ("resolved_at", "closed_at") if self.ticket[name]]
        solved = thought_solved([*own, *((row["kind"], row["happened_at"]) for row in self.steps)])
        return sorted(
            [*waits, *((view.t("happened.thought_solved"), *span, False) for span in solved)], key=lambda p: p[1:3]
        )

    def run(self, view: View, clock: Row) -> Run:
        """What there is to draw of one clock."""
        hours = self.hours.get(clock["clock"])
        end = clock["done_at"] or self.ticket["as_of"]
        spans = [(start, end) for _, start, end, _ in self.pauses(view)]
        return Run(clock["started_at"], end, clock["due_at"], clock["done_at"] is not None, hours, spans)

    def is_open(self) -> bool:
        """Whether any of its clocks has not been stopped."""
        return not all(clock["done_at"] for clock in self.clocks)

    def span(self) -> Span:
        """From the opening to the last step, for what is not done to the next due time; a minute at least."""
        start = self.ticket["opened_at"]
        ends = [at for _, at, _ in self.events()] + [clock["done_at"] for clock in self.clocks if clock["done_at"]]
        ahead = sorted(clock["due_at"] for clock in self.clocks if clock["state"] in ("running", "paused"))
        if self.is_open():
            ends.append(self.ticket["as_of"])
            last = max(ends)
            ends += ahead[:1] + [due for due in ahead if due - start <= 3 * (max(last, ahead[0]) - start)]
        return start, max(*ends, start + timedelta(minutes=1))


def story(ticket: Row, clocks: Sequence[Row], steps: Sequence[Row], hours: Sequence[Row]) -> Story:
    """All of a ticket, the working hours by calendar."""
    found: dict[str, list[Span]] = {}
    for row in hours:
        found.setdefault(row["clock"], []).append((row["opens_at"], row["closes_at"]))
    return Story(ticket, clocks, steps, found)


def named(view: View, kind: str, note: str | None, how: str = "to") -> str:
    """What people call a step or pause, with what its note says; ``how``: "to" in full, "short" over the time line."""
    return view.t(f"happened.{kind}_{how}", note=note) if note and kind in _NOTED else view.t(f"happened.{kind}")


def listed(view: View, told: Story) -> list[dict[str, str]]:
    """Every step and pause in order as lines of a table: when, what, and how long a pause lasted."""
    events = [(at, named(view, kind, note), "") for kind, at, note in told.events()]
    pauses = [(start, name, _lasted(view, told, (start, end), lasts)) for name, start, end, lasts in told.pauses(view)]
    return [
        {"happened_at": exact(view, at), "what": literal(what), "lasted": lasted}
        for at, what, lasted in sorted([*events, *pauses])
    ]


def _lasted(view: View, told: Story, pause: Span, lasts: bool) -> str:
    """How long a pause was and until when, to the second; and how much of it was working time, if not all of it."""
    start, end = pause
    whole = (end - start).total_seconds()
    said = [view.t("happened.so_far" if lasts else "happened.until", time=hms(whole), end=exact(view, end))]
    for name, windows in told.windows.items():
        worked = sum((b - a).total_seconds() for a, b in cut(windows, start, end))
        if worked < whole and _covers(told, name, pause):
            hours = view.t("verdict.calendar", name=literal(name))
            said.append(view.t("happened.of_it", time=hms(worked), hours=hours))
    return view.t("scope.join").join(said)


def _covers(told: Story, calendar: str, pause: Span) -> bool:
    """Whether the working hours are known for all of a pause: they are told for as long as its clocks run."""
    clocks = [clock for clock in told.clocks if clock["clock"] == calendar]
    ends = [clock[name] for clock in clocks for name in ("done_at", "due_at") if clock[name]]
    if not all(clock["done_at"] for clock in clocks):
        ends.append(told.ticket["as_of"])
    return bool(min(clock["started_at"] for clock in clocks) <= pause[0] and pause[1] <= max(ends))
