"""One metric over time: line, interval band, target, and a dashed line for what it is compared with."""

from functools import cache

import altair as alt

from charts.build import DAY, UTC, Spec, day_labels, day_text, finished, once
from charts.numbers import expression
from charts.theme import palette
from queries import METRICS, Metric
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
    base = alt.Chart(height=HEIGHT).transform_calculate(
        when=day_text(lang, grain, "datum.bucket"),
        figure=expression(metric.unit, lang, "datum.value", metric.decimals),
        number="format(datum.n, ',')",
        at=f"toDate(toNumber(datum.shown) - {_shift(grain)})",
    )
    x, y = _axes(metric, lang, grain)
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
    drawn = alt.layer(*layers, _points(base, theme).encode(x=x, y=y, tooltip=_tips(metric, lang, grain)))
    if counted:
        drawn = alt.layer(_counts(now, x, theme), drawn).resolve_scale(y="independent")
    return finished(drawn, theme)


def _axes(metric: Metric, lang: str, grain: str) -> tuple[alt.X, alt.Y]:
    days = alt.Axis(
        title=None,
        labelExpr=day_labels(lang, grain),
        labelOverlap=True,
        labelFlush=True,
        tickCount={"interval": grain, "step": 1},
    )
    figures = alt.Axis(labelExpr=expression(metric.unit, lang, "datum.value", 0), tickCount=5)
    # What rests on a model may have no interval: beside nothing but itself the least of changes would fill the picture.
    scale = alt.Scale(zero=metric.unit in ("count", "money") or bool(metric.error), nice=True)
    return alt.X("at:T", axis=days, scale=UTC), alt.Y("value:Q", title=None, axis=figures, scale=scale)


def _tips(metric: Metric, lang: str, grain: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("when:N", title=t(lang, f"grain.{grain}")),
        alt.Tooltip("figure:N", title=metric.label[lang]),
        alt.Tooltip("number:N", title=t(lang, "chart.n")),
    ]


def _points(base: alt.Chart, theme: str) -> alt.Chart:
    """Dots of both series, hollow where only part of the bucket counts; none where there are too many."""
    colours = palette(theme)
    scale = alt.Scale(domain=["now", "before"], range=[colours.mark, colours.soft])
    few = base.transform_joinaggregate(all="count()").transform_filter(f"datum.all <= {_DOTS}")
    dots: alt.Chart = few.mark_point(size=46, opacity=1, strokeWidth=1.8).encode(
        stroke=alt.Stroke("series:N", legend=None, scale=scale),
        fill=alt.condition(
            "datum.whole", alt.Fill("series:N", legend=None, scale=scale), alt.value(colours.background)
        ),
    )
    return dots


def _counts(now: alt.Chart, x: alt.X, theme: str) -> alt.Chart:
    """How many rows each point rests on, as faint columns in the lowest fifth of the picture."""
    tall = now.transform_joinaggregate(most="max(n)").transform_calculate(height="datum.n / max(datum.most, 1)")
    column = tall.mark_bar(color=palette(theme).soft, opacity=0.45, width=9, aria=False)
    y = alt.Y("height:Q", axis=None, scale=alt.Scale(domain=[0, 5], nice=False))
    drawn: alt.Chart = column.encode(x=x, y=y)
    return drawn
