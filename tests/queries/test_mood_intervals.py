"""The interval of how many are dissatisfied holds the truth as often as it says, where the model's probabilities do."""

from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from queries import METRICS

COMPANIES, KINDS = 400, 5
WORDS = np.array([0.35, 0.25, 0.2, 0.15, 0.05])
"""How common each kind of text is; who writes it is dissatisfied as often as `RATES` says."""
RATES = np.array([0.03, 0.1, 0.2, 0.45, 0.8])
TRUTH = float(WORDS @ RATES)
Drawn = np.random.Generator


def company(draw: Drawn, learned: int, texts: int, marked: int) -> tuple[pd.DataFrame, float]:
    """Texts of a period, of which the first ``marked`` have marks, with the model's word for the others: for each kind
    the share that it learned. And the share of them all that is dissatisfied in truth."""
    kinds = draw.choice(KINDS, learned, p=WORDS)
    labels = draw.random(learned) < RATES[kinds]
    seen = np.bincount(kinds, minlength=KINDS)
    given = (np.bincount(kinds, labels, KINDS) + 0.5) / (seen + 1)
    error = np.sqrt(np.mean((given[kinds] - labels) ** 2) / learned)
    kinds = draw.choice(KINDS, texts, p=WORDS)
    unhappy = draw.random(texts) < RATES[kinds]
    has_mark = np.arange(texts) < marked
    columns = {"unhappy": np.where(has_mark, unhappy, given[kinds]), "mood_error": np.where(has_mark, 0, error)}
    return pd.DataFrame({**columns, "has_text": True}), float(unhappy.mean())


def intervals(learned: int, texts: int, marked: int) -> pd.DataFrame:
    """Of each company the interval, and the share in truth."""
    draw = np.random.default_rng(7)
    drawn = [company(draw, learned, texts, marked) for _ in range(COMPANIES)]
    said = pd.concat([frame.assign(company=place) for place, (frame, _) in enumerate(drawn)])
    metric = METRICS["dissatisfied"]
    with duckdb.connect() as con:
        con.register("said", said)
        low, high = metric.low.sql(dialect="duckdb"), metric.high.sql(dialect="duckdb")
        found: pd.DataFrame = con.sql(
            f"SELECT {low} AS low, {high} AS high FROM said GROUP BY company ORDER BY company"
        ).df()
    return found.assign(share=[share for _, share in drawn])


def holds(found: pd.DataFrame, truth: Any) -> float:
    return float(((found["low"] <= truth) & (truth <= found["high"])).mean())


@pytest.mark.parametrize(("learned", "texts", "marked"), [(400, 5000, 0), (4000, 400, 0), (1000, 1500, 500)])
def test_the_interval_holds_the_truth_in_95_of_100(learned: int, texts: int, marked: int) -> None:
    """Both the share of these texts and the rate behind them; and it is no wider than it must be."""
    found = intervals(learned, texts, marked)
    assert holds(found, found["share"]) >= 0.93
    assert holds(found, TRUTH) >= 0.93
    unmarked = 1 - marked / texts
    widest = 2 * 1.96 * np.sqrt(TRUTH * (1 - TRUTH) * (1 / texts + unmarked**2 / learned))
    assert 0.5 * widest < (found["high"] - found["low"]).mean() < 1.05 * widest


def test_marks_alone_have_the_interval_of_any_share() -> None:
    """All texts marked: the ends are Wilson's, and hold the rate as often as they say."""
    found = intervals(learned=400, texts=300, marked=300)
    assert 0.93 <= holds(found, TRUTH) <= 0.98
