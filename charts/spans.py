"""Spans of time: joined, cut and parted, to draw how a clock ran and when it stood still."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

Span = tuple[datetime, datetime]
"""Start and end."""
KINDS = ("runs", "paused", "late", "left")
"""What a clock does: it runs, waits for the customer, runs past its due time, or may still run before it is due."""


@dataclass(frozen=True)
class Run:
    """One clock: from its start to its end (done, or the data's last moment). ``hours``: None = around the clock."""

    start: datetime
    end: datetime
    due: datetime | None
    is_done: bool
    hours: Sequence[Span] | None
    pauses: Sequence[Span]


def parts(run: Run) -> Iterator[tuple[str, datetime, datetime]]:
    """What the clock does and from when to when; outside working hours there is nothing. All spans are apart.

    The lengths of runs and late add up to the time spent, those of paused to the pauses in working hours, that of late
    to how late it is, and those of left to the time left.
    """
    open_spans = cut(run.hours, run.start, run.end) if run.hours is not None else cut([(run.start, run.end)])
    waited = joined(run.pauses)
    running = without(open_spans, waited)
    due = run.due or run.end
    yield from (("runs", *span) for span in cut(running, run.start, due))
    yield from (("late", *span) for span in cut(running, max(due, run.start), run.end))
    yield from (("paused", *span) for span in without(open_spans, running))
    if not run.is_done:
        ahead = run.hours if run.hours is not None else [(run.end, due)]
        yield from (("left", *span) for span in cut(ahead, run.end, due))


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same moments in spans that do not touch."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return found


def cut(spans: Iterable[Span], start: datetime = datetime.min, end: datetime = datetime.max) -> list[Span]:
    """What of ``spans`` lies between two moments."""
    clipped = ((max(a, start), min(b, end)) for a, b in spans)
    return [(a, b) for a, b in clipped if a < b]


def without(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """What of ``spans`` lies in none of ``holes``, which must be in order and apart."""
    edges = [datetime.min, *(edge for hole in holes for edge in hole), datetime.max]
    gaps = list(zip(edges[::2], edges[1::2], strict=True))
    return [piece for span in spans for gap in gaps for piece in cut([span], *gap)]


def between(spans: Sequence[Span]) -> list[Span]:
    """The gaps between ``spans``, which must be in order."""
    return [(end, start) for (_, end), (start, _) in pairwise(spans) if end < start]


def thought_solved(events: Iterable[tuple[str, datetime]]) -> list[Span]:
    """When a ticket was thought to be solved: from being resolved, first of all, to the next time it is reopened."""
    steps = sorted((event for event in events if event[0] in ("resolved", "reopened")), key=_in_order)
    turns = [step for before, step in pairwise([("", datetime.min), *steps]) if before[0] != step[0]]
    return [(a[1], b[1]) for a, b in pairwise(turns) if a[0] == "resolved" and a[1] < b[1]]


def _in_order(event: tuple[str, datetime]) -> tuple[datetime, bool]:
    """By time; at the same moment it is resolved before it is reopened."""
    return event[1], event[0] == "reopened"
