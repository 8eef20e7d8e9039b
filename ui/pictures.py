"""Pictures on a page: rows made ready for a spec, sent beside it, and what a click on them does."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

import pyarrow as pa
import streamlit as st

from charts.bars import bars
from charts.build import PICK, Spec
from charts.numbers import of
from charts.spread import spread
from charts.trend import trend
from queries import DIMENSIONS, METRICS, NOT_GIVEN, Scope
from ui import labels, period, state, tables
from ui.view import View

Clicked = Callable[[str], None]


def draw(table: pa.Table, spec: Spec, key: str, alt: str, clicked: Clicked | None = None) -> None:
    """Send ``table`` beside ``spec``. ``clicked`` is called with the raw value of the mark that was clicked."""
    if not clicked:
        st.vega_lite_chart(table, spec, key=key, alt=alt, width="stretch")
        return
    clicks = f"_clicks_{key}"
    chart = f"{key}-{st.session_state.get(clicks, 0)}"

    def callback() -> None:
        points = st.session_state[chart]["selection"].get(PICK, [])
        # A fresh chart each time: a second click on the same mark would else be no change, and go unheard.
        st.session_state[clicks] = st.session_state.get(clicks, 0) + 1
        if points:
            clicked(str(points[0]["value"]))

    with st.container(key=key):
        st.vega_lite_chart(table, spec, key=chart, alt=alt, width="stretch", on_select=callback, selection_mode=PICK)


def by(view: View, metric_id: str, dimension: str, table: pa.Table, key: str, clicked: Clicked | None = None) -> None:
    """Bars of one metric by ``dimension``: columns value, figure, low, high, n. A click narrows to the value."""
    metric = METRICS[metric_id]
    raw = [NOT_GIVEN if value is None else str(value) for value in table.column("value").to_pylist()]
    rows = pa.table(
        {
            "value": raw,
            "label": [labels.value(view.lang, dimension, value) for value in raw],
            "place": list(range(len(raw))),
            **{name: table.column(name) for name in ("figure", "low", "high", "n")},
        }
    )
    alt = view.t("chart.by_alt", metric=metric.label[view.lang], dimension=tables.heading(view.lang, dimension))
    if clicked is None and dimension in DIMENSIONS:

        def narrow(value: str) -> None:
            state.narrow(dimension, value)

        clicked = narrow
    draw(rows, bars(metric_id, view.lang, view.theme), key, alt, clicked)


def cut(view: View, shown: int, groups: int) -> None:
    """Say so below a picture of the largest groups only: one that is left out would look clean."""
    if shown < groups:
        st.caption(view.t("chart.cut", n=f"{shown:,}", of=f"{groups:,}"))


def over_time(
    view: View, metric_id: str, grain: str, now: pa.Table, before: pa.Table | None, key: str, counted: bool = False
) -> None:
    """A trend with its comparison, drawn over the days of the period: columns bucket, value, low, high, n."""
    rows = _series(now, "now", grain, view.scope, view.meta.as_of_day)
    if before is not None and view.before and view.scope.start and view.before.start:
        later = (view.scope.start - view.before.start).days
        rows = pa.concat_tables([rows, _series(before, "before", grain, view.before, view.before.end, later)])
    spec = trend(metric_id, view.lang, view.theme, grain, before is not None, counted)
    draw(rows, spec, key, view.t("chart.trend_alt", metric=METRICS[metric_id].label[view.lang]))


def _series(table: pa.Table, name: str, grain: str, scope: Scope, last: date | None, later: int = 0) -> pa.Table:
    """The rows of one line, drawn ``later`` days after they happened; ``whole``: all of the bucket is in the period."""
    days = table.column("bucket").to_pylist()
    end = min(filter(None, (scope.end, last)), default=date.max)
    start = scope.start or date.min
    return pa.table(
        {
            "bucket": _moments(days),
            "shown": _moments([day + timedelta(days=later) for day in days]),
            "series": pa.array([name] * len(days), pa.string()),
            "whole": pa.array([day >= start and period.bucket_end(day, grain) <= end for day in days], pa.bool_()),
            **{column: table.column(column) for column in ("value", "low", "high", "n")},
        }
    )


def moment(day: date) -> datetime:
    """The first moment of ``day``, as an axis of time wants it."""
    return datetime.combine(day, time())


def _moments(days: list[date]) -> pa.Array:
    return pa.array(days, pa.date32()).cast(pa.timestamp("ms"))


def lengths(view: View, stage: str, buckets: pa.Table, median: float | None, p90: float | None, key: str) -> None:
    """Tickets per length of time, with median and P90 named over the bucket they fall into."""
    ends = buckets.column("up_to_minutes").to_pylist()
    marks = [(f"{stage}_median", "chart.median", median), (f"{stage}_p90", "chart.p90", p90)]
    notes = [""] * len(ends)
    for metric_id, name, value in marks:
        if value is not None:
            place = _bucket(ends, value)
            notes[place] = " · ".join(
                filter(None, [notes[place], view.t(name, value=of(METRICS[metric_id], value, view.lang))])
            )
    rows = pa.table(
        {
            "place": buckets.column("place"),
            "label": [view.t(f"length.{place}") for place in buckets.column("place").to_pylist()],
            "tickets": buckets.column("tickets"),
            "share": buckets.column("share"),
            "note": notes,
        }
    )
    draw(rows, spread(view.lang, view.theme), key, view.t("chart.lengths_alt", stage=view.value("stage", stage)))


def _bucket(ends: Sequence[float | None], value: float) -> int:
    return next((place for place, end in enumerate(ends) if end is None or value <= end), len(ends) - 1)
