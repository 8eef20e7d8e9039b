"""Root causes in two lines: what leads, and what it costs."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from charts.numbers import number
from queries import Scope
from ui import pareto, voices
from ui.view import View

Row = Mapping[str, Any]


def lines(view: View, causes: pa.Table, before: Scope | None) -> list[str]:
    """How many complaints, what leads, what all of them cost, and what to begin with."""
    known = [row for row in causes.to_pylist() if row["cause"]]
    told = [_many(view, causes.slice(0, 1).to_pylist()[0], before)]
    if known:
        told[0] += " " + _leading(view, known[0])
    if cost := _cost(view, causes):
        told.append(cost)
    if len(known) > 1 and len(pareto.offered(causes)) > 1:
        told.append(_first(view, pareto.first_to_fix(causes)[0], pareto.offered(causes)))
    return [told[0], " ".join(told[1:])] if told[1:] else told


def _many(view: View, row: Row, before: Scope | None) -> str:
    facts = {"complaints": f"{row['complaints']:,}"}
    if before is None or not row["complaints_before"]:
        return view.t("causes.many", **facts)
    change = _change(view, row["complaints"], row["complaints_before"])
    return view.t("causes.many_before", **facts, change=change, before=voices.told_period(view, before))


def _change(view: View, now: int, before: int) -> str:
    """How many more or fewer, as a share of what there was before."""
    key = "as_many" if now == before else "more" if now > before else "fewer"
    return view.t(f"causes.{key}", share=number(abs(now - before) / before, "percent", view.lang))


def _leading(view: View, row: Row) -> str:
    facts = {"cause": voices.cause(view, row["cause"]), "responsible": voices.responsible(view, row)}
    told = {"n": f"{row['n']:,}", "share": voices.share(view, row["share"])}
    if not row["complaints_before"]:
        return view.t("causes.leading", **facts, **told)
    earlier = voices.share(view, row["n_before"] / row["complaints_before"])
    return view.t("causes.leading_before", **facts, **told, n_before=f"{row['n_before']:,}", share_before=earlier)


def _cost(view: View, causes: pa.Table) -> str:
    """What the complaints' tickets cost; nothing where there are none."""
    sums = {name: sum(causes.column(name).to_pylist()) for name in ("tickets", "breached", "compensation")}
    if not sums["tickets"]:
        return ""
    money = number(sums["compensation"], "money", view.lang, 0, view.meta.currency)
    return view.t("causes.cost", breached=f"{sums['breached']:,}", money=money)


def _first(view: View, row: Row, known: list[str]) -> str:
    """The cause to begin with, and the measures in which it leads or comes close."""
    leads = [by for by in known if row[f"{pareto.FIGURES[by]}_place"] == 1]
    told = view.t("scope.list_join").join(view.t(f"weigh_in.{by}") for by in leads)
    key = "causes.fix_all" if len(leads) == len(known) else "causes.fix_some" if leads else "causes.fix_none"
    return view.t(key, cause=voices.cause(view, row["cause"]), measures=told)
