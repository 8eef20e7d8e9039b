"""One customer month by month: the tier at each month-end, and health with its parts."""

from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.months import health_line, tier_strip
from charts.numbers import NOTHING, number
from schemas import HEALTH_PARTS
from ui import pictures, tables
from ui.view import View

Row = dict[str, Any]
_BACK = 3
"""So many month-ends before, health is compared with."""


def health(view: View, months: list[Row]) -> tuple[str, str, str]:
    """Health now as a figure, with its change over some months."""
    now = months[-1]["health"] if months else None
    if now is None:
        return "health", NOTHING, view.t("customer.not_judged")
    before = months[-1 - _BACK]["health"] if len(months) > _BACK else None
    told = (
        view.t("customer.no_before")
        if before is None
        else view.t("customer.change", change=f"{now - before:+d}", n=_BACK)
    )
    return "health", view.t("customer.of_100", n=f"{now:.0f}"), told


def show(view: View, months: list[Row], place: str) -> None:
    """Health and its parts, then the tiers."""
    if not months:
        return
    if any(row["health"] is not None for row in months):
        st.header(view.t("customer.health_months"), anchor=False, help=view.t("customer.health_help"))
        _parts(view, months[-1])
        _health(view, months, place)
    st.header(view.t("customer.tiers"), anchor=False)
    _tiers(view, months, place)


def _parts(view: View, now: Row) -> None:
    told = {f"health_{part}": _points(view, now[f"health_{part}"]) for part in HEALTH_PARTS}
    tables.plain(view, [told])


def _points(view: View, points: float | None) -> str:
    return number(points, "count", view.lang)


def _health(view: View, months: list[Row], place: str) -> None:
    judged = [row for row in months if row["health"] is not None]
    table = pa.table(
        {
            "day": _moments([row["day"] for row in judged]),
            "health": [float(row["health"]) for row in judged],
            "note": [_note(view, row) for row in judged],
        }
    )
    pictures.draw(table, health_line(view.lang, view.theme), f"customer-health-{place}", view.t("customer.health_alt"))


def _note(view: View, row: Row) -> str:
    parts = [(part, row[f"health_{part}"]) for part in HEALTH_PARTS if row[f"health_{part}"] is not None]
    return view.t("scope.list_join").join(
        f"{tables.heading(view.lang, f'health_{part}')} {points}" for part, points in parts
    )


def _tiers(view: View, months: list[Row], place: str) -> None:
    firsts = [row["day"].replace(day=1) for row in months]
    table = pa.table(
        {
            "month": _moments(firsts),
            "end": _moments([(first + timedelta(days=31)).replace(day=1) for first in firsts]),
            "day": _moments([row["day"] for row in months]),
            "name": [view.value("tier", row["tier"]) for row in months],
            "note": [
                view.t("customer.months" if row["months_in_tier"] != 1 else "customer.month", n=row["months_in_tier"])
                for row in months
            ],
        }
    )
    pictures.draw(table, tier_strip(view.lang, view.theme), f"customer-tiers-{place}", view.t("customer.tiers_alt"))


def _moments(days: list[date]) -> pa.Array:
    return pa.array(days, pa.date32()).cast(pa.timestamp("ms"))
