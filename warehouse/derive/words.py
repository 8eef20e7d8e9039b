"""The words of all texts as small numbers: which there are (``words``), and which text says which (``text_words``)."""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from warehouse.derive.vocabulary import Vocabulary, word_policy
from warehouse.settings import POLICY

BATCH = 20_000
"""Texts read at a time; with about ten words each they fit into a few megabytes."""
_TEXTS = "SELECT text_id, text FROM plain_texts WHERE text_id > ? ORDER BY text_id LIMIT ?"


def create_words(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "words.toml") -> None:
    """Segment ``plain_texts`` (text_id, text) into ``words`` and ``text_words``, each word once a text.

    ``text_words`` carries what people filter by, so that counting words needs no join. Raises LoadError for a wrong
    policy file.
    """
    policy = word_policy(path)
    vocabulary = Vocabulary(policy)
    con.execute("CREATE TEMP TABLE said_words (text_id INTEGER, word_id INTEGER)")
    said = np.zeros(1, dtype=np.int64)
    last = 0
    while batch := con.execute(_TEXTS, [last, BATCH]).fetchall():
        last = batch[-1][0]
        said = _read(con, vocabulary, batch, said)
    _create_dictionary(con, vocabulary, said, policy.least_texts)
    con.execute(_TEXT_WORDS)


def _read(
    con: duckdb.DuckDBPyConnection, vocabulary: Vocabulary, batch: list[tuple[int, str]], said: np.ndarray
) -> np.ndarray:
    """Write the words of one batch; returns how often each form has been said so far."""
    places, forms = (np.array(found, dtype=np.int64) for found in vocabulary.read([text for _, text in batch]))
    word_of = np.array(vocabulary.word_of, dtype=np.int64)
    pairs = np.unique(places * len(word_of) + word_of[forms])
    ids = np.array([text_id for text_id, _ in batch], dtype=np.int32)
    rows = pa.table({"text_id": ids[pairs // len(word_of)], "word_id": (pairs % len(word_of)).astype(np.int32)})
    con.register("batch_words", rows)
    con.execute("INSERT INTO said_words SELECT text_id, word_id FROM batch_words")
    con.unregister("batch_words")
    counts = np.bincount(forms, minlength=len(vocabulary.forms))
    counts[: len(said)] += said
    return counts


def _create_dictionary(con: duckdb.DuckDBPyConnection, vocabulary: Vocabulary, said: np.ndarray, least: int) -> None:
    """The table ``words``: each in the form that is written most, if enough texts say it."""
    order = np.argsort(-said[1:], kind="stable") + 1
    shown: dict[int, int] = {}
    for form in order.tolist():
        shown.setdefault(vocabulary.word_of[form], form)
    rows = pa.table(
        {
            "word_id": pa.array(shown.keys(), pa.int32()),
            "word": pa.array([vocabulary.forms[form] for form in shown.values()], pa.string()),
            "language": pa.array([vocabulary.languages[form] for form in shown.values()], pa.string()),
        }
    )
    con.register("met_words", rows)
    con.execute(
        "CREATE TABLE words AS SELECT w.*, s.texts FROM met_words AS w "
        "JOIN (SELECT word_id, count(*) AS texts FROM said_words GROUP BY word_id) AS s USING (word_id) "
        "WHERE s.texts >= ? ORDER BY word_id",
        [least],
    )
    con.unregister("met_words")


_TEXT_WORDS = """
CREATE TABLE text_words AS
SELECT
    s.text_id, s.word_id, t.pool, t.source, t.day, t.tier, t.segment, t.region, t.industry, t.channel, t.department,
    t.team, t.product
FROM said_words AS s
JOIN words AS w USING (word_id)
JOIN all_texts AS t USING (text_id)
ORDER BY s.text_id, s.word_id
"""
