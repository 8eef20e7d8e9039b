"""A dashboard left open follows the warehouse: soon after a new version is published, the page shows it."""

import streamlit as st

from queries import version


@st.fragment(run_every="5s")
def watch(shown: str | None) -> None:
    """Run the page again as soon as another version than ``shown`` is served."""
    if version() != shown:
        st.rerun()
