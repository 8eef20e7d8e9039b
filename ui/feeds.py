"""What sales, product and marketing are given: groups as bars that open their rows, the list and its export."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.bars import bars
from charts.numbers import number, of
from queries import METRICS, NOT_GIVEN, ask
from ui import labels, pictures, rows, tables
from ui.view import View

Row = Mapping[str, Any]
FIRST = 8
"""So many texts of a list are shown at once."""
_LEAST = 30
"""Fewer consultations than this, in a group or outside it, say nothing about how often they lead to an order."""
STICKING = ("said_at", "text", "groups", "ordered", "kind", "product", "customer_name", "channel", "tier", "region")
DEMAND = ("said_at", "text", "wish", "product", "customer_name", "tier", "region", "channel", "department")
QUOTES = ("said_on", "text", "product", "touchpoint", "tier", "score", "kind", "region")


def group(view: View, row: Row) -> str:
    """What people call a group of questions; those that fit none have a name too."""
    return str(row[f"name_{view.lang}"] or view.t("handover.other"))


def behind_questions(view: View, topic: str | None = None, name: str = "") -> rows.Rows:
    """The questions of one group, or all."""
    title = view.t("scope.join").join(filter(None, [view.t("handover.sticking"), name]))
    params = {"feed": "sticking", **({"topic": topic} if topic else {})}
    return rows.Rows(title, "feed_rows", _scope(view), params)


def left_out(view: View, found: Sequence[Row]) -> None:
    """How many enquiries are no question before a purchase, and the way to read them."""
    if n := found[0]["left_out"]:
        behind = rows.Rows(view.t("handover.left_out"), "feed_rows", _scope(view), {"feed": "bought"})
        rows.button(view, behind, "bought", view.t("handover.bought", n=f"{n:,}"))


def behind_wishes(view: View, by: str = "wish", value: str | None = None) -> rows.Rows:
    """The texts that wish for something: of one topic or product, or all."""
    title = view.t("scope.join").join(filter(None, [view.t("handover.demand"), _named(view, by, value)]))
    params = {"feed": "demand", **({by: value} if value else {})}
    return rows.Rows(title, "feed_rows", _scope(view), params)


def behind_quotes(view: View, by: str = "touchpoint", value: str | None = None) -> rows.Rows:
    """The comments that may be quoted: of one group, or all."""
    title = view.t("scope.join").join(filter(None, [view.t("handover.quotes"), _named(view, by, value)]))
    return rows.Rows(title, "testimonials", _scope(view), {by: value} if value else {})


def _named(view: View, by: str, value: str | None) -> str:
    return labels.value(view.lang, by, value) if value else ""


def _scope(view: View) -> Any:
    """Where no text has a date the period leaves nothing out."""
    return view.scope if view.meta.as_of_day else rows.undated(view.scope)


def ask_here(view: View, question: str, **params: Any) -> list[dict[str, Any]]:
    """The answer under the filters, and the period if there are dates."""
    return list(ask(question, _scope(view), **params).to_pylist())


def asked(view: View) -> list[dict[str, Any]]:
    """The groups of questions before a purchase."""
    return ask_here(view, "sticking_points", least=_LEAST)


def draw(
    view: View,
    found: Sequence[Row],
    names: Sequence[str],
    counted: str,
    key: str,
    opened: Any,
    short: Sequence[str] | None = None,
) -> None:
    """Counts as bars; ``opened`` makes the rows behind one from its raw value and its name; ``short``: the names on a
    phone, if those are too long for it."""
    raw = [NOT_GIVEN if row["value"] is None else str(row["value"]) for row in found]
    counts = [row[counted] for row in found]
    none = pa.nulls(len(raw), pa.float64())
    table = pa.table(
        {
            "value": raw, "label": list(names), "short": list(short or names), "place": list(range(len(raw))),
            "figure": counts, "low": none, "high": none, "n": counts,
        }
    )  # fmt: skip
    told = dict(zip(raw, names, strict=True))

    def clicked(value: str) -> None:
        rows.open_later(opened(value, told[value]))

    pictures.draw(table, bars("texts", view.lang, view.theme), key, view.t(f"handover.alt_{key}"), clicked)


def the_list(view: View, behind: rows.Rows, order: Sequence[str], key: str) -> None:
    """The first texts, the way to all of them, and their export."""
    found = ask(behind.question, behind.scope, limit=FIRST, **behind.params)
    tables.show(view, found, f"{key}-list", order)
    with st.container(horizontal=True, vertical_alignment="center"):
        rows.all_of(view, found, behind, key)
        rows.downloads(view, behind, key)


def sells(view: View, found: Sequence[Row]) -> None:
    """How often consultations of each group lead to an order, against all others: the verdict, then the figures."""
    judged = [row for row in found if row["difference"] is not None]
    if not judged:
        st.caption(view.t("handover.no_conversion", n=_LEAST))
        return
    worse = [row for row in judged if row["difference_high"] < 0]
    for row in worse:
        st.markdown(view.t("handover.worse", group=group(view, row), **_figures(view, row)))
    if not worse:
        st.markdown(view.t("handover.none_worse"))
    with st.expander(view.t("handover.conversion"), icon=":material/shopping_cart:"):
        tables.plain(view, [_line(view, row) for row in judged])
        st.caption(view.t("handover.conversion_legend", n=_LEAST))


def _line(view: View, row: Row) -> dict[str, str]:
    told = _figures(view, row)
    return {
        "group": group(view, row),
        "consultations": f"{row['consultations']:,}",
        "rate": view.t("handover.between", value=told["rate"], low=told["low"], high=told["high"]),
        "other_rate": told["other_rate"],
        "difference": view.t(
            "handover.between", value=told["difference"], low=told["difference_low"], high=told["difference_high"]
        ),
    }


def _figures(view: View, row: Row) -> dict[str, str]:
    shares = {name: of(METRICS["conversion"], row[name], view.lang) for name in ("rate", "low", "high", "other_rate")}
    points = ("difference", "difference_low", "difference_high")
    return {**shares, **{name: f"{100 * row[name]:+.1f}" for name in points}, "n": f"{row['consultations']:,}"}


def words(view: View) -> None:
    """Words that set consultations without an order apart."""
    found = ask_here(view, "sticking_words")
    if not found:
        return
    told = [
        view.t("handover.word", word=tables.literal(row["word"]), n=f"{row['n']:,}", bought=f"{row['n_bought']:,}")
        for row in found
    ]
    facts = {"texts": f"{found[0]['texts']:,}", "texts_bought": f"{found[0]['texts_bought']:,}"}
    st.caption(view.t("handover.words", words=view.t("scope.list_join").join(told), **facts))


def wish_pools(view: View) -> dict[str, list[dict[str, Any]]]:
    """Wishes by topic, the smallest taken together, and by product."""
    return {
        "wish": ask_here(view, "demand_pool", by="topic"),
        "product": ask_here(view, "demand_pool", by="product", least=1),
    }


def wish_names(view: View, by: str, found: Sequence[Row]) -> tuple[list[str], list[str]]:
    """The groups; and with customers and their value in one line, as far as they are known."""
    groups = [_wished(view, by, row["value"]) for row in found]
    return groups, [_wish(view, row, group) for row, group in zip(found, groups, strict=True)]


def _wished(view: View, by: str, value: str | None) -> str:
    return view.t("handover.other") if by == "wish" and value is None else labels.value(view.lang, by, value)


def _wish(view: View, row: Row, name: str) -> str:
    if not row["customers"]:
        return name
    told = {"name": name, "customers": f"{row['customers']:,}"}
    if row["clv"] is None:
        return view.t("handover.wish", **told)
    return view.t("handover.wish_worth", **told, value=number(row["clv"], "money", view.lang, 0, view.meta.currency))
