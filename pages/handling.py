"""Case handling: how well cases are handled, what stands open, how far cases get, where it goes wrong, the cost."""

from typing import Any

import streamlit as st

from charts.numbers import number, of
from queries import METRICS, Scope, ask, table_rows
from ui import backlog, cases, empty, loop, period, pictures, state, tables
from ui.header import header
from ui.labels import CHOICES
from ui.view import View


def run(view: View) -> None:
    """The page, from top to bottom."""
    header(view, "handling")
    if not table_rows()["tickets"]:
        empty.missing(view, "tickets")
        return
    how_well(view)
    still_open(view)
    how_far(view)
    where(view)
    passed_on(view)
    cost(view)


def how_well(view: View) -> None:
    """How well are cases handled?"""
    days = ask("handling_rules", Scope()).column("fcr_days")[0].as_py()
    _ended(view, days)
    st.caption(view.t("handling.fcr_rule", days=days))
    _on_the_way(view)


def _figures(view: View, question: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Now, and in the time compared with."""
    now = ask(question, view.scope).to_pylist()[0]
    return now, ask(question, view.before).to_pylist()[0] if view.before else {}


def _ended(view: View, days: int) -> None:
    """Of the tickets resolved in the period: solved at the first contact, reopened, and was the customer satisfied?"""
    now, before = _figures(view, "cases_resolved")
    resolved = f"{now['resolved']:,}"
    st.markdown(f"**{view.t('handling.of_resolved', n=resolved)}**")
    grid = st.grid(3, min_column_width=270, border=True)
    with grid.cell(), st.container(gap="xsmall"):
        cases.card(view, "fcr", now, before, cases.not_judged(view, now, days))
    with grid.cell(), st.container(gap="xsmall"):
        cases.card(view, "reopen_rate", now, before)
    with grid.cell(), st.container(gap="xsmall"):
        cases.card(view, "handling_satisfaction", now, before, _answered(view, now))


def _answered(view: View, now: dict[str, Any]) -> str | None:
    """The mean mark, and how many of the resolved complaints it rests on."""
    if not now["complaints"]:
        return view.t("handling.no_complaints")
    answered = number(now["handling_answered"], "percent", view.lang, 1)
    counts = {"n": f"{now['handling_satisfaction_n']:,}", "of": f"{now['complaints']:,}", "share": answered}
    mean = of(METRICS["handling_mean"], now["handling_mean"], view.lang)
    told = [view.t("handling.answered", **counts)]
    return "  \n".join([view.t("nps.mean", value=mean), *told] if now["handling_satisfaction_n"] else told)


def _on_the_way(view: View) -> None:
    """Of the tickets opened in the period: passed on, taken up, compensated?"""
    now, before = _figures(view, "cases_opened")
    opened = f"{now['opened']:,}"
    st.markdown(f"**{view.t('handling.of_opened', n=opened)}**")
    grid = st.grid(3, min_column_width=270, border=True)
    with grid.cell(), st.container(gap="xsmall"):
        cases.card(view, "transfer_rate", now, before)
    with grid.cell(), st.container(gap="xsmall"):
        counts = {name: f"{now[name]:,}" for name in ("supervisor", "highest")}
        cases.card(
            view,
            "escalated_share",
            now,
            before,
            view.t("handling.levels", **counts) if now["escalated_share"] else None,
        )
    with grid.cell(), st.container(gap="xsmall"):
        cases.card(view, "compensation_paid", now, before, _each(view, now))


def _each(view: View, now: dict[str, Any]) -> str:
    """How many tickets were compensated, and with how much each."""
    each = number(now["compensation_each"], "money", view.lang, 0, view.meta.currency)
    key = "handling.compensated" if now["compensation_paid_n"] else "handling.none_compensated"
    return view.t(key, n=f"{now['compensation_paid_n']:,}", each=each)


def still_open(view: View) -> None:
    """What stands open, how old is it, and does it grow?"""
    st.header(view.t("handling.open"), anchor=False)
    backlog.sentence(view)
    scope, grain = _steps(view)
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader(view.t("handling.ages"), anchor=False)
        st.caption(view.t("handling.ages_legend", step=view.t(f"handling.at_{grain}")))
        backlog.ages(view, scope, grain)
    with right:
        st.subheader(view.t("handling.flow"), anchor=False)
        st.caption(view.t("handling.flow_legend", step=view.t(f"handling.per_{grain}")))
        backlog.flow(view, scope, grain)


def _steps(view: View, scope: Scope | None = None) -> tuple[Scope, str]:
    """The period within the data's days, and the step that pictures over time take."""
    contents = ask("contents", Scope(viewer=view.scope.viewer)).to_pylist()
    first = next(row["first_day"] for row in contents if row["table_name"] == "tickets")
    return period.stepped(scope or view.scope, first, view.meta.as_of_day or first)


def how_far(view: View) -> None:
    """How far have the tickets of the period come, how long did it take, and where do they stand?"""
    st.header(view.t("handling.loop"), anchor=False)
    loop.show(view)


def where(view: View) -> None:
    """Where does it go well, and where not?"""
    st.header(view.t("handling.where"), anchor=False)
    known = [metric for metric in CHOICES["rate"][1] if _known(view, metric)]
    if not known:
        empty.nothing(view, "handling.none_known")
        return
    metric = state.choose(view, "rate", known[0], view.t("handling.where"), known)
    st.caption(METRICS[metric].description[view.lang])
    _trend(view, metric)
    st.caption(view.t("handling.where_legend", few=METRICS[metric].few))
    grid = st.grid(2, min_column_width=360)
    for name, found in cases.splits(view, metric).items():
        with grid.cell():
            st.subheader(tables.heading(view.lang, name), anchor=False)
            cases.by(view, metric, name, found, f"handling-{metric}-{name}")


def _known(view: View, metric: str) -> bool:
    """Whether any ticket of the period is in the rate."""
    return bool(ask(f"cases_{cases.BEHIND[metric][0]}", view.scope).column(f"{metric}_n")[0].as_py())


def _trend(view: View, metric: str) -> None:
    """The chosen rate over time."""
    scope, grain = _steps(view)
    now = ask("metric_trend", scope, metric=metric, bucket=grain)
    before = ask("metric_trend", view.before, metric=metric, bucket=grain) if view.before else None
    key = "handling.trend_legend_compared" if before and before.num_rows else "handling.trend_legend"
    st.caption(view.t(key, metric=METRICS[metric].label[view.lang]))
    pictures.over_time(view, metric, grain, now, before, f"handling-trend-{grain}", counted=True)


def passed_on(view: View) -> None:
    """How many go up to whom, and how often are tickets passed on?"""
    st.header(view.t("handling.passed"), anchor=False)
    scope, grain = _steps(view)
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader(view.t("handling.escalations"), anchor=False)
        found = ask("escalations", scope, bucket=grain)
        if any(row["level"] > 1 for row in found.to_pylist()):
            st.caption(view.t("handling.escalations_legend", step=view.t(f"handling.per_{grain}")))
            cases.escalations(view, scope, grain, found)
        else:
            empty.nothing(view, "handling.no_levels")
    with right:
        st.subheader(view.t("handling.transfers"), anchor=False)
        found = ask("transfer_counts", view.scope)
        if found.num_rows:
            st.caption(view.t("handling.transfers_legend"))
            cases.transfers(view, found)
        else:
            empty.nothing(view, "handling.no_transfers")


def cost(view: View) -> None:
    """What does it cost, and are customers content with how their complaint was handled?"""
    st.header(view.t("handling.cost"), anchor=False)
    left, right = st.columns(2, gap="medium")
    with left:
        paid(view)
    with right:
        content(view)


def paid(view: View) -> None:
    """How much was paid, month by month, and for what?"""
    scope, _ = _steps(view, period.year_to(view.scope, view.meta.as_of_day))
    st.subheader(view.t("handling.months"), anchor=False)
    months = ask("metric_trend", scope, metric="compensation_paid", bucket="month")
    if not any(months.column("n").to_pylist()):
        empty.nothing(view, "handling.none_paid")
        return
    st.caption(view.t("handling.months_legend"))
    cases.compensation(view, scope, months)
    st.subheader(view.t("handling.paid_for"), anchor=False)
    found = [
        row for row in ask("metric_by", view.scope, metric="compensation_paid", by="category").to_pylist() if row["n"]
    ]
    if found:
        st.caption(view.t("handling.paid_for_legend"))
        cases.paid_for(view, found)
    else:
        empty.nothing(view, "handling.none_paid")


def content(view: View) -> None:
    """Are customers content with how their complaint was handled, team by team (or by what else is known)?"""
    metric = METRICS["handling_satisfaction"]
    split = next(iter(cases.splits(view, metric.id).items()), None)
    if not split:
        st.subheader(metric.label[view.lang], anchor=False)
        empty.nothing(view, "handling.no_marks")
        return
    by = view.t("chart.by", what=tables.heading(view.lang, split[0]).lower())
    st.subheader(f"{metric.label[view.lang]} · {by}", anchor=False)
    st.caption(view.t("handling.satisfaction_legend", few=metric.few))
    cases.by(view, metric.id, *split, f"handling-{metric.id}-{split[0]}")
