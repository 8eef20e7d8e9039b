"""Who is here. The one place that a login will change."""

import streamlit as st

from queries import EVERYONE, Viewer

_NAMED = "_author"


def here() -> Viewer:
    """The person in front of the screen, with what they may see."""
    return EVERYONE


def author() -> str:
    """The name to sign entries with: the login's, else the one given once in this session, else none."""
    return _login() or str(st.session_state.get(_NAMED, ""))


def is_known() -> bool:
    """Whether a login says who it is, so that nobody need be asked."""
    return bool(_login())


def _login() -> str:
    user = st.user.to_dict()
    return str(user.get("name") or user.get("email") or "") if user.get("is_logged_in") else ""


def call(name: str) -> None:
    """Keep the name that someone gave, for the rest of the session."""
    st.session_state[_NAMED] = name
