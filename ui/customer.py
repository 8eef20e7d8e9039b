"""One customer: who they are, how they stand, why they may leave, what happened, and all that month by month."""

from datetime import date
from typing import Any

import streamlit as st

from charts.numbers import NOTHING, number
from queries import Scope, ask
from queries.sentence import day_in_words
from ui import customer_events, customer_months, outreach, tables, watchlist
from ui.view import View

Row = dict[str, Any]
_FACTS = (
    "segment",
    "region",
    "industry",
    "persona",
    "owner",
    "signed_up_on",
    "prefers",
    "contact_level",
)


def scope(view: View) -> Scope:
    """A customer is shown whole, whatever the filters; what the viewer may not see stays out."""
    return Scope(viewer=view.scope.viewer)


def title(view: View, customer_id: str) -> str:
    """The customer's name and number."""
    found = ask("customer", scope(view), customer=customer_id).to_pylist()
    name = found[0]["customer_name"] if found else None
    return view.t("customer.named", name=name, id=customer_id) if name else customer_id


def in_dialog(view: View, customer_id: str) -> None:
    """All about one customer, with the way to the page of its own."""
    content(view, customer_id)
    url = f"customer-view?customer={customer_id}&lang={view.lang}"
    st.link_button(view.t("customer.page"), url, icon=":material/open_in_new:", type="tertiary")


def content(view: View, customer_id: str, place: str = "dialog") -> None:
    """All about one customer. ``place`` keeps the widgets of a page apart from those of a dialog over it."""
    found = ask("customer", scope(view), customer=customer_id).to_pylist()
    if not found:
        st.info(view.t("customer.gone"), icon=":material/search_off:")
        return
    who = found[0]
    months = ask("customer_history", scope(view), customer=customer_id).to_pylist()
    now = months[-1] if months else {}
    _who(
        view,
        who | {name: now.get(name) for name in ("stage", "months_in_tier", "advocate", "prefers", "contact_level")},
    )
    _stands(view, customer_id, months, now)
    st.header(view.t("outreach.title"), anchor=False)
    outreach.panel(view, customer_id)
    customer_events.show(view, scope(view), customer_id, place)
    customer_months.show(view, months, place)


def _who(view: View, who: Row) -> None:
    """Tier and tags at a glance, then the facts in one line."""
    tags = [(view.t("customer.tier", tier=view.value("tier", who["tier"]), months=_months(view, who)), "blue")]
    tags += [(view.value("life_stage", who["stage"]), "violet")] if who["stage"] else []
    tags += [(view.t(f"customer.{name}"), "orange") for name in ("is_vip", "strategic", "advocate") if who[name]]
    tags += [(view.t("customer.no_consent"), "red")] if who["consent"] is False else []
    st.markdown(" ".join(f":{colour}-badge[{tables.literal(text)}]" for text, colour in tags))
    facts = [(name, who[name]) for name in _FACTS if who[name] is not None]
    told = [
        view.t("ticket.fact", name=tables.heading(view.lang, name), value=_fact(view, name, raw)) for name, raw in facts
    ]
    st.markdown(view.t("scope.join").join(told))


def _months(view: View, who: Row) -> str:
    months = who["months_in_tier"]
    return view.t("customer.months" if months != 1 else "customer.month", n=months) if months else NOTHING


def _fact(view: View, name: str, raw: Any) -> str:
    if isinstance(raw, date):
        return day_in_words(view.lang, raw)
    named = {"prefers": "channel"}.get(name, name)
    return tables.literal(view.value(named, str(raw)))


def _stands(view: View, customer_id: str, months: list[Row], now: Row) -> None:
    """Six figures: health, risk, value to come and so far, the last order, service; and why they may leave."""
    risks = ask("customer_risk", scope(view), customer=customer_id).to_pylist()
    service = ask("customer_service", scope(view), customer=customer_id).to_pylist()[0]
    grid = st.grid(3, min_column_width=150, border=True)
    for figure in (
        customer_months.health(view, months),
        _risk(view, risks),
        _service(view, service),
        _expected(view, now),
        _so_far(view, now),
        _last_order(view, now),
    ):
        name, value, below = figure
        with grid.cell(), st.container(gap="xsmall"):
            st.metric(view.t(f"customer.{name}"), value, help=view.t(f"customer.{name}_help"))
            st.caption(below)
    _why(view, risks)


Figure = tuple[str, str, str]
"""What it is called, its value, and the line below."""


def _money(view: View, amount: float | None) -> str:
    return number(amount, "money", view.lang, 0, view.meta.currency)


def _risk(view: View, risks: list[Row]) -> Figure:
    if not risks:
        return "risk", NOTHING, view.t("customer.no_sign")
    risk = risks[0]
    told = view.t(
        "customer.at_risk", value=_money(view, risk["value_at_risk"]), action=view.value("action", risk["action"])
    )
    if risk["risk"] is None:
        return "risk", view.t("customer.points", n=risk["risk_score"]), told
    within = view.t("customer.within", months=risk["horizon_months"])
    return "risk", number(risk["risk"], "percent", view.lang), f"{within}  \n{told}"


def _service(view: View, service: Row) -> Figure:
    counts = {name: f"{service[name]:,}" for name in ("tickets", "complaints", "late")}
    told = view.t("customer.served", **counts)
    if service["nps_score"] is not None:
        told += "  \n" + view.t(
            "customer.rated", score=service["nps_score"], day=day_in_words(view.lang, service["answered_on"])
        )
    return "service", f"{service['open_tickets']:,}", told


def _expected(view: View, now: Row) -> Figure:
    if now.get("clv") is None:
        return (
            "expected",
            NOTHING,
            view.t("customer.no_value" if now.get("first_order_day") else "customer.never_ordered"),
        )
    orders = number(now["expected_orders"], "count", view.lang, 1)
    return "expected", _money(view, now["clv"]), view.t("customer.orders_ahead", orders=orders)


def _so_far(view: View, now: Row) -> Figure:
    told = {"margin": _money(view, now.get("margin_to_date")), "month": _money(view, now.get("revenue_a_month"))}
    return "so_far", _money(view, now.get("past_value")), view.t("customer.brought", **told)


def _last_order(view: View, now: Row) -> Figure:
    if now.get("recency_days") is None:
        return "last_order", NOTHING, view.t("customer.never_ordered")
    ago = number(now["recency_days"], "days", view.lang)
    key = "customer.no_cycle" if now["gap_days"] is None else "customer.cycle"
    return (
        "last_order",
        ago,
        view.t(
            key, gap=number(now["gap_days"], "count", view.lang), limit=number(now["limit_days"], "count", view.lang)
        ),
    )


def _why(view: View, risks: list[Row]) -> None:
    """The signs that they may leave, the heaviest first."""
    if risks:
        watchlist.reasons(view, risks[0])
