"""What happened with one customer on one time line: a lane for each kind of thing, a mark for each thing."""

from functools import cache

import altair as alt

from charts.build import UTC, Spec, day_labels, finished
from charts.theme import palette
from words import t, value

MOODS = ("good", "plain", "bad", "faint")
LANES = ("order", "ticket", "inbound", "outbound", "survey", "outreach")
_LANE, _AXIS = 34, 60


@cache
def happenings(lang: str, theme: str, lanes: tuple[str, ...], moods: tuple[str, ...]) -> Spec:
    """Rows: at, lane (its code), lane_name, mood (of `MOODS`), mood_name, label and when for the tooltip; rows
    without a mood only say how far the line reaches. ``lanes`` and ``moods``: those that occur.
    """
    colours = palette(theme)
    shades = {"good": colours.mark_good, "plain": colours.mark, "bad": colours.mark_bad, "faint": colours.soft}
    scale = alt.Scale(domain=[t(lang, f"mood.{mood}") for mood in moods], range=[shades[mood] for mood in moods])
    axis = alt.Axis(
        labelExpr=day_labels(lang, "month"), labelOverlap=True, labelFlush=True, title=None, tickCount="month"
    )
    lane = alt.Y(
        "lane_name:N",
        sort=None,
        scale=alt.Scale(domain=[value(lang, "lane", name) for name in lanes]),
        axis=alt.Axis(title=None, domain=False, grid=True, labelFontSize=13, labelColor=colours.text),
    )
    frame = alt.Chart().mark_point(opacity=0, aria=False).encode(x=alt.X("at:T", axis=axis, scale=UTC))
    marks = (
        alt.Chart()
        .transform_filter("isValid(datum.mood_name)")
        .transform_calculate(told="datum.label + ': ' + datum.when")
        .mark_point(filled=True, size=75, opacity=0.85, stroke=colours.background, strokeWidth=0.7)
        .encode(
            x=alt.X("at:T", axis=axis, scale=UTC),
            y=lane,
            color=alt.Color("mood_name:N", scale=scale, legend=alt.Legend(columns=4)),
            tooltip=[alt.Tooltip(f"{name}:N", title=t(lang, f"timeline.tip_{name}")) for name in ("label", "when")],
            description=alt.Description("told:N"),
        )
    )
    return finished(alt.layer(frame, marks, height=_LANE * len(lanes) + _AXIS), theme)
