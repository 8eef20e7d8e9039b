"""One ticket: what happened to it on one time line, how each verdict comes about, and what is known of it."""

from typing import Any

import pyarrow as pa
import streamlit as st

from charts.timeline import timeline
from queries import Scope, ask
from ui import pictures, subjects, tables
from ui.story import Story, listed, story
from ui.timeline import rows
from ui.verdict import headline, lines, rule_sentences
from ui.view import View

Row = dict[str, Any]
_ASKED = ("ticket_clocks", "ticket_rules", "ticket_steps", "ticket_hours")
_WHOSE = ("team", "agent_id")
_ELSEWHERE = ("text", "judged_vip", "judged_tier", "as_of", "customer_id", "customer_name", *_WHOSE)
"""What the ticket's row tells beside the facts to list."""


def content(view: View, ticket_id: str) -> None:
    """All about one ticket, whatever the filters: what happened, what it is about, why it is judged so, its facts."""
    scope = Scope(viewer=view.scope.viewer)
    found = ask("ticket", scope, ticket=ticket_id).to_pylist()
    if not found:
        st.info(view.t("ticket.gone"), icon=":material/search_off:")
        return
    with st.container(key="ticket"):
        _whole(view, scope, found[0])


def _whole(view: View, scope: Scope, ticket: Row) -> None:
    answers = {name: ask(name, scope, ticket=ticket["ticket_id"]).to_pylist() for name in _ASKED}
    clocks = [row | {"as_of": ticket["as_of"]} for row in answers["ticket_clocks"]]
    told = story(ticket, clocks, answers["ticket_steps"], answers["ticket_hours"])
    _customer(view, ticket)
    _picture(view, told, too_long=bool(answers["ticket_hours"]) and not told.hours)
    _written(view, ticket)
    _verdicts(view, ticket, clocks, answers["ticket_rules"])
    st.header(view.t("ticket.steps"), anchor=False)
    tables.plain(view, listed(view, told))
    _facts(view, ticket)


def _customer(view: View, ticket: Row) -> None:
    """Whose ticket it is: a way to all about them."""
    if number := ticket["customer_id"]:
        name = view.t("customer.named", name=ticket["customer_name"], id=number) if ticket["customer_name"] else number
        st.button(
            name,
            key="ticket-customer",
            type="tertiary",
            icon=":material/person:",
            help=view.t("customer.open"),
            on_click=subjects.choose,
            args=("customer", number),
        )


def _picture(view: View, told: Story, too_long: bool) -> None:
    table, height, kinds = rows(view, told)
    spec = timeline(view.lang, view.theme, height, kinds)
    pictures.draw(table, spec, "ticket-time-line", view.t("timeline.alt", id=told.ticket["ticket_id"]))
    notes = [view.t("timeline.legend")]
    if told.hours or too_long:
        notes.append(view.t("timeline.legend_too_long" if too_long else "timeline.legend_closed"))
    st.caption(view.t("scope.join").join(notes))


def _written(view: View, ticket: Row) -> None:
    """What it is about, and whose it is."""
    if ticket["text"]:
        st.header(view.t("ticket.text"), anchor=False)
        st.text(ticket["text"])
    whose = {tables.heading(view.lang, name): view.value(name, ticket[name]) for name in _WHOSE if ticket[name]}
    if whose:
        told = [view.t("ticket.fact", name=name, value=tables.literal(value)) for name, value in whose.items()]
        st.markdown(view.t("scope.join").join(told))


def _verdicts(view: View, ticket: Row, clocks: list[Row], rules: list[Row]) -> None:
    if not clocks:
        return
    st.header(view.t("ticket.worked_out"), anchor=False, help=view.t("ticket.worked_out_help"))
    st.markdown(" ".join(rule_sentences(view, ticket, clocks, rules)))
    grid = st.grid(len(clocks), min_column_width=270, border=True)
    for clock in clocks:
        with grid.cell():
            st.markdown(_sum(view, clock, rules))


def _sum(view: View, clock: Row, rules: list[Row]) -> str:
    """The verdict on one clock and its arithmetic: names and values, those set right so that they add up to the eye."""
    verdict = headline(view, clock)
    if clock["state"] in ("breached", "overdue"):
        verdict = f":red[{verdict}]"
    body = "\n".join(f"| {name} | {value} |" for name, value in lines(view, clock, rules))
    return f"| {view.value('stage', clock['stage'])} | {verdict} |\n|---|---:|\n{body}"


def _facts(view: View, ticket: Row) -> None:
    """Everything else the data says."""
    table = tables.readable(pa.Table.from_pylist([ticket]).drop_columns(_ELSEWHERE), view.lang)
    facts = {name: cell for name, cell in table.to_pylist()[0].items() if cell not in (None, "")}
    st.header(view.t("ticket.facts"), anchor=False)
    grid = st.grid(2, min_column_width=280)
    for name, cell in facts.items():
        with grid.cell():
            left, right = st.columns([2, 3], wrap=False)
            left.caption(tables.heading(view.lang, name))
            right.text(_fact(view, name, cell))


def _fact(view: View, name: str, cell: Any) -> str:
    if name == "escalation_level" and cell == 1:  # The first level is where every ticket starts.
        return view.t("ticket.not_escalated")
    return f"{cell:%Y-%m-%d %H:%M}" if hasattr(cell, "strftime") else str(cell)
