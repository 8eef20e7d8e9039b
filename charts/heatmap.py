"""Counts by group and month: the darker a cell, the more there are."""

from functools import cache

import altair as alt

from charts.build import PICK, Spec, finished
from charts.theme import palette
from words import t

ROW = 30
_READABLE = 34
"""A cell that is narrower than so many pixels shows no number."""


@cache
def heatmap(lang: str, theme: str) -> Spec:
    """Rows: ``place`` and ``label`` (the group), ``month_place`` and ``month`` (as on the axis), ``value`` (what
    a click picks), ``n``, ``share`` (0 to 1, of all in that month), ``when`` (the month in full)."""
    colours = palette(theme)
    base = (
        alt.Chart()
        .transform_joinaggregate(most="max(n)", months="distinct(month_place)")
        .transform_calculate(
            part="datum.n / max(datum.most, 1)",
            number=f"width / datum.months < {_READABLE} ? '' : format(datum.n, ',')",
            of_month="format(datum.share * 100, '.1f') + ' %'",
        )
    )
    labels = alt.Axis(domain=False, labelLimit=176, labelColor=colours.text)
    y = alt.Y("label:N", sort=alt.SortField("place"), title=None, axis=labels)
    months = alt.Axis(orient="top", labelAngle=0, labelOverlap=True, domain=False, title=None)
    x = alt.X("month:N", sort=alt.SortField("month_place"), axis=months)
    scale = alt.Scale(domain=[0, 1], range=[colours.surface, colours.mark])
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    cells = base.mark_rect(cursor="pointer", stroke=colours.background, strokeWidth=2).encode(
        x=x, y=y, color=alt.Color("part:Q", scale=scale, legend=None), tooltip=_tips(lang)
    )
    ink = alt.condition("datum.part > 0.62", alt.value(colours.background), alt.value(colours.text))
    numbers = base.mark_text(aria=False, fontSize=11, tooltip=None).encode(x=x, y=y, text="number:N", color=ink)
    return finished(alt.layer(cells.add_params(picked), numbers, height=alt.Step(ROW)), theme)


def _tips(lang: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label:N", title=t(lang, "column.category")),
        alt.Tooltip("when:N", title=t(lang, "grain.month")),
        alt.Tooltip("n:Q", title=t(lang, "causes.complaints"), format=","),
        alt.Tooltip("of_month:N", title=t(lang, "causes.share_month")),
    ]
