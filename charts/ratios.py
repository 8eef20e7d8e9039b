"""Ratios with their intervals, one row each, on a scale where half and twice lie equally far from “as before”."""

from functools import cache
from typing import Any

import altair as alt

from charts.build import PICK, Spec, finished
from charts.numbers import percents
from charts.theme import palette
from words import t

ROW = 58
"""Height of one row, in pixels: a line of text and two intervals below it."""
_TEXT, _FIRST, _SECOND = -18, 3, 17
"""How far the text and the two intervals lie from the middle of their row."""
_NOTE = 56
"""How wide the note at the right end may be."""
_LOW, _MIDDLE = 32, 10
"""How high the line of no change is, and how far its middle lies from that of its row."""
TURNS = ("fell", "rose", "chance")
"""What an interval may say: below “as before” beyond chance, above it, or neither."""


@cache
def ratios(lang: str, theme: str) -> Spec:
    """Rows, two for each action: ``value`` (what a click picks), ``label`` (its own), ``name`` and ``note`` (words at
    both ends), ``place``, ``kind`` (0: beyond the others, 1: after against before), ``ratio``, ``low``, ``high``,
    ``turn`` (one of `TURNS`), and for the tooltip ``beyond_told``, ``own_told``, ``counts``."""
    colours = palette(theme)
    base = alt.Chart()
    y = alt.Y("label:N", sort=alt.EncodingSortField("place", op="min"), title=None, axis=None)
    change = percents(lang, "(datum.value - 1)", "+,.0f")
    axis = alt.Axis(
        title=t(lang, "measures.axis"),
        values=[0.25, 0.5, 1, 2, 4],
        labelExpr=f"datum.value == 1 ? '{t(lang, 'measures.as_before')}' : {change}",
        orient="top",
        grid=False,
        labelOverlap=True,
    )
    x = alt.X("low:Q", axis=axis, scale=alt.Scale(type="log", domain=[0.1, 5], clamp=True, nice=False))
    shades = alt.Scale(domain=list(TURNS), range=[colours.mark_good, colours.mark_bad, colours.soft])
    colour = alt.Color("turn:N", scale=shades, legend=None)
    layers = [_as_before(base, y, theme), *_texts(base, y, theme)]
    for kind, offset, wide in ((0, _FIRST, 3.2), (1, _SECOND, 1.4)):
        mine = base.transform_filter(f"datum.kind == {kind}")
        line = mine.mark_rule(strokeWidth=wide, yOffset=offset, aria=False)
        dot = mine.mark_point(filled=True, size=70 if kind == 0 else 34, opacity=1, yOffset=offset, aria=False)
        layers += [line.encode(y=y, x=x, x2="high:Q", color=colour), dot.encode(y=y, x=alt.X("ratio:Q"), color=colour)]
    return finished(alt.layer(*layers, _clickable(base, lang, y), height=alt.Step(ROW)), theme)


def _as_before(base: alt.Chart, y: alt.Y, theme: str) -> alt.Chart:
    """The line of no change, beside the intervals of each row: it would cross the text above them."""
    once = base.transform_filter("datum.kind == 0")
    lines = once.mark_tick(orient="vertical", color=palette(theme).muted, thickness=1.2, size=_LOW, yOffset=_MIDDLE)
    drawn: alt.Chart = lines.encode(y=y, x=alt.datum(1, type="quantitative"))
    return drawn


def _texts(base: alt.Chart, y: alt.Y, theme: str) -> list[alt.Chart]:
    """The label at the left end of a row and the note at its right end, written once."""
    once = base.transform_filter("datum.kind == 0")
    colour = palette(theme).text
    line: dict[str, Any] = {"baseline": "middle", "yOffset": _TEXT, "color": colour, "aria": False}
    name = once.mark_text(align="left", fontWeight="bold", limit=alt.ExprRef(f"width - {_NOTE}"), **line)
    note = once.mark_text(align="right", **line)
    return [
        name.encode(y=y, x=alt.value(0), text="name:N"),
        note.encode(y=y, x=alt.value("width"), text="note:N"),
    ]


def _clickable(base: alt.Chart, lang: str, y: alt.Y) -> alt.Chart:
    tips = [
        alt.Tooltip("label:N", title=t(lang, "measures.action")),
        alt.Tooltip("beyond_told:N", title=t(lang, "measures.beyond")),
        alt.Tooltip("own_told:N", title=t(lang, "measures.own")),
        alt.Tooltip("counts:N", title=t(lang, "measures.counts")),
    ]
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    row = base.transform_filter("datum.kind == 0").mark_bar(opacity=0, cursor="pointer")
    drawn: alt.Chart = row.encode(y=y, x=alt.value(0), x2=alt.value("width"), tooltip=tips).add_params(picked)
    return drawn
