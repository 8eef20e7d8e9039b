"""Rules that people accepted complete what the load knew: under them some texts have a cause that they had not.

Questions read the facts under their own names. Where a rule stands, a cursor sees views in their place.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from store.rules import in_order, signs
from warehouse.sql import name

Row = Mapping[str, Any]
COMPLETED = frozenset({"causes", "fact_complaints", "fact_texts"})
"""The tables that accepted rules complete."""
_NEW = pa.schema([("cause", pa.string()), ("name", pa.string()), ("responsible", pa.string()), ("place", pa.int32())])
_SIGNS = pa.schema([("cause", pa.string()), ("place", pa.int32()), ("sign", pa.string()), ("value", pa.string())])
_WAYS = pa.schema([("value", pa.string()), ("way", pa.int32()), ("word_id", pa.int32()), ("parts", pa.int32())])
_VIEWS = """
CREATE TEMP VIEW fact_texts AS
SELECT
    texts.* REPLACE (
        coalesce(accepted.cause, texts.cause) AS cause,
        CASE WHEN accepted.cause IS NOT NULL THEN 'accepted' ELSE texts.cause_by END AS cause_by
    )
FROM {here}.main.fact_texts AS texts
LEFT JOIN accepted_texts AS accepted ON accepted.text_id = texts.text_id;
CREATE TEMP VIEW fact_complaints AS FROM temp.fact_texts WHERE pool = 'complaint';
CREATE TEMP VIEW causes AS
FROM {here}.main.causes
UNION ALL
SELECT cause, name AS name_en, name AS name_zh, responsible, place FROM accepted_causes;
"""
# As the load would: a category before words, the policy's words before those accepted, most words first. A comment of a
# survey keeps the cause that the policy's words gave it: its own words come before a category.
_TEXTS = """
WITH
said AS (
    SELECT text_words.text_id, accepted_signs.cause, accepted_signs.place, accepted_signs.value
    FROM text_words
    JOIN accepted_ways ON accepted_ways.word_id = text_words.word_id
    JOIN accepted_signs ON accepted_signs.sign = 'also' AND accepted_signs.value = accepted_ways.value
    GROUP BY text_words.text_id, accepted_signs.cause, accepted_signs.place, accepted_signs.value, accepted_ways.way
    HAVING count(*) = max(accepted_ways.parts)
),
counted AS (SELECT text_id, cause, place, count(DISTINCT value) AS entries FROM said GROUP BY ALL),
by_words AS (SELECT text_id, arg_min(cause, (-entries, place)) AS cause FROM counted GROUP BY text_id),
by_category AS (SELECT value, arg_min(cause, place) AS cause FROM accepted_signs WHERE sign = 'category' GROUP BY value)
SELECT texts.text_id, coalesce(by_category.cause, by_words.cause) AS cause
FROM fact_texts AS texts
LEFT JOIN by_category ON by_category.value = texts.category::VARCHAR
LEFT JOIN by_words ON by_words.text_id = texts.text_id AND texts.cause IS NULL
WHERE
    texts.cause_by IS DISTINCT FROM 'category' AND (texts.cause IS NULL OR texts.source <> 'survey')
    AND coalesce(by_category.cause, by_words.cause) IS NOT NULL
ORDER BY texts.text_id
"""


def complete(con: duckdb.DuckDBPyConnection, version: str, rules: pa.Table) -> None:
    """Let ``con`` see the facts as the accepted rules complete them; nothing changes where there is none.

    ``rules`` has the latest entry of each rule, ``version`` is what tells this warehouse from others.
    """
    standing = in_order(rules.to_pylist())
    if standing:
        texts, causes = _completed(version, tuple(map(_rule, standing)), _Held(con))
        con.register("accepted_texts", texts)
        con.register("accepted_causes", causes)
        here = con.execute("SELECT current_database()").fetchall()[0][0]
        con.execute(_VIEWS.format(here=name(here)))


def _rule(row: Row) -> "_Rule":
    return _Rule(row["cause"], row["name"], row["department"], tuple(signs(row)))


class _Rule(NamedTuple):
    cause: str
    name: str | None
    department: str | None
    signs: tuple[tuple[str, str], ...]


class _Held:
    """Carries the connection past the cache."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=4)
def _completed(_version: str, rules: tuple[_Rule, ...], held: _Held) -> tuple[pa.Table, pa.Table]:
    """Text -> cause by accepted rules, and the causes that the policy does not have; worked out once."""
    # Not at the top: it brings the dictionaries of the loader along, and most warehouses have no such rule.
    from warehouse.derive.causes.assign import said_ways

    con = held.con
    places = dict(con.execute("SELECT cause, place FROM causes").fetchall())
    new: dict[str, Row] = {}
    for rule in rules:
        if rule.cause not in places:
            places[rule.cause] = len(places)
            told = {"name": rule.name or rule.cause, "responsible": rule.department}
            new[rule.cause] = {"cause": rule.cause, "place": places[rule.cause], **told}
    known = con.execute("SELECT word_id, word FROM words ORDER BY word_id").fetchall()
    ways = said_ways([value for rule in rules for sign, value in rule.signs if sign == "also"], known)
    told_signs = [
        {"cause": rule.cause, "place": places[rule.cause], "sign": sign, "value": value}
        for rule in rules
        for sign, value in rule.signs
    ]
    con.register("accepted_signs", pa.Table.from_pylist(told_signs, _SIGNS))
    con.register("accepted_ways", pa.Table.from_pylist(_rows(ways), _WAYS))
    texts = con.execute(_TEXTS).to_arrow_table()
    return texts, pa.Table.from_pylist(list(new.values()), _NEW)


def _rows(ways: Mapping[str, list[tuple[int, ...]]]) -> list[Row]:
    return [
        {"value": value, "way": way, "word_id": word_id, "parts": len(parts)}
        for value, found in ways.items()
        for way, parts in enumerate(found)
        for word_id in parts
    ]
