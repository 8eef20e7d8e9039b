"""JSON lines: one object a line."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warehouse.reading.encodings import Encoding, detect, open_text, readable, unreadable
from warehouse.reading.files import Found
from warehouse.reading.header import column_names
from warehouse.reading.model import Broken, Format, ReadError, Staged
from warehouse.reading.rows import RowWriter

_HALF = re.compile("[\ud800-\udfff]")


class _Number(str):
    """A JSON number exactly as it was written."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("one name stands twice in an object")
    return found


_DECODER = json.JSONDecoder(
    parse_int=_Number, parse_float=_Number, parse_constant=_Number, object_pairs_hook=_once, strict=False
)


def stage_lines(found: Found, fmt: Format, workdir: Path) -> Staged:
    """The union of all keys, in order of first appearance. Raises ReadError for a JSON array or a file of no lines."""
    encoding = detect(found.path, fmt, thorough=True)
    columns = _keys(found, encoding)
    broken = []
    with RowWriter(workdir / "rows.parquet", column_names(columns, found.name)) as writer:
        for number, line in _numbered(found.path, encoding):
            value = _parse(line)
            if isinstance(value, dict):
                writer.add(number, [_text(value.get(key)) for key in columns], len(line))
            else:
                broken.append(Broken(number, readable(line), *value))
    return Staged(writer.sql, writer.columns, True, 1, tuple(broken), encoding.name, encoding.guessed)


def _numbered(path: Path, encoding: Encoding) -> Iterator[tuple[int, str]]:
    with open_text(path, encoding.name) as handle:
        for number, line in enumerate(handle, 1):
            text = line.removeprefix("\ufeff").strip()
            if text:
                yield number, text


def _keys(found: Found, encoding: Encoding) -> list[str]:
    keys: dict[str, None] = {}
    lines = 0
    for _, line in _numbered(found.path, encoding):
        lines += 1
        if lines == 1 and line.startswith("["):
            raise ReadError(
                f"{found.name}: the file is one JSON array; expected one object a line. Convert it: jq -c '.[]' FILE."
            )
        value = _parse(line)
        if isinstance(value, dict):
            keys.update(dict.fromkeys(value))
    if not keys:
        raise ReadError(f"{found.name}: none of the {lines} lines holds a JSON object; expected one object a line.")
    return list(keys)


def _parse(line: str) -> dict[str, Any] | tuple[str, str]:
    """The object of a line, or rule and detail of what is wrong with it."""
    if problem := unreadable(line):
        return "encoding", f"holds {problem}"
    try:
        value = _DECODER.decode(line)
    except (ValueError, RecursionError) as error:
        return "shape", f"not valid JSON: {error}"[:200]
    if not isinstance(value, dict):
        return "shape", "the line is valid JSON, but not an object in { }"
    if "\\u" in line and _HALF.search(_json(value)):
        return "encoding", "holds half of a surrogate pair, which is not a character"
    return value


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return _json(value)


def _json(value: Any) -> str:
    """Nested values as JSON again, numbers as they were written."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, dict):
        return (
            "{" + ",".join(f"{json.dumps(key, ensure_ascii=False)}:{_json(item)}" for key, item in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ",".join(map(_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
