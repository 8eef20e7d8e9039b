"""Every string a person reads, English and Chinese side by side, in the .toml files of this folder.

A table like ``[queue] title = { en = "...", zh = "..." }`` is the key ``queue.title``; all files share one name space.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

LANGUAGES = ("en", "zh")
FOLDER = Path(__file__).parent

Entry = Mapping[str, str]


class WordsError(Exception):
    """A words file that contradicts itself: a key given twice, or a language missing."""


def t(lang: str, key: str, **values: object) -> str:
    """The string for ``key`` with ``values`` filled in. Raises KeyError for an unknown key, language or value."""
    text = entries()[key][lang]
    return text.format(**values) if values else text


def has(key: str) -> bool:
    """Whether there is such a key."""
    return key in entries()


def value(lang: str, column: str, raw: str) -> str:
    """What people call the value ``raw`` of ``column``; a value without words of its own stands for itself."""
    entry = entries().get(f"value.{column}.{raw}")
    return entry[lang] if entry else raw


@cache
def known(column: str) -> bool:
    """Whether any value of ``column`` has words of its own."""
    return any(key.startswith(f"value.{column}.") for key in entries())


@cache
def entries() -> Mapping[str, Entry]:
    """All strings by key, read once. Raises `WordsError`."""
    found: dict[str, Entry] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for key, entry in _flat(tomllib.loads(path.read_text(encoding="utf-8"))):
            if key in found:
                raise WordsError(f"{path.name}: {key} is already defined")
            if set(entry) != set(LANGUAGES) or not all(entry.values()):
                raise WordsError(f"{path.name}: {key} needs words in each of {', '.join(LANGUAGES)}")
            found[key] = MappingProxyType(entry)
    return MappingProxyType(found)


def _flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """(dotted key, entry) of every entry below ``table``: what holds a string is an entry, what holds none a table."""
    for name, inner in table.items():
        if any(isinstance(leaf, str) for leaf in inner.values()):
            yield prefix + name, inner
        else:
            yield from _flat(inner, f"{prefix}{name}.")
