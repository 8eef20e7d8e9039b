"""Steps one after the other, and how many came so far: dark where the step is on record, grey where a later one is."""

from functools import cache
from typing import Literal

import altair as alt

from charts.build import PICK, Spec, finished
from charts.theme import palette
from words import t

ROW = 56
"""Height of one step, in pixels: its name, its bar, and who stands there."""
_BAR, _ABOVE, _BELOW = 11, -17, 16
Align = Literal["left", "right"]
_WHOLE = alt.Scale(domain=[0, 1], nice=False)


@cache
def funnel(lang: str, theme: str) -> Spec:
    """Rows: ``value`` (what a click picks), ``place``, ``label``, ``reached`` and ``recorded`` (0 to 1, both of all),
    ``note`` (words at the right), ``now`` (words below the bar), ``n``, ``part``, ``took`` and ``standing`` (words)."""
    colours, base = palette(theme), alt.Chart()
    y = alt.Y("label:N", sort=alt.SortField("place"), title=None, axis=None)
    bar = base.mark_bar(cornerRadius=2, height=_BAR, aria=False)
    track = bar.encode(y=y, x=alt.value(0), x2=alt.value("width"), color=alt.value(colours.line))
    reached = bar.encode(y=y, x=alt.X("reached:Q", scale=_WHOLE, axis=None), color=alt.value(colours.soft))
    recorded = bar.encode(y=y, x=alt.X("recorded:Q", scale=_WHOLE, axis=None), color=alt.value(colours.mark))
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    tips = [
        alt.Tooltip("label:N", title=t(lang, "handling.step")),
        alt.Tooltip("n:N", title=t(lang, "handling.reached")),
        alt.Tooltip("part:N", title=t(lang, "handling.of_accepted")),
        alt.Tooltip("took:N", title=t(lang, "handling.took")),
        alt.Tooltip("standing:N", title=t(lang, "handling.standing")),
    ]
    row = base.mark_bar(opacity=0, cursor="pointer").encode(y=y, x=alt.value(0), x2=alt.value("width"), tooltip=tips)
    words = [
        _text(base, y, 0, "label", "left", _ABOVE, colours.text),
        _text(base, y, "width", "note", "right", _ABOVE, colours.text),
        _text(base, y, 0, "now", "left", _BELOW, colours.muted),
    ]
    return finished(alt.layer(track, reached, recorded, *words, row.add_params(picked), height=alt.Step(ROW)), theme)


def _text(base: alt.Chart, y: alt.Y, x: int | str, field: str, align: Align, offset: int, colour: str) -> alt.Chart:
    mark = base.mark_text(align=align, baseline="middle", yOffset=offset, color=colour, aria=False)
    drawn: alt.Chart = mark.encode(y=y, x=alt.value(x), text=f"{field}:N")
    return drawn
