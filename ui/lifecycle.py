"""The lifecycle health report on a page: rows of answers made ready for pictures and tables, and what a click opens."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from charts.cohorts import cohorts
from charts.flow import NEW
from charts.grid import grid
from charts.numbers import NOTHING, change, number, of
from charts.steps import steps
from charts.survival import survival
from charts.theme import TIERS, palette, tier_colours
from queries import METRICS
from queries.sentence import day_in_words, month_name
from schemas import HEALTH_PARTS, LIFECYCLE
from ui import flow, labels, pictures, rows
from ui.months import Ends
from ui.tiers import SPLIT, customers, money, share, table
from ui.view import View

Row = Mapping[str, Any]
_LONGEST = 18
"""Months after the first order that the triangle shows."""
_COHORTS = 24
_CURVE = ("life_days", "share", "low", "high", "at_risk")
_YEAR = 365
_MONTH = 30.4375


def stage(view: View, code: str) -> str:
    """What people call a stage of a customer's life; those who were not known have a name too."""
    return flow.group(view, "life_stage", code)


def moved(view: View, ends: Ends, before: date, found: pa.Table) -> None:
    """The flow from stage to stage."""
    cells = [
        {
            "before": row["stage_before"],
            "now": row["stage"],
            "of_before": row["share"],
            "of_now": row["share_now"],
            "why": NOTHING,
            **{name: row[name] for name in ("customers", "spend", "spend_before")},
        }
        for row in found.to_pylist()
    ]
    flow.draw(view, "life_stage", cells, (before, ends.now), _opener(view, ends, before))


def matrix(view: View, ends: Ends, before: date, found: pa.Table) -> None:
    """Of those in a stage then, how many percent are in which now."""
    counted = {(row["stage_before"], row["stage"]): row for row in found.to_pylist()}
    present = [code for code in (*LIFECYCLE, NEW) if any(code == at[0] for at in counted)]
    cells = [
        {
            "value": f"{then}{SPLIT}{now}",
            "across": stage(view, now),
            "column": column,
            "down": stage(view, then),
            "row": place,
            **_cell(view, counted.get((then, now)), then == now),
        }
        for place, then in enumerate(present)
        for column, now in enumerate(LIFECYCLE)
    ]
    opened = _opener(view, ends, before)
    spec, alt = grid("stages", view.lang, view.theme, "lifecycle"), view.t("lifecycle.stages_alt")
    pictures.draw(table(cells), spec, "lifecycle-matrix", alt, lambda value: opened(*value.split(SPLIT)))


def _cell(view: View, row: Row | None, apart: bool) -> dict[str, object]:
    part = row["share"] if row else None
    return {
        "note": number(part, "percent", view.lang) if row else NOTHING,
        "depth": 0.0 if apart or part is None else part**0.5,
        "apart": apart,
        "customers": f"{row['customers']:,}" if row else "0",
        "share": share(view, part or 0.0),
    }


def _opener(view: View, ends: Ends, before: date) -> flow.Opened:
    def opened(then: str, now: str) -> None:
        title = view.t("flow.pair", before=stage(view, then), now=stage(view, now))
        if then == NEW:
            rows.open_later(customers(view, ends, title, None, stage=now, since=before))
            return
        asked: rows.Params = {"before": before, "stage_before": then, "stage": now}
        days = view.t("tiers.from_to", before=day_in_words(view.lang, before), now=day_in_words(view.lang, ends.now))
        metrics = ("tier_customers", "tier_spend")
        rows.open_later(rows.Rows(f"{title} · {days}", "stage_movers", ends.scope(view), asked, metrics))

    return opened


def groups(view: View, dimension: str, now: Sequence[Row], before: Sequence[Row]) -> list[dict[str, str]]:
    """Lines of a table: each stage or tier with its customers, their change, and what they bring."""
    earlier = {row["value"]: row["customers"] for row in before}
    customer_count = METRICS["tier_customers"]
    return [
        {
            dimension: view.value(dimension, row["value"]),
            "customers": f"{row['customers']:,}",
            "share_of_all": share(view, row["share"]),
            "change": change(customer_count, row["customers"] - earlier.get(row["value"], 0), view.lang) or NOTHING
            if before
            else NOTHING,
            "arpu": money(view, row["arpu"]),
            "clv_each": money(view, row["clv_each"]),
            "health": of(METRICS["health"], row["health"], view.lang),
        }
        for row in now
    ]


def conversion(view: View, found: pa.Table) -> list[dict[str, str]]:
    """Lines of a table: each quarter's new customers, and how many of them came how far."""
    return [
        {
            "known": cohort(view, row["cohort"], "quarter"),
            "new_customers": f"{row['n']:,}",
            **{name: number(row[name], "percent", view.lang) for name in LIFECYCLE if name in row},
        }
        for row in found.to_pylist()
    ]


def cohort(view: View, first: date, step: str) -> str:
    """What people call the month or quarter that begins with ``first``."""
    if step == "quarter":
        return view.t("lifecycle.quarter", number=(first.month + 2) // 3, year=first.year)
    return view.t("lifecycle.month", month=month_name(view.lang, first), year=first.year)


def retention(view: View, ends: Ends, found: pa.Table, step: str) -> None:
    """The triangle of cohorts."""
    told = [row for row in found.to_pylist() if row["after"] <= _LONGEST]
    shown = sorted({row["cohort"] for row in told})[-_COHORTS:]
    names = {first: cohort(view, first, step) for first in shown}
    drawn = table(
        {
            "value": f"{row['cohort']}{SPLIT}{row['after']}",
            "label": view.t("lifecycle.sized", cohort=names[row["cohort"]], n=f"{row['n']:,}"),
            "place": shown.index(row["cohort"]),
            **{name: row[name] for name in ("after", "share", "customers", "n")},
        }
        for row in told
        if row["cohort"] in names
    )

    def clicked(value: str) -> None:
        first, after = value.split(SPLIT)
        day = date.fromisoformat(first)
        title = view.t("lifecycle.cohort_of", cohort=cohort(view, day, step), after=after)
        asked: rows.Params = {"by": step, "cohort": day, "after": int(after)}
        rows.open_later(rows.Rows(title, "cohort_customers", ends.scope(view), asked, ("tier_customers",)))

    pictures.draw(drawn, cohorts(view.lang, view.theme), "lifecycle-cohorts", view.t("cohorts.alt"), clicked)


def staying(view: View, found: pa.Table, by: str) -> None:
    """How long customers stay: a curve for all of them, or for each tier or segment; all begin with everybody."""
    codes = dict.fromkeys(found.column("value").to_pylist())
    if by == "tier":
        codes = {tier: None for tier in TIERS if tier in codes}
    named = {code: _curve(view, by, code) for code in codes}
    starts = [{"value": code, "life_days": 0, "share": 1.0, "at_risk": _most(found, code)} for code in named]
    drawn = table(
        {"label": named[row["value"]], **{name: row.get(name) for name in _CURVE}}
        for row in (*starts, *found.to_pylist())
    )
    own = dict(zip(TIERS, tier_colours(view.theme), strict=True))
    colours = [own[code] for code in named] if by == "tier" else palette(view.theme).categories[: len(named)]
    spec = survival(view.lang, view.theme, tuple(named.values()), tuple(colours))
    pictures.draw(drawn, spec, "lifecycle-survival", view.t("survival.alt"))


def _most(found: pa.Table, code: str | None) -> int:
    """How many customers a curve begins with."""
    return max(int(row["at_risk"]) for row in found.to_pylist() if row["value"] == code)


def _curve(view: View, by: str, code: str | None) -> str:
    return labels.choice(view.lang, "curve_by", "all") if by == "all" else labels.value(view.lang, by, code)


def staying_sentence(view: View, found: Sequence[Row]) -> str | None:
    """How many are still with us after a year, and when half have churned; None where nobody is known so long."""
    if not found or found[-1]["life_days"] < _YEAR:
        return None
    year = next(
        (row for row in reversed(found) if row["life_days"] <= _YEAR), {"share": 1.0, "low": None, "high": None}
    )
    half = next((row for row in found if row["share"] <= 0.5), None)
    months = "" if half is None else view.t("lifecycle.survival_half", months=f"{half['life_days'] / _MONTH:.0f}")
    ends = {name: share(view, year["share"] if year[name] is None else year[name]) for name in ("low", "high")}
    return view.t("lifecycle.survival_all", share=share(view, year["share"]), half=months, **ends)


def spread(view: View, found: pa.Table) -> None:
    """Customers by health in steps of ten, those without anybody too."""
    counted = {row["step"]: row for row in found.to_pylist()}
    drawn = table(
        {
            "place": step,
            "label": f"{10 * step}–{10 * step + (9 if step < 9 else 10)}",
            "customers": counted[step]["customers"] if step in counted else 0,
            "share": counted[step]["share"] if step in counted else 0.0,
        }
        for step in range(10)
    )
    pictures.draw(drawn, steps(view.lang, view.theme), "lifecycle-health", view.t("lifecycle.health_alt"))


def parts(view: View, found: Sequence[Row]) -> None:
    """The mean of each part of health, stage by stage."""
    cells = [
        {
            "value": f"{row['value']}{SPLIT}{part}",
            "across": view.t(f"health_part.{part}"),
            "column": column,
            "down": stage(view, row["value"]),
            "row": place,
            "apart": row[f"health_{part}"] is None,
            "depth": (row[f"health_{part}"] or 0) / 100,
            **dict.fromkeys(("note", "points"), number(row[f"health_{part}"], "score", view.lang)),
        }
        for place, row in enumerate(found)
        for column, part in enumerate(HEALTH_PARTS)
    ]
    spec = grid("parts", view.lang, view.theme, "lifecycle")
    pictures.draw(table(cells), spec, "lifecycle-parts", view.t("lifecycle.parts_alt"))


def monthly(found: pa.Table) -> pa.Table:
    """Revenue per active customer by month, with how many there were, as a trend wants it."""
    empty = pa.nulls(found.num_rows, pa.float64())
    buckets = [day.replace(day=1) for day in found.column("day").to_pylist()]
    columns = {"value": found.column("arpu"), "low": empty, "high": empty, "n": found.column("active")}
    return pa.table({"bucket": pa.array(buckets, pa.date32()), **columns})
