"""Delimited text, record by record: what is whole and what is broken."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.reading.model import WHITESPACE, ReadError

MAX_RECORD = 16 << 20  # a record of several lines with more characters than this is a quote that nobody closed
MAX_RETRIES = 256 << 20  # characters read again after such quotes, before the file is refused


@dataclass(slots=True)
class Record:
    """One record: its fields, or what is wrong with its quotes. ``number`` as a spreadsheet shows it."""

    number: int
    raw: str
    fields: list[str]
    problem: str | None = None


def records(lines: Iterator[str], delimiter: str, file: str) -> Iterator[Record]:
    """The records of delimited text. Blank lines are skipped but counted; a record with quoted line ends is one row.

    Quotes work as DuckDB's strict reader takes them: one blank before and any number after a quoted field are ignored,
    quotes inside an unquoted field are ordinary characters, anything else after a closing quote is an error. Where
    quotes go wrong, only the first line is broken and reading resumes at the next.
    """
    return _blank_separated(lines) if delimiter == WHITESPACE else iter(_Delimited(lines, delimiter, file))


def _blank_separated(lines: Iterator[str]) -> Iterator[Record]:
    for number, line in enumerate(lines, 1):
        if fields := line.split():
            yield Record(number, line.rstrip("\r\n"), fields)


class _Lines:
    """Lines that can be put back. ``taken`` are those of the record being read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.taken.append(line)
        return line

    def put_back(self) -> int:
        """Keeps only the first line as taken; returns how many characters were put back."""
        back = self.taken[1:]
        self._again.extendleft(reversed(back))
        del self.taken[1:]
        return sum(map(len, back))


class _Delimited:
    """Python's csv module, and where its rules for quotes are not ours, a record by hand."""

    def __init__(self, lines: Iterator[str], delimiter: str, file: str) -> None:
        self._lines = _Lines(lines)
        self._reader = csv.reader(self._lines, delimiter=delimiter, strict=True)
        self._by_hand = _ByHand(self._lines, delimiter)
        self._blank_quote = re.compile(rf'(?:\A|[\r\n{re.escape(delimiter)}]) "')
        self._file = file
        self._retries = 0

    def __iter__(self) -> Iterator[Record]:
        number = 0
        while True:
            self._lines.taken = []
            try:
                fields = next(self._reader)
            except StopIteration:
                return
            except csv.Error:
                fields = None
            number += 1
            raw = "".join(self._lines.taken)
            if fields is None or (' "' in raw and self._blank_quote.search(raw)):
                yield self._again(number)
            elif fields:
                yield Record(number, raw.rstrip("\r\n"), fields)

    def _again(self, number: int) -> Record:
        """The record that the csv module could not tell, from its first line."""
        self._lines.put_back()
        fields: list[str] = []
        try:
            fields, problem = self._by_hand.fields(), None
        except _MisquotedError as error:
            problem = str(error)
            self._count(self._lines.put_back())
        return Record(number, "".join(self._lines.taken).rstrip("\r\n"), fields, problem)

    def _count(self, characters: int) -> None:
        self._retries += characters
        if self._retries > MAX_RETRIES:
            raise ReadError(
                f"{self._file}: the quotes do not pair up all over the file; expected fields with quotes inside to be "
                'written as "…""…". Export it again, or choose another delimiter in the mapping.'
            )


class _MisquotedError(Exception):
    """What is wrong with a record's quotes."""


class _ByHand:
    """One record, field by field, from the line last taken."""

    def __init__(self, lines: _Lines, delimiter: str) -> None:
        end = re.escape(delimiter)
        self._opening = re.compile(' ?"')
        self._content = re.compile('[^"]*(?:""[^"]*)*')
        self._closed = re.compile(rf" *(?:({end})|[\r\n]|\Z)")
        self._bare = re.compile(rf"([^\r\n{end}]*)({end})?")
        self._lines = lines
        self._line, self._at = "", 0

    def fields(self) -> list[str]:
        """The record's fields; raises _MisquotedError."""
        self._line, self._at = self._lines.taken[0], 0
        fields, more = [], True
        while more:
            text, more = self._field()
            fields.append(text)
        return fields

    def _field(self) -> tuple[str, bool]:
        """The field from here, and whether another follows."""
        if opened := self._opening.match(self._line, self._at):
            self._at = opened.end()
            return self._quoted(), self._goes_on()
        bare = self._bare.match(self._line, self._at)
        assert bare, "the pattern fits even an empty text"
        self._at = bare.end()
        return bare[1], bare[2] is not None

    def _goes_on(self) -> bool:
        closed = self._closed.match(self._line, self._at)
        if closed is None:
            raise _MisquotedError("there is text after a closing quote")
        self._at = closed.end()
        return closed[1] is not None

    def _quoted(self) -> str:
        """The content up to the closing quote, over as many lines as it takes."""
        parts, size = [], 0
        while True:
            content = self._content.match(self._line, self._at)
            assert content, "the pattern fits even an empty text"
            parts.append(content[0])
            self._at = content.end()
            if self._at < len(self._line):
                self._at += 1
                return "".join(parts).replace('""', '"')
            size += len(self._line)
            self._line, self._at = self._following(size), 0

    def _following(self, size: int) -> str:
        line = next(self._lines, None) if size <= MAX_RECORD else None
        if line is None:
            raise _MisquotedError("a quote is opened and never closed")
        return line
