"""Care calendar: whom to congratulate, thank, win back, speak to again, or leave in peace."""

from typing import Any

import streamlit as st

from queries import ask
from ui import care, empty, rows
from ui.header import header
from ui.view import View


def run(view: View) -> None:
    """The page, from top to bottom."""
    counts = ask("care_counts", view.scope).to_pylist()
    header(view, "care", _sentence(view))
    if not any(row["judged"] for row in counts):
        st.info(view.t("care.cannot"), icon=":material/upload_file:")
        st.code(empty.LOAD, language="shell")
        return
    owner = care.choose_owner(view)
    lists(view, owner)


def _sentence(view: View) -> str:
    """The data's last day and the filters: the chosen period does not apply to a state."""
    told = rows.sentence(view, care.listed(view, "birthday", {}))
    return view.t("care.state", what=told) if view.meta.as_of_day else told


def lists(view: View, owner: dict[str, str]) -> None:
    """Who is on each list, the first to take care of on top?"""
    counts: list[dict[str, Any]] = ask("care_counts", view.scope, today=care.today(view), **owner).to_pylist()
    known = counts[0]["with_consent"]
    st.caption(
        f":material/info: {view.t('care.consent' if known else 'care.no_consent_known')} {view.t('care.how_text')}"
    )
    grid = st.grid(2, min_column_width=340, gap="medium")
    for row in counts:
        with grid.cell():
            care.show(view, row, owner)
