"""What complaints are about, made ready for pictures and put into a sentence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from charts.numbers import number
from queries import NOT_GIVEN, Scope
from queries.sentence import month_name, period
from ui import labels, names
from ui.period import bucket_end
from ui.view import View

Row = Mapping[str, Any]
PARTED = "\x1f"
"""Stands between a cause or word and the first day of its month or week in what a click picks."""


_LEAST = 0.0005
"""A share below this is 0.0 percent."""


def share(view: View, value: float | None) -> str:
    """A share as it is written on this screen; never 0.0 where there is something."""
    if value and 0 < value < _LEAST:
        return view.t("unit.percent", number="<0.1")
    return number(value, "percent", view.lang, 1)


def compared(view: View, scope: Scope) -> Scope | None:
    """The days to compare words with: those the reader chose, else as many days before the period."""
    if view.before:
        return view.before
    return scope.previous("period") if scope.start and scope.end else None


def told_period(view: View, before: Scope) -> str:
    """The days compared with, in words."""
    return period(view.lang, before.start, before.end)


def scenario(view: View, key: str | None) -> str:
    """What people call the situation in which something happened."""
    return labels.value(view.lang, "scenario", key)


def cause(view: View, key: str | None) -> str:
    """What people call a cause; what no rule covers has a name too."""
    return labels.value(view.lang, "cause", key)


def cause_names(view: View) -> dict[str, str]:
    """The causes that are known, in the order of the policy, with what people call them."""
    return dict(names.names(view.lang, "cause"))


def category(view: View, raw: str | None) -> str:
    """What people call a category; a missing one has a name too."""
    return labels.value(view.lang, "category", raw)


def responsible(view: View, row: Row) -> str:
    """The department that answers for a cause, or that none does."""
    return str(row["responsible"] or view.t("causes.not_assigned"))


def month_rows(view: View, months: pa.Table) -> pa.Table:
    """Rows for the heatmap of causes by month."""
    found = months.to_pylist()
    days = sorted({row["month"] for row in found})
    # The first month may come again a year later: it is named in full.
    names = {
        day: _month(view, day) if place and day.month > 1 else month_in_full(view, day)
        for place, day in enumerate(days)
    }
    most = max((row["n"] for row in found), default=0) or 1
    return pa.table(
        {
            "value": [f"{row['cause'] or NOT_GIVEN}{PARTED}{row['month']}" for row in found],
            "label": [cause(view, row["cause"]) for row in found],
            "place": months.column("place"),
            "column": [names[row["month"]] for row in found],
            "column_place": [days.index(row["month"]) for row in found],
            "head": [month_in_full(view, row["month"]) for row in found],
            "depth": [row["n"] / most for row in found],
            "n": months.column("n"),
            "note": [f"{row['n']:,}" for row in found],
            "told": [f"{row['n']:,}" for row in found],
            "part": [share(view, row["share"]) for row in found],
        }
    )


def _month(view: View, day: date) -> str:
    """A month as it stands on an axis, where the year is known."""
    return view.t("causes.month", month=month_name(view.lang, day))


def month_in_full(view: View, day: date) -> str:
    """The month in which a day lies, with its year."""
    return view.t("causes.month_year", month=month_name(view.lang, day), year=day.year)


def picked_span(value: str, grain: str) -> tuple[str, date, date]:
    """What a click on a cell or point picked: the cause or word, and the first and last day of its month or week."""
    raw, _, first = value.partition(PARTED)
    day = date.fromisoformat(first)
    return raw, day, bucket_end(day, grain)
