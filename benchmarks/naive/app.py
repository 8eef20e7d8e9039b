"""The Service levels page written naively; run with Streamlit's default settings."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from benchmarks.naive import more, pictures
from benchmarks.naive.answers import answer
from charts.numbers import NOTHING, change, duration, of
from charts.theme import STATES
from queries import DIMENSIONS, METRICS, NOT_GIVEN, Scope, meta
from schemas import STAGES
from ui import labels, period
from ui.tables import LATE
from words import t, value

SPLITS = ("priority", "tier", "channel", "department", "team", "category")


def main() -> None:
    """The page, from top to bottom."""
    st.set_page_config("Service levels", layout="wide")
    scope, before = _sidebar()
    st.title(t("en", "service.title"))
    st.markdown(f"**{scope.sentence('en')}**")
    st.caption(f"Data up to {meta().as_of_day}")
    contents = answer("contents", Scope())
    if not contents.loc[contents["table_name"] == "tickets", "n"].sum():
        return
    cohort = st.segmented_control("Count by", labels.COHORTS, default="due", key="cohort") or "due"
    totals, states = _totals(scope, cohort), answer("clock_states", scope)
    _cards(scope, before, cohort, totals, states)
    st.header(t("en", "service.states"))
    st.altair_chart(pictures.stacked(states, "stage", "state", "n"))
    everything = _totals(Scope())
    first = next((stage for stage in STAGES if everything[stage]["decided"]), STAGES[0])
    stage = st.segmented_control("Look at", STAGES, default=first, format_func=_stage, key="stage") or first
    if totals[stage]["decided"] or totals[stage]["running"]:
        _over_time(scope, before, cohort, stage)
        _where(scope, cohort, stage)
    more.when(scope, cohort, stage)
    more.how_late(scope, cohort, stage)
    more.near(scope, cohort, stage)
    _how_long(scope, stage)
    more.parts(scope)
    more.what_if(scope, cohort, stage)
    _late(scope, cohort, stage)


def _sidebar() -> tuple[Scope, Scope | None]:
    with st.sidebar:
        name = st.selectbox("Period", period.PERIODS[:-1], index=2, format_func=_period, key="period")
        compare = st.selectbox("Compare with", labels.COMPARISONS, key="compare")
        today = datetime.now(ZoneInfo(meta().timezone)).date()
        scope = Scope(*period.span(name, meta().as_of_day, today))
        for dimension in DIMENSIONS:
            found = answer("values", Scope(), source="tickets", dimension=dimension)["value"]
            options = [NOT_GIVEN if pd.isna(each) else str(each) for each in found]
            chosen = st.multiselect(dimension.capitalize(), options, key=dimension, bind="query-params")
            scope = scope.narrow(dimension, chosen)
        st.button("Reset")
    return scope, scope.previous("year" if compare == "year" else "period") if compare != "none" else None


def _period(name: str) -> str:
    return labels.choice("en", "period", name)


def _stage(name: str) -> str:
    return value("en", "stage", name)


def _totals(scope: Scope, cohort: str = "due") -> dict[str, dict[str, Any]]:
    found = answer("compliance_totals", scope, cohort=cohort).to_dict("records")
    return {str(row["stage"]): {str(name): cell for name, cell in row.items()} for row in found}


def _cards(
    scope: Scope, before: Scope | None, cohort: str, totals: dict[str, dict[str, Any]], states: pd.DataFrame
) -> None:
    earlier = _totals(before, cohort) if before else {}
    for column, stage in zip(st.columns(3, border=True), STAGES, strict=True):
        row, metric = totals[stage], METRICS[f"{stage}_compliance"]
        delta = row["compliance"] - earlier[stage]["compliance"] if earlier else None
        with column:
            st.metric(
                metric.label["en"],
                of(metric, row["compliance"], "en"),
                delta=change(metric, delta, "en"),
                help=metric.description["en"],
            )
            st.caption(f"of {row['decided']:,}")
            st.button("Show rows", key=f"rows-{stage}", type="tertiary")
            own = states[states["stage"] == stage].set_index("state")["n"]
            st.markdown(_counts({**row, **{name: int(own.get(name, 0)) for name in ("running", "paused", "none")}}))


def _counts(row: dict[str, Any]) -> str:
    if not row["decided"] and not row["running"] and not row["paused"]:
        return t("en", "service.none", n=f"{row['none']:,}")
    parts = [t("en", f"service.{name}", n=f"{row[name]:,}") for name in STATES]
    if row["done"]:
        share = of(METRICS["on_time_share"], row["on_time_share"], "en")
        parts.append(t("en", "service.of_closed", done=f"{row['done']:,}", met=f"{row['met']:,}", share=share))
    return "  \n".join(parts)


def _over_time(scope: Scope, before: Scope | None, cohort: str, stage: str) -> None:
    st.header(t("en", "service.over_time"))
    grain = st.segmented_control("Step", labels.GRAINS, default="week", key="grain") or "week"
    metric = METRICS[f"{stage}_compliance"]
    now = answer("compliance_trend", scope, stage=stage, cohort=cohort, bucket=grain)
    earlier = answer("compliance_trend", before, stage=stage, cohort=cohort, bucket=grain) if before else None
    if len(now):
        st.altair_chart(pictures.trend(now, earlier, metric.target, metric.label["en"]))


def _where(scope: Scope, cohort: str, stage: str) -> None:
    st.header(t("en", "service.where"))
    metric = METRICS[f"{stage}_compliance"]
    columns = st.columns(2)
    for place, name in enumerate(SPLITS):
        found = answer("compliance_by", scope, by=name, stage=stage, cohort=cohort, limit=24)
        if found["value"].notna().any():
            with columns[place % 2]:
                st.subheader(t("en", f"column.{name}"))
                chart = pictures.bars(found, metric.target, metric.label["en"])
                st.altair_chart(chart, key=f"service-{name}", on_select="rerun")


def _how_long(scope: Scope, stage: str) -> None:
    st.header(t("en", "service.how_long", stage=_stage(stage)))
    lengths = {row["stage"]: row for row in answer("durations", scope).to_dict("records")}
    row: dict[Any, Any] = lengths.get(stage, {"done": 0})
    if not row["done"]:
        return
    st.markdown(t("en", "service.waiting", done=f"{row['done']:,}", waiting=f"{row['waiting']:,}"))
    buckets = answer("duration_buckets", scope, stage=stage)
    buckets["label"] = [t("en", f"length.{place}") for place in buckets["place"]]
    buckets["note"] = [_marks(row, low, high) for low, high in _bounds(buckets["up_to_minutes"])]
    st.altair_chart(pictures.lengths(buckets))
    for name in ("team", "department", "channel"):
        by = answer("durations_by", scope, by=name, stage=stage)
        if by["value"].notna().any():
            for column in ("median", "p90"):
                by[column] = [NOTHING if pd.isna(length) else duration(length, "en") for length in by[column]]
            st.dataframe(by, hide_index=True)
            return


def _bounds(ends: "pd.Series[Any]") -> list[tuple[float, float]]:
    highs = [float("inf") if pd.isna(end) else float(end) for end in ends]
    return list(zip([-1.0, *highs], highs, strict=False))


def _marks(row: dict[Any, Any], low: float, high: float) -> str:
    named = (("median", "chart.median"), ("p90", "chart.p90"))
    return " · ".join(t("en", key, value=duration(row[name], "en")) for name, key in named if low < row[name] <= high)


def _late(scope: Scope, cohort: str, stage: str) -> None:
    st.header(t("en", "service.late", stage=_stage(stage)))
    found = answer("clock_rows", scope, stage=stage, cohort=cohort, outcome="missed", limit=50)
    if len(found):
        found["minutes_late"] = [duration(length, "en") for length in found["minutes_late"]]
        st.dataframe(found[list(LATE)], hide_index=True, height=471)
        st.button(t("en", "rows.all", total=f"{found['total'][0]:,}"), type="tertiary")


main()
