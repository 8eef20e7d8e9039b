"""Root causes: what complaints say, what they are about and who answers for it, when, and the complaints themselves."""

from datetime import date
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.cause_pareto import pareto
from charts.heatmap import heatmap
from charts.lines import lines
from charts.words import cloud, ranked
from queries import METRICS, Scope, ask, table_rows
from queries.sentence import day_in_words
from ui import empty, pictures, rows, state, tables, voices
from ui.header import header
from ui.view import View

_WORDS, _BARS, _PICKED, _CHOICE, _CATEGORIES, _LIST = 100, 25, 6, 40, 16, 50
_COLUMNS = (
    "said_at",
    "category",
    "text",
    "is_vip",
    "responsible",
    "customer_name",
    "ticket_id",
    "region",
    "source",
    "score",
)


def run(view: View) -> None:
    """The page, from top to bottom."""
    header(view, "causes")
    counts = ask("complaint_counts", view.scope).to_pylist()[0]
    if not counts["ever"]:
        loaded = table_rows()
        if loaded["tickets"] or loaded["surveys"]:
            empty.nothing(view, "causes.no_complaints")
        else:
            empty.missing(view, "tickets")
        return
    undated = counts["undated"] == counts["ever"]
    scope = rows.undated(view.scope) if undated else view.scope
    before = voices.compared(view, scope)
    start, end = (before.start, before.end) if before else (None, None)
    words = ask("top_words", scope, before_start=start, before_end=end, limit=_WORDS)
    causes = ask("causes", view.scope, before_start=start, before_end=end, limit=_CATEGORIES)
    stands_out(view, words, before, causes)
    population(view, scope, counts, undated)
    said(view, scope, words, before)
    about(view, causes)
    until = view.scope.end or view.meta.as_of_day
    if until and causes.num_rows:
        when(view, until)
    if until and not undated:
        over_time(view, words, until)
    complaints(view, scope)


def stands_out(view: View, words: pa.Table, before: Scope | None, causes: pa.Table) -> None:
    """What stands out, in two sentences."""
    told = [voices.cause_sentence(view, causes, before)] if causes.num_rows else []
    told += [voices.word_sentence(view, words, before)] if words.num_rows else []
    if told:
        st.info("  \n".join(told), icon=":material/campaign:")


def population(view: View, scope: Scope, counts: dict[str, Any], undated: bool) -> None:
    """Which texts count here."""
    shown = ask("complaint_counts", scope).to_pylist()[0] if undated else counts
    told = [
        view.t(
            "causes.population",
            texts=f"{shown['texts']:,}",
            tickets=f"{shown['tickets_with_text']:,}",
            comments=f"{shown['comments']:,}",
        )
    ]
    if undated:
        told.append(view.t("causes.all_undated"))
    elif counts["undated"] and scope.start:
        told.append(view.t("causes.some_undated", n=f"{counts['undated']:,}"))
    st.caption("  \n".join(told))


def said(view: View, scope: Scope, words: pa.Table, before: Scope | None) -> None:
    """What do they say?"""
    st.header(view.t("causes.words"), anchor=False, help=METRICS["complaint_texts"].description[view.lang])
    if not words.num_rows:
        empty.nothing(view, "causes.no_words")
        return
    shown_as = state.choose(view, "shown_as", "cloud", view.t("causes.shown_as"))
    st.caption(voices.words_legend(view, shown_as, words, before))

    def open_rows(word: str) -> None:
        rows.open_later(_saying(view, scope, word))

    table = voices.word_rows(view, words)
    alt = view.t("causes.words_alt", words=view.t("scope.list_join").join(table.column("value").to_pylist()[:10]))
    if shown_as == "cloud":
        pictures.draw(table, cloud(view.lang, view.theme), "causes-cloud", alt, open_rows)
    else:
        pictures.draw(table.slice(0, _BARS), ranked(view.lang, view.theme), "causes-bars", alt, open_rows)


def _saying(view: View, scope: Scope, word: str) -> rows.Rows:
    return rows.Rows(view.t("causes.found", word=word), "complaint_rows", scope, {"word": word}, ("complaint_texts",))


def about(view: View, causes: pa.Table) -> None:
    """What are they about, and who answers for it?"""
    st.header(view.t("causes.pareto"), anchor=False, help=METRICS["complaints"].description[view.lang])
    if not causes.num_rows:
        empty.nothing(view, "causes.no_tickets")
        return
    st.caption(view.t("causes.pareto_legend", n=f"{causes.column('complaints')[0].as_py():,}"))

    def open_rows(category: str) -> None:
        rows.open_later(_tickets(view, view.scope, category))

    table = voices.cause_rows(view, causes)
    pictures.draw(table, pareto(view.lang, view.theme), "causes-pareto", view.t("causes.pareto_alt"), open_rows)


def _tickets(view: View, scope: Scope, category: str) -> rows.Rows:
    title = f"{METRICS['complaints'].label[view.lang]} · {voices.category(view, category)}"
    return rows.Rows(title, "ticket_rows", scope, {"kind": "complaint", "category": category}, ("complaints",))


def when(view: View, until: date) -> None:
    """When did they come?"""
    st.header(view.t("causes.months"), anchor=False)
    st.caption(view.t("causes.months_legend", day=day_in_words(view.lang, until)))

    def open_rows(picked: str) -> None:
        category, first, last = voices.picked_span(picked, "month")
        rows.open_later(_tickets(view, view.scope.with_period(first, min(last, until)), category))

    table = voices.month_rows(view, ask("cause_months", view.scope, until=until, limit=_CATEGORIES))
    pictures.draw(table, heatmap(view.lang, view.theme), "causes-months", view.t("causes.months_alt"), open_rows)


def over_time(view: View, words: pa.Table, until: date) -> None:
    """Which words come and go?"""
    if not words.num_rows:
        return
    st.header(view.t("causes.trend"), anchor=False)
    st.caption(view.t("causes.trend_legend", day=day_in_words(view.lang, until)))
    offered = words.column("word").to_pylist()[:_CHOICE]
    state.keep_known("trend_words", offered)
    picked = st.multiselect(
        view.t("causes.trend_pick"),
        offered,
        key="trend_words",
        max_selections=_PICKED,
        placeholder=view.t("causes.trend_default", n=_PICKED),
        persist_state="session",
    )
    chosen = picked or voices.first_words(words, _PICKED)
    grain = state.choose(view, "step", "month", view.t("service.grain"))
    trend = ask("word_trend", view.scope, words="|".join(chosen), until=until, bucket=grain)

    def open_rows(picked: str) -> None:
        word, first, last = voices.picked_span(picked, grain)
        rows.open_later(_saying(view, view.scope.with_period(first, min(last, until)), word))

    alt = view.t("causes.trend_alt", words=view.t("scope.list_join").join(chosen))
    pictures.draw(
        voices.trend_rows(trend, chosen), lines(view.lang, view.theme, grain), f"causes-trend-{grain}", alt, open_rows
    )


def complaints(view: View, scope: Scope) -> None:
    """The complaints themselves."""
    st.header(view.t("causes.list"), anchor=False)
    asked = st.text_input(
        view.t("causes.find"),
        key="find",
        bind="query-params",
        persist_state="session",
        icon=":material/search:",
        help=view.t("causes.find_help"),
    ).strip()
    like = {"like": asked} if asked else {}
    found = ask("complaint_rows", scope, limit=_LIST, **like)
    if not found.num_rows:
        empty.nothing(view, "rows.none")
        return
    tables.show(view, found, "causes-list", _COLUMNS)
    title = view.t("causes.found", word=asked) if asked else view.t("causes.list")
    rows.all_of(view, found, rows.Rows(title, "complaint_rows", scope, like, ("complaint_texts",)), "causes-list")
