"""What people answered: cards, pictures (rows made ready for the specs of charts/), and the touchpoints there are."""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import streamlit as st

from charts.answers import OUTCOMES, outcomes, scores
from charts.numbers import of
from charts.signed import groups, impact
from queries import DIMENSIONS, METRICS, NOT_GIVEN, Metric, Scope, Viewer, ask
from ui import cards, labels, pictures, rows, state, tables
from ui.period import bucket_end
from ui.view import View
from words import t

ALL = "all"
"""Stands for every touchpoint."""


def touchpoints(viewer: Viewer) -> tuple[str, ...]:
    """`ALL`, and every touchpoint that a survey is about."""
    found = ask("values", Scope(viewer=viewer), source="surveys", dimension="touchpoint").column("value").to_pylist()
    return (ALL, *(value for value in found if value is not None))


def touchpoint(lang: str, raw: str) -> str:
    """What people call a touchpoint."""
    return t(lang, "nps.all_touchpoints") if raw == ALL else labels.value(lang, "touchpoint", raw)


def choose_touchpoint(view: View) -> str | None:
    """A box to choose one touchpoint from; None for all of them."""
    found = touchpoints(view.scope.viewer)
    if st.session_state.get("touchpoint", ALL) not in found:
        del st.session_state["touchpoint"]
    chosen = st.selectbox(
        view.t("nps.touchpoint"),
        found,
        format_func=lambda raw: touchpoint(view.lang, raw),
        key="touchpoint",
        bind="query-params",
        persist_state="session",
    )
    return None if chosen == ALL else str(chosen)


def answers(view: View, kind: str, title: str, scope: Scope, params: rows.Params) -> rows.Rows:
    """The surveys of one kind that have a score, narrowed by ``params``."""
    name = f"{view.value('kind', kind)} · {title}"
    return rows.Rows(name, "survey_rows", scope, {"kind": kind, "which": "scored", **params}, (kind,))


def card(view: View, figure: cards.Figure, behind: rows.Rows | None, key: str, *below: str) -> None:
    """A card; below it the interval of a share, a warning where it rests on few answers, and the lines ``below``."""
    metric = METRICS[figure.metric]
    shown = replace(figure, low=None, high=None) if metric.interval == "wilson" else figure
    cards.card(view, shown, behind if figure.n else None, key)
    told = (_interval(view, metric, figure.low, figure.high), few_warning(view, metric, figure.n), *below)
    if lines := list(filter(None, told)):
        st.markdown("  \n".join(lines))


def _interval(view: View, metric: Metric, low: float | None, high: float | None) -> str | None:
    """The 95 % interval of a share in words; NPS has it in its card."""
    if metric.interval != "wilson" or low is None:
        return None
    return view.t("nps.interval", low=of(metric, low, view.lang), high=of(metric, high, view.lang))


def few_warning(view: View, metric: Metric, n: int | None) -> str | None:
    """A warning where a figure rests on few answers."""
    if not n or n >= metric.few or metric.unit == "count":
        return None
    return f":orange[:material/warning: {view.t('nps.few_here', few=metric.few)}]"


def where(view: View, kind: str, dimension: str, found: pa.Table) -> None:
    """A survey's metric by one dimension: a click narrows to the bar, or opens its answers where it is no filter."""
    table = _labelled(view, dimension, found).append_column("figure", found.column("figure"))
    for name in ("low", "high"):
        table = table.append_column(name, found.column(name))
    alt = view.t("chart.by_alt", metric=METRICS[kind].label[view.lang], dimension=tables.heading(view.lang, dimension))
    pictures.draw(table, groups(kind, view.lang, view.theme), f"nps-{dimension}", alt, _clicked(view, kind, dimension))


def impacts(view: View, kind: str, found: pa.Table) -> None:
    """What each touchpoint adds to the distance from the target, the most harmful first."""
    table = _labelled(view, "touchpoint", found)
    nothing = pa.nulls(found.num_rows, pa.float64())
    columns = {
        "figure": found.column("impact"),
        "low": nothing,
        "high": nothing,
        "share": found.column("share"),
        "gap": found.column("gap"),
        "own": found.column("figure"),
    }
    for name, column in columns.items():
        table = table.append_column(name, column)
    alt = view.t("nps.impact_alt", metric=view.value("kind", kind))
    spec = impact(kind, view.lang, view.theme)
    pictures.draw(table, spec, "nps-impact", alt, _clicked(view, kind, "touchpoint"))


def by_score(view: View, kind: str, found: pa.Table) -> None:
    """How often each score was given; a click opens those answers."""
    table = pa.table(
        {
            "value": [str(score) for score in found.column("score").to_pylist()],
            "group": _groups(view, found),
            "share": found.column("share"),
            "n": found.column("n"),
        }
    )

    def open_rows(score: str) -> None:
        rows.open_later(
            answers(view, kind, f"{view.t('answers.score_axis')} {score}", view.scope, {"score": int(score)})
        )

    pictures.draw(table, scores(kind, view.lang, view.theme), "nps-scores", view.t("nps.scores_alt"), open_rows)


def by_outcome(view: View, kind: str, grain: str, found: pa.Table) -> None:
    """Groups of scores over time; a click opens the answers of one group in one week or month."""
    days, raw = found.column("bucket").to_pylist(), found.column("outcome").to_pylist()
    table = pa.table(
        {
            "value": [f"{day} {outcome}" for day, outcome in zip(days, raw, strict=True)],
            "bucket": _moments(days),
            "until": _moments([bucket_end(day, grain) for day in days]),
            "group": _groups(view, found),
            "place": [OUTCOMES[kind].index(outcome) for outcome in raw],
            "share": found.column("share"),
            "n": found.column("n"),
        }
    )

    def open_rows(value: str) -> None:
        day, _, outcome = value.partition(" ")
        scope = _within(view.scope, date.fromisoformat(day), grain)
        rows.open_later(answers(view, kind, view.t(f"answers.{outcome}"), scope, {"outcome": outcome}))

    pictures.draw(table, outcomes(kind, view.lang, view.theme, grain), "nps-mix", view.t("nps.mix_alt"), open_rows)


def _labelled(view: View, dimension: str, found: pa.Table) -> pa.Table:
    raw = [NOT_GIVEN if value is None else str(value) for value in found.column("value").to_pylist()]
    return pa.table(
        {
            "value": raw,
            "label": [labels.value(view.lang, dimension, value) for value in raw],
            "place": list(range(len(raw))),
            "n": found.column("n"),
        }
    )


def _clicked(view: View, kind: str, dimension: str) -> pictures.Clicked:
    def open_rows(value: str) -> None:
        rows.open_later(answers(view, kind, labels.value(view.lang, dimension, value), view.scope, {dimension: value}))

    def narrow(value: str) -> None:
        state.narrow(dimension, value)

    return narrow if dimension in DIMENSIONS else open_rows


def _groups(view: View, found: pa.Table) -> list[str]:
    return [view.t(f"answers.{outcome}") for outcome in found.column("outcome").to_pylist()]


def _within(scope: Scope, day: date, grain: str) -> Scope:
    """The part of the bucket that begins with ``day`` that lies in the scope's period."""
    return scope.with_period(max(day, scope.start or date.min), min(bucket_end(day, grain), scope.end or date.max))


def _moments(days: list[date]) -> pa.Array:
    return pa.array(days, pa.date32()).cast(pa.timestamp("ms"))
