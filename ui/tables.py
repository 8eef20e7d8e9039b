"""Tables as people read them: columns named, values in the reader's language, empty columns left out."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

import words
from charts.numbers import NOTHING, duration, in_hours
from charts.reasons import all_in_words
from charts.whys import in_words as whys_in_words
from queries import meta
from schemas import reason
from store import policy
from ui import names, subjects
from ui.due import is_working
from ui.view import View

ROW_PIXELS = 36
_WIDE = {"text", "comment", "raw", "rules", "detail", "reason", "why", "signals", "note"}
_PINNED = {"cause_name"}
"""Columns that stay while the others are moved: without them a row cannot be read."""
_SHARES = {"risk"}
"""Columns that hold a share from 0 to 1 and are read in percent."""
_SIGNS = re.compile(r"([\\`*_\[\]|~$<>]|:(?=\w))")
_UNPARTED = re.compile(r"(?<!\\)\|")
_TIME = "YYYY-MM-DD HH:mm"


def heading(lang: str, name: str) -> str:
    """What people call a column."""
    key = f"column.{name}"
    return words.t(lang, key) if words.has(key) else name


LATE = (
    "minutes_late",
    "due_at",
    "state",
    "is_vip",
    "ticket_id",
    "customer_name",
    "kind",
    "priority",
    "channel",
    "department",
    "team",
    "done_at",
    "text",
)
"""The columns of late tickets, what matters most first."""
MOVERS = (
    "customer_name",
    "tier_before",
    "tier",
    "move_why",
    "spend_change",
    "spend",
    "orders",
    "last_order_day",
    "customer_id",
    "segment",
    "region",
    "owner",
)
"""The columns of customers who changed tier, what matters most first."""


def worded(table: pa.Table, lang: str) -> pa.Table:
    """``table`` with every value that has words of its own put into ``lang``; rejects and signals say why."""
    if {"rule", "detail"} <= set(table.column_names):
        table = _with_reasons(table, lang)
    for name in {"signals", "why"} & set(table.column_names):
        table = _with_parts(table, name, lang)
    if "groups_en" in table.column_names:
        table = _with_groups(table, lang)
    if "leaving_reason" in table.column_names:
        known = policy().reasons
        told = [known.get(raw, {}).get(lang, raw) for raw in table.column("leaving_reason").to_pylist()]
        table = table.set_column(
            table.column_names.index("leaving_reason"), "leaving_reason", pa.array(told, pa.string())
        )
    if "move_why" in table.column_names:
        whys = [raw and whys_in_words(raw, lang) for raw in table.column("move_why").to_pylist()]
        table = table.set_column(table.column_names.index("move_why"), "move_why", pa.array(whys, pa.string()))
    if "rule" in table.column_names:
        rules = [words.t(lang, f"reject.{raw}") for raw in table.column("rule").to_pylist()]
        table = table.set_column(table.column_names.index("rule"), "rule", pa.array(rules, pa.string()))
    for name in names.QUESTIONS.keys() & set(table.column_names):
        known_names = names.names(lang, name)
        told = [known_names.get(raw, raw) for raw in table.column(name).to_pylist()]
        table = table.set_column(table.column_names.index(name), name, pa.array(told, pa.string()))
    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type) and words.known(field.name):
            told = [
                None if raw is None else words.value(lang, field.name, raw) for raw in table.column(place).to_pylist()
            ]
            table = table.set_column(place, field.name, pa.array(told, pa.string()))
    return table


def _says_something(name: str, column: pa.ChunkedArray) -> bool:
    """Not empty throughout; the VIP mark only where there are any."""
    return column.null_count < max(len(column), 1) and (name != "is_vip" or any(column.to_pylist()))


def readable(table: pa.Table, lang: str) -> pa.Table:
    """For the screen: worded, without columns that are empty throughout, lengths of time in words."""
    kept = [name for name in table.column_names if _says_something(name, table.column(name))]
    table = worded(table.select(kept), lang)
    for place, name in enumerate(table.column_names):
        if name.startswith("minutes"):
            table = table.set_column(place, name, pa.array(_lengths(table, place, lang), pa.string()))
        elif name in _SHARES:
            percents = [None if share is None else 100 * share for share in table.column(place).to_pylist()]
            table = table.set_column(place, name, pa.array(percents, pa.float64()))
        elif pa.types.is_boolean(table.schema.field(name).type):
            table = table.set_column(place, name, pa.array(_marks(name, table.column(place), lang), pa.string()))
    return table


def _marks(name: str, column: pa.ChunkedArray, lang: str) -> list[str | None]:
    """Yes in words, no as a blank - in words, too, where it has to be told from not known."""
    no = words.t(lang, "value.mark.no") if column.null_count and name != "is_vip" else ""
    yes = words.t(lang, "value.is_vip.yes" if name == "is_vip" else "value.mark.yes")
    return [None if known is None else yes if known else no for known in column.to_pylist()]


def _lengths(table: pa.Table, place: int, lang: str) -> list[str | None]:
    """A column of minutes in words; where the table tells whose clock they are on, those of working time in hours."""
    lengths = table.column(place).to_pylist()
    clocks = table.column("clock").to_pylist() if "clock" in table.column_names else [None] * len(lengths)
    return [
        None if length is None else (in_hours if is_working(clock) else duration)(length, lang)
        for length, clock in zip(lengths, clocks, strict=True)
    ]


def show(
    view: View,
    table: pa.Table,
    key: str,
    order: Sequence[str] | None = None,
    most: int = 12,
    then: Callable[[str, str], None] = subjects.choose,
    **options: Any,
) -> Any:
    """Draw ``table``, at most ``most`` rows high; ``order`` picks and orders columns, ``options`` go to the widget.

    Choosing a row that names a ticket or a customer opens it, or does ``then`` with it.
    """
    if set(subjects.COLUMNS.values()) & set(table.column_names):
        options = {**subjects.opening(table, key, then), **options}
    shown = readable(table, view.lang)
    columns = _columns(order or shown.column_names, shown.column_names)
    return st.dataframe(
        shown.select(columns),
        hide_index=True,
        row_height=ROW_PIXELS,
        height=ROW_PIXELS * (min(max(shown.num_rows, 1), most) + 1) + 3,
        column_config={name: _column(view.lang, name, shown.schema.field(name).type) for name in columns},
        placeholder="",
        **{"key": key, **options},
    )


def _columns(order: Sequence[str], known: Sequence[str]) -> list[str]:
    """Those of ``order`` that are known; without names the customer's number stands in their place."""
    if "customer_name" in order and "customer_name" not in known:
        order = ["customer_id" if name == "customer_name" else name for name in order if name != "customer_id"]
    return [name for name in order if name in known and name != "total"]


def literal(text: str) -> str:
    """``text`` from outside for use among Markdown: it reads as it is, whatever signs are in it."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def plain(view: View, lines: Sequence[Mapping[str, str]]) -> None:
    """A small table of texts, as text: every cell can be read, searched and printed."""
    names = list(lines[0])
    head = " | ".join(heading(view.lang, name) for name in names)
    body = "\n".join(
        "| " + " | ".join(_UNPARTED.sub(r"\\|", line[name]) or " " for name in names) + " |" for line in lines
    )
    st.markdown(f"| {head} |\n|{'---|' * len(names)}\n{body}")


def lengths(view: View, table: pa.Table, dimension: str, key: str) -> None:
    """Median and P90 by ``dimension`` in words, with what they rest on: columns value, median, p90, done, waiting."""
    told = [
        words.t(view.lang, "scope.not_given") if raw is None else view.value(dimension, raw)
        for raw in table.column("value").to_pylist()
    ]
    times = {
        name: [NOTHING if length is None else duration(length, view.lang) for length in table.column(name).to_pylist()]
        for name in ("median", "p90")
    }
    counts = {name: table.column(name) for name in ("done", "waiting")}
    show(view, pa.table({dimension: told, **times, **counts}), key)


def _with_reasons(table: pa.Table, lang: str) -> pa.Table:
    told = [
        reason(lang, row["table_name"], row["column_name"], row["rule"], row["value"], row["detail"])
        for row in table.to_pylist()
    ]
    place = table.column_names.index("detail")
    return table.set_column(place, "reason", pa.array(told, pa.string()))


def _with_groups(table: pa.Table, lang: str) -> pa.Table:
    """The names of groups in ``lang`` only; what is of none among others that are of one is called so."""
    told = table.column(f"groups_{lang}")
    if told.null_count < len(told):
        told = told.fill_null(words.t(lang, "handover.other"))
    table = table.set_column(table.column_names.index("groups_en"), "groups", told)
    return table.drop_columns(["groups_zh"])


def _with_parts(table: pa.Table, name: str, lang: str) -> pa.Table:
    currency = meta().currency
    told = [all_in_words(packed or "", lang, currency) for packed in table.column(name).to_pylist()]
    return table.set_column(table.column_names.index(name), name, pa.array(told, pa.string()))


def _column(lang: str, name: str, kind: pa.DataType) -> Any:
    label = heading(lang, name)
    if pa.types.is_timestamp(kind):
        return st.column_config.DatetimeColumn(label, format=_TIME)
    if pa.types.is_date(kind):
        return st.column_config.DateColumn(label, format="YYYY-MM-DD")
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return st.column_config.NumberColumn(label, format="%.0f%%" if name in _SHARES else "localized")
    return st.column_config.TextColumn(label, width="large" if name in _WIDE else None, pinned=name in _PINNED or None)
