"""One customer month by month: the tier as a strip of cells, health as a line."""

from functools import cache

import altair as alt

from charts.build import UTC, Spec, day_labels, day_text, finished
from charts.theme import TIERS, palette, tier_colours
from words import t, value

_STRIP, _HEALTH = 28, 150
_AROUND = 88
"""What legend and axis take of a height, in pixels."""


@cache
def tier_strip(lang: str, theme: str) -> Spec:
    """Rows: month (its first moment), end (of the month), name (of the tier), day (the month-end), note."""
    colours = alt.Scale(domain=[value(lang, "tier", tier) for tier in TIERS], range=tier_colours(theme))
    axis = alt.Axis(labelExpr=day_labels(lang, "month"), labelOverlap=True, labelFlush=True, title=None, grid=False)
    cells = (
        alt.Chart()
        .mark_rect(stroke=palette(theme).background, strokeWidth=1.5)
        .encode(
            x=alt.X("month:T", axis=axis, scale=UTC),
            x2="end:T",
            color=alt.Color("name:N", scale=colours, legend=alt.Legend(symbolType="square", columns=4)),
            tooltip=[
                alt.Tooltip("shown:N", title=t(lang, "customer.month_end")),
                alt.Tooltip("name:N", title=t(lang, "column.tier")),
                alt.Tooltip("note:N", title=t(lang, "customer.in_it")),
            ],
        )
        .transform_calculate(shown=day_text(lang, "day", "datum.day"))
    )
    return finished(alt.layer(cells, height=_STRIP + _AROUND), theme)


@cache
def health_line(lang: str, theme: str) -> Spec:
    """Rows: day (the month-end), health (0 to 100), shown (the month-end in words), note (its parts)."""
    axis = alt.Axis(labelExpr=day_labels(lang, "month"), labelOverlap=True, labelFlush=True, title=None)
    y_axis = alt.Axis(values=[0, 50, 100], title=None)
    base = alt.Chart().encode(
        x=alt.X("day:T", axis=axis, scale=UTC),
        y=alt.Y("health:Q", axis=y_axis, scale=alt.Scale(domain=[0, 100])),
    )
    line = base.mark_line(color=palette(theme).mark, strokeWidth=2, aria=False)
    points = (
        base.transform_calculate(shown=day_text(lang, "day", "datum.day"))
        .mark_point(filled=True, size=45, opacity=1, color=palette(theme).mark)
        .encode(
            tooltip=[
                alt.Tooltip("shown:N", title=t(lang, "customer.month_end")),
                alt.Tooltip("health:Q", title=t(lang, "customer.health"), format=".0f"),
                alt.Tooltip("note:N", title=t(lang, "customer.parts")),
            ]
        )
    )
    return finished(alt.layer(line, points, height=_HEALTH), theme)
