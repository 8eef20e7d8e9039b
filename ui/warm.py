"""Once per server: load what the first page needs, and keep the garbage collector from walking through it again."""

import atexit
import gc
import importlib

import streamlit as st

_HEAVY = ("altair", "duckdb", "pandas", "pyarrow", "sqlglot", "streamlit.elements.vega_charts", "xlsxwriter")


@st.cache_resource(show_spinner=False)
def start() -> bool:
    """Import the heavy modules and freeze what is alive by then."""
    for name in _HEAVY:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
    return True
