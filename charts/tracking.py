"""A model against what came: two lines over time, and the day up to which the model had learnt."""

from functools import cache

import altair as alt

from charts.build import UTC, Spec, day_labels, day_text, finished, once
from charts.theme import palette
from words import t

HEIGHT = 300


@cache
def tracking(lang: str, theme: str) -> Spec:
    """Rows, one per week: ``day`` and ``split`` (dates; the split is the same in all), ``actual`` and ``expected``
    (orders so far), ``off`` (words: by how much they differ)."""
    colours = palette(theme)
    base = alt.Chart(height=HEIGHT).transform_calculate(
        when=day_text(lang, "day", "datum.day"),
        came="format(datum.actual, ',')",
        foretold="format(datum.expected, ',.0f')",
    )
    ticks = {"interval": "month", "step": 1}
    axis = alt.Axis(
        title=None, labelExpr=day_labels(lang, "month"), labelOverlap=True, labelFlush=True, tickCount=ticks
    )
    x = alt.X("day:T", axis=axis, scale=UTC)
    counted = alt.Axis(title=t(lang, "lifetime.so_far"), format=",d", tickCount=5)
    names = [t(lang, f"lifetime.{name}") for name in ("came", "foretold")]
    scale = alt.Scale(domain=names, range=[colours.mark, colours.mark_warn])
    layers = _split(lang, theme)
    for name, column, dash in zip(names, ("actual", "expected"), ([1, 0], [6, 4]), strict=True):
        line = base.transform_calculate(line=f"'{name}'").mark_line(strokeWidth=2.4, strokeDash=dash)
        colour = alt.Color("line:N", scale=scale, sort=None)
        layers.append(line.encode(x=x, y=alt.Y(f"{column}:Q", axis=counted), color=colour))
    tips = [
        alt.Tooltip("when:N", title=t(lang, "lifetime.until")),
        alt.Tooltip("came:N", title=names[0]),
        alt.Tooltip("foretold:N", title=names[1]),
        alt.Tooltip("off:N", title=t(lang, "lifetime.off")),
    ]
    around = base.mark_rule(strokeWidth=7, opacity=0, aria=False)
    return finished(alt.layer(*layers, around.encode(x=x, tooltip=tips)), theme)


def _split(lang: str, theme: str) -> list[alt.Chart]:
    """The half from which the model had learnt, shaded, and on either side of its end what it is."""
    colours, at = palette(theme), alt.X("split:T", scale=UTC)
    shade = once().mark_rect(color=colours.soft, opacity=0.1, aria=False)
    rule = once().mark_rule(color=colours.muted, strokeDash=[2, 3], strokeWidth=1.4, aria=False)
    drawn = [shade.encode(x=alt.X("day:T", scale=UTC), x2="split:T"), rule.encode(x=at)]
    left = once().mark_text(align="right", dx=-8, baseline="top", color=colours.muted, aria=False)
    right = once().mark_text(align="left", dx=8, baseline="top", color=colours.muted, aria=False)
    for side, word in (("learnt", left), ("ahead", right)):
        drawn.append(word.encode(x=at, y=alt.value(4), text=alt.value(t(lang, f"lifetime.{side}"))))
    return drawn
