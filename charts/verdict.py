"""The colour of a figure against its target: red only where the miss is beyond chance."""

from typing import Any

import altair as alt

from charts.theme import palette
from queries import Metric


def verdict(metric: Metric, theme: str) -> Any:
    """What colours a mark by its ``figure``, ``low`` and ``high``: the bad colour when all of the interval misses the
    target, a pale one when only the figure does."""
    colours = palette(theme)
    if metric.target is None:
        return alt.value(colours.mark)
    worse, end = ("<", "high") if metric.direction == "up" else (">", "low")
    missed = f"datum.figure {worse} {metric.target}"
    chance = f"isValid(datum.{end}) && !(datum.{end} {worse} {metric.target})"
    return (
        alt.when(f"{missed} && {chance}")
        .then(alt.value(colours.doubt))
        .when(missed)
        .then(alt.value(colours.mark_bad))
        .otherwise(alt.value(colours.mark))
    )
