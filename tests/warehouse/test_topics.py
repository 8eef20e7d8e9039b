"""Topics of what no rule covers: planted ones are found, the rest is left alone, and little is not grouped at all."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.cause_world import WORDS, Said, read
from warehouse.derive.causes import create_topics, topics

Write = Callable[[str, str], Path]
CAUSES = """
[causes.late]
name = { en = "Late", zh = "延误" }
words = ["late"]
[topics]
most = 3
least_texts = 10
ignore = ["everywhere"]
"""
PLANTED = {
    "coffee": ["coffee", "cup", "lid", "milk"],
    "门锁": ["门锁", "指纹", "钥匙", "密码"],
    "window": ["window", "curtain", "light", "glass"],
}
NOISE = ["table", "river", "cloud", "stone", "grass", "music"]


def texts(seed: int) -> list[tuple[str, Said]]:
    """Sixty texts about each planted topic with words of no topic between, each named by its topic."""
    drawn = random.Random(seed)
    found = []
    for name, words in PLANTED.items():
        for _ in range(60):
            said = drawn.sample(words, 2) + drawn.sample(NOISE, 1) + ["everywhere"]
            found.append((name, Said("，".join(said) if name == "门锁" else " ".join(said))))
    drawn.shuffle(found)
    return found


def grouped(write: Write, given: list[Said]) -> duckdb.DuckDBPyConnection:
    con = read(given, write("causes.toml", CAUSES), write("words.toml", WORDS))
    create_topics(con)
    return con


def test_planted_topics_are_found_and_named_by_their_words(write: Write) -> None:
    planted = texts(1)
    covered = [Said("late coffee cup", pool="complaint")] * 20
    with grouped(write, [*(said for _, said in planted), *covered]) as con:
        found = dict(con.execute("SELECT text_id, topic_id FROM text_topics").fetchall())
        named = con.execute("SELECT topic_id, pool, words, texts FROM topics ORDER BY topic_id").fetchall()
        pools = con.execute("SELECT texts, needed, topics FROM topic_pools").fetchall()
    topic_of = {}
    for topic, of, words, count in named:
        name = next(name for name, own in PLANTED.items() if words[0] in own)
        topic_of[topic] = name
        assert of == "complaint" and set(words[:4]) == set(PLANTED[name]) and "everywhere" not in words
        assert count == sum(each == topic for each in found.values())
    assert sorted(topic_of.values()) == sorted(PLANTED) and pools == [(180, 20, 3)]
    right = sum(topic_of[found[number]] == name for number, (name, _) in enumerate(planted, 1) if number in found)
    assert right == len(found) >= 175
    assert not {number for number in found if number > 180}, "what a rule covers is in no topic"


def test_the_same_texts_give_the_same_topics(write: Write) -> None:
    given = [said for _, said in texts(2)]
    asked = "SELECT text_id, topic_id, round(fit, 5) FROM text_topics ORDER BY text_id"
    with grouped(write, given) as one, grouped(write, given) as other:
        assert one.execute(asked).fetchall() == other.execute(asked).fetchall() != []
        assert one.execute("FROM topics").fetchall() == other.execute("FROM topics").fetchall()


def test_however_few_are_drawn_all_are_assigned(write: Write) -> None:
    """Topics are looked for in sixty texts; the other two thirds go to the one they are closest to."""
    planted = texts(3)
    con = read(
        [said for _, said in planted],
        write("causes.toml", CAUSES.replace("most = 3", "most = 3\nsample_texts = 60")),
        write("words.toml", WORDS),
    )
    with con:
        create_topics(con)
        found = con.execute("SELECT text_id, topic_id FROM text_topics").fetchall()
    assert len(found) > 150
    sides = Counter((topic, planted[number - 1][0]) for number, topic in found)
    assert sum(
        max(n for (topic, _), n in sides.items() if topic == each) for each in {t for t, _ in sides}
    ) >= 0.95 * len(found)


def test_few_texts_are_not_grouped(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing large is loaded for them; the numbers say why."""
    monkeypatch.setattr(topics, "_topic_weights", None)
    for count in (0, 5):
        with grouped(write, [Said("coffee cup lid")] * count) as con:
            assert con.execute("SELECT count(*) FROM topics").fetchall() == [(0,)]
            assert con.execute("SELECT texts, needed FROM topic_pools").fetchall() == [(count, 20)]
