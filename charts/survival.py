"""How long customers stay: the share still with us by the time since their first order, with its interval."""

from functools import cache

import altair as alt

from charts.build import Spec, finished
from charts.numbers import expression
from words import t

HEIGHT = 300
_MONTH = 30.4375
"""Days in a month, on average over four years."""


@cache
def survival(lang: str, theme: str, groups: tuple[str, ...], colours: tuple[str, ...]) -> Spec:
    """Rows: ``label`` (one of ``groups``, drawn in its colour), ``life_days``, ``share``, ``low``, ``high`` (0 to 1),
    ``at_risk``. One group alone has its interval as a band."""
    base = alt.Chart(height=HEIGHT).transform_calculate(
        months=f"datum.life_days / {_MONTH}",
        day="format(datum.life_days, ',')",
        part=expression("percent", lang, "datum.share", 1),
        span=f"isValid(datum.low) ? {_span(lang)} : '–'",
        left="format(datum.at_risk, ',')",
    )
    x = alt.X(
        "months:Q",
        axis=alt.Axis(title=t(lang, "survival.axis"), tickCount=8, tickMinStep=1),
        scale=alt.Scale(zero=True, nice=False),
    )
    numbers = alt.Axis(title=None, labelExpr=expression("percent", lang, "datum.value"), tickCount=5)
    y = alt.Y("share:Q", axis=numbers, scale=alt.Scale(domain=[0, 1], nice=False))
    scale = alt.Scale(domain=list(groups), range=list(colours))
    legend = alt.Legend(columns=4, symbolType="stroke", symbolOpacity=1) if len(groups) > 1 else None
    colour = alt.Color("label:N", scale=scale, sort=None, legend=legend)
    tips = [
        *([alt.Tooltip("label:N", title=t(lang, "chart.group"))] if len(groups) > 1 else []),
        alt.Tooltip("day:N", title=t(lang, "survival.days")),
        alt.Tooltip("part:N", title=t(lang, "survival.share")),
        alt.Tooltip("span:N", title=t(lang, "survival.interval")),
        alt.Tooltip("left:N", title=t(lang, "survival.at_risk")),
    ]
    band = base.mark_area(interpolate="step-after", opacity=0.16 if len(groups) == 1 else 0.08, aria=False)
    line = base.mark_line(interpolate="step-after", strokeWidth=2.2)
    hit = base.mark_point(opacity=0, size=120, filled=True)
    layers = [
        band.encode(x=x, y=alt.Y("low:Q", axis=numbers), y2="high:Q", color=colour),
        line.encode(x=x, y=y, color=colour),
        hit.encode(x=x, y=y, tooltip=tips),
    ]
    return finished(alt.layer(*layers), theme)


def _span(lang: str) -> str:
    low, high = (expression("percent", lang, f"datum.{end}", 1) for end in ("low", "high"))
    return f"{low} + ' – ' + {high}"
