"""What the reader has chosen, as it stands in the session, and the callbacks that change it."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from queries import DIMENSIONS
from ui import labels, period
from ui.view import View

BOX = 320
"""How wide a box to choose from is, in pixels."""


def hold() -> None:
    """Keep every choice when its label changes with the language: the browser only knows labels."""
    for key in (
        *labels.CHOICES,
        "dates",
        "since",
        "touchpoint",
        "rule",
        "care_owner",
        "moved_from",
        "moved_to",
        "top_month",
        "this_is",
        "that_is",
        *DIMENSIONS,
    ):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def reset(default: str = period.DEFAULT) -> None:
    """Back to the first view: default period, nothing compared, no filter."""
    st.session_state["period"] = default
    st.session_state["compare"] = "none"
    for name in DIMENSIONS:
        if name in st.session_state:
            st.session_state[name] = []


def narrow(dimension: str, value: str) -> None:
    """Filter to one value; if that is already the filter, lift it."""
    chosen = st.session_state.get(dimension, [])
    st.session_state[dimension] = [] if list(chosen) == [value] else [value]


def keep_known(key: str, options: Sequence[str]) -> None:
    """Drop chosen values that the data no longer has."""
    chosen = st.session_state.get(key)
    if chosen and any(value not in options for value in chosen):
        st.session_state[key] = [value for value in chosen if value in options]


def choose(view: View, key: str, default: str, label: str, offered: Sequence[str] | None = None) -> str:
    """A row of buttons of which one is chosen, kept in the URL; ``offered``: those of its choices that fit."""
    offered = offered or labels.CHOICES[key][1]
    if st.session_state.get(key, default) not in offered:
        del st.session_state[key]
    chosen = st.segmented_control(
        label,
        offered,
        default=default,
        format_func=lambda code: labels.choice(view.lang, key, code),
        required=True,
        key=key,
        bind="query-params",
        persist_state="session",
        label_visibility="collapsed",
    )
    return chosen or default


def select(view: View, key: str, default: str, label: str, offered: Sequence[str] | None = None) -> str:
    """As `choose`, in a box: for more choices than a row holds."""
    offered = offered or labels.CHOICES[key][1]
    if st.session_state.get(key, default) not in offered:
        del st.session_state[key]
    return st.selectbox(
        label,
        offered,
        index=offered.index(default),
        format_func=lambda code: labels.choice(view.lang, key, code),
        key=key,
        bind="query-params",
        persist_state="session",
        width=BOX,
    )


def follow(key: str, default: str | date) -> None:
    """A choice that nobody made follows ``default``, which depends on the data; to be called before it is drawn."""
    known = f"_{key}_default"
    if known in st.session_state and st.session_state.get(key) in (None, st.session_state[known]):
        st.session_state[key] = default
    st.session_state[known] = default


def day(key: str, default: date, label: str, first: date, last: date) -> date:
    """A day between ``first`` and ``last``, kept in the URL. One that nobody chose follows ``default``."""
    follow(key, default)
    chosen = st.date_input(
        label,
        value=default,
        min_value=first,
        max_value=last,
        format="YYYY-MM-DD",
        key=key,
        bind="query-params",
        persist_state="session",
    )
    return chosen if isinstance(chosen, date) else default
