"""One metric by a dimension: each row names its group and figure over a bar with its interval; a click picks it."""

from functools import cache

import altair as alt

from charts.build import PICK, Spec, finished
from charts.numbers import expression
from charts.theme import palette
from charts.verdict import verdict
from queries import METRICS, Metric
from words import t

ROW = 38
"""Height of one row, in pixels: a line of text and the bar below it."""
_BAR, _BELOW, _ABOVE = 9, 9, -8
"""Height of a bar, and how far bar and text lie from the middle of their row."""
_LETTER, _NARROW = 8, 480
"""What a letter of the figure takes at most, and the width below which the short label is written."""
_SCALE = alt.Scale(domain=[0, 1], nice=False)


@cache
def bars(metric_id: str, lang: str, theme: str) -> Spec:
    """Rows: ``value`` (raw), ``label``, ``figure``, ``low``, ``high``, ``n``, ``place``; maybe ``short``, which is
    written on a phone instead of the label. Red bars miss the target beyond chance."""
    metric, colours = METRICS[metric_id], palette(theme)
    base = _measured(metric, lang)
    y = alt.Y("label:N", sort=alt.SortField("place"), title=None, axis=None)
    x = alt.X("part:Q", scale=_SCALE, axis=None)
    bar = base.mark_bar(cornerRadius=2, height=_BAR, yOffset=_BELOW, aria=False)
    track = bar.encode(y=y, x=alt.value(0), x2=alt.value("width"), color=alt.value(colours.line))
    layers: list[alt.Chart] = [track, bar.encode(y=y, x=x, color=verdict(metric, theme))]
    if metric.interval != "none":
        whisker = base.mark_rule(color=colours.text, strokeWidth=1.4, yOffset=_BELOW, aria=False)
        layers.append(whisker.encode(y=y, x=alt.X("part_low:Q", scale=_SCALE, axis=None), x2="part_high:Q"))
    if metric.target is not None:
        tick = base.mark_tick(color=colours.text, thickness=2, size=17, yOffset=_BELOW, aria=False)
        layers.append(tick.encode(y=y, x=alt.datum(metric.target, scale=_SCALE, type="quantitative")))
    left = alt.ExprRef(f"width - {_LETTER} * (length(datum.note) + 1)")
    name = base.mark_text(align="left", baseline="middle", yOffset=_ABOVE, color=colours.text, limit=left, aria=False)
    figure = base.mark_text(align="right", baseline="middle", yOffset=_ABOVE, color=colours.text, aria=False)
    layers.append(name.encode(y=y, x=alt.value(0), text="written:N"))
    layers.append(figure.encode(y=y, x=alt.value("width"), text="note:N"))
    return finished(alt.layer(*layers, _clickable(base, metric, lang, y), height=alt.Step(ROW)), theme)


def _clickable(base: alt.Chart, metric: Metric, lang: str, y: alt.Y) -> alt.Chart:
    """The whole row answers to pointer and click, so that a bar of length nothing can be picked too."""
    tips = [
        alt.Tooltip("label:N", title=t(lang, "chart.group")),
        alt.Tooltip("text:N", title=metric.label[lang]),
        alt.Tooltip("number:N", title=t(lang, "chart.n")),
    ]
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    row = base.mark_bar(opacity=0, cursor="pointer")
    drawn: alt.Chart = row.encode(y=y, x=alt.value(0), x2=alt.value("width"), tooltip=tips).add_params(picked)
    return drawn


def _measured(metric: Metric, lang: str) -> alt.Chart:
    """Lengths as parts of the whole (shares) or of the longest bar, and the words over each bar."""
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
        .transform_calculate(
            note=f"datum.text{of}",
            written=f"width < {_NARROW} && isValid(datum.short) ? datum.short : datum.label",
        )
    )
