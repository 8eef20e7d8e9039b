"""Pareto of causes: a bar for the share of each, and a line for what it makes together with those above it.

What a bar stands for is written at the right edge, where neither bar nor line can cross it."""

from functools import cache
from typing import Literal

import altair as alt

from charts.build import PICK, Spec, finished
from charts.theme import palette
from words import t

ROW = 38


@cache
def pareto(measure: str, lang: str, theme: str) -> Spec:
    """Rows, the highest first: ``place``, ``value`` (raw), ``label`` (name, responsible, figure, share; parted by |),
    ``name``, ``responsible``, ``share`` and ``cumulative`` (0 to 1, both of all), ``told`` (the figure), ``part``
    and ``together`` (the shares in words), ``covered`` (false: no rule knows it, and its bar is grey). ``measure``: one
    of the choices of "weigh".
    """
    colours = palette(theme)
    base = alt.Chart()
    y = alt.Y("label:N", sort=alt.SortField("place"), title=None, axis=_lines("left", 0, colours.text))
    y_right = y.axis(_lines("right", 2, colours.text))
    of_all = alt.Axis(
        title=t(lang, "causes.share_axis"), format="%", values=[0, 0.25, 0.5, 0.75, 1], grid=True, orient="top"
    )
    scale = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X("share:Q", scale=scale, axis=of_all)
    line_x = alt.X("cumulative:Q", scale=scale, axis=of_all)
    colour = alt.condition("datum.covered", alt.value(colours.mark), alt.value(colours.soft))
    bar = base.mark_bar(cornerRadiusEnd=2, height=16).encode(y=y, x=x, color=colour)
    line = base.mark_line(color=colours.mark_warn, strokeWidth=2).encode(y=y.axis(None), x=line_x, order="place:Q")
    dots = base.mark_point(filled=True, size=34, opacity=1, color=colours.mark_warn).encode(y=y.axis(None), x=line_x)
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    row = base.mark_bar(opacity=0, cursor="pointer").encode(
        y=y_right, x=alt.value(0), x2=alt.value("width"), tooltip=_tips(measure, lang)
    )
    layers = alt.layer(bar, line, dots, row.add_params(picked), height=alt.Step(ROW))
    return finished(layers.resolve_axis(y="independent"), theme)


def _lines(side: Literal["left", "right"], first: int, colour: str) -> alt.Axis:
    """Two of the four parts of a label, as two lines."""
    lines = f"slice(split(datum.label, ' | '), {first}, {first + 2})"
    return alt.Axis(orient=side, domain=False, labelExpr=lines, labelLimit=176, labelColor=colour)


def _tips(measure: str, lang: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=t(lang, "column.cause")),
        alt.Tooltip("responsible:N", title=t(lang, "column.responsible")),
        alt.Tooltip("told:N", title=t(lang, f"weigh.{measure}")),
        alt.Tooltip("part:N", title=t(lang, "causes.share_axis")),
        alt.Tooltip("together:N", title=t(lang, "causes.cumulative")),
    ]
