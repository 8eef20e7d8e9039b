"""Customers by a score from 0 to 100 in steps of ten."""

from functools import cache

import altair as alt

from charts.build import Spec, finished
from charts.numbers import expression
from charts.theme import palette
from words import t

HEIGHT = 230


@cache
def steps(lang: str, theme: str) -> Spec:
    """Rows: ``place`` (the step, from 0), ``label``, ``customers``, ``share`` (0 to 1)."""
    base = alt.Chart(height=HEIGHT).transform_calculate(
        number="format(datum.customers, ',')", part=expression("percent", lang, "datum.share", 1)
    )
    axis = alt.Axis(title=t(lang, "lifecycle.health_axis"), labelAngle=0, labelOverlap=True)
    x = alt.X("label:N", sort=alt.SortField("place"), axis=axis, scale=alt.Scale(paddingInner=0.14))
    y = alt.Y("customers:Q", axis=alt.Axis(title=None, format=",d", tickCount=4, tickMinStep=1))
    tips = [
        alt.Tooltip("label:N", title=t(lang, "lifecycle.health_axis")),
        alt.Tooltip("number:N", title=t(lang, "flow.customers")),
        alt.Tooltip("part:N", title=t(lang, "lifecycle.of_judged")),
    ]
    bars = base.mark_bar(cornerRadiusEnd=3, color=palette(theme).mark).encode(x=x, y=y, tooltip=tips)
    return finished(alt.layer(bars), theme)
