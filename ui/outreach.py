"""Outreach about one customer: how it stands, a short form for what comes next, and what was written before."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from queries import Scope, ask
from queries.sentence import day_in_words
from store import OPEN, STATUSES, Entry, OutreachPolicy, policy, save, trouble
from ui import keeping, tables
from ui.due import exact, today_in
from ui.view import View

Row = Mapping[str, Any]
_SHOWN = 3
"""So many entries stand open below the form; the earlier ones are folded away."""
_FIELDS = ("status", "next_date", "owner", "note", "reason", "reason_text")
"""The fields of the form, named as those of an entry."""


@st.fragment
def panel(view: View, customer_id: str) -> None:
    """All about outreach to a customer, whatever the filters; nothing for a customer whom the viewer may not see.

    Only this part is drawn again when an entry is saved, on a page as in a dialog.
    """
    if problem := trouble():
        st.warning(problem.said(view.lang), icon=":material/cloud_off:")
        return
    scope = Scope(viewer=view.scope.viewer)
    found = ask("outreach_of", scope, customer=customer_id).to_pylist()
    if found:
        st.markdown(_standing(view, found[0]))
        keeping.said(view, _about(customer_id), lambda entry: _entry(view, entry))
        _form(view, found[0])
        _history(view, ask("outreach_history", scope, customer=customer_id).to_pylist())


def _standing(view: View, row: Row) -> str:
    """Status, next step, owner, who said so and when."""
    if not row["entry"]:
        return view.t("outreach.nothing_yet")
    told = [f"**{view.value('outreach_status', row['outreach_status'])}**"]
    if row["next_date"]:
        late = row["next_date"] < today_in(view.meta.timezone)
        told.append(
            view.t("outreach.next_late" if late else "outreach.next", day=day_in_words(view.lang, row["next_date"]))
        )
    if row["outreach_owner"]:
        told.append(view.t("outreach.owned", owner=tables.literal(row["outreach_owner"])))
    return view.t("scope.join").join(told)


def _about(customer_id: str) -> str:
    return f"outreach-{customer_id}"


def _entry(view: View, entry: Entry) -> str:
    told = [entry.author, view.value("outreach_status", entry.status), entry.note or ""]
    return tables.literal(view.t("scope.join").join(filter(None, told)))


def _form(view: View, row: Row) -> None:
    """Its fields keep what was typed until it is saved, even if somebody else was quicker."""
    customer_id = row["customer_id"]
    about = _about(customer_id)
    key = keeping.key(about, f"{about}-{row['entry']}")
    with st.form(key, border=False):
        for parts in ((_status, _next_date), (_owner, _author)):
            for column, part in zip(st.columns(2, wrap=False), parts, strict=True):
                with column:
                    part(view, row, key)
        hint = view.t("outreach.note_hint")
        st.text_area(view.t("outreach.note"), key=f"{key}-note", placeholder=hint, height=80, max_chars=4000)
        _reason(view, key, policy())
        keeping.button(view, _save, customer_id, key, row["entry"])


def _status(view: View, row: Row, key: str) -> None:
    st.selectbox(
        view.t("outreach.status"),
        STATUSES,
        STATUSES.index(row["outreach_status"] or STATUSES[0]),
        format_func=lambda code: view.value("outreach_status", code),
        key=f"{key}-status",
    )


def _next_date(view: View, row: Row, key: str) -> None:
    """A date that has come is not offered again: whoever writes has just dealt with it."""
    planned: date | None = row["next_date"]
    today = today_in(view.meta.timezone)
    kept = planned if planned and planned > today and row["outreach_status"] in OPEN else None
    st.date_input(
        view.t("column.next_date"),
        kept,
        min_value=today,
        format="YYYY-MM-DD",
        key=f"{key}-next_date",
        help=view.t("outreach.no_end"),
    )


def _owner(view: View, row: Row, key: str) -> None:
    names = [each["outreach_owner"] for each in ask("outreach_owners", Scope(viewer=view.scope.viewer)).to_pylist()]
    st.selectbox(
        view.t("column.outreach_owner"),
        names,
        names.index(row["outreach_owner"]) if row["outreach_owner"] in names else None,
        key=f"{key}-owner",
        placeholder=view.t("outreach.nobody"),
        accept_new_options=True,
    )


def _author(view: View, _: Row, key: str) -> None:
    keeping.author(view, key)


def _reason(view: View, key: str, known: OutreachPolicy) -> None:
    left, right = st.columns([1, 2])
    left.selectbox(
        view.t("outreach.reason"),
        list(known.reasons),
        None,
        format_func=lambda code: known.reasons[code][view.lang],
        key=f"{key}-reason",
        placeholder=view.t("outreach.only_lost"),
    )
    right.text_input(view.t("outreach.reason_text"), key=f"{key}-reason_text", max_chars=1000)


def _save(customer_id: str, key: str, seen: int) -> None:
    """Save what stands in the form. If that fails, the form stays as it is, and the next attempt knows what is new."""
    given = {name: st.session_state[f"{key}-{name}"] for name in _FIELDS}
    keeping.attempt(_about(customer_id), key, lambda author: save(Entry(customer_id, author, **given), seen))


def _history(view: View, entries: list[Row]) -> None:
    """What was written before, the latest first."""
    lines = [_line(view, entry) for entry in entries]
    if lines:
        st.markdown(f"**{view.t('outreach.history')}**")
        st.markdown("\n".join(lines[:_SHOWN]))
    if lines[_SHOWN:]:
        with st.expander(view.t("outreach.earlier", n=len(lines) - _SHOWN)):
            st.markdown("\n".join(lines[_SHOWN:]))


def _line(view: View, entry: Row) -> str:
    """One entry: what, when, by whom; below it what was written."""
    told = [
        f"**{view.value('outreach_status', entry['outreach_status'])}**",
        exact(view, entry["written_at"], f"{entry['written_at']:%H:%M}"),
    ]
    told += [tables.literal(entry["author"])]
    if entry["next_date"]:
        told.append(view.t("outreach.next", day=day_in_words(view.lang, entry["next_date"])))
    reason = policy().reasons.get(entry["leaving_reason"] or "", {}).get(view.lang, entry["leaving_reason"])
    words = [tables.literal(text) for text in (reason, entry["reason_text"], entry["note"]) if text]
    return f"- {view.t('scope.join').join(told)}" + (f"  \n  {view.t('scope.join').join(words)}" if words else "")
