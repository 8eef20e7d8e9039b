"""What a reader sees when something fails: a plain sentence. The details go to the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from words import t

_log = logging.getLogger(__name__)


@contextmanager
def guarded(lang: str) -> Iterator[None]:
    """Turn any failure inside into words; Streamlit's own signals (rerun, stop) pass through."""
    try:
        yield
    except Exception:
        _log.exception("a page could not be drawn")
        st.error(t(lang, "frame.failed"), icon=":material/error:")
