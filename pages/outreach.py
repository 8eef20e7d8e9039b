"""Outreach: what is due today and whose it is, how far it has come, what came of it, and why customers left."""

from typing import Any

import streamlit as st

from queries import ask
from queries.sentence import day_in_words
from store import policy, trouble
from ui import efforts, empty, rows, tables, watchlist
from ui.due import today_in
from ui.header import header
from ui.view import View

Row = dict[str, Any]
_LISTED = 50


def run(view: View) -> None:
    """The page, from top to bottom."""
    header(view, "outreach", _sentence(view))
    if problem := trouble():
        st.warning(problem.said(view.lang), icon=":material/cloud_off:")
        return
    counted = ask("outreach_funnel", view.scope).to_pylist()[0]
    if not counted["begun"]:
        empty.nothing(view, "outreach.none")
        return
    due(view)
    far(view, counted)
    results(view, counted)
    lost(view, counted)


def _sentence(view: View) -> str:
    """The reader's day and the filters: the chosen period does not apply to a state."""
    today = today_in(view.meta.timezone)
    state = rows.Rows("", "outreach_rows", view.scope.with_period(today, today))
    return view.t("churn.state", what=rows.sentence(view, state))


def due(view: View) -> None:
    """What is due today or overdue, and whose is it?"""
    today = today_in(view.meta.timezone)
    st.header(view.t("outreach.due"), anchor=False)
    by_owner = ask("outreach_due", view.scope, today=today)
    st.markdown(efforts.due_in_words(view, by_owner.to_pylist()))
    listed = efforts.customers(view, view.t("outreach.due"), due="now", today=today)
    found = ask(listed.question, listed.scope, limit=_LISTED, **listed.params)
    if found.num_rows:
        tables.show(view, found, "outreach-due", efforts.COLUMNS)
        rows.all_of(view, found, listed, "outreach-due")
    else:
        st.success(view.t("outreach.nothing_due"), icon=":material/check:")
    if by_owner.num_rows:
        st.subheader(view.t("outreach.by_owner"), anchor=False)
        efforts.by_owner(view, by_owner, today)


def far(view: View, counted: Row) -> None:
    """How far has outreach come?"""
    since = day_in_words(view.lang, counted["since"].date())
    st.header(view.t("outreach.far"), anchor=False)
    st.caption(view.t("outreach.far_legend", n=f"{counted['begun']:,}", since=since))
    efforts.funnel(view, counted)


def results(view: View, counted: Row) -> None:
    """Were those who were contacted kept more often than comparable ones who were not?"""
    st.header(view.t("outreach.results"), anchor=False, help=view.t("outreach.kept_help"))
    found = ask("outreach_effect", view.scope, least=policy().score_min, band=policy().score_band).to_pylist()[0]
    told = ask("outreach_said", view.scope).to_pylist()
    st.markdown(efforts.known_in_words(view, counted["contacted"], told, found["compared"]))
    if efforts.is_enough(found):
        efforts.effect(view, found)
    else:
        st.info(view.t("outreach.too_few", least=policy().least), icon=":material/hourglass_empty:")
    st.caption(watchlist.three_lists(view))
    if told:
        said(view, told)


def said(view: View, told: list[Row]) -> None:
    """Did what people said of a customer come true?"""
    st.subheader(view.t("outreach.said"), anchor=False)
    st.caption(view.t("outreach.said_legend"))
    tables.plain(view, [efforts.judged(view, row) for row in told])


def lost(view: View, counted: Row) -> None:
    """Why did customers leave, and which?"""
    if not counted["lost"]:
        return
    st.header(view.t("outreach.why_lost"), anchor=False)
    st.caption(view.t("outreach.why_lost_legend", n=f"{counted['lost']:,}"))
    grid = st.grid(2, min_column_width=340, gap="medium")
    for name in ("leaving_reason", "tier"):
        with grid.cell():
            st.subheader(tables.heading(view.lang, name), anchor=False)
            efforts.lost_by(view, name, ask("outreach_lost", view.scope, by=name))
