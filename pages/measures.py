"""Actions on causes: what is under way and whose it is, and whether complaints fell by more than elsewhere."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from store import action_policy, actions, trouble
from ui import effects, empty, measures, rows, voices
from ui import planning as form
from ui.header import header
from ui.view import View

Row = Mapping[str, Any]


def run(view: View) -> None:
    """The page, from top to bottom."""
    if problem := trouble():
        header(view, "measures")
        st.warning(problem.said(view.lang), icon=":material/cloud_off:")
        return
    found, results = measures.listed(view), effects.of_all(view)
    header(view, "measures", _sentence(view, found, results))
    planning(view)
    if not found:
        empty.nothing(view, "measures.none")
        return
    under_way(view, found, results)
    worked(view, found, results)
    everything(view, found, results)


def _sentence(view: View, found: list[Row], results: Mapping[str, Row]) -> str:
    """How many are open, overdue, begun, judged, and fell beyond chance; how many fell, but from an unusual height."""
    told = [results[row["action_id"]]["verdict"] for row in found]
    counts = {
        "open": sum(row["action_status"] in actions.OPEN for row in found),
        "overdue": sum(measures.is_overdue(view, row) for row in found),
        "begun": sum(verdict not in ("not_begun", "dropped") for verdict in told),
        "judged": sum(verdict in effects.JUDGED for verdict in told),
        "fell": told.count("fell"),
    }
    said = view.t("measures.sentence", **counts)
    back = told.count("back")
    return view.t("measures.sentence_back", said=said, back=back) if back else said


@st.fragment
def planning(view: View) -> None:
    """The way to a new action, alone drawn again when it is taken; what to load first where no cause is known."""
    if not voices.cause_names(view):
        empty.nothing(view, "measures.no_causes")
    elif st.button(view.t("measures.plan"), key="action-plan", icon=":material/add:"):
        form.dialog(view)


def under_way(view: View, found: list[Row], results: Mapping[str, Row]) -> None:
    """What is due next, and who sees to it?"""
    st.header(view.t("measures.open"), anchor=False)
    open_now = [row for row in found if row["action_status"] in actions.OPEN]
    if not open_now:
        st.success(view.t("measures.no_open"), icon=":material/check:")
        return
    st.caption(view.t("measures.open_legend"))
    measures.table(view, open_now, results, "actions-open")


def worked(view: View, found: list[Row], results: Mapping[str, Row]) -> None:
    """Did complaints of the cause fall by more than those of other causes?"""
    st.header(view.t("measures.effects"), anchor=False)
    if view.meta.as_of_day is None:
        st.info(view.t("measures.undated"), icon=":material/event_busy:")
        return
    compared = [row for row in found if results[row["action_id"]]["verdict"] in effects.COMPARED]
    if compared:
        st.caption(view.t("measures.effects_legend"))
        effects.picture(view, compared, results)
        st.markdown(view.t("measures.no_proof"))
    known = action_policy()
    told = {"most": known.weeks_most, "least": known.weeks_least, "few": known.few}
    st.caption(view.t("measures.method", **told))


def everything(view: View, found: list[Row], results: Mapping[str, Row]) -> None:
    """All actions, to take away."""
    st.header(view.t("measures.all"), anchor=False)
    measures.table(view, found, results, "actions-all")
    rows.downloads(view, rows.Rows(view.t("measures.all"), "action_rows", rows.undated(view.scope)), "actions")
