"""Customers who changed tier between two month-ends: the flow, the grid beside it, why they moved, and who they are."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.flow import NEW
from charts.grid import grid
from charts.numbers import NOTHING, number
from charts.theme import TIERS
from charts.whys import in_words
from queries.sentence import day_in_words
from ui import flow, pictures, rows
from ui.labels import MOVES
from ui.months import Ends
from ui.tiers import RANK, SPLIT, customers, money, share, table
from ui.view import View

Row = Mapping[str, Any]
Flow = tuple[str, str]
_NAMED = 3
"""So many reasons of a flow are named at most; the rest is summed up."""
_LEAST = 0.05
"""A smaller share of a flow is not worth a word."""
_FLOWS = 5
"""So many flows are told at once."""


def movers(view: View, ends: Ends, before: date, title: str, **params: str | int | date) -> rows.Rows:
    """The customers who moved between two month-ends for whom ``params`` hold."""
    days = view.t("tiers.from_to", before=day_in_words(view.lang, before), now=day_in_words(view.lang, ends.now))
    asked = {"before": before, **params}
    return rows.Rows(f"{title} · {days}", "tier_movers", ends.scope(view), asked, ("tier_customers", "tier_spend"))


def of(view: View, ends: Ends, before: date, tier_before: str, tier: str) -> rows.Rows:
    """The customers of one flow: those who came from a tier, or were not known, and are in another or the same."""
    title = view.t("flow.pair", before=_name(view, tier_before), now=_name(view, tier))
    if tier_before == NEW:
        return customers(view, ends, title, None, tier=tier, since=before)
    move = "same" if tier == tier_before else "any"
    return movers(view, ends, before, title, move=move, tier=tier, tier_before=tier_before)


def counts(view: View, counted: Mapping[str, Row]) -> list[str]:
    """How many moved how, with what they spend now and spent then."""
    none = {"customers": 0, "spend": 0.0, "spend_before": 0.0}
    told = []
    for move in (*MOVES, "new"):
        row = counted.get(move, none)
        told.append(
            view.t(
                f"tiers.n_{move}",
                n=f"{row['customers']:,}",
                spend=money(view, row["spend"]),
                before=money(view, row["spend_before"]),
            )
        )
    return told


def flows(view: View, ends: Ends, before: date, matrix: pa.Table, reasons: pa.Table, wide: str) -> None:
    """The flow from tier to tier, bands as wide as customers or their revenue (``wide``)."""
    whys = {at: _reasons(view, told) for at, told in _by_flow(reasons)}
    cells = [
        {
            "before": row["tier_before"],
            "now": row["tier"],
            "of_before": row["share"],
            "of_now": row["share_now"],
            "why": whys.get((row["tier_before"], row["tier"]), NOTHING),
            **{name: row[name] for name in ("customers", "spend", "spend_before")},
        }
        for row in matrix.to_pylist()
    ]

    def opened(tier_before: str, tier: str) -> None:
        rows.open_later(of(view, ends, before, tier_before, tier))

    flow.draw(view, "tier", cells, (before, ends.now), opened, wide)


def why(view: View, reasons: pa.Table) -> None:
    """The largest flows from tier to tier with their reasons; the others on request."""
    told = [
        "- "
        + view.t(
            "why.flow",
            n=f"{sum(row['customers'] for row in found):,}",
            before=_name(view, tier_before),
            now=_name(view, tier),
            reasons=_reasons(view, found),
        )
        for (tier_before, tier), found in _by_flow(reasons)
    ]
    st.markdown("\n".join(told[:_FLOWS]) or view.t("why.nobody"))
    if told[_FLOWS:]:
        with st.expander(view.t("why.more", n=len(told) - _FLOWS)):
            st.markdown("\n".join(told[_FLOWS:]))


def _by_flow(reasons: pa.Table) -> Iterator[tuple[Flow, list[Row]]]:
    """The reasons of each flow; they come flow by flow, most first."""
    for at, found in groupby(reasons.to_pylist(), key=lambda row: (row["tier_before"], row["tier"])):
        yield at, list(found)


def _reasons(view: View, found: list[Row]) -> str:
    """The reasons of one flow with their shares, the first whatever its share; what is left of them as one."""
    named = found[:1] + [row for row in found[1:_NAMED] if row["share"] >= _LEAST]
    told = [
        view.t("why.share", reason=in_words(row["why"], view.lang), share=_percent(view, row["share"])) for row in named
    ]
    rest = sum(row["share"] for row in found[len(named) :])
    if rest >= _LEAST:
        told.append(view.t("why.others", share=_percent(view, rest)))
    return view.t("why.list_join").join(told)


def _percent(view: View, value: float) -> str:
    return number(value, "percent", view.lang)


def matrix(view: View, ends: Ends, before: date, found: pa.Table) -> None:
    """From which tier to which: a grid with those who stayed, and those who are new, told apart."""

    def clicked(value: str) -> None:
        tier_before, tier = value.split(SPLIT)
        rows.open_later(of(view, ends, before, tier_before, tier))

    spec, alt = grid("moves", view.lang, view.theme), view.t("tiers.moves_alt")
    pictures.draw(table(_cells(view, found)), spec, "tiers-moves", alt, clicked)


def _name(view: View, tier: str) -> str:
    return flow.group(view, "tier", tier)


def _cells(view: View, found: pa.Table) -> Iterable[dict[str, object]]:
    """Every cell from a tier, or from nowhere, to a tier."""
    counted = {(row["tier_before"], row["tier"]): row for row in found.to_pylist()}
    most = max((row["customers"] for at, row in counted.items() if not _apart(*at)), default=1)
    for place, tier_before in enumerate((*TIERS, NEW)):
        for tier in TIERS:
            row = counted.get((tier_before, tier), {"customers": 0, "share": None, "spend": 0.0, "spend_before": 0.0})
            yield {
                "value": f"{tier_before}{SPLIT}{tier}",
                "across": view.value("tier", tier),
                "column": RANK[tier],
                "down": _name(view, tier_before),
                "row": place,
                "note": f"{row['customers']:,}" if row["customers"] else NOTHING,
                "depth": 0.0 if _apart(tier_before, tier) else (row["customers"] / most) ** 0.5,
                "apart": _apart(tier_before, tier),
                "customers": f"{row['customers']:,}",
                "share": share(view, row["share"]),
                "spend_before": money(view, row["spend_before"]),
                "spend": money(view, row["spend"]),
            }


def _apart(tier_before: str, tier: str) -> bool:
    """Those who stayed, and those who are new, moved nowhere."""
    return tier_before in (NEW, tier)
