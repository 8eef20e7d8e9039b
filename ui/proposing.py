"""What a topic proposes for a rule: the words that its typical texts share, and the cause whose words are nearest."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

from queries import Scope, ask
from ui import names, tables
from ui.view import View

Row = Mapping[str, Any]
QUOTES = 3
"""So many of its most typical texts stand for a topic."""
NEW = ""
"""Stands for a new cause among those to choose from."""
_SHARING = 2
"""A topic often mixes matters: a word stands for all of it only if so many of its typical texts say it."""
_NEAR = 0.5
"""Two words are near if they share this part of what either has: 没收到 and 没送到 do, 饺子 and 筷子 do not."""


class Near(NamedTuple):
    """A cause, and the word of its rules that comes near."""

    cause: str
    word: str


def words_of(view: View, scope: Scope, row: Row, key: str) -> list[str]:
    """The words of the rule: those of the topic's own that its quotes share; any that its texts say can be chosen."""
    own = (row["words"] or "").split("|")
    found = ask("rule_words", scope, topic=row["topic_id"], typical=QUOTES).to_pylist()
    said = {word["word"]: word["typical"] for word in found}
    return st.multiselect(
        view.t("candidates.words"),
        list(dict.fromkeys([*own, *said])),
        preset(own, said),
        key=f"{key}-words",
        help=view.t("candidates.words_help"),
    )


def cause_of(view: View, key: str, words: list[str]) -> str | None:
    """The cause of the rule: the nearest that is known to begin with, else none."""
    rules = [(rule["cause"], rule["word"]) for rule in ask("cause_signs", Scope()).to_pylist()]
    near = nearest(words, rules)
    offered = [NEW, *names.names(view.lang, "cause")]
    cause = st.selectbox(
        view.t("column.cause"),
        offered,
        offered.index(near.cause) if near else None,
        format_func=lambda code: names.name(view.lang, "cause", code) if code else view.t("candidates.new"),
        key=f"{key}-cause",
        placeholder=view.t("candidates.choose_cause"),
    )
    if near and cause == near.cause:
        st.caption(view.t("candidates.near", word=tables.literal(near.word)))
    return cause


def preset(own: Sequence[str], said: Mapping[str, int]) -> list[str]:
    """Those of a topic's ``own`` words that several of its typical texts share, else the first that is said at all.

    ``said``: word -> how many of the typical texts say it.
    """
    known = [word for word in own if word in said]
    return [word for word in known if said[word] >= _SHARING] or known[:1]


def nearest(words: Iterable[str], rules: Iterable[tuple[str, str]]) -> Near | None:
    """The cause that has the word nearest to any of ``words``; None if none is near, the upper one if two are even.

    ``rules``: cause and word, in the order of the policy.
    """
    wanted = [*map(_parts, words)]
    near = [(max((_alike(_parts(word), parts) for parts in wanted), default=0), cause, word) for cause, word in rules]
    best = max(near, key=lambda found: found[0], default=(0, "", ""))
    return Near(*best[1:]) if best[0] >= _NEAR else None


def _parts(word: str) -> frozenset[str]:
    """Characters where they carry meaning, words elsewhere."""
    return frozenset(word.split() if word.isascii() else word)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
