"""The sidebar: language, period, comparison and filters, each bound to the URL; together they make the view."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import streamlit as st

import words
from queries import DIMENSIONS, NOT_GIVEN, Meta, Scope, Viewer, meta, options
from ui import labels, period, state
from ui.view import View


def language_switch(lang: str) -> None:
    """English or Chinese."""
    st.sidebar.segmented_control(
        words.t(lang, "frame.language"),
        words.LANGUAGES,
        format_func=lambda code: labels.choice(lang, "lang", code),
        required=True,
        key="lang",
        bind="query-params",
        on_change=state.hold,
        label_visibility="collapsed",
    )


def view(lang: str, viewer: Viewer, timeless: bool) -> View:
    """Draw the sidebar and return what it says. ``timeless``: the page shows a state, whatever the period."""
    known = meta()
    with st.sidebar:
        start, end = _period(lang, known, timeless)
        compare = _comparison(lang, timeless) if start else "none"
        scope = _filters(lang, Scope(start, end, viewer=viewer))
        default = _default(known)
        st.button(
            words.t(lang, "frame.reset"),
            icon=":material/restart_alt:",
            on_click=state.reset,
            args=(default,),
            disabled=scope == Scope(*_span(default, known), viewer=viewer) and compare == "none",
            width="stretch",
        )
    before = scope.previous("year" if compare == "year" else "period") if compare != "none" else None
    return View(lang, st.context.theme.type or "light", scope, before, compare, known)


def _default(known: Meta) -> str:
    return period.DEFAULT if known.as_of_day else "all"


def _period(lang: str, known: Meta, timeless: bool) -> period.Span:
    choices = period.PERIODS if known.as_of_day else ("all",)
    if st.session_state.get("period", _default(known)) not in choices:
        del st.session_state["period"]
    name = st.selectbox(
        words.t(lang, "frame.period"),
        choices,
        index=choices.index(_default(known)),
        format_func=lambda code: labels.choice(lang, "period", code),
        key="period",
        bind="query-params",
        disabled=timeless,
        help=words.t(lang, "frame.timeless") if timeless else None,
    )
    if name == "custom":
        return _custom(lang, known)
    return _span(str(name), known)


def _span(name: str, known: Meta) -> period.Span:
    return period.span(name, known.as_of_day, datetime.now(ZoneInfo(known.timezone)).date())


def _custom(lang: str, known: Meta) -> period.Span:
    default = _span(period.DEFAULT, known)
    chosen = st.date_input(
        words.t(lang, "frame.dates"),
        value=[day for day in default if day],
        min_value=date(1970, 1, 1),
        max_value=known.as_of_day,
        format="YYYY-MM-DD",
        required=True,
        key="dates",
        bind="query-params",
    )
    days = [day for day in chosen if isinstance(day, date)] if isinstance(chosen, tuple) else []
    return (days[0], days[-1]) if days else default


def _comparison(lang: str, timeless: bool) -> str:
    return str(
        st.selectbox(
            words.t(lang, "frame.compare"),
            labels.COMPARISONS,
            format_func=lambda code: labels.choice(lang, "compare", code),
            key="compare",
            bind="query-params",
            disabled=timeless,
        )
    )


def _filters(lang: str, scope: Scope) -> Scope:
    for name in DIMENSIONS:
        found = options(name, scope.viewer)
        if set(found) - {NOT_GIVEN}:
            scope = scope.narrow(name, _filter(lang, name, found))
    return scope


def _filter(lang: str, name: str, found: tuple[str, ...]) -> list[str]:
    state.keep_known(name, found)
    return st.multiselect(
        _capital(words.t(lang, f"dimension.{name}")),
        found,
        format_func=lambda raw: labels.value(lang, name, raw),
        placeholder=words.t(lang, "frame.everything"),
        key=name,
        bind="query-params",
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
