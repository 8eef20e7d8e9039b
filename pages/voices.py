"""What customers say: the words that are new, typical of somebody or said most, their course, the texts themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.lines import lines
from charts.words import apart, cloud, ranked
from queries import Scope, ask, table_rows
from queries.sentence import day_in_words
from ui import empty, moods, pictures, rows, said, sides, state, tables, voices
from ui.header import header
from ui.view import View

_WORDS, _BARS, _PICKED, _CHOICE, _LIST = 100, 25, 6, 40, 50
_ICON = ":material/campaign:"
_COLUMNS = ("said_at", "pool", "text", "score", "is_vip", "customer_name", "region", "product", "source", "ticket_id")
Words = Sequence[said.Row]
Counts = Mapping[str, Mapping[str, int]]


def run(view: View) -> None:
    """The page, from top to bottom."""
    header(view, "voices")
    counts: Counts = {row["pool"]: row for row in ask("text_counts", view.scope).to_pylist()}
    if not counts:
        nothing_written(view)
        return
    undated = all(row["undated"] == row["ever"] for row in counts.values())
    if undated:
        view = replace(view, scope=rows.undated(view.scope), before=None)
        counts = {row["pool"]: row for row in ask("text_counts", view.scope).to_pylist()}
    on_top = st.container()
    pool = which_texts(view, counts, undated)
    words, pair = their_words(view, counts, pool, on_top)
    until = view.scope.end or view.meta.as_of_day
    if until and not undated:
        over_time(view, words, pair, pool, until)
    moods.section(view)
    the_texts(view, pool)


def nothing_written(view: View) -> None:
    """No text at all: none is loaded, or none is left."""
    loaded = table_rows()
    if any(loaded[table] for table in ("tickets", "surveys", "interactions")):
        empty.nothing(view, "voices.no_texts")
    else:
        empty.missing(view, "tickets")


def which_texts(view: View, counts: Counts, undated: bool) -> str | None:
    """Whose words: one pool of texts, or None for all; and which of them stand outside the period."""
    pools = [*(pool for pool in said.POOLS if pool in counts), *(["any"] if len(counts) > 1 else [])]
    pool = state.choose(view, "text_pool", pools[0], view.t("voices.texts_of"), pools)
    shown = [row for name, row in counts.items() if pool in (name, "any")]
    told = [view.t("voices.all_undated")] if undated else []
    if (missing := sum(row["undated"] for row in shown)) and view.scope.start:
        told.append(view.t("voices.some_undated", n=f"{missing:,}"))
    if pool == "complaint" and 0 < counts[pool]["texts"] < counts[pool]["records"]:
        told.append(view.t("voices.with_text", **{name: f"{counts[pool][name]:,}" for name in ("texts", "records")}))
    if told:
        st.caption(" ".join(told))
    return None if pool == "any" else pool


def their_words(view: View, counts: Counts, pool: str | None, on_top: Any) -> tuple[Words, sides.Sides | None]:
    """What is new, what is typical of whom, what is always said?"""
    st.header(view.t("voices.words"), anchor=False)
    pair, shown_as, only, calm = compared(view, counts, pool)
    most = partial(ask, "distinctive_words", view.scope, limit=_WORDS, **sides.of(pool), **only)
    if pair:
        found = said.of_both(view, pair, _WORDS)
        on_top.info(said.apart(view, pair, found), icon=_ICON)
        if said.clear(found):
            draw_sides(view, found, pair, shown_as)
            return found, pair
        st.caption(view.t("voices.see_frequent"))
        return most().to_pylist(), None
    words = most().to_pylist()
    if not words:
        empty.nothing(view, "voices.no_words")
        return [], None
    on_top.info("  \n".join([*calm, said.most_said(view, words[0])]), icon=_ICON)
    draw_frequent(view, words, pool, shown_as, only)
    return words, None


def compared(view: View, counts: Counts, pool: str | None) -> tuple[sides.Sides | None, str, sides.Params, list[str]]:
    """What the reader wants to see: two sides, or None for what is said most; as a cloud or as bars; words of which
    language; and the sentence that nothing stands out, if so: the page then begins with what is said most."""
    ways = sides.offered(view.scope, pool, counts)
    looks = [*(["rising"] if sides.earlier(view) else []), *(["distinctive"] if ways else []), "frequent"]
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        left = st.container(width="content")
        only = said.language(view)
        shown_as = state.choose(view, "shown_as", "cloud", view.t("voices.shown_as"))
    first = sides.first(view, pool, ways)
    found = said.of_both(view, first.only(only), _WORDS) if first else []
    calm = [said.apart(view, first, found)] if first and not said.clear(found) else []
    with left:
        default = looks[0] if said.clear(found) else "frequent"
        state.follow("look", default)
        look = state.choose(view, "look", default, view.t("voices.look"), looks)
    if look == "frequent":
        return None, shown_as, only, calm
    if look == "distinctive":
        with st.container(horizontal=True):
            way = state.select(view, "against", ways[0], view.t("voices.against"), ways)
            first = sides.chosen(view, view.scope, pool, way)
    return first and first.only(only), shown_as, only, calm


def draw_sides(view: View, words: Words, pair: sides.Sides, shown_as: str) -> None:
    """The words of two sides."""
    kind = "sides" if shown_as == "bars" else "rising" if pair.rising else "typical"
    st.caption(view.t(f"voices.{'bars' if shown_as == 'bars' else 'cloud'}_{kind}", here=pair.here.name))
    groups = (pair.here.name, pair.there.name)
    found = said.clear(words)

    def open_rows(value: str) -> None:
        word, other = said.picked(value)
        side = pair.there if other else pair.here
        rows.open_later(_saying(view, side.scope, word, side.texts))

    if shown_as == "cloud":
        table = said.cloud_rows(view, found, said.of_sides(found, pair), pair)
        pictures.draw(table, cloud(view.lang, view.theme, groups, True), "voices-cloud", _alt(view, found), open_rows)
    else:
        table = said.side_rows(view, found, pair)
        pictures.draw(table, apart(view.lang, view.theme, groups), "voices-sides", _alt(view, found), open_rows)
    st.caption(view.t("voices.sure"), help=view.t("voices.sure_help"))
    as_table = rows.Rows(view.t("voices.all_words"), "distinctive_words", view.scope, {**pair.params, "sort": "z"})
    rows.button(view, as_table, "voices-words", as_table.title)


def draw_frequent(view: View, words: Words, pool: str | None, shown_as: str, only: sides.Params) -> None:
    """The words that are said most; those of complaints by the department that answers."""
    named = "|".join(row["word"] for row in words)
    found = ask("word_departments", view.scope, words=named) if pool == "complaint" else None
    groups = said.of_departments(view, words, found)
    names = said.legend(view, groups)
    kind = "frequent" if shown_as == "bars" or len(names) < 2 else "departments"
    first = f"{words[0]['texts']:,}"
    st.caption(view.t(f"voices.{'bars' if shown_as == 'bars' else 'cloud'}_{kind}", texts=first))

    def open_rows(value: str) -> None:
        rows.open_later(_saying(view, view.scope, said.picked(value)[0], sides.of(pool)))

    table = said.cloud_rows(view, words, groups)
    if shown_as == "cloud":
        pictures.draw(table, cloud(view.lang, view.theme, names, False), "voices-cloud", _alt(view, words), open_rows)
    else:
        shown = table.slice(0, _BARS)
        pictures.draw(shown, ranked(view.lang, view.theme, names), "voices-bars", _alt(view, words), open_rows)
    asked = {**sides.of(pool), **only}
    as_table = rows.Rows(view.t("voices.all_words"), "distinctive_words", view.scope, asked)
    rows.button(view, as_table, "voices-words", as_table.title)


def _alt(view: View, words: Words) -> str:
    return view.t("voices.words_alt", words=view.t("scope.list_join").join(row["word"] for row in words[:10]))


def _saying(view: View, scope: Scope, word: str, texts: rows.Params) -> rows.Rows:
    what = view.t(f"text_pool.{texts.get('pool', 'any')}")
    return rows.Rows(view.t("voices.found", texts=what, word=word), "text_rows", scope, {**texts, "word": word})


def over_time(view: View, words: Words, pair: sides.Sides | None, pool: str | None, until: date) -> None:
    """Which words come and go?"""
    if not words:
        return
    st.header(view.t("voices.trend"), anchor=False)
    st.caption(view.t("voices.trend_legend", day=day_in_words(view.lang, until)))
    offered = said.first_words(words, pair, _CHOICE)
    state.keep_known("trend_words", offered)
    picked = st.multiselect(
        view.t("voices.trend_pick"),
        offered,
        key="trend_words",
        max_selections=_PICKED,
        placeholder=view.t("voices.trend_default", n=_PICKED),
        persist_state="session",
    )
    chosen = picked or offered[:_PICKED]
    grain = state.choose(view, "step", "month", view.t("service.grain"))
    trend = ask("word_trend", view.scope, words="|".join(chosen), until=until, bucket=grain, **sides.of(pool))

    def open_rows(value: str) -> None:
        word, first, last = voices.picked_span(value, grain)
        rows.open_later(_saying(view, view.scope.with_period(first, min(last, until)), word, sides.of(pool)))

    alt = view.t("voices.trend_alt", words=view.t("scope.list_join").join(chosen))
    spec = lines(view.lang, view.theme, grain, shares=True)
    pictures.draw(said.trend_rows(view, trend, chosen, grain, until), spec, f"voices-trend-{grain}", alt, open_rows)


def the_texts(view: View, pool: str | None) -> None:
    """The texts themselves."""
    st.header(view.t("voices.list"), anchor=False)
    asked = st.text_input(
        view.t("voices.find"),
        key="find_text",
        bind="query-params",
        persist_state="session",
        icon=":material/search:",
        help=view.t("voices.find_help"),
    ).strip()
    params = {**sides.of(pool), **({"like": asked} if asked else {})}
    found: pa.Table = ask("text_rows", view.scope, limit=_LIST, **params)
    if not found.num_rows:
        empty.nothing(view, "rows.none")
        return
    columns = [name for name in _COLUMNS if name != "pool" or not pool]
    tables.show(view, found, "voices-list", columns)
    what = view.t(f"text_pool.{pool or 'any'}")
    title = view.t("voices.found", texts=what, word=asked) if asked else what
    rows.all_of(view, found, rows.Rows(title, "text_rows", view.scope, params), "voices-list")
