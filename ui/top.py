"""The three causes with most complaints in a month: how many, against what is usual, the cost, the words, voices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import streamlit as st

from charts.numbers import change, number
from queries import METRICS, Scope, ask
from queries.sentence import month_name, period
from store import trouble
from ui import measures, months, rows, subjects, tables, voices
from ui.period import bucket_end
from ui.view import View

Row = Mapping[str, Any]
_CHOICE = 13
"""So many months can be chosen from, the running one included."""
_ENOUGH = 10
"""So many days of a running month say something."""
_BOX = 240


@dataclass(frozen=True)
class Month:
    """A month up to ``last``: its own last day, or the last day looked at while it runs."""

    first: date
    last: date

    @property
    def first_days(self) -> int | None:
        """So many days of it have passed; None once it is over."""
        return None if self.last == bucket_end(self.first, "month") else self.last.day

    @property
    def part(self) -> str:
        """What the keys of words end with that differ while it runs."""
        return "_part" if self.first_days else ""

    @property
    def before(self) -> tuple[date, date]:
        """First and last of the same days of the month before, as far as it has them."""
        end = self.first - timedelta(days=1)
        return end.replace(day=1), end.replace(day=min(end.day, self.first_days or end.day))


def section(view: View, until: date | None) -> None:
    """The cards of one month up to ``until``; without dates, of all complaints."""
    known = months_up_to(view, until) if until else []
    if until and not known:
        return
    st.header(view.t("top.title") if known else view.t("top.title_undated"), anchor=False)
    month = _chosen(view, known) if known else None
    asked = _asked(month)
    found = ask("top_causes", rows.undated(view.scope), **asked).to_pylist()
    if not found:
        st.info(view.t("top.none"), icon=":material/search_off:")
        return
    st.caption(view.t(f"top.legend{month.part}" if month else "top.legend_undated"))
    _cards(view, month, found)


def months_up_to(view: View, until: date) -> list[Month]:
    """The last months in which there are complaints, the latest first: of the one that still runs its days so far."""
    found = set(ask("cause_months", view.scope, until=until).column("month").to_pylist())
    known = [Month(first, min(bucket_end(first, "month"), until)) for first in sorted(found, reverse=True)]
    return known[:_CHOICE]


def usual_choice(known: Sequence[Month]) -> Month:
    """The latest, but for a month that has only begun: a few days rank causes by chance."""
    latest = known[0]
    return known[1] if known[1:] and (latest.first_days or _ENOUGH) < _ENOUGH else latest


def _chosen(view: View, known: Sequence[Month]) -> Month:
    by = {month.first.isoformat(): month for month in known}
    usual = usual_choice(known).first.isoformat()
    chosen = months.box("top_month", list(by), usual, view.t("top.month"), lambda code: _named(view, by[code]), _BOX)
    return by[chosen]


def _named(view: View, month: Month) -> str:
    name = voices.month_in_full(view, month.first)
    if not month.first_days:
        return name
    return view.t("top.so_far", month=name, day=month.last.day, short=month_name(view.lang, month.last))


def _asked(month: Month | None) -> dict[str, Any]:
    return {"month": month.first, "first_days": month.first_days} if month else {}


def _cards(view: View, month: Month | None, found: Sequence[Row]) -> None:
    scope, asked = rows.undated(view.scope), _asked(month)
    words = _by_cause(ask("cause_words", scope, lang=view.lang, **asked).to_pylist())
    quotes = _by_cause(ask("cause_quotes", scope, lang=view.lang, **asked).to_pylist())
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


def _history(view: View, month: Month | None) -> list[Row]:
    if month is None:
        return []
    found: list[Row] = ask("cause_months", view.scope, until=month.last, first_days=month.first_days).to_pylist()
    return found


def _name(view: View, place: int, row: Row) -> None:
    st.subheader(f"{place} · {voices.cause(view, row['cause'])}", anchor=False)
    st.caption(view.t("top.responsible", who=voices.responsible(view, row)))


def _count(view: View, month: Month | None, row: Row, history: Sequence[int]) -> None:
    """How many, against (the same days of) the month before, with its thirteen months as columns; coloured only outside
    what is usual."""
    metric = METRICS["complaints_said"]
    before = None if row["n_before"] is None else change(metric, row["n"] - row["n_before"], view.lang)
    beyond = bool(row["months_before"]) and not row["usual_low"] <= row["n"] <= row["usual_high"]
    st.metric(
        _named(view, month) if month else metric.label[view.lang],
        f"{row['n']:,}",
        delta=before,
        delta_color="inverse" if beyond and before and before[0] in "+-" else "off",
        delta_arrow="auto" if before and before[0] in "+-" else "off",
        delta_description=_against(view, month) if before and month else None,
        chart_data=list(history) if len(history) > 2 else None,
        chart_type="bar",
    )


def _against(view: View, month: Month) -> str:
    first, last = month.before
    told = period(view.lang, first, last) if month.first_days else voices.month_in_full(view, first)
    return view.t("top.against", month=told)


def _facts(view: View, month: Month | None, row: Row, words: Sequence[Row]) -> list[str]:
    """The share, what is usual, what it costs, and the words that set it apart."""
    key = f"top.share{month.part}" if month else "top.share_undated"
    told = [view.t(key, share=voices.share(view, row["share"]))]
    if month and row["months_before"]:
        told.append(_usual(view, month, row))
    if row["tickets"]:
        money = number(row["compensation"], "money", view.lang, 0, view.meta.currency)
        cost = {"breached": f"{row['breached']:,}", "money": money, "compensated": f"{row['compensated']:,}"}
        told.append(view.t("top.cost", **cost))
    if words:
        said = view.t("scope.list_join").join(tables.literal(word["word"]) for word in words)
        told.append(view.t("top.words", words=said))
    return told


def _usual(view: View, month: Month, row: Row) -> str:
    """Whether the month lies outside all those before (their same days, while it runs), and what they were."""
    key = "above" if row["n"] > row["usual_high"] else "below" if row["n"] < row["usual_low"] else "within"
    ends = {name: f"{row[name]:,}" for name in ("usual_low", "usual_high")}
    return view.t(f"top.{key}{month.part}", usual=f"{row['usual']:,.0f}", months=row["months_before"], **ends)


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
            st.markdown(f":small[{text}]")


def _acts(view: View, place: int, cause: str, found: Sequence[Row]) -> None:
    """What is under way against the cause, and the way to plan more."""
    told = [f"- {tables.literal(row['to_do'])}{_owner(view, row)}" for row in found]
    if told:
        st.markdown("\n".join([view.t("top.acts"), "", *told]))
    else:
        st.caption(view.t("measures.none_on"))
    measures.plan(view, cause, f"plan-{place}")


def _owner(view: View, row: Row) -> str:
    owner = row["action_owner"]
    return view.t("scope.join") + view.t("measures.owned", owner=tables.literal(owner)) if owner else ""


def _behind(view: View, month: Month | None, row: Row) -> rows.Rows:
    scope: Scope = view.scope.with_period(month.first, month.last) if month else rows.undated(view.scope)
    return rows.Rows(
        voices.cause(view, row["cause"]), "complaint_rows", scope, {"cause": row["cause"]}, ("complaints_said",)
    )
