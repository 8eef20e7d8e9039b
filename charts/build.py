"""What the pictures have in common: from an Altair chart to a plain spec without data."""

from typing import Any

import altair as alt

from charts.theme import config

PICK = "pick"
"""The name of the selection that a click makes."""
Spec = dict[str, Any]
DAY = 86_400_000
"""Milliseconds in a day."""
UTC = alt.Scale(type="utc")
IN_ONE_LINE = "replace(datum.label, ' | ', ' ')"
"""A Vega expression: a label whose “ | ” breaks its line under a column, as a tooltip writes it."""


def finished(chart: alt.LayerChart | alt.FacetChart, theme: str) -> Spec:
    """The spec of ``chart`` in ``theme``, validated once here. Rows are sent beside it, never in it."""
    spec = _without_data(chart.to_dict())
    spec.pop("$schema")
    spec["config"] = config(theme)
    spec["autosize"] = {"type": "fit", "contains": "padding"}
    return spec


def day_labels(lang: str, grain: str, years: bool = False) -> str:
    """A Vega expression for the labels of a time axis: January names the year (with ``years`` every month does), a week
    is named by its Monday."""
    if grain == "month":
        year, month = ("%Y年%-m月", "%-m月") if lang == "zh" else ("%b %Y", "%b")
        if years:
            return f"utcFormat(datum.value, '{year}')"
        january = "utcFormat(datum.value, '%m') == '01'"
        return f"{january} ? utcFormat(datum.value, '{year}') : utcFormat(datum.value, '{month}')"
    value = f"toDate(toNumber(datum.value) + {DAY})" if grain == "week" else "datum.value"
    return f"utcFormat({value}, '{'%-m月%-d日' if lang == 'zh' else '%-d %b'}')"


def day_text(lang: str, grain: str, field: str) -> str:
    """A Vega expression that writes a day (or month) out in full, for tooltips."""
    if grain == "month":
        return f"utcFormat({field}, '{'%Y年%-m月' if lang == 'zh' else '%B %Y'}')"
    return f"utcFormat({field}, '{'%Y年%-m月%-d日' if lang == 'zh' else '%a %-d %b %Y'}')"


def once() -> alt.Chart:
    """The base of a mark that is drawn once however many rows there are: a target line."""
    return alt.Chart().transform_window(nth="row_number()").transform_filter("datum.nth == 1")


def _without_data(spec: Spec) -> Spec:
    """``spec`` with every layer reading the rows that come with the chart."""
    for key in ("data", "datasets"):
        spec.pop(key, None)
    for layer in spec.get("layer", ()):
        _without_data(layer)
    return spec
