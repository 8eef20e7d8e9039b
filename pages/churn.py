"""Churn watchlist: who may leave and why, what is at risk, whom to call first, and how the score is made."""

from typing import Any

import streamlit as st

from charts.numbers import number
from queries import METRICS, ask
from ui import empty, proof, rows, tables, watchlist
from ui.header import header
from ui.labels import value
from ui.view import View

Rules = list[dict[str, Any]]
_SPLITS = ("owner", "tier", "segment")
_GROUPS = 12


def run(view: View) -> None:
    """The page, from top to bottom."""
    header(view, "churn", _sentence(view))
    rules = ask("signals_by", view.scope).to_pylist()
    if not any(rule["judged_at_all"] for rule in rules):
        st.info(view.t("churn.cannot"), icon=":material/upload_file:")
        st.code(empty.LOAD, language="shell")
        return
    totals = ask("watch_totals", view.scope).to_pylist()[0]
    summary(view, totals, rules[0])
    proven(view)
    left_out(view, rules)
    if totals["flagged"]:
        whom_to_call(view)
    if totals["worth"]:
        where(view)
    how(view, rules)


def _sentence(view: View) -> str:
    """The data's last day and the filters: the chosen period does not apply to a state."""
    told = rows.sentence(view, watchlist.worth_a_call(view))
    return view.t("churn.state", what=told) if view.meta.as_of_day else told


def summary(view: View, totals: dict[str, Any], policy: dict[str, Any]) -> None:
    """How many customers are worth a call, how much is at risk, who comes first? ``policy``: the numbers behind it."""
    if not totals["worth"]:
        key = "churn.nobody" if totals["flagged"] else "churn.no_signals"
        st.info(view.t(key, flagged=f"{totals['flagged']:,}"), icon=":material/person_check:")
        return
    told = {
        "worth": f"{totals['worth']:,}",
        "keep": f"{totals['worth'] - totals['silent']:,}",
        "silent": f"{totals['silent']:,}",
        "keep_value": watchlist.money(view, totals["value_at_risk"] - (totals["silent_value"] or 0)),
        "silent_value": watchlist.money(view, totals["silent_value"] or 0),
        "days": f"{policy['value_days']:,}",
        "share": number(policy["value_share"], "percent", view.lang),
    }
    key = "churn.summary" if policy["value_share"] == 1 else "churn.summary_part"
    st.markdown(
        f"{view.t(key, **told)} {first_to_call(view)}".strip(), help=METRICS["value_at_risk"].description[view.lang]
    )


def first_to_call(view: View) -> str:
    """Who comes first of those who can be kept, are not just dealt with, and have not refused; empty for nobody."""
    found = ask("watchlist", watchlist.as_of(view), limit=watchlist.FIRST, **watchlist.to_do(view)).to_pylist()
    first = next((row for row in found if row["consent"] is None), None)
    if not first:
        return ""
    named = {"name": first["customer_name"], "id": first["customer_id"]}
    return view.t(
        "churn.first",
        first=view.t("churn.named", **named) if first["customer_name"] else first["customer_id"],
        why=_rank(view, first),
        value=watchlist.money(view, first["value_at_risk"]),
    )


def _rank(view: View, row: dict[str, Any]) -> str:
    """What puts a customer first: the risk where there is one, else the score."""
    if row["risk"] is None:
        return view.t("churn.by_score", score=row["risk_score"])
    return view.t("churn.by_risk", risk=number(row["risk"], "percent", view.lang), months=row["horizon_months"])


def proven(view: View) -> None:
    """Can this list be believed? What came of the last one, in a sentence."""
    model = next((row for row in ask("churn_models", view.scope).to_pylist() if row["known"]), None)
    found = proof.by_method(view, model["list_size"], model["day"]) if model else {}
    if not model or not found:
        return
    told = proof.sentence(view, model["day"], proof.ranked_by(model), found, model["horizon_months"])
    st.markdown(f":material/science: {told} {view.t('churn.more_proof')}")


def left_out(view: View, rules: Rules) -> None:
    """Which signals can this data not tell?"""
    missing = [rule["signal"] for rule in rules if rule["weight"] and not rule["judged_at_all"]]
    if missing:
        names = view.t("scope.list_join").join(value(view.lang, "signal", name) for name in missing)
        most = sum(rule["weight"] for rule in rules if rule["judged_at_all"])
        st.caption(f":material/info: {view.t('churn.left_out', signals=names, most=most)}")


def whom_to_call(view: View) -> None:
    """Whom to call, in which order, and what to say?"""
    st.header(view.t("churn.list"), anchor=False, help=view.t("churn.list_help"))
    listed, columns = watchlist.choose(view)
    told = [view.t(f"churn.is_{listed.params['which']}")]
    told += [view.t("churn.is_todo", days=watchlist.REST)] if listed.params.get("outreach") == "todo" else []
    st.caption(" ".join(told), help=watchlist.three_lists(view))
    found = ask(listed.question, listed.scope, limit=watchlist.FIRST, **listed.params)
    if not found.num_rows:
        empty.nothing(view, "churn.no_match")
        return
    watchlist.show(view, found, columns)
    with st.container(horizontal=True, vertical_alignment="center"):
        rows.all_of(view, found, listed, "watchlist")
        rows.downloads(view, listed, "watchlist")


def where(view: View) -> None:
    """Whose customers are they, and of which kind?"""
    st.header(view.t("churn.where"), anchor=False)
    st.caption(view.t("churn.where_legend"))
    grid = st.grid(3, min_column_width=300)
    for name in _SPLITS:
        found = ask("watch_by", view.scope, by=name, limit=_GROUPS)
        if found.column("value").null_count < found.num_rows:
            with grid.cell():
                st.subheader(tables.heading(view.lang, name), anchor=False)
                watchlist.by(view, name, found)


def how(view: View, rules: Rules) -> None:
    """How is the score made, and how often does each signal fire?"""
    policy = rules[0]
    with st.expander(view.t("churn.how"), icon=":material/rule:"):
        told = {
            "score_min": f"{policy['score_min']:,}",
            "risk_min": number(policy["risk_min"], "percent", view.lang),
            "min_orders": f"{policy['min_orders']:,}",
            "value_min": watchlist.money(view, policy["value_min"]),
            "share": number(policy["value_share"], "percent", view.lang),
            "days": f"{policy['value_days']:,}",
        }
        st.markdown(view.t("churn.how_text", **told))
        tables.plain(view, [watchlist.rule(view, row) for row in rules])
