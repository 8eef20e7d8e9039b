"""What wishes are for: topics of the texts that wish for something, each called by what most of its texts say alike."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import duckdb

from warehouse.derive.causes.assign import fill
from warehouse.derive.causes.topics import group_texts

_WANTED = "SELECT text_id FROM feed_found WHERE feed = 'demand'"
_SAID = """
SELECT topic, text, pool = 'idea'
FROM closest
JOIN plain_texts USING (text_id)
JOIN all_texts USING (text_id)
QUALIFY row_number() OVER (PARTITION BY topic ORDER BY text_id) <= 300
ORDER BY topic, text_id
"""
_WORDS = """
SELECT topic, list(word ORDER BY weight DESC, word)[:3]
FROM topic_weights
JOIN words USING (word_id)
WHERE topic IN (SELECT topic FROM closest)
GROUP BY topic
ORDER BY topic
"""
_NAMED = """
UPDATE feed_found SET topic = wish_names.name
FROM closest JOIN wish_names USING (topic)
WHERE feed = 'demand' AND feed_found.text_id = closest.text_id
"""
_CLAUSE = re.compile(r"[,，。!！?？;；:：~～…•]+|[.](?=\s|$)")
_PART = re.compile(r"[^\W_一-龥]+|[一-龥]")
_LONGEST = 16
"""A name has at most so many English words or Chinese characters."""


def name_wishes(con: duckdb.DuckDBPyConnection, wish: str, most: int, least: int) -> None:
    """Give the rows of feed "demand" in ``feed_found`` their topic: a phrase, or NULL for what has little in common.

    ``wish``: the expression that tells a wish; ``most`` topics at most, of ``least`` texts at least.
    """
    group_texts(con, _WANTED, most, least)
    words: dict[int, Sequence[str]] = dict(con.execute(_WORDS).fetchall())
    clauses: dict[int, list[list[str]]] = {topic: [] for topic in words}
    told = re.compile(wish)
    for topic, text, is_idea in con.execute(_SAID).fetchall():
        found = _CLAUSE.split(text)
        clauses[topic].append([clause for clause in found if is_idea or told.search(clause)])
    names = {topic: phrase(said, words[topic], told) for topic, said in clauses.items()}
    con.execute("CREATE TEMP TABLE wish_names (topic INTEGER, name VARCHAR)")
    fill(con, "wish_names", [(topic, name.capitalize()) for topic, name in merged(names).items() if name])
    con.execute(_NAMED)


def phrase(texts: Sequence[Sequence[str]], words: Iterable[str], wish: re.Pattern[str]) -> str:
    """What most of ``texts``, each a list of clauses, say alike about any of ``words``: the longer and the more often
    said, the better. Empty where no two say the same, or no more than that they wish."""
    counts: Counter[str] = Counter()
    length: dict[str, int] = {}
    for clauses in texts:
        found = {part: size for clause in clauses for part, size in _parts(clause)}
        counts.update(part for part in found if any(word in part for word in words))
        length |= found
    best = max(counts, key=lambda part: (counts[part] * (length[part] - 1), part), default="")
    return best if counts[best] > 1 and len(wish.sub("", best).strip()) > 1 else ""


def _parts(clause: str) -> Iterator[tuple[str, int]]:
    """Every run of English words or Chinese characters, with its length."""
    marks = [match.span() for match in _PART.finditer(clause)]
    for start in range(len(marks)):
        for end in range(start + 1, min(start + _LONGEST, len(marks))):
            yield clause[marks[start][0] : marks[end][1]], end - start + 1


def merged(names: Mapping[int, str]) -> dict[int, str]:
    """Topics of which one's name is part of the other's are one topic, under the shorter name."""
    return {
        topic: min((n for n in names.values() if n and n in name), key=len, default="") for topic, name in names.items()
    }
