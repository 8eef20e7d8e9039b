"""Clocks of service levels on a page: which ones count, the rows behind them, and their pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.hours import hours
from charts.numbers import of
from charts.shares import shares
from charts.theme import STATES
from queries import DIMENSIONS, METRICS, Scope, ask
from schemas import STAGES
from ui import empty, labels, pictures, rows, tables
from ui.view import View

SPLIT = "|"
_WEEK = 24 * 7
_NAMED = 3
States = Mapping[str, Mapping[str, int]]
"""stage -> state -> how many of the tickets opened in the period"""
Totals = Mapping[str, dict[str, Any]]
"""stage -> its row of the answer to compliance_totals"""
_NEAR = 0.8
"""The share of a target from which on it was narrow, where no policy says so."""


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
            self.view.scope,
            {"stage": self.stage, "outcome": outcome, "cohort": counted, **params},
            (self.metric,),
        )


def totals(scope: Scope, cohort: str, near: float = _NEAR) -> Totals:
    """The answer to compliance_totals by stage; a stage without any clock counts nothing."""
    found = ask("compliance_totals", scope, cohort=cohort, near=near)
    nothing = {name: None if pa.types.is_floating(found.schema.field(name).type) else 0 for name in found.column_names}
    return dict.fromkeys(STAGES, nothing) | {row["stage"]: row for row in found.to_pylist()}


def recorded(view: View) -> set[str]:
    """The stages that this team's data records for any ticket at all, whatever the period and the filters."""
    found = ask("clock_states", Scope(viewer=view.scope.viewer))
    return set(found.column("stage").to_pylist())


def near() -> float:
    """From which share of a target on a clock nearly missed it: the policy's, as it stood at the load."""
    stated = ask("sla_settings", Scope()).to_pylist()
    return float(stated[0]["near_miss"]) if stated else _NEAR


def by_state(standing: list[dict[str, Any]], column: str) -> States:
    """One ``column`` of the answer to clock_states, for every stage."""
    found: dict[str, dict[str, int]] = {stage: {} for stage in STAGES}
    for row in standing:
        found[row["stage"]][row["state"]] = row[column]
    return found


def states(view: View, found: States) -> None:
    """Where the tickets opened in the period stand: per stage one bar, and its counts with their sum."""
    told = [
        {
            "value": f"{stage}{SPLIT}{state}",
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
        stage, state = value.split(SPLIT)
        title = f"{view.value('stage', stage)} · {view.value('state', state)}"
        rows.open_later(Clocks(view, "opened", stage).rows(title, state))

    spec = shares("state", view.lang, view.theme)
    pictures.draw(pa.Table.from_pylist(told), spec, "service-states", view.t("service.states_alt"), clicked)
    tables.plain(view, _counts(view, found))


def _counts(view: View, found: States) -> list[dict[str, str]]:
    """A line for every state and one for their sum, the stages side by side: narrow enough for a phone."""
    lines = [
        {"state": view.value("state", state)}
        | {view.value("stage", stage): f"{counts.get(state, 0):,}" for stage, counts in found.items()}
        for state in STATES
    ]
    sums = {view.value("stage", stage): f"**{sum(counts.values()):,}**" for stage, counts in found.items()}
    return [*lines, {"state": f"**{view.t('service.all_opened')}**", **sums}]


def furthest(clocks: Clocks, splits: Sequence[Mapping[str, Any]]) -> str | None:
    """The groups that miss the target beyond chance, of each split the one that costs the most tickets, and how many
    more there are; None if there are none."""
    view, metric = clocks.view, METRICS[clocks.metric]
    target = metric.target or 0
    below = [row for row in splits if row["value"] is not None and row["n"] >= metric.few and row["high"] < target]
    below.sort(key=lambda row: row["n"] * (row["figure"] - target))
    names = [row["split"] for row in below]
    worst = [row for place, row in enumerate(below) if row["split"] not in names[:place]][:_NAMED]
    told = [
        view.t(
            "service.furthest_group",
            name=labels.value(view.lang, row["split"], row["value"]),
            dimension=tables.heading(view.lang, row["split"]),
            share=of(metric, row["figure"], view.lang),
            n=f"{row['n']:,}",
        )
        for row in worst
    ]
    if not told:
        return None
    if more := len(below) - len(told):
        told.append(view.t("service.furthest_more", n=f"{more:,}"))
    return view.t("service.furthest", target=of(metric, target, view.lang), groups=view.t("scope.join").join(told))


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


def by(clocks: Clocks, name: str, found: pa.Table) -> None:
    """One split. A click narrows to a value that is a filter; any other opens the tickets behind the bar."""
    view = clocks.view

    def open_rows(value: str) -> None:
        title = f"{METRICS[clocks.metric].label[view.lang]} · {labels.value(view.lang, name, value)}"
        rows.open_later(clocks.rows(title, "decided", {name: value}))

    st.subheader(tables.heading(view.lang, name), anchor=False)
    if not found.num_rows:
        empty.nothing(view, "service.no_split")
        return
    pictures.by(view, clocks.metric, name, found, f"service-{name}", None if name in DIMENSIONS else open_rows)
    pictures.cut(view, found.num_rows, found.column("groups")[0].as_py())
