"""Causes by month, or by situation: the darker a cell, the more there is."""

from collections.abc import Mapping
from functools import cache

import altair as alt

from charts.build import PICK, Spec, finished
from charts.theme import palette
from words import t

ROW = 30
_NARROW = 760
"""Below so many pixels long heads are turned: side by side they would run into each other."""
TIPS: Mapping[str, Mapping[str, str]] = {
    "months": {
        "label": "column.cause",
        "head": "grain.month",
        "told": "causes.complaints",
        "part": "causes.share_month",
    },
    "demand": {
        "label": "column.cause",
        "head": "column.scenario",
        "told": "demand.texts",
        "part": "demand.share",
        "mood": "demand.mood",
        "points": "demand.points",
    },
}
"""Kind of heatmap -> the columns of its rows that a cell tells, with the key of what each is called."""


@cache
def heatmap(kind: str, lang: str, theme: str) -> Spec:
    """Rows: ``place`` and ``label`` (the row), ``column_place`` and ``column`` (as on the axis), ``value`` (what a
    click picks), ``depth`` (0 to 1), ``note`` (in the cell), and the words in `TIPS`."""
    colours = palette(theme)
    base = (
        alt.Chart()
        .transform_calculate(letters="length(datum.note)")
        .transform_joinaggregate(columns="distinct(column_place)", longest="max(letters)")
        # All numbers or none: gaps among them would read as nothing.
        .transform_calculate(number="width / datum.columns < 5 * datum.longest + 2 ? '' : datum.note")
    )
    labels = alt.Axis(domain=False, labelFlush=False, labelLimit=176, labelColor=colours.text)
    y = alt.Y("label:N", sort=alt.SortField("place"), title=None, axis=labels)
    x = alt.X("column:N", sort=alt.SortField("column_place"), axis=_heads(kind))
    scale = alt.Scale(domain=[0, 1], range=[colours.surface, colours.mark])
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    tips = [alt.Tooltip(f"{name}:N", title=t(lang, key)) for name, key in TIPS[kind].items()]
    cells = base.mark_rect(cursor="pointer", stroke=colours.background, strokeWidth=2).encode(
        x=x, y=y, color=alt.Color("depth:Q", scale=scale, legend=None), tooltip=tips
    )
    size = alt.ExprRef(f"width < {_NARROW} ? 10 : 11")
    ink = alt.condition("datum.depth > 0.62", alt.value(colours.background), alt.value(colours.text))
    numbers = base.mark_text(aria=False, fontSize=size, tooltip=None).encode(x=x, y=y, text="number:N", color=ink)
    return finished(alt.layer(cells.add_params(picked), numbers, height=alt.Step(ROW)), theme)


def _heads(kind: str) -> alt.Axis:
    """Months may leave out names where there is no room for all; situations are turned instead."""
    if kind == "months":
        return alt.Axis(orient="top", labelAngle=0, labelFlush=False, labelOverlap=True, domain=False, title=None)
    turned, aligned = (alt.ExprRef(f"width < {_NARROW} ? {either}") for either in ("-50 : 0", "'left' : 'center'"))
    return alt.Axis(
        orient="top",
        labelAngle=turned,
        labelAlign=aligned,
        labelOverlap=False,
        domain=False,
        title=None,
        labelLimit=120,
    )
