"""Customer tiers: who belongs to which, what each brings, who moved up or down, and by which rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from charts.numbers import NOTHING, change
from queries import METRICS, ask, table_rows, unapplied
from queries.sentence import day_in_words
from ui import cards, empty, months, moves, rows, state, tables, tiers
from ui.header import header
from ui.months import Ends
from ui.view import View

_SPLITS = ("segment", "region", "industry", "persona")
_LISTED = 50
_SCORES = ("recency", "frequency", "monetary", "past_value")


def run(view: View) -> None:
    """The page, from top to bottom."""
    # Tiers are set at month-ends: the page itself says between which two it compares.
    header(replace(view, before=None), "tiers")
    if not table_rows()["orders"]:
        empty.missing(view, "orders")
        return
    ends = months.ends(view)
    if ends is None:
        empty.nothing(view, "tiers.too_early")
        return
    st.markdown("  \n".join(as_of(view, ends)))
    now = ask("tiers_at", ends.scope(view)).to_pylist()
    if not any(row["customers"] for row in now):
        empty.nothing(view)
    else:
        belong(view, ends, now)
        over_time(view, ends)
        if ends.before:
            moved(view, ends)
        scores(view, ends)
        where(view, ends)
    rules(view, ends)


def as_of(view: View, ends: Ends) -> list[str]:
    """Of which day the tiers are, what they are compared with, and which filters they cannot take."""
    told = [view.t("tiers.is_as_of" if ends.whole else "tiers.is_as_of_open", day=day_in_words(view.lang, ends.now))]
    if ends.before:
        told.append(view.t("tiers.compared", day=day_in_words(view.lang, ends.before)))
    if ends.filled is None or ends.now < ends.filled:
        told.append(view.t("tiers.not_filled", days=ends.days))
    missing = unapplied("tiers_at", ends.scope(view))
    if missing:
        names = view.t("scope.list_join").join(view.t(f"dimension.{name}") for name in missing)
        told.append(view.t("scope.unapplied", names=names, what=view.t("relation.scoped_customer_months")))
    return told


def belong(view: View, ends: Ends, now: list[dict[str, Any]]) -> None:
    """Who belongs to which tier, and what do they bring?"""
    st.header(view.t("tiers.belong"), anchor=False, help=cards.help_text(view, METRICS["tier_spend"]))
    before: dict[str, int] = {}
    if ends.before:
        found = ask("tiers_at", view.scope.with_period(None, ends.before)).to_pylist()
        before = {row["tier"]: row["customers"] for row in found}
    grid = st.grid(4, min_column_width=165, border=True)
    for row in now:
        with grid.cell(), st.container(gap="xsmall"):
            _tier(view, ends, row, before.get(row["tier"]))


def _tier(view: View, ends: Ends, row: Mapping[str, Any], before: int | None) -> None:
    """One tier: its customers with their change, and its shares - of all customers, and of their revenue."""
    name, metric = view.value("tier", row["tier"]), METRICS["tier_customers"]
    moved = None if before is None else change(metric, row["customers"] - before, view.lang)
    st.metric(
        name,
        f"{row['customers']:,}",
        delta=moved,
        delta_color="off",
        delta_arrow="auto" if moved != "0" else "off",
        delta_description=view.t("tiers.since", day=day_in_words(view.lang, ends.before)) if ends.before else None,
        help=view.t(f"tiers.is_{row['tier']}"),
    )
    st.markdown(
        view.t(
            "tiers.shares",
            customers=tiers.share(view, row["customer_share"]),
            spend=tiers.share(view, row["spend_share"]),
            money=tiers.money(view, row["spend"]),
            days=ends.days,
        )
    )
    rows.button(view, tiers.customers(view, ends, name, tier=row["tier"]), f"tier-{row['tier']}")


def over_time(view: View, ends: Ends) -> None:
    """How have the tiers grown and shrunk, month by month?"""
    st.header(view.t("tiers.over_time"), anchor=False)
    shares = state.choose(view, "scale", "share", view.t("tiers.measure")) == "share"
    found = ask("tiers_over_time", ends.drawn(view))
    legend = [view.t("tiers.over_time_legend")]
    if ends.filled is None or ends.first < ends.filled:
        legend.append(view.t("tiers.short_window", days=ends.days))
    st.caption(" ".join(legend))
    grid = st.grid(2, min_column_width=340)
    for metric_id in ("tier_customers", "tier_revenue"):
        with grid.cell():
            st.subheader(METRICS[metric_id].label[view.lang], anchor=False)
            tiers.over_time(view, ends, metric_id, found, shares, f"tiers-{metric_id}")


def moved(view: View, chosen: Ends) -> None:
    """Who moved up or down between two month-ends, why, and what are they worth?"""
    st.header(view.t("tiers.moved"), anchor=False, help=view.t("tiers.moved_help"))
    ends = months.pair(view, chosen)
    before = ends.before or ends.now
    scope = ends.scope(view)
    matrix, reasons = (ask(name, scope, before=before) for name in ("tier_matrix", "tier_reasons"))
    wide = state.choose(view, "wide", "customers", view.t("tiers.measure"))
    grid = st.grid(2, min_column_width=340, gap="medium")
    with grid.cell():
        moves.flows(view, ends, before, matrix, reasons, wide)
        st.caption(view.t("flow.legend" if wide == "customers" else "flow.legend_spend"))
        moves.matrix(view, ends, before, matrix)
        st.caption(view.t("tiers.moves_legend"))
    with grid.cell():
        counted = {row["move"]: row for row in ask("tier_moves", scope, before=before).to_pylist()}
        st.markdown("  \n".join(moves.counts(view, counted)))
        st.subheader(view.t("why.title"), anchor=False, help=view.t("why.title_help"))
        moves.why(view, reasons)
        _movers(view, ends, before, state.choose(view, "move", "up", view.t("tiers.which")))


def _movers(view: View, ends: Ends, before: date, move: str) -> None:
    found = ask("tier_movers", ends.scope(view), before=before, move=move, limit=_LISTED)
    if not found.num_rows:
        empty.nothing(view, "tiers.nobody_moved")
        return
    tables.show(view, found, "tiers-movers", tables.MOVERS)
    title = view.value("move", move)
    rows.all_of(view, found, moves.movers(view, ends, before, title, move=move), "tiers-movers")


def scores(view: View, ends: Ends) -> None:
    """Where do customers stand by recency and frequency, and how few make most of the revenue?"""
    grid = st.grid(2, min_column_width=340, gap="medium")
    with grid.cell():
        st.subheader(view.t("tiers.rfm"), anchor=False, help=view.t("tiers.rfm_help", days=ends.days))
        found = ask("rfm_grid", ends.scope(view))
        if found.num_rows:
            tiers.scores(view, ends, found)
            st.caption(view.t("tiers.rfm_legend"))
        else:
            empty.nothing(view, "tiers.no_buyers")
    with grid.cell():
        st.subheader(view.t("tiers.pareto"), anchor=False)
        few(view, ends)


def few(view: View, ends: Ends) -> None:
    """Which share of the customers makes which share of the revenue?"""
    found = ask("revenue_of_few", ends.scope(view)).to_pylist()
    if not found:
        empty.nothing(view, "tiers.no_revenue")
        return
    st.markdown(view.t("tiers.few", days=ends.days, **_few(view, found[0])))
    tiers.revenue_curve(view, ask("revenue_pareto", ends.scope(view)), found[0])
    rows.button(view, tiers.customers(view, ends, view.t("tiers.buyers"), buyers=1), "tiers-buyers")


def _few(view: View, row: Mapping[str, Any]) -> dict[str, str]:
    shares = {name: tiers.share(view, row[name]) for name in ("top_share", "top_spend_share", "most_share")}
    return shares | {name: f"{row[name]:,}" for name in ("n", "top_customers", "most_customers")}


def where(view: View, ends: Ends) -> None:
    """Which groups have which tiers?"""
    st.header(view.t("tiers.where"), anchor=False)
    split = {name: ask("tier_by", ends.scope(view), by=name) for name in _SPLITS}
    known = {name: found for name, found in split.items() if found.column("value").null_count < found.num_rows}
    if not known:
        empty.nothing(view, "tiers.no_groups")
        return
    st.caption(view.t("tiers.where_legend"))
    grid = st.grid(2, min_column_width=340, gap="medium")
    for name, found in known.items():
        with grid.cell():
            st.subheader(tables.heading(view.lang, name), anchor=False)
            tiers.by(view, ends, name, found, f"tiers-{name}")


def rules(view: View, ends: Ends) -> None:
    """By which rules is a tier decided, and what does a score take?"""
    with st.expander(view.t("tiers.rules"), icon=":material/rule:"):
        st.markdown(view.t("tiers.rules_intro", days=ends.days))
        st.markdown("\n".join(f"- {_rule(view, row)}" for row in ask("tier_rules", ends.scope(view)).to_pylist()))
        cuts = ask("score_cuts", ends.scope(view)).to_pylist()
        if cuts:
            st.markdown(view.t("tiers.cuts_intro", day=day_in_words(view.lang, ends.now), days=ends.days))
            tables.plain(view, [_cut(view, row) for row in reversed(cuts)])
            st.caption(view.t("tiers.cuts_note"))


def _rule(view: View, row: Mapping[str, Any]) -> str:
    """One rule of the policy in words."""
    tier = view.value("tier", row["tier"])
    if row["is_default"]:
        return view.t("tiers.rule_default", tier=tier)
    asked = [
        view.t(f"tiers.rule_{name}", span=_span(view, row[f"{name}_min"], row[f"{name}_max"]))
        for name in _SCORES
        if (row[f"{name}_min"], row[f"{name}_max"]) != (1, 5)
    ]
    return view.t("tiers.rule", tier=tier, asked=view.t("scope.list_join").join(asked))


def _span(view: View, low: int, high: int) -> str:
    if low == high:
        return view.t("tiers.span_one", score=low)
    return view.t("tiers.span_to" if low == 1 else "tiers.span_from" if high == 5 else "tiers.span", low=low, high=high)


def _cut(view: View, row: Mapping[str, Any]) -> dict[str, str]:
    """What one score takes, in words."""
    recency, orders = row["recency_days_at_most"], row["orders_at_least"]
    return {
        "score": str(row["score"]),
        "r": NOTHING if recency is None else view.t("tiers.days_at_most", days=f"{recency:,}"),
        "f": NOTHING if orders is None else view.t("tiers.at_least", n=f"{orders:,}"),
        "m": view.t("tiers.above", money=tiers.money(view, row["spend_above"])),
        "p": view.t("tiers.above", money=tiers.money(view, row["past_value_above"])),
    }
