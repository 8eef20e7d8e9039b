"""Delimited text, record by record: what is whole and what is broken."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.reading.model import WHITESPACE, ReadError

MAX_LINES = 10_000  # a record over more lines than this is an opened quote that nobody closed
MAX_RETRIES = 2_000_000  # lines read again after such quotes, before the file is refused

_INSIDE = re.compile(r'[^"]*(?:""[^"]*)*')
_UNCLOSED = "a quote is opened and never closed"


@dataclass(slots=True)
class Record:
    """One record: its fields, or what is wrong with its quotes. ``number`` as a spreadsheet shows it."""

    number: int
    raw: str
    fields: list[str]
    problem: str | None = None


class Records:
    """The records of delimited text. Blank lines are skipped but counted; a record with quoted line ends is one row.

    Quotes work as DuckDB's strict reader takes them: one blank before and any number after a quoted field are ignored,
    quotes inside an unquoted field are ordinary characters, anything else after a closing quote is an error. Where
    quotes go wrong, only the first line is broken and reading resumes at the next.
    """

    def __init__(self, lines: Iterator[str], delimiter: str, file: str) -> None:
        self._lines = lines
        self._file = file
        self._again: deque[str] = deque()
        self._retries = 0
        self._delimiter = delimiter
        end = re.escape(delimiter)
        self._after = re.compile(rf" *(?:({end})|[\r\n]|\Z)")
        self._bare = re.compile(rf"[^\r\n{end}]*")

    def __iter__(self) -> Iterator[Record]:
        number = 0
        while (line := self._next()) is not None:
            number += 1
            body = line.rstrip("\r\n")
            if not body:
                continue
            if self._delimiter == WHITESPACE:
                fields = body.split()
                if fields:
                    yield Record(number, body, fields)
            elif '"' not in body:
                yield Record(number, body, body.split(self._delimiter))
            else:
                yield self._quoted(number, line)

    def _next(self) -> str | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def _quoted(self, number: int, line: str) -> Record:
        """A record that starts with ``line``, which holds a quote, and may go on over further lines."""
        taken, fields, at = [line], list[str](), 0
        while True:
            start = self._opening(line, at)
            if start is None:
                value = self._bare.match(line, at)
                fields.append(value[0])  # type: ignore[index]
                at = value.end()  # type: ignore[union-attr]
                if line[at : at + 1] != self._delimiter:
                    return Record(number, _joined(taken), fields)
                at += 1
                continue
            value_text, line, at = self._inside(line, start, taken)
            if at < 0:
                return self._give_up(number, taken, _UNCLOSED)
            after = self._after.match(line, at)
            if after is None:
                return self._give_up(number, taken, "there is text after a closing quote")
            fields.append(value_text)
            if after[1] is None:
                return Record(number, _joined(taken), fields)
            at = after.end()

    @staticmethod
    def _opening(line: str, at: int) -> int | None:
        """Where the content of a quoted field begins that starts at ``at``."""
        if line.startswith('"', at):
            return at + 1
        return at + 2 if line.startswith(' "', at) else None

    def _inside(self, line: str, at: int, taken: list[str]) -> tuple[str, str, int]:
        """The content from ``at``, the line where it ends, and the place after its closing quote (-1: none)."""
        parts = []
        while True:
            found = _INSIDE.match(line, at)
            parts.append(found[0])  # type: ignore[index]
            if found.end() < len(line):  # type: ignore[union-attr]
                return "".join(parts).replace('""', '"'), line, found.end() + 1  # type: ignore[union-attr]
            following = self._next() if len(taken) < MAX_LINES else None
            if following is None:
                return "", line, -1
            taken.append(following)
            line, at = following, 0

    def _give_up(self, number: int, taken: list[str], problem: str) -> Record:
        self._again.extendleft(reversed(taken[1:]))
        self._retries += len(taken) - 1
        if self._retries > MAX_RETRIES:
            raise ReadError(
                f"{self._file}: the quotes do not pair up all over the file; expected fields with quotes inside to be "
                'written as "…""…". Export it again, or choose another delimiter in the mapping.'
            )
        return Record(number, _joined(taken[:1]), [], problem)


def _joined(lines: list[str]) -> str:
    return "".join(lines).rstrip("\r\n")
