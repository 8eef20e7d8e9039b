"""Tickets in the order to take them: the time left or lost, in the colour of its urgency, and when each is due."""

from collections.abc import Mapping
from math import inf
from typing import Any, Literal

import pyarrow as pa
import streamlit as st

from ui import subjects, tables
from ui.due import due_words, is_working, length, moment
from ui.view import View

_Colour = Literal["red", "orange", "gray"]
_ORDER = ("stage", "is_vip", "customer_name", "sla_rule", "kind", "priority", "channel", "department", "team")
_DAY = 24 * 60
_LEFT: Mapping[_Colour, float] = {"red": 60, "orange": 240, "gray": inf}
_LATE: Mapping[_Colour, float] = {"orange": _DAY, "red": inf}
"""Colour of urgency -> minutes left, or late, below which it holds; of the clock that judges, as the order is."""
Row = Mapping[str, Any]


def show(view: View, table: pa.Table, is_late: bool, key: str) -> None:
    """Draw tickets with the time left, or how late they are, first; choosing a row opens the ticket."""
    found = table.to_pylist()
    times = [_time(view, row, is_late) for row in found]
    colours = {time: _colour(row, is_late) for time, row in reversed(list(zip(times, found, strict=True)))}
    told = tables.readable(table, view.lang)
    columns = {name: told.column(name) for name in _ORDER if name in told.column_names}
    time, due = ("time_late", "due_since") if is_late else ("time_left", "due")
    shown = pa.table(
        {
            time: [[text] for text in times],
            "ticket_id": table.column("ticket_id"),
            due: [_due(view, row, is_late) for row in found],
            **columns,
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        row_height=tables.ROW_PIXELS,
        height=tables.ROW_PIXELS * (min(shown.num_rows, 12) + 1) + 3,
        column_config={name: _column(view, name, colours) for name in shown.column_names},
        alt=view.t("queue.alt"),
        **subjects.opening(table, key),
    )


def _time(view: View, row: Row, is_late: bool) -> str:
    minutes = row["minutes_late"] if is_late else row["minutes_left"]
    return view.t("queue.not_told") if minutes is None else length(view, minutes, row["clock"])


def _colour(row: Row, is_late: bool) -> _Colour:
    minutes, limits = (row["minutes_late"], _LATE) if is_late else (row["minutes_left"], _LEFT)
    return next(colour for colour, limit in limits.items() if (minutes or 0) < limit)


def _due(view: View, row: Row, is_late: bool) -> str | None:
    if row["due_at"] is None:
        return None
    if not is_late:
        return due_words(view, row["due_at"], row["clock"])
    when = moment(view, row["due_at"])
    return view.t("due.working", when=when) if is_working(row["clock"]) else when


def _column(view: View, name: str, colours: Mapping[str, _Colour]) -> Any:
    label = tables.heading(view.lang, name)
    if name in ("time_left", "time_late"):
        return st.column_config.MultiselectColumn(label, width=118, options=list(colours), color=list(colours.values()))
    return st.column_config.TextColumn(label, width=92 if name == "ticket_id" else None)
