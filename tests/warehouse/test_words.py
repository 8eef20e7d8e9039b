"""Words of complaints: what counts as one, the policy that says so, and the tables against a count by hand."""

import re
from collections.abc import Callable
from math import log
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from warehouse.derive.phrases import BREAK, END, Phrases, find_phrases
from warehouse.derive.simplified import simplified
from warehouse.derive.vocabulary import Vocabulary, word_policy
from warehouse.derive.words import create_words
from warehouse.errors import LoadError
from warehouse.load import load
from warehouse.publish import current

Write = Callable[[str, str], Path]
POLICY = """
least_texts = 1
[phrases]
least_texts = 3
strength = 0.5
[synonyms]
"退款" = ["退钱"]
"money" = ["cash"]
[apart]
en = ["charged"]
[together]
zh = ["送餐员"]
en = ["call back"]
[keep]
zh = ["慢"]
[negation]
zh = ["不", "没", "没有"]
en = ["not", "no", "never"]
across = ["yet", "太"]
[stop]
zh = ["的", "了", "客服", "一个"]
en = ["the", "is", "has", "my", "order"]
company = ["acme"]
"""


@pytest.fixture
def policy(write: Write) -> Path:
    return write("policy.toml", POLICY)


def said(policy: Path, *texts: str) -> list[list[str]]:
    """The words of each text, in the form in which they are written, in order."""
    vocabulary = Vocabulary(word_policy(policy))
    told = "\x1f".join(["", "\n", *vocabulary.forms[2:]][form] for form in vocabulary.read(texts))
    return [[form for form in text.split("\x1f") if form] for text in told.split("\n")[:-1]]


def same(policy: Path, *texts: str) -> bool:
    """Whether texts of one word say the same one."""
    vocabulary = Vocabulary(word_policy(policy))
    forms = [form for form in vocabulary.read(texts) if form > END]
    assert len(forms) == len(texts)
    return len({vocabulary.word_of[form] for form in forms}) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("物流太慢了", ["物流", "太慢"]),
        ("送餐员的态度", ["送餐员", "态度"]),
        ("慢", ["慢"]),
        ("了的吗", []),
        ("不好吃", ["不好吃"]),
        ("没有更新", ["没有更新"]),
        ("没到", ["没到"]),
        ("不，好吃", ["好吃"]),
        ("the refund is late", ["refund", "late"]),
        ("not arrived yet", ["not arrived"]),
        ("has not yet arrived", ["not arrived"]),
        ("never came. refund", ["never came", "refund"]),
        ("no, refund", ["refund"]),
        ("please call back", ["please", "call back"]),
        ("acme orders", []),
        ("app 3 o12345 x", ["app"]),
        ("app 打开 crash", ["app", "打开", "crash"]),
        ("不 refund", ["refund"]),
        ("", []),
    ],
)
def test_the_words_of_a_text(policy: Path, text: str, words: list[str]) -> None:
    assert said(policy, text) == [words]


def test_texts_do_not_run_into_each_other(policy: Path) -> None:
    assert said(policy, "is not", "arrived", "没", "更新") == [[], ["arrived"], [], ["更新"]]


def test_traditional_and_simplified_are_one_word(policy: Path) -> None:
    assert same(policy, *simplified(["態度", "态度"])) and same(policy, *simplified(["沒更新", "没有更新"]))
    assert not same(policy, "态度", "服务")


def test_synonyms_are_one_word(policy: Path) -> None:
    assert same(policy, "退款", "退钱") and same(policy, "cash", "money")
    assert same(policy, "no cash", "no money") and not same(policy, "cash", "no cash")


def test_inflections_are_one_word_and_negations_another(policy: Path) -> None:
    assert same(policy, "refund", "refunds", "refunded", "refunding")
    assert same(policy, "not arrived", "not arrive")
    assert not same(policy, "arrived", "not arrived")


def test_an_inflection_that_means_something_else_is_a_word_of_its_own(policy: Path) -> None:
    assert same(policy, "charge", "charging", "charges")
    assert not same(policy, "charged", "charging") and not same(policy, "not charged", "not charging")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("least_texts = 0", "least_texts: must be a whole number from 1"),
        ("least_texts = true", "least_texts: must be a whole number from 1"),
        ("[stopp]\nen = []", "unknown name “stopp”"),
        ("[stop]\nde = []", "unknown name “de”; known: company, en, other, zh"),
        ("[stop]\nen = 'the'", "[stop] en: must be a list of words in quotes"),
        ("[keep]\nzh = ['慢', 3]", "[keep] zh: must be a list of words in quotes"),
        ("keep = ['慢']", "[keep]: must be a table of lists"),
        ("[stop\n", "not valid TOML"),
        ("[phrases]\nleast = 3", "[phrases]: unknown name “least”; known: least_texts, strength"),
        ("[phrases]\nstrength = 2", "[phrases] strength: must be a number above 0 and up to 1, not 2"),
        ("[phrases]\nleast_texts = 'x'", "[phrases] least_texts: must be a whole number from 1"),
        ("phrases = 3", "[phrases]: must be a table"),
        ("[synonyms]\na = 'b'", "[synonyms] a: must be a list of words in quotes"),
        ("[synonyms]\na = ['b']\nc = ['b']", "[synonyms] c: “b” stands in this table twice"),
        ("[synonyms]\na = ['b']\nb = ['c']", "[synonyms] a: “b” stands in this table twice"),
        ("synonyms = ['a']", "[synonyms]: must be a table of lists"),
    ],
)
def test_a_wrong_policy_gives_one_clear_error(write: Write, text: str, message: str) -> None:
    with pytest.raises(LoadError, match=re.escape(message)) as error:
        word_policy(write("words.toml", text))
    assert str(error.value).startswith("words.toml")


def test_the_policy_that_comes_with_the_product_can_be_read() -> None:
    assert word_policy().least_texts >= 1


CORPUS = {
    1: "refund refund late",
    2: "refunds not arrived",
    3: "refunded 太慢",
    4: "太慢 太慢 late",
    5: "the 了",
    6: "once only",
}


def _texts(con: duckdb.DuckDBPyConnection, texts: dict[int, str]) -> None:
    """The tables that words are read from."""
    con.execute("CREATE TABLE plain_texts (text_id INTEGER, text VARCHAR)")
    con.executemany("INSERT INTO plain_texts VALUES (?, ?)", list(texts.items()))
    columns = "tier, segment, region, industry, channel, department, team, product"
    con.execute(
        "CREATE TABLE all_texts AS SELECT text_id, 'complaint' AS pool, 'ticket' AS source, DATE '2026-01-01' AS day, "
        + ", ".join(f"'x' AS {name}" for name in columns.split(", "))
        + " FROM plain_texts"
    )


def test_each_word_counts_once_a_text_in_its_commonest_form_if_enough_say_it(write: Write) -> None:
    con = duckdb.connect()
    _texts(con, CORPUS)
    create_words(con, write("policy.toml", POLICY.replace("least_texts = 1", "least_texts = 2")))
    found = con.execute("SELECT word, text_id FROM text_words JOIN words USING (word_id) ORDER BY ALL").fetchall()
    assert found == [("late", 1), ("late", 4), ("refund", 1), ("refund", 2), ("refund", 3), ("太慢", 3), ("太慢", 4)]
    assert con.execute("SELECT word, language FROM words ORDER BY word").fetchall() == [
        ("late", "en"),
        ("refund", "en"),
        ("太慢", "zh"),
    ]


def _stream(*texts: list[int]) -> np.ndarray:
    return np.array([number for text in texts for number in (*text, END)], dtype=np.int32)


def test_neighbours_that_hardly_ever_part_are_a_phrase() -> None:
    """2 and 3 stand side by side ten times; 4 and 5 only as often as chance has it; 6 is of another language."""
    stream = _stream(*[[2, 3]] * 10, *[[4, BREAK, 5], [4, 4], [5, 5], [4, 5], [5, 4]] * 10, *[[2, 6]] * 10)
    languages = np.array([0, 0, 1, 1, 1, 1, 2], dtype=np.int8)
    found = find_phrases(stream, languages, least=10, strength=0.5)
    assert (found.keys.tolist(), found.counts.tolist()) == ([2 * 7 + 3], [10])
    n, together = 140, log(10 / 140)
    strength = (together - log(20 / n) - log(10 / n)) / -together
    assert len(find_phrases(stream, languages, 10, strength - 1e-9).keys) == 1
    assert len(find_phrases(stream, languages, 10, strength + 1e-9).keys) == 0
    assert len(find_phrases(stream, languages, 11, 0.5).keys) == 0


def test_of_phrases_that_overlap_the_earlier_one_counts() -> None:
    phrases = Phrases(5, np.array([2 * 5 + 2, 2 * 5 + 3]), np.array([9, 9]))
    stream = _stream([2, 2, 2, 2], [2, 2, 3], [4, 2, 3], [2], [2, BREAK, 2])
    places, numbers = phrases.within(stream)
    assert list(zip(places.tolist(), numbers.tolist(), strict=True)) == [(0, 5), (2, 5), (5, 5), (10, 6)]


def test_phrases_are_words_too_and_parts_that_never_stand_alone_are_marked(write: Write) -> None:
    texts = ["spare part missing"] * 4 + ["missing screw"] * 4 + ["part late", "late parts", "late", "the spare part"]
    with duckdb.connect() as con:
        _texts(con, dict(enumerate([f"{text} {'x' * n}" for n, text in enumerate(texts)], 1)))
        create_words(con, write("policy.toml", POLICY))
        found = {row[0]: row[1:] for row in con.execute("SELECT word, texts, is_part FROM words").fetchall()}
    assert found["spare part"] == (5, False) and found["spare"] == (5, True) and found["part"] == (7, False)
    assert found["missing"] == (8, False)


TICKETS = """ticket_id,kind,opened_at,category,satisfaction,text
t1,complaint,2026-01-05 10:00:00,A,,"My refund hasn't arrived. Mail me at late@example.com"
t2,complaint,2026-01-04 10:00:00,A,,物流太慢
t3,enquiry,2026-01-03 10:00:00,A,4,refund late
t4,complaint,2026-01-03 10:00:00,A,,
t5,complaint,2026-01-06 10:00:00,B,,物流 refunds late délai
t6,suggestion,2026-01-06 10:00:00,B,,add a lamp
t7,problem,2026-01-06 10:00:00,B,,
"""
CONTACTS = """interaction_id,happened_at,channel,kind,direction,text
i1,2026-01-05 10:00:00,chat,enquiry,inbound,how long
i2,2026-01-05 10:00:00,phone,follow_up,outbound,called them
i3,2026-01-08 10:00:00,app,,,hello
i4,2026-01-08 10:00:00,app,enquiry,inbound,
"""
SURVEYS = """survey_id,kind,score,answered_at,ticket_id,comment
s1,nps,6,2026-01-07 10:00:00,t1,物流 délai
s2,nps,7,2026-01-07 10:00:00,,物流
s3,csat,2,,,delai refund
s4,csat,3,2026-01-07 10:00:00,,refund
s5,csat,1,2026-01-07 10:00:00,,
s6,nps,9,2026-01-07 10:00:00,,top
"""


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of those files, made once; read only."""
    files = tmp_path_factory.mktemp("heard")
    for name, text in {"tickets": TICKETS, "surveys": SURVEYS, "interactions": CONTACTS}.items():
        (files / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEAM_TIMEZONE", "UTC")
        load([files], folder=files / "warehouse")
    return files / "warehouse"


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    """What is published there."""
    served = current(folder)
    assert served is not None
    return duckdb.connect(served, read_only=True)


def test_which_texts_are_complaints(heard: Path) -> None:
    with opened(heard) as con:
        found = con.execute(
            "SELECT text_id, ticket_id, survey_id, category, has_text FROM fact_complaints ORDER BY text_id"
        ).fetchall()
    assert found == [
        (1, "t4", None, "A", False),
        (2, "t2", None, "A", True),
        (3, "t1", None, "A", True),
        (4, "t5", None, "B", True),
        (5, "t1", "s1", "A", True),
        (6, None, "s3", None, True),
    ]


def test_addresses_accents_and_contractions(heard: Path) -> None:
    """The product's own policy: words that two texts say; "hasn't arrived" is said once only."""
    with opened(heard) as con:
        found = con.execute(
            "SELECT word, list(text_id ORDER BY text_id) FROM text_words JOIN words USING (word_id) "
            "WHERE pool = 'complaint' GROUP BY ALL"
        ).fetchall()
    assert dict(found) == {"refund": [3, 4, 6], "late": [4], "物流": [2, 4, 5], "delai": [4, 5, 6]}


def test_every_text_is_in_one_pool(heard: Path) -> None:
    with opened(heard) as con:
        found = con.execute(
            "SELECT pool, source, coalesce(survey_id, interaction_id, ticket_id), score, unhappy, mood_by "
            "FROM fact_texts ORDER BY text_id"
        ).fetchall()
    assert found[4:] == [
        ("complaint", "survey", "s1", 6, 1.0, "label"),
        ("complaint", "survey", "s3", 2, 1.0, "label"),
        ("praise", "survey", "s6", 9, 0.0, "label"),
        ("idea", "ticket", "t6", None, None, None),
        ("question", "ticket", "t3", 4, 0.0, "label"),
        ("question", "interaction", "i1", None, None, None),
        ("other", "survey", "s2", 7, None, None),
        ("other", "survey", "s4", 3, None, None),
        ("other", "interaction", "i3", None, None, None),
    ]


def test_without_complaints_the_tables_are_empty(folder: Path, write: Write) -> None:
    load([write("orders.csv", "order_id,customer_id,ordered_at,amount\no1,c1,2026-01-01 10:00:00,9\n")])
    with opened(folder) as con:
        for table in ("fact_texts", "fact_complaints", "words", "text_words"):
            assert con.execute(f"SELECT count(*) FROM {table}").fetchall() == [(0,)]


@pytest.mark.real
def test_the_reviews_of_a_delivery_service_read_as_complaints(waimai: Path, real: Path) -> None:
    """What Chinese readers complain of is among the most frequent words, and no particle is."""
    with opened(waimai) as con:
        top = [
            word
            for (word,) in con.execute(
                "SELECT word FROM text_words JOIN words USING (word_id) WHERE pool = 'complaint' "
                "GROUP BY word ORDER BY count(*) DESC LIMIT 80"
            ).fetchall()
        ]
        (texts,) = con.execute("SELECT count(*) FROM fact_complaints WHERE has_text").fetchall()[0]
        (slow,) = con.execute(
            "SELECT count(*) FROM text_words JOIN words USING (word_id) WHERE word = '难吃' AND pool = 'complaint'"
        ).fetchall()[0]
    raw = pd.read_csv(real / "waimai" / "waimai_10k.csv")
    negative = raw.loc[raw["label"] == 0, "review"]
    assert texts == len(negative)
    for wanted in (
        "送餐|配送",
        "太慢|慢",
        "难吃",
        "味道",
        "态度|服务态度",
        "量少|分量|太少|少",
        "凉了|凉|冷",
        "不好吃",
    ):
        assert set(wanted.split("|")) & set(top[:50]), wanted
    assert not {"的", "了", "吗", "吧", "我", "也", "就", "很", "是", "不", "我们", "没有", "一个"} & set(top)
    # Segmentation may read 难吃 as part of a longer word now and then, never the other way round.
    containing = int(negative.str.contains("难吃|難吃").sum())
    assert 0.85 * containing <= slow <= containing
