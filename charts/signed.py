"""Figures on both sides of nothing, by group: a score such as NPS with its interval, or what each group adds or takes.

Each row names its group over a bar that begins at nothing and runs to the left or right of it; a click picks the row.
"""

from functools import cache
from typing import Any

import altair as alt

from charts.build import PICK, Spec, finished
from charts.numbers import difference, expression, written
from charts.theme import Palette, palette
from charts.verdict import verdict
from queries import METRICS
from words import t

ROW = 38
"""Height of one row, in pixels: a line of text and the bar below it."""
_BAR, _BELOW, _ABOVE = 9, 9, -8
"""Height of a bar, and how far bar and text lie from the middle of their row."""
_SCALE = alt.Scale(domain=[0, 1], nice=False)


@cache
def groups(metric_id: str, lang: str, theme: str) -> Spec:
    """Rows: ``value`` (raw), ``label``, ``figure``, ``low``, ``high``, ``n``, ``place``. Red bars miss the target
    beyond chance; groups with few rows are pale, and say so."""
    metric, colours = METRICS[metric_id], palette(theme)
    few = f" + (datum.n < {metric.few} ? '{t(lang, 'chart.few')}' : '')"
    base = (
        _laid_out(metric.target or 0, whole=int(metric.unit == "percent"))
        .transform_calculate(text=written(metric, lang, "datum.figure"), number="format(datum.n, ',')")
        .transform_calculate(name="datum.label", note=f"datum.text + '{t(lang, 'chart.of')}' + datum.number{few}")
    )
    whisker = base.mark_rule(color=colours.text, strokeWidth=1.4, yOffset=_BELOW, aria=False)
    layers = [whisker.encode(y=_y(), x=_x("low"), x2="at_high:Q")]
    if metric.unit != "percent":
        layers.insert(0, _mark(base, "zero", colours.muted))
    if metric.target is not None:
        layers.append(_mark(base, "target", colours.text))
    tips = {"label": t(lang, "chart.group"), "text": metric.label[lang], "number": t(lang, "chart.n")}
    return _finished(base, layers, verdict(metric, theme), f"datum.n < {metric.few}", tips, theme)


@cache
def impact(metric_id: str, lang: str, theme: str) -> Spec:
    """Rows: ``value`` (raw), ``label``, ``figure`` (the impact), ``low``, ``high`` (NULL), ``share`` (0 to 1), ``gap``,
    ``own`` (the group's own figure), ``n``, ``place``. Each row spells out share x gap = impact."""
    metric = METRICS[metric_id]
    before, after = t(lang, "nps.answers_n", n="\0").split("\0")
    share = expression("percent", lang, "datum.share", 1)
    few = f" + (datum.n < {metric.few} ? '{t(lang, 'chart.few')}' : '')"
    base = (
        _laid_out(0)
        .transform_calculate(
            text=difference(metric, lang, "datum.figure"),
            away=f"format(datum.gap * {100 if metric.unit == 'percent' else 1}, '+,.{metric.decimals}f')",
            score=written(metric, lang, "datum.own"),
            part=share,
            number="format(datum.n, ',')",
        )
        .transform_calculate(
            name=f"datum.label + '{before}' + datum.number + '{after}'{few}",
            note="datum.part + ' × ' + datum.away + ' = ' + datum.text",
        )
    )
    tips = {
        "label": t(lang, "chart.group"),
        "text": t(lang, "nps.impact_tip"),
        "score": metric.label[lang],
        "part": t(lang, "nps.share_tip"),
        "number": t(lang, "chart.n"),
    }
    colours = palette(theme)
    colour = alt.condition("datum.figure < 0", alt.value(colours.mark_bad), alt.value(colours.mark))
    zero = _mark(base, "zero", colours.muted)
    return _finished(base, [zero], colour, f"datum.n < {metric.few}", tips, theme)


def spread(colour: alt.Color, tips: dict[str, str], theme: str) -> Spec:
    """Figures that are as telling on either side of nothing, with their intervals. Rows: ``value`` (raw), ``label``,
    ``group`` (for ``colour``), ``figure``, ``low``, ``high``, ``place``, ``note`` (the figure in words)."""
    colours = palette(theme)
    base = _laid_out(0).transform_calculate(name="datum.label")
    whisker = base.mark_rule(color=colours.text, strokeWidth=1.4, yOffset=_BELOW, aria=False)
    above = [_mark(base, "zero", colours.muted), whisker.encode(y=_y(), x=_x("low"), x2="at_high:Q")]
    return _finished(base, above, colour, "false", tips, theme)


def _laid_out(target: float, whole: int = 0) -> alt.Chart:
    """Where everything lies between the lowest (0) and the highest end (1) of all that is shown: nothing, the target
    and, for a share, the ``whole`` included."""
    span = "(datum.most - datum.least)"
    at = {name: f"(datum.{name} - datum.least) / {span}" for name in ("figure", "low", "high")}
    return (
        alt.Chart()
        .transform_calculate(
            left=f"min(0, {target}, datum.figure, isValid(datum.low) ? datum.low : 0)",
            right=f"max({whole}, {target}, datum.figure, isValid(datum.high) ? datum.high : 0)",
        )
        .transform_joinaggregate(least="min(left)", most="max(right)")
        .transform_calculate(most="datum.most > datum.least ? datum.most : datum.least + 1")
        .transform_calculate(
            **{f"at_{name}": sql for name, sql in at.items()},
            at_zero=f"-datum.least / {span}",
            at_target=f"({target} - datum.least) / {span}",
        )
    )


def _finished(
    base: alt.Chart, above: list[alt.Chart], colour: Any, pale: str, tips: dict[str, str], theme: str
) -> Spec:
    """Track, bars from nothing, what lies over them, the words, and over all the row that takes the click."""
    colours = palette(theme)
    bar = base.mark_bar(height=_BAR, yOffset=_BELOW, aria=False)
    track = bar.encode(y=_y(), x=alt.value(0), x2=alt.value("width"), color=alt.value(colours.line))
    drawn = bar.encode(
        y=_y(),
        x=_x("zero"),
        x2="at_figure:Q",
        color=colour,
        opacity=alt.condition(pale, alt.value(0.45), alt.value(1)),
    )
    return finished(
        alt.layer(track, drawn, *above, *_words(base, colours), _row(base, tips), height=alt.Step(ROW)), theme
    )


def _words(base: alt.Chart, colours: Palette) -> list[alt.Chart]:
    """The group's name at the left, its figures at the right."""
    text: dict[str, Any] = {"baseline": "middle", "yOffset": _ABOVE, "color": colours.text, "aria": False}
    name = base.mark_text(align="left", **text).encode(y=_y(), x=alt.value(0), text="name:N")
    note = base.mark_text(align="right", **text).encode(y=_y(), x=alt.value("width"), text="note:N")
    return [name, note]


def _row(base: alt.Chart, tips: dict[str, str]) -> alt.Chart:
    """The whole row answers to pointer and click, so that a bar of length nothing can be picked too."""
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    named = [alt.Tooltip(f"{field}:N", title=title) for field, title in tips.items()]
    row = base.mark_bar(opacity=0, cursor="pointer")
    drawn: alt.Chart = row.encode(y=_y(), x=alt.value(0), x2=alt.value("width"), tooltip=named).add_params(picked)
    return drawn


def _mark(base: alt.Chart, place: str, colour: str) -> alt.Chart:
    """A short upright line on every row's bar."""
    drawn: alt.Chart = base.mark_tick(color=colour, thickness=2, size=17, yOffset=_BELOW, aria=False).encode(
        y=_y(), x=_x(place)
    )
    return drawn


def _x(place: str) -> alt.X:
    return alt.X(f"at_{place}:Q", scale=_SCALE, axis=None)


def _y() -> alt.Y:
    return alt.Y("label:N", sort=alt.SortField("place"), title=None, axis=None)
