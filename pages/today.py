"""Today: what breaches next, how are we doing, what is past due."""

from math import ceil
from typing import Any

import pyarrow as pa
import streamlit as st

from queries import METRICS, Metric, ask, table_rows, unapplied
from ui import cards, clocks, empty, pictures, queue, rising, rows
from ui.header import header, up_to
from ui.view import View

_FIRST = 20
"""So many tickets of the queue are shown at once."""
_TEAMS = 40
"""Enough for every team: one that is left out would look clean."""
_TITLES = {"running": "queue", "paused": "paused_title", "overdue": "past_due"}


def run(view: View) -> None:
    """The page, from top to bottom."""
    header(view, "today", _sentence(view))
    if not table_rows()["tickets"]:
        headline(view)
        empty.missing(view, "tickets")
        return
    standing(view)
    rising.line(view)
    breaching_next(view)
    headline(view)
    past_due(view)


def _sentence(view: View) -> str:
    """The last working day and the filters: the chosen period does not apply to what stands today."""
    day = view.meta.workday
    told = view.scope.with_period(day, day).sentence(view.lang)
    return view.t("today.workday", what=told) if day else told


def standing(view: View) -> None:
    """How many stand open, how many of them are late, and where most of those are."""
    found = ask("standing", view.scope).to_pylist()[0]
    if not found["tickets"]:
        return
    told = view.t("today.standing", **{name: f"{count:,}" for name, count in found.items()})
    name, late = _late_by(view)
    if name and late.column("value")[0].as_py() is not None:
        most = late.slice(0, 1).to_pylist()[0]
        told += view.t("today.most_late", where=view.value(name, most["value"]), n=f"{most['n']:,}")
    st.markdown(told)


def headline(view: View) -> None:
    """How are we doing? What stands open now, then each figure against its target, the days before, its own weeks."""
    loaded = table_rows()
    found = {row["metric"]: row for row in ask("headline", view.scope).to_pylist()}
    known = [metric for metric in METRICS.values() if metric.id in found and loaded[metric.source]]
    shown = [metric for metric in known if not _foreign(view, metric) and not _never(view, found[metric.id])]
    if not shown:
        empty.nothing(view, "today.no_figures")
        return
    history = ask("headline_series", view.scope).to_pylist()
    now = [metric for metric in shown if metric.headline != "flow"]
    if now:
        st.header(view.t("today.now"), anchor=False)
        _cards(view, now, found, history, 3)
    seen = {row["metric"] for row in history} | {name for name, row in found.items() if row["n"]}
    flows = [metric for metric in shown if metric.headline == "flow" and metric.id in seen]
    if flows:
        st.header(view.t("today.lately"), anchor=False, help=view.t("today.lately_help"))
        _cards(view, flows, found, history, 5)
    if left_out := [metric.label[view.lang] for metric in known if _foreign(view, metric)]:
        st.caption(view.t("today.left_out", names=view.t("scope.list_join").join(left_out)))


def _foreign(view: View, metric: Metric) -> bool:
    """Whether a filter is chosen that says nothing about its rows: among filtered figures it would mislead."""
    return metric.headline == "flow" and bool(unapplied("metric_value", view.scope, metric=metric.id))


def _never(view: View, row: dict[str, Any]) -> bool:
    """Whether none wait for a first response because the data never records one: that is no good news."""
    return row["metric"] == "waiting" and not row["n"] and "response" not in clocks.recorded(view)


def _cards(
    view: View, metrics: list[Metric], found: dict[str, Any], history: list[dict[str, Any]], columns: int
) -> None:
    lines = ceil(len(metrics) / columns)
    grid = st.grid(ceil(len(metrics) / lines), min_column_width=165, border=True)
    for metric in metrics:
        with grid.cell():
            row = found[metric.id]
            own = [each["value"] for each in history if each["metric"] == metric.id and each["value"] is not None]
            cards.card(view, _figure(view, row, own), rows.behind(view, metric.id, row["days"]), metric.id)


def _figure(view: View, row: dict[str, Any], history: list[float]) -> cards.Figure:
    return cards.Figure(
        metric=row["metric"],
        value=row["value"],
        n=row["n"],
        low=row["low"],
        high=row["high"],
        previous=row["previous"],
        compared_with=cards.compared_with(view, row["days"]),
        history=history,
        window=cards.window(view, METRICS[row["metric"]], row["days"]),
    )


def breaching_next(view: View) -> None:
    """Which open tickets breach next, in which order to take them?"""
    st.header(view.t("today.queue"), anchor=False, help=view.t("today.queue_help"))
    found = ask("queue", view.scope, limit=_FIRST)
    if found.num_rows:
        st.caption(_as_of(view))
        queue.show(view, found, is_late=False, key="queue")
        rows.all_of(view, found, _open_tickets(view, "running"), "queue")
    else:
        empty.nothing(view, "today.queue_empty")
    waiting_for_customers(view)


def waiting_for_customers(view: View) -> None:
    """How many tickets wait for the customer, and how many of them are past due elsewhere on the page?"""
    paused = ask("queue", view.scope, which="paused", limit=1)
    if paused.num_rows:
        told = view.t("today.paused", n=f"{paused.column('total')[0].as_py():,}")
        if late := ask("standing", view.scope).column("also_paused")[0].as_py():
            told = view.t("today.paused_late", told=told, n=f"{late:,}")
        rows.button(view, _open_tickets(view, "paused"), "paused", told)


def _open_tickets(view: View, which: str, *metrics: str) -> rows.Rows:
    title = view.t(f"today.{_TITLES[which]}")
    return rows.Rows(title, "queue", rows.undated(view.scope), {"which": which}, metrics)


def _as_of(view: View) -> str:
    """The moment from which the time left counts, the order, and how many here are past due elsewhere on the page."""
    late = ask("standing", view.scope).column("also_running")[0].as_py()
    told = f"{view.t('today.as_of', moment=up_to(view))} {view.t('today.ordered')}"
    return f"{told} {view.t('today.also_late', n=f'{late:,}')}" if late else told


def past_due(view: View) -> None:
    """What is past due, whose is it, and for how long?"""
    st.header(view.t("today.past_due"), anchor=False, help=METRICS["overdue_open"].description[view.lang])
    found = ask("queue", view.scope, which="overdue", limit=_FIRST)
    if not found.num_rows:
        empty.nothing(view, "today.past_due_empty")
        return
    left, right = st.columns([2, 3], gap="medium")
    with left:
        _whose(view)
    with right:
        st.subheader(view.t("today.longest"), anchor=False, help=view.t("today.longest_help"))
        queue.show(view, found, is_late=True, key="past-due")
        rows.all_of(view, found, _open_tickets(view, "overdue", "overdue_open"), "past-due")


def _late_by(view: View) -> tuple[str | None, pa.Table]:
    """What is past due by team, or by the first of the other splits that this team's data knows."""
    found = pa.table({})
    for name in ("team", "department", "channel"):
        found = ask("metric_by", rows.undated(view.scope), metric="overdue_open", by=name, limit=_TEAMS)
        if found.column("value").null_count < found.num_rows:
            return name, found
    return None, found


def _whose(view: View) -> None:
    """Whose are those past due?"""
    name, found = _late_by(view)
    if name:
        st.subheader(view.t("chart.by", what=view.t(f"dimension.{name}")), anchor=False)
        st.caption(view.t("chart.click"))
        pictures.by(view, "overdue_open", name, found, "past-due-by")
