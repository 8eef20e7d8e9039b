"""Amounts of money by group: each row names its group and says its amount in words over a bar; a click picks it."""

from functools import cache

import altair as alt

from charts.bars import ROW
from charts.build import PICK, Spec, finished
from charts.theme import palette
from words import t

_BAR, _BELOW, _ABOVE = 9, 9, -8
"""Height of a bar, and how far bar and text lie from the middle of their row."""


@cache
def amounts(lang: str, theme: str) -> Spec:
    """Rows: ``value`` (raw), ``label``, ``figure`` (not negative), ``note`` (the amount in words), ``place``."""
    colours = palette(theme)
    base = alt.Chart().transform_joinaggregate(most="max(figure)")
    base = base.transform_calculate(part="datum.figure / max(datum.most, 1e-9)")
    y = alt.Y("label:N", sort=alt.SortField("place"), title=None, axis=None)
    x = alt.X("part:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)
    bar = base.mark_bar(cornerRadius=2, height=_BAR, yOffset=_BELOW, aria=False)
    track = bar.encode(y=y, x=alt.value(0), x2=alt.value("width"), color=alt.value(colours.line))
    name = base.mark_text(align="left", baseline="middle", yOffset=_ABOVE, color=colours.text, aria=False)
    note = base.mark_text(align="right", baseline="middle", yOffset=_ABOVE, color=colours.text, aria=False)
    tips = [alt.Tooltip("label:N", title=t(lang, "chart.group")), alt.Tooltip("note:N", title=t(lang, "chart.n"))]
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    row = base.mark_bar(opacity=0, cursor="pointer").encode(y=y, x=alt.value(0), x2=alt.value("width"), tooltip=tips)
    layers = (
        track,
        bar.encode(y=y, x=x, color=alt.value(colours.mark)),
        name.encode(y=y, x=alt.value(0), text="label:N"),
        note.encode(y=y, x=alt.value("width"), text="note:N"),
        row.add_params(picked),
    )
    return finished(alt.layer(*layers, height=alt.Step(ROW)), theme)
