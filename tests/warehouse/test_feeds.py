"""Feeds are sorted by the policy's words, in simplified and traditional characters; only fit praise may be quoted."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.cause_world import WORDS, Said, read
from warehouse import sample
from warehouse.derive.feeds import create_feeds
from warehouse.derive.feeds.policy import read_feed_policy
from warehouse.derive.feeds.wishes import merged, name_wishes, phrase
from warehouse.derive.simplified import create_simplified
from warehouse.errors import LoadError
from warehouse.publish import current

Write = Callable[[str, str], Path]
POLICY = """
[bought]
categories = ["Repair"]
touchpoints = ["return"]
words = ["订单", "i bought"]

[sticking.choice]
en = "Which one"
zh = "选型"
words = ["怎么选", "which"]

[sticking.price]
en = "Price"
zh = "价格"
words = ["折扣", "warrant"]

[sticking.stock]
en = "Shops"
zh = "门店"
words = ["哪裡买"]

[demand]
words = ["希望增加", "i wish"]
most_topics = 4
least_texts = 2

[praise]
least_letters = 10
most_unhappy = 0.2
"""
TEXTS: list[tuple[str, str, str, int | None]] = [
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
    ("praise", "csat", "很快很好, 客服很耐心", 5),
    ("praise", "csat", "客服很耐心。很快很好！", 5),
    ("praise", "csat", "客服很耐心, 客服很耐心", 5),
    ("question", "enquiry", "訂單有折扣嗎", None),
    ("question", "consultation", "订单有折扣吗", None),
    ("question", "enquiry", "i bought one, which filter", None),
    ("question", "enquiry", "which part", None),
    ("question", "enquiry", "which way back", None),
    ("question", "enquiry", "濾芯哪裡買", None),
    ("question", "enquiry", "濾芯哪裏買", None),
]
CATEGORIES, TOUCHPOINTS = {19: "Repair"}, {20: "return"}


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    made.execute(
        "CREATE TABLE all_texts (text_id INTEGER, pool VARCHAR, kind VARCHAR, score INTEGER, has_text BOOLEAN, "
        "category VARCHAR, touchpoint VARCHAR)"
    )
    made.execute("CREATE TABLE words (word_id INTEGER, word VARCHAR, is_part BOOLEAN)")
    made.execute("CREATE TABLE signs (subject VARCHAR, value VARCHAR)")
    made.execute("CREATE TABLE rule_words (value VARCHAR, word_id INTEGER, parts INTEGER)")
    made.execute("CREATE TABLE topic_rules AS SELECT 100 AS sample_texts")
    create_simplified(made)
    made.execute("CREATE TABLE plain_texts (text_id INTEGER, text VARCHAR)")
    made.execute("CREATE TABLE text_moods AS SELECT 12 AS text_id, 0.7 AS unhappy")
    made.execute("CREATE TABLE text_words AS SELECT 8 AS text_id, 1 AS word_id, 'praise' AS pool")
    for number, (pool, kind, text, score) in enumerate(TEXTS, 1):
        place = [CATEGORIES.get(number), TOUCHPOINTS.get(number)]
        made.execute("INSERT INTO all_texts VALUES (?, ?, ?, ?, true, ?, ?)", [number, pool, kind, score, *place])
        made.execute("INSERT INTO plain_texts SELECT ?, simplified(?)", [number, text])
    return made


def test_each_text_goes_where_its_words_belong(con: duckdb.DuckDBPyConnection, write: Write) -> None:
    create_feeds(con, write("feeds.toml", POLICY))
    found = con.execute("SELECT text_id, topic FROM feed_texts WHERE feed = 'sticking' ORDER BY ALL").fetchall()
    assert found == [
        (1, "choice"),
        (1, "price"),
        (2, "choice"),
        (3, "price"),
        (4, None),
        (17, "price"),
        (21, "stock"),
        (22, "stock"),
    ]
    left_out = con.execute("SELECT text_id, topic FROM feed_texts WHERE feed = 'bought' ORDER BY 1").fetchall()
    assert left_out == [(16, None), (18, None), (19, None), (20, None)]
    assert con.execute("SELECT text_id FROM feed_texts WHERE feed = 'demand' ORDER BY 1").fetchall() == [(6,), (7,)]
    assert con.execute("SELECT text_id, same, typical > 0 FROM testimonials").fetchall() == [
        (8, 8, True),
        (9, 8, False),
        (13, 13, False),
        (14, 13, False),
    ]


WISHES = [
    *["在上海，希望增加老人模式，很期待"] * 3,
    *["希望增加老人模式。谢谢", "您好！希望增加老人模式", "希望增加老人模式，內測可以找我"],
    *["希望加湿器支持多楼层地图，谢谢", "希望音箱支持多楼层地图，很期待"] * 3,
    *["hello, please add a dark mode, others have it", "please add a dark mode. thanks"] * 3,
    *["就更好了", "快就更好了", "盐就更好了", "慢就更好了"],
]


def test_wishes_are_called_by_what_most_of_them_say_alike() -> None:
    """The longest phrase that is said most often about the topic, not what surrounds it; never the wish alone."""
    told = re.compile("希望增加|就更好")
    clauses = [re.split("[,，。!！.]", text) for text in WISHES]
    assert phrase(clauses[:6], ["老人", "模式"], told) == "希望增加老人模式"
    assert phrase(clauses[6:12], ["地图"], told) == "支持多楼层地图"
    assert phrase(clauses[12:18], ["dark mode"], told) == "please add a dark mode"
    assert phrase(clauses[18:], ["更好"], told) == ""
    assert phrase(clauses[:6], ["雪"], told) == "" and phrase([], ["雪"], told) == ""


def test_topics_of_which_one_holds_the_other_are_one() -> None:
    names = {1: "支持多楼层地图", 2: "希望音箱支持多楼层地图", 3: "", 4: "老人模式"}
    assert merged(names) == {1: "支持多楼层地图", 2: "支持多楼层地图", 3: "", 4: "老人模式"}


def test_wishes_find_their_topics_and_what_has_none_stays_without(write: Write) -> None:
    """By the loader's own words and topics."""
    given = [*WISHES[:18], "别的"]
    causes = "[causes.late]\nname = { en = 'Late', zh = '延误' }\nwords = ['late']\n[topics]\nignore = ['期待', '谢谢']"
    made = read([Said(text, pool="idea") for text in given], write("causes.toml", causes), write("words.toml", WORDS))
    made.execute("CREATE TABLE feed_found AS SELECT text_id, 'demand' AS feed, NULL::VARCHAR AS topic FROM all_texts")
    name_wishes(made, "希望", 3, 3)
    found = [topic for (topic,) in made.execute("SELECT topic FROM feed_found ORDER BY text_id").fetchall()]
    assert found == ["希望增加老人模式"] * 6 + ["支持多楼层地图"] * 6 + ["Please add a dark mode"] * 6 + [None]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('words = ["怎么选", "which"]', "words = []", "feeds.toml line 10, sticking choice words: is empty"),
        ('words = ["怎么选", "which"]', 'words = "x"', "must be a list"),
        ('zh = "选型"', "", "zh: is missing"),
        ('categories = ["Repair"]', "", "bought categories: must be a list, not nothing; write"),
        ("least_texts = 2", "least_texts = 1", "demand least_texts: must be a number from 2 to 10000, not 1"),
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


def test_the_sample_gives_each_department_what_it_expects(small_company: Path) -> None:
    """Planted wishes are topics by their own words; hardly a question is of no group, and none is about an order."""
    served = current(small_company)
    assert served is not None
    with duckdb.connect(served, read_only=True) as con:
        feeds = con.execute("SELECT feed, topic, count(DISTINCT text_id) FROM feed_texts GROUP BY ALL").fetchall()
        asked = con.execute(_ASKED).fetchall()
    wishes = {topic: n for feed, topic, n in feeds if feed == "demand"}
    texts = tomllib.loads((Path(sample.__file__).parent / "texts" / "zh.toml").read_text(encoding="utf-8"))
    planted = [wish.lower().split("{product}")[-1] for wish in texts["idea"]["what"]]
    named = wishes.keys() - {None}
    assert len(named) >= 3 and all(any(wish in name for wish in planted) for name in named)
    assert wishes.get(None, 0) < 0.5 * sum(wishes.values())
    counts = {feed: {topic: n for of, topic, n in feeds if of == feed} for feed in ("sticking", "bought")}
    assert counts["sticking"].get(None, 0) < 0.02 * sum(counts["sticking"].values()) and counts["bought"][None] > 50
    assert len(asked) > 500 and not [text for (text,) in asked if re.search("退款|订单|訂單|refund|my order", text)]


_ASKED = """
SELECT lower(coalesce(t.text, i.text))
FROM (SELECT DISTINCT text_id FROM feed_texts WHERE feed = 'sticking')
JOIN fact_texts AS f USING (text_id)
LEFT JOIN fact_tickets AS t ON t.ticket_id = f.ticket_id
LEFT JOIN fact_interactions AS i ON i.interaction_id = f.interaction_id
"""
