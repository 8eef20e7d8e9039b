"""Service levels: are promises kept; when, where and for whom not; by how much; where the time goes; what to change."""

from collections.abc import Mapping
from typing import Any

import pyarrow.compute as pc
import streamlit as st

from charts.numbers import of
from charts.theme import STATES
from queries import METRICS, Scope, ask, table_rows
from schemas import STAGES
from ui import cards, clocks, empty, labels, lateness, parts, pictures, rows, state, tables, targets, what_if
from ui.clocks import Clocks, States, Totals
from ui.header import header
from ui.view import View

_GLANCE = labels.SPLITS[:6]
_LATE = 50


def run(view: View) -> None:
    """The page, from top to bottom."""
    header(view, "service")
    if not table_rows()["tickets"]:
        empty.missing(view, "tickets")
        return
    cohort = counted(view)
    near = clocks.near()
    totals, standing = clocks.totals(view.scope, cohort, near), ask("clock_states", view.scope, near=near).to_pylist()
    opened = clocks.by_state(standing, "n")
    kept(view, cohort, totals, opened)
    where_they_stand(view, opened)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{view.t('service.look_at')}**", width="content")
        stage = state.choose(view, "stage", _first_decided(view), view.t("service.look_at"))
    chosen = Clocks(view, cohort, stage)
    if sum(totals[stage][name] for name in ("decided", "running", "paused")):
        over_time(chosen)
        where(chosen)
    else:
        empty.nothing(view, "service.no_clocks")
    when(chosen)
    how_late(chosen, totals[stage])
    near_misses(chosen, near, totals[stage], standing)
    how_long(view, stage)
    where_time_goes(view)
    what_if_it_were(chosen)
    late(chosen)


def _first_decided(view: View) -> str:
    """The first stage that this team has targets for at all: the same whatever the filters, so links mean one thing."""
    totals = clocks.totals(Scope(viewer=view.scope.viewer), "due")
    return next((stage for stage in STAGES if totals[stage]["decided"]), STAGES[0])


def counted(view: View) -> str:
    """By which day are tickets counted?"""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{view.t('service.counted')}**", width="content")
        cohort = state.choose(view, "cohort", "due", view.t("service.counted"))
    st.caption(view.t(f"service.counted_{cohort}"))
    return cohort


def kept(view: View, cohort: str, totals: Totals, opened: States) -> None:
    """Are promises kept? One card per stage, with everything that is in no rate counted beside it."""
    before = clocks.totals(view.before, cohort) if view.before else {}
    recorded = clocks.recorded(view)
    grid = st.grid(3, min_column_width=270, border=True)
    for stage in STAGES:
        row, metric, known = totals[stage], f"{stage}_compliance", stage in recorded
        behind = Clocks(view, cohort, stage).rows(METRICS[metric].label[view.lang], "decided")
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
                behind if known else None,
                metric,
            )
            st.markdown(counts(view, row, opened[stage]) if known else view.t("service.unrecorded"))


def counts(view: View, row: dict[str, Any], opened: Mapping[str, int]) -> str:
    """What the rate of one stage counts, what it leaves out, and the share among those that are done.

    Clocks still running fall due after the period, so they are counted by the day the ticket was opened.
    """
    beside = {name: opened.get(name, 0) for name in ("running", "paused", "none")}
    if not row["decided"] and not opened:
        return view.t("service.no_clocks")
    if not row["decided"] and not beside["running"] and not beside["paused"]:
        return view.t("service.none", n=f"{beside['none']:,}")
    parts = [view.t(f"service.{name}", n=f"{(row | beside)[name]:,}") for name in STATES]
    if row["done"]:
        share = of(METRICS["on_time_share"], row["on_time_share"], view.lang)
        parts.append(view.t("service.of_closed", done=f"{row['done']:,}", met=f"{row['met']:,}", share=share))
    return "  \n".join(parts)


def where_they_stand(view: View, opened: States) -> None:
    """Where do all the tickets opened in the period stand?"""
    recorded = {stage: counts for stage, counts in opened.items() if counts}
    if not recorded:
        return
    st.header(view.t("service.states"), anchor=False)
    tickets = max(sum(counts.values()) for counts in recorded.values())
    st.caption(view.t("service.states_legend", n=f"{tickets:,}"))
    clocks.states(view, recorded)


def over_time(chosen: Clocks) -> None:
    """When were promises kept, and when not?"""
    view, asked = chosen.view, {"stage": chosen.stage, "cohort": chosen.cohort}
    st.header(view.t("service.over_time"), anchor=False)
    grain = state.choose(view, "grain", "week", view.t("service.grain"))
    now = ask("compliance_trend", view.scope, bucket=grain, **asked)
    before = ask("compliance_trend", view.before, bucket=grain, **asked) if view.before else None
    if not now.num_rows:
        empty.nothing(view)
        return
    legend = "chart.trend_legend_compared" if before and before.num_rows else "chart.trend_legend"
    st.caption(view.t(legend, by=view.t(f"cohort.in_{chosen.cohort}")))
    pictures.over_time(view, chosen.metric, grain, now, before, "service-trend")


def where(chosen: Clocks) -> None:
    """Where are promises broken?"""
    view = chosen.view
    st.header(view.t("service.where"), anchor=False)
    split = state.select(view, "split", "several", view.t("service.split"))
    st.caption(view.t("service.where_legend"))
    if split != "several":
        found = ask("compliance_by", view.scope, by=split, stage=chosen.stage, cohort=chosen.cohort)
        clocks.by(chosen, split, found.rename_columns({"compliance": "figure", "decided": "n"}))
        return
    splits = ask("compliance_splits", view.scope, stage=chosen.stage, cohort=chosen.cohort)
    if told := clocks.furthest(chosen, splits.to_pylist()):
        st.markdown(told)
    grid = st.grid(2, min_column_width=360)
    for name in _GLANCE:
        found = splits.filter(pc.field("split") == name)
        if found.column("value").null_count < found.num_rows:
            with grid.cell():
                clocks.by(chosen, name, found)


def when(chosen: Clocks) -> None:
    """At which hours do tickets come in, and at which do those come in, or fall due, that are late?"""
    view = chosen.view
    st.header(view.t("service.when"), anchor=False)
    clocks.week(chosen, state.choose(view, "hours", "arrivals", view.t("service.when")))


def how_late(chosen: Clocks, totals: dict[str, Any]) -> None:
    """How late are the late ones?"""
    view = chosen.view
    st.header(view.t("service.how_late", stage=view.value("stage", chosen.stage)), anchor=False)
    missed = totals["breached"] + totals["overdue"]
    if not missed:
        empty.nothing(view, "service.none_late")
        return
    lateness.late(chosen, ask("late_buckets", view.scope, stage=chosen.stage, cohort=chosen.cohort), missed)


def near_misses(chosen: Clocks, share: float, totals: dict[str, Any], standing: list[dict[str, Any]]) -> None:
    """Which were kept only just, and which run out of time?"""
    view = chosen.view
    st.header(view.t("service.near", stage=view.value("stage", chosen.stage)), anchor=False)
    close, measured, every = (clocks.by_state(standing, name)[chosen.stage] for name in ("near", "measured", "n"))
    narrow = (totals["narrow"], totals["measured"], totals["met"])
    running = (close.get("running", 0), measured.get("running", 0), every.get("running", 0))
    if narrow[1] or running[1]:
        lateness.near(chosen, share, narrow, running)
    else:
        empty.nothing(view, "service.near_unknown" if narrow[2] or running[2] else "service.near_nothing")


def how_long(view: View, stage: str) -> None:
    """How long does it take, and how many still wait?"""
    st.header(view.t("service.how_long", stage=view.value("stage", stage)), anchor=False)
    found = {row["stage"]: row for row in ask("durations", view.scope).to_pylist()}.get(stage)
    if not found or not found["done"]:
        empty.nothing(view, "service.no_lengths")
        return
    st.markdown(view.t("service.waiting", done=f"{found['done']:,}", waiting=f"{found['waiting']:,}"))
    st.caption(view.t("service.lengths_legend"))
    buckets = ask("duration_buckets", view.scope, stage=stage)
    pictures.lengths(view, stage, buckets, found["median"], found["p90"], "service-lengths")
    for name in ("team", "department", "channel"):
        by = ask("durations_by", view.scope, by=name, stage=stage)
        if by.column("value").null_count < by.num_rows:
            st.subheader(view.t("chart.by", what=view.t(f"dimension.{name}")), anchor=False)
            tables.lengths(view, by, name, "service-durations")
            return


def where_time_goes(view: View) -> None:
    """Which part of the way to resolution takes how long?"""
    st.header(view.t("parts.title"), anchor=False)
    by = state.select(view, "parts", "team", view.t("service.split"))
    overall, *groups = ask("time_parts", view.scope, by=by).to_pylist() or [None]
    if not overall or not overall["whole"]:
        empty.nothing(view, "parts.none")
        return
    st.markdown(parts.sentence(view, overall))
    st.caption("  \n".join(filter(None, (view.t("parts.legend"), parts.left_out(view, overall)))))
    parts.by(view, by, groups)
    pictures.cut(view, len(groups), overall["groups"])


def what_if_it_were(chosen: Clocks) -> None:
    """What would another target have meant?"""
    view = chosen.view
    st.header(view.t("what_if.title", stage=view.value("stage", chosen.stage)), anchor=False)
    found = ask("what_if", view.scope, stage=chosen.stage, cohort=chosen.cohort).to_pylist()
    if not found:
        empty.nothing(view, "what_if.no_rules")
        return
    st.caption(view.t("what_if.legend"))
    what_if.show(view, chosen.stage, targets.rules(found, what_if.policy(chosen.stage)))


def late(chosen: Clocks) -> None:
    """Which tickets were late?"""
    view, title = chosen.view, chosen.view.t("service.late", stage=chosen.view.value("stage", chosen.stage))
    st.header(title, anchor=False)
    behind = chosen.rows(title, "missed")
    found = ask(behind.question, behind.scope, limit=_LATE, **behind.params)
    if not found.num_rows:
        empty.nothing(view, "service.none_late")
        return
    st.caption(view.t("service.late_order"))
    tables.show(view, found, "service-late", tables.LATE)
    rows.all_of(view, found, behind, "service-late")
