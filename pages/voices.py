"""What customers say: their words, what is typical of whom, what comes and goes, and the texts themselves."""

from datetime import date

import pyarrow as pa
import streamlit as st

from charts.lines import lines
from charts.words import cloud, ranked
from queries import METRICS, Scope, ask, table_rows
from queries.sentence import day_in_words
from ui import empty, pictures, rows, said, state, voices
from ui.header import header
from ui.view import View

_WORDS, _BARS, _PICKED, _CHOICE = 100, 25, 6, 40


def run(view: View) -> None:
    """The page, from top to bottom."""
    header(view, "voices")
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
    if words.num_rows:
        st.info(said.word_sentence(view, words, before), icon=":material/campaign:")
    what_they_say(view, scope, words, before)
    until = view.scope.end or view.meta.as_of_day
    if until and not undated:
        over_time(view, words, until)


def what_they_say(view: View, scope: Scope, words: pa.Table, before: Scope | None) -> None:
    """What do they say?"""
    st.header(view.t("voices.words"), anchor=False, help=METRICS["complaint_texts"].description[view.lang])
    if not words.num_rows:
        empty.nothing(view, "voices.no_words")
        return
    shown_as = state.choose(view, "shown_as", "cloud", view.t("voices.shown_as"))
    st.caption(said.words_legend(view, shown_as, words, before))

    def open_rows(word: str) -> None:
        rows.open_later(_saying(view, scope, word))

    table = said.word_rows(view, words)
    alt = view.t("voices.words_alt", words=view.t("scope.list_join").join(table.column("value").to_pylist()[:10]))
    if shown_as == "cloud":
        pictures.draw(table, cloud(view.lang, view.theme), "voices-cloud", alt, open_rows)
    else:
        pictures.draw(table.slice(0, _BARS), ranked(view.lang, view.theme), "voices-bars", alt, open_rows)


def _saying(view: View, scope: Scope, word: str) -> rows.Rows:
    return rows.Rows(view.t("voices.found", word=word), "complaint_rows", scope, {"word": word}, ("complaint_texts",))


def over_time(view: View, words: pa.Table, until: date) -> None:
    """Which words come and go?"""
    if not words.num_rows:
        return
    st.header(view.t("voices.trend"), anchor=False)
    st.caption(view.t("voices.trend_legend", day=day_in_words(view.lang, until)))
    offered = words.column("word").to_pylist()[:_CHOICE]
    state.keep_known("trend_words", offered)
    picked = st.multiselect(
        view.t("voices.trend_pick"),
        offered,
        key="trend_words",
        max_selections=_PICKED,
        placeholder=view.t("voices.trend_default", n=_PICKED),
        persist_state="session",
    )
    chosen = picked or said.first_words(words, _PICKED)
    grain = state.choose(view, "step", "month", view.t("service.grain"))
    trend = ask("word_trend", view.scope, words="|".join(chosen), until=until, bucket=grain)

    def open_rows(picked: str) -> None:
        word, first, last = voices.picked_span(picked, grain)
        rows.open_later(_saying(view, view.scope.with_period(first, min(last, until)), word))

    alt = view.t("voices.trend_alt", words=view.t("scope.list_join").join(chosen))
    pictures.draw(
        said.trend_rows(trend, chosen), lines(view.lang, view.theme, grain), f"voices-trend-{grain}", alt, open_rows
    )
