"""What groups are made of: each row names a group over one bar, cut into its parts. A click picks one part of a bar."""

from functools import cache
from typing import Literal

import altair as alt

from charts.build import PICK, Spec, finished
from charts.numbers import expression
from charts.theme import PARTS, STATES, palette, part_colours, state_colours
from words import t, value

ROW = 42
"""Height of one group, in pixels: a line of text and the bar below it."""
_BAR, _BELOW, _ABOVE = 16, 8, -10
_ROOM = 5.5
"""Pixels that a letter inside a bar takes."""
Kind = Literal["state", "part"]


@cache
def shares(kind: Kind, lang: str, theme: str) -> Spec:
    """Rows: ``label`` and ``place`` of the group, ``size`` (words at its right end), ``part`` (words), ``rank``,
    ``share`` (of the group, 0 to 1), ``length`` (of the longest bar, 0 to 1), ``figure`` (words inside the part),
    ``value`` (what a click gives back)."""
    colours = palette(theme)
    base = (
        alt.Chart()
        .transform_window(nth="row_number()", groupby=["label"])
        .transform_calculate(
            percent=expression("percent", lang, "datum.share", 1),
            inside=f"datum.length * width > length(datum.figure) * {_ROOM} + 10 ? datum.figure : ''",
            name="datum.nth == 1 ? datum.label : ''",
            end="datum.nth == 1 ? datum.size : ''",
        )
    )
    y = alt.Y("label:N", sort=alt.EncodingSortField("place", op="min"), axis=None)
    x = alt.X("length:Q", stack="zero", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    middle = alt.X("length:Q", stack="zero", axis=None, bandPosition=0.5)
    order = alt.Order("rank:Q")
    tips = [alt.Tooltip(f"{field}:N", title=t(lang, f"shares.{kind}_{field}")) for field in ("label", "part", "figure")]
    tips.append(alt.Tooltip("percent:N", title=t(lang, f"shares.{kind}_share")))
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    bars = base.mark_bar(height=_BAR, yOffset=_BELOW, cursor="pointer")
    inside = base.mark_text(yOffset=_BELOW, color=colours.background, fontWeight=600, fontSize=11, aria=False)
    name = base.mark_text(align="left", yOffset=_ABOVE, color=colours.text, aria=False)
    size = base.mark_text(align="right", yOffset=_ABOVE, color=colours.muted, aria=False)
    layers = [
        bars.encode(x=x, y=y, order=order, color=_colour(kind, lang, theme), tooltip=tips).add_params(picked),
        inside.encode(x=middle, y=y, order=order, text="inside:N", detail="part:N"),
        name.encode(x=alt.value(0), y=y, text="name:N"),
        size.encode(x=alt.value("width"), y=y, text="end:N"),
    ]
    return finished(alt.layer(*layers, height=alt.Step(ROW)), theme)


def _colour(kind: Kind, lang: str, theme: str) -> alt.Color:
    codes, colours = (STATES, state_colours(theme)) if kind == "state" else (PARTS, part_colours(theme))
    scale = alt.Scale(domain=[value(lang, kind, code) for code in codes], range=colours)
    return alt.Color("part:N", scale=scale, sort=None, legend=alt.Legend(columns=3 if kind == "state" else 2))
