"""Topics of what no rule covers: non-negative factors of which text says which word, the rarer the weightier."""

from pathlib import Path

import duckdb
import numpy as np

from warehouse.derive.causes.assign import fill

_CLOSEST, _NAME = (Path(__file__).with_name(f"{name}.sql") for name in ("closest", "topics"))
_TABLES = """
CREATE TABLE topics (topic_id INTEGER, pool dim_pool, name VARCHAR, words VARCHAR[], texts BIGINT);
CREATE TABLE topic_pools (pool dim_pool, texts BIGINT, needed BIGINT, topics BIGINT);
CREATE TABLE text_topics (text_id INTEGER, topic_id INTEGER, fit FLOAT);
"""
_UNCOVERED = """
SELECT text_id
FROM all_texts
LEFT JOIN text_causes USING (text_id)
WHERE pool = 'complaint' AND has_text AND cause IS NULL
"""
# The rarer a word, the more it says; words of fewer than three texts cannot make a topic.
_TEXTS = """
CREATE OR REPLACE TEMP TABLE topic_texts AS
WITH
wanted AS ({wanted}),
ignored AS (
    SELECT waits.word_id FROM signs JOIN rule_words AS waits USING (value) WHERE signs.subject = 'ignored' AND parts = 1
),
said AS (
    SELECT text_id, word_id
    FROM text_words
    JOIN words USING (word_id)
    WHERE text_id IN (FROM wanted) AND word_id NOT IN (FROM ignored) AND NOT is_part
),
rare AS (
    SELECT word_id, ln((1 + (SELECT count(*) FROM wanted)) / (1 + count(*))) + 1 AS idf
    FROM said
    GROUP BY word_id
    HAVING count(*) >= 3
)
SELECT said.text_id, said.word_id, rare.idf, sqrt(sum(rare.idf ** 2) OVER (PARTITION BY said.text_id)) AS length
FROM said
JOIN rare USING (word_id)
ORDER BY said.text_id, said.word_id
"""
_DRAWN = """
SELECT text_id, word_id, idf / length AS weight
FROM topic_texts
WHERE text_id IN (
    SELECT text_id FROM (SELECT DISTINCT text_id FROM topic_texts) ORDER BY hash(text_id), text_id
    LIMIT (SELECT sample_texts FROM topic_rules)
)
ORDER BY text_id, word_id
"""


def create_topics(con: duckdb.DuckDBPyConnection) -> None:
    """The tables ``topics`` (each with its distinctive words), ``text_topics`` (text_id, topic_id, and how well it
    fits, from 0 to 1) and ``topic_pools`` (how many texts there were to group, and how many are needed).

    Reads ``all_texts``, ``text_words``, ``words``, ``text_causes`` and ``topic_rules``.
    """
    con.execute(_TABLES)
    most, least = con.execute("SELECT most, least_texts FROM topic_rules").fetchall()[0]
    texts = group_texts(con, _UNCOVERED, most, least)
    if texts >= 2 * least:
        con.execute(_NAME.read_text(encoding="utf-8"))
    con.execute("INSERT INTO topic_pools SELECT 'complaint', ?, ?, count(*) FROM topics", [texts, 2 * least])


def group_texts(con: duckdb.DuckDBPyConnection, wanted: str, most: int, least: int) -> int:
    """Group the texts that the SQL ``wanted`` selects into at most ``most`` topics of at least ``least`` texts. Fewer
    than twice as many are not grouped. Returns how many there were with words to group by.

    Leaves ``topic_texts``, ``topic_weights`` (topic, word_id, weight) and ``closest`` (text_id, topic, fit).
    """
    con.execute(_TEXTS.format(wanted=wanted))
    con.execute("CREATE OR REPLACE TEMP TABLE topic_weights (topic INTEGER, word_id INTEGER, weight DOUBLE)")
    texts = int(con.execute("SELECT count(DISTINCT text_id) FROM topic_texts").fetchall()[0][0])
    if texts >= 2 * least:
        _find(con, min(most, texts // least))
    con.execute(_CLOSEST.read_text(encoding="utf-8").replace("$least", str(least)))
    return texts


def _find(con: duckdb.DuckDBPyConnection, topics: int) -> None:
    """Fill ``topic_weights`` from ``topic_texts``."""
    drawn = {name: np.asarray(column) for name, column in con.execute(_DRAWN).fetchnumpy().items()}
    words, weights = _topic_weights(drawn["text_id"], drawn["word_id"], drawn["weight"], topics)
    heavy = np.argwhere(weights > 0.01)
    fill(con, "topic_weights", [(int(t), int(words[w]), float(weights[t, w])) for t, w in heavy])


def _topic_weights(
    texts: np.ndarray, words: np.ndarray, weights: np.ndarray, topics: int
) -> tuple[np.ndarray, np.ndarray]:
    """The words, and each one's weight in each topic: shape (topics, words), rows of length one; always the same."""
    # Not at the top: a load without anything to group need not wait two seconds for it.
    from scipy.sparse import coo_matrix
    from sklearn.decomposition import NMF

    _, rows = np.unique(texts, return_inverse=True)
    known, columns = np.unique(words, return_inverse=True)
    matrix = coo_matrix((weights, (rows, columns))).tocsr()
    count = min(topics, *matrix.shape)
    model = NMF(count, init="nndsvda", random_state=0, max_iter=300, tol=1e-3).fit(matrix)
    lengths = np.linalg.norm(model.components_, axis=1, keepdims=True)
    return known, model.components_ / np.maximum(lengths, 1e-12)
