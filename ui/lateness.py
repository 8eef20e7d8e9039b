"""How late the late ones are, and who nearly was: pictures and figures, with their rows."""

from collections.abc import Mapping

import pyarrow as pa
import streamlit as st

from charts.lateness import LATE, lateness
from charts.numbers import in_hours, number
from queries import METRICS
from ui import cards, pictures, rows
from ui.clocks import SPLIT, Clocks

BUCKETS = (15, 60, 240, 480, 1440, 4320, None)
"""The upper ends of the buckets of late_buckets, in minutes; the last one has none."""


def late(clocks: Clocks, found: pa.Table, missed: int) -> None:
    """How late the ``missed`` ones are: a column per bucket, done late and still open; a click opens the tickets."""
    view, told = clocks.view, found.to_pylist()
    known = sum(row["breached"] + row["overdue"] for row in told if row["overall"])
    if known:
        median = in_hours(told[0]["median"], view.lang)
        st.markdown(view.t("service.how_late_sentence", n=f"{known:,}", median=median))
        _columns(clocks, {row["up_to_minutes"]: row for row in told if not row["overall"]})
    if missed > known:
        st.caption(view.t("service.how_late_unknown", n=f"{missed - known:,}"))


def _columns(clocks: Clocks, counted: Mapping[int | None, Mapping[str, int]]) -> None:
    view = clocks.view
    told = [
        {
            "value": f"{place}{SPLIT}{state}",
            "label": view.t(f"late.{place + 1}"),
            "place": place,
            "part": view.value("state", state),
            "rank": rank,
            "n": counted.get(end, {}).get(state, 0),
            "total": sum(counted.get(end, {}).get(each, 0) for each in LATE),
        }
        for place, end in enumerate(BUCKETS)
        for rank, state in enumerate(LATE)
    ]

    def clicked(value: str) -> None:
        place, state = int(value.split(SPLIT)[0]), value.split(SPLIT)[1]
        ends = {"late_over": BUCKETS[place - 1] if place else None, "late_up_to": BUCKETS[place]}
        bucket = view.t(f"late.{place + 1}").replace(" | ", " ")
        title = f"{METRICS[clocks.metric].label[view.lang]} · {view.value('state', state)} · {bucket}"
        rows.open_later(clocks.rows(title, state, {name: end for name, end in ends.items() if end is not None}))

    spec = lateness(view.lang, view.theme)
    alt = view.t("service.how_late", stage=view.value("stage", clocks.stage))
    pictures.draw(pa.Table.from_pylist(told), spec, "service-lateness", alt, clicked)


Counts = tuple[int, int, int]
"""How many came close, of how many with a target of ours, and how many there are with any due time."""


def near(clocks: Clocks, share: float, narrow: Counts, nearly_due: Counts) -> None:
    """Near misses: those kept with more than ``share`` of the target used up, and those running that have used up so
    much; each with the number that it is of, and how many are left out since the length of their target is unknown."""
    view, told = clocks.view, number(share, "percent", clocks.view.lang)
    grid = st.grid(2, min_column_width=270, border=True)
    sides = (("near_met", clocks.cohort, "narrow", narrow), ("nearly_due", "opened", "nearly_due", nearly_due))
    for name, cohort, outcome, (n, of, every) in sides:
        label = view.t(f"service.{name}")
        with grid.cell(), st.container(gap="xsmall"):
            cards.plain(view, label, n if of or not every else None, help=view.t(f"service.{name}_help", share=told))
            if of or not every:
                st.caption(view.t(f"service.{name}_of", n=f"{of:,}"))
            if of < every:
                st.caption(view.t("service.near_left_out", n=f"{every - of:,}"))
            if n:
                rows.button(view, clocks.rows(label, outcome, {"near": share}, cohort), f"service-{name}")
