"""Did it move from one day on, beyond chance? A day and a touchpoint to choose, a sentence, the figure on each side."""

from datetime import date
from typing import Any

import streamlit as st

from charts.numbers import change
from queries import METRICS, Metric, Scope, ask
from queries.sentence import day_in_words
from ui import cards, period, rows, state, surveys
from ui.view import View


def show(view: View, kind: str) -> None:
    """The whole section, for NPS or CSAT."""
    st.header(view.t("nps.split_day"), anchor=False)
    st.caption(view.t("nps.split_help"))
    day, touchpoint = _chosen(view)
    only = {"among": "touchpoint", "only": touchpoint} if touchpoint else {}
    row = ask("metric_before_after", view.scope, metric=kind, day=day, **only).to_pylist()[0]
    st.markdown(verdict(view, METRICS[kind], row, touchpoint))
    grid = st.grid(2, min_column_width=270, border=True)
    for side in ("before", "after"):
        with grid.cell(), st.container(gap="xsmall"):
            _side(view, kind, side, day, row, {"touchpoint": touchpoint} if touchpoint else {})


def verdict(view: View, metric: Metric, row: dict[str, Any], touchpoint: str | None) -> str:
    """Before and after in one sentence. ``row``: an answer to metric_before_after."""
    if not row["before_n"] or not row["after_n"]:
        return view.t("nps.one_sided")
    told = _said(metric, row)
    moved = change(metric, row["change"], view.lang) or ""
    moved = moved.lstrip("+-") if told in ("rose", "fell") else moved
    what = view.value("kind", metric.id)
    return view.t(
        f"nps.{told}",
        what=view.t("nps.about", touchpoint=view.value("touchpoint", touchpoint), metric=what) if touchpoint else what,
        change=view.t("nps.points", number=moved) if metric.interval == "nps" else moved,
        low=change(metric, row["change_low"], view.lang),
        high=change(metric, row["change_high"], view.lang),
        few=metric.few,
    )


def _said(metric: Metric, row: dict[str, Any]) -> str:
    """rose | fell | chance, or too_few: on few answers the interval of a score is narrower than it should be."""
    if min(row["before_n"], row["after_n"]) < metric.few:
        return "too_few"
    return "rose" if row["change_low"] > 0 else "fell" if row["change_high"] < 0 else "chance"


def _chosen(view: View) -> tuple[date, str | None]:
    """The day, by default in the middle of the period, and the touchpoint (None: all)."""
    first, last = _days(view)
    middle = period.middle(max(view.scope.start or first, first), min(view.scope.end or last, last))
    with st.container(horizontal=True):
        return state.day("since", middle, view.t("nps.day"), first, last), surveys.choose_touchpoint(view)


def _days(view: View) -> tuple[date, date]:
    """The first and the last day of any survey."""
    contents = ask("contents", Scope(viewer=view.scope.viewer)).to_pylist()
    row = next(row for row in contents if row["table_name"] == "surveys")
    return row["first_day"], row["last_day"]


def _side(view: View, kind: str, side: str, day: date, row: dict[str, Any], params: rows.Params) -> None:
    """The figure on one side of the day, and its answers."""
    title = view.t(f"nps.{side}", day=day_in_words(view.lang, day))
    st.markdown(f"**{title}**")
    behind = (
        surveys.answers(view, kind, title, period.side(view.scope, day, side), params) if row[f"{side}_n"] else None
    )
    figure = cards.Figure(kind, row[side], row[f"{side}_n"], row[f"{side}_low"], row[f"{side}_high"])
    surveys.card(view, figure, behind, f"{kind}-{side}")
