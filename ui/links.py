"""Links: what a query string asks for, taken over once when a session begins; then widgets and URL follow each other.

A link may name a choice by its code or by its label in either language, so it works whatever language it was made in.
What it names that does not exist (any more) is dropped.
"""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

import words

_OPENED = "_opened"
Labels = Mapping[str, Sequence[str]]


def opening() -> bool:
    """Whether this is the session's first run, the one that takes the link over."""
    return _OPENED not in st.session_state


def opened() -> None:
    """The link has been taken over."""
    st.session_state[_OPENED] = True


def take(key: str, labels: Labels, many: bool = False) -> None:
    """Put what the link asks for under ``key`` into the session; ``labels`` are a code's names in all languages."""
    if not opening() or key in st.session_state:
        return
    asked = st.query_params.get_all(key)
    found = [code for code in (_code(text, labels) for text in asked) if code is not None]
    if found:
        st.session_state[key] = found if many else found[0]


def names(codes: Iterable[str], prefix: str) -> Labels:
    """The labels of ``codes`` whose words stand under ``prefix``."""
    return {code: [words.t(lang, f"{prefix}.{code}") for lang in words.LANGUAGES] for code in codes}


def _code(text: str, labels: Labels) -> str | None:
    if text in labels:
        return text
    return next((code for code, known in labels.items() if text in known), None)
