"""Cohorts as a triangle: each row those who first ordered in one month or quarter, each column a month after."""

from functools import cache

import altair as alt

from charts.build import PICK, Spec, finished
from charts.numbers import expression
from charts.theme import palette
from words import t

ROW = 26
_DEEP = 0.6
"""From this share of the deepest cell on, numbers are written in the colour of the background."""
_READABLE = 26
"""A cell that is narrower than so many pixels shows no number."""


@cache
def cohorts(lang: str, theme: str) -> Spec:
    """Rows: ``label`` (the cohort with its size) and ``place``, ``after`` (months), ``share`` (0 to 1), ``customers``,
    ``n``, ``value`` (what a click gives back). The first column, which is all of them, has no shade."""
    colours = palette(theme)
    base = (
        alt.Chart()
        .transform_calculate(later="datum.after > 0 ? datum.share : 0")
        .transform_joinaggregate(most="max(later)", columns="distinct(after)")
        .transform_calculate(
            depth="datum.later / max(datum.most, 0.01)",
            short=f"width / datum.columns < {_READABLE} ? '' : format(datum.share * 100, '.0f')",
            part=expression("percent", lang, "datum.share", 1),
            counted=f"format(datum.customers, ',') + '{t(lang, 'chart.of')}' + format(datum.n, ',')",
        )
    )
    rows = alt.Axis(domain=False, labelLimit=190, labelColor=colours.text)
    y = alt.Y("label:N", sort=alt.SortField("place"), title=None, axis=rows)
    across = alt.Axis(title=t(lang, "cohorts.after"), orient="top", labelAngle=0, labelOverlap=True, domain=False)
    x = alt.X("after:O", axis=across)
    scale = alt.Scale(domain=[0, 1], range=[colours.surface, colours.mark])
    tips = [
        alt.Tooltip("label:N", title=t(lang, "cohorts.cohort")),
        alt.Tooltip("after:O", title=t(lang, "cohorts.after")),
        alt.Tooltip("part:N", title=t(lang, "cohorts.share")),
        alt.Tooltip("counted:N", title=t(lang, "cohorts.customers")),
    ]
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    cells = base.mark_rect(cursor="pointer", stroke=colours.background, strokeWidth=1.5).encode(
        x=x, y=y, color=alt.Color("depth:Q", scale=scale, legend=None), tooltip=tips
    )
    ink = alt.condition(f"datum.depth > {_DEEP}", alt.value(colours.background), alt.value(colours.text))
    numbers = base.mark_text(aria=False, fontSize=11, tooltip=None).encode(x=x, y=y, text="short:N", color=ink)
    return finished(alt.layer(cells.add_params(picked), numbers, height=alt.Step(ROW)), theme)
