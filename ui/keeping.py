"""Forms in which people write: kept as filled in until saved, and what became of the last attempt to save."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from store import Changed, StoreError
from ui import viewer
from ui.view import View

_HELD, _SAID = "_held", "_said"
"""Where in the session stands, by what a form is about, which form is kept and what was said of the last attempt."""


def key(about: str, fresh: str) -> str:
    """The key of the form: that of the one which could not be saved, else a fresh one."""
    return str(st.session_state.get(f"{_HELD}-{about}", fresh))


def attempt(about: str, form: str, save: Callable[[str], Any]) -> bool:
    """``save`` what stands in the form, signed by an author. If that fails, the form stays as it is.

    Returns whether it was saved.
    """
    author = viewer.author() if viewer.is_known() else st.session_state[f"{form}-author"]
    try:
        saved = save(author)
    except StoreError as error:
        st.session_state[f"{_HELD}-{about}"] = form
        st.session_state[f"{_SAID}-{about}"] = error
        return False
    viewer.call(saved.author)
    st.session_state.pop(f"{_HELD}-{about}", None)
    st.session_state[f"{_SAID}-{about}"] = saved
    return True


def is_saved(about: str) -> bool:
    """Whether the last attempt, of which nothing has been said yet, was saved."""
    told = st.session_state.get(f"{_SAID}-{about}")
    return told is not None and not isinstance(told, StoreError)


def forget(about: str) -> None:
    """Nothing more is to be said of the last attempt."""
    st.session_state.pop(f"{_SAID}-{about}", None)


def said(view: View, about: str, told: Callable[[Any], str]) -> None:
    """What became of the last attempt to save, once; ``told``: an entry of others in words."""
    error = st.session_state.pop(f"{_SAID}-{about}", None)
    if isinstance(error, Changed):
        lines = [view.t("outreach.changed"), *(f"- {told(entry)}" for entry in error.entries)]
        st.warning("\n".join(lines), icon=":material/group:")
    elif isinstance(error, StoreError):
        st.error(error.said(view.lang), icon=":material/edit_off:")
    elif error:
        st.success(view.t("outreach.saved"), icon=":material/check:")


def author(view: View, form: str) -> None:
    """Asked of those whom no login names; once given, it stands there for the rest of the session."""
    if not viewer.is_known():
        st.text_input(view.t("outreach.author"), viewer.author(), key=f"{form}-author", max_chars=100)


def button(view: View, clicked: Callable[..., None], *args: Any) -> None:
    """What saves the form."""
    st.form_submit_button(view.t("outreach.save"), icon=":material/save:", on_click=clicked, args=args)
