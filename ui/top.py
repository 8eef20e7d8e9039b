"""The three causes with most complaints in a month: how many, against what is usual, the cost, the words, voices."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from charts.numbers import change, number
from queries import METRICS, Scope, ask
from store import trouble
from ui import measures, months, rows, subjects, tables, voices
from ui.period import bucket_end
from ui.view import View

Row = Mapping[str, Any]
_CHOICE = 12
"""So many months can be chosen from."""


def section(view: View, until: date | None) -> None:
    """The cards of one whole month up to ``until``; without dates, of all complaints."""
    known = whole_months(view, until) if until else []
    if until and not known:
        return
    st.header(view.t("top.title") if known else view.t("top.title_undated"), anchor=False)
    month = _chosen(view, known) if known else None
    found = ask("top_causes", rows.undated(view.scope), month=month).to_pylist()
    if not found:
        st.info(view.t("top.none"), icon=":material/search_off:")
        return
    st.caption(view.t("top.legend" if known else "top.legend_undated"))
    _cards(view, month, found)


def whole_months(view: View, until: date) -> list[date]:
    """The first days of the last months that are over and in which there are complaints, the latest first."""
    found = ask("cause_months", view.scope, until=until).column("month").to_pylist()
    over = {month for month in found if bucket_end(month, "month") <= until}
    return sorted(over, reverse=True)[:_CHOICE]


def _chosen(view: View, known: Sequence[date]) -> date:
    names = {month.isoformat(): voices.month_in_full(view, month) for month in known}
    chosen = months.box("top_month", list(names), known[0].isoformat(), view.t("top.month"), lambda code: names[code])
    return date.fromisoformat(chosen)


def _cards(view: View, month: date | None, found: Sequence[Row]) -> None:
    scope = rows.undated(view.scope)
    words = _by_cause(ask("cause_words", scope, month=month).to_pylist())
    quotes = _by_cause(ask("cause_quotes", scope, month=month, lang=view.lang).to_pylist())
    history = _by_cause(_history(view, month))
    acted = None if trouble() else _by_cause(measures.listed(view, which="open"))
    grid = st.grid(3, min_column_width=300, border=True)
    for place, row in enumerate(found, 1):
        cause = row["cause"]
        with grid.cell(), st.container(gap="small"):
            _name(view, place, row)
            _count(view, month, row, [point["n"] for point in history.get(cause, [])])
            st.markdown("  \n".join(_facts(view, month, row, words.get(cause, []))))
            _said(view, quotes.get(cause, []))
            rows.button(view, _behind(view, month, row), f"top-{place}", view.t("top.open", n=f"{row['n']:,}"))
            if acted is not None:
                _acts(view, place, cause, acted.get(cause, []))


def _by_cause(found: Sequence[Row]) -> dict[str | None, list[Row]]:
    grouped: dict[str | None, list[Row]] = {}
    for row in found:
        grouped.setdefault(row["cause"], []).append(row)
    return grouped


def _history(view: View, month: date | None) -> list[Row]:
    if month is None:
        return []
    found: list[Row] = ask("cause_months", view.scope, until=bucket_end(month, "month")).to_pylist()
    return found


def _name(view: View, place: int, row: Row) -> None:
    st.subheader(f"{place} · {voices.cause(view, row['cause'])}", anchor=False)
    st.caption(view.t("top.responsible", who=voices.responsible(view, row)))


def _count(view: View, month: date | None, row: Row, history: Sequence[int]) -> None:
    """How many, against the month before, with its thirteen months as columns; coloured only outside what is usual."""
    metric = METRICS["complaints_said"]
    before = None if row["n_before"] is None else change(metric, row["n"] - row["n_before"], view.lang)
    last = month and voices.month_in_full(view, month - timedelta(days=1))
    beyond = bool(row["months_before"]) and not row["usual_low"] <= row["n"] <= row["usual_high"]
    st.metric(
        voices.month_in_full(view, month) if month else metric.label[view.lang],
        f"{row['n']:,}",
        delta=before,
        delta_color="inverse" if beyond and before and before[0] in "+-" else "off",
        delta_arrow="auto" if before and before[0] in "+-" else "off",
        delta_description=view.t("top.against", month=last) if before else None,
        chart_data=list(history) if len(history) > 2 else None,
        chart_type="bar",
    )


def _facts(view: View, month: date | None, row: Row, words: Sequence[Row]) -> list[str]:
    """The share, what is usual, what it costs, and the words that set it apart."""
    told = [view.t("top.share" if month else "top.share_undated", share=voices.share(view, row["share"]))]
    if row["months_before"]:
        told.append(_usual(view, row))
    if row["tickets"]:
        money = number(row["compensation"], "money", view.lang, 0, view.meta.currency)
        cost = {"breached": f"{row['breached']:,}", "money": money, "compensated": f"{row['compensated']:,}"}
        told.append(view.t("top.cost", **cost))
    if words:
        said = view.t("scope.list_join").join(tables.literal(word["word"]) for word in words)
        told.append(view.t("top.words", words=said))
    return told


def _usual(view: View, row: Row) -> str:
    """Whether the month lies outside all those before, and what they were."""
    key = "above" if row["n"] > row["usual_high"] else "below" if row["n"] < row["usual_low"] else "within"
    ends = {name: f"{row[name]:,}" for name in ("usual_low", "usual_high")}
    return view.t(f"top.{key}", usual=f"{row['usual']:,.0f}", months=row["months_before"], **ends)


def _said(view: View, quotes: Sequence[Row]) -> None:
    """Voices that speak for the others; the one of a ticket opens it."""
    for quote in quotes:
        text = view.t("top.quote", text=tables.literal(quote["text"] or ""))
        if quote["ticket_id"]:
            st.button(
                text,
                key=f"quote-{quote['ticket_id']}",
                type="tertiary",
                help=view.t("top.open_ticket"),
                on_click=subjects.choose,
                args=("ticket", quote["ticket_id"]),
            )
        else:
            st.markdown(text)


def _acts(view: View, place: int, cause: str, found: Sequence[Row]) -> None:
    """What is under way against the cause, and the way to plan more."""
    told = [f"- {tables.literal(row['to_do'])}{_owner(view, row)}" for row in found]
    if told:
        st.markdown("\n".join([view.t("top.acts"), "", *told]))
    else:
        st.caption(view.t("measures.none_on"))
    st.button(
        view.t("measures.plan"),
        key=f"plan-{place}",
        type="tertiary",
        icon=":material/construction:",
        on_click=rows.open_later,
        args=(_plan(cause),),
    )


def _owner(view: View, row: Row) -> str:
    owner = row["action_owner"]
    return view.t("scope.join") + view.t("measures.owned", owner=tables.literal(owner)) if owner else ""


def _plan(cause: str) -> Callable[[View], None]:
    """The open actions on a cause and the form for a new one, in a dialog."""

    def dialog(view: View) -> None:
        title = f"{voices.cause(view, cause)} · {view.t('measures.plan')}"
        st.dialog(title, width="large", icon=":material/construction:")(measures.panel)(view, cause)

    return dialog


def _behind(view: View, month: date | None, row: Row) -> rows.Rows:
    scope: Scope = view.scope.with_period(month, bucket_end(month, "month")) if month else rows.undated(view.scope)
    return rows.Rows(
        voices.cause(view, row["cause"]), "complaint_rows", scope, {"cause": row["cause"]}, ("complaints_said",)
    )
