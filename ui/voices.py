"""What complaints are about, made ready for pictures and put into a sentence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from charts.numbers import number
from queries import NOT_GIVEN, Scope
from queries.sentence import period
from ui import labels
from ui.period import bucket_end
from ui.view import View

Row = Mapping[str, Any]
PARTED = "\x1f"
"""Stands between a category or word and the first day of its month or week in what a click picks."""


def share(view: View, value: float | None) -> str:
    """A share as it is written on this screen."""
    return number(value, "percent", view.lang, 1)


def compared(view: View, scope: Scope) -> Scope | None:
    """The days to compare words with: those the reader chose, else as many days before the period."""
    if view.before:
        return view.before
    return scope.previous("period") if scope.start and scope.end else None


def told_period(view: View, before: Scope) -> str:
    """The days compared with, in words."""
    return period(view.lang, before.start, before.end)


def _change(view: View, now: int, before: int) -> str:
    """How many more or fewer, as a share of what there was before."""
    key = "as_many" if now == before else "more" if now > before else "fewer"
    return view.t(f"causes.{key}", share=number(abs(now - before) / before, "percent", view.lang))


def cause_sentence(view: View, causes: pa.Table, before: Scope | None) -> str:
    """The category that most complaint tickets have, and what it was before."""
    row = causes.slice(0, 1).to_pylist()[0]
    facts = {
        "category": category(view, row["category"]),
        "responsible": responsible(view, row),
        "share": share(view, row["share"]),
        **{name: f"{row[name]:,}" for name in ("n", "complaints")},
    }
    if before is None or not row["complaints_before"]:
        return view.t("causes.leading", **facts)
    earlier = {name: f"{row[name]:,}" for name in ("n_before", "complaints_before")}
    return view.t(
        "causes.leading_before",
        **facts,
        **earlier,
        change=_change(view, row["complaints"], row["complaints_before"]),
        share_before=share(view, row["share_before"]),
        before=told_period(view, before),
    )


def category(view: View, raw: str | None) -> str:
    """What people call a category; a missing one has a name too."""
    return labels.value(view.lang, "category", raw)


def cause(view: View, key: str | None) -> str:
    """What people call a cause; a missing one has a name too."""
    return labels.value(view.lang, "cause", key)


def responsible(view: View, row: Row) -> str:
    """The department that answers for a category, or that none does."""
    return str(row["responsible"] or view.t("causes.not_assigned"))


def cause_rows(view: View, causes: pa.Table) -> pa.Table:
    """Rows for the Pareto."""
    found = causes.to_pylist()
    names = [category(view, row["category"]) for row in found]
    return pa.table(
        {
            "value": [row["category"] or NOT_GIVEN for row in found],
            "name": names,
            "responsible": [responsible(view, row) for row in found],
            "label": [f"{name} | {responsible(view, row)}" for name, row in zip(names, found, strict=True)],
            "place": list(range(len(found))),
            "note": [view.t("causes.note", n=f"{row['n']:,}", share=share(view, row["share"])) for row in found],
            **{name: causes.column(name) for name in ("n", "share", "cumulative")},
        }
    )


def month_rows(view: View, months: pa.Table) -> pa.Table:
    """Rows for the heatmap."""
    found = months.to_pylist()
    days = sorted({row["month"] for row in found})
    names = {day: _month(view, day) for day in days}
    return pa.table(
        {
            "value": [f"{row['category'] or NOT_GIVEN}{PARTED}{row['month']}" for row in found],
            "label": [category(view, row["category"]) for row in found],
            "place": months.column("place"),
            "month": [names[row["month"]][0] for row in found],
            "month_place": [days.index(row["month"]) for row in found],
            "when": [names[row["month"]][1] for row in found],
            "n": months.column("n"),
            "share": months.column("share"),
        }
    )


def _month(view: View, day: date) -> tuple[str, str]:
    """A month as it stands on an axis, where January names the year, and in full."""
    name = view.t("scope.months").split()[day.month - 1]
    short = view.t("causes.year", year=day.year) if day.month == 1 else view.t("causes.month", month=name)
    return short, view.t("causes.month_year", month=name, year=day.year)


def picked_span(value: str, grain: str) -> tuple[str, date, date]:
    """What a click on a cell or point picked: the category or word, and the first and last day of its month or week."""
    raw, _, first = value.partition(PARTED)
    day = date.fromisoformat(first)
    return raw, day, bucket_end(day, grain)
