"""Feeds are sorted by the policy's words, in simplified and traditional characters; only fit praise may be quoted."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from warehouse.derive.feeds import create_feeds
from warehouse.derive.feeds.policy import read_feed_policy
from warehouse.errors import LoadError

Write = Callable[[str, str], Path]
POLICY = """
[sticking.choice]
en = "Which one"
zh = "选型"
words = ["怎么选", "which"]

[sticking.price]
en = "Price"
zh = "价格"
words = ["折扣", "warrant"]

[demand]
words = ["希望增加", "i wish"]

[praise]
least_letters = 10
most_unhappy = 0.2
"""
TEXTS = [
    ("question", "enquiry", "两个怎么选, 有折扣吗", None),
    ("question", "consultation", "兩個怎麼選", None),
    ("question", "consultation", "is there a warranty", None),
    ("question", "enquiry", "sandwhich", None),
    ("question", "request", "which", None),
    ("idea", "suggestion", "加一个灯", None),
    ("other", "problem", "希望增加說明", None),
    ("praise", "nps", "客服很耐心很快", 9),
    ("praise", "nps", "客服很耐心很快", 10),
    ("praise", "csat", "客服很耐心很快", 4),
    ("praise", "csat", "好", 5),
    ("praise", "csat", "it took long, but well", 5),
]


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    made.execute(
        "CREATE TABLE all_texts (text_id INTEGER, pool VARCHAR, kind VARCHAR, score INTEGER, has_text BOOLEAN)"
    )
    made.execute("CREATE TABLE plain_texts (text_id INTEGER, text VARCHAR)")
    made.execute("CREATE TABLE text_moods AS SELECT 12 AS text_id, 0.7 AS unhappy")
    made.execute("CREATE TABLE text_words AS SELECT 8 AS text_id, 1 AS word_id, 'praise' AS pool")
    for number, (pool, kind, text, score) in enumerate(TEXTS, 1):
        made.execute("INSERT INTO all_texts VALUES (?, ?, ?, ?, true)", [number, pool, kind, score])
        made.execute("INSERT INTO plain_texts VALUES (?, ?)", [number, text])
    return made


def test_each_text_goes_where_its_words_belong(con: duckdb.DuckDBPyConnection, write: Write) -> None:
    create_feeds(con, write("feeds.toml", POLICY))
    found = con.execute("SELECT text_id, topic FROM feed_texts WHERE feed = 'sticking' ORDER BY ALL").fetchall()
    assert found == [(1, "choice"), (1, "price"), (2, "choice"), (3, "price"), (4, None)]
    assert con.execute("SELECT text_id FROM feed_texts WHERE feed = 'demand' ORDER BY 1").fetchall() == [(6,), (7,)]
    assert con.execute("SELECT text_id, same, typical > 0 FROM testimonials").fetchall() == [
        (8, 8, True),
        (9, 8, False),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('words = ["怎么选", "which"]', "words = []", "feeds.toml line 5, sticking choice words: is empty"),
        ('words = ["怎么选", "which"]', 'words = "x"', "must be a list"),
        ('zh = "选型"', "", "zh: is missing"),
        ("[demand]", "[demands]", "unknown key “demands”; did you mean “demand”?"),
        ("most_unhappy = 0.2", "most_unhappy = 2", "must be a number from 0 to 1, not 2"),
        ("least_letters = 10", "", "least_letters: must be a number from 1 to 1000"),
    ],
)
def test_a_wrong_policy_gives_one_clear_error(write: Write, old: str, new: str, message: str) -> None:
    with pytest.raises(LoadError) as error:
        read_feed_policy(write("feeds.toml", POLICY.replace(old, new)))
    assert message in str(error.value)


def test_the_policy_that_comes_with_the_product_can_be_read() -> None:
    assert len(read_feed_policy().groups) > 5
