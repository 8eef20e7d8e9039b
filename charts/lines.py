"""Several counts over time, one line each."""

from functools import cache

import altair as alt

from charts.build import DAY, PICK, UTC, Spec, day_labels, day_text, finished
from charts.numbers import percents
from charts.theme import palette
from words import t

HEIGHT = 280
_COUNTS = alt.Axis(format=",d", tickMinStep=1, tickCount=5)


@cache
def lines(lang: str, theme: str, grain: str, about: str = "voices", shares: bool = False) -> Spec:
    """Rows: ``bucket`` (date), ``word`` (the line), ``n``, ``value`` (what a click on a point picks); where
    ``whole`` is false only part of the bucket counts, and the point is hollow. ``about``: whose words name the axis and
    the line. ``shares``: drawn is ``share`` (0 to 1), and the tooltip says ``told``."""
    shift = (
        DAY if grain == "week" else 0
    )  # as in the trend: the axis has its ticks on Sundays, our weeks begin on Mondays
    base = alt.Chart(height=HEIGHT).transform_calculate(
        when=day_text(lang, grain, "datum.bucket"), at=f"toDate(toNumber(datum.bucket) - {shift})"
    )
    ticks = {"interval": grain, "step": 1}
    named = day_labels(lang, grain, years=True)
    axis = alt.Axis(title=None, labelExpr=named, labelOverlap=True, labelFlush=True, tickCount=ticks)
    x = alt.X("at:T", axis=axis, scale=UTC)
    name = t(lang, f"{about}.lines_axis")
    percent = alt.Axis(labelExpr=percents(lang), tickCount=5)
    y = alt.Y("share:Q", title=name, axis=percent) if shares else alt.Y("n:Q", title=name, axis=_COUNTS)
    colour = alt.Color("word:N", sort=None, legend=alt.Legend(title=None, orient="top", columns=3, symbolType="stroke"))
    tips = [
        alt.Tooltip("when:N", title=t(lang, f"grain.{grain}")),
        alt.Tooltip("word:N", title=t(lang, f"{about}.lines_name")),
        alt.Tooltip("told:N", title=t(lang, f"{about}.lines_told"))
        if shares
        else alt.Tooltip("n:Q", title=name, format=","),
    ]
    line = base.mark_line(strokeWidth=2.2).encode(x=x, y=y, color=colour)
    own = alt.Fill("word:N", sort=None, legend=None)
    hollow = alt.condition("datum.whole === false", alt.value(palette(theme).background), own)
    points = base.mark_point(size=26, opacity=1, strokeWidth=1.6).encode(
        x=x, y=y, stroke=alt.Stroke("word:N", sort=None, legend=None), fill=hollow
    )
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    around = base.mark_point(filled=True, size=260, opacity=0, cursor="pointer", aria=False)
    return finished(alt.layer(line, points, around.encode(x=x, y=y, tooltip=tips).add_params(picked)), theme)
