"""Root causes: what complaints are about and who answers for it, when, and the complaints themselves."""

from datetime import date
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.cause_pareto import pareto
from charts.heatmap import heatmap
from queries import METRICS, Scope, ask, table_rows
from queries.sentence import day_in_words
from ui import empty, pictures, rows, tables, voices
from ui.header import header
from ui.view import View

_CATEGORIES, _LIST = 16, 50
_COLUMNS = (
    "said_at",
    "category",
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
    before = voices.compared(view, scope)
    start, end = (before.start, before.end) if before else (None, None)
    causes = ask("causes", view.scope, before_start=start, before_end=end, limit=_CATEGORIES)
    stands_out(view, before, causes)
    population(view, scope, counts, undated)
    about(view, causes)
    until = view.scope.end or view.meta.as_of_day
    if until and causes.num_rows:
        when(view, until)
    complaints(view, scope)


def stands_out(view: View, before: Scope | None, causes: pa.Table) -> None:
    """What stands out, in a sentence."""
    if causes.num_rows:
        st.info(voices.cause_sentence(view, causes, before), icon=":material/campaign:")


def population(view: View, scope: Scope, counts: dict[str, Any], undated: bool) -> None:
    """Which texts count here."""
    shown = ask("complaint_counts", scope).to_pylist()[0] if undated else counts
    told = [
        view.t(
            "causes.population",
            texts=f"{shown['texts']:,}",
            tickets=f"{shown['tickets_with_text']:,}",
            comments=f"{shown['comments']:,}",
        )
    ]
    if undated:
        told.append(view.t("causes.all_undated"))
    elif counts["undated"] and scope.start:
        told.append(view.t("causes.some_undated", n=f"{counts['undated']:,}"))
    st.caption("  \n".join(told))


def about(view: View, causes: pa.Table) -> None:
    """What are they about, and who answers for it?"""
    st.header(view.t("causes.pareto"), anchor=False, help=METRICS["complaints"].description[view.lang])
    if not causes.num_rows:
        empty.nothing(view, "causes.no_tickets")
        return
    st.caption(view.t("causes.pareto_legend", n=f"{causes.column('complaints')[0].as_py():,}"))

    def open_rows(category: str) -> None:
        rows.open_later(_tickets(view, view.scope, category))

    table = voices.cause_rows(view, causes)
    pictures.draw(table, pareto(view.lang, view.theme), "causes-pareto", view.t("causes.pareto_alt"), open_rows)


def _tickets(view: View, scope: Scope, category: str) -> rows.Rows:
    title = f"{METRICS['complaints'].label[view.lang]} · {voices.category(view, category)}"
    return rows.Rows(title, "ticket_rows", scope, {"kind": "complaint", "category": category}, ("complaints",))


def when(view: View, until: date) -> None:
    """When did they come?"""
    st.header(view.t("causes.months"), anchor=False)
    st.caption(view.t("causes.months_legend", day=day_in_words(view.lang, until)))

    def open_rows(picked: str) -> None:
        category, first, last = voices.picked_span(picked, "month")
        rows.open_later(_tickets(view, view.scope.with_period(first, min(last, until)), category))

    table = voices.month_rows(view, ask("cause_months", view.scope, until=until, limit=_CATEGORIES))
    pictures.draw(table, heatmap(view.lang, view.theme), "causes-months", view.t("causes.months_alt"), open_rows)


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
