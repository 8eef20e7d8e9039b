"""Tiers stacked: month by month, and group by group. A click picks one part of a bar."""

from functools import cache

import altair as alt

from charts.build import PICK, Spec, day_labels, finished
from charts.numbers import expression
from charts.theme import TIERS, palette, tier_colours
from queries import METRICS
from words import t, value

HEIGHT = 240
ROW = 42
"""Height of one group, in pixels: a line of text and the bar below it."""
_BAR, _BELOW, _ABOVE = 16, 8, -10
_PALE = 0.55
_WRITTEN = 0.07
"""The smallest share that has room for its own number."""


def _colour(lang: str, theme: str) -> alt.Color:
    scale = alt.Scale(domain=[value(lang, "tier", tier) for tier in TIERS], range=tier_colours(theme))
    return alt.Color("tier:N", scale=scale, sort=None, legend=alt.Legend(columns=4))


def _picked() -> alt.Parameter:
    return alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)


@cache
def months(metric_id: str, lang: str, theme: str, shares: bool, years: bool = False, currency: str = "") -> Spec:
    """Rows: ``month`` (its first day), ``when`` (words), ``tier`` (words), ``rank``, ``figure``, ``share`` (0 to 1,
    of the month), ``whole`` (false: the month is not over; drawn pale), ``value`` (what a click gives back).
    ``shares`` makes each month a whole; ``years`` names only those below the bars."""
    metric = METRICS[metric_id]
    numbers = expression("percent", lang, "datum.value") if shares else f"format(datum.value, '{_short(metric.unit)}')"
    bars = (
        alt.Chart(height=HEIGHT)
        .transform_calculate(
            text=expression(metric.unit, lang, "datum.figure", metric.decimals, currency),
            part=f"isValid(datum.share) ? {expression('percent', lang, 'datum.share', 1)} : '–'",
        )
        .mark_bar(cursor="pointer")
        .encode(
            x=_month(lang, years),
            y=alt.Y(
                "figure:Q",
                title=None,
                stack="normalize" if shares else "zero",
                axis=alt.Axis(labelExpr=numbers, tickCount=4),
            ),
            tooltip=[
                alt.Tooltip("when:N", title=t(lang, "tiers.as_of")),
                alt.Tooltip("tier:N", title=t(lang, "column.tier")),
                alt.Tooltip("text:N", title=metric.label[lang]),
                alt.Tooltip("part:N", title=t(lang, f"tiers.of_{metric_id}")),
            ],
            color=_colour(lang, theme),
            order=alt.Order("rank:Q"),
            opacity=alt.condition("datum.whole", alt.value(1), alt.value(_PALE)),
        )
    )
    return finished(alt.layer(bars.add_params(_picked())), theme)


def _month(lang: str, years: bool) -> alt.X:
    told = day_labels(lang, "month")
    named = f"utcFormat(datum.value, '%m') == '01' ? {told} : ''" if years else told
    axis = alt.Axis(title=None, labelExpr=named, labelOverlap=not years, labelAngle=0)
    return alt.X("month:O", timeUnit="utcyearmonth", axis=axis, scale=alt.Scale(paddingInner=0.12))


def _short(unit: str) -> str:
    return "~s" if unit == "money" else ","


@cache
def groups(lang: str, theme: str) -> Spec:
    """Rows: ``label`` and ``place`` of the group, ``n`` (its customers), ``tier`` (words), ``rank``, ``customers``,
    ``share`` (of the group, 0 to 1), ``value`` (what a click gives back)."""
    colours, base = palette(theme), _grouped(lang)
    y = alt.Y("label:N", sort=alt.EncodingSortField("place", op="min"), axis=None)
    x = alt.X("share:Q", stack="zero", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    middle = alt.X("share:Q", stack="zero", axis=None, bandPosition=0.5)
    order = alt.Order("rank:Q")
    tips = [
        alt.Tooltip("label:N", title=t(lang, "chart.group")),
        alt.Tooltip("tier:N", title=t(lang, "column.tier")),
        alt.Tooltip("number:N", title=t(lang, "tiers.customers")),
        alt.Tooltip("part:N", title=t(lang, "tiers.of_group")),
    ]
    bars = base.mark_bar(height=_BAR, yOffset=_BELOW, cursor="pointer")
    numbers = base.mark_text(yOffset=_BELOW, color=colours.background, fontWeight=600, fontSize=11, aria=False)
    name = base.mark_text(align="left", yOffset=_ABOVE, color=colours.text, aria=False)
    size = base.mark_text(align="right", yOffset=_ABOVE, color=colours.muted, aria=False)
    layers = [
        bars.encode(x=x, y=y, order=order, color=_colour(lang, theme), tooltip=tips).add_params(_picked()),
        numbers.encode(x=middle, y=y, order=order, text="short:N", detail="tier:N"),
        name.encode(x=alt.value(0), y=y, text="name:N"),
        size.encode(x=alt.value("width"), y=y, text="size:N"),
    ]
    return finished(alt.layer(*layers, height=alt.Step(ROW)), theme)


def _grouped(lang: str) -> alt.Chart:
    """The base of all layers: were their rows not the same, the groups would lose their order."""
    before, after = t(lang, "tiers.group_size", n="\0").split("\0")
    return (
        alt.Chart()
        .transform_window(nth="row_number()", groupby=["label"])
        .transform_calculate(
            part=expression("percent", lang, "datum.share", 1),
            short=f"datum.share >= {_WRITTEN} ? {expression('percent', lang, 'datum.share')} : ''",
            number="format(datum.customers, ',')",
            name="datum.nth == 1 ? datum.label : ''",
            size=f"datum.nth == 1 ? '{before}' + format(datum.n, ',') + '{after}' : ''",
        )
    )
