"""Two sides to set against each other: what may be compared, what the reader chose, and the texts of each side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import streamlit as st

import words
from queries import DIMENSIONS, NOT_GIVEN, Scope, Viewer, options
from ui import labels, rows, state
from ui.view import View
from ui.voices import told_period

ALL = "*"
"""Stands for every value but the one on the other side."""
_YEAR = timedelta(days=365)
Params = Mapping[str, str | int | float]


@dataclass(frozen=True)
class Side:
    """What people call it, and its texts: a scope and the parameters of ``text_rows``."""

    name: str
    scope: Scope
    texts: Params


@dataclass(frozen=True)
class Sides:
    """Both sides and the parameters of ``distinctive_words`` that set one against the other. ``rising``: they are now
    and before."""

    here: Side
    there: Side
    params: rows.Params
    rising: bool = False

    def only(self, language: Params) -> "Sides":
        """The same sides by their words of one language; by all, if none is given."""
        return replace(self, params={**self.params, **language})


def of(pool: str | None, key: str = "pool") -> dict[str, str]:
    """The parameters that ask for one pool of texts; none for all."""
    return {key: pool} if pool else {}


def earlier(view: View) -> Scope | None:
    """The time to compare with: what the reader chose, else the year before the period, since a word is said too rarely
    for less to tell. None where the period has no beginning."""
    if view.before or not view.scope.start:
        return view.before
    return view.scope.with_period(view.scope.start - _YEAR, view.scope.start - timedelta(days=1))


def first(view: View, pool: str | None, ways: Sequence[str]) -> Sides | None:
    """What to begin with: now against before, else the first of ``ways`` to compare if it asks for no value."""
    if before := earlier(view):
        return over_time(view, view.scope, before, pool)
    return None if not ways or ways[0] in DIMENSIONS else chosen(view, view.scope, pool, ways[0])


def over_time(view: View, scope: Scope, before: Scope, pool: str | None) -> Sides:
    """Now against before."""
    assert before.start and before.end
    days: rows.Params = {"since": before.start, "until": before.end}
    both = {"words": "ever", "texts": "ever", "against": "part", **of(pool), **of(pool, "other_pool")}
    earlier = scope.with_period(before.start, before.end)
    return Sides(
        Side(told_period(view, scope), scope, of(pool)),
        Side(told_period(view, before), earlier, of(pool)),
        {**both, **days},
        rising=True,
    )


def offered(scope: Scope, pool: str | None, counts: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    """What may be compared under these filters, what says most first."""
    comments = {name: counts[name]["comments"] for name in ("complaint", "praise") if name in counts}
    ways = {
        "rest": bool(scope.filters),
        "praise": pool == "complaint" and len(comments) == 2 and all(comments.values()),
        "others": pool is not None and any(row["texts"] for name, row in counts.items() if name != pool),
        **{name: len(_values(scope, name)) > 1 for name in DIMENSIONS},
    }
    return tuple(way for way, fits in ways.items() if fits)


def chosen(view: View, scope: Scope, pool: str | None, way: str) -> Sides:
    """The sides of one way to compare; draws the boxes for the two values of a dimension."""
    if way == "rest":
        return _rest(view, scope, pool)
    if way == "praise":
        return _praise(view, scope)
    if way == "others":
        return _others(view, scope, pool)
    return _values_apart(view, scope, pool, way)


def _rest(view: View, scope: Scope, pool: str | None) -> Sides:
    left_out = Scope(scope.start, scope.end, viewer=scope.viewer, besides=scope.filters)
    params = {"words": "company", "texts": "company", "against": "whole", **of(pool), **of(pool, "other_pool")}
    here = Side(view.t("voices.here"), scope, of(pool))
    return Sides(here, Side(view.t("voices.rest"), left_out, of(pool)), params)


def _praise(view: View, scope: Scope) -> Sides:
    def side(pool: str) -> Side:
        return Side(view.t(f"voices.side_{pool}"), scope, {"pool": pool, "source": "survey"})

    params = {"against": "part", "pool": "complaint", "other_pool": "praise", "source": "survey"}
    return Sides(side("complaint"), side("praise"), params)


def _others(view: View, scope: Scope, pool: str | None) -> Sides:
    here = Side(view.t(f"text_pool.{pool}"), scope, of(pool))
    return Sides(here, Side(view.t("voices.others"), scope, of(pool, "besides")), {"against": "whole", **of(pool)})


def _values(scope: Scope, dimension: str) -> tuple[str, ...]:
    """The values of a dimension that the filters leave."""
    return dict(scope.filters).get(dimension) or options(dimension, scope.viewer)


def _values_apart(view: View, scope: Scope, pool: str | None, dimension: str) -> Sides:
    values = _values(scope, dimension)
    this = _choose(view, "this_is", values, values[0])
    that = _choose(view, "that_is", [ALL, *(value for value in values if value != this)], ALL)
    params = {"among": dimension, "this": this, **of(pool), **of(pool, "other_pool")}
    params |= {"against": "whole"} if that == ALL else {"against": "part", "that": that}
    others = [value for value in values if value != this] if that == ALL else that
    return Sides(
        Side(called(view.lang, this), scope.narrow(dimension, this), of(pool)),
        Side(called(view.lang, that), scope.narrow(dimension, others), of(pool)),
        params,
    )


def _choose(view: View, key: str, values: Sequence[str], default: str) -> str:
    if st.session_state.get(key, default) not in values:
        del st.session_state[key]
    return st.selectbox(
        view.t(f"voices.{key}"),
        values,
        index=values.index(default),
        format_func=lambda raw: called(view.lang, raw),
        key=key,
        bind="query-params",
        persist_state="session",
        width=state.BOX,
    )


def names(viewer: Viewer) -> tuple[str, ...]:
    """Everything that a side may be."""
    return (ALL, *dict.fromkeys(value for name in DIMENSIONS for value in options(name, viewer)))


def called(lang: str, raw: str) -> str:
    """What people call one of the `names`."""
    if raw == ALL:
        return words.t(lang, "voices.all_others")
    if raw == NOT_GIVEN:
        return labels.value(lang, "tier", raw)
    told = (words.value(lang, name, raw) for name in DIMENSIONS)
    return next((text for text in told if text != raw), raw)
