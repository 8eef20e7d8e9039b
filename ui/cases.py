"""How cases were handled, on a page: the cards, where a rate is high or low, and what was passed on, up, or paid."""

from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from charts.amounts import amounts
from charts.columns import columns
from charts.numbers import number, of
from charts.signed import groups
from queries import DIMENSIONS, METRICS, NOT_GIVEN, Scope, ask
from ui import backlog, cards, labels, pictures, rows, state, tables
from ui.view import View

BEHIND: dict[str, tuple[str, str, str]] = {
    "fcr": ("resolved", "judged", "judged"),
    "reopen_rate": ("resolved", "reopened", "reopen_known"),
    "transfer_rate": ("opened", "transferred", "transfers_known"),
    "escalated_share": ("opened", "escalated", "level_known"),
    "handling_satisfaction": ("resolved", "rated", "rated"),
    "compensation_paid": ("opened", "compensated", "compensated"),
}
"""Figure -> the tickets it speaks of (opened or resolved in the period), those its card opens, those its bars count."""
SPLITS = ("team", "category", "department", "kind", "channel", "tier")
LEVELS = (2, 3)
_SPLIT = "|"
Answer = dict[str, Any]


def behind(view: View, metric_id: str, counted: bool = False, title: str = "", **params: str | int) -> rows.Rows:
    """The tickets behind a figure: the striking ones, or all that it counts."""
    which, striking, all_of_them = BEHIND[metric_id]
    only = all_of_them if counted else striking
    kind = {"kind": "complaint"} if metric_id == "handling_satisfaction" else {}
    named = " · ".join(filter(None, [METRICS[metric_id].label[view.lang], title]))
    return rows.Rows(named, "case_rows", view.scope, {"which": which, "only": only, **kind, **params}, (metric_id,))


def card(view: View, metric_id: str, now: Answer, before: Answer, *below: str | None) -> None:
    """One figure with its interval, its change, and the lines ``below``."""
    metric, n = METRICS[metric_id], now[f"{metric_id}_n"]
    ends = [now.get(f"{metric_id}_{end}") for end in ("low", "high")]
    figure = cards.Figure(
        metric_id,
        now[metric_id],
        n,
        previous=before.get(metric_id),
        compared_with=view.t(f"compare.against_{view.compare}"),
    )
    cards.card(view, figure, behind(view, metric_id) if n else None, f"case-{metric_id}")
    told: list[str | None] = []
    if ends[0] is not None:
        low, high = (of(metric, end, view.lang) for end in ends)
        told.append(view.t("card.interval", low=low, high=high))
    if metric.interval != "none" and 0 < n < metric.few:
        told.append(f":orange[:material/warning: {view.t('handling.few', few=metric.few)}]")
    if lines := list(filter(None, [*told, *below])):
        st.markdown("  \n".join(lines))


def not_judged(view: View, now: Answer, days: int) -> str | None:
    """How many resolved tickets are in no first-contact rate, and why."""
    unknown = now["resolved"] - now["fcr_n"] - now["too_early"]
    if unknown and not now["fcr_n"]:
        return view.t("handling.unknown", n=f"{now['resolved']:,}")
    told = []
    if now["too_early"]:
        told.append(view.t("handling.too_early", n=f"{now['too_early']:,}", days=days))
    if unknown > 0:
        told.append(view.t("handling.unknown", n=f"{unknown:,}"))
    return "  \n".join(told) or None


def splits(view: View, metric_id: str) -> dict[str, pa.Table]:
    """A rate by each dimension that its tickets have values of, the largest groups first."""
    found = ask("case_splits", view.scope, metric=metric_id)
    parts = {name: found.filter(pc.field("split") == name) for name in SPLITS}
    return {name: part for name, part in parts.items() if part.column("value").null_count < part.num_rows}


def by(view: View, metric_id: str, dimension: str, found: pa.Table, key: str) -> None:
    """The bars of such a split, small groups marked."""
    raw = [NOT_GIVEN if value is None else str(value) for value in found.column("value").to_pylist()]
    drawn = pa.table(
        {
            "value": raw,
            "label": [labels.value(view.lang, dimension, value) for value in raw],
            "place": list(range(len(raw))),
            **{name: found.column(name) for name in ("figure", "low", "high", "n")},
        }
    )

    def clicked(value: str) -> None:
        if dimension in DIMENSIONS:
            state.narrow(dimension, value)
        else:
            title = labels.value(view.lang, dimension, value)
            rows.open_later(behind(view, metric_id, True, title, **{dimension: value}))

    alt = view.t(
        "chart.by_alt", metric=METRICS[metric_id].label[view.lang], dimension=tables.heading(view.lang, dimension)
    )
    pictures.draw(drawn, groups(metric_id, view.lang, view.theme), key, alt, clicked)
    pictures.cut(view, found.num_rows, found.column("groups")[0].as_py())


def escalations(view: View, scope: Scope, grain: str, found: pa.Table) -> None:
    """The share of tickets that were escalated, by level, over time; a click opens those of one level and step."""
    shown = [row for row in found.to_pylist() if row["level"] in LEVELS]
    names = {level: view.t(f"handling.level_{level}") for level in LEVELS}
    drawn = backlog.stepped_rows(
        shown,
        grain,
        value=[f"{row['bucket']}{_SPLIT}{row['level']}" for row in shown],
        part=[names[row["level"]] for row in shown],
        place=[row["level"] for row in shown],
        figure=[row["share"] for row in shown],
        told=[_of_opened(view, row) for row in shown],
    )

    def open_rows(picked: str) -> None:
        first, _, level = picked.partition(_SPLIT)
        within = backlog.step(scope, date.fromisoformat(first), grain)
        title = f"{METRICS['escalated_share'].label[view.lang]} · {names[int(level)]}"
        rows.open_later(rows.Rows(title, "case_rows", within, {"level": int(level)}, ("escalated_share",)))

    spec = columns(tuple(names.values()), view.lang, view.theme, grain, "percent", bad=True)
    pictures.draw(drawn, spec, f"handling-levels-{grain}", view.t("handling.levels_alt"), open_rows)


def _of_opened(view: View, row: Answer) -> str:
    share = number(row["share"], "percent", view.lang, 1)
    return view.t("handling.n_of_opened", n=f"{row['n']:,}", of=f"{row['of_all']:,}", share=share)


def transfers(view: View, found: pa.Table) -> None:
    """How many tickets were transferred how often; a click opens them."""
    told = found.to_pylist()
    drawn = pa.table(
        {
            "value": [str(row["times"]) for row in told],
            "label": [_times(view, row["times"]) for row in told],
            "place": [row["times"] for row in told],
            "figure": [row["share"] for row in told],
            "note": [
                view.t("scope.join").join([f"{row['n']:,}", number(row["share"], "percent", view.lang, 1)])
                for row in told
            ],
        }
    )

    def open_rows(times: str) -> None:
        rows.open_later(behind(view, "transfer_rate", True, _times(view, int(times)), transfers=int(times)))

    pictures.draw(
        drawn, amounts(view.lang, view.theme), "handling-transfers", view.t("handling.transfers_alt"), open_rows
    )


def _times(view: View, times: int) -> str:
    """0 to 3, and 4 for that or more."""
    return view.t(f"handling.times_{times}")


def compensation(view: View, scope: Scope, months: pa.Table) -> None:
    """What was paid for the tickets of each month; a click opens them."""
    found, grain = months.to_pylist(), "month"
    name = METRICS["compensation_paid"].label[view.lang]
    drawn = backlog.stepped_rows(
        found,
        grain,
        value=[str(row["bucket"]) for row in found],
        part=[name] * len(found),
        place=[0] * len(found),
        figure=[row["value"] for row in found],
        told=[_paid(view, row["value"], row["n"]) for row in found],
        whole=[backlog.whole(scope, row["bucket"], grain) for row in found],
    )

    def open_rows(picked: str) -> None:
        within = backlog.step(scope, date.fromisoformat(picked), grain)
        rows.open_later(rows.Rows(name, "case_rows", within, {"only": "compensated"}, ("compensation_paid",)))

    spec = columns((name,), view.lang, view.theme, grain, "money", view.meta.currency)
    alt = view.t("chart.trend_alt", metric=name)
    pictures.draw(drawn, spec, "handling-compensation", alt, open_rows)


def paid_for(view: View, by_category: list[Answer], limit: int = 12) -> None:
    """What was paid for which category, the most first; a click opens the tickets."""
    found = sorted(by_category, key=lambda row: -row["figure"])[:limit]
    drawn = pa.table(
        {
            "value": [NOT_GIVEN if row["value"] is None else row["value"] for row in found],
            "label": [labels.value(view.lang, "category", row["value"]) for row in found],
            "place": list(range(len(found))),
            "figure": [row["figure"] for row in found],
            "note": [_paid(view, row["figure"], row["n"]) for row in found],
        }
    )

    def open_rows(category: str) -> None:
        title = labels.value(view.lang, "category", category)
        rows.open_later(behind(view, "compensation_paid", False, title, category=category))

    alt = view.t(
        "chart.by_alt",
        metric=METRICS["compensation_paid"].label[view.lang],
        dimension=tables.heading(view.lang, "category"),
    )
    pictures.draw(drawn, amounts(view.lang, view.theme), "handling-paid", alt, open_rows)


def _paid(view: View, money: float | None, n: int) -> str:
    amount = number(money, "money", view.lang, 0, view.meta.currency)
    return view.t("handling.paid", amount=amount, n=f"{n:,}")
