"""One metric over time: line, interval band, target, and a dashed line for what it is compared with."""

from functools import cache

import altair as alt

from charts.build import DAY, UTC, Spec, day_labels, day_text, finished, once
from charts.numbers import expression
from charts.theme import palette
from queries import METRICS
from words import t

HEIGHT = 280
_DOTS = 120
"""Up to so many points are drawn as dots; more would hide the line."""


def _shift(grain: str) -> int:
    """Milliseconds that weeks are drawn early: the axis has its ticks on Sundays, our weeks begin on Mondays."""
    return DAY if grain == "week" else 0


@cache
def trend(metric_id: str, lang: str, theme: str, grain: str, compared: bool = False, counted: bool = False) -> Spec:
    """Rows: ``bucket`` (date), ``value``, ``low``, ``high``, ``n``, ``series`` (now | before), ``shown`` (drawn at),
    ``whole`` (false: the bucket lies in the period only in part; drawn hollow). ``counted``: ``n`` as columns below."""
    metric, colours = METRICS[metric_id], palette(theme)
    label = metric.label[lang]
    base = alt.Chart(height=HEIGHT).transform_calculate(
        when=day_text(lang, grain, "datum.bucket"),
        figure=expression(metric.unit, lang, "datum.value", metric.decimals),
        number="format(datum.n, ',')",
        at=f"toDate(toNumber(datum.shown) - {_shift(grain)})",
    )
    axis = alt.Axis(
        title=None,
        labelExpr=day_labels(lang, grain),
        labelOverlap=True,
        labelFlush=True,
        tickCount={"interval": grain, "step": 1},
    )
    x = alt.X("at:T", axis=axis, scale=UTC)
    y = alt.Y(
        "value:Q",
        title=None,
        axis=alt.Axis(labelExpr=expression(metric.unit, lang, "datum.value", 0), tickCount=5),
        scale=alt.Scale(zero=metric.unit in ("count", "money"), nice=True),
    )
    tips = [
        alt.Tooltip("when:N", title=t(lang, f"grain.{grain}")),
        alt.Tooltip("figure:N", title=label),
        alt.Tooltip("number:N", title=t(lang, "chart.n")),
    ]
    now = base.transform_filter("datum.series == 'now'")
    layers: list[alt.Chart] = []
    if metric.interval != "none":
        band = now.mark_area(color=colours.mark, opacity=0.14)
        layers.append(band.encode(x=x, y=alt.Y("low:Q", title=None), y2="high:Q"))
    if metric.target is not None:
        rule = once().mark_rule(color=colours.muted, strokeDash=[2, 3], strokeWidth=1.2)
        layers.append(rule.encode(y=alt.datum(metric.target)))
    if compared:
        before = base.transform_filter("datum.series == 'before'")
        layers.append(before.mark_line(color=colours.soft, strokeDash=[5, 4], strokeWidth=1.8).encode(x=x, y=y))
    layers.append(now.mark_line(color=colours.mark, strokeWidth=2.4).encode(x=x, y=y))
    colour = alt.Scale(domain=["now", "before"], range=[colours.mark, colours.soft])
    points = base.transform_joinaggregate(all="count()").transform_filter(f"datum.all <= {_DOTS}")
    points = points.mark_point(size=46, opacity=1, strokeWidth=1.8).encode(
        x=x,
        y=y,
        tooltip=tips,
        stroke=alt.Stroke("series:N", legend=None, scale=colour),
        fill=alt.condition(
            "datum.whole", alt.Fill("series:N", legend=None, scale=colour), alt.value(colours.background)
        ),
    )
    drawn = alt.layer(*layers, points)
    return finished(
        alt.layer(_counts(now, x, theme), drawn).resolve_scale(y="independent") if counted else drawn, theme
    )


def _counts(now: alt.Chart, x: alt.X, theme: str) -> alt.Chart:
    """How many rows each point rests on, as faint columns in the lowest fifth of the picture."""
    tall = now.transform_joinaggregate(most="max(n)").transform_calculate(height="datum.n / max(datum.most, 1)")
    column = tall.mark_bar(color=palette(theme).soft, opacity=0.45, width=9, aria=False)
    y = alt.Y("height:Q", axis=None, scale=alt.Scale(domain=[0, 5], nice=False))
    drawn: alt.Chart = column.encode(x=x, y=y)
    return drawn
