"""The form in which people plan an action on a cause, or write how it goes."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from queries import NOT_GIVEN, Scope, ask, options
from store import NARROWED, Action, actions
from ui import keeping, labels, tables, voices
from ui.view import View

Row = Mapping[str, Any]
_FIELDS = ("what", "owner", "starts_on", "due_on", *NARROWED, "note")
"""The fields of the form, named as those of an entry; cause and status stand apart."""
_NEW = "_action_new"
"""Where in the session stands what tells the action apart that is being planned."""


def dialog(view: View) -> None:
    """The form for an action that is not there yet, in a dialog that closes when it is saved."""

    @st.dialog(view.t("measures.plan"), width="large", icon=":material/construction:")
    def content() -> None:
        close_saved(view)
        form(view)

    content()


def form(view: View, row: Row | None = None, cause: str | None = None, only: Mapping[str, str] | None = None) -> None:
    """Plans an action (on ``cause``, or one to be chosen; limited to ``only`` at first), or changes that in ``row``."""
    about = _about(row["action_id"] if row else cause, only)
    action = row["action_id"] if row else st.session_state.setdefault(f"{_NEW}-{about}", actions.new())
    key = keeping.key(about, f"{about}-{row['entry'] if row else action}")
    keeping.said(view, about, lambda entry: _others(view, entry))
    given: Row = row or {f"only_{name}": value for name, value in (only or {}).items()}
    with st.form(key, border=False):
        _cause(view, key, given.get("cause") or cause)
        hint = view.t("measures.what_hint")
        st.text_input(
            tables.heading(view.lang, "to_do"), given.get("to_do"), key=f"{key}-what", placeholder=hint, max_chars=500
        )
        _who(view, key, given)
        _when(view, key, given)
        _where(view, key, given)
        st.text_area(view.t("outreach.note"), key=f"{key}-note", height=80, max_chars=4000)
        seen = row["entry"] if row else 0
        keeping.button(view, _save, about, key, action, given.get("cause") or cause, seen)


def close_saved(view: View, cause: str | None = None, only: Mapping[str, str] | None = None) -> None:
    """Closes the dialog around the form once its action is saved: the page behind it tells of the action."""
    about = _about(cause, only)
    if keeping.is_saved(about):
        keeping.forget(about)
        st.toast(view.t("outreach.saved"), icon=":material/check:")
        st.rerun()


def _about(subject: str | None, only: Mapping[str, str] | None) -> str:
    return "-".join(("action", subject or "new", *(only or {}).values()))


def _others(view: View, entry: Action) -> str:
    told = [entry.author, view.value("action_status", entry.status), entry.what, entry.note or ""]
    return tables.literal(view.t("scope.join").join(filter(None, told)))


def _cause(view: View, key: str, known: str | None) -> None:
    """The cause is asked for only where none is known yet: an action on another cause is another action."""
    if known is None:
        names = voices.cause_names(view)
        st.selectbox(
            tables.heading(view.lang, "cause"),
            list(names),
            None,
            format_func=lambda code: names[code],
            key=f"{key}-cause",
            placeholder=view.t("measures.choose_cause"),
        )


def _who(view: View, key: str, given: Row) -> None:
    owner, status, author = st.columns(3)
    names = _owners(view)
    with owner:
        st.selectbox(
            tables.heading(view.lang, "action_owner"),
            names,
            names.index(given["action_owner"]) if given.get("action_owner") in names else None,
            key=f"{key}-owner",
            placeholder=view.t("outreach.nobody"),
            accept_new_options=True,
        )
    with status:
        st.selectbox(
            tables.heading(view.lang, "action_status"),
            actions.STATUSES,
            actions.STATUSES.index(given.get("action_status", "planned")),
            format_func=lambda code: view.value("action_status", code),
            key=f"{key}-status",
        )
    with author:
        keeping.author(view, key)


def _owners(view: View) -> list[str]:
    """Those who own an action already, then those who look after customers."""
    seen = Scope(viewer=view.scope.viewer)
    owning = [row["action_owner"] for row in ask("action_rows", seen).to_pylist()]
    caring = [row["outreach_owner"] for row in ask("outreach_owners", seen).to_pylist()]
    return list(dict.fromkeys(filter(None, (*owning, *caring))))


def _when(view: View, key: str, given: Row) -> None:
    for column, name in zip(st.columns(2), ("due_on", "starts_on"), strict=True):
        column.date_input(
            tables.heading(view.lang, name),
            given.get(name),
            format="YYYY-MM-DD",
            key=f"{key}-{name}",
            help=view.t("measures.starts_help") if name == "starts_on" else None,
        )


def _where(view: View, key: str, given: Row) -> None:
    """Left out where the data does not tell."""
    known = {name: [value for value in options(name, view.scope.viewer) if value != NOT_GIVEN] for name in NARROWED}
    offered = {name: values for name, values in known.items() if values}
    for column, (name, values) in zip(st.columns(max(len(offered), 1)), offered.items(), strict=False):
        chosen = given.get(f"only_{name}")
        column.selectbox(
            tables.heading(view.lang, f"only_{name}"),
            values,
            values.index(chosen) if chosen in values else None,
            format_func=lambda value, name=name: labels.value(view.lang, name, value),
            key=f"{key}-{name}",
            placeholder=view.t("measures.everywhere"),
        )


def _save(about: str, key: str, action: str, cause: str | None, seen: int) -> None:
    """Save what stands in the form; the next action that is planned is another one."""
    given: dict[str, Any] = {name: st.session_state.get(f"{key}-{name}") for name in _FIELDS}
    given["what"] = given["what"] or ""
    named = cause or st.session_state.get(f"{key}-cause") or ""
    status = st.session_state[f"{key}-status"]
    saved = keeping.attempt(
        about, key, lambda author: actions.save(Action(action, author, named, status=status, **given), seen)
    )
    if saved:
        st.session_state.pop(f"{_NEW}-{about}", None)
