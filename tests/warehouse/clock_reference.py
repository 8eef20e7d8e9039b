"""The clocks of a ticket once more, by walking through time step by step: no SQL, no code shared with the product.

A step is a minute or a second. For each one the wall clock of the zone is looked at, and the clock either runs through
it or stands still; all else is counting. Every moment of a ticket must lie on a step, every span is in steps.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Steps = NDArray[np.bool_]
Windows = Sequence[tuple[int, int]]
Span = tuple[datetime, datetime | None]
FIVE = 5 * 60
SLOTS = 24 * 12


@dataclass(frozen=True)
class Hours:
    """A calendar: windows in seconds of the local day, by weekday (0 = Monday) and for single days."""

    zone: str
    week: Mapping[int, Windows]
    off: Collection[date] = ()
    worked: Collection[date] = ()
    makeup: int = 0
    exceptions: Mapping[date, Windows] = field(default_factory=dict)

    def windows(self, day: date) -> Windows:
        """The hours of a day: an exception first, then a make-up workday, then a holiday, then the weekday."""
        if day in self.exceptions:
            return self.exceptions[day]
        if day in self.worked:
            return self.week[self.makeup]
        return () if day in self.off else self.week.get(day.weekday(), ())


@dataclass(frozen=True)
class Grid:
    """The steps that are looked at: ``count`` of ``seconds`` each from ``begin`` (UTC) on."""

    begin: datetime
    count: int
    seconds: int

    def at(self, moment: datetime) -> int:
        """The number of the step that begins at ``moment``."""
        number = (moment - self.begin).total_seconds() / self.seconds
        assert number == int(number) and 0 <= number <= self.count, f"{moment} is on no step"
        return int(number)

    def moment(self, step: int) -> datetime:
        return self.begin + pd.Timedelta(seconds=step * self.seconds)

    def open(self, hours: Hours | None) -> Steps:
        """Whether the clock runs, step by step: what the wall clock shows decides. None is around the clock."""
        if hours is None:
            return np.ones(self.count, bool)
        utc = pd.date_range(self.begin, periods=self.count, freq=f"{self.seconds}s", tz="UTC")
        wall = utc.tz_convert(hours.zone).tz_localize(None)
        days = wall.normalize()
        table = np.array([_slots(hours.windows(day.date())) for day in pd.date_range(days.min(), days.max())])
        slot: NDArray[np.int64] = np.asarray(wall.hour * 12 + wall.minute // 5)
        open_: Steps = table[np.asarray((days - days.min()).days), slot]
        return open_

    def covered(self, spans: Iterable[Span], as_of: datetime) -> Steps:
        """Steps that any of the spans covers; one without an end lasts until ``as_of``."""
        found = np.zeros(self.count, bool)
        for start, end in spans:
            found[self._near(start) : self._near(as_of if end is None else end)] = True
        return found

    def _near(self, moment: datetime) -> int:
        return self.at(max(moment, self.begin))


def _slots(windows: Windows) -> list[bool]:
    """The five-minute slots of a day that lie in a window."""
    return [any(start <= slot * FIVE < end for start, end in windows) for slot in range(SLOTS)]


@dataclass(frozen=True)
class Reading:
    """What a clock says; moments and spans in steps, ``needed`` in seconds; None where it says nothing."""

    state: str
    due: int | None = None
    spent: int = 0
    needed: int = 0
    late: int | None = None
    left: int | None = None


def read_clock(
    open_: Steps, paused: Steps, start: int, done: int | None, as_of: int, target: int | None, waits: bool, seconds: int
) -> Reading:
    """The reading of one stage; ``waits``: some pause has no end.

    What comes after its end, done or the data's last moment, is past the clock: no pause there moves the due time.
    """
    end = as_of if done is None else done
    runs = np.concatenate([open_[start:end] & ~paused[start:end], open_[end:]])
    shown = np.concatenate([[0], np.cumsum(runs)])  # what the clock shows when each step begins
    spent = int(shown[end - start])
    ran = open_[end - 1] and not paused[end - 1]
    needed = spent * seconds + (0 if ran else 1)  # a target of just what has run was used up when the clock stood still
    if target is None:
        return Reading("none", None, spent, needed)
    due = start + _reached(shown, target)
    over = spent - target
    if done is not None:
        met = done <= due
        return Reading("met" if met else "breached", due, spent, needed, None if met else over)
    if due < as_of:
        return Reading("overdue", due, spent, needed, over)
    return Reading("paused" if waits else "running", due, spent, needed, None, -over)


def _reached(shown: NDArray[np.int64], target: int) -> int:
    """The earliest moment at which the clock shows the target."""
    assert shown[-1] >= target, "the steps end before the target is used up"
    return int(np.argmax(shown >= target))


def parts(open_: Steps, paused: Steps, start: int, end: int, assigned: int | None, moved: int | None) -> dict[str, int]:
    """The way from ``start`` to ``end`` in steps: whose each step was. The first that fits counts."""
    step = np.arange(start, end)
    waits = step < (end if assigned is None else assigned)
    after = step >= (end if moved is None else moved)
    kinds = [~open_[start:end], paused[start:end], waits, after]
    names = ["closed", "customer", "assignment", "transferred"]
    found = np.select(kinds, [np.full(end - start, name) for name in names], "ours")
    return {name: int((found == name).sum()) for name in (*names, "ours")}
