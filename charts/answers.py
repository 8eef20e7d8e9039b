"""What people answered: how often each score was given, and the groups of scores over time. Colour says how good."""

from functools import cache

import altair as alt

from charts.build import DAY, PICK, UTC, Spec, day_labels, day_text, finished
from charts.numbers import expression
from charts.theme import palette
from words import t

HEIGHT = 250
SCORES = {"nps": tuple(range(11)), "csat": (1, 2, 3, 4, 5)}
"""Every score that a kind of survey knows."""
OUTCOMES = {
    "nps": ("detractor", "passive", "promoter"),
    "csat": ("dissatisfied", "neutral", "satisfied"),
}
"""The groups of scores of a kind of survey, the worst first."""


def _colour(kind: str, lang: str, theme: str, legend: alt.Legend | None) -> alt.Color:
    colours = palette(theme)
    names = [t(lang, f"answers.{outcome}") for outcome in OUTCOMES[kind]]
    scale = alt.Scale(domain=names, range=[colours.mark_bad, colours.soft, colours.mark_good])
    return alt.Color("group:N", scale=scale, legend=legend)


@cache
def scores(kind: str, lang: str, theme: str) -> Spec:
    """Rows: ``value`` (the score), ``group`` (its group's name), ``share`` (0 to 1), ``n``. A click picks the score."""
    colours = palette(theme)
    base = alt.Chart().transform_calculate(
        part=expression("percent", lang, "datum.share", 1), number="format(datum.n, ',')", score="toNumber(datum.value)"
    )
    axis = alt.Axis(title=t(lang, "answers.score_axis"), labelAngle=0)
    x = alt.X("score:O", scale=alt.Scale(domain=list(SCORES[kind]), paddingInner=0.18), axis=axis)
    y = alt.Y("share:Q", axis=alt.Axis(title=None, format=".0%", tickCount=4))
    tips = [
        alt.Tooltip("score:O", title=t(lang, "answers.score_axis")),
        alt.Tooltip("group:N", title=t(lang, "chart.group")),
        alt.Tooltip("part:N", title=t(lang, "answers.share_axis")),
        alt.Tooltip("number:N", title=t(lang, "answers.count")),
    ]
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    bars = base.mark_bar(cornerRadiusEnd=3, cursor="pointer").encode(
        x=x, y=y, color=_colour(kind, lang, theme, alt.Legend()), tooltip=tips
    )
    text = base.mark_text(baseline="bottom", dy=-3, color=colours.text, fontSize=11, aria=False)
    words = text.transform_calculate(short="format(datum.share * 100, '.0f')").encode(x=x, y=y, text="short:N")
    return finished(alt.layer(bars.add_params(picked), words, height=HEIGHT), theme)


@cache
def outcomes(kind: str, lang: str, theme: str, grain: str) -> Spec:
    """Rows: ``bucket``, ``until`` (dates), ``group`` (name), ``place`` (the worst is 0), ``share`` (0 to 1), ``n``,
    ``value`` (what a click picks). One column per bucket, stacked to the whole."""
    shift = DAY if grain == "week" else 0
    base = alt.Chart().transform_calculate(
        at=f"toDate(toNumber(datum.bucket) - {shift})",
        to=f"toDate(toNumber(datum.until) - {shift})",
        when=day_text(lang, grain, "datum.bucket"),
        part=expression("percent", lang, "datum.share", 1),
        number="format(datum.n, ',')",
    )
    axis = alt.Axis(
        title=None,
        labelExpr=day_labels(lang, grain),
        labelAlign="left",
        labelOverlap=True,
        tickCount={"interval": grain, "step": 1},
    )
    tips = [
        alt.Tooltip("when:N", title=t(lang, f"grain.{grain}")),
        alt.Tooltip("group:N", title=t(lang, "chart.group")),
        alt.Tooltip("part:N", title=t(lang, "answers.share_axis")),
        alt.Tooltip("number:N", title=t(lang, "answers.count")),
    ]
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    stacked = base.transform_stack(
        stack="share", as_=["from", "upto"], groupby=["bucket"], sort=[alt.SortField("place", "ascending")]
    )
    bars = stacked.mark_bar(cursor="pointer", stroke=palette(theme).background, strokeWidth=0.8).encode(
        x=alt.X("at:T", scale=UTC, axis=axis),
        x2="to:T",
        y=alt.Y("from:Q", axis=alt.Axis(title=None, format=".0%", tickCount=5), scale=alt.Scale(domain=[0, 1])),
        y2="upto:Q",
        color=_colour(kind, lang, theme, alt.Legend()),
        tooltip=tips,
    )
    return finished(alt.layer(bars.add_params(picked), height=HEIGHT), theme)
