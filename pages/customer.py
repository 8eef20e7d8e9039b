"""One customer on a page of its own: found by name, number or owner, or by a link."""

import streamlit as st

from queries import ask
from ui import customer, tables
from ui.header import header
from ui.view import View

_MATCHES = 20


def run(view: View) -> None:
    """The page, from top to bottom."""
    top = st.container()
    wanted = _wanted(view)
    found = wanted and ask("customer", customer.scope(view), customer=wanted).num_rows
    with top:
        header(view, "customer", customer.title(view, wanted) if found else view.t("customer.sentence"))
    if not wanted:
        st.info(view.t("customer.find"), icon=":material/person_search:")
        return
    if found:
        customer.content(view, wanted, "page")
    else:
        matches(view, wanted)


def _wanted(view: View) -> str:
    """What was typed, or what a link or a match names."""
    return st.text_input(
        view.t("customer.search"),
        key="customer",
        bind="query-params",
        icon=":material/search:",
        placeholder=view.t("customer.search"),
        max_chars=100,
        label_visibility="collapsed",
    ).strip()


def matches(view: View, wanted: str) -> None:
    """Who could be meant, the best match first?"""
    found = ask("customer_search", customer.scope(view), search=wanted, limit=_MATCHES)
    if not found.num_rows:
        st.info(view.t("customer.nobody"), icon=":material/search_off:")
        return
    total = found.column("total")[0].as_py()
    st.caption(view.t("customer.matches", shown=f"{found.num_rows:,}", total=f"{total:,}"))

    def take(_kind: str, number: str) -> None:
        st.session_state["customer"] = number

    tables.show(view, found, "customer-matches", then=take, alt=view.t("customer.matches_alt"))
