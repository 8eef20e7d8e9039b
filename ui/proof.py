"""Past watchlists on a page: how many of those listed left, by method and by month, and whether to trust the odds."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.calibration import calibration
from charts.hits import METHODS, hits
from charts.numbers import NOTHING, number, of
from queries import METRICS, Scope, ask
from queries.sentence import day_in_words
from ui import pictures, rows, state
from ui.view import View

Row = Mapping[str, Any]


def scope(view: View) -> Scope:
    """The filters without the period: past lists are judged whatever the period."""
    return rows.undated(view.scope)


def percent(view: View, share: float | None) -> str:
    return number(share, "percent", view.lang)


def by_method(view: View, size: int, day: date | None = None) -> dict[str, Row]:
    """Each method's record on the lists of ``size`` customers: all whose outcome is known, or that of one month-end."""
    given: rows.Params = {"day": day} if day else {}
    return {row["method"]: row for row in ask("churn_proof", scope(view), size=size, **given).to_pylist()}


def ranked_by(model: Row) -> str:
    """The method that ranked a list; ``model``: the row of its month-end in churn_models."""
    return str(model["method"]) if model["method"] in METHODS else "signals"


def sentence(view: View, day: date, method: str, found: Mapping[str, Row], months: int) -> str:
    """What came of one list, in a sentence that needs no statistics."""
    chosen = found[method]
    others = [name for name in METHODS if name != method]
    told = view.t("proof.join").join(
        view.t(f"proof.would_{name}", hits=f"{found[name]['hits']:,}") for name in others if name in found
    )
    expected = f"{chosen['listed'] * chosen['base_rate']:.0f}"
    return view.t(
        "proof.sentence",
        listed=f"{chosen['listed']:,}",
        day=day_in_words(view.lang, day),
        hits=f"{chosen['hits']:,}",
        months=months,
        others=told,
        random=expected,
    )


def verdict(view: View, model: Row) -> str:
    """Which method ranks today's list, and why; ``model``: the row of the month-end in churn_models."""
    told = {name: f"{model[f'{name}_hits']:,}" for name in METHODS if model[f"{name}_hits"] is not None}
    error = {f"{name}_error": number(model[f"{name}_brier"], "score", view.lang, 3) for name in METHODS}
    told_why = view.t(
        f"proof.why_{model['why']}",
        method=view.value("method", model["method"]),
        listed=f"{model['listed']:,}",
        learnt=f"{model['learnt']:,}",
        left=f"{model['learnt_left']:,}",
        **told,
        **error,
    )
    return view.t("proof.among_all", told=told_why[:1].lower() + told_why[1:]) if is_filtered(view) else told_why


def is_filtered(view: View) -> bool:
    """Whether the reader looks at some customers only: the choice of the method rests on all of them."""
    return bool(view.scope.filters or view.scope.viewer.limits)


def no_better(view: View, size: int) -> str:
    """That among the chosen customers a rule does as well as the model; empty where the model has the advantage."""
    found = by_method(view, size)
    best = max((name for name in METHODS[1:] if name in found), key=lambda name: found[name]["hits"], default=None)
    if not is_filtered(view) or best is None or found["model"]["hits"] > found[best]["hits"]:
        return ""
    told = {"model": f"{found['model']['hits']:,}", "best": f"{found[best]['hits']:,}", "size": f"{size:,}"}
    return view.t("proof.no_better", method=view.value("method", best), **told)


def record(view: View, row: Row) -> dict[str, str]:
    """One method's record as a line of a table."""
    return {
        "method": view.value("method", row["method"]),
        "found": view.t("proof.of_listed", hits=f"{row['hits']:,}", listed=f"{row['listed']:,}"),
        "hit_rate": view.t(
            "proof.between",
            rate=percent(view, row["hit_rate"]),
            low=percent(view, row["low"]),
            high=percent(view, row["high"]),
        ),
        "lift": NOTHING if row["lift"] is None else view.t("proof.times", times=f"{row['lift']:.1f}"),
        "brier": view.t(
            "proof.against",
            error=of(METRICS["brier"], row["brier"], view.lang),
            base=of(METRICS["brier"], row["brier_base"], view.lang),
        ),
    }


def over_time(view: View, size: int) -> None:
    """The lists month by month."""
    found = ask("churn_proof_months", scope(view), size=size).to_pylist()
    shown = [_point(view, row, row["method"], "hit_rate") for row in found]
    shown += [_point(view, row, None, "base_rate") for row in found if row["method"] == METHODS[0]]
    table = pa.Table.from_pylist(shown)
    place = table.column_names.index("bucket")
    days = pa.array(table.column("bucket").to_pylist(), pa.date32()).cast(pa.timestamp("ms"))
    pictures.draw(
        table.set_column(place, "bucket", days), hits(view.lang, view.theme), "proof-months", view.t("proof.months_alt")
    )


def _point(view: View, row: Row, method: str | None, rate: str) -> dict[str, Any]:
    counts = view.t("proof.of_listed", hits=f"{row['hits']:,}", listed=f"{row['listed']:,}")
    return {
        "bucket": row["day"].replace(day=1),
        "line": view.value("method", method) if method else view.t("proof.everybody"),
        "rate": row[rate],
        "low": row["low"] if method else None,
        "high": row["high"] if method else None,
        "told": counts if method else NOTHING,
    }


def trust(view: View, method: str) -> None:
    """The probabilities of a method against what happened."""
    found = ask("churn_calibration", scope(view), method=method)
    names = ("expected", "left_rate", "low", "high", "n")
    bands = found.select(names).to_pylist()
    corners = [{**dict.fromkeys(names), "corner": corner} for corner in (0.0, 1.0)]
    table = pa.Table.from_pylist([*({**band, "corner": None} for band in bands), *corners])
    pictures.draw(table, calibration(view.lang, view.theme), "proof-trust", view.t("proof.trust_alt"))


def past_list(view: View, day: date, method: str, size: int) -> rows.Rows:
    """The list of a month-end as a method ranked it, with what came of each customer."""
    title = view.t("proof.list_of", day=day_in_words(view.lang, day))
    params: rows.Params = {"day": day, "method": method, "size": size}
    return rows.Rows(title, "churn_past_list", scope(view), params, ("left_later",))


def choose_day(view: View, days: list[date]) -> date:
    """One of the month-ends whose outcome is known, the latest by default."""
    offered = [day.isoformat() for day in days]
    if st.session_state.get("list_of") not in (None, *offered):
        del st.session_state["list_of"]
    chosen = st.selectbox(
        view.t("proof.which_list"),
        offered,
        format_func=lambda text: day_in_words(view.lang, date.fromisoformat(text)),
        key="list_of",
        persist_state="session",
        width=state.BOX,
    )
    return date.fromisoformat(chosen or offered[0])
