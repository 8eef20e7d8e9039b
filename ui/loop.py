"""The closed loop on a page: how many tickets came to which step, how long it took them, and who stands there now."""

from typing import Any

import pyarrow as pa
import streamlit as st

from charts.funnel import funnel
from charts.numbers import NOTHING, duration, number
from queries import Scope, ask
from ui import empty, pictures, rows
from ui.view import View

STEPS = ("accepted", "assigned", "responded", "feedback", "resolved", "confirmed", "closed")
"""The steps in their order; each one's number in questions is its place from 1 on."""


def show(view: View) -> None:
    """The funnel with what it says in words."""
    found = ask("loop", view.scope).to_pylist()[0]
    known = recorded(view)
    if not found["accepted"]:
        empty.nothing(view)
        return
    st.caption(view.t("handling.loop_legend", n=f"{found['accepted']:,}"))
    if missing := [name(view, step) for step in STEPS if step not in known]:
        st.caption(view.t("handling.not_recorded", steps=view.t("scope.list_join").join(missing)))
    drawn = pa.Table.from_pylist([_row(view, found, step, step == known[-1]) for step in known])
    pictures.draw(drawn, funnel(view.lang, view.theme), "handling-loop", view.t("handling.loop_alt"), _clicked(view))


def recorded(view: View) -> list[str]:
    """The steps that the source records for any ticket at all; every ticket was accepted."""
    ever = ask("loop_recorded", Scope(viewer=view.scope.viewer)).to_pylist()[0]
    return [step for step in STEPS if step == STEPS[0] or ever[step]]


def name(view: View, step: str) -> str:
    """What a step is called."""
    return view.t(f"step.{step}")


def _row(view: View, found: dict[str, Any], step: str, last: bool) -> dict[str, Any]:
    """One step; at the last one nobody stands, they have gone through."""
    n, now, whole = found[step], found[f"{step}_now"], found["accepted"]
    recorded, minutes = found.get(f"{step}_recorded", n), found.get(f"{step}_median")
    took = NOTHING if minutes is None else duration(minutes, view.lang)
    note = [f"{n:,}", _share(view, n, whole)] + ([] if minutes is None else [view.t("handling.median", value=took)])
    below = [] if last else [view.t("handling.stand_here", n=f"{now:,}")]
    if recorded < n:
        below.append(view.t("handling.on_record", n=f"{recorded:,}", share=_share(view, recorded, whole)))
    return {
        "value": step,
        "place": STEPS.index(step),
        "label": name(view, step),
        "reached": n / whole,
        "recorded": recorded / whole,
        "note": view.t("scope.join").join(note),
        "now": view.t("scope.join").join(below),
        "n": f"{n:,}",
        "part": _share(view, n, whole),
        "took": took,
        "standing": f"{now:,}",
    }


def _share(view: View, n: int, whole: int) -> str:
    return number(n / whole, "percent", view.lang, 1)


def _clicked(view: View) -> pictures.Clicked:
    """A click opens the tickets that have come to this step and no further."""

    def open_rows(step: str) -> None:
        title = view.t("handling.at_step", step=name(view, step))
        rows.open_later(rows.Rows(title, "loop_rows", view.scope, {"furthest": STEPS.index(step) + 1}))

    return open_rows
