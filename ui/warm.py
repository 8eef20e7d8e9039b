"""Once per server: load what the first page needs, and keep the garbage collector from walking through it again."""

import atexit
import gc
import importlib
from functools import cache

from streamlit.runtime.pages_manager import PagesManager

_HEAVY = (
    "altair",
    "queries",
    "xlsxwriter",
    "streamlit.elements.vega_charts",
)


@cache
def start() -> None:
    """Import the heavy modules and freeze what is alive by then."""
    # Until `st.navigation` has run once, Streamlit would take pages/ for its own and not find a deep link's page.
    PagesManager.uses_pages_directory = False
    for name in _HEAVY:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
