"""One metric by a dimension: horizontal bars with their 95 % interval and what they rest on; a click picks one."""

from functools import cache

import altair as alt

from charts.build import PICK, Spec, finished, once
from charts.numbers import expression
from charts.theme import palette
from queries import METRICS, Metric
from words import t

ROW = 30
"""Height of one bar with its gap, in pixels."""
_ROOM = 1.5
"""The axis ends at this multiple of the longest bar, so that the figures at the right have room."""


@cache
def bars(metric_id: str, lang: str, theme: str) -> Spec:
    """Rows: ``value`` (raw), ``label``, ``figure``, ``low``, ``high``, ``n``, ``place``; red bars miss the target."""
    metric, colours = METRICS[metric_id], palette(theme)
    base = _measured(metric, lang)
    y = alt.Y(
        "label:N", sort=alt.SortField("place"), title=None, axis=alt.Axis(labelLimit=150, domain=False, grid=False)
    )
    scale = alt.Scale(domain=[0, _ROOM], nice=False)
    x = alt.X("part:Q", title=None, scale=scale, axis=None)
    tips = [
        alt.Tooltip("label:N", title=t(lang, "chart.group")),
        alt.Tooltip("text:N", title=metric.label[lang]),
        alt.Tooltip("number:N", title=t(lang, "chart.n")),
    ]
    drawn = base.mark_bar(cornerRadiusEnd=3, height={"band": 0.6}, aria=False)
    layers: list[alt.Chart] = [drawn.encode(x=x, y=y, color=_colour(metric, theme))]
    if metric.interval != "none":
        whisker = base.mark_rule(color=colours.text, opacity=0.6, strokeWidth=1.4)
        layers.append(whisker.encode(y=y, x=alt.X("part_low:Q", scale=scale, title=None, axis=None), x2="part_high:Q"))
    if metric.target is not None:
        line = once().mark_rule(color=colours.muted, strokeDash=[2, 3])
        layers.append(line.encode(x=alt.datum(metric.target, scale=scale, type="quantitative")))
    text = base.mark_text(align="right", color=colours.text, aria=False).encode(
        y=y, x=alt.value("width"), text="note:N"
    )
    # The whole row answers to a click, so that a bar of length nothing can be clicked too.
    row = base.mark_bar(opacity=0, cursor="pointer").encode(y=y, x=alt.value(0), x2=alt.value("width"), tooltip=tips)
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    return finished(alt.layer(*layers, text, row.add_params(picked), height=alt.Step(ROW)), theme)


def _measured(metric: Metric, lang: str) -> alt.Chart:
    """Lengths as parts of the whole (shares) or of the longest bar, and the words beside each bar."""
    figure = expression(metric.unit, lang, "datum.figure", metric.decimals)
    of = f" + '{t(lang, 'chart.of')}' + format(datum.n, ',')" if metric.unit != "count" else ""
    whole = "1" if metric.unit == "percent" else "max(datum.most, 1e-9)"
    return (
        alt.Chart()
        .transform_joinaggregate(most="max(figure)")
        .transform_calculate(
            part=f"datum.figure / {whole}",
            part_low=f"datum.low / {whole}",
            part_high=f"datum.high / {whole}",
            text=f"isValid(datum.figure) ? {figure} : '–'",
            number="format(datum.n, ',')",
        )
        .transform_calculate(note=f"datum.text{of}")
    )


def _colour(metric: Metric, theme: str) -> object:
    colours = palette(theme)
    if metric.target is None:
        return alt.value(colours.mark)
    worse = "<" if metric.direction == "up" else ">"
    return alt.condition(f"datum.figure {worse} {metric.target}", alt.value(colours.mark_bad), alt.value(colours.mark))
