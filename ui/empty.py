"""Honest empty states: what is missing, and the command that brings it."""

import streamlit as st

from ui.view import View
from words import t

SAMPLE = "python -m warehouse sample"
LOAD = "python -m warehouse load FILE --mapping NAME"


def no_warehouse(lang: str) -> None:
    """The page before anything was loaded. It gives way by itself once something is."""
    st.title(t(lang, "empty.welcome"), anchor=False)
    st.markdown(t(lang, "empty.nothing_loaded"))
    st.markdown(f"**{t(lang, 'empty.try_sample')}**")
    st.code(SAMPLE, language="shell")
    st.markdown(f"**{t(lang, 'empty.load_own')}**")
    st.code(LOAD, language="shell")
    st.caption(f":material/autorenew: {t(lang, 'empty.by_itself')}")


def missing(view: View, table: str) -> None:
    """A whole table has no rows: say what to load."""
    st.info(view.t("empty.load_table", table=view.t(f"table.{table}")), icon=":material/upload_file:")
    st.code(LOAD, language="shell")


def nothing(view: View, key: str = "empty.no_rows") -> None:
    """There are rows, but none under these filters, or nothing to do."""
    st.info(view.t(key), icon=":material/filter_alt_off:")
