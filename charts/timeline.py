"""One ticket on one time line: its steps on top, then its pauses, then each clock as a bar with its due time."""

from functools import cache
from typing import Any

import altair as alt

from charts.build import Spec, finished
from charts.flags import SIZE
from charts.theme import palette
from words import t

PHONE = 480
"""Below so many pixels of width the words stand where a phone has room for them."""
LINE = 16
PAUSES = 44
LANE = 60
"""Height of the line of pauses, and of a clock: its name, the bar, its due time."""
NAME, BAR, THICK, DUE = 10, 22, 14, 48
"""Within a clock's lane: the middle of its name, the top and height of its bar, the middle of its due time."""
_AXIS, _LEGEND = 26, 46


@cache
def timeline(lang: str, theme: str, height: int, kinds: tuple[str, ...]) -> Spec:
    """Rows: ``part`` says what each draws, between ``y`` and ``y2`` (pixels from the top) and ``start`` and ``end``.

    - frame: how far the line reaches; closed: outside working hours
    - track: the line of the steps, and of a clock without a target
    - bar: what a clock does, ``kind`` in the words of ``kinds`` (codes of charts.spans)
    - due, done, beyond: a clock's due time, when it was done, and an arrow where it is due later than the line reaches
    - now: the data's last moment
    - step: a step at ``base``, with ``desk`` and ``phone`` (pixels; empty = no room for the word)
      and ``desk_left``, ``phone_left`` (the word begins there, else it ends there)
    - name, verdict, due_name: words at the left, at the right, and at the due time; ``bad``: in the colour of harm

    ``text`` is what is written, ``label`` and ``when`` what the tooltip says.
    """
    drawn = [*_lines(theme), _bars(lang, theme, kinds), *_marks(lang, theme), *_steps(lang, theme), *_words(theme)]
    x_axis = alt.Axis(labelExpr=_axis(lang), labelOverlap=True, labelFlush=True, tickCount=6, grid=True, title=None)
    x = alt.X("start:T", axis=x_axis, scale=alt.Scale(type="utc", nice=False, padding=6))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False))
    frame = _only("frame").mark_point(opacity=0, aria=False).encode(x=x, y=y)
    return finished(alt.layer(frame, *drawn, height=height + _AXIS + _LEGEND), theme)


def _only(part: str) -> alt.Chart:
    return (
        alt.Chart()
        .transform_filter(f"datum.part == '{part}'")
        .transform_calculate(told="datum.label + ': ' + datum.when")
    )


def _axis(lang: str) -> str:
    """A year or a day where it begins, else the time of day, with seconds where the line is short."""
    year, day = ("%Y年", "%-m月%-d日") if lang == "zh" else ("%Y", "%-d %b")
    return (
        f"utcFormat(datum.value, '%j%H%M%S') == '001000000' ? utcFormat(datum.value, '{year}')"
        f" : utcFormat(datum.value, '%H%M%S') == '000000' ? utcFormat(datum.value, '{day}')"
        " : utcFormat(datum.value, utcseconds(datum.value) ? '%H:%M:%S' : '%H:%M')"
    )


def _lines(theme: str) -> list[alt.Chart]:
    """What lies behind: hours in which nobody works, the line of the steps, the data's last moment."""
    colours = palette(theme)
    closed = _only("closed").mark_rect(color=colours.line, opacity=0.75, aria=False)
    track = _only("track").mark_rule(color=colours.soft, strokeWidth=1, aria=False)
    now = _only("now").mark_rule(color=colours.muted, strokeDash=[3, 3], aria=False)
    return [
        closed.encode(x="start:T", x2="end:T", y="y:Q", y2="y2:Q"),
        track.encode(x="start:T", x2="end:T", y="y:Q"),
        now.encode(x="start:T", y="y:Q", y2="y2:Q"),
    ]


def _bars(lang: str, theme: str, kinds: tuple[str, ...]) -> alt.Chart:
    colours = palette(theme)
    shades = {"runs": colours.mark, "paused": colours.mark_warn, "late": colours.mark_bad, "left": colours.soft}
    scale = alt.Scale(domain=[t(lang, f"timeline.{kind}") for kind in kinds], range=[shades[kind] for kind in kinds])
    legend = alt.Legend(symbolType="square", columns=4, labelLimit=150) if kinds else None
    colour = alt.Color("kind:N", scale=scale, sort=None, legend=legend)
    faint = alt.condition("datum.code == 'left'", alt.value(0.45), alt.value(1))
    bar: alt.Chart = _only("bar").mark_rect(stroke=colours.background, strokeWidth=0.5)
    drawn: alt.Chart = bar.encode(
        x="start:T",
        x2="end:T",
        y="y:Q",
        y2="y2:Q",
        color=colour,
        opacity=faint,
        tooltip=_tooltip(lang),
        description=_told(),
    )
    return drawn


def _told() -> alt.Description:
    """What a screen reader says of a mark."""
    return alt.Description("told:N")


def _tooltip(lang: str) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{name}:N", title=t(lang, f"timeline.tip_{name}")) for name in ("label", "when")]


def _marks(lang: str, theme: str) -> list[alt.Chart]:
    """When each clock was due and done."""
    colours = palette(theme)
    due = _only("due").mark_rule(color=colours.text, strokeWidth=2.4)
    done = _only("done").mark_point(filled=True, size=70, opacity=1, stroke=colours.background, strokeWidth=1.5)
    beyond = _only("beyond").mark_point(shape="triangle-right", filled=True, size=70, opacity=1, color=colours.text)
    harm = alt.condition("datum.bad", alt.value(colours.mark_bad), alt.value(colours.mark_good))
    return [
        due.encode(x="start:T", y="y:Q", y2="y2:Q", tooltip=_tooltip(lang), description=_told()),
        done.encode(x="start:T", y="y:Q", color=harm, tooltip=_tooltip(lang), description=_told()),
        beyond.encode(x=alt.value("width"), y="y:Q", tooltip=_tooltip(lang), description=_told()),
    ]


def _steps(lang: str, theme: str) -> list[alt.Chart]:
    """Each step as a point, its word over it on a thin line."""
    colours = palette(theme)
    base = (
        alt.Chart()
        .transform_filter("datum.part == 'step'")
        .transform_calculate(
            at=f"width < {PHONE} ? datum.phone : datum.desk",
            begins=f"width < {PHONE} ? datum.phone_left : datum.desk_left",
        )
    )
    shown = base.transform_filter("isValid(datum.at)")
    y = alt.Y("at:Q")
    stem = shown.mark_rule(color=colours.soft, strokeWidth=1, aria=False).encode(x="start:T", y=y, y2="base:Q")
    point = _only("step").mark_point(filled=True, size=52, opacity=1, color=colours.text)
    words = [
        shown.transform_filter("datum.begins" if left else "!datum.begins")
        .mark_text(
            align="left" if left else "right",
            baseline="middle",
            dx=3 if left else -3,
            fontSize=SIZE,
            color=colours.text,
            tooltip=None,
            aria=False,
        )
        .encode(x="start:T", y=y, text="text:N")
        for left in (True, False)
    ]
    return [stem, point.encode(x="start:T", y="y:Q", tooltip=_tooltip(lang), description=_told()), *words]


def _words(theme: str) -> list[alt.Chart]:
    """Beside each clock its name and verdict, below it when it is due."""
    colours = palette(theme)
    style: dict[str, Any] = {"baseline": "middle", "aria": False, "tooltip": None}
    name = _only("name").mark_text(**style, align="left", fontWeight=600)
    verdict = _only("verdict").mark_text(**style, align="right")
    harm = alt.condition("datum.bad", alt.value(colours.bad), alt.value(colours.text))
    due = [
        alt.Chart()
        .transform_filter(f"datum.part == 'due_name' && datum.begins == {str(left).lower()}")
        .mark_text(**style, align="left" if left else "right", fontSize=SIZE, color=colours.muted)
        for left in (True, False)
    ]
    return [
        name.encode(x=alt.value(0), y="y:Q", text="text:N"),
        verdict.encode(x=alt.value("width"), y="y:Q", text="text:N", color=harm),
        *(layer.encode(x="start:T", y="y:Q", text="text:N") for layer in due),
    ]
