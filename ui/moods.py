"""How dissatisfied customers sound: over time, and how far the model behind it can be trusted."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.calibration import calibration
from charts.numbers import number
from queries import METRICS, Scope, ask
from queries.sentence import day_in_words
from ui import empty, pictures, rows, state
from ui.view import View

Row = Mapping[str, Any]
_CORNERS = (0.0, 1.0)
_SHARES = {"share": "value", "low": "low", "high": "high", "marked_share": "marked_share"}
SOURCES = ("survey", "ticket", "interaction")


def section(view: View) -> None:
    """How dissatisfied do they sound, and can that be trusted?"""
    st.header(view.t("moods.title"), anchor=False, help=METRICS["dissatisfied"].description[view.lang])
    models = {(row["source"], row["part"]): row for row in ask("mood_models", view.scope).to_pylist()}
    texts = {row["source"]: row for row in ask("mood_sources", _scope(view)).to_pylist()}
    found = {source: row for source, row in texts.items() if row["n"]}
    if not found:
        empty.nothing(view, "moods.none")
    else:
        told = [_sentence(view, found[source], models.get((source, "all"))) for source in SOURCES if source in found]
        st.markdown("  \n".join(told))
        if view.meta.as_of_day:
            over_time(view, [source for source in SOURCES if source in found])
    for source in ("survey", "ticket"):
        if (model := models.get((source, "all"))) and source in texts:
            st.caption(verdict(view, model))
    learned = [source for source in ("survey", "ticket") if _verdict(models, source) == "learned"]
    if learned:
        with st.expander(view.t("moods.how"), icon=":material/science:"):
            trust(view, models, learned)


def _scope(view: View) -> Scope:
    """Where no text has a date the period leaves nothing out."""
    return view.scope if view.meta.as_of_day else rows.undated(view.scope)


def _sentence(view: View, row: Row, model: Row | None) -> str:
    """The share of one source, its interval, and how many of its texts carry a mark of their own. The marks lead where
    the model is no better than guessing."""
    shares = {name: row[key] for name, key in _SHARES.items()}
    guessing = 0 < row["marked"] < row["n"] and bool(model and model["verdict"] == "learned" and not _ahead(model))
    return view.t(
        f"moods.{'marks' if guessing else 'share'}_{row['source']}",
        **{name: number(value, "percent", view.lang, 1) for name, value in shares.items()},
        **{name: f"{row[name]:,}" for name in ("n", "marked", "marked_unhappy")},
    )


def _ahead(model: Row) -> bool:
    """Whether a model tells single texts better than always guessing the commoner mark."""
    return bool(model["accuracy"] > model["accuracy_base"] + 0.005)


def over_time(view: View, sources: list[str]) -> None:
    """The share by week or month, of one source at a time: their marks do not mean the same."""
    with st.container(horizontal=True):
        source = state.choose(view, "mood_of", sources[0], view.t("moods.of"), sources)
        grain = state.choose(view, "mood_step", "month", view.t("service.grain"))
    until = min(filter(None, (view.scope.end, view.meta.as_of_day)))
    found = ask("mood_months", view.scope, source=source, bucket=grain, until=until)
    if not found.num_rows:
        empty.nothing(view, "moods.none_then")
        return
    year = replace(view, scope=view.scope.with_period(found.column("bucket")[0].as_py(), until))
    pictures.over_time(year, "dissatisfied", grain, found, None, f"moods-{source}-{grain}", counted=True)
    st.caption(view.t(f"moods.legend_{source}", day=day_in_words(view.lang, until)))


def _verdict(models: Mapping[tuple[str, str], Row], source: str) -> str | None:
    row = models.get((source, "all"))
    return row["verdict"] if row else None


def verdict(view: View, model: Row) -> str:
    """What the model of a source was worth on texts it had not seen, or why there is none."""
    facts = {
        "source": view.t(f"moods.source_{model['source']}"),
        "texts": f"{model['texts']:,}",
        "unhappy": f"{model['unhappy']:,}",
        "happy": f"{model['texts'] - model['unhappy']:,}",
        "least": f"{model['least']:,}",
    }
    if model["verdict"] == "too_few":
        return view.t("moods.too_few", **facts)
    key = "no_better" if model["verdict"] == "no_better" else "right" if _ahead(model) else "order"
    return view.t(
        f"moods.{key}",
        **facts,
        right=_of_100(view, model["accuracy"]),
        base=_of_100(view, model["accuracy_base"]),
        auc=_of_100(view, model["auc"]),
        common=view.t("moods.dissatisfied" if 2 * model["unhappy"] > model["texts"] else "moods.satisfied"),
    )


def _of_100(view: View, share: float | None) -> str:
    return number(None if share is None else 100 * share, "count", view.lang, 0)


def trust(view: View, models: Mapping[tuple[str, str], Row], sources: list[str]) -> None:
    """How it is learned, whether its probabilities hold, and where to be careful."""
    st.markdown(view.t("moods.learned", folds=models[sources[0], "all"]["folds"]))
    grid = st.grid(2, min_column_width=340, gap="medium")
    for source in sources:
        with grid.cell():
            st.markdown(f"**{view.t(f'moods.source_{source}')}**")
            _bands(view, source)
            for part in ("zh", "latin"):
                if told := _part(view, models.get((source, part))):
                    st.caption(told)
    st.caption(f"{view.t('moods.careful')} {view.t('moods.contacts')}")


def _part(view: View, row: Row | None) -> str:
    """How well it does in one script; empty where nothing is written in it."""
    if not row or not row["texts"]:
        return ""
    key = "moods.part" if row["verdict"] != "too_few" else "moods.part_few"
    return view.t(
        key,
        part=view.t(f"moods.script_{row['part']}"),
        texts=f"{row['texts']:,}",
        right=_of_100(view, row["accuracy"] if row["judged_right"] is not None else None),
        base=_of_100(view, row["accuracy_base"]),
    )


def _bands(view: View, source: str) -> None:
    names = ("expected", "left_rate", "low", "high", "n")
    bands = ask("mood_bands", view.scope, source=source).select(names).to_pylist()
    corners = [{**dict.fromkeys(names), "corner": corner} for corner in _CORNERS]
    table = pa.Table.from_pylist([*({**band, "corner": None} for band in bands), *corners])
    pictures.draw(table, calibration(view.lang, view.theme, "moods"), f"moods-{source}", view.t("moods.trust_alt"))
