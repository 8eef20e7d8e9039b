"""Reads a .sql file of ours: a comment on top that says what it is, tags that declare it, then one SELECT.

A tag ``:like other`` stands for the SELECT of the file ``other`` beside it.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from queries.errors import BadDefinition

_TAG = re.compile(r":(\w+)\s*(.*)", re.DOTALL)


@dataclass(frozen=True)
class SqlFile:
    """``doc`` is the prose on top, ``tags`` the `:tag text` lines in order, ``tree`` the parsed SELECT."""

    name: str
    doc: str
    tags: tuple[tuple[str, str], ...]
    tree: exp.Query

    def one(self, tag: str) -> str | None:
        """The text of a tag that may stand once. Raises `BadDefinition` when it stands twice."""
        found = [text for name, text in self.tags if name == tag]
        if len(found) > 1:
            raise BadDefinition(f"{self.name}: :{tag} stands {len(found)} times")
        return found[0] if found else None

    def names(self, tag: str) -> tuple[str, ...]:
        """The comma-separated names after a tag; empty when the tag is missing."""
        text = without_reason(self.one(tag) or "")
        return tuple(part.strip() for part in text.split(",") if part.strip())


def without_reason(text: str) -> str:
    """What stands before the dash that begins an explanation."""
    return text.split(" — ")[0].strip()


def read(path: Path, tags: set[str]) -> SqlFile:
    """The file at ``path``. Raises `BadDefinition` for a tag not in ``tags`` or a body that is not one SELECT."""
    head, body = _split(path.read_text(encoding="utf-8"))
    doc, found = _tags(head)
    unknown = sorted({name for name, _ in found} - tags)
    if unknown or not doc:
        raise BadDefinition(f"{path.name}: " + (f"unknown tag :{unknown[0]}" if unknown else "no docstring on top"))
    return SqlFile(path.stem, doc, tuple(found), _parse(path.name, _body(path, body, dict(found).get("like"))))


def _body(path: Path, own: str, like: str | None) -> str:
    if like is None:
        return own
    other = path.with_name(f"{like}.sql")
    if own.strip() or not other.exists():
        raise BadDefinition(f"{path.name}: " + ("a body beside :like" if own.strip() else f"there is no {other.name}"))
    return _split(other.read_text(encoding="utf-8"))[1]


def _split(text: str) -> tuple[list[str], str]:
    """Leading comment lines without their dashes, and the rest."""
    lines = text.splitlines()
    height = next((place for place, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return [line[2:].removeprefix(" ") for line in lines[:height]], "\n".join(lines[height:])


def _tags(head: list[str]) -> tuple[str, list[tuple[str, str]]]:
    """Prose and (tag, text) pairs; an indented line continues the tag above it."""
    first = next((place for place, line in enumerate(head) if line.startswith(":")), len(head))
    joined = re.sub(r"\n\s+", " ", "\n".join(head[first:]))
    matches = [match for line in joined.splitlines() if (match := _TAG.match(line))]
    return "\n".join(head[:first]).strip(), [(match[1], match[2].strip()) for match in matches]


def _parse(name: str, body: str) -> exp.Query:
    try:
        trees = [tree for tree in sqlglot.parse(body, read="duckdb") if tree]
    except SqlglotError as error:
        raise BadDefinition(f"{name}: {error}") from error
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise BadDefinition(f"{name}: the body must be one SELECT")
    return trees[0]
