"""How much happens on which day: weekdays, holidays, shopping festivals, the Chinese New Year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import Any

import holidays

STRETCH = 30  # days; time is cut into stretches of 30 days, counted back from the last day
STEPS = 400  # draws a stretch's days are spread over


@dataclass(frozen=True)
class Span:
    """The days that the sample covers; day 0 is the first."""

    until: date
    years: int

    @property
    def first(self) -> date:
        """The first day: so many years before the day after the last."""
        last = self.until + timedelta(days=1)
        day = 28 if (last.month, last.day) == (2, 29) else last.day
        return last.replace(year=last.year - self.years, day=day)

    @property
    def days(self) -> int:
        """The number of days, the first and the last included."""
        return (self.until - self.first).days + 1

    def number(self, day: date) -> int:
        """The number of `day`; negative before the first."""
        return (day - self.first).days

    def stretches(self) -> Iterator[range]:
        """The day numbers of each stretch, the latest stretch first; the oldest one may be shorter."""
        for end in range(self.days, 0, -STRETCH):
            yield range(max(0, end - STRETCH), end)


def weights(span: Span, season: dict[str, Any], stream: str) -> list[float]:
    """One weight a day for `stream` (orders or tickets), around 1."""
    years = range(span.first.year, span.until.year + 1)
    closed = holidays.country_holidays("CN", years=years, language="en_US")
    return [_weight(span.first + timedelta(days=n), season, stream, closed) for n in range(span.days)]


def _weight(day: date, season: dict[str, Any], stream: str, closed: Any) -> float:
    weight = float(season["weekday"][stream][day.weekday()])
    if name := closed.get(day):
        weight *= season["new_year" if "Chinese New Year" in name else "holiday"][stream]
    for festival in season["festivals"]:
        if festival["from"] <= f"{day:%m-%d}" <= festival["to"]:
            weight *= festival[stream]
    return weight


def level(span: Span, by_day: list[float]) -> list[float]:
    """The mean weight of each stretch, per full stretch."""
    return [sum(by_day[n] for n in stretch) / STRETCH for stretch in span.stretches()]


def draws(span: Span, by_day: list[float]) -> list[list[int]]:
    """For each stretch the day numbers to draw from, each as often as its weight says."""
    return [_spread(stretch, [by_day[n] for n in stretch]) for stretch in span.stretches()]


def _spread(days: range, shares: list[float]) -> list[int]:
    ends = [round(STEPS * part / sum(shares)) for part in accumulate(shares)]
    return [day for day, (low, high) in zip(days, pairwise([0, *ends]), strict=True) for _ in range(high - low)]
