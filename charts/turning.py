"""A count week by week around one day, with what the general course would have made of it."""

from functools import cache

import altair as alt

from charts.build import Spec, day_text, finished
from charts.theme import palette
from words import t

HEIGHT = 260
SIDES = ("earlier", "before", "after", "later")
"""Where a week lies: before those compared, compared on either side of the day, or after those."""


@cache
def turning(lang: str, theme: str) -> Spec:
    """Rows: ``from`` and ``until`` (the week's first moment and that of the next), ``n``, ``side`` (one of `SIDES`),
    ``whole``, ``expected`` (what the others' course would make of it, may be empty) at ``middle``, ``told`` (the same
    in words), ``start`` (the day) and ``start_told``."""
    colours = palette(theme)
    base = alt.Chart(height=HEIGHT).transform_calculate(when=day_text(lang, "day", "datum.from"))
    days = "'%-m月%-d日'" if lang == "zh" else "'%-d %b'"
    axis = alt.Axis(title=None, labelExpr=f"utcFormat(datum.value, {days})", labelOverlap=True, tickCount=8)
    x = alt.X("from:T", axis=axis, scale=alt.Scale(type="utc"))
    y = alt.Y("n:Q", title=t(lang, "measures.weekly_axis"), axis=alt.Axis(format=",d", tickMinStep=1, tickCount=4))
    names = [t(lang, f"measures.side_{side}") for side in SIDES]
    shades = alt.Scale(domain=names, range=[colours.line, colours.soft, colours.mark, colours.line])
    legend = alt.Legend(title=None, orient="top", symbolType="square", columns=2, values=names[1:3], labelLimit=300)
    bars = base.mark_bar(stroke=colours.background, strokeWidth=0.8).encode(
        x=x,
        x2="until:T",
        y=y,
        y2=alt.datum(0),
        color=alt.Color("side:N", scale=shades, legend=legend),
        opacity=alt.condition("datum.whole", alt.value(1), alt.value(0.5)),
        tooltip=[
            alt.Tooltip("when:N", title=t(lang, "grain.week")),
            alt.Tooltip("n:Q", title=t(lang, "measures.weekly_axis"), format=","),
            alt.Tooltip("told:N", title=t(lang, "measures.expected")),
        ],
    )
    expected = base.transform_filter("isValid(datum.expected)").mark_line(
        color=colours.text, strokeDash=[4, 3], strokeWidth=1.6, aria=False
    )
    middle = alt.X("middle:T", axis=axis)
    begin = alt.Chart().transform_window(nth="row_number()").transform_filter("datum.nth == 1")
    rule = begin.mark_rule(color=colours.text, strokeWidth=1.6).encode(x=alt.X("start:T"))
    label = begin.mark_text(align="left", baseline="top", dx=5, color=colours.text).encode(
        x=alt.X("start:T"), y=alt.value(0), text="start_told:N"
    )
    return finished(alt.layer(bars, expected.encode(x=middle, y=alt.Y("expected:Q")), rule, label), theme)
