"""The policy of feeds: read from ``feeds.toml`` and held against what it may say."""

import re
from dataclasses import dataclass
from pathlib import Path

from warehouse.derive.simplified import simplified
from warehouse.derive.toml_node import Node, read_node, shown
from warehouse.settings import POLICY

_NAMES = 'write ["…", "…"] as your data has them, or [] for none'
_LISTS = 'write words = ["…", "…"]'


@dataclass(frozen=True)
class Group:
    """One group of questions; ``pattern``: what a text that belongs to it matches."""

    key: str
    en: str
    zh: str
    pattern: str


@dataclass(frozen=True)
class Bought:
    """What shows that somebody who asks has bought already; ``pattern``: what the text matches."""

    categories: tuple[str, ...]
    touchpoints: tuple[str, ...]
    pattern: str


@dataclass(frozen=True)
class FeedPolicy:
    """``wish``: what a text that wishes for something matches; the rest as it is explained in the file."""

    bought: Bought
    groups: tuple[Group, ...]
    wish: str
    most_topics: int
    least_texts: int
    least_letters: int
    most_unhappy: float


def read_feed_policy(path: Path = POLICY / "feeds.toml") -> FeedPolicy:
    """The policy in ``path``. Raises LoadError that names file, line and key, what is wrong and what to write."""
    file = read_node(path)
    file.fields(("bought", "sticking", "demand", "praise"))
    demand, praise = file.child("demand"), file.child("praise")
    demand.fields(("words", "most_topics", "least_texts"), _LISTS)
    praise.fields(("least_letters", "most_unhappy"), "write least_letters = 16 and most_unhappy = 0.2")
    groups = file.child("sticking").fields(advice='write [sticking.price] and below it en = "…", zh = "…", words = [ ]')
    return FeedPolicy(
        _bought(file.child("bought")),
        tuple(_group(node) for node in groups),
        _pattern(demand.child("words")),
        int(_number(demand.child("most_topics"), 2, 100, 24)),
        int(_number(demand.child("least_texts"), 2, 10_000, 5)),
        int(_number(praise.child("least_letters"), 1, 1000, 16)),
        _number(praise.child("most_unhappy"), 0, 1, 0.2),
    )


def _bought(node: Node) -> Bought:
    node.fields(("categories", "touchpoints", "words"), _LISTS)
    named = (node.child(name).items(_NAMES) for name in ("categories", "touchpoints"))
    categories, touchpoints = (tuple(item.text(_NAMES) for item in items) for items in named)
    return Bought(categories, touchpoints, _pattern(node.child("words")))


def _group(node: Node) -> Group:
    node.fields(("en", "zh", "words"), 'write en = "…", zh = "…", words = ["…"]')
    en, zh = (node.child(name).text(f'write {name} = "…"') for name in ("en", "zh"))
    return Group(str(node.place[-1]), en, zh, _pattern(node.child("words")))


def _pattern(node: Node) -> str:
    """A regular expression that a plain text with any of some words matches."""
    words = [word.text(_LISTS).strip().lower() for word in node.items(_LISTS)]
    if not words:
        raise node.wrong(f"is empty; {_LISTS}.")
    return "|".join(dict.fromkeys(map(_form, simplified(words))))


def _form(word: str) -> str:
    """Letters begin a word; Chinese characters may stand anywhere."""
    return (r"\b" if word[0].isascii() else "") + re.escape(word)


def _number(node: Node, least: float, most: float, usual: float) -> float:
    value = node.value
    if type(value) not in (int, float) or not least <= value <= most:
        told = f"must be a number from {least} to {most}, not {shown(value)}"
        raise node.wrong(f"{told}; write for example {node.place[-1]} = {usual}.")
    return float(value)
