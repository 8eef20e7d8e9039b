"""Service levels: are promises kept, when and where not, how long does it take, and which tickets were late."""

from typing import Any

import pyarrow.compute as pc
import streamlit as st

from charts.numbers import of
from queries import DIMENSIONS, METRICS, Scope, ask, table_rows
from schemas import STAGES
from ui import cards, empty, pictures, rows, state, tables
from ui.header import header
from ui.view import View

_SPLITS = ("priority", "tier", "channel", "department", "team", "category")
_COUNTED = ("met", "breached", "overdue", "in_progress", "none")
_LATE = 50


def run(view: View) -> None:
    """The page, from top to bottom."""
    header(view, "service")
    if not table_rows()["tickets"]:
        empty.missing(view, "tickets")
        return
    totals = _totals(view.scope)
    kept(view, totals)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{view.t('service.look_at')}**", width="content")
        stage = state.choose(view, "stage", _first_decided(view), view.t("service.look_at"))
    if not totals[stage]["decided"] and not totals[stage]["running"]:
        empty.nothing(view, "service.no_clocks")
    else:
        over_time(view, stage)
        where(view, stage)
    how_long(view, stage)
    late(view, stage)


def _totals(scope: Scope) -> dict[str, dict[str, Any]]:
    return {row["stage"]: row for row in ask("compliance_totals", scope).to_pylist()}


def _first_decided(view: View) -> str:
    """The first stage that this team has targets for at all: the same whatever the filters, so links mean one thing."""
    totals = _totals(Scope(viewer=view.scope.viewer))
    return next((stage for stage in STAGES if totals[stage]["decided"]), STAGES[0])


def kept(view: View, totals: dict[str, dict[str, Any]]) -> None:
    """Are promises kept? One card per stage, with everything that is in no rate counted beside it."""
    before = _totals(view.before) if view.before else {}
    grid = st.grid(3, min_column_width=270, border=True)
    for stage in STAGES:
        row, metric = totals[stage], f"{stage}_compliance"
        with grid.cell(), st.container(gap="xsmall"):
            cards.card(
                view,
                cards.Figure(
                    metric,
                    row["compliance"],
                    row["decided"],
                    row["low"],
                    row["high"],
                    before.get(stage, {}).get("compliance"),
                    view.t(f"compare.against_{view.compare}"),
                ),
                rows.Rows(
                    METRICS[metric].label[view.lang],
                    "clock_rows",
                    view.scope,
                    {"stage": stage, "outcome": "decided"},
                    (metric,),
                ),
                metric,
            )
            st.markdown(counts(view, row))


def counts(view: View, row: dict[str, Any]) -> str:
    """What the rate of one stage counts, what it leaves out, and the share among those that are done.

    Clocks still running fall due after the period, so they are counted by the day the ticket was opened.
    """
    if not row["decided"] and not row["in_progress"]:
        return view.t("service.none", n=f"{row['none']:,}")
    parts = [view.t(f"service.{name}", n=f"{row[name]:,}") for name in _COUNTED]
    if row["done"]:
        share = of(METRICS["on_time_share"], row["on_time_share"], view.lang)
        parts.append(view.t("service.of_closed", done=f"{row['done']:,}", met=f"{row['met']:,}", share=share))
    return "  \n".join(parts)


def over_time(view: View, stage: str) -> None:
    """When were promises kept, and when not?"""
    st.header(view.t("service.over_time"), anchor=False)
    grain = state.choose(view, "grain", "week", view.t("service.grain"))
    metric = f"{stage}_compliance"
    now = ask("metric_trend", view.scope, metric=metric, bucket=grain)
    before = ask("metric_trend", view.before, metric=metric, bucket=grain) if view.before else None
    if not now.num_rows:
        empty.nothing(view)
        return
    st.caption(view.t("chart.trend_legend_compared" if before and before.num_rows else "chart.trend_legend"))
    pictures.over_time(view, metric, grain, now, before, "service-trend")


def where(view: View, stage: str) -> None:
    """Where are promises broken?"""
    st.header(view.t("service.where"), anchor=False)
    st.caption(view.t("service.where_legend"))
    grid = st.grid(2, min_column_width=360)
    splits = ask("compliance_splits", view.scope, stage=stage)
    for name in _SPLITS:
        found = splits.filter(pc.field("split") == name)
        if found.column("value").null_count < found.num_rows:
            with grid.cell():
                st.subheader(tables.heading(view.lang, name), anchor=False)
                pictures.by(view, f"{stage}_compliance", name, found, f"service-{name}", _clicked(view, stage, name))


def _clicked(view: View, stage: str, name: str) -> pictures.Clicked | None:
    """A click narrows to a value that is a filter; any other opens the tickets behind the bar."""
    if name in DIMENSIONS:
        return None

    def open_rows(value: str) -> None:
        title = f"{METRICS[f'{stage}_compliance'].label[view.lang]} · {view.value(name, value)}"
        params = {"stage": stage, "outcome": "decided", name: value}
        rows.open_later(rows.Rows(title, "clock_rows", view.scope, params, (f"{stage}_compliance",)))

    return open_rows


def how_long(view: View, stage: str) -> None:
    """How long does it take, and how many still wait?"""
    st.header(view.t("service.how_long", stage=view.value("stage", stage)), anchor=False)
    found = {row["stage"]: row for row in ask("durations", view.scope).to_pylist()}.get(stage)
    if not found or not found["done"]:
        empty.nothing(view, "service.no_lengths")
        return
    waiting = view.t("service.waiting", done=f"{found['done']:,}", waiting=f"{found['waiting']:,}")
    st.markdown(waiting)
    buckets = ask("duration_buckets", view.scope, stage=stage)
    pictures.lengths(view, stage, buckets, found["median"], found["p90"], "service-lengths")
    for name in ("team", "department", "channel"):
        by = ask("durations_by", view.scope, by=name, stage=stage, limit=12)
        if by.column("value").null_count < by.num_rows:
            st.subheader(view.t("chart.by", what=view.t(f"dimension.{name}")), anchor=False)
            tables.lengths(view, by, name, "service-durations")
            return


def late(view: View, stage: str) -> None:
    """Which tickets were late?"""
    st.header(view.t("service.late", stage=view.value("stage", stage)), anchor=False)
    found = ask("clock_rows", view.scope, stage=stage, outcome="missed", limit=_LATE)
    if not found.num_rows:
        empty.nothing(view, "service.none_late")
        return
    tables.show(view, found, "service-late", tables.LATE)
    everything = rows.Rows(
        view.t("service.late", stage=view.value("stage", stage)),
        "clock_rows",
        view.scope,
        {"stage": stage, "outcome": "missed"},
        (f"{stage}_compliance",),
    )
    rows.all_of(view, found, everything, "service-late")
