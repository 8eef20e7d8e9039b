"""Who is here. The one place that a login will change."""

import streamlit as st

from queries import EVERYONE, Viewer

_NAMED = "_author"


def here() -> Viewer:
    """The person in front of the screen, with what they may see."""
    return EVERYONE


def author() -> str | None:
    """The name to sign entries with: the login's, else the one given once in this session, else None."""
    user = st.user.to_dict()
    return user.get("name") or user.get("email") or st.session_state.get(_NAMED)  # type: ignore[return-value]


def is_known() -> bool:
    """Whether a login says who it is, so that nobody need be asked."""
    user = st.user.to_dict()
    return bool(user.get("name") or user.get("email"))


def call(name: str) -> None:
    """Keep the name that someone gave, for the rest of the session."""
    st.session_state[_NAMED] = name
