"""How long things took: tickets per length of time, with the median and P90 named where they fall."""

from functools import cache
from typing import Any

import altair as alt

from charts.build import IN_ONE_LINE, Spec, finished
from charts.theme import palette
from words import t

HEIGHT = 250


@cache
def spread(lang: str, theme: str) -> Spec:
    """Rows: ``place`` (order), ``label``, ``tickets``, ``share`` (0 to 1), ``note`` (words over the bar, or "")."""
    colours = palette(theme)
    base = alt.Chart().transform_calculate(
        number="format(datum.tickets, ',')",
        line=IN_ONE_LINE,
        part="isValid(datum.share) ? format(datum.share * 100, '.1f') + ' %' : '–'",
    )
    axis = alt.Axis(title=None, labelAngle=0, labelOverlap=False, labelExpr="split(datum.label, ' | ')", labelPadding=8)
    x = alt.X("label:N", sort=alt.SortField("place"), axis=axis, scale=alt.Scale(paddingInner=0.18))
    y = alt.Y("tickets:Q", title=None, axis=alt.Axis(format=",d", tickCount=4, tickMinStep=1))
    tips = [
        alt.Tooltip("line:N", title=t(lang, "chart.length")),
        alt.Tooltip("number:N", title=t(lang, "chart.tickets")),
        alt.Tooltip("part:N", title=t(lang, "chart.share_done")),
    ]
    colour = alt.condition("datum.note != ''", alt.value(colours.mark), alt.value(colours.soft))
    drawn = base.mark_bar(cornerRadiusEnd=3).encode(x=x, y=y, tooltip=tips, color=colour)
    name: dict[str, Any] = {"baseline": "bottom", "dy": -4, "fontWeight": 600}
    # A name is wider than its bar on a phone; the rim keeps it readable over a taller neighbour.
    rim = base.mark_text(**name, stroke=colours.background, strokeWidth=4, strokeJoin="round", aria=False)
    names = base.mark_text(**name, color=colours.text)
    notes = [layer.encode(x=x, y=y, text="note:N") for layer in (rim, names)]
    return finished(alt.layer(drawn, *notes, height=HEIGHT), theme)
