"""Where it hurts: what unhappy customers said, by what was wrong and the situation it happened in."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.heatmap import heatmap
from charts.numbers import NOTHING, number
from queries import NOT_GIVEN, Scope, ask
from ui import pictures, rows, voices
from ui.view import View

Row = Mapping[str, Any]
_SOURCES = ("tickets", "comments", "contacts")
_WORST = 3
_LEAST = 0.0005
"""Weights below this are 0.0 of 100."""


def section(view: View, scope: Scope) -> None:
    """The heatmap; nothing where no text tells a situation, for then it would be a list."""
    found = ask("demand_cells", scope).to_pylist()
    if len({row["scenario"] for row in found}) < 2:
        return
    st.header(view.t("demand.title"), anchor=False)
    st.caption(f"{view.t('demand.legend')} {example(view, worst(found)[0])}")
    st.caption(_basis(view, found))
    st.markdown(_worst(view, found))

    def open_rows(picked: str) -> None:
        cause, _, scenario = picked.partition(voices.PARTED)
        title = f"{voices.cause(view, cause)} · {voices.scenario(view, scenario)}"
        rows.open_later(rows.Rows(title, "demand_rows", scope, {"cause": cause, "scenario": scenario}))

    spec = heatmap("demand", view.lang, view.theme)
    pictures.draw(cells(view, found), spec, "causes-demand", view.t("demand.alt"), open_rows)


def _basis(view: View, found: Sequence[Row]) -> str:
    """How many messages count, from where, and how many of them are no complaints."""
    parts = [view.t(f"demand.n_{name}", n=f"{n:,}") for name in _SOURCES if (n := sum(row[name] for row in found))]
    told = view.t("demand.basis", parts=view.t("scope.list_join").join(parts), texts=f"{found[0]['texts']:,}")
    if not (others := sum(row["others"] for row in found)):
        return told
    least = ask("demand_rules", Scope()).column("unhappy_from")[0].as_py()
    share = number(least, "percent", view.lang)
    return f"{told} {view.t('demand.basis_others', others=f'{others:,}', least=share)}"


def worst(found: Sequence[Row]) -> list[Row]:
    """The heaviest cells whose cause and situation are known; before them the heaviest of all, if that is another."""
    ordered = sorted(found, key=lambda row: (-row["weight"], row["cause"] or "", row["scenario"] or ""))
    known = [row for row in ordered if row["cause"] and row["scenario"]][:_WORST]
    return known if ordered[0] in known else [ordered[0], *known]


def _worst(view: View, found: Sequence[Row]) -> str:
    """These cells in words."""
    told = [view.t("demand.with_points", cell=_cell(view, row), points=_points(row["weight"])) for row in worst(found)]
    return view.t("demand.worst", cells=view.t("scope.list_join").join(told))


def _cell(view: View, row: Row) -> str:
    """What was wrong and where, in words; that no rule says what was wrong, if so."""
    scenario = voices.scenario(view, row["scenario"])
    if not row["cause"]:
        return view.t("demand.uncovered", scenario=scenario)
    return view.t("demand.cell", cause=voices.cause(view, row["cause"]), scenario=scenario)


def example(view: View, row: Row) -> str:
    """What the points of a cell mean."""
    told = {"cell": _cell(view, row), "points": _points(row["weight"]), "share": _points(row["share"])}
    kind = "example_unknown" if row["dissatisfaction"] is None else "example"
    return view.t(f"demand.{kind}", **told, mood=_mood(view, row))


def cells(view: View, found: Sequence[Row]) -> pa.Table:
    """Rows for the picture, the causes and situations with most points first; what no rule covers is last."""
    causes, scenarios = _by_weight(found, "cause"), _by_weight(found, "scenario")
    most = max(row["weight"] for row in found) or 1
    return pa.table(
        {
            "value": [f"{row['cause'] or NOT_GIVEN}{voices.PARTED}{row['scenario'] or NOT_GIVEN}" for row in found],
            "label": [voices.cause(view, row["cause"]) for row in found],
            "place": [causes.index(row["cause"]) for row in found],
            "column": [voices.scenario(view, row["scenario"]) for row in found],
            "head": [voices.scenario(view, row["scenario"]) for row in found],
            "column_place": [scenarios.index(row["scenario"]) for row in found],
            "depth": [row["weight"] / most for row in found],
            "note": [_short(row["weight"]) for row in found],
            "points": [_points(row["weight"]) for row in found],
            "told": [_told(view, row) for row in found],
            "part": [voices.share(view, row["share"]) for row in found],
            "mood": [_mood(view, row) for row in found],
        }
    )


def _points(weight: float) -> str:
    """Of 100; never 0.0 where there are messages."""
    return f"{100 * weight:.1f}" if weight >= _LEAST else "<0.1"


def _short(weight: float) -> str:
    """As in a cell, where at most three signs find room on a phone: nothing where there is next to nothing."""
    return "" if weight < _LEAST else f"{100 * weight:.0f}" if weight >= 0.0995 else _points(weight)


def _by_weight(found: Sequence[Row], name: str) -> list[str | None]:
    """The values of a column, the heaviest first, the missing one last."""
    weights: dict[str | None, float] = {}
    for row in found:
        weights[row[name]] = weights.get(row[name], 0) + row["weight"]
    return sorted(weights, key=lambda value: (value is None, -weights[value], value or ""))


def _told(view: View, row: Row) -> str:
    parts = [view.t(f"demand.n_{name}", n=f"{row[name]:,}") for name in _SOURCES if row[name]]
    return view.t("demand.told", n=f"{row['n']:,}", parts=view.t("scope.list_join").join(parts))


def _mood(view: View, row: Row) -> str:
    return NOTHING if row["dissatisfaction"] is None else number(row["dissatisfaction"], "percent", view.lang)
