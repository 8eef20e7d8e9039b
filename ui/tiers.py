"""Pictures of tiers on a page: the rows of answers made ready for their specs, and what a click on them opens."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from charts import stack
from charts.grid import grid
from charts.numbers import NOTHING, number
from charts.pareto import pareto
from charts.theme import TIERS
from queries import NOT_GIVEN
from queries.sentence import day_in_words
from ui import empty, labels, pictures, rows, tables
from ui.months import Ends
from ui.view import View

RANK = {tier: rank for rank, tier in enumerate(TIERS)}
_SCORES = range(1, 6)
SPLIT = "|"
"""Stands between the parts of what a click picks."""
_NAMED = 18
"""Up to so many months each has its name below; of more only the years have."""
Row = Mapping[str, Any]


def money(view: View, value: float | None) -> str:
    """``value`` in the team's currency, without decimals."""
    return number(value, "money", view.lang, 0, view.meta.currency)


def share(view: View, value: float | None) -> str:
    """``value`` (0 to 1) with one decimal."""
    return number(value, "percent", view.lang, 1)


def customers(view: View, ends: Ends, title: str, day: date | None = None, **params: str | int | date) -> rows.Rows:
    """The customers of a month-end (that of ``ends`` if no other is named) for which ``params`` hold."""
    at = day or ends.now
    named = f"{title} · {day_in_words(view.lang, at)}"
    scope = view.scope.with_period(None, at)
    return rows.Rows(named, "tier_customers", scope, params, ("tier_customers", "tier_spend"))


def over_time(view: View, ends: Ends, metric_id: str, found: pa.Table, shares: bool, key: str) -> None:
    """Tiers month by month: customers or revenue, as shares of the month or in numbers."""
    figure, part = {
        "tier_customers": ("customers", "customer_share"),
        "tier_revenue": ("revenue", "revenue_share"),
    }[metric_id]
    told = found.to_pylist()
    if not any(row[figure] for row in told):
        empty.nothing(view, "tiers.no_month_revenue")
        return
    drawn = pa.table(
        {
            "value": [f"{row['day']}{SPLIT}{row['tier']}" for row in told],
            "month": pa.array([row["day"].replace(day=1) for row in told], pa.date32()).cast(pa.timestamp("ms")),
            "when": [_until(view, row["day"], row["whole"]) for row in told],
            "tier": [view.value("tier", row["tier"]) for row in told],
            "rank": [RANK[row["tier"]] for row in told],
            "figure": pa.array([row[figure] for row in told], pa.float64()),
            "share": pa.array([row[part] for row in told], pa.float64()),
            "whole": [row["whole"] for row in told],
        }
    )

    def clicked(value: str) -> None:
        day, tier = value.split(SPLIT)
        title = view.value("tier", tier)
        rows.open_later(customers(view, ends, title, date.fromisoformat(day), tier=tier))

    years = len(set(drawn.column("month").to_pylist())) > _NAMED
    spec = stack.months(metric_id, view.lang, view.theme, shares, years, view.meta.currency)
    pictures.draw(drawn, spec, key, view.t(f"tiers.{metric_id}_alt"), clicked)


def _until(view: View, day: date, whole: bool) -> str:
    told = day_in_words(view.lang, day)
    return told if whole else view.t("tiers.not_over", day=told)


def by(view: View, ends: Ends, dimension: str, found: pa.Table, key: str) -> None:
    """The tiers of each group, as shares of the group."""
    told = found.to_pylist()
    raw = [NOT_GIVEN if row["value"] is None else row["value"] for row in told]
    drawn = pa.table(
        {
            "value": [f"{group}{SPLIT}{row['tier']}" for group, row in zip(raw, told, strict=True)],
            "label": [labels.value(view.lang, dimension, group) for group in raw],
            "tier": [view.value("tier", row["tier"]) for row in told],
            "rank": [RANK[row["tier"]] for row in told],
            **{name: [row[name] for row in told] for name in ("place", "n", "customers", "share")},
        }
    )

    def clicked(value: str) -> None:
        group, tier = value.rsplit(SPLIT, 1)
        title = f"{labels.value(view.lang, dimension, group)} · {view.value('tier', tier)}"
        rows.open_later(customers(view, ends, title, None, tier=tier, **{dimension: group}))

    alt = view.t("tiers.by_alt", what=tables.heading(view.lang, dimension))
    pictures.draw(drawn, stack.groups(view.lang, view.theme), key, alt, clicked)


def scores(view: View, ends: Ends, found: pa.Table) -> None:
    """Recency by frequency: every cell of the grid, those without a customer too."""
    counted = {(row["r"], row["f"]): row for row in found.to_pylist()}
    most = max((row["customers"] for row in counted.values()), default=1)
    cells = [
        {
            "value": f"{r}{SPLIT}{f}",
            "across": str(f),
            "column": f,
            "down": str(r),
            "row": -r,
            **_scored(view, counted.get((r, f)), most),
        }
        for r in _SCORES
        for f in _SCORES
    ]

    def clicked(value: str) -> None:
        r, f = (int(part) for part in value.split(SPLIT))
        rows.open_later(customers(view, ends, view.t("tiers.cell", r=r, f=f), None, r=r, f=f))

    pictures.draw(table(cells), grid("rfm", view.lang, view.theme), "tiers-rfm", view.t("tiers.rfm_alt"), clicked)


def _scored(view: View, row: Row | None, most: int) -> dict[str, object]:
    n = row["customers"] if row else 0
    return {
        "note": f"{n:,}" if n else NOTHING,
        "depth": (n / most) ** 0.5,
        "apart": False,
        "customers": f"{n:,}",
        "share": share(view, row["customer_share"] if row else 0.0),
        "spend": money(view, row["spend"] if row else 0.0),
        "spend_share": share(view, row["spend_share"] if row else 0.0),
        "each": money(view, row["spend_each"] if row else None),
    }


def revenue_curve(view: View, found: pa.Table, few: Row) -> None:
    """The curve of customers against revenue, with the point that the sentence speaks of."""
    told = found.to_pylist()
    nearest = min(told, key=lambda row: abs(row["customer_share"] - few["top_share"]))
    start = {"customer_share": 0.0, "spend_share": 0.0, "customers": 0, "n": few["n"], "spend": 0.0}
    drawn = table(
        {
            "customer_share": row["customer_share"],
            "spend_share": row["spend_share"],
            "customers": view.t("tiers.n_of", n=f"{row['customers']:,}", of=f"{row['n']:,}"),
            "money": money(view, row["spend"]),
            "marked": row is nearest,
        }
        for row in (start, *told)
    )
    pictures.draw(drawn, pareto(view.lang, view.theme), "tiers-pareto", view.t("tiers.pareto_alt"))


def table(cells: Iterable[Mapping[str, object]]) -> pa.Table:
    """Rows of a picture from their cells."""
    return pa.Table.from_pylist([dict(cell) for cell in cells])
