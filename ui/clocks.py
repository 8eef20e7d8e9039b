"""Clocks of service levels on a page: which ones count, the rows behind them, and their pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyarrow as pa
import streamlit as st

from charts.hours import hours
from charts.lateness import LATE, lateness
from charts.numbers import in_hours, number
from charts.shares import shares
from charts.theme import STATES
from queries import METRICS, ask
from schemas import STAGES
from ui import cards, empty, pictures, rows, tables
from ui.view import View

_SPLIT = "|"
_WEEK = 24 * 7
States = Mapping[str, Mapping[str, int]]
"""stage -> state -> how many of the tickets opened in the period"""


@dataclass(frozen=True)
class Clocks:
    """One stage of the tickets that count: ``cohort`` is "due" or "opened", whose day lies in the period."""

    view: View
    cohort: str
    stage: str

    @property
    def metric(self) -> str:
        """The compliance of this stage."""
        return f"{self.stage}_compliance"

    def rows(
        self, title: str, outcome: str, params: rows.Params = MappingProxyType({}), cohort: str | None = None
    ) -> rows.Rows:
        """The tickets behind a figure; the title says by which day they are counted."""
        counted = cohort or self.cohort
        return rows.Rows(
            f"{title} · {self.view.t(f'cohort.{counted}')}",
            "clock_rows",
            rows.undated(self.view.scope) if counted == "open" else self.view.scope,
            {"stage": self.stage, "outcome": outcome, "cohort": counted, **params},
            (self.metric,),
        )


def states(view: View, found: States) -> None:
    """Where the tickets opened in the period stand: per stage one bar, and its counts with their sum."""
    told = [
        {
            "value": f"{stage}{_SPLIT}{state}",
            "label": view.value("stage", stage),
            "place": STAGES.index(stage),
            "size": view.t("service.tickets", n=f"{sum(counts.values()):,}"),
            "part": view.value("state", state),
            "rank": rank,
            "share": counts[state] / sum(counts.values()),
            "length": counts[state] / sum(counts.values()),
            "figure": f"{counts[state]:,}",
        }
        for stage, counts in found.items()
        for rank, state in enumerate(STATES)
        if counts.get(state)
    ]

    def clicked(value: str) -> None:
        stage, state = value.split(_SPLIT)
        title = f"{view.value('stage', stage)} · {view.value('state', state)}"
        rows.open_later(Clocks(view, "opened", stage).rows(title, state))

    spec = shares("state", view.lang, view.theme)
    pictures.draw(pa.Table.from_pylist(told), spec, "service-states", view.t("service.states_alt"), clicked)
    tables.plain(view, [_counts(view, stage, counts) for stage, counts in found.items()])


def _counts(view: View, stage: str, counts: Mapping[str, int]) -> dict[str, str]:
    """One line of the sum: what every state adds, and all of them."""
    parts = {f"state_{state}": f"{counts.get(state, 0):,}" for state in STATES}
    return {"stage": view.value("stage", stage), **parts, "all_opened": f"**{sum(counts.values()):,}**"}


def week(clocks: Clocks, kind: str) -> None:
    """Hours of the week: tickets coming in, or late ones by the hour in which they came in or fell due. A click opens
    the tickets of that hour."""
    view, arrivals = clocks.view, kind == "arrivals"
    counted = Clocks(view, "opened", "resolution") if arrivals else clocks
    column, outcome = ("clocks", "any") if arrivals else ("missed", "missed")
    moment = "due" if kind == "missed_due" else "opened"
    found = ask("clock_hours", view.scope, stage=counted.stage, cohort=counted.cohort, moment=moment).to_pylist()
    total = sum(row[column] for row in found)
    if not total:
        empty.nothing(view, "empty.no_rows" if arrivals else "service.none_late")
        return
    st.caption(view.t(f"service.when_{kind}", n=f"{total:,}", zone=view.meta.timezone))
    title = view.t(f"hour_kind.{kind}")

    def clicked(value: str) -> None:
        at = int(value)
        rows.open_later(counted.rows(f"{title} · {_hour(view, at)}", outcome, {"moment": moment, "week_hour": at}))

    cells = pa.Table.from_pylist(_cells(view, {row["week_hour"]: row for row in found}, column))
    pictures.draw(cells, hours(view.lang, view.theme), "service-hours", title, clicked)


def _cells(view: View, counted: Mapping[int, Mapping[str, int]], column: str) -> list[dict[str, str | int]]:
    """Every hour of the week, those without any ticket too."""
    return [
        {
            "value": str(at),
            "weekday": view.t(f"weekday.{at // 24 + 1}"),
            "place": at // 24,
            "hour": at % 24,
            "n": counted.get(at, {}).get(column, 0),
            "when": _hour(view, at),
            "told": _told(view, counted.get(at), column),
        }
        for at in range(_WEEK)
    ]


def _hour(view: View, at: int) -> str:
    return f"{view.t(f'weekday.{at // 24 + 1}')} {at % 24:02}:00–{at % 24 + 1:02}:00"


def _told(view: View, row: Mapping[str, int] | None, column: str) -> str:
    """What a cell says: its count, and for missed ones of how many."""
    if column == "clocks" or not row:
        return f"{(row or {}).get(column, 0):,}"
    return view.t("hours.missed_of", n=f"{row['missed']:,}", of=f"{row['decided']:,}")


def late(clocks: Clocks, found: pa.Table, missed: int) -> None:
    """How late the ``missed`` ones are: a column per bucket, done late and still open; a click opens the tickets."""
    view, buckets = clocks.view, {str(row["place"]): row for row in found.to_pylist()}
    known = sum(row["breached"] + row["overdue"] for row in buckets.values())
    if known:
        median = in_hours(found.column("median")[0].as_py(), view.lang)
        st.markdown(view.t("service.how_late_sentence", n=f"{known:,}", median=median))
        _late_columns(clocks, buckets)
    if missed > known:
        st.caption(view.t("service.how_late_unknown", n=f"{missed - known:,}"))


def _late_columns(clocks: Clocks, buckets: Mapping[str, Mapping[str, int]]) -> None:
    view = clocks.view
    told = [
        {
            "value": f"{place}{_SPLIT}{state}",
            "label": view.t(f"late.{place}"),
            "place": row["place"],
            "part": view.value("state", state),
            "rank": rank,
            "n": row[state],
            "total": row["breached"] + row["overdue"],
        }
        for place, row in buckets.items()
        for rank, state in enumerate(LATE)
    ]

    def clicked(value: str) -> None:
        place, state = value.split(_SPLIT)
        bounds = {"late_over": buckets[place]["over_minutes"], "late_up_to": buckets[place]["up_to_minutes"]}
        title = f"{METRICS[clocks.metric].label[view.lang]} · {view.value('state', state)} · {_bucket(view, place)}"
        rows.open_later(clocks.rows(title, state, {name: end for name, end in bounds.items() if end is not None}))

    spec = lateness(view.lang, view.theme)
    alt = view.t("service.how_late", stage=view.value("stage", clocks.stage))
    pictures.draw(pa.Table.from_pylist(told), spec, "service-lateness", alt, clicked)


def _bucket(view: View, place: str) -> str:
    return view.t(f"late.{place}").replace(" | ", " ")


def near(clocks: Clocks, share: float) -> None:
    """Near misses: those kept with more than ``share`` of the target used up, and those that run out now."""
    view, told = clocks.view, number(share, "percent", clocks.view.lang)
    grid = st.grid(2, min_column_width=270, border=True)
    sides = (
        ("near_met", clocks.cohort, "met", "met_narrowly", "narrow"),
        ("nearly_due", "open", "running", "nearly_due", "nearly_due"),
    )
    for name, cohort, whole, part, outcome in sides:
        scope = rows.undated(view.scope) if cohort == "open" else view.scope
        found = ask("near_misses", scope, stage=clocks.stage, cohort=cohort, near=share).to_pylist()
        row = found[0] if found else {whole: 0, part: 0}
        label = view.t(f"service.{name}")
        with grid.cell(), st.container(gap="xsmall"):
            cards.plain(view, label, row[part], help=view.t(f"service.{name}_help", share=told))
            st.caption(view.t(f"service.{name}_of", n=f"{row[whole]:,}"))
            if row[part]:
                rows.button(view, clocks.rows(label, outcome, {"near": share}, cohort), f"service-{name}")
