"""What customers are expected to bring in, whether the model behind it holds, and how it is worked out."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.amounts import amounts
from charts.numbers import number
from charts.tracking import tracking
from queries import METRICS, NOT_GIVEN, ask
from queries.sentence import day_in_words
from ui import cards, empty, labels, months, pictures, rows, state
from ui.months import Ends
from ui.tiers import money, share
from ui.view import View

Row = Mapping[str, Any]
_GROUPS = 12


def section(view: View) -> None:
    """The whole section, from its heading on; for any page whose period chooses a month-end."""
    st.header(view.t("lifetime.title"), anchor=False, help=cards.help_text(view, METRICS["clv"]))
    ends = months.ends(view)
    total = ask("value_totals", ends.scope(view)).to_pylist() if ends else []
    if not ends or not total:
        empty.nothing(view, "lifetime.nobody")
        return
    model = ask("value_models", ends.scope(view)).to_pylist()[0]
    st.markdown(expected(view, ends, total[0], model))
    if model["method"] == "simple":
        st.caption(f":material/info: {view.t('lifetime.is_simple', why=_why(view, model))}")
    grid = st.grid(2, min_column_width=340, gap="medium")
    with grid.cell():
        by(view, ends)
    with grid.cell():
        proof(view)
    with st.expander(view.t("lifetime.how"), icon=":material/function:"):
        how(view, ends, model)


def expected(view: View, ends: Ends, total: Row, model: Row) -> str:
    """How much in all, from whom, by when, and beside it what they have brought so far."""
    told = {
        "clv": money(view, total["clv"]),
        "customers": f"{total['customers']:,}",
        "orders": number(total["expected_orders"], "count", view.lang),
        "day": day_in_words(view.lang, ends.now),
        "before": money(view, total["margin"]),
        "days": ends.days,
        "to_date": money(view, total["margin_to_date"]),
        **_policy(view, model),
    }
    return view.t("lifetime.expected", **told)


def _policy(view: View, model: Row) -> dict[str, object]:
    return {
        "months": model["horizon_months"],
        "margin": number(model["margin"], "percent", view.lang),
        "discount": number(model["yearly_discount"], "percent", view.lang),
    }


def by(view: View, ends: Ends) -> None:
    """From which customers?"""
    st.subheader(view.t("lifetime.from_whom"), anchor=False)
    split = state.select(view, "worth_by", "tier", view.t("lifetime.grouped"))
    found = ask("value_by", ends.scope(view), by=split, limit=_GROUPS)
    told, named = found.to_pylist(), "life_stage" if split == "stage" else split
    raw = [NOT_GIVEN if row["value"] is None else row["value"] for row in told]
    drawn = pa.table(
        {
            "value": raw,
            "label": [labels.value(view.lang, named, value) for value in raw],
            "place": list(range(len(raw))),
            "figure": found.column("clv"),
            "note": [_note(view, row) for row in told],
        }
    )

    def clicked(value: str) -> None:
        title = f"{METRICS['clv'].label[view.lang]} · {labels.value(view.lang, named, value)}"
        rows.open_later(customers(view, ends, title, **{split: value}))

    pictures.draw(drawn, amounts(view.lang, view.theme), "lifetime-by", view.t("lifetime.by_alt"), clicked)
    pictures.cut(view, len(told), told[0]["groups"])
    st.caption(view.t("lifetime.by_legend"))
    rows.button(view, customers(view, ends, METRICS["clv"].label[view.lang]), "lifetime")


def _note(view: View, row: Row) -> str:
    told = {"clv": money(view, row["clv"]), "share": number(row["share"], "percent", view.lang)}
    return view.t("lifetime.note", each=money(view, row["clv_each"]), **told)


def customers(view: View, ends: Ends, title: str, **params: str) -> rows.Rows:
    """The customers for whom ``params`` hold, by what they are expected to bring."""
    metrics = ("clv", "expected_orders", "alive", "margin_to_date")
    return rows.Rows(
        f"{title} · {day_in_words(view.lang, ends.now)}", "value_customers", ends.scope(view), params, metrics
    )


def proof(view: View) -> None:
    """Did what the model foretold from the first half of the data come in the second?"""
    st.subheader(view.t("lifetime.proof"), anchor=False)
    found = ask("value_proof", view.scope).to_pylist()
    if not found:
        empty.nothing(view, "lifetime.no_proof")
        return
    st.markdown(_proof(view, found[0]))
    tracked = ask("value_tracking", view.scope)
    days = {name: tracked.column(name).cast(pa.timestamp("ms")) for name in ("day", "split")}
    counts = {name: tracked.column(name) for name in ("actual", "expected")}
    off = [number(row["off"], "percent", view.lang, 1) for row in tracked.to_pylist()]
    drawn = pa.table({**days, **counts, "off": off})
    pictures.draw(drawn, tracking(view.lang, view.theme), "lifetime-proof", view.t("lifetime.proof_alt"))
    told = {"n": f"{found[0]['customers']:,}", "day": day_in_words(view.lang, found[0]["split"])}
    st.caption(view.t("lifetime.proof_legend", **told))


def _proof(view: View, row: Row) -> str:
    told = {
        "split": day_in_words(view.lang, row["split"]),
        "last": day_in_words(view.lang, row["last_day"]),
        "actual": f"{row['actual']:,}",
        "expected": number(row["expected"], "count", view.lang),
    }
    if row["error"] is None:
        return view.t("lifetime.proof_none", **told)
    key = "lifetime.proof_many" if row["error"] > 0 else "lifetime.proof_few"
    return view.t(key, error=share(view, abs(row["error"])), **told)


def how(view: View, ends: Ends, model: Row) -> None:
    """How is it worked out, by which model, and when does that not hold?"""
    st.markdown("\n".join(f"- {line}" for line in _worked_out(view, model)))
    st.markdown(f"**{view.t('lifetime.fails')}**\n{view.t('lifetime.fails_when')}")
    fallbacks = ask("value_fallbacks", ends.scope(view)).to_pylist()
    if fallbacks:
        st.markdown(f"**{view.t('lifetime.fallbacks')}**\n" + "\n".join(_fallback(view, row) for row in fallbacks))


def _worked_out(view: View, model: Row) -> list[str]:
    told = [view.t("lifetime.formula", **_policy(view, model))]
    if model["method"] == "simple":
        return [*told, view.t("lifetime.by_simple", why=_why(view, model))]
    orders = {
        "rate": number(model["orders_a_year"], "count", view.lang, 1),
        "leaves": share(view, model["leaves"]),
        "fitted": f"{model['fitted']:,}",
        "repeaters": f"{model['repeaters']:,}",
        **{name: f"{model[name]:,.3f}" for name in ("r", "alpha", "a", "b")},
        "likelihood": f"{model['log_likelihood']:,.1f}",
    }
    return [*told, view.t("lifetime.by_model", **orders), _worth(view, model)]


def _worth(view: View, model: Row) -> str:
    correlation = number(model["correlation"], "score", view.lang, 2)
    if model["worth"] == "own_mean":
        return view.t("lifetime.worth_own", why=_why(view, model), correlation=correlation)
    told = {name: f"{model[name]:,.3f}" for name in ("p", "q", "gamma")}
    return view.t("lifetime.worth_model", mean=money(view, model["order_worth"]), correlation=correlation, **told)


def _fallback(view: View, row: Row) -> str:
    days = {name: day_in_words(view.lang, row[f"{name}_day"]) for name in ("first", "last")}
    key = "lifetime.fallback_one" if row["months"] == 1 else "lifetime.fallback"
    return f"- {view.t(key, why=_why(view, row), n=row['months'], **days)}"


def _why(view: View, row: Row) -> str:
    """Why a simpler rule stands in for a model."""
    return view.t(f"lifetime.why_{row['why']}")
