"""The tables of moods: how dissatisfied each text sounds, and what the models were worth on texts they had not seen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pyarrow as pa

from warehouse.derive.moods.policy import MoodPolicy, read_mood_policy
from warehouse.settings import POLICY

if TYPE_CHECKING:
    from warehouse.derive.moods.model import Model

FOLDER = Path(__file__).parent
BATCH = 20_000
"""Texts scored at a time."""
SOURCES = ("survey", "ticket")
"""Where customers give marks. Contacts have none: they are judged as tickets are, else as comments are."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_TABLES = """
CREATE TABLE mood_models (
    source VARCHAR, part VARCHAR, verdict VARCHAR, least INTEGER, folds INTEGER, texts INTEGER, unhappy INTEGER,
    judged_right INTEGER, right_base INTEGER, auc DOUBLE, brier DOUBLE, brier_base DOUBLE
);
CREATE TABLE mood_bands (source VARCHAR, band INTEGER, n INTEGER, expected DOUBLE, unhappy INTEGER);
CREATE TEMP TABLE text_moods (text_id INTEGER, unhappy FLOAT);
CREATE TEMP TABLE mood_scores (number INTEGER, unhappy FLOAT);
"""
# Of a text on which its writers are divided nothing can be learned.
_MARKED = """
SELECT text, 2 * unhappy > marked FROM mood_texts
WHERE source = ? AND marked > 0 AND 2 * unhappy <> marked
ORDER BY number LIMIT ?
"""
_TEXTS = "SELECT number, text FROM mood_texts WHERE source = ? AND number > ? ORDER BY number LIMIT ?"
_TEXT_MOODS = """
INSERT INTO text_moods
SELECT w.text_id, s.unhappy
FROM mood_written AS w
JOIN mood_texts AS t USING (source, text)
JOIN mood_scores AS s USING (number)
"""
Floats = np.ndarray[Any, np.dtype[np.float64]]
Which = np.ndarray[Any, np.dtype[np.bool_]]
_NO_FIGURES = (None,) * 5


@dataclass(frozen=True)
class Marked:
    """Different texts of a source whose writers gave a mark; ``labels``: 1 dissatisfied, 0 satisfied."""

    source: str
    texts: list[str]
    labels: Floats

    def parts(self) -> Iterator[tuple[str, Which]]:
        """Everything and each script: its name, and which texts belong to it."""
        chinese = np.array([bool(_HAN.search(text)) for text in self.texts], dtype=bool)
        yield from (("all", chinese | True), ("zh", chinese), ("latin", ~chinese))


def create_moods(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "moods.toml") -> None:
    """The tables ``text_moods`` (text_id, unhappy: 0 to 1), ``mood_models`` and ``mood_bands``, from ``plain_texts``.

    ``mood_models`` has a row for each source that may have marks, and for its texts by script; the verdict is learned,
    too_few or no_better (than chance). Texts are scored only where something was learned. Raises LoadError for a wrong
    policy file.
    """
    policy = read_mood_policy(path)
    con.execute(_TABLES)
    con.execute((FOLDER / "marked.sql").read_text(encoding="utf-8"))
    models = {source: _learn(con, _marked(con, source, policy), policy) for source in SOURCES}
    models["interaction"] = models["ticket"] or models["survey"]
    for source, model in models.items():
        if model:
            _score(con, source, model)
    con.execute(_TEXT_MOODS)


def _marked(con: duckdb.DuckDBPyConnection, source: str, policy: MoodPolicy) -> Marked:
    rows = con.execute(_MARKED, [source, policy.max_texts]).fetchall()
    labels = np.array([unhappy for _, unhappy in rows], dtype=np.float64)
    return Marked(source, [text for text, _ in rows], labels)


def _enough(labels: Floats, policy: MoodPolicy) -> bool:
    return bool(min(labels.sum(), len(labels) - labels.sum()) >= policy.least_each)


def _learn(con: duckdb.DuckDBPyConnection, marked: Marked, policy: MoodPolicy) -> "Model | None":
    """The model of a source, its record noted; None where there are too few marks or it is no better than chance."""
    if not _enough(marked.labels, policy):
        for part, here in marked.parts():
            _note(con, policy, marked.source, part, "too_few", marked.labels[here])
        return None
    # Not at the top: what they need takes two seconds to come.
    from warehouse.derive.moods.model import learn
    from warehouse.derive.moods.proof import bands, record

    learned = learn(marked.texts, marked.labels, policy)
    for part, here in marked.parts():
        labels = marked.labels[here]
        found = record(labels, learned.held_out[here])
        better = "learned" if found.better else "no_better"
        verdict = better if _enough(labels, policy) else "too_few"
        _note(con, policy, marked.source, part, verdict, labels, found.figures)
    for band in bands(marked.labels, learned.held_out):
        con.execute("INSERT INTO mood_bands VALUES (?, ?, ?, ?, ?)", [marked.source, *band])
    return learned.model if record(marked.labels, learned.held_out).better else None


def _note(
    con: duckdb.DuckDBPyConnection,
    policy: MoodPolicy,
    source: str,
    part: str,
    verdict: str,
    labels: Floats,
    figures: tuple[float | None, ...] = _NO_FIGURES,
) -> None:
    row = [source, part, verdict, policy.least_each, policy.folds, len(labels), int(labels.sum()), *figures]
    con.execute(f"INSERT INTO mood_models VALUES ({', '.join('?' * len(row))})", row)


def _score(con: duckdb.DuckDBPyConnection, source: str, model: "Model") -> None:
    """Every different text of a source once."""
    last = 0
    while batch := con.execute(_TEXTS, [source, last, BATCH]).fetchall():
        last = batch[-1][0]
        found = model.unhappy([text for _, text in batch])
        con.register("new_rows", pa.table({"number": [number for number, _ in batch], "unhappy": found.round(4)}))
        con.execute("INSERT INTO mood_scores SELECT number, unhappy FROM new_rows")
        con.unregister("new_rows")
