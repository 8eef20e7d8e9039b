"""Hours of the week: a row per weekday, a column per hour; the darker a cell, the more there are. A click picks one."""

from functools import cache

import altair as alt

from charts.build import PICK, Spec, finished
from charts.theme import palette
from words import t

ROW = 30
_READABLE = 30
"""A cell that is narrower than so many pixels shows no number."""


@cache
def hours(lang: str, theme: str) -> Spec:
    """Rows: ``value`` (hour of the week, 0 to 167), ``weekday`` (words) and its ``place``, ``hour`` (0 to 23), ``n``,
    ``when`` and ``told`` (words for the tooltip)."""
    colours = palette(theme)
    base = (
        alt.Chart()
        .transform_joinaggregate(most="max(n)")
        .transform_calculate(
            part="datum.n / max(datum.most, 1)",
            number=f"width / 24 < {_READABLE} || datum.n == 0 ? '' : format(datum.n, ',')",
        )
    )
    y = alt.Y(
        "weekday:N",
        sort=alt.SortField("place"),
        title=None,
        axis=alt.Axis(domain=False, labelColor=colours.text),
    )
    x = alt.X(
        "hour:O",
        axis=alt.Axis(orient="top", labelAngle=0, labelOverlap=True, domain=False, title=t(lang, "hours.axis")),
    )
    scale = alt.Scale(domain=[0, 1], range=[colours.surface, colours.mark])
    tips = [
        alt.Tooltip("when:N", title=t(lang, "hours.when")),
        alt.Tooltip("told:N", title=t(lang, "hours.count")),
    ]
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    cells = base.mark_rect(cursor="pointer", stroke=colours.background, strokeWidth=2).encode(
        x=x, y=y, color=alt.Color("part:Q", scale=scale, legend=None), tooltip=tips
    )
    ink = alt.condition("datum.part > 0.62", alt.value(colours.background), alt.value(colours.text))
    numbers = base.mark_text(aria=False, fontSize=11, tooltip=None).encode(x=x, y=y, text="number:N", color=ink)
    return finished(alt.layer(cells.add_params(picked), numbers, height=alt.Step(ROW)), theme)
