"""Customers who may leave: the list with its controls, amounts by group, and why a customer may leave."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.amounts import amounts
from charts.numbers import number
from charts.reasons import Reason, in_words, unpacked
from queries import DIMENSIONS, NOT_GIVEN, Scope
from store import policy, trouble
from ui import labels, pictures, rows, state, tables
from ui.due import today_in
from ui.view import View

FIRST = 50
"""So many customers are shown at once."""
REST = 90
"""So many days after its end outreach may begin anew."""
_HIDDEN = ("standing", "risk_score", "next_date", "signals", "orders_ever", "segment", "region", "industry")
"""Columns that are there to be chosen, but not shown at first."""


def as_of(view: View) -> Scope:
    """The filters, with the data's last day for a period: what the files and the sentence say."""
    return view.scope.with_period(view.meta.as_of_day, view.meta.as_of_day)


def money(view: View, amount: float) -> str:
    """A whole amount in the team's currency."""
    return number(amount, "money", view.lang, 0, view.meta.currency)


def worth_a_call(view: View, title: str | None = None, **params: str) -> rows.Rows:
    """The call list, narrowed by ``params``, of which ``title`` tells."""
    return rows.Rows(
        title or view.t("churn.call_list"), "watchlist", as_of(view), params, ("watch_customers", "value_at_risk")
    )


def three_lists(view: View) -> str:
    """What "the list" means here and elsewhere."""
    return view.t("churn.three_lists", least=policy().score_min)


def _reached(view: View, reach: str) -> dict[str, str | date]:
    """What narrows the list by how outreach stands."""
    today = today_in(view.meta.timezone)
    days = {"todo": {"rested": today - timedelta(days=REST)}, "due": {"today": today}}
    return {"outreach": reach, **days.get(reach, {})}


def to_do(view: View) -> rows.Params:
    """Who can still be kept and whose outreach has not just ended, the most to lose first."""
    return {"which": "keep", "sort": "loss"} | _reached(view, "todo")


def choose(view: View) -> tuple[rows.Rows, Sequence[str]]:
    """The controls above the list: what they ask for, and the columns to show."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        which = state.choose(view, "watch", "keep", view.t("churn.which"))
        rank = state.choose(view, "rank", "loss", view.t("churn.rank"))
        reach = state.choose(view, "reach", "todo", view.t("column.outreach_status"))
        signal = _signal(view)
        search = st.text_input(
            view.t("churn.search"),
            key="watch_search",
            placeholder=view.t("churn.search"),
            icon=":material/search:",
            max_chars=100,
            label_visibility="collapsed",
            width=220,
        ).strip()
        columns = _columns(view, which)
    if problem := trouble():
        st.caption(f":material/cloud_off: {problem.said(view.lang)}")
    given = {"signal": "" if signal == "any" else signal, "search": search}
    params: dict[str, str | int | float | date] = {"which": which, "sort": rank}
    params |= {name: text for name, text in given.items() if text}
    params |= _reached(view, reach)
    title = view.t({"keep": "churn.keep_list", "silent": "churn.silent_list"}.get(which, "churn.all_flagged"))
    return rows.Rows(title, "watchlist", as_of(view), params, ("watch_customers", "value_at_risk")), columns


def _signal(view: View) -> str:
    return str(
        st.selectbox(
            view.t("churn.signal"),
            labels.CHOICES["signal"][1],
            format_func=lambda code: labels.choice(view.lang, "signal", code),
            key="signal",
            bind="query-params",
            persist_state="session",
            label_visibility="collapsed",
            width=200,
        )
    )


def show(view: View, found: pa.Table, columns: Sequence[str]) -> None:
    """The customers; choosing a row opens the customer."""
    tables.show(
        view,
        found,
        "watchlist",
        columns,
        alt=view.t("churn.alt"),
    )


def _columns(view: View, which: str) -> Sequence[str]:
    """The columns that the reader wants to see, in their usual order; of the silent the score stands for the risk."""
    with st.popover(view.t("churn.columns"), icon=":material/view_column:", type="tertiary"):
        picked = st.multiselect(
            view.t("churn.columns"),
            labels.WATCH_COLUMNS,
            default=[name for name in labels.WATCH_COLUMNS if name not in _HIDDEN],
            format_func=lambda name: labels.choice(view.lang, "shown", name),
            key="shown",
            bind="query-params",
            persist_state="session",
            label_visibility="collapsed",
        )
    scored = {"risk_score"} if which == "silent" and "risk" in picked else set()
    return [name for name in labels.WATCH_COLUMNS if name in {*picked, *scored}] or labels.WATCH_COLUMNS


def by(view: View, name: str, found: pa.Table) -> None:
    """Value at risk by owner or by who they are: columns value, customers, figure, share."""
    groups = found.to_pylist()
    raw = [NOT_GIVEN if row["value"] is None else row["value"] for row in groups]
    table = pa.table(
        {
            "value": raw,
            "label": [labels.value(view.lang, name, text) for text in raw],
            "place": list(range(len(raw))),
            "figure": found.column("figure"),
            "note": [_amount(view, row) for row in groups],
        }
    )

    def clicked(text: str) -> None:
        if name in DIMENSIONS:
            state.narrow(name, text)
        else:
            title = view.t("churn.list_of", what=labels.value(view.lang, name, text))
            rows.open_later(worth_a_call(view, title, **{name: text}))

    alt = view.t("churn.by_alt", dimension=tables.heading(view.lang, name))
    pictures.draw(table, amounts(view.lang, view.theme), f"watch-{name}", alt, clicked)


def _amount(view: View, row: dict[str, Any]) -> str:
    share = number(row["share"], "percent", view.lang)
    return view.t("churn.amount", value=money(view, row["figure"]), share=share, n=f"{row['customers']:,}")


def rule(view: View, row: dict[str, Any]) -> dict[str, str]:
    """One signal of the policy as a line of a table: what it asks, its points, and for how many it fires."""
    said = {name: "" if cell is None else f"{cell:g}" for name, cell in row.items() if name != "signal"}
    said["fall"] = number(row["fall"], "percent", view.lang)
    told = view.t(f"signal_rule.{row['signal']}", **said)
    fires = view.t("churn.of_judged", n=f"{row['fires']:,}", judged=f"{row['judged']:,}")
    if not row["judged_at_all"]:
        fires = view.t("churn.not_judged")
    return {
        "signal_rule": f"**{view.value('signal', row['signal'])}**: {told}",
        "weight": f"{row['weight']}",
        "fires": fires if row["weight"] else view.t("churn.off"),
    }


def reasons(view: View, row: dict[str, Any]) -> None:
    """Why a customer may leave (``row`` of the watchlist): the risk with what raises it, the score with its parts."""
    raised = _of_risk(row)
    if row["risk"] is not None:
        told = view.t("churn.why_risk", risk=number(row["risk"], "percent", view.lang), months=row["horizon_months"])
        st.markdown(f"**{told}**")
        st.markdown("\n".join(f"- {_without(view, part, row['risk'])}" for part in raised))
    if not raised:
        st.markdown(f"**{view.t('churn.why_score', score=row['risk_score'])}**")
        _points(view, row)
    elif row["signals"]:
        with st.expander(view.t("churn.why_beside", score=row["risk_score"])):
            _points(view, row)


def _points(view: View, row: dict[str, Any]) -> None:
    """The signals that fire with their points."""
    weights = [
        view.t("churn.weight", reason=in_words(part, view.lang, view.meta.currency), weight=f"{part.weight:g}")
        for part in unpacked(row["signals"])
    ]
    st.markdown("\n".join(f"- {weight}" for weight in weights))


def _of_risk(row: dict[str, Any]) -> list[Reason]:
    """The reasons of the risk; none where a rule gives it, whose reasons are the signals themselves."""
    return list(unpacked(row["why"])) if row["why"] != row["signals"] else []


def _without(view: View, part: Reason, risk: float) -> str:
    told = number(part.without(risk), "percent", view.lang)
    return view.t("churn.without", reason=in_words(part, view.lang, view.meta.currency), risk=told)
