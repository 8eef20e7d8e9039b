"""How late the late ones were: tickets per length of time past due, those done late below those still open."""

from functools import cache

import altair as alt

from charts.build import IN_ONE_LINE, PICK, Spec, finished
from charts.theme import STATES, palette, state_colours
from words import t, value

HEIGHT = 230
LATE = ("breached", "overdue")
"""The states that are late, in the order in which columns show them."""


@cache
def lateness(lang: str, theme: str) -> Spec:
    """Rows: ``label`` and ``place`` of the bucket, ``part`` (the state in words), ``rank``, ``n``, ``total`` (of the
    bucket), ``value`` (what a click gives back)."""
    colours = palette(theme)
    base = alt.Chart().transform_window(nth="row_number()", groupby=["label"])
    base = base.transform_calculate(
        top="datum.nth == 1 ? format(datum.total, ',') : ''", number="format(datum.n, ',')", line=IN_ONE_LINE
    )
    axis = alt.Axis(title=None, labelAngle=0, labelOverlap=False, labelExpr="split(datum.label, ' | ')", labelPadding=8)
    x = alt.X("label:N", sort=alt.EncodingSortField("place", op="min"), axis=axis, scale=alt.Scale(paddingInner=0.18))
    counted = alt.Axis(title=None, format=",d", tickCount=4, tickMinStep=1)
    scale = alt.Scale(
        domain=[value(lang, "state", state) for state in LATE],
        range=[state_colours(theme)[STATES.index(state)] for state in LATE],
    )
    tips = [
        alt.Tooltip("line:N", title=t(lang, "service.late_by")),
        alt.Tooltip("part:N", title=t(lang, "column.state")),
        alt.Tooltip("number:N", title=t(lang, "chart.tickets")),
    ]
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    bars = base.mark_bar(cursor="pointer").encode(
        x=x,
        y=alt.Y("n:Q", stack="zero", axis=counted),
        order=alt.Order("rank:Q"),
        color=alt.Color("part:N", scale=scale, sort=None),
        tooltip=tips,
    )
    tops = base.mark_text(baseline="bottom", dy=-4, fontWeight=600, color=colours.text, aria=False)
    return finished(
        alt.layer(bars.add_params(picked), tops.encode(x=x, y="total:Q", text="top:N"), height=HEIGHT), theme
    )
