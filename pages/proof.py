"""Watchlist on trial: what came of past lists, by a model and by two rules, and which of them ranks today's list."""

from datetime import date

import streamlit as st

from charts.hits import METHODS
from queries import ask
from ui import empty, proof, rows, state, tables, watchlist
from ui.header import header
from ui.view import View


def run(view: View) -> None:
    """The page, from top to bottom."""
    header(view, "proof", view.t("proof.state", what=proof.scope(view).sentence(view.lang)))
    models = ask("churn_models", view.scope).to_pylist()
    known = {row["day"]: row for row in models if row["known"]}
    if not known:
        st.info(proof.verdict(view, models[0]) if models else view.t("proof.none_yet"), icon=":material/science:")
        return
    if not proof.by_method(view, models[0]["list_size"]):
        empty.nothing(view)
        return
    top = st.container()
    size, day = choose(view, list(known))
    method = proof.ranked_by(known[day])
    months = models[0]["horizon_months"]
    with top:
        if found := proof.by_method(view, size, day):
            st.markdown(f"#### {proof.sentence(view, day, method, found, months)}")
        st.markdown(proof.verdict(view, models[0]))
        if told := proof.no_better(view, size):
            st.markdown(told)
    together(view, size, len(known))
    grid = st.grid(2, min_column_width=340, gap="medium")
    with grid.cell():
        month_by_month(view, size)
    with grid.cell():
        odds(view)
    the_list(view, day, method, size)
    how(view, months)


def choose(view: View, days: list[date]) -> tuple[int, date]:
    """Which list to look at: how many customers it has, and of which month-end."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = proof.choose_day(view, days)
        st.caption(view.t("proof.size"), width="content")
        size = int(state.choose(view, "list_size", "100", view.t("proof.size")))
    return size, day


def together(view: View, size: int, lists: int) -> None:
    """How did each method do over all past lists together?"""
    st.header(view.t("proof.together", lists=lists, size=f"{size:,}"), anchor=False, help=view.t("proof.together_help"))
    found = proof.by_method(view, size)
    tables.plain(view, [proof.record(view, found[name]) for name in METHODS])
    st.caption(view.t("proof.together_legend", base=proof.percent(view, found["model"]["base_rate"])))


def month_by_month(view: View, size: int) -> None:
    """Was it better every month, or by luck in one?"""
    st.subheader(view.t("proof.months"), anchor=False)
    proof.over_time(view, size)
    st.caption(view.t("proof.months_legend"))


def odds(view: View) -> None:
    """Can the probabilities be taken at their word?"""
    st.subheader(view.t("proof.trust"), anchor=False)
    proof.trust(view, state.choose(view, "method", "model", view.t("proof.by")))
    st.caption(view.t("proof.trust_legend"))


def the_list(view: View, day: date, method: str, size: int) -> None:
    """Who stood on that list, and what came of each?"""
    listed = proof.past_list(view, day, method, size)
    st.header(listed.title, anchor=False, help=view.t("proof.list_help"))
    st.caption(f"{view.t('proof.ranked_by', method=view.value('method', method))} {watchlist.three_lists(view)}")
    found = ask(listed.question, listed.scope, limit=rows.SHOWN, **listed.params)
    if not found.num_rows:
        empty.nothing(view)
        return
    tables.show(view, found, "past-list")
    rows.downloads(view, listed, "past-list")


def how(view: View, months: int) -> None:
    """How is it made sure that no list knew what came after it?"""
    with st.expander(view.t("proof.how"), icon=":material/science:"):
        st.markdown(view.t("proof.how_text", months=months))
