"""Care lists: whose customers are shown, and each list with its rule, its first rows and the way to all of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from queries import NOT_GIVEN, Scope, Viewer, ask
from ui import labels, rows, state, tables
from ui.due import today_in
from ui.view import View
from words import t

EVERYBODY = "all"
FIRST = 6
"""So many customers of a list are shown at once."""
Row = Mapping[str, Any]
_WHO = ("is_vip", "tier", "owner")
COLUMNS: Mapping[str, Sequence[str]] = {
    "detractor": ("customer_name", "nps_score", "days_since", "is_late", *_WHO, "outreach_status"),
    "promoter": ("customer_name", "nps_score", "days_since", *_WHO, "outreach_status"),
    "birthday": ("customer_name", "event_on", *_WHO),
    "anniversary": ("customer_name", "event_on", "years", *_WHO),
    "untouched": ("customer_name", "days_since", "allowed", *_WHO, "outreach_status"),
    "over_contact": ("customer_name", "touches", "allowed", *_WHO, "last_contact_on"),
}
"""What each list shows at first, what matters most first."""


def owners(viewer: Viewer) -> tuple[str, ...]:
    """`EVERYBODY`, every owner of a customer on a list, and `NOT_GIVEN` where some have none."""
    found = ask("care_owners", Scope(viewer=viewer)).column("owner").to_pylist()
    return (EVERYBODY, *(NOT_GIVEN if name is None else name for name in found))


def owner_name(lang: str, raw: str) -> str:
    """What people call an owner."""
    return t(lang, "care.everybody") if raw == EVERYBODY else labels.value(lang, "owner", raw)


def choose_owner(view: View) -> dict[str, str]:
    """A box to choose whose customers are listed: the parameter that the questions take."""
    found = owners(view.scope.viewer)
    if st.session_state.get("care_owner", EVERYBODY) not in found:
        del st.session_state["care_owner"]
    chosen = st.selectbox(
        view.t("care.owner"),
        found,
        format_func=lambda raw: owner_name(view.lang, raw),
        key="care_owner",
        bind="query-params",
        persist_state="session",
        width=state.BOX,
    )
    return {} if chosen == EVERYBODY else {"owner": str(chosen)}


def listed(view: View, care: str, owner: Mapping[str, str]) -> rows.Rows:
    """The rows of one list; the chosen period does not apply."""
    day = view.meta.as_of_day
    title = view.t("scope.join").join([view.value("care", care), *owner.values()])
    asked: rows.Params = {"care": care, "today": today(view), **owner}
    return rows.Rows(title, "care_rows", view.scope.with_period(day, day), asked)


def today(view: View) -> date:
    """The reader's day: nobody is congratulated on a day that is past."""
    return today_in(view.meta.timezone)


def show(view: View, row: Row, owner: Mapping[str, str]) -> None:
    """One list: how many, by which rule, who comes first, and all of them."""
    care, name = row["care"], view.value("care", row["care"])
    headed = view.t("care.headed", name=name, n=f"{row['customers']:,}")
    st.subheader(headed if row["judged"] else name, anchor=False)
    st.caption("  \n".join([rule(view, row), *_remarks(view, row)]))
    if not row["customers"]:
        st.info(view.t("care.nobody" if row["judged"] else "care.not_judged"), icon=":material/person_check:")
        return
    behind = listed(view, care, owner)
    found = ask(behind.question, behind.scope, limit=FIRST, **behind.params)
    tables.show(view, found, f"care-{care}", COLUMNS[care], alt=view.t("care.alt", name=name))
    with st.container(horizontal=True, vertical_alignment="center"):
        rows.all_of(view, found, behind, f"care-{care}")
        rows.downloads(view, behind, f"care-{care}")


def rule(view: View, row: Row) -> str:
    """Who belongs on the list, by the policy's numbers."""
    return view.t(f"care_rule.{row['care']}", **{name: f"{row[name]}" for name in _NUMBERS})


_NUMBERS = ("days", "most", "core", "growth", "dormant", "standard")


def _remarks(view: View, row: Row) -> list[str]:
    """How many are late, and how many are left out."""
    told = {"care.late": row["late"], "care.past": row["past"], "care.withheld": row["withheld"]}
    remarks = [view.t(key, n=f"{n:,}") for key, n in told.items() if n]
    return [view.t("scope.join").join(remarks)] if remarks else []
