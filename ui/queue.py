"""Tickets in the order to take them: time in words, its urgency by word and colour, and a ticket to open."""

from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from charts.numbers import duration
from charts.theme import palette
from ui import rows, tables
from ui.view import View

_ORDER = ("stage", "is_vip", "ticket_id", "customer_name", "kind", "priority", "channel", "department", "team")
_CRITICAL, _SOON = 60, 240
"""Minutes left below which a ticket is critical, and below which it comes soon."""
_HOURS_LATE = 24 * 60


def show(view: View, table: pa.Table, time: str, key: str) -> None:
    """Draw tickets with ``time`` (minutes_left or minutes_late) first; choosing a row opens the ticket."""

    def chosen() -> None:
        places = st.session_state[key]["selection"]["rows"]
        if places:
            rows.open_later(Ticket(table.slice(places[0], 1).to_pylist()[0]))

    frame = _frame(view, table, time)
    colours = [_colour(view, minutes, time) for minutes in table.column(time).to_pylist()]
    styled = frame.style.apply(lambda _: [f"color: {colour}; font-weight: 600" for colour in colours], subset=[time])
    st.dataframe(
        styled,
        hide_index=True,
        row_height=tables.ROW_PIXELS,
        height=tables.ROW_PIXELS * (min(len(frame), 12) + 1) + 3,
        column_config={name: st.column_config.TextColumn(tables.heading(view.lang, name)) for name in map(str, frame)},
        key=key,
        on_select=chosen,
        selection_mode="single-row",
        alt=view.t("queue.alt"),
    )


def _frame(view: View, table: pa.Table, time: str) -> pd.DataFrame:
    told = [_words(view, minutes, time) for minutes in table.column(time).to_pylist()]
    shown = tables.readable(table, view.lang)
    columns = {time: told, **{name: shown.column(name).to_pylist() for name in _ORDER if name in shown.column_names}}
    return pd.DataFrame({name: [cell or "" for cell in cells] for name, cells in columns.items()})


def _words(view: View, minutes: float, time: str) -> str:
    length = duration(minutes, view.lang)
    if time == "minutes_late":
        return view.t("queue.late", time=length)
    urgency = "critical" if minutes < _CRITICAL else "soon" if minutes < _SOON else "later"
    return view.t(f"queue.{urgency}", time=length)


def _colour(view: View, minutes: float, time: str) -> str:
    colours = palette(view.theme)
    if time == "minutes_late":
        return colours.bad if minutes >= _HOURS_LATE else colours.warn
    return colours.bad if minutes < _CRITICAL else colours.warn if minutes < _SOON else colours.text


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
