"""The lower half of the naive Service levels page: hours, lateness, near misses, parts of the way, other targets."""

import pandas as pd
import streamlit as st

from benchmarks.naive import pictures
from benchmarks.naive.answers import answer
from charts.numbers import in_hours, number, of
from charts.theme import PARTS
from queries import METRICS, Scope
from ui.lateness import BUCKETS
from ui.targets import LADDER
from words import t, value


def when(scope: Scope, cohort: str, stage: str) -> None:
    """At which hours?"""
    st.header(t("en", "service.when"))
    kind = st.segmented_control("Hours", ("arrivals", "missed_opened", "missed_due"), default="arrivals", key="hours")
    arrivals, moment = kind in ("arrivals", None), "due" if kind == "missed_due" else "opened"
    asked = {"stage": "resolution", "cohort": "opened"} if arrivals else {"stage": stage, "cohort": cohort}
    found = answer("clock_hours", scope, moment=moment, **asked)
    if len(found):
        shown = found.assign(day=found["week_hour"] // 24, hour=found["week_hour"] % 24)
        st.altair_chart(pictures.week(shown, "clocks" if arrivals else "missed"))


def how_late(scope: Scope, cohort: str, stage: str) -> None:
    """How late are the late ones?"""
    st.header(t("en", "service.how_late", stage=value("en", "stage", stage)))
    found = answer("late_buckets", scope, stage=stage, cohort=cohort)
    if not len(found):
        return
    whole = found[found["overall"]].iloc[0]
    n = f"{whole['breached'] + whole['overdue']:,}"
    st.markdown(t("en", "service.how_late_sentence", n=n, median=in_hours(float(whole["median"]), "en")))
    parts = found[~found["overall"]].astype({"up_to_minutes": object})
    ends = [None if pd.isna(end) else int(end) for end in parts["up_to_minutes"]]
    shown = parts.assign(bucket=[t("en", f"late.{BUCKETS.index(end) + 1}") for end in ends])
    long = shown.melt("bucket", ["breached", "overdue"], var_name="state", value_name="tickets")
    st.altair_chart(pictures.columns(long, "bucket", "state", "tickets"))


def near(scope: Scope, cohort: str, stage: str) -> None:
    """Who nearly missed?"""
    settings = answer("sla_settings", scope)
    share = float(settings["near_miss"].iloc[0]) if len(settings) else 0.8
    totals = answer("compliance_totals", scope, cohort=cohort, near=share).set_index("stage")
    states = answer("clock_states", scope, near=share)
    running = states[(states["stage"] == stage) & (states["state"] == "running")]["near"].sum()
    narrow = totals["narrow"].get(stage, 0)
    told = number(share, "percent", "en")
    for column, (name, n) in zip(
        st.columns(2, border=True), {"near_met": narrow, "nearly_due": running}.items(), strict=True
    ):
        with column:
            st.metric(t("en", f"service.{name}"), f"{n:,}", help=t("en", f"service.{name}_help", share=told))
            st.button("Show rows", key=f"rows-{name}", type="tertiary")


def parts(scope: Scope) -> None:
    """Where does the time go?"""
    st.header(t("en", "parts.title"))
    found = answer("time_parts", scope, by="team")
    if len(found):
        groups = found[~found["overall"]].fillna({"value": "–"})
        long = groups.melt("value", list(PARTS), var_name="part", value_name="minutes")
        st.altair_chart(pictures.stacked(long, "value", "part", "minutes"))


def what_if(scope: Scope, cohort: str, stage: str) -> None:
    """What would another target have meant?"""
    st.header(t("en", "what_if.title", stage=value("en", "stage", stage)))
    found = answer("what_if", scope, stage=stage, cohort=cohort)
    if not len(found):
        return
    name = st.selectbox("Rule", sorted(found["rule"].unique()), key="rule")
    own = found[found["rule"] == name]
    chosen = st.select_slider("Target", LADDER, format_func=lambda seconds: in_hours(seconds / 60, "en"), key="target")
    st.markdown(of(METRICS["compliance"], _share(own, chosen), "en"))
    shown = [(in_hours(seconds / 60, "en"), _share(own, seconds)) for seconds in LADDER]
    st.altair_chart(pictures.curve(pd.DataFrame(shown, columns=["target", "share"])))


def _share(own: pd.DataFrame, seconds: int) -> float:
    short, long = own[own["up_to_seconds"] <= seconds], own[own["up_to_seconds"] > seconds]
    return float(short["done"].sum() / max(short["done"].sum() + long["done"].sum() + long["waiting"].sum(), 1))
