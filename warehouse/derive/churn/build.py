"""The tables of the churn model: ``churn_scores`` and ``churn_models``; the watchlist takes its risks from them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from warehouse.derive.churn.proof import Choice, choose
from warehouse.derive.churn.walk import METHODS, Judged, Month, columns_of, walk
from warehouse.derive.churn_policy import read_churn_policy
from warehouse.settings import POLICY

FOLDER = Path(__file__).parent
_NOT_FEATURES = {"number", "place", "draw", "outcome"}
_REASONS = {
    "silence": "silence",
    "orders": "fewer_orders",
    "spend": "less_spend",
    "consultations": "fewer_consultations",
    "logins": "fewer_logins",
    "complaints": "more_complaints",
    "nps": "detractor",
    "late": "breached",
    "tier": "tier",
    "habit": "habit",
}
"""The first part of a feature's name -> the reason that it belongs to."""
_SCORED = "number INTEGER, place INTEGER, model DOUBLE, recency DOUBLE, signals DOUBLE, outcome DOUBLE"
_MODELS = (
    "place INTEGER, method VARCHAR, why VARCHAR, first INTEGER, last INTEGER, rows INTEGER, churned INTEGER, "
    "listed INTEGER, model_hits INTEGER, recency_hits INTEGER, signals_hits INTEGER, "
    "model_brier DOUBLE, recency_brier DOUBLE, signals_brier DOUBLE"
)


def create_churn(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "churn.toml") -> None:
    """Judge the past month-ends and the last one, from ``month_activity`` and ``customer_tiers``.

    For the watchlist remain ``scored_cases`` and ``model_reasons``. Raises LoadError for a wrong policy file.
    """
    rules = read_churn_policy(path).model
    con.execute(f"CREATE TEMP MACRO model_horizon_months() AS {rules['horizon_months']}")
    con.execute(f"CREATE TEMP MACRO model_list_size() AS {rules['list_size']}")
    con.execute((FOLDER / "cases.sql").read_text(encoding="utf-8"))
    con.execute(f"CREATE TEMP TABLE scored_cases ({_SCORED})")
    con.execute(f"CREATE TEMP TABLE model_choices ({_MODELS})")
    con.execute("CREATE TEMP TABLE model_reasons (number INTEGER, reason VARCHAR, contribution DOUBLE)")
    _judge(con, rules)
    con.execute((FOLDER / "lists.sql").read_text(encoding="utf-8"))


def _judge(con: duckdb.DuckDBPyConnection, rules: Mapping[str, Any]) -> None:
    """Fill ``scored_cases`` and ``model_choices``, month-end by month-end.

    The choice at a month-end rests on the lists before it; so judging begins as many month-ends before the first one
    that is kept, and the choice is the same wherever the data ends.
    """
    names = _features(con)
    last = int(con.execute("SELECT coalesce(max(place), 0) FROM month_ends").fetchall()[0][0])
    kept_from = last - rules["scored_months"] + 1
    since = kept_from - rules["proof_months"] - rules["horizon_months"]
    first = since - rules["train_months"] - rules["calibrate_months"] - rules["horizon_months"]
    past: list[Judged] = []
    for judged in walk(_months(con, names, max(first, 1), last), names, rules, since):
        known = judged.learnt.last
        proof = [old for old in past if known - rules["proof_months"] < old.month.place <= known]
        choice = choose(proof, rules["list_size"]) if judged.risks else Choice("none", "too_few", {})
        if judged.risks:
            past.append(judged)
        if judged.month.place >= kept_from:
            _keep(con, judged, choice)
        if judged.month.place == last and choice.method == "model":
            _explain(con, judged, names)


def _features(con: duckdb.DuckDBPyConnection) -> list[str]:
    described = con.execute("DESCRIBE churn_cases").fetchall()
    return [name for name, *_ in described if name not in _NOT_FEATURES]


def _months(con: duckdb.DuckDBPyConnection, names: Sequence[str], first: int, last: int) -> Iterator[Month]:
    """The month-ends one by one: all at once would not fit into memory for a large company."""
    ends = con.execute("SELECT place, whole FROM month_ends WHERE place BETWEEN ? AND ? ORDER BY place", [first, last])
    for place, whole in ends.fetchall():
        found = con.execute("SELECT * FROM churn_cases WHERE place = ? ORDER BY number", [place]).fetchnumpy()
        features = np.column_stack([np.asarray(found[name], dtype=np.float64) for name in names])
        outcome = np.ma.filled(np.ma.asarray(found["outcome"], dtype=np.float64), np.nan)
        yield Month(place, whole, np.asarray(found["number"]), np.asarray(found["draw"]), features, outcome)


def _keep(con: duckdb.DuckDBPyConnection, judged: Judged, choice: Choice) -> None:
    month, learnt = judged.month, judged.learnt
    proof = [choice.records.get(name) for name in METHODS]
    counts = [learnt.first, learnt.last, learnt.rows, learnt.churned, proof[0].listed if proof[0] else 0]
    shown = [each and each.hits for each in proof] + [each and each.brier for each in proof]
    values = [month.place, choice.method, choice.why, *counts, *shown]
    con.execute(f"INSERT INTO model_choices VALUES ({', '.join('?' * len(values))})", values)
    if judged.risks:
        places = np.full(len(month.numbers), month.place)
        rows = pa.table({"number": month.numbers, "place": places, **judged.risks, "outcome": month.outcome})
        _insert(con, "scored_cases", rows)


def _explain(con: duckdb.DuckDBPyConnection, judged: Judged, names: Sequence[str]) -> None:
    """What every group of features adds to the log-odds of each customer: together with the intercept exactly these."""
    columns = columns_of("model", names)
    parts = judged.learnt.fitted["model"].contributions(judged.month.features[:, columns])
    groups = np.array([names[column].split("_")[0] for column in columns])
    for group, reason in _REASONS.items():
        added = np.round(parts[:, groups == group].sum(axis=1), 4)
        reasons = pa.array([reason] * len(added), pa.string())
        _insert(
            con, "model_reasons", pa.table({"number": judged.month.numbers, "reason": reasons, "contribution": added})
        )


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    con.register("new_rows", rows)
    con.execute(f"INSERT INTO {table} BY NAME FROM new_rows")
    con.unregister("new_rows")
