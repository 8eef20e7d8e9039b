"""The values of a policy file, each knowing where it stands, so that an error names file, line and key."""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from warehouse.derive.toml_lines import Lines, Place
from warehouse.errors import LoadError
from warehouse.settings import read_toml


@dataclass(frozen=True)
class Node:
    """A value of a TOML file (None where there is none) and where it stands; ``what`` names it in an error."""

    file: str
    lines: Lines
    value: Any
    place: Place = ()
    what: str = ""

    @property
    def line(self) -> int:
        return self.lines.of(self.place)

    @property
    def where(self) -> str:
        """How an error begins: file, line and what is meant."""
        return f"{self.file} line {self.line}" + (f", {self.what}" if self.what else "")

    def wrong(self, told: str) -> LoadError:
        """The error to raise; ``told`` says what is wrong and what to write."""
        return LoadError(f"{self.where}: {told}")

    def named(self, what: str) -> "Node":
        """The same value under another name."""
        return Node(self.file, self.lines, self.value, self.place, what)

    def child(self, key: str | int) -> "Node":
        """What the table has under a key, or the list under a number."""
        value = self.value.get(key) if isinstance(self.value, dict) else self.value[key]
        return Node(self.file, self.lines, value, (*self.place, key), f"{self.what} {key}".strip())

    def fields(self, known: Collection[str] | None = None, advice: str = "write name = value") -> "list[Node]":
        """What the table holds, in its order. Raises LoadError for no table and for a key that is not ``known``."""
        if not isinstance(self.value, dict):
            raise self.wrong(f"must be a table of names and values, not {shown(self.value)}; {advice}.")
        for key in self.value:
            if known is not None and key not in known:
                node = Node(self.file, self.lines, None, (*self.place, key), self.what)
                raise node.wrong(f"unknown key “{key}”; {nearest(key, known)}")
        return [self.child(key) for key in self.value]

    def items(self, advice: str) -> "list[Node]":
        """What the list holds. Raises LoadError with the advice for anything but a list."""
        if not isinstance(self.value, list):
            raise self.wrong(f"must be a list, not {shown(self.value)}; {advice}.")
        return [self.child(number).named(self.what) for number in range(len(self.value))]

    def text(self, advice: str) -> str:
        """The text. Raises LoadError with the advice where it is missing, empty or something else."""
        if self.value is None:
            raise self.wrong(f"is missing; {advice}.")
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.wrong(f"must be a text, not {shown(self.value)}; {advice}.")
        return self.value


def read_node(path: Path) -> Node:
    """The whole file. Raises LoadError if it is missing or no TOML."""
    given = read_toml(path)
    return Node(path.name, Lines(path.read_text(encoding="utf-8")), given)


def shown(value: Any) -> str:
    """A value as it stands in the file, nearly."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "nothing" if value is None else f"“{value}”" if isinstance(value, str) else str(value)


def nearest(given: Any, known: Collection[str]) -> str:
    """Advice to somebody who wrote what nobody knows."""
    near = get_close_matches(str(given), known, 1)
    return f"did you mean “{near[0]}”?" if near else f"write one of {', '.join(known)}."
