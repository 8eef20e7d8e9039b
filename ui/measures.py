"""Actions on causes: how one stands and what came of it, and the open ones on a cause."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import streamlit as st

from queries import Scope, ask
from queries.sentence import day_in_words
from store import NARROWED, actions, trouble
from ui import effects, labels, planning, rows, tables, voices
from ui.due import exact, today_in
from ui.view import View

Row = Mapping[str, Any]
_LIMITS = tuple(f"only_{name}" for name in NARROWED)
COLUMNS = ("due_on", "cause", "to_do", "verdict", "action_owner", "action_status", "starts_on", *_LIMITS)
"""The columns of actions, what matters most first."""
_SHOWN = 50


def listed(view: View, **params: str) -> list[Row]:
    """Actions for which ``params`` hold, without those limited to where the filters or the viewer do not look."""
    found: list[Row] = ask("action_rows", rows.undated(view.scope), limit=rows.TAKEN, **params).to_pylist()
    return found


def is_overdue(view: View, row: Row) -> bool:
    """Whether it is still open after the day by which it was to be done."""
    return row["action_status"] in actions.OPEN and bool(row["due_on"]) and row["due_on"] < today_in(view.meta.timezone)


def table(view: View, found: list[Row], results: Mapping[str, Row], key: str) -> None:
    """Actions as rows; one opens its action."""
    told = [
        {**row, "cause": voices.cause(view, row["cause"]), "verdict": effects.verdict(view, results[row["action_id"]])}
        for row in found
    ]
    tables.show(view, pa.Table.from_pylist(told), key, COLUMNS)


def plan(view: View, cause: str, key: str, only: Mapping[str, str] | None = None) -> None:
    """A button that opens `panel` in a dialog: for cards and alerts."""

    def dialog(view: View) -> None:
        title = f"{voices.cause(view, cause)} · {view.t('measures.plan')}"
        st.dialog(title, width="large", icon=":material/construction:")(panel)(view, cause, only)

    st.button(
        view.t("measures.plan"),
        key=key,
        type="tertiary",
        icon=":material/construction:",
        on_click=rows.open_later,
        args=(dialog,),
    )


def panel(view: View, cause: str, only: Mapping[str, str] | None = None) -> None:
    """The open actions on a cause, and a short form to plan one, limited to ``only`` (region, product or channel) at
    first."""
    if not _can_write(view):
        return
    planning.close_saved(view, cause, only)
    found = listed(view, cause=cause, which="open")
    st.markdown("\n".join(f"- {_line(view, row)}" for row in found) or view.t("measures.none_on"))
    planning.form(view, cause=cause, only=only)


def _can_write(view: View) -> bool:
    if problem := trouble():
        st.warning(problem.said(view.lang), icon=":material/cloud_off:")
    return not problem


def _line(view: View, row: Row) -> str:
    """An open action in one line: what, who, by when, how it stands, where."""
    told = [f"**{tables.literal(row['to_do'])}**", view.value("action_status", row["action_status"])]
    if row["action_owner"]:
        told.append(view.t("measures.owned", owner=tables.literal(row["action_owner"])))
    if row["due_on"] and row["action_status"] in actions.OPEN:
        key = "measures.overdue" if is_overdue(view, row) else "measures.due"
        told.append(view.t(key, day=day_in_words(view.lang, row["due_on"])))
    if row["starts_on"]:
        told.append(view.t("measures.begins", day=day_in_words(view.lang, row["starts_on"])))
    return view.t("scope.join").join([*told, *_limits(view, row)])


def _limits(view: View, row: Row) -> list[str]:
    given = [(name, row[f"only_{name}"]) for name in NARROWED if row[f"only_{name}"]]
    return [view.t("measures.only", what=tables.literal(labels.value(view.lang, *each))) for each in given]


def title(view: View, action: str) -> str:
    """The cause that an action is to mend."""
    row = _found(view, action)
    return voices.cause(view, row["cause"]) if row else view.t("measures.action")


def _found(view: View, action: str) -> Row | None:
    return next((row for row in listed(view) if row["action_id"] == action), None)


def content(view: View, action: str) -> None:
    """One action: how it stands, what came of it, the complaints that rests on, the form, and its history."""
    row = _found(view, action)
    if row is None:
        st.info(view.t("rows.none"), icon=":material/search_off:")
        return
    st.markdown(_line(view, row))
    effect = effects.of_all(view, action)[action]
    effects.told(view, effect)
    if row["starts_on"]:
        effects.weekly(view, row, effect)
    if effect["weeks"] and effect["verdict"] in (*effects.COMPARED, "few", "alone"):
        _complaints(view, row, effect)
    with st.expander(view.t("measures.change"), icon=":material/edit:"):
        planning.form(view, row)
    _history(view, ask("action_history", Scope(viewer=view.scope.viewer), action=action).to_pylist())


def _complaints(view: View, row: Row, effect: Row) -> None:
    """What stands behind the two counts, one after the other: a row opens its ticket."""
    for side in ("before", "after"):
        behind = effects.behind(view, row, effect, side)
        with st.expander(
            view.t("measures.n_of", what=behind.title, n=f"{effect[side]:,}"), icon=":material/table_rows:"
        ):
            found = ask(behind.question, behind.scope, limit=_SHOWN, **behind.params)
            st.caption(rows.sentence(view, behind))
            if found.num_rows:
                tables.show(view, found, f"action-{side}")
                rows.downloads(view, behind, f"action-{side}")


def _history(view: View, entries: list[Row]) -> None:
    """What was written about it, the latest first."""
    st.markdown(f"**{view.t('outreach.history')}**")
    earlier = [*entries[1:], {"to_do": None}]
    st.markdown("\n".join(_entry(view, *pair) for pair in zip(entries, earlier, strict=True)))


def _entry(view: View, entry: Row, before: Row) -> str:
    """What was said of it, by whom and when; what is to be done only where that is new."""
    told = [
        f"**{view.value('action_status', entry['action_status'])}**",
        exact(view, entry["written_at"], f"{entry['written_at']:%H:%M}"),
        *(tables.literal(entry[name]) for name in ("author", "action_owner") if entry[name]),
    ]
    said = (entry["to_do"] if entry["to_do"] != before["to_do"] else None, entry["note"])
    words = [tables.literal(text) for text in said if text]
    return f"- {view.t('scope.join').join(told)}" + (f"  \n  {view.t('scope.join').join(words)}" if words else "")
