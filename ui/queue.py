"""Tickets in the order to take them: their urgency by word and colour, the time in words, and a ticket to open."""

from collections.abc import Mapping
from math import inf
from typing import Any, Literal

import pyarrow as pa
import streamlit as st

from ui import rows, tables
from ui.view import View

_ORDER = ("stage", "is_vip", "ticket_id", "customer_name", "kind", "priority", "channel", "department", "team")
_DAY = 24 * 60
_LEFT = {"critical": 60, "soon": 240, "later": inf}
_LATE = {"fresh": _DAY, "days": 30 * _DAY, "stale": inf}
"""Urgency -> minutes left, or late, below which it holds."""
_COLOURS: Mapping[str, Literal["red", "orange", "gray"]] = {
    "critical": "red",
    "soon": "orange",
    "later": "gray",
    "fresh": "orange",
    "days": "red",
    "stale": "red",
}


def show(view: View, table: pa.Table, time: str, key: str) -> None:
    """Draw tickets with ``time`` (minutes_left or minutes_late) first; choosing a row opens the ticket."""

    def chosen() -> None:
        places = st.session_state[key]["selection"]["rows"]
        if places:
            rows.open_later(Ticket(table.slice(places[0], 1).to_pylist()[0]))

    shown = _shown(view, table, time)
    st.dataframe(
        shown,
        hide_index=True,
        row_height=tables.ROW_PIXELS,
        height=tables.ROW_PIXELS * (min(shown.num_rows, 12) + 1) + 3,
        column_config={name: _column(view, name, time) for name in shown.column_names},
        key=key,
        on_select=chosen,
        selection_mode="single-row",
        alt=view.t("queue.alt"),
    )


def _shown(view: View, table: pa.Table, time: str) -> pa.Table:
    """Urgency and time first, then who and what."""
    urgency = [[view.t(f"queue.{_urgency(minutes, time)}")] for minutes in table.column(time).to_pylist()]
    told = tables.readable(table, view.lang)
    columns = {name: told.column(name) for name in (time, *_ORDER) if name in told.column_names}
    return pa.table({"urgency": urgency, **columns})


def _urgency(minutes: float, time: str) -> str:
    limits = _LATE if time == "minutes_late" else _LEFT
    return next(name for name, limit in limits.items() if minutes < limit)


def _column(view: View, name: str, time: str) -> Any:
    label = tables.heading(view.lang, name)
    if name != "urgency":
        return st.column_config.TextColumn(label)
    names = _LATE if time == "minutes_late" else _LEFT
    return st.column_config.MultiselectColumn(
        label, options=[view.t(f"queue.{name}") for name in names], color=[_COLOURS[name] for name in names]
    )


class Ticket:
    """One ticket in a dialog of its own: everything the queue knows about it."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.row = row

    def __call__(self, view: View) -> None:
        """Open the dialog."""
        title = view.t("queue.ticket", id=self.row["ticket_id"])
        st.dialog(title, icon=":material/confirmation_number:")(self._content)(view)

    def _content(self, view: View) -> None:
        table = tables.readable(pa.Table.from_pylist([self.row]), view.lang).drop_columns(["total"])
        facts = {name: cell for name, cell in table.to_pylist()[0].items() if cell not in (None, "")}
        text = facts.pop("text", None)
        for name, cell in facts.items():
            left, right = st.columns([2, 3], wrap=False)
            left.caption(tables.heading(view.lang, name))
            right.text(f"{cell:%Y-%m-%d %H:%M}" if hasattr(cell, "strftime") else str(cell))
        if text:
            st.divider()
            st.text(text)
