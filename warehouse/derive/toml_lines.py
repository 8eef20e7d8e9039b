"""On which line of a TOML file something stands: tomllib tells values only, and an error should point at its cause."""

import re
from collections import deque
from collections.abc import Iterator
from tomllib import loads

Place = tuple[str | int, ...]
"""The way to a value: keys of tables and, from 0, numbers of list items."""

_TEXT = r""""{3}(?:\\.|[^\\])*?"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\])*"|'[^']*'"""
_TOKEN = re.compile(rf"""\#[^\n]*|({_TEXT}|[\[\]{{}}=,.\n]|[^\s\[\]{{}}=,.\#"']+)""", re.DOTALL)


class Lines:
    """The line, from 1, of every key, table and list item of a TOML text that tomllib can read."""

    def __init__(self, text: str) -> None:
        found = (match for match in _TOKEN.finditer(text) if match[1])
        self._tokens = deque((match[1], text.count("\n", 0, match.start()) + 1) for match in found)
        self._lines: dict[Place, int] = {}
        self._counts: dict[Place, int] = {}
        table: Place = ()
        while self._tokens:
            if self._tokens[0][0] == "[":
                table = self._header()
            elif not self._skipped("\n"):
                self._pair(table)

    def of(self, place: Place) -> int:
        """The line of ``place``; of what is nearest around it where it does not stand in the text."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    def _header(self) -> Place:
        line = self._tokens[0][1]
        is_list = self._skipped("[") and self._skipped("[")
        table: Place = ()
        for key in self._key():
            table = (*self._latest(table), key)
            self._lines.setdefault(table, line)
        if is_list:
            self._counts[table] = self._counts.get(table, 0) + 1
        while self._skipped("]"):
            pass
        table = self._latest(table)
        self._lines.setdefault(table, line)
        return table

    def _latest(self, place: Place) -> Place:
        """The last item so far where ``place`` is a list of tables."""
        return (*place, self._counts[place] - 1) if place in self._counts else place

    def _pair(self, table: Place) -> None:
        line = self._tokens[0][1]
        for key in self._key():
            table = (*table, key)
            self._lines.setdefault(table, line)
        self._skipped("=")
        self._value(table)

    def _key(self) -> Iterator[str]:
        yield self._name()
        while self._skipped("."):
            yield self._name()

    def _name(self) -> str:
        token = self._tokens.popleft()[0]
        return str(loads(f"name = {token}")["name"]) if token[0] in "\"'" else token

    def _value(self, place: Place) -> None:
        if self._skipped("{"):
            while not self._skipped("}"):
                if not self._skipped(",", "\n"):
                    self._pair(place)
        elif self._skipped("["):
            self._items(place)
        else:
            while self._tokens and self._tokens[0][0] not in (",", "]", "}", "\n"):
                self._tokens.popleft()

    def _items(self, place: Place) -> None:
        number = 0
        while not self._skipped("]"):
            if not self._skipped(",", "\n"):
                self._lines[*place, number] = self._tokens[0][1]
                self._value((*place, number))
                number += 1

    def _skipped(self, *marks: str) -> bool:
        found = bool(self._tokens) and self._tokens[0][0] in marks
        if found:
            self._tokens.popleft()
        return found
