"""Any number opens down to its rows: a dialog with the rows under the same filters, to read and to take away."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pyarrow as pa
import streamlit as st

from queries import METRICS, Scope, ask, unapplied
from ui import export, subjects, tables
from ui.header import up_to
from ui.view import View

SHOWN = 200
TAKEN = 1_000_000
"""The most rows that one file holds: what a spreadsheet can open."""
_WAITING = "_rows_to_open"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Params = Mapping[str, str | int | float | date]
BEHIND: dict[str, tuple[str, Params]] = {
    "tickets_opened": ("ticket_rows", {}),
    "complaints": ("ticket_rows", {"kind": "complaint"}),
    "tickets_resolved": ("ticket_rows", {"which": "resolved"}),
    "backlog": ("ticket_rows", {"which": "all", "state": "open"}),
    "waiting": ("clock_rows", {"cohort": "open", "stage": "response", "outcome": "any"}),
    "overdue_open": ("queue", {"which": "overdue"}),
    "response_compliance": ("clock_rows", {"stage": "response", "outcome": "decided"}),
    "resolution_compliance": ("clock_rows", {"stage": "resolution", "outcome": "decided"}),
    "response_median": ("clock_rows", {"cohort": "opened", "stage": "response", "outcome": "any"}),
    "nps": ("survey_rows", {"kind": "nps"}),
    "csat": ("survey_rows", {"kind": "csat"}),
    "revenue": ("order_rows", {}),
}
"""The question whose rows a metric of the first screen counts, with its parameters."""


@dataclass(frozen=True)
class Rows:
    """Which rows to open: a question with its parameters, under a scope, and the metrics they explain."""

    title: str
    question: str
    scope: Scope
    params: Params = field(default_factory=dict)
    metrics: tuple[str, ...] = ()

    def __call__(self, view: View) -> None:
        """Open the dialog."""
        subjects.start()
        st.dialog(self.title, width="large", icon=":material/table_rows:")(_content)(view, self)


def open_later(dialog: Callable[[View], None]) -> None:
    """Open ``dialog`` as soon as the page is drawn; for callbacks, which may not draw."""
    st.session_state[_WAITING] = dialog


def open_waiting(view: View) -> None:
    """Open what a callback asked for, once."""
    dialog = st.session_state.pop(_WAITING, None)
    if subject := subjects.chosen():
        subjects.open_dialog(view, subject)
    elif dialog is not None:
        dialog(view)


def undated(scope: Scope) -> Scope:
    """The same filters whatever the period: for what stands open now."""
    return scope.with_period(None, None)


def all_of(view: View, shown: pa.Table, rows: Rows, key: str) -> None:
    """The button below a table that shows only its first rows; it says how many there are."""
    total = shown.column("total")[0].as_py()
    button(view, rows, key, view.t("rows.all", total=f"{total:,}"))


def button(view: View, rows: Rows, key: str, label: str | None = None) -> None:
    """A quiet button that opens ``rows``."""
    st.button(
        label or view.t("rows.open"),
        key=f"rows-{key}",
        type="tertiary",
        icon=":material/table_rows:",
        help=view.t("rows.help", what=rows.title),
        on_click=open_later,
        args=(rows,),
    )


def _content(view: View, rows: Rows) -> None:
    """The rows; in their place what was chosen among them, since there is only one dialog at a time."""
    if not subjects.draw(view):
        _list(view, rows)


def _list(view: View, rows: Rows) -> None:
    found = ask(rows.question, rows.scope, limit=SHOWN, **rows.params)
    st.caption(sentence(view, rows))
    if not found.num_rows:
        st.info(view.t("rows.none"), icon=":material/search_off:")
        return
    total = found.column("total")[0].as_py() if "total" in found.column_names else found.num_rows
    key = "rows.shown_of" if total > found.num_rows else "rows.count"
    st.markdown(view.t(key, shown=f"{found.num_rows:,}", total=f"{total:,}"))
    tables.show(view, found, "rows-table")
    downloads(view, rows)


def sentence(view: View, rows: Rows) -> str:
    """The filters in words, with those that these rows cannot take named as such."""
    return view.t("scope.join").join([rows.scope.sentence(view.lang), *_notes(view, rows)])


def _notes(view: View, rows: Rows) -> tuple[str, ...]:
    missing = unapplied(rows.question, rows.scope, **rows.params)
    return tuple(
        view.t(
            "scope.unapplied",
            names=view.t(f"dimension.{dimension}"),
            what=view.t("scope.list_join").join(dict.fromkeys(view.t(f"relation.{name}") for name in relations)),
        )
        for dimension, relations in missing.items()
    )


def downloads(view: View, rows: Rows, key: str | None = None) -> None:
    """CSV and XLSX of all the rows, made when asked for; ``key`` where the same rows may also stand in a dialog."""

    def everything() -> pa.Table:
        return ask(rows.question, rows.scope, limit=TAKEN, **rows.params)

    name = re.sub(r"\W+", "-", rows.title).strip("-").lower()
    about = _about(view, rows)
    with st.container(horizontal=True):
        st.download_button(
            view.t("rows.csv"),
            lambda: export.as_csv(everything(), about),
            file_name=f"{name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"csv-{key or name}",
        )
        st.download_button(
            view.t("rows.xlsx"),
            lambda: export.as_xlsx(everything(), about),
            file_name=f"{name}.xlsx",
            mime=_XLSX,
            icon=":material/download:",
            on_click="ignore",
            key=f"xlsx-{key or name}",
        )


def _about(view: View, rows: Rows) -> export.About:
    metrics = [METRICS[name] for name in rows.metrics]
    return export.About(
        lang=view.lang,
        title=rows.title,
        sentence=rows.scope.sentence(view.lang),
        notes=_notes(view, rows),
        definitions=tuple((metric.label[view.lang], metric.description[view.lang]) for metric in metrics),
        up_to=up_to(view),
        version=view.meta.version,
    )


def behind(view: View, metric_id: str, days: int) -> Rows | None:
    """The rows behind a figure of the first screen: over its last ``days`` days up to the last working day."""
    if metric_id not in BEHIND:
        return None
    question, params = BEHIND[metric_id]
    metric, day = METRICS[metric_id], view.meta.workday
    dated = metric.headline == "flow" and day is not None and metric.relation not in view.meta.undated
    scope = view.scope.with_period(None, None)
    if dated and day:
        scope = view.scope.with_period(day - timedelta(days=days - 1), day)
    return Rows(metric.label[view.lang], question, scope, params, (metric_id,))
