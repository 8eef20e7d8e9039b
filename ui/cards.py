"""Cards for single figures: the value, how it stands to its target and to before, its own last weeks, and its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from charts.numbers import change, number, of
from queries import METRICS, Metric
from queries.sentence import day_in_words
from ui import rows
from ui.view import View

_TINY = 100
"""Below so many rows a share is called rough, and its interval is printed."""


@dataclass(frozen=True)
class Figure:
    """One figure: ``metric``, ``value`` with the ``n`` rows it rests on, its interval, and the value before.

    ``basis``: key of the words that say what the rows are.
    """

    metric: str
    value: float | None
    n: int | None
    low: float | None = None
    high: float | None = None
    previous: float | None = None
    compared_with: str | None = None
    history: Sequence[float] = ()
    window: str | None = None
    basis: str = "card.of"


def card(view: View, figure: Figure, behind: rows.Rows | None, key: str) -> None:
    """Draw one card into the current container, its way to the rows at the foot."""
    with st.container(height="stretch", vertical_alignment="distribute", gap="xsmall"):
        with st.container(gap="xsmall"):
            _figure(view, figure)
        if behind:
            rows.button(view, behind, key)


def _figure(view: View, figure: Figure) -> None:
    metric = METRICS[figure.metric]
    delta = _delta(view, metric, figure)
    st.metric(
        metric.label[view.lang],
        of(metric, figure.value, view.lang, view.meta.currency),
        delta=delta,
        delta_color=_colour(metric, delta),
        delta_arrow="auto" if delta and any(sign in delta for sign in "+-") else "off",
        delta_description=figure.compared_with if delta else None,
        help=help_text(view, metric),
        chart_data=list(figure.history) if len(figure.history) > 2 else None,
        chart_type="area",
    )
    basis = view.t("scope.join").join(filter(None, (figure.window, _basis(view, metric, figure))))
    st.caption("  \n".join(filter(None, (_target(view, metric, figure.value), basis))))


def window(view: View, metric: Metric, days: int) -> str | None:
    """Over which days a figure of the first screen counts, in words; None when it is the day that the page names."""
    day = view.meta.workday
    if metric.headline != "flow" or day is None or metric.relation in view.meta.undated:
        return view.t("card.as_of_now")
    return view.t("card.days", days=days) if days > 1 else None


def compared_with(view: View, days: int) -> str | None:
    """What the change of such a figure is against, in words."""
    if days > 1:
        return view.t("card.against_days", days=days)
    before = view.meta.workday_before
    return view.t("card.against", day=day_in_words(view.lang, before)) if before else None


def help_text(view: View, metric: Metric) -> str:
    """The metric's definition, with its target."""
    told = metric.description[view.lang]
    if metric.target is None:
        return told
    return f"{told}\n\n{view.t('card.target', value=of(metric, metric.target, view.lang))}"


def _delta(view: View, metric: Metric, figure: Figure) -> str | None:
    if figure.value is None or figure.previous is None:
        return None
    return change(metric, figure.value - figure.previous, view.lang, view.meta.currency)


def _colour(metric: Metric, delta: str | None) -> Literal["normal", "inverse", "off"]:
    if metric.direction == "none" or not delta or not any(sign in delta for sign in "+-"):
        return "off"
    return "normal" if metric.direction == "up" else "inverse"


def _target(view: View, metric: Metric, value: float | None) -> str | None:
    """Whether the target is met: by word and sign, not by colour alone."""
    if metric.target is None or value is None:
        return None
    met = value >= metric.target if metric.direction == "up" else value <= metric.target
    told = view.t("card.met" if met else "card.missed", value=of(metric, metric.target, view.lang))
    return f":green[:material/check_circle: {told}]" if met else f":red[:material/error: {told}]"


def _basis(view: View, metric: Metric, figure: Figure) -> str | None:
    """What a share rests on; with few rows the interval too."""
    if metric.unit in ("count", "money"):
        return None
    if not figure.n:
        return view.t("card.nothing")
    told = view.t(figure.basis, n=f"{figure.n:,}")
    if figure.low is None or figure.high is None or (figure.n >= _TINY and metric.interval != "nps"):
        return told
    low, high = (of(metric, end, view.lang) for end in (figure.low, figure.high))
    return f"{told} · {view.t('card.interval', low=low, high=high)}"


def plain(
    view: View, label: str, value: float | None, unit: str = "count", decimals: int = 0, help: str | None = None
) -> None:
    """A figure without target or history."""
    st.metric(label, number(value, unit, view.lang, decimals, view.meta.currency), help=help)
