"""Data quality: what is loaded, did everything arrive, what was set aside and why, and what is expected."""

from typing import Any

import streamlit as st

from charts.numbers import of
from queries import METRICS, Scope, ask
from schemas import CONTRACTS
from ui import cards, empty, ledger, rows, tables
from ui.header import header
from ui.view import View


def run(view: View) -> None:
    """The page, from top to bottom."""
    scope = Scope(viewer=view.scope.viewer)
    header(view, "quality", view.t("quality.all_data"))
    loaded(view, scope)
    orders(view, scope)
    surveys(view, scope)
    arrived(view, scope)
    quarantine(view, scope)
    contracts(view)


def loaded(view: View, scope: Scope) -> None:
    """What is loaded?"""
    st.header(view.t("quality.loaded"), anchor=False)
    contents = ask("contents", scope)
    tables.show(view, contents, "contents", ("table_name", "n", "first_day", "last_day"))
    missing = [view.t(f"table.{row['table_name']}") for row in contents.to_pylist() if not row["n"]]
    if missing:
        st.caption(view.t("quality.not_loaded", tables=view.t("scope.list_join").join(missing), command=empty.LOAD))


def orders(view: View, scope: Scope) -> None:
    """What do the orders add up to?"""
    facts = ask("order_facts", scope).to_pylist()[0]
    if not facts["orders"]:
        return
    st.header(view.t("quality.orders"), anchor=False)
    grid = st.grid(4, min_column_width=200, border=True)
    figures: tuple[tuple[str, str, int], ...] = (
        ("orders", "count", 0),
        ("customers", "count", 0),
        ("duplicates", "count", 0),
        ("amount", "money", 2),
    )
    for name, unit, decimals in figures:
        with grid.cell():
            help_text = view.t(f"quality.order_{name}_help")
            cards.plain(view, view.t(f"quality.order_{name}"), facts[name], unit, decimals, help_text)
    rows.button(
        view, rows.Rows(view.t("table.orders"), "order_rows", scope, metrics=("orders", "order_amount")), "orders"
    )


def surveys(view: View, scope: Scope) -> None:
    """What do the surveys say, and how many say nothing?"""
    found = ask("survey_facts", scope).to_pylist()
    if not found:
        return
    st.header(view.t("quality.surveys"), anchor=False)
    grid = st.grid(2, min_column_width=320, border=True)
    for row in found:
        with grid.cell(), st.container(gap="xsmall"):
            kind = row["kind"]
            cards.card(
                view,
                cards.Figure(kind, row[kind], row["n"], row[f"{kind}_low"], row[f"{kind}_high"]),
                rows.Rows(METRICS[kind].label[view.lang], "survey_rows", scope, {"kind": kind}, (kind,)),
                f"quality-{kind}",
            )
            st.markdown(_survey_lines(view, row))


def _survey_lines(view: View, row: dict[str, Any]) -> str:
    lines = [
        view.t("quality.survey_rows", n=f"{row['surveys']:,}"),
        view.t("quality.survey_without_score", n=f"{row['without_score']:,}"),
        view.t("quality.survey_undated", n=f"{row['undated']:,}"),
        view.t("quality.survey_negative", n=f"{row['negative']:,}", of=f"{row['n']:,}"),
    ]
    if row["nps"] is not None:
        value, low, high = (f"{row[name]:+.2f}" for name in ("nps", "nps_low", "nps_high"))
        lines.append(view.t("quality.survey_nps", value=value, low=low, high=high, n=f"{row['n']:,}"))
    if row["kind"] == "csat" and row["n"]:
        negative = ask("metric_value", Scope(), metric="csat_negative").to_pylist()[0]["value"]
        lines[3] += f" ({of(METRICS['csat_negative'], negative, view.lang)})"
    return "  \n".join(lines)


def arrived(view: View, scope: Scope) -> None:
    """Did everything arrive? Each load accounts for every row it read."""
    st.header(view.t("quality.arrived"), anchor=False)
    loads = ask("loads", scope)
    if not loads.num_rows:
        empty.nothing(view, "quality.no_loads")
        return
    ledger.verdict(view, loads)
    ledger.show(view, loads)


def quarantine(view: View, scope: Scope) -> None:
    """What was set aside, and why?"""
    st.header(view.t("quality.quarantine"), anchor=False)
    rules = ask("reject_rules", scope)
    if not rules.num_rows:
        st.success(view.t("quality.nothing_aside"), icon=":material/check_circle:")
        return
    st.caption(view.t("quality.quarantine_help"))

    def chosen() -> None:
        places = st.session_state["reject-rules"]["selection"]["rows"]
        if places:
            rows.open_later(_samples(view, scope, rules.slice(places[0], 1).to_pylist()[0]))

    tables.show(view, rules, "reject-rules", on_select=chosen, selection_mode="single-row")
    rows.button(view, rows.Rows(view.t("quality.quarantine"), "reject_samples", scope), "rejects")


def _samples(view: View, scope: Scope, row: dict[str, Any]) -> rows.Rows:
    title = f"{view.value('table_name', row['table_name'])} · {view.t('reject.' + row['rule'])}"
    chosen = {name: row[name] for name in ("rule", "table_name", "column_name") if row[name]}
    return rows.Rows(title, "reject_samples", scope, chosen)


def contracts(view: View) -> None:
    """What is expected of each table?"""
    st.header(view.t("quality.contracts"), anchor=False)
    st.caption(view.t("quality.contracts_help"))
    for name, contract in CONTRACTS.items():
        with st.expander(view.value("table_name", name)):
            tables.plain(view, contract.describe(view.lang))
