"""Compliance against the target: what share would have been kept, target by target, with today's and a chosen one."""

from functools import cache
from typing import Any

import altair as alt

from charts.build import Spec, finished
from charts.numbers import expression
from charts.theme import palette
from queries import METRICS
from words import t

HEIGHT = 230


@cache
def curve(lang: str, theme: str) -> Spec:
    """Rows, the shortest target first: ``label`` (the target in words) and ``place``, ``share`` (0 to 1), ``late``,
    ``waiting`` (counts), ``now`` and ``chosen`` (words over that point, or "")."""
    colours, metric = palette(theme), METRICS["compliance"]
    base = alt.Chart().transform_calculate(
        percent=expression("percent", lang, "datum.share", metric.decimals),
        lost="format(datum.late, ',')",
        open="format(datum.waiting, ',')",
    )
    axis = alt.Axis(title=t(lang, "what_if.axis"), labelAngle=0, labelOverlap=True, labelFlush=True)
    x = alt.X("label:N", sort=alt.SortField("place"), axis=axis, scale=alt.Scale(type="point", padding=0.4))
    y = alt.Y(
        "share:Q", axis=alt.Axis(title=None, format=".0%", tickCount=5), scale=alt.Scale(domain=[0, 1.12], nice=False)
    )
    tips = [
        alt.Tooltip("label:N", title=t(lang, "what_if.axis")),
        alt.Tooltip("percent:N", title=t(lang, "what_if.kept")),
        alt.Tooltip("lost:N", title=t(lang, "what_if.late")),
        alt.Tooltip("open:N", title=t(lang, "what_if.open")),
    ]
    line = base.mark_line(color=colours.mark, strokeWidth=2.4).encode(x=x, y=y)
    dots = base.mark_point(filled=True, size=34, opacity=1, color=colours.mark).encode(x=x, y=y, tooltip=tips)
    layers = [line, dots]
    for name, colour, dy in (("now", colours.text, -12), ("chosen", colours.mark_warn, 22)):
        marked = base.transform_filter(f"datum.{name} != ''")
        layers.append(marked.mark_rule(color=colour, strokeDash=[2, 3], strokeWidth=1.4).encode(x=x))
        layers.append(marked.mark_point(filled=True, size=110, opacity=1, color=colour).encode(x=x, y=y, tooltip=tips))
        words: dict[str, Any] = {"dy": dy, "fontWeight": 600, "align": "center"}
        rim = marked.mark_text(**words, stroke=colours.background, strokeWidth=4, strokeJoin="round", aria=False)
        layers.append(rim.encode(x=x, y=y, text=f"{name}:N"))
        layers.append(marked.mark_text(**words, color=colours.text, aria=False).encode(x=x, y=y, text=f"{name}:N"))
    return finished(alt.layer(*layers, height=HEIGHT), theme)
