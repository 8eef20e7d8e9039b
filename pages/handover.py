"""For sales, product and marketing: what holds people back, what they wish for, and what promoters say."""

import streamlit as st

from ui import empty, feeds, labels, state
from ui.header import header
from ui.view import View


def run(view: View) -> None:
    """The page, from top to bottom."""
    header(view, "handover")
    sales(view)
    product(view)
    marketing(view)


def sales(view: View) -> None:
    """What do people ask before they buy, and what keeps them from it?"""
    st.header(view.t("handover.sticking"), anchor=False, help=view.t("handover.sticking_help"))
    found = feeds.asked(view)
    if not found:
        empty.nothing(view, "handover.no_sticking")
        return
    st.caption(view.t("handover.sticking_legend", n=f"{found[0]['total']:,}"))
    feeds.left_out(view, found)
    names = [feeds.group(view, row) for row in found]
    groups = [{**row, "value": row["topic"]} for row in found]
    feeds.draw(view, groups, names, "texts", "sticking", lambda raw, name: feeds.behind_questions(view, raw, name))
    feeds.sells(view, found)
    feeds.words(view)
    feeds.the_list(view, feeds.behind_questions(view), feeds.STICKING, "sticking")


def product(view: View) -> None:
    """What do they wish for, and who?"""
    st.header(view.t("handover.demand"), anchor=False, help=view.t("handover.demand_help"))
    pools = feeds.wish_pools(view)
    if not any(pools.values()):
        empty.nothing(view, "handover.no_demand")
        return
    st.caption(view.t("handover.demand_legend", n=f"{pools['wish'][0]['total']:,}"))
    known = [by for by, found in pools.items() if any(row["value"] for row in found)]
    if known:
        by = state.choose(view, "wish_by", known[0], view.t("handover.by"), known) if len(known) > 1 else known[0]
        groups, told = feeds.wish_names(view, by, pools[by])
        feeds.draw(view, pools[by], told, "texts", "demand", lambda raw, _: feeds.behind_wishes(view, by, raw), groups)
    feeds.the_list(view, feeds.behind_wishes(view), feeds.DEMAND, "demand")


def marketing(view: View) -> None:
    """What do promoters say that may be quoted?"""
    st.header(view.t("handover.quotes"), anchor=False, help=view.t("handover.quotes_help"))
    counts = feeds.ask_here(view, "testimonial_counts")[0]
    if not counts["texts"]:
        empty.nothing(view, "handover.no_praise")
        return
    told = {name: f"{n:,}" for name, n in counts.items()}
    if not counts["agreed"]:
        st.info(view.t("handover.no_consent", **told), icon=":material/verified_user:")
        return
    st.caption(view.t("handover.quotes_legend", **told))
    by = state.choose(view, "quote_by", "touchpoint", view.t("handover.by"))
    found = feeds.ask_here(view, "testimonial_groups", by=by)
    names = [labels.value(view.lang, by, row["value"]) for row in found]
    feeds.draw(view, found, names, "n", "quotes", lambda raw, _: feeds.behind_quotes(view, by, raw))
    feeds.the_list(view, feeds.behind_quotes(view), feeds.QUOTES, "quotes")
