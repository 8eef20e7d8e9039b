"""How long things took: tickets per length of time, with the median and P90 named where they fall."""

from functools import cache

import altair as alt

from charts.build import Spec, finished
from charts.theme import palette
from words import t

HEIGHT = 250


@cache
def spread(lang: str, theme: str) -> Spec:
    """Rows: ``place`` (order), ``label``, ``tickets``, ``share`` (0 to 1), ``note`` (words over the bar, or "")."""
    colours = palette(theme)
    base = alt.Chart().transform_calculate(
        number="format(datum.tickets, ',')",
        part="isValid(datum.share) ? format(datum.share * 100, '.1f') + ' %' : '–'",
    )
    axis = alt.Axis(title=None, labelAngle=0, labelOverlap=False, labelExpr="split(datum.label, ' | ')", labelPadding=8)
    x = alt.X("label:N", sort=alt.SortField("place"), axis=axis, scale=alt.Scale(paddingInner=0.18))
    y = alt.Y("tickets:Q", title=None, axis=alt.Axis(format="~s", tickCount=4))
    tips = [
        alt.Tooltip("label:N", title=t(lang, "chart.length")),
        alt.Tooltip("number:N", title=t(lang, "chart.tickets")),
        alt.Tooltip("part:N", title=t(lang, "chart.share_done")),
    ]
    colour = alt.condition("datum.note != ''", alt.value(colours.mark), alt.value(colours.soft))
    drawn = base.mark_bar(cornerRadiusEnd=3).encode(x=x, y=y, tooltip=tips, color=colour)
    names = base.mark_text(baseline="bottom", dy=-4, color=colours.text, fontWeight=600).encode(x=x, y=y, text="note:N")
    return finished(alt.layer(drawn, names, height=HEIGHT), theme)
