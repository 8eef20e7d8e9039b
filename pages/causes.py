"""Root causes: what rises, the month's TOP 3, what to fix first, where it hurts, when, the complaints."""

from datetime import date
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.heatmap import heatmap
from queries import METRICS, Scope, ask, table_rows
from queries.sentence import day_in_words
from ui import candidates, demand, empty, pareto, pictures, rising, rows, story_of_causes, tables, top, voices
from ui.header import header
from ui.view import View

_LIST = 50
_COLUMNS = (
    "said_at",
    "cause",
    "text",
    "is_vip",
    "responsible",
    "customer_name",
    "ticket_id",
    "region",
    "source",
    "score",
)


def run(view: View) -> None:
    """The page, from top to bottom."""
    header(view, "causes")
    counts = ask("complaint_counts", view.scope).to_pylist()[0]
    if not counts["ever"]:
        loaded = table_rows()
        if loaded["tickets"] or loaded["surveys"]:
            empty.nothing(view, "causes.no_complaints")
        else:
            empty.missing(view, "tickets")
        return
    undated = counts["undated"] == counts["ever"]
    scope = rows.undated(view.scope) if undated else view.scope
    until = None if undated else rising.last_day(view)
    before = voices.compared(view, scope)
    start, end = (before.start, before.end) if before else (None, None)
    causes = ask("causes", scope, before_start=start, before_end=end)
    stands_out(view, causes, before, not undated)
    population(view, scope, counts, undated)
    rising.section(view)
    top.section(view, until)
    fix_first(view, scope, causes)
    demand.section(view, scope)
    if until:
        when(view, until)
    candidates.section(view, scope)
    complaints(view, scope)


def stands_out(view: View, causes: pa.Table, before: Scope | None, dated: bool) -> None:
    """What leads, what it costs, and what rises."""
    if causes.num_rows:
        told = story_of_causes.lines(view, causes, before)
        risen = rising.sentence(view) if dated else None
        st.info("  \n".join([*told, *([risen] if risen else [])]), icon=":material/campaign:")


def population(view: View, scope: Scope, counts: dict[str, Any], undated: bool) -> None:
    """Which complaints count here."""
    shown = ask("complaint_counts", scope).to_pylist()[0] if undated else counts
    parts = [view.t(f"causes.n_{name}", n=f"{shown[name]:,}") for name in ("tickets", "comments") if shown[name]]
    told = [view.t("causes.population", parts=view.t("causes.and").join(parts))] if parts else []
    if undated:
        told.append(view.t("causes.all_undated"))
    elif counts["undated"] and scope.start:
        told.append(view.t("causes.some_undated", n=f"{counts['undated']:,}"))
    st.caption("  \n".join(told))


def fix_first(view: View, scope: Scope, causes: pa.Table) -> None:
    """What should be fixed first?"""
    st.header(view.t("causes.pareto"), anchor=False, help=METRICS["complaints_said"].description[view.lang])
    if not causes.num_rows:
        empty.nothing(view, "causes.none_in_period")
        return
    by = pareto.measure(view, causes)
    if by != "complaints":
        causes = ask("causes", scope, measure=by)
    pareto.bars(view, scope, causes, by)
    pareto.places(view, scope, causes)


def when(view: View, until: date) -> None:
    """When did they come?"""
    found = ask("cause_months", view.scope, until=until)
    if not found.num_rows:
        return
    st.header(view.t("causes.months"), anchor=False)
    st.caption(view.t("causes.months_legend", day=day_in_words(view.lang, until)))

    def open_rows(picked: str) -> None:
        cause, first, last = voices.picked_span(picked, "month")
        rows.open_later(pareto.behind(view, view.scope.with_period(first, min(last, until)), cause, "complaints"))

    spec = heatmap("months", view.lang, view.theme)
    pictures.draw(voices.month_rows(view, found), spec, "causes-months", view.t("causes.months_alt"), open_rows)


def complaints(view: View, scope: Scope) -> None:
    """The complaints themselves."""
    st.header(view.t("causes.list"), anchor=False)
    asked = st.text_input(
        view.t("causes.find"),
        key="find",
        bind="query-params",
        persist_state="session",
        icon=":material/search:",
        help=view.t("causes.find_help"),
    ).strip()
    like = {"like": asked} if asked else {}
    found = ask("complaint_rows", scope, limit=_LIST, **like)
    if not found.num_rows:
        empty.nothing(view, "rows.none")
        return
    tables.show(view, found, "causes-list", _COLUMNS)
    title = view.t("causes.found", word=asked) if asked else view.t("causes.list")
    rows.all_of(view, found, rows.Rows(title, "complaint_rows", scope, like, ("complaint_texts",)), "causes-list")
