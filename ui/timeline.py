"""The rows of a ticket's time line, made ready for charts.timeline."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from charts import flags
from charts import timeline as picture
from charts.numbers import duration
from charts.spans import KINDS, Span, between, cut, joined, parts
from ui.due import exact, moment
from ui.story import Story, named
from ui.verdict import headline
from ui.view import View

Row = dict[str, Any]
_FIRST = ("opened", "resolved", "closed", "now", "responded")
"""Steps whose words are placed before the others'."""
_WIDTHS = {"desk": 760, "phone": 300}
"""Widths for which words are laid out, in pixels."""


def rows(view: View, told: Story) -> tuple[pa.Table, int, tuple[str, ...]]:
    """The rows of the picture, its height in pixels, and what its clocks do."""
    steps, base = _steps(view, told)
    drawn = [*_frame(told.span(), base), *steps]
    top = base + 14
    bars = [(base, top)]
    if pauses := list(_pauses(view, told, top)):
        drawn += pauses
        bars.append((top + picture.BAR - 5, top + picture.BAR + 13))
        top += picture.PAUSES
    for place, clock in enumerate(told.clocks):
        lane = top + place * picture.LANE
        drawn += _lane(view, told, clock, lane)
        bars.append((lane + picture.BAR - 5, lane + picture.BAR + picture.THICK + 5))
    height = top + len(told.clocks) * picture.LANE
    if told.is_open():  # Only across the bars, so that it crosses no words.
        drawn += [{"part": "now", "start": told.ticket["as_of"], "y": y, "y2": y2} for y, y2 in bars]
    codes = {row.get("code") for row in drawn}
    return _table(drawn), height, tuple(kind for kind in KINDS if kind in codes)


def _table(drawn: Sequence[Row]) -> pa.Table:
    times, numbers = ("start", "end"), ("y", "y2", "base", "desk", "phone")
    flags_ = ("bad", "begins", "desk_left", "phone_left")
    texts = ("part", "code", "kind", "text", "label", "when")
    typed = {
        **dict.fromkeys(texts, pa.string()),
        **dict.fromkeys(times, pa.timestamp("ms")),
        **dict.fromkeys(numbers, pa.float64()),
        **dict.fromkeys(flags_, pa.bool_()),
    }
    return pa.table({name: pa.array([row.get(name) for row in drawn], kind) for name, kind in typed.items()})


def _frame(span: Span, base: int) -> Iterator[Row]:
    """How far the line reaches, and the line of the steps."""
    yield from ({"part": "frame", "start": edge, "y": 0} for edge in span)
    yield {"part": "track", "start": span[0], "end": span[1], "y": base}


def _steps(view: View, told: Story) -> tuple[list[Row], int]:
    """The steps, those at the same moment together, with their words over them; and how far down they stand."""
    events = told.events() + ([("now", told.ticket["as_of"], None)] if told.is_open() else [])
    groups = [[event for event in events if event[1] == at] for at in dict.fromkeys(at for _, at, _ in events)]
    moments = [group[0][1] for group in groups]
    names, short = (
        [view.t("happened.join").join(named(view, kind, note, how) for kind, _, note in group) for group in groups]
        for how in ("to", "short")
    )
    first = [n for n, group in enumerate(groups) if any(kind in _FIRST for kind, _, _ in group)]
    places = _places(told.span(), moments, short, first)
    levels = [flag.level for found in places.values() for flag in found if flag]
    base = (max(levels, default=-1) + 1) * picture.LINE + 14
    drawn = []
    for n, at in enumerate(moments):
        row: Row = {"part": "step", "start": at, "y": base, "base": base, "text": short[n]}
        for device, found in places.items():
            if flag := found[n]:
                row |= {device: base - 14 - flag.level * picture.LINE, f"{device}_left": flag.left}
        drawn.append(row | {"label": names[n], "when": exact(view, at)})
    return drawn, base


def _places(
    span: Span, moments: Sequence[datetime], names: Sequence[str], first: Sequence[int]
) -> dict[str, list[flags.Flag | None]]:
    shares = [(at - span[0]) / (span[1] - span[0]) for at in moments]
    return {device: flags.place(shares, names, first, width) for device, width in _WIDTHS.items()}


def _pauses(view: View, told: Story, top: int) -> Iterator[Row]:
    for name, start, end, lasts in told.pauses(view):
        label = view.t("scope.join").join((name, view.t("happened.lasts"))) if lasts else name
        yield _bar("paused", view, (start, end), top + picture.NAME + 12, 8, label)
    if told.pauses(view):
        yield {"part": "name", "y": top + picture.NAME, "text": view.t("timeline.pauses")}


def _bar(code: str, view: View, span: Span, y: int, thick: int, label: str) -> Row:
    return {
        **{"part": "bar", "code": code, "kind": view.t(f"timeline.{code}"), "label": label, "when": _when(view, span)},
        **{"start": span[0], "end": span[1], "y": y, "y2": y + thick},
    }


def _when(view: View, span: Span) -> str:
    start, end = (exact(view, at) for at in span)
    return view.t(
        "timeline.span", start=start, end=end, time=duration((span[1] - span[0]) / timedelta(minutes=1), view.lang)
    )


def _lane(view: View, told: Story, clock: Row, top: int) -> Iterator[Row]:
    """One clock: hours off behind, what it does, when it was due and done, its name and verdict."""
    stage, bad = view.value("stage", clock["stage"]), clock["state"] in ("breached", "overdue")
    span, bar = told.span(), top + picture.BAR
    if (hours := told.hours.get(clock["clock"])) is not None:
        edges = [(datetime.min, span[0]), *hours, (span[1], datetime.max)]
        for off in cut(between(joined(edges)), *span):
            yield {"part": "closed", "start": off[0], "end": off[1], "y": bar - 5, "y2": bar + picture.THICK + 5}
    yield from _ran(view, told, clock, bar)
    yield from _due(view, clock, span, bar)
    if clock["done_at"]:
        yield {"part": "done", "start": clock["done_at"], "y": bar + picture.THICK / 2, "bad": bad} | {
            "label": view.t("timeline.of_stage", stage=stage, what=view.t("timeline.done")),
            "when": exact(view, clock["done_at"]),
        }
    yield {"part": "name", "y": top + picture.NAME, "text": stage}
    yield {"part": "verdict", "y": top + picture.NAME, "text": headline(view, clock), "bad": bad}


def _ran(view: View, told: Story, clock: Row, bar: int) -> Iterator[Row]:
    """What a clock does as bars; without a target nothing is counted, so there is no more than a line."""
    if clock["state"] == "none":
        end = clock["done_at"] or told.ticket["as_of"]
        yield {"part": "track", "start": clock["started_at"], "end": end, "y": bar + picture.THICK / 2}
        return
    stage = view.value("stage", clock["stage"])
    for kind, *found in parts(told.run(view, clock)):
        for piece in cut([(found[0], found[1])], *told.span()):
            thin = 4 if kind in ("paused", "left") else 0
            label = view.t("timeline.of_stage", stage=stage, what=view.t(f"timeline.{kind}"))
            yield _bar(kind, view, piece, bar + thin, picture.THICK - 2 * thin, label)


def _due(view: View, clock: Row, span: Span, bar: int) -> Iterator[Row]:
    """The due time as a mark on the bar; as an arrow at the end where it is later than the line reaches."""
    due = clock["due_at"]
    if due is None:
        return
    label = view.t("timeline.of_stage", stage=view.value("stage", clock["stage"]), what=view.t("timeline.due_tip"))
    tip = {"label": label, "when": exact(view, due)}
    if due > span[1]:
        yield {"part": "beyond", "y": bar + picture.THICK / 2} | tip
    else:
        yield {"part": "due", "start": due, "y": bar - 5, "y2": bar + picture.THICK + 5} | tip
    at = min(due, span[1])
    begins = (at - span[0]) / (span[1] - span[0]) < 0.5
    told = moment(view, due) if clock["state"] in ("running", "paused") else exact(view, due, f"{due:%H:%M}")
    name = view.t("timeline.due", moment=told)
    yield {"part": "due_name", "start": at, "y": bar + picture.DUE - picture.BAR, "text": name, "begins": begins}
