"""Probabilities against what happened: on the diagonal they can be taken at their word."""

from functools import cache

import altair as alt

from charts.build import Spec, finished
from charts.numbers import expression
from charts.theme import palette
from words import t

HEIGHT = 300
_WHOLE = alt.Scale(domain=[0, 1], nice=False)


@cache
def calibration(lang: str, theme: str, about: str = "proof") -> Spec:
    """Rows: ``expected``, ``left_rate``, ``low``, ``high`` (all 0 to 1), ``n``, ``corner`` (0 and 1 in two further rows
    without the others: the ends of the diagonal).
    ``about``: whose words name the axes and what is counted."""
    colours = palette(theme)
    told = {name: expression("percent", lang, f"datum.{name}", 0) for name in ("expected", "left_rate", "low", "high")}
    base = alt.Chart(height=HEIGHT)
    axis = alt.Axis(labelExpr=expression("percent", lang, "datum.value", 0), tickCount=5)
    x = alt.X("expected:Q", title=t(lang, f"{about}.expected"), axis=axis, scale=_WHOLE)
    y = alt.Y("left_rate:Q", title=t(lang, f"{about}.observed"), axis=axis, scale=_WHOLE)
    diagonal = base.transform_filter("isValid(datum.corner)").mark_line(color=colours.soft, strokeDash=[4, 4])
    bands = base.transform_filter("isValid(datum.expected)").transform_calculate(
        said=told["expected"], came=told["left_rate"], between=f"{told['low']} + ' – ' + {told['high']}"
    )
    tips = [
        alt.Tooltip("said:N", title=t(lang, f"{about}.expected")),
        alt.Tooltip("came:N", title=t(lang, f"{about}.observed")),
        alt.Tooltip("between:N", title=t(lang, "proof.interval")),
        alt.Tooltip("n:Q", title=t(lang, f"{about}.customers"), format=","),
    ]
    spans = bands.mark_rule(color=colours.mark, strokeWidth=1.6).encode(x=x, y="low:Q", y2="high:Q")
    size = alt.Size("n:Q", scale=alt.Scale(range=[40, 420]), legend=None)
    dots = bands.mark_circle(color=colours.mark, opacity=1).encode(x=x, y=y, size=size, tooltip=tips)
    ends = diagonal.encode(x=alt.X("corner:Q", scale=_WHOLE), y=alt.Y("corner:Q", scale=_WHOLE))
    return finished(alt.layer(ends, spans, dots), theme)
