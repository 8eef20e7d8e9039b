"""Which cause and scenario each text has, by the policy ``causes.toml``."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.derive.causes.policy import CausePolicy, Subject, read_cause_policy
from warehouse.derive.phrases import BREAK, END
from warehouse.derive.simplified import simplified
from warehouse.derive.vocabulary import Vocabulary, word_policy
from warehouse.settings import POLICY

Reading = tuple[int, ...]
"""What a word or phrase says: the numbers of its words, whatever their form."""
WORDS = POLICY / "words.toml"
_ASSIGN = Path(__file__).with_name("assign.sql")
_TABLES = """
CREATE TABLE causes (cause VARCHAR, name_en VARCHAR, name_zh VARCHAR, responsible VARCHAR, place INTEGER);
CREATE TABLE scenarios (scenario VARCHAR, name_en VARCHAR, name_zh VARCHAR, place INTEGER);
CREATE TEMP TABLE signs (
    subject VARCHAR, name VARCHAR, place INTEGER, entry INTEGER, sign VARCHAR, value VARCHAR
);
CREATE TEMP TABLE topic_rules (most INTEGER, least_texts INTEGER, sample_texts INTEGER);
"""
_RULES = """
CREATE TABLE cause_rules AS
SELECT
    name AS cause,
    CASE WHEN sign = 'category' THEN value END AS category,
    CASE WHEN sign <> 'category' THEN value END AS word,
    NULL::VARCHAR AS touchpoint
FROM signs
WHERE subject = 'cause'
"""


def create_cause_rules(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "causes.toml") -> None:
    """What the policy says: the tables ``causes`` and ``scenarios`` (key, names, place in the file; a cause has the
    department responsible) and ``cause_rules`` (what tells a cause); ``signs`` of both and ``topic_rules`` for a while.

    Raises LoadError for a wrong policy file.
    """
    policy = read_cause_policy(path)
    con.execute(_TABLES)
    for place, cause in enumerate(policy.causes):
        named = [cause.key, cause.names["en"], cause.names["zh"], cause.department, place]
        con.execute("INSERT INTO causes VALUES (?, ?, ?, ?, ?)", named)
    for place, scenario in enumerate(policy.scenarios):
        named = [scenario.key, scenario.names["en"], scenario.names["zh"], place]
        con.execute("INSERT INTO scenarios VALUES (?, ?, ?, ?)", named)
    fill(con, "signs", list(_signs(policy)))
    con.execute(_RULES)
    con.execute("INSERT INTO topic_rules VALUES (?, ?, ?)", list(policy.topics.values()))


def fill(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[str | int | float, ...]]) -> None:
    """Append ``rows`` to a table, all at once."""
    columns = list(zip(*rows, strict=True))
    if not columns:
        return
    con.register(
        "given_rows", pa.table([pa.array(column) for column in columns], [f"c{n}" for n in range(len(columns))])
    )
    con.execute(f"INSERT INTO {table} FROM given_rows")
    con.unregister("given_rows")


def _signs(policy: CausePolicy) -> Iterator[tuple[str | int, ...]]:
    subjects: dict[str, tuple[Subject, ...]] = {"cause": policy.causes, "scenario": policy.scenarios}
    for kind, found in subjects.items():
        for place, subject in enumerate(found):
            for entry, (sign, value) in enumerate(subject.signs):
                yield kind, subject.key, place, entry, sign, value
    for entry, word in enumerate(policy.ignored):
        yield "ignored", "", 0, entry, "word", word


def assign_causes(con: duckdb.DuckDBPyConnection, words: Path = WORDS) -> None:
    """The temporary table ``text_causes`` (text_id, cause, cause_by, scenario) of every text that has one of them.

    Reads ``all_texts``, ``words``, ``text_words`` and ``signs``; ``rule_words`` says which words a rule waits for.
    """
    _create_rule_words(con, words)
    con.execute(_ASSIGN.read_text(encoding="utf-8"))


def _create_rule_words(con: duckdb.DuckDBPyConnection, words: Path) -> None:
    """A row per rule and word that a text must say: ``way`` tells the ways apart in which an entry can be said,
    ``parts`` is the number of words of a way."""
    rules = con.execute("SELECT DISTINCT value FROM signs WHERE sign IN ('word', 'also') ORDER BY value").fetchall()
    known = con.execute("SELECT word_id, word FROM words ORDER BY word_id").fetchall()
    ways = said_ways([value for (value,) in rules], known, words)
    con.execute("CREATE TEMP TABLE rule_words (value VARCHAR, way INTEGER, word_id INTEGER, parts INTEGER)")
    rows = [
        (value, way, word_id, len(parts))
        for value, found in ways.items()
        for way, parts in enumerate(found)
        for word_id in parts
    ]
    fill(con, "rule_words", [*rows])


def said_ways(
    values: list[str], known: list[tuple[int, str]], words: Path | None = None
) -> dict[str, list[tuple[int, ...]]]:
    """The ways in which each of ``values`` can be said in words of the dictionary ``known`` (word_id, word): a word of
    the same meaning, or all the words of a phrase. None, if no text says it."""
    readings = _readings([*values, *(word for _, word in known)], words or WORDS)
    ids: dict[Reading, list[int]] = {}
    for (word_id, _), reading in zip(known, readings[len(values) :], strict=True):
        ids.setdefault(reading, []).append(word_id)
    return {value: list(_ways(reading, ids)) for value, reading in zip(values, readings, strict=False)}


def _ways(reading: Reading, ids: dict[Reading, list[int]]) -> Iterator[tuple[int, ...]]:
    yield from ((word_id,) for word_id in ids.get(reading, ()) if reading)
    parts = [ids.get((part,), []) for part in dict.fromkeys(reading)]
    if len(parts) > 1 and all(parts):
        yield tuple(found[0] for found in parts)


def _readings(texts: list[str], words: Path) -> list[Reading]:
    """What each text says, read as the texts of the load are."""
    vocabulary = Vocabulary(word_policy(words))
    found: list[list[int]] = [[]]
    for form in vocabulary.read(simplified(texts)).tolist():
        if form == END:
            found.append([])
        elif form != BREAK:
            found[-1].append(vocabulary.word_of[form])
    return [tuple(reading) for reading in found[:-1]]
