"""The words of what customers say, as a cloud and as bars: coloured by the side that a word is typical of, or by the
department that answers for it. The same rows, the same click."""

from functools import lru_cache
from typing import Any

import altair as alt

from charts.build import PICK, Spec, finished
from charts.layout import Frame
from charts.signed import spread
from charts.theme import palette
from words import t

DESK = Frame(width=1000, height=350, smallest=16, largest=68, words=80)
PHONE = Frame(width=350, height=350, smallest=14, largest=44, words=32)
_SLIM = 560
"""Below so many pixels the cloud takes the phone's layout."""
_LEGEND = 56
"""The height of a legend of two rows, in pixels."""
_COLUMNS = alt.ExprRef(f"width < {_SLIM} ? 2 : 3")
ROW = 30
Groups = tuple[str, ...]
"""What the colours stand for, in their order: both sides, or departments and the rest; one group needs no legend."""


@lru_cache(maxsize=64)
def cloud(lang: str, theme: str, groups: Groups, sides: bool) -> Spec:
    """Rows: ``value`` (what a click picks), ``word``, ``label`` (as drawn), ``group``, what the tooltip says (``told``,
    ``told_there``, ``ratio``), and its place in `DESK` (``x``, ``y``, ``size``) and in `PHONE` (``phone_x`` …), null
    where it has none."""
    layout = (
        alt.Chart(height=DESK.height + (_LEGEND if len(groups) > 1 else 0))
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
        color=_colour(theme, groups, sides, letters=True),
        tooltip=_tips(lang, groups, sides),
    )
    return finished(alt.layer(drawn.add_params(_picked())), theme)


@lru_cache(maxsize=64)
def ranked(lang: str, theme: str, groups: Groups) -> Spec:
    """Rows as for `cloud`, with ``n``, ``place`` and ``note`` (what stands at the right of the bar)."""
    base = alt.Chart().transform_joinaggregate(most="max(n)").transform_calculate(part="datum.n / datum.most")
    y = alt.Y("label:N", sort=alt.SortField("place"), title=None, axis=alt.Axis(domain=False, labelLimit=150))
    x = alt.X("part:Q", scale=alt.Scale(domain=[0, 1.32], nice=False), axis=None)
    bar = base.mark_bar(cornerRadiusEnd=2, height=15).encode(y=y, x=x, color=_colour(theme, groups, sides=False))
    note = base.mark_text(align="left", dx=6, aria=False).encode(y=y, x=x, text="note:N")
    row = base.mark_bar(opacity=0, cursor="pointer").encode(
        y=y, x=alt.value(0), x2=alt.value("width"), tooltip=_tips(lang, groups, sides=False)
    )
    return finished(alt.layer(bar, note, row.add_params(_picked()), height=alt.Step(ROW)), theme)


@lru_cache(maxsize=64)
def apart(lang: str, theme: str, groups: Groups) -> Spec:
    """The words of both sides, to the right and to the left of as often. Rows: ``value``, ``word``, ``label``,
    ``group``, ``figure``, ``low`` and ``high`` (times as often, by powers of two), ``place``, ``note``, and what the
    tooltip says."""
    return spread(_colour(theme, groups, sides=True), _named(lang, groups, sides=True), theme)


def _colour(theme: str, groups: Groups, sides: bool, letters: bool = False) -> alt.Color:
    colours = palette(theme)
    if sides:
        shades = [colours.bad, colours.primary] if letters else [colours.mark_bad, colours.mark]
    elif len(groups) > 1:
        shades = [*colours.categories[: len(groups) - 1], colours.muted]
    else:
        shades = [colours.primary if letters else colours.mark]
    legend: Any = alt.Legend(title=None, orient="top", columns=_COLUMNS, labelLimit=320) if len(groups) > 1 else None
    return alt.Color("group:N", scale=alt.Scale(domain=list(groups), range=shades), legend=legend)


def _picked() -> alt.Parameter:
    return alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)


def _named(lang: str, groups: Groups, sides: bool) -> dict[str, str]:
    """The fields that the tooltip shows, and what they are called."""
    if sides:
        told = dict(zip(("told", "told_there"), groups, strict=True))
        named = {**told, "group": t(lang, "voices.typical_of"), "ratio": t(lang, "voices.ratio_tip")}
    else:
        named = {"told": t(lang, "voices.now")}
        named |= {"group": t(lang, "voices.department_tip")} if len(groups) > 1 else {}
    return {"word": t(lang, "voices.word"), **named}


def _tips(lang: str, groups: Groups, sides: bool) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in _named(lang, groups, sides).items()]
