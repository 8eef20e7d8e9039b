"""The words of complaints, as a cloud and as ranked bars: the same rows, the same click."""

from functools import cache

import altair as alt

from charts.build import PICK, Spec, finished
from charts.layout import Frame
from charts.theme import palette
from words import t

DESK = Frame(width=1000, height=400, smallest=16, largest=68, words=80)
PHONE = Frame(width=350, height=400, smallest=14, largest=44, words=32)
_SLIM = 560
"""Below so many pixels the cloud takes the phone's layout."""
ROW = 30


@cache
def cloud(lang: str, theme: str) -> Spec:
    """Rows: ``value`` (the word), ``label`` (as drawn), ``rising``, ``told``, ``told_before``, and its place in `DESK`
    (``x``, ``y``, ``size``) and in `PHONE` (``phone_x`` …), null where it has none."""
    colours = palette(theme)
    layout = (
        alt.Chart(height=DESK.height)
        .transform_calculate(slim=f"width < {_SLIM}")
        .transform_calculate(
            scale=f"datum.slim ? min(width / {PHONE.width}, height / {PHONE.height})"
            f" : min(width / {DESK.width}, height / {DESK.height})",
            wide=f"datum.slim ? {PHONE.width} : {DESK.width}",
            tall=f"datum.slim ? {PHONE.height} : {DESK.height}",
            **{name: f"datum.slim ? datum.phone_{name} : datum.{name}" for name in ("x", "y", "size")},
        )
        .transform_filter("isValid(datum.size)")
        .transform_calculate(
            left="width / 2 + (datum.x - datum.wide / 2) * datum.scale",
            top="height / 2 + (datum.y - datum.tall / 2) * datum.scale",
            letters="datum.size * datum.scale",
        )
    )
    drawn = layout.mark_text(align="center", baseline="middle", cursor="pointer", fontWeight=600).encode(
        x=alt.X("left:Q", scale=None, axis=None),
        y=alt.Y("top:Q", scale=None, axis=None),
        size=alt.Size("letters:Q", scale=None, legend=None),
        text="label:N",
        color=alt.condition("datum.rising", alt.value(colours.bad), alt.value(colours.primary)),
        tooltip=_tips(lang),
    )
    return finished(alt.layer(drawn.add_params(_picked())), theme)


@cache
def ranked(lang: str, theme: str) -> Spec:
    """Rows as for `cloud`, with ``n``, ``place`` and ``note`` (what stands at the right of the bar)."""
    colours = palette(theme)
    base = alt.Chart().transform_joinaggregate(most="max(n)").transform_calculate(part="datum.n / datum.most")
    y = alt.Y("label:N", sort=alt.SortField("place"), title=None, axis=alt.Axis(domain=False, labelLimit=150))
    x = alt.X("part:Q", scale=alt.Scale(domain=[0, 1.32], nice=False), axis=None)
    bar = base.mark_bar(cornerRadiusEnd=2, height=15).encode(
        y=y, x=x, color=alt.condition("datum.rising", alt.value(colours.mark_bad), alt.value(colours.mark))
    )
    note = base.mark_text(align="left", dx=6, aria=False).encode(y=y, x=x, text="note:N")
    row = base.mark_bar(opacity=0, cursor="pointer").encode(
        y=y, x=alt.value(0), x2=alt.value("width"), tooltip=_tips(lang)
    )
    return finished(alt.layer(bar, note, row.add_params(_picked()), height=alt.Step(ROW)), theme)


def _picked() -> alt.Parameter:
    return alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)


def _tips(lang: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("value:N", title=t(lang, "voices.word")),
        alt.Tooltip("told:N", title=t(lang, "voices.now")),
        alt.Tooltip("told_before:N", title=t(lang, "voices.before")),
    ]
