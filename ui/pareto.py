"""What to fix first: the causes by what they do, as a Pareto and as places in every measure."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.cause_pareto import pareto
from charts.numbers import number
from queries import NOT_GIVEN, Scope
from ui import pictures, rows, state, tables, voices
from ui.labels import CHOICES
from ui.view import View

Row = Mapping[str, Any]
FIGURES = {
    "complaints": "n",
    "breached": "breached",
    "compensation": "compensation",
    "customer_value": "customer_value",
}
"""Measure, as one of the choices of "weigh" -> the column that holds it."""
_MONEY = {"compensation", "customer_value"}
_KEY = "causes-places"
_PLACES = "by_"
"""What the columns of places begin with, before the measure."""


def offered(causes: pa.Table) -> list[str]:
    """The measures of which these causes have anything at all."""
    return [measure for measure in CHOICES["weigh"][1] if any(causes.column(FIGURES[measure]).to_pylist())]


def measure(view: View, causes: pa.Table) -> str:
    """By which measure the reader wants them; the one there is needs no choice."""
    known = offered(causes)
    return state.choose(view, "weigh", known[0], view.t("causes.weigh"), known) if len(known) > 1 else known[0]


def figure(view: View, row: Row, by: str) -> str:
    """One measure of a cause, in words."""
    return number(row[FIGURES[by]], "money" if by in _MONEY else "count", view.lang, 0, view.meta.currency)


def bars(view: View, scope: Scope, causes: pa.Table, by: str) -> None:
    """The causes by one measure, with what they make together; a click opens what is behind a bar."""
    st.caption(view.t("causes.pareto_legend"))
    st.caption(view.t(f"weigh_help.{by}"))

    def open_rows(cause: str) -> None:
        rows.open_later(behind(view, scope, cause, by))

    told = view.t(f"weigh.{by}")
    pictures.draw(
        _bar_rows(view, causes, by),
        pareto(by, view.lang, view.theme),
        f"causes-pareto-{by}",
        view.t("causes.pareto_alt", measure=told),
        open_rows,
    )


def _bar_rows(view: View, causes: pa.Table, by: str) -> pa.Table:
    found = causes.to_pylist()
    names = [voices.cause(view, row["cause"]) for row in found]
    figures = [figure(view, row, by) for row in found]
    shares = [voices.share(view, row["share"]) for row in found]
    responsible = [voices.responsible(view, row) if row["cause"] else "" for row in found]
    return pa.table(
        {
            "value": [row["cause"] or NOT_GIVEN for row in found],
            "name": names,
            "responsible": responsible,
            "label": [" | ".join(lines) for lines in zip(names, responsible, figures, shares, strict=True)],
            "place": list(range(len(found))),
            "told": figures,
            "part": shares,
            "together": [voices.share(view, row["cumulative"]) for row in found],
            "covered": [row["cause"] is not None for row in found],
            "share": causes.column("share"),
            "cumulative": causes.column("cumulative"),
        }
    )


def behind(view: View, scope: Scope, cause: str, by: str) -> rows.Rows:
    """The complaints that a measure of a cause counts; for the value of customers, these customers."""
    title = f"{voices.cause(view, cause)} · {view.t(f'weigh.{by}')}"
    if by == "customer_value":
        return rows.Rows(title, "cause_customers", scope, {"cause": cause})
    cost = {} if by == "complaints" else {"cost": by}
    return rows.Rows(title, "complaint_rows", scope, {"cause": cause, **cost}, ("complaints_said",))


def first_to_fix(causes: pa.Table) -> list[Row]:
    """The causes that a rule knows, by their mean place in all measures, the best first."""
    known = [row for row in causes.to_pylist() if row["cause"]]
    return sorted(known, key=lambda row: (row["mean_place"], -row["n"], row["cause"]))


def places(view: View, scope: Scope, causes: pa.Table) -> None:
    """Every cause by every measure with its place in it, those that lead in most first; a cell opens what it counts."""
    found, known = first_to_fix(causes), offered(causes)
    if len(found) < 2 or len(known) < 2:
        return
    st.subheader(view.t("causes.places"), anchor=False)
    st.caption(view.t("causes.places_legend"))
    times = f"_times_opened_{_KEY}"
    made = f"{_KEY}-{st.session_state.get(times, 0)}"

    def opened() -> None:
        cells = st.session_state[made]["selection"]["cells"]
        if cells:
            place, column = cells[0]
            by = column.removeprefix(_PLACES) if column.startswith(_PLACES) else "complaints"
            rows.open_later(behind(view, scope, found[place]["cause"], by))
            # As with pictures: a second click on the same cell would else be no change.
            st.session_state[times] = st.session_state.get(times, 0) + 1

    shown = _place_rows(view, found, known)
    tables.show(view, shown, made, most=len(found), on_select=opened, selection_mode="single-cell")


def _place_rows(view: View, found: Sequence[Row], known: Sequence[str]) -> pa.Table:
    cells = {
        f"{_PLACES}{by}": [
            view.t("causes.placed", figure=figure(view, row, by), place=row[f"{FIGURES[by]}_place"]) for row in found
        ]
        for by in known
    }
    return pa.table(
        {
            "cause_name": [voices.cause(view, row["cause"]) for row in found],
            **cells,
            "responsible": [voices.responsible(view, row) for row in found],
        }
    )
