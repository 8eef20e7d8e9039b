"""The words of all texts as small numbers: which there are (``words``), and which text says which (``text_words``)."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from warehouse.derive.phrases import END, Phrases, Stream, find_phrases
from warehouse.derive.vocabulary import Vocabulary, WordPolicy, word_policy
from warehouse.settings import POLICY

Counts = npt.NDArray[np.int64]
BATCH = 20_000
"""Texts read at a time; with about ten words each they fit into a few megabytes."""
_LEARNED_FROM = 10_000_000
"""Phrases are learned from so many words at most, those of the first texts."""
_PART = 0.8
"""A word of whose uses so many stand in one phrase is only a part of it, and not shown beside it."""
# Many texts are written more than once: each different one is read once.
_DIFFERENT = """
CREATE TEMP TABLE different_texts AS
SELECT (row_number() OVER (ORDER BY min(text_id)))::INTEGER AS place, text
FROM plain_texts
GROUP BY text
ORDER BY place;
CREATE TEMP TABLE text_places AS SELECT text_id, place FROM plain_texts JOIN different_texts USING (text);
CREATE TEMP TABLE said_words (place INTEGER, word_id INTEGER)
"""
# Places have no gaps. A range reads its own rows alone; a LIMIT would read all that follow, again for every batch.
_TEXTS = "SELECT text FROM different_texts WHERE place BETWEEN ? AND ? ORDER BY place"
_WORDS = """
CREATE TABLE words AS
SELECT w.word_id::INTEGER AS word_id, w.word, w.language, w.is_part, s.texts
FROM met_words AS w
JOIN (SELECT word_id, count(*) AS texts FROM said_words JOIN text_places USING (place) GROUP BY word_id) AS s
    USING (word_id)
WHERE s.texts >= ?
ORDER BY word_id
"""
_TEXT_WORDS = """
CREATE TABLE text_words AS
SELECT
    t.text_id, s.word_id, t.pool, t.source, t.day, t.tier, t.segment, t.region, t.industry, t.channel, t.department,
    t.team, t.product
FROM said_words AS s
JOIN words AS w USING (word_id)
JOIN text_places AS p USING (place)
JOIN all_texts AS t USING (text_id)
ORDER BY t.text_id, s.word_id
"""


def create_words(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "words.toml") -> None:
    """Segment ``plain_texts`` (text_id, text) into ``words`` and ``text_words``, each word once a text.

    ``text_words`` carries what people filter by, so that counting words needs no join. Raises LoadError for a wrong
    policy file.
    """
    policy = word_policy(path)
    vocabulary = Vocabulary(policy)
    con.execute(_DIFFERENT)
    streams = [vocabulary.read(batch) for batch in _batches(con)]
    said = np.zeros(len(vocabulary.forms), dtype=np.int64)
    for forms in streams:
        said += np.bincount(forms, minlength=len(said))
    word_of = np.array(vocabulary.word_of, dtype=np.int32)
    spoken = [word_of[forms] for forms in streams]
    phrases = _phrases(vocabulary, spoken, policy)
    _write_said(con, spoken, phrases)
    _create_dictionary(con, vocabulary, said, phrases, policy.least_texts)
    con.execute(_TEXT_WORDS)


def _batches(con: duckdb.DuckDBPyConnection) -> Iterator[list[str]]:
    first = 1
    while batch := [text for (text,) in con.execute(_TEXTS, [first, first + BATCH - 1]).fetchall()]:
        first += BATCH
        yield batch


def _phrases(vocabulary: Vocabulary, spoken: list[Stream], policy: WordPolicy) -> Phrases:
    stream = np.concatenate([np.zeros(1, np.int32), *spoken])[:_LEARNED_FROM]
    languages = np.array([language == "zh" for language in vocabulary.word_languages], dtype=np.int8)
    return find_phrases(stream, languages, policy.phrases.least_texts, policy.phrases.strength)


def _write_said(con: duckdb.DuckDBPyConnection, spoken: list[Stream], phrases: Phrases) -> None:
    """``said_words``, each word and phrase once a text; texts are counted from 1."""
    before, words = 1, phrases.words + len(phrases.keys)
    for stream in spoken:
        ends = stream == END
        text_of = before + np.cumsum(ends)
        single, (begins, whole) = np.flatnonzero(stream > END), phrases.within(stream)
        said = np.concatenate([text_of[single] * words + stream[single], text_of[begins] * words + whole])
        pairs = np.unique(said)
        rows = pa.table({"place": (pairs // words).astype(np.int32), "word_id": (pairs % words).astype(np.int32)})
        con.register("batch_words", rows)
        con.execute("INSERT INTO said_words FROM batch_words")
        con.unregister("batch_words")
        before += int(ends.sum())


def _create_dictionary(
    con: duckdb.DuckDBPyConnection, vocabulary: Vocabulary, said: Counts, phrases: Phrases, least: int
) -> None:
    """The table ``words``: each in the form that is written most, if enough texts say it."""
    forms, languages = _commonest(vocabulary, said), list(vocabulary.word_languages)
    is_part = [*_parts(vocabulary, said, phrases).tolist(), *[False] * len(phrases.keys)]
    for first, second in zip(*(words.tolist() for words in phrases.parts), strict=True):
        forms.append(forms[first] + ("" if languages[first] == "zh" else " ") + forms[second])
        languages.append(languages[first])
    columns = {"word": forms, "language": languages, "is_part": is_part, "word_id": list(range(len(forms)))}
    con.register("met_words", pa.table({name: column[END + 1 :] for name, column in columns.items()}))
    con.execute(_WORDS, [least])
    con.unregister("met_words")


def _commonest(vocabulary: Vocabulary, said: Counts) -> list[str]:
    """Each word in its commonest form, by number."""
    shown = [""] * len(vocabulary.word_languages)
    for form in np.argsort(said, kind="stable").tolist():
        shown[vocabulary.word_of[form]] = vocabulary.forms[form]
    return shown


def _parts(vocabulary: Vocabulary, said: Counts, phrases: Phrases) -> npt.NDArray[np.bool_]:
    """Which words are said in one phrase only, or nearly so, by number."""
    uses = np.bincount(vocabulary.word_of, weights=said, minlength=phrases.words)
    is_part = np.zeros(phrases.words, dtype=bool)
    for words in phrases.parts:
        is_part[words[phrases.counts >= _PART * uses[words]]] = True
    return is_part
