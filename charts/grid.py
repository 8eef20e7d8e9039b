"""Customers in a grid of two scales: the darker a cell, the more there are. A click picks a cell."""

from collections.abc import Mapping
from functools import cache

import altair as alt

from charts.build import PICK, Spec, finished
from charts.theme import palette
from words import t

CELL = 46
_DARK = 0.65
"""The depth of colour from which on a number is written in the colour of the background."""
_NARROW = 430
"""Below so many pixels long heads are turned: side by side they would run into each other."""
TIPS: Mapping[str, tuple[str, ...]] = {
    "rfm": ("across", "down", "customers", "share", "spend", "spend_share", "each"),
    "moves": ("down", "across", "customers", "share", "spend_before", "spend"),
    "stages": ("down", "across", "customers", "share"),
    "parts": ("down", "across", "points"),
}
"""Kind of grid -> the words that its cells tell, in this order: columns of its rows."""


@cache
def grid(kind: str, lang: str, theme: str, about: str = "tiers") -> Spec:
    """Rows: ``across`` and ``down`` (words) with their order ``column`` and ``row``, ``note`` (in the cell),
    ``depth`` (0 to 1), ``apart`` (true: grey whatever its depth), ``value`` (what a click gives back), and the words in
    `TIPS`. ``about``: whose words name axes and tooltips."""
    colours = palette(theme)
    x = alt.X(
        "across:N",
        sort=alt.SortField("column"),
        axis=alt.Axis(
            title=t(lang, f"{about}.{kind}_across"),
            orient="top",
            labelAngle=_angle(kind, lang),
            domain=False,
            labelOverlap=False,
        ),
        scale=alt.Scale(paddingInner=0.04),
    )
    y = alt.Y(
        "down:N",
        sort=alt.SortField("row"),
        axis=alt.Axis(title=t(lang, f"{about}.{kind}_down"), labelLimit=110),
        scale=alt.Scale(paddingInner=0.06),
    )
    tips = [alt.Tooltip(f"{name}:N", title=t(lang, f"{about}.{kind}_{name}")) for name in TIPS[kind]]
    scale = alt.Scale(domain=[0, 1], range=[colours.surface, colours.mark])
    base = alt.Chart()
    cells = base.mark_rect(cornerRadius=3, cursor="pointer", stroke=colours.line, strokeWidth=1).encode(
        x=x,
        y=y,
        tooltip=tips,
        color=alt.condition("datum.apart", alt.value(colours.line), alt.Color("depth:Q", scale=scale, legend=None)),
    )
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    ink = alt.condition(f"datum.depth > {_DARK}", alt.value(colours.background), alt.value(colours.text))
    notes = base.mark_text(aria=False).encode(x=x, y=y, text="note:N", color=ink)
    return finished(alt.layer(cells.add_params(picked), notes, height=alt.Step(CELL)), theme)


def _angle(kind: str, lang: str) -> float | alt.ExprRef:
    """Level where heads are short, or there is room."""
    long = kind in ("stages", "parts") and lang == "en"
    return alt.ExprRef(f"width < {_NARROW} ? -38 : 0") if long else 0
