"""Lifecycle health report: at which stage customers are, how they move on, stay and buy again, how healthy they are.

Read monthly, as one page, on paper too.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import streamlit as st

from queries import METRICS, ask, table_rows
from queries.sentence import day_in_words
from ui import cards, empty, lifecycle, lifecycle_summary, lifetime, months, pictures, printing, state, tables
from ui.header import header
from ui.months import Ends
from ui.view import View

Row = Mapping[str, Any]


def run(view: View) -> None:
    """The page, from top to bottom."""
    header(replace(view, before=None), "lifecycle")
    if not table_rows()["orders"]:
        empty.missing(view, "orders")
        return
    ends = months.ends(view)
    if ends is None:
        empty.nothing(view, "tiers.too_early")
        return
    st.markdown(view.t("lifecycle.is_as_of" if ends.whole else "lifecycle.is_as_of_open", day=_day(view, ends.now)))
    now = ask("lifecycle_by", ends.scope(view)).to_pylist()
    if not now:
        empty.nothing(view)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        ago = state.choose(view, "ago", "month", view.t("lifecycle.ago"))
        printing.button(view)
    report(view, replace(ends, before=months.earlier(ends.now, 1 if ago == "month" else 12)), now)


def report(view: View, ends: Ends, now: Sequence[Row]) -> None:
    """Findings, then section by section."""
    before = _at(view, ends.before, "lifecycle_by")
    matrix = ask("stage_matrix", ends.scope(view), before=ends.before) if ends.before else None
    findings(view, ends, now, before, matrix)
    figures(view, ends, now, before)
    stages(view, ends, matrix)
    conversion(view, ends)
    cohorts(view, ends)
    staying(view, ends)
    arpu(view, ends)
    health(view, ends, now)
    with st.container(key=f"{printing.SHEET}-lifetime"):
        lifetime.section(view)


def _day(view: View, day: date) -> str:
    return day_in_words(view.lang, day)


def _at(view: View, day: date | None, question: str, **params: str) -> list[Row]:
    """An answer as of another month-end; nothing where there is none."""
    return list(ask(question, view.scope.with_period(None, day), **params).to_pylist()) if day else []


@contextmanager
def _section(view: View, title: str, help: str | None = None) -> Iterator[None]:
    """A section with its title, kept together on paper."""
    with st.container(key=f"{printing.SHEET}-{title}"):
        st.header(view.t(f"lifecycle.{title}"), anchor=False, help=help)
        yield


def findings(view: View, ends: Ends, now: Sequence[Row], before: Sequence[Row], matrix: pa.Table | None) -> None:
    """What changed, what is best, and what is worst - in one sentence."""
    st.markdown(lifecycle_summary.findings(view, ends, now, before, matrix.to_pylist() if matrix else []))


def figures(view: View, ends: Ends, now: Sequence[Row], before: Sequence[Row]) -> None:
    """The report in eight figures, each against the earlier month-end."""
    told = lifecycle_summary.Told(
        now=now,
        before=before,
        rhythm=_at(view, ends.now, "rhythm")[0],
        rhythm_before=next(iter(_at(view, ends.before, "rhythm")), {}),
        months=_at(view, ends.now, "lifecycle_months"),
        since=view.t("tiers.since", day=_day(view, ends.before)) if ends.before else None,
    )
    grid = st.grid(4, min_column_width=165, border=True)
    for figure in told.figures(view, ends):
        with grid.cell():
            cards.card(view, figure, None, figure.metric)


def stages(view: View, ends: Ends, matrix: pa.Table | None) -> None:
    """At which stage are customers, and where did those of the earlier month-end go?"""
    with _section(view, "stages", view.t("lifecycle.stages_help")):
        if matrix is not None and ends.before:
            grid = st.grid(2, min_column_width=340, gap="medium")
            with grid.cell():
                lifecycle.moved(view, ends, ends.before, matrix)
                st.caption(view.t("flow.legend"))
            with grid.cell():
                lifecycle.matrix(view, ends, ends.before, matrix)
                st.caption(view.t("lifecycle.matrix_legend"))
    for dimension, by, title in (("life_stage", "stage", "by_stage"), ("tier", "tier", "by_tier")):
        with _section(view, title):
            found, earlier = (_at(view, day, "lifecycle_by", by=by) for day in (ends.now, ends.before))
            tables.plain(view, lifecycle.groups(view, dimension, found, earlier))
    days = {"day": _day(view, ends.before or ends.now), "now": _day(view, ends.now)}
    st.caption(view.t("lifecycle.table_note", **days))


def conversion(view: View, ends: Ends) -> None:
    """How fast do new customers move on?"""
    with _section(view, "conversion"):
        within = state.choose(view, "within", "12", view.t("lifecycle.within"))
        found = ask("stage_conversion", ends.scope(view), within=int(within))
        if not found.num_rows:
            empty.nothing(view, "lifecycle.no_conversion")
            return
        tables.plain(view, lifecycle.conversion(view, found))
        st.caption(view.t("lifecycle.conversion_legend", n=within))


def cohorts(view: View, ends: Ends) -> None:
    """Who comes back, month after month?"""
    with _section(view, "cohorts"):
        step = state.choose(view, "cohort_step", "quarter", view.t("lifecycle.cohorts"))
        found = ask("cohort_retention", ends.scope(view), by=step)
        if not found.num_rows:
            empty.nothing(view, "lifecycle.no_cohorts")
            return
        lifecycle.retention(view, ends, found, step)
        st.caption(view.t("lifecycle.cohorts_legend", step=view.t(f"cohort_step.{step}_word")))


def staying(view: View, ends: Ends) -> None:
    """How long do customers stay?"""
    with _section(view, "survival"):
        by = state.choose(view, "curve_by", "all", view.t("lifecycle.survival"))
        found = ask("survival", ends.scope(view), by=by)
        if not found.num_rows:
            empty.nothing(view, "tiers.no_buyers")
            return
        told = lifecycle.staying_sentence(view, ask("survival", ends.scope(view)).to_pylist())
        if told:
            st.markdown(told)
        lifecycle.staying(view, found, by)
        st.caption(view.t("lifecycle.survival_legend"))


def arpu(view: View, ends: Ends) -> None:
    """What does each active customer bring, month by month?"""
    with _section(view, "arpu"):
        drawn = replace(view, scope=view.scope.with_period(ends.first.replace(day=1), ends.now), before=None)
        pictures.over_time(
            drawn, "arpu", "month", lifecycle.monthly(ask("lifecycle_months", drawn.scope)), None, "arpu", True
        )
        st.caption(view.t("lifecycle.arpu_note"))


def health(view: View, ends: Ends, now: Sequence[Row]) -> None:
    """How healthy are customers, and which part of it is weak at which stage?"""
    with _section(view, "health_head", METRICS["health"].description[view.lang]):
        found = ask("health_spread", ends.scope(view))
        if not found.num_rows:
            empty.nothing(view, "lifecycle.no_health")
            return
        grid = st.grid(2, min_column_width=340, gap="medium")
        with grid.cell():
            st.subheader(view.t("lifecycle.health_spread"), anchor=False)
            lifecycle.spread(view, found)
        with grid.cell():
            st.subheader(view.t("lifecycle.parts"), anchor=False)
            lifecycle.parts(view, now)
            st.caption(view.t("lifecycle.parts_legend"))
