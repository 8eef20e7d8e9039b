"""Which share of customers makes which share of revenue: one curve, against an even spread."""

from functools import cache

import altair as alt

from charts.build import Spec, finished
from charts.numbers import expression
from charts.theme import palette
from words import t

HEIGHT = 250
_WHOLE = alt.Scale(domain=[0, 1], nice=False)


@cache
def pareto(lang: str, theme: str) -> Spec:
    """Rows: ``customer_share`` and ``spend_share`` (0 to 1, both running), ``customers`` and ``money`` in words, and
    ``marked`` (true for the one point that the text speaks of)."""
    colours = palette(theme)
    base = alt.Chart(height=HEIGHT).transform_calculate(
        of_customers=expression("percent", lang, "datum.customer_share", 1),
        of_spend=expression("percent", lang, "datum.spend_share", 1),
    )

    def axis(name: str) -> alt.Axis:
        return alt.Axis(
            title=t(lang, f"tiers.pareto_{name}"), tickCount=5, labelExpr=expression("percent", lang, "datum.value")
        )

    x = alt.X("customer_share:Q", scale=_WHOLE, axis=axis("customers"))
    y = alt.Y("spend_share:Q", scale=_WHOLE, axis=axis("spend"))
    tips = [
        alt.Tooltip("of_customers:N", title=t(lang, "tiers.pareto_customers")),
        alt.Tooltip("customers:N", title=t(lang, "tiers.customers")),
        alt.Tooltip("of_spend:N", title=t(lang, "tiers.pareto_spend")),
        alt.Tooltip("money:N", title=t(lang, "tiers.spend")),
    ]
    even = base.mark_line(color=colours.soft, strokeDash=[4, 4], strokeWidth=1.2, aria=False)
    curve = base.mark_area(color=colours.mark, opacity=0.14, line={"color": colours.mark, "strokeWidth": 2.4})
    marked = base.transform_filter("datum.marked").mark_point(
        filled=True, size=90, opacity=1, color=colours.mark, stroke=colours.background
    )
    hit = base.mark_point(opacity=0, size=220)
    layers = [
        even.encode(x=x, y=alt.Y("customer_share:Q", scale=_WHOLE, axis=axis("spend"))),
        curve.encode(x=x, y=y),
        marked.encode(x=x, y=y),
        hit.encode(x=x, y=y, tooltip=tips),
    ]
    return finished(alt.layer(*layers), theme)
