"""Outreach on a page: pictures of who is due, how far it came and why customers left, and the rows behind them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.amounts import amounts
from charts.numbers import NOTHING, number
from queries import NOT_GIVEN
from store import policy
from ui import labels, pictures, rows
from ui.view import View

Row = Mapping[str, Any]
COLUMNS = ("next_date", "customer_name", "customer_id", "outreach_status", "outreach_owner", "tier", "note")
"""The columns of customers with a next step, what matters most first."""
_STEPS: Mapping[str, Mapping[str, str]] = {
    "begun": {"reached": "begun"},
    "contacted": {"reached": "contacted"},
    "offer_made": {"reached": "offer_made"},
    "retained": {"status": "retained"},
    "lost": {"status": "lost"},
    "wrong_alarm": {"status": "wrong_alarm"},
}
"""The steps of the funnel, and what opens their rows."""
_FALLS = ("overdue", "today", "week", "later", "undated")


def customers(view: View, title: str, **params: str | int | date) -> rows.Rows:
    """Customers with outreach for whom ``params`` hold."""
    return rows.Rows(title, "outreach_rows", rows.undated(view.scope), params)


def due_in_words(view: View, owners: Iterable[Row]) -> str:
    """How many steps are overdue, due today, soon, later and without a date."""
    found = list(owners)
    total = {name: f"{sum(row[name] for row in found):,}" for name in _FALLS}
    return view.t("outreach.due_told", **total)


def by_owner(view: View, found: pa.Table, today: date) -> None:
    """Who has how much to do: bars of what is overdue or due today. A click opens all that is not over."""

    def clicked(owner: str) -> None:
        title = view.t("outreach.open_of", owner=labels.value(view.lang, "outreach_owner", owner))
        rows.open_later(customers(view, title, owner=owner, due="open", today=today))

    told = [
        (row["outreach_owner"], row["overdue"] + row["today"], view.t("outreach.owes", **_counts(row)))
        for row in found.to_pylist()
    ]
    _bars(view, "outreach_owner", told, "outreach-owners", view.t("outreach.by_owner"), clicked)


def _counts(row: Row) -> dict[str, str]:
    return {name: f"{row[name]:,}" for name in ("overdue", "today", "customers")}


def funnel(view: View, counted: Row) -> None:
    """The steps one after the other and the three ends, each as a share of all. A click opens its customers."""

    def clicked(step: str) -> None:
        rows.open_later(customers(view, view.t(f"outreach.step_{step}"), **_STEPS[step]))

    told = [(step, counted[step], _of(view, counted[step], counted["begun"])) for step in _STEPS]
    _bars(view, "outreach_step", told, "outreach-funnel", view.t("outreach.far"), clicked)


def _of(view: View, n: int, whole: int) -> str:
    return view.t("outreach.n_share", n=f"{n:,}", share=number(n / whole, "percent", view.lang))


def lost_by(view: View, by: str, found: pa.Table) -> None:
    """Who left by reason, or by who they were. A click opens them."""

    def clicked(value: str) -> None:
        title = f"{view.t('outreach.step_lost')} · {_name(view, by, value)}"
        param = "reason" if by == "leaving_reason" else by
        rows.open_later(customers(view, title, status="lost", **{param: value}))

    told = [
        (
            row["value"],
            row["customers"],
            view.t("outreach.n_share", n=f"{row['customers']:,}", share=number(row["share"], "percent", view.lang)),
        )
        for row in found.to_pylist()
    ]
    _bars(view, by, told, f"outreach-lost-{by}", view.t("outreach.why_lost"), clicked)


def _bars(
    view: View, by: str, told: Iterable[tuple[str | None, int, str]], key: str, alt: str, clicked: pictures.Clicked
) -> None:
    """Rows of (raw value, length, words) as bars in their order."""
    found = [(NOT_GIVEN if raw is None else raw, length, note) for raw, length, note in told]
    drawn = pa.table(
        {
            "value": [raw for raw, _, _ in found],
            "label": [_name(view, by, raw) for raw, _, _ in found],
            "place": list(range(len(found))),
            "figure": pa.array([length for _, length, _ in found], pa.float64()),
            "note": [note for _, _, note in found],
        }
    )
    pictures.draw(drawn, amounts(view.lang, view.theme), key, alt, clicked)


def _name(view: View, by: str, raw: str) -> str:
    if by == "outreach_step":
        return view.t(f"outreach.step_{raw}")
    if by == "leaving_reason" and raw in policy().reasons:
        return policy().reasons[raw][view.lang]
    return labels.value(view.lang, by, raw)


def is_enough(found: Row) -> bool:
    """Whether both sides are large enough to conclude anything."""
    least = policy().least
    return bool(found["compared"] >= least and (found["others_effective"] or 0) >= least)


def known_in_words(view: View, contacted: int, said: Iterable[Row], compared: int) -> str:
    """Of how many contacted customers the outcome is known, and how many have somebody to be compared with."""
    known = sum(row["customers"] for row in said)
    return view.t("outreach.known", contacted=f"{contacted:,}", known=f"{known:,}", compared=f"{compared:,}")


def effect(view: View, found: Row) -> None:
    """Both shares and their difference, each with its interval, what that means, and what it does not mean."""
    grid = st.grid(3, min_column_width=220, border=True)
    for name, share, ends, n in (
        ("contacted", "share", ("low", "high"), found["compared"]),
        ("others", "other_share", ("other_low", "other_high"), found["others"]),
    ):
        with grid.cell():
            st.metric(view.t(f"outreach.kept_{name}"), _percent(view, found[share]))
            low, high = (_percent(view, found[end]) for end in ends)
            st.caption(view.t("outreach.of_interval", n=f"{n:,.0f}", low=low, high=high))
            rows.button(view, _compared(view, name), f"outreach-{name}")
    with grid.cell():
        st.metric(view.t("outreach.difference"), _points(view, found["difference"]))
        low, high = (_points(view, found[f"difference_{end}"]) for end in ("low", "high"))
        st.caption(view.t("outreach.interval", low=low, high=high))
    st.markdown(f"**{view.t(f'outreach.{_verdict(found)}')}** {view.t('outreach.no_proof')}")
    st.caption(view.t("outreach.method", band=policy().score_band, least=policy().score_min))


def _compared(view: View, which: str) -> rows.Rows:
    params: rows.Params = {"which": which, "compared": "yes", "least": policy().score_min, "band": policy().score_band}
    title = view.t(f"outreach.rows_{which}")
    return rows.Rows(title, "outreach_result_rows", rows.undated(view.scope), params)


def _verdict(found: Row) -> str:
    if found["difference_low"] > 0:
        return "more"
    return "fewer" if found["difference_high"] < 0 else "chance"


def _percent(view: View, share: float | None) -> str:
    return number(share, "percent", view.lang, 1)


def _points(view: View, share: float) -> str:
    return view.t("outreach.points", n=f"{100 * share:+,.1f}")


def judged(view: View, row: Row) -> dict[str, str]:
    """What people said of customers, and how many of them were still customers, as a line of a table."""
    return {
        "said_status": view.value("outreach_status", row["outreach_status"]) or NOTHING,
        "said_of": f"{row['customers']:,}",
        "kept": view.t("outreach.n_share", n=f"{row['kept']:,}", share=number(row["kept_share"], "percent", view.lang)),
    }
