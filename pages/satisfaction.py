"""NPS and satisfaction: how do customers rate us, what drags the score down, and did a change move it?"""

from dataclasses import replace
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.answers import OUTCOMES
from charts.numbers import change, number, of
from queries import METRICS, Metric, Scope, ask, table_rows
from queries.sentence import period as period_in_words
from ui import before_after, cards, empty, period, pictures, rows, state, surveys, tables
from ui.header import header
from ui.view import View

KINDS = ("nps", "csat")
_SPLITS = ("touchpoint", "tier", "segment", "region", "channel")
_COMMENTS = 50
Facts = dict[str, dict[str, Any]]


def run(view: View) -> None:
    """The page, from top to bottom."""
    undated = "scoped_surveys" in view.meta.undated
    if undated:
        view = replace(view, scope=rows.undated(view.scope), before=None)
    header(view, "nps")
    if not table_rows()["surveys"]:
        empty.missing(view, "surveys")
        return
    if undated:
        st.caption(view.t("nps.undated"))
    facts = _facts(view.scope)
    headline(view, facts)
    scored = [kind for kind in KINDS if kind in facts and facts[kind]["n"]]
    if not scored:
        empty.nothing(view, "nps.no_scores")
        return
    kind = _measure(view, scored)
    closer(view, kind, facts[kind])


def closer(view: View, kind: str, row: dict[str, Any]) -> None:
    """One kind of survey from all sides. ``row``: its facts."""
    dated = row["undated"] < row["surveys"]
    # A trend needs more than the thirty days that the other questions look at, unless it is to be compared.
    wide = view if view.before else replace(view, scope=period.year_to(view.scope, view.meta.as_of_day))
    step = None
    if dated:
        step = over_time(wide, kind)
    else:
        st.info(view.t("nps.no_dates"), icon=":material/event_busy:")
    worst(view, kind, row[kind])
    where(view, kind)
    if dated:
        before_after.show(view, kind)
    answered(view, kind)
    if step:
        mix(wide, kind, step)
    comments(view, kind)


def _facts(scope: Scope) -> Facts:
    return {row["kind"]: row for row in ask("survey_facts", scope).to_pylist()}


def _value(scope: Scope, metric: str) -> dict[str, Any]:
    found: dict[str, Any] = ask("metric_value", scope, metric=metric).to_pylist()[0]
    return found


def _measure(view: View, scored: list[str]) -> str:
    """The kind of survey to look closer at; asked only where there are both."""
    if len(scored) == 1:
        return scored[0]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{view.t('nps.measure')}**", width="content")
        return state.choose(view, "measure", scored[0], view.t("nps.measure"))


def headline(view: View, facts: Facts) -> None:
    """How do customers rate us, how many of them said so, and of how many who were asked?"""
    before = _facts(view.before) if view.before else {}
    grid = st.grid(4, min_column_width=230, border=True)
    for kind in KINDS:
        if kind in facts:
            with grid.cell(), st.container(gap="xsmall"):
                score(view, kind, facts[kind], before.get(kind, {}).get(kind))
    for metric in ("survey_responses", "survey_response_rate"):
        with grid.cell(), st.container(gap="xsmall"):
            counts(view, metric, facts)


def score(view: View, kind: str, row: dict[str, Any], previous: float | None) -> None:
    """NPS or CSAT with its interval, what it rests on, and what it leaves out."""
    figure = cards.Figure(
        kind, row[kind], row["n"], row[f"{kind}_low"], row[f"{kind}_high"], previous, compared_with(view)
    )
    behind = surveys.answers(view, kind, view.t("answers.all"), view.scope, {})
    missing = view.t("nps.without_score", n=f"{row['without_score']:,}")
    surveys.card(view, figure, behind, kind, _made_of(view, kind, row), missing)


def _made_of(view: View, kind: str, row: dict[str, Any]) -> str:
    """What the figure is made of: the three groups behind NPS, the mean beside CSAT."""
    if kind == "csat":
        return view.t("nps.mean", value=of(METRICS["csat_mean"], row["csat_mean"], view.lang))
    names = ("promoters", "passives", "detractors")
    return view.t("nps.groups", **{name: of(METRICS[name], row[name], view.lang) for name in names})


def counts(view: View, metric: str, facts: Facts) -> None:
    """How many answered, or what share of those who were asked; by kind of survey below."""
    now, previous = _value(view.scope, metric), _value(view.before, metric)["value"] if view.before else None
    figure = cards.Figure(metric, now["value"], now["n"], now["low"], now["high"], previous, compared_with(view))
    rate = metric == "survey_response_rate"
    params: rows.Params = {} if rate else {"which": "scored"}
    behind = rows.Rows(METRICS[metric].label[view.lang], "survey_rows", view.scope, params, (metric,))
    told = []
    if rate and not now["n"]:
        told.append(view.t("nps.not_sent"))
    elif len(facts) == len(KINDS):
        parts = {kind: facts[kind]["response_rate" if rate else "n"] for kind in KINDS}
        told.append(view.t("nps.split", **{kind: of(METRICS[metric], n, view.lang) for kind, n in parts.items()}))
    surveys.card(view, figure, behind, metric, *told)


def compared_with(view: View) -> str:
    """What a change on a card is against."""
    return view.t(f"compare.against_{view.compare}")


def over_time(view: View, kind: str) -> str:
    """Does it rise or fall, and on how many answers? Returns the step that was chosen."""
    st.header(view.t("nps.over_time"), anchor=False)
    step = state.choose(view, "step", "month", view.t("nps.step"))
    now = ask("metric_trend", view.scope, metric=kind, bucket=step)
    before = ask("metric_trend", view.before, metric=kind, bucket=step) if view.before else None
    compared = "_compared" if before and before.num_rows else ""
    st.caption(f"{_span(view)}{view.t(f'nps.trend_legend{compared}', metric=view.value('kind', kind))}")
    pictures.over_time(view, kind, step, now, before, "nps-trend", counted=True)
    return step


def _span(view: View) -> str:
    """Which days a trend shows, as they are more than the page's own."""
    return (
        view.t("nps.span", days=period_in_words(view.lang, view.scope.start, view.scope.end)) if not view.before else ""
    )


def worst(view: View, kind: str, total: float) -> None:
    """Which touchpoint drags the score down most?"""
    st.header(view.t("nps.worst"), anchor=False)
    metric = METRICS[kind]
    found = ask("metric_impact", view.scope, metric=kind, by="touchpoint", reference=metric.target or 0)
    named = [row for row in found.to_pylist() if row["value"] is not None]
    if not named:
        empty.nothing(view, "nps.no_touchpoints")
        return
    warning = surveys.few_warning(view, metric, named[0]["n"])
    st.markdown("  \n".join(filter(None, (worst_in_words(view, metric, named[0], total), warning))))
    target = metric.target or 0
    gap = change(metric, total - target, view.lang)
    told = {"metric": view.value("kind", kind), "target": of(metric, target, view.lang), "gap": gap}
    st.caption(view.t("nps.worst_help", **told))
    surveys.impacts(view, kind, found)


def worst_in_words(view: View, metric: Metric, row: dict[str, Any], total: float) -> str:
    """The touchpoint that costs most, by name."""
    target = metric.target or 0
    told = {
        "metric": view.value("kind", metric.id),
        "total": of(metric, total, view.lang),
        "target": of(metric, target, view.lang),
        "touchpoint": view.value("touchpoint", row["value"]),
        "value": of(metric, row["figure"], view.lang),
        "share": number(row["share"], "percent", view.lang, 1),
        "impact": change(metric, row["impact"], view.lang),
        "gap": (change(metric, target - total, view.lang) or "").lstrip("+"),
    }
    worded = "none_below" if row["impact"] >= 0 else "worst_below" if total < target else "worst_above"
    return view.t(f"nps.{worded}", **told)


def where(view: View, kind: str) -> None:
    """Where is it low, where high?"""
    st.header(view.t("nps.where"), anchor=False)
    metric = METRICS[kind]
    st.caption(view.t("nps.where_legend", metric=view.value("kind", kind), few=metric.few))
    grid = st.grid(2, min_column_width=360)
    for name in _SPLITS:
        found = ask("metric_by", view.scope, metric=kind, by=name, limit=12)
        if found.column("value").null_count < found.num_rows:
            with grid.cell():
                st.subheader(tables.heading(view.lang, name), anchor=False)
                surveys.where(view, kind, name, found)


def answered(view: View, kind: str) -> None:
    """Which scores were given?"""
    st.header(view.t("nps.answers"), anchor=False)
    st.subheader(view.t("nps.scores"), anchor=False)
    surveys.by_score(view, kind, ask("survey_scores", view.scope, kind=kind))
    st.caption(view.t("nps.click_rows"))


def mix(view: View, kind: str, step: str) -> None:
    """How does the mix of answers change?"""
    st.subheader(view.t("nps.mix"), anchor=False)
    st.caption(f"{_span(view)}{view.t('nps.click_rows')}")
    surveys.by_outcome(view, kind, step, ask("survey_outcomes", view.scope, kind=kind, bucket=step))


def comments(view: View, kind: str) -> None:
    """What do they say, in their own words?"""
    st.header(view.t("nps.comments"), anchor=False)
    st.caption(view.t("nps.comments_help"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        outcome = state.choose(view, "answer", "all", view.t("nps.whose"), ("all", *reversed(OUTCOMES[kind])))
        text = st.text_input(
            view.t("nps.search"),
            key="comment_search",
            placeholder=view.t("nps.search_hint"),
            icon=":material/search:",
            max_chars=100,
            label_visibility="collapsed",
        ).strip()
    everything = _comments(view, kind, outcome, text)
    found = ask(everything.question, everything.scope, limit=_COMMENTS, **everything.params)
    if not found.num_rows:
        empty.nothing(view, "nps.no_comments")
        return
    tables.show(view, found, "nps-comments", _columns(found))
    rows.all_of(view, found, everything, "nps-comments")


def _comments(view: View, kind: str, outcome: str, text: str) -> rows.Rows:
    """The comments of one group that hold ``text``."""
    title = f"{view.t('nps.comments')} · {view.value('kind', kind)} · {view.t(f'answers.{outcome}')}"
    params: dict[str, str | int] = {"kind": kind}
    if outcome != "all":
        params |= {"outcome": outcome}
    if text:
        title, params = view.t("nps.searched", title=title, text=text), params | {"search": text}
    return rows.Rows(title, "survey_comments", view.scope, params)


def _columns(found: pa.Table) -> list[str]:
    return [name for name in found.column_names if name not in ("customer_id", "survey_id", "kind")]
