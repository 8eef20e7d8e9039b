"""Links: a query string is read once, when a session begins; from then on widgets and URL follow each other.

Streamlit writes labels into the URL, which differ by language. A link may name a choice by its code or by its label in
either language; it is rewritten into the labels of the session's language. What no longer exists is dropped.
"""

from collections.abc import Callable, Iterable

import streamlit as st

from queries import DIMENSIONS, Viewer, options, version
from ui import care, labels, sides, surveys, what_if
from words import LANGUAGES

_OPENED = "_opened"
Naming = Callable[[str, str], str]
"""(language, code) -> label"""


def language() -> str:
    """The language of this session: the link's, else the browser's if it is one of ours, else English."""
    if st.session_state.get("lang") not in LANGUAGES:
        asked = _codes(st.query_params.get_all("lang"), LANGUAGES, _naming("lang"))
        local = "zh" if (st.context.locale or "").lower().startswith("zh") else "en"
        st.session_state["lang"] = asked[0] if asked else local
    return str(st.session_state["lang"])


def follow(lang: str, viewer: Viewer) -> None:
    """On a session's first run, put the link into the words of ``lang``; if that changes it, begin again from there."""
    if _OPENED in st.session_state:
        return
    st.session_state[_OPENED] = True
    asked = {key: st.query_params.get_all(key) for key in st.query_params}
    told = {key: texts for key in asked if (texts := _told(lang, key, asked[key], viewer))}
    told["lang"] = [labels.choice(lang, "lang", lang)]
    if told != asked:
        st.query_params.from_dict(told)
    if any(asked.get(key) != told.get(key) for key in asked):
        st.rerun()


def _told(lang: str, key: str, texts: list[str], viewer: Viewer) -> list[str]:
    """What the link says under ``key``, in the labels of ``lang``."""
    if key in labels.CHOICES:
        codes: Iterable[str] = labels.CHOICES[key][1]
        naming = _naming(key)
    elif key in DIMENSIONS and version():
        codes, naming = options(key, viewer), lambda tongue, raw: labels.value(tongue, key, raw)
    elif key == "touchpoint" and version():
        codes, naming = surveys.touchpoints(viewer), surveys.touchpoint
    elif key == "rule" and version():
        codes, naming = what_if.names(), what_if.called
    elif key in ("this_is", "that_is") and version():
        codes, naming = sides.names(viewer), sides.called
    elif key == "care_owner" and version():
        codes, naming = care.owners(viewer), care.owner_name
    else:
        return texts
    return [naming(lang, code) for code in _codes(texts, codes, naming)]


def _naming(key: str) -> Naming:
    return lambda tongue, code: labels.choice(tongue, key, code)


def _codes(texts: Iterable[str], codes: Iterable[str], naming: Naming) -> list[str]:
    """The codes that ``texts`` mean: themselves codes, or labels in any language."""
    known = {naming(tongue, code): code for code in codes for tongue in LANGUAGES} | {code: code for code in codes}
    return [known[text] for text in texts if text in known]
