"""Columns over time, stacked from parts in their order: ages of open tickets, escalation levels, or one part alone."""

from functools import cache

import altair as alt

from charts.build import DAY, PICK, UTC, Spec, day_labels, day_text, finished
from charts.numbers import expression
from charts.theme import palette, ramp
from words import t

HEIGHT = 260
_PALE = 0.5
_PAST_END = "toNumber(datum.value) >= toNumber(domain('x')[1])"
"""The tick at the end of the last column names what is not drawn."""
Names = tuple[str, ...]


@cache
def columns(
    parts: Names, lang: str, theme: str, grain: str, unit: str = "count", currency: str = "", bad: bool = False
) -> Spec:
    """Rows: ``bucket`` and ``until`` (its first day and the day after its last), ``part`` (one of ``parts``, the lowest
    first), ``place`` (its number), ``figure``, ``told`` (the figure in words), ``value`` (what a click picks).

    Rows may say ``whole``: where it is false, only part of the bucket counts, and its column is pale.
    Parts go from harmless to bad; ``bad``: there are two, a warning and a bad one.
    """
    shift = DAY if grain == "week" else 0  # the axis has its ticks on Sundays, our weeks begin on Mondays
    base = alt.Chart(height=HEIGHT).transform_calculate(
        at=f"toDate(toNumber(datum.bucket) - {shift})",
        to=f"toDate(toNumber(datum.until) - {shift})",
        when=day_text(lang, grain, "datum.bucket"),
    )
    stacked = base.transform_stack(
        stack="figure", as_=["low", "high"], groupby=["bucket"], sort=[alt.SortField("place", "ascending")]
    )
    labels = alt.Axis(
        title=None,
        labelExpr=f"{_PAST_END} ? '' : {day_labels(lang, grain, years=True)}",
        labelAlign="left",
        labelOverlap=True,
        tickCount={"interval": grain, "step": 1},
    )
    figures = alt.Axis(title=None, labelExpr=expression(unit, lang, "datum.value", 0, currency), tickCount=4)
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    bars = stacked.mark_bar(cursor="pointer", stroke=palette(theme).background, strokeWidth=0.8).encode(
        x=alt.X("at:T", scale=UTC, axis=labels),
        x2="to:T",
        y=alt.Y("low:Q", axis=figures),
        y2="high:Q",
        color=_colour(parts, theme, bad),
        opacity=alt.condition("datum.whole === false", alt.value(_PALE), alt.value(1)),
        tooltip=[
            alt.Tooltip("when:N", title=t(lang, f"grain.{grain}")),
            alt.Tooltip("part:N", title=t(lang, "chart.group")),
            alt.Tooltip("told:N", title=t(lang, "chart.tickets")),
        ],
    )
    return finished(alt.layer(bars.add_params(picked)), theme)


def _colour(parts: Names, theme: str, bad: bool) -> alt.Color:
    colours = palette(theme)
    shades = [colours.mark_warn, colours.mark_bad] if bad else ramp(theme, len(parts))
    if len(parts) == 1:
        return alt.Color("part:N", scale=alt.Scale(domain=list(parts), range=[colours.mark]), legend=None)
    legend = alt.Legend(symbolType="square", columns=3)
    return alt.Color("part:N", scale=alt.Scale(domain=list(parts), range=shades), legend=legend)
