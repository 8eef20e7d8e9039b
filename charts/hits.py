"""Past lists one by one: the share of those listed who left afterwards, a line per method, and that of everybody."""

from functools import cache

import altair as alt

from charts.build import UTC, Spec, day_labels, day_text, finished
from charts.numbers import expression
from charts.theme import palette
from words import t, value

HEIGHT = 280
METHODS = ("model", "recency", "signals")


@cache
def hits(lang: str, theme: str) -> Spec:
    """Rows: ``bucket`` (date), ``line`` (a method in words, or everybody), ``rate`` (0 to 1), ``told`` (the counts in
    words), ``low``, ``high`` (empty for everybody)."""
    colours = palette(theme)
    names = [*(value(lang, "method", name) for name in METHODS), t(lang, "proof.everybody")]
    shades = alt.Scale(domain=names, range=[*colours.categories[:3], colours.soft])
    base = alt.Chart(height=HEIGHT).transform_calculate(
        when=day_text(lang, "month", "datum.bucket"),
        percent=expression("percent", lang, "datum.rate", 0),
        between="isValid(datum.low) ? "
        + expression("percent", lang, "datum.low", 0)
        + " + ' – ' + "
        + expression("percent", lang, "datum.high", 0)
        + " : '–'",
    )
    axis = alt.Axis(
        title=None,
        labelExpr=day_labels(lang, "month", years=True),
        labelOverlap=True,
        labelFlush=True,
        tickCount={"interval": "month", "step": 1},
    )
    x = alt.X("bucket:T", axis=axis, scale=UTC)
    figures = alt.Axis(labelExpr=expression("percent", lang, "datum.value", 0), tickCount=5)
    y = alt.Y("rate:Q", title=None, axis=figures, scale=alt.Scale(zero=True, nice=True))
    colour = alt.Color("line:N", scale=shades, legend=alt.Legend(title=None, orient="top", columns=2, labelLimit=260))
    tips = [
        alt.Tooltip("when:N", title=t(lang, "proof.list_of_month")),
        alt.Tooltip("line:N", title=t(lang, "proof.by")),
        alt.Tooltip("percent:N", title=t(lang, "proof.left")),
        alt.Tooltip("told:N", title=t(lang, "proof.counts")),
        alt.Tooltip("between:N", title=t(lang, "proof.interval")),
    ]
    lines = base.mark_line(strokeWidth=2.2).encode(x=x, y=y, color=colour)
    dots = base.mark_point(filled=True, size=42, opacity=1).encode(x=x, y=y, color=colour, tooltip=tips)
    return finished(alt.layer(lines, dots), theme)
