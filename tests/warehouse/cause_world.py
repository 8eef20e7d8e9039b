"""A hand-made company of texts, read by the loader's own steps for words, causes and topics."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.derive.causes import assign_causes, create_cause_rules
from warehouse.derive.words import create_words

_DIMENSIONS = ("tier", "segment", "region", "industry", "channel", "department", "team", "product")
_POOLS = "CREATE TYPE dim_pool AS ENUM ('complaint', 'praise', 'idea', 'question', 'other')"
WORDS = """
least_texts = 1
[keep]
zh = ["慢"]
[negation]
zh = ["不", "没"]
en = ["not"]
[stop]
en = ["the"]
"""


@dataclass(frozen=True)
class Said:
    """One text with what else is known of it."""

    text: str
    category: str | None = None
    touchpoint: str | None = None
    pool: str = "complaint"
    source: str = "ticket"


def read(texts: Sequence[Said], causes: Path, words: Path) -> duckdb.DuckDBPyConnection:
    """The tables of a load up to ``text_causes``; ``text_id`` counts ``texts`` from 1."""
    con = duckdb.connect()
    con.execute(_POOLS)
    con.execute(
        "CREATE TABLE given (text_id INTEGER, text VARCHAR, category VARCHAR, touchpoint VARCHAR, pool dim_pool, "
        "source VARCHAR)"
    )
    rows = [
        [number, said.text, said.category, said.touchpoint, said.pool, said.source]
        for number, said in enumerate(texts, 1)
    ]
    if rows:
        con.executemany("INSERT INTO given VALUES (?, ?, ?, ?, ?, ?)", rows)
    dimensions = ", ".join(f"'x' AS {name}" for name in _DIMENSIONS)
    con.execute(
        "CREATE TABLE all_texts AS SELECT text_id, pool, source, text <> '' AS has_text, category, "
        f"touchpoint, DATE '2026-01-01' AS day, {dimensions} FROM given"
    )
    con.execute("CREATE TABLE plain_texts AS SELECT text_id, text FROM given WHERE text <> '' ORDER BY text_id")
    create_cause_rules(con, causes)
    create_words(con, words)
    assign_causes(con, words)
    return con


def caused(con: duckdb.DuckDBPyConnection) -> list[tuple[str | None, str | None, str | None]]:
    """(cause, cause_by, scenario) of every text, in order."""
    return con.execute(
        "SELECT cause, cause_by, scenario FROM all_texts LEFT JOIN text_causes USING (text_id) ORDER BY text_id"
    ).fetchall()
