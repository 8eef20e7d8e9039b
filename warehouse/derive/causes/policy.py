"""The policy of causes: read from ``causes.toml`` and held against what it may say."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from json import dumps
from pathlib import Path
from typing import Any

from warehouse.derive.toml_node import Node, read_node, shown
from warehouse.settings import POLICY
from words import LANGUAGES

CAUSE_SIGNS = {"categories": "category", "words": "word", "also": "also"}
SCENARIO_SIGNS = {"touchpoints": "touchpoint", "words": "word", "categories": "category"}
"""List in the file -> what each of its values is a sign of."""
_KEY = re.compile(r"\w+")
_NAME = 'write name = { en = "…", zh = "…" }'
_DEPARTMENT = "write a department as your tickets write it, or leave the line out"
_TOPICS = {"most": (12, 100), "least_texts": (15, 10_000), "sample_texts": (20_000, 200_000)}
"""Number -> what one might write, and the most it may be."""


@dataclass(frozen=True)
class Subject:
    """A cause or a scenario: ``names`` by language, ``signs`` as pairs of kind (category, word, touchpoint,
    or also: a word that counts where no other does) and value."""

    key: str
    names: Mapping[str, str]
    department: str | None
    signs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CausePolicy:
    """``causes`` and ``scenarios`` in the order of the file; ``topics``: most, least_texts and sample_texts;
    ``ignored``: words that name no topic."""

    causes: tuple[Subject, ...]
    scenarios: tuple[Subject, ...]
    topics: Mapping[str, int]
    ignored: tuple[str, ...]


def read_cause_policy(path: Path = POLICY / "causes.toml") -> CausePolicy:
    """The policy in ``path``. Raises LoadError that names file, line and key, what is wrong and what to write."""
    file = read_node(path)
    file.fields(("causes", "scenarios", "topics"), "write [causes.late_delivery] and its lines")
    topics = file.child("topics")
    return CausePolicy(
        _subjects(file, "causes", ("name", "department", *CAUSE_SIGNS), CAUSE_SIGNS),
        _subjects(file, "scenarios", ("name", *SCENARIO_SIGNS), SCENARIO_SIGNS),
        _topics(topics),
        tuple(_listed(topics.child("ignore"))) if topics.value else (),
    )


def _subjects(file: Node, name: str, known: tuple[str, ...], signs: Mapping[str, str]) -> tuple[Subject, ...]:
    table = file.child(name)
    if table.value is None:
        return ()
    found = [_subject(node, known, signs) for node in table.fields(advice=f"write [{name}.key] and below it its name")]
    for sign in ("category", "touchpoint"):
        _refuse_shared(table, found, sign)
    return tuple(found)


def _subject(node: Node, known: tuple[str, ...], signs: Mapping[str, str]) -> Subject:
    key = str(node.place[-1])
    if not _KEY.fullmatch(key):
        raise node.wrong("the key must be of letters, digits and _, such as late_delivery.")
    node.fields(known, _NAME)
    department = node.child("department")
    found = tuple((sign, value) for column, sign in signs.items() for value in _listed(node.child(column)))
    if not found:
        raise node.wrong(f"has no sign to be known by; write one of {', '.join(signs)}.")
    names = {lang: node.child("name").child(lang).text(_NAME) for lang in _languages(node.child("name"))}
    return Subject(key, names, department.text(_DEPARTMENT) if department.value is not None else None, found)


def _languages(name: Node) -> tuple[str, ...]:
    if name.value is None:
        raise name.wrong(f"is missing; {_NAME}.")
    name.fields(LANGUAGES, _NAME)
    return LANGUAGES


def _listed(node: Node) -> Iterator[str]:
    for item in node.items("write a list of texts in quotes") if node.value is not None else ():
        yield item.text("write a text in quotes").strip()


def _refuse_shared(table: Node, found: list[Subject], sign: str) -> None:
    """A category or touchpoint with two owners would go to either by chance."""
    owner: dict[str, str] = {}
    for subject in found:
        for value in (value for kind, value in subject.signs if kind == sign):
            if value in owner:
                raise table.child(subject.key).wrong(
                    f"{sign} “{value}” stands there twice, at {owner[value]} first; take one out."
                )
            owner[value] = subject.key


def _topics(node: Node) -> dict[str, int]:
    usual = {key: number for key, (number, _) in _TOPICS.items()}
    if node.value is None:
        return usual
    node.fields((*_TOPICS, "ignore"), "write [topics] and below it most = 12")
    return {key: _whole(node.child(key), *_TOPICS[key]) for key in _TOPICS}


def _whole(node: Node, usual: int, most: int) -> int:
    value: Any = usual if node.value is None else node.value
    if type(value) is not int or not 2 <= value <= most:
        raise node.wrong(
            f"must be a whole number from 2 to {most}, not {shown(value)}; write {node.place[-1]} = {usual} or so."
        )
    return value


def as_toml(policy: CausePolicy, head: str = "") -> str:
    """``policy`` as it may stand in the file, below the comment ``head``."""
    tables = {"causes": (policy.causes, CAUSE_SIGNS), "scenarios": (policy.scenarios, SCENARIO_SIGNS)}
    found = [
        line
        for table, (subjects, signs) in tables.items()
        for subject in subjects
        for line in ("", f"[{table}.{_key(subject.key)}]", *_lines(subject, signs))
    ]
    numbers = [f"{key} = {number}" for key, number in policy.topics.items()]
    return "\n".join(
        [head.rstrip(), *found, "", "[topics]", *numbers, f"ignore = {_texts(policy.ignored)}", ""]
    ).lstrip()


def head_of(path: Path) -> str:
    """The comment on top of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(takewhile(lambda line: line.startswith("#"), lines))


def _lines(subject: Subject, signs: Mapping[str, str]) -> Iterator[str]:
    names = ", ".join(f"{lang} = {_text(name)}" for lang, name in subject.names.items())
    yield f"name = {{ {names} }}"
    if subject.department:
        yield f"department = {_text(subject.department)}"
    for column, sign in signs.items():
        if values := [value for kind, value in subject.signs if kind == sign]:
            yield f"{column} = {_texts(values)}"


def _key(key: str) -> str:
    return key if key.isascii() else _text(key)


def _texts(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _text(value: str) -> str:
    """A basic string of TOML, which escapes as JSON does."""
    return dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
