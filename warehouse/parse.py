"""From the file's text to typed values, as SQL. What cannot be read becomes NULL, which the type rule then reports."""

from collections.abc import Callable

from schemas import Column
from warehouse.mapping import ColumnMap, SourceMap
from warehouse.sql import literal, name, one_of, to_utc

_YES = ("true", "t", "yes", "y", "1", "是", "有", "oui", "si", "ja")
_DAY = r"\d{4}[-/]\d{1,2}[-/]\d{1,2}"
_CLOCK = r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?"
_NO = ("false", "f", "no", "n", "0", "否", "无", "non", "nein")


def text_of(column: ColumnMap, source: SourceMap) -> str:
    """The cleaned text of one of our columns: outer blanks off, missing marks to NULL, values translated."""
    if column.source is None:
        return literal(column.value or "")
    text = f"nullif(trim({name(column.source)}), '')"
    if marks := [mark for mark in source.missing if mark]:
        text = f"CASE WHEN NOT {one_of(text, marks)} THEN {text} END"
    if column.values:
        pairs = " ".join(f"WHEN {literal(theirs)} THEN {literal(ours)}" for theirs, ours in column.values.items())
        rest = literal(column.default) if column.default is not None else text
        return f"CASE {text} {pairs} ELSE {rest} END"
    return f"coalesce({text}, {literal(column.default)})" if column.default is not None else text


def value_of(text: str, column: Column, how: ColumnMap, source: SourceMap, zone: str) -> str:
    """The typed value of ``text`` (a column's name): whole BIGINT, number DOUBLE, day DATE, time TIMESTAMP in UTC."""
    readers: dict[str, Callable[[], str]] = {
        "text": lambda: text,
        "whole": lambda: _whole(_number(text, source.decimal)),
        "number": lambda: _number(text, source.decimal),
        "yes_no": lambda: (
            f"CASE WHEN {one_of(f'lower({text})', _YES)} THEN true WHEN {one_of(f'lower({text})', _NO)} THEN false END"
        ),
        "day": lambda: f"({_local(text, how.format or source.dates)})::DATE",
        "time": lambda: _time(text, how.format or source.dates, source.timezone or zone),
    }
    return readers[column.kind]()


def _number(text: str, decimal: str) -> str:
    plain = f"replace(replace({text}, '.', ''), ',', '.')" if decimal == "," else text
    number = f"TRY_CAST({plain} AS DOUBLE)"
    return f"CASE WHEN isfinite({number}) THEN {number} END"


def _whole(number: str) -> str:
    return f"CASE WHEN trunc({number}) = {number} THEN TRY_CAST({number} AS BIGINT) END"


def _local(text: str, pattern: str | None) -> str:
    if pattern:
        return f"try_strptime({text}, {literal(pattern)})"
    return f"TRY_CAST({text} AS TIMESTAMP)"


def _time(text: str, pattern: str | None, zone: str) -> str:
    if pattern and "%z" in pattern.lower():
        return f"({_local(text, pattern)})::TIMESTAMPTZ AT TIME ZONE 'UTC'"
    local = to_utc(_local(text, pattern), zone)
    return local if pattern else f"CASE WHEN {_plain(text)} THEN {local} ELSE {_with_offset(text)} END"


def _plain(text: str) -> str:
    """Whether an ISO time names no offset. Its length settles nearly every row; only odd ones pay for the pattern."""
    return (
        f"CASE length({text}) WHEN 19 THEN substr({text}, 17, 1) = ':' WHEN 10 THEN true "
        f"ELSE regexp_full_match({text}, '{_DAY}({_CLOCK})?') END"
    )


def _with_offset(text: str) -> str:
    """UTC of an ISO time that ends in Z or an offset (+08, +08:00, +0800); NULL for anything else."""
    tidy = f"regexp_replace({text}, '\\s*([+-]\\d\\d):?(\\d\\d)$', '\\1:\\2')"
    fits = f"regexp_full_match({text}, '{_DAY}{_CLOCK}\\s*(Z|[+-]\\d\\d(:?\\d\\d)?)')"
    return f"CASE WHEN {fits} THEN TRY_CAST({tidy} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' END"
