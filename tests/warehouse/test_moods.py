"""The mood of texts: learned from marks, tried on texts not seen, and silent where there is nothing to learn from."""

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from warehouse.derive.build import FOLDER
from warehouse.derive.moods import create_moods
from warehouse.derive.moods.grams import grams
from warehouse.derive.moods.model import Learned, learn
from warehouse.derive.moods.policy import read_mood_policy
from warehouse.derive.moods.proof import bands, record
from warehouse.errors import LoadError

Write = Callable[[str, str], Path]
POLICY = """least_each = 20
max_texts = 1000
longest = 3
least_seen = 2
strictness = 0.25
folds = 5
"""
BAD = ("太慢", "坏了", "没人管", "难吃", "broken", "rude", "never came")
GOOD = ("很快", "好用", "耐心", "好吃", "lovely", "quick", "works well")
ABOUT = ("配送", "客服", "安装", "净水器", "parcel", "agent", "filter", "app")


def said(n: int, seed: int = 1) -> tuple[list[str], np.ndarray[Any, Any]]:
    """``n`` different texts that bad or good words are in, and a few with the wrong label."""
    draw = random.Random(seed)
    texts: dict[str, float] = {}
    while len(texts) < n:
        unhappy = draw.random() < 0.4
        words = draw.sample(ABOUT, 3) + draw.sample(BAD if unhappy else GOOD, 1) + draw.sample(ABOUT, 2)
        texts.setdefault("，".join(words), float(unhappy != (draw.random() < 0.08)))
    return list(texts), np.array(list(texts.values()))


@pytest.fixture(scope="module")
def learned() -> Learned:
    return learn(*said(800), read_mood_policy())


def test_texts_are_told_apart_that_were_not_seen(learned: Learned) -> None:
    """One label in twelve is wrong, so that much stays."""
    texts, labels = said(800)
    found = record(labels, learned.held_out)
    assert found.right is not None and found.right / len(texts) > 0.88 and found.better
    assert learned.model.unhappy(["配送太慢"])[0] > 0.7 > 0.3 > learned.model.unhappy(["客服很耐心"])[0]


def test_nothing_is_found_in_shuffled_labels() -> None:
    texts, labels = said(800)
    shuffled = np.array(random.Random(3).sample(labels.tolist(), len(labels)))
    found = record(shuffled, learn(texts, shuffled, read_mood_policy()).held_out)
    assert not found.better
    assert found.right is not None and found.right_base is not None and found.auc is not None
    assert abs(found.right - found.right_base) / len(texts) < 0.05 and abs(found.auc - 0.5) < 0.07


def test_record_and_bands_against_scikit_learn(learned: Learned) -> None:
    from sklearn.calibration import calibration_curve
    from sklearn.metrics import accuracy_score, brier_score_loss, roc_auc_score

    _, labels = said(800)
    found = record(labels, learned.held_out)
    assert found.right == accuracy_score(labels, learned.held_out >= 0.5, normalize=False)
    assert found.auc == pytest.approx(roc_auc_score(labels, learned.held_out))
    assert found.brier == pytest.approx(brier_score_loss(labels, learned.held_out))
    rate, expected = calibration_curve(labels, learned.held_out, n_bins=10)
    here = list(bands(labels, learned.held_out))
    assert [mean for _, _, mean, _ in here] == pytest.approx(expected.tolist())
    assert [unhappy / n for _, n, _, unhappy in here] == pytest.approx(rate.tolist())
    assert all(abs(unhappy / n - mean) < 0.2 for _, n, mean, unhappy in here if n >= 30)


def test_runs_of_characters_are_those_of_scikit_learn() -> None:
    """As many as its analyser makes, equal ones in one bucket, others (nearly always) in others."""
    from sklearn.feature_extraction.text import CountVectorizer

    texts = [*said(50)[0], "", "a", "好"]
    places, buckets = grams(texts, 3)
    analyse = CountVectorizer(analyzer="char", ngram_range=(1, 3)).build_analyzer()
    runs = [analyse(text) for text in texts]
    assert np.bincount(places, minlength=len(texts)).tolist() == [len(each) for each in runs]
    for place, each in enumerate(runs):
        assert len(set(buckets[places == place])) == len(set(each))


def test_numbers_make_no_difference() -> None:
    with world(0) as con:
        con.execute("INSERT INTO all_texts VALUES (90, 'survey', NULL), (91, 'survey', NULL)")
        con.execute("INSERT INTO plain_texts VALUES (90, '送货慢了12天'), (91, '送货慢了3天')")
        create_moods(con)
        found = con.execute("SELECT text, source FROM mood_texts WHERE text LIKE '送货%'").fetchall()
    assert found == [("送货慢了0天", "survey")]


def world(surveys: int, tickets: int = 0) -> duckdb.DuckDBPyConnection:
    """Texts of surveys and tickets with marks, one of each without, a contact, and a repeated text."""
    con = duckdb.connect()
    con.execute("CREATE TABLE all_texts (text_id INTEGER, source VARCHAR, label BOOLEAN)")
    con.execute("CREATE TABLE plain_texts (text_id INTEGER, text VARCHAR)")
    marked = [("survey", *pair) for pair in zip(*said(surveys), strict=True)] if surveys else []
    marked += [("ticket", *pair) for pair in zip(*said(tickets, 2), strict=True)] if tickets else []
    rows: list[tuple[str, str, bool | None]] = [(source, text, bool(label)) for source, text, label in marked]
    rows += [(source, "配送太慢", None) for source in ("survey", "survey", "ticket", "interaction")]
    for number, (source, text, label) in enumerate(rows, 1):
        con.execute("INSERT INTO all_texts VALUES (?, ?, ?)", [number, source, label])
        con.execute("INSERT INTO plain_texts VALUES (?, ?)", [number, text])
    return con


def scores(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return con.execute("SELECT * FROM text_moods ORDER BY text_id").fetchall()


def verdicts(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[Any, ...]]:
    asked = "SELECT source, verdict, texts, judged_right FROM mood_models WHERE part = 'all'"
    return {source: tuple(rest) for source, *rest in con.execute(asked).fetchall()}


def test_a_source_with_too_few_marks_is_not_judged_and_contacts_follow_the_one_that_is(write: Write) -> None:
    policy = write("moods.toml", POLICY)
    with world(200, 25) as con, world(200, 25) as again:
        create_moods(con, policy)
        create_moods(again, policy)
        found = scores(con)
        assert scores(again) == found
        assert verdicts(con)["ticket"][:2] == ("too_few", 25) and verdicts(con)["ticket"][2] is None
        assert verdicts(con)["survey"][0] == "learned"
        last = {number: unhappy for number, unhappy in found if number > 225}
        assert set(last) == {226, 227, 229} and len(set(last.values())) == 1 and min(last.values()) > 0.6


def test_with_too_few_marks_nothing_is_said_and_nothing_imported(write: Write) -> None:
    policy = write("moods.toml", POLICY)
    with world(10) as con:
        create_moods(con, policy)
        assert scores(con) == [] and {told[0] for told in verdicts(con).values()} == {"too_few"}
    code = (
        "import sys, pathlib; from tests.warehouse.test_moods import world; "
        "from warehouse.derive.moods import create_moods; "
        f"create_moods(world(10), pathlib.Path({str(policy)!r})); sys.exit('sklearn.linear_model' in sys.modules)"
    )
    # What the test module imports at its top holds no scikit-learn either.
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_a_model_may_be_wrong_by_is_known_where_it_was_tried() -> None:
    """A mark is never wrong; of texts that a model judged it is the error of its own test, of contacts nobody knows."""
    with duckdb.connect() as con:
        labels = {1: True, 2: False, 3: None, 4: None, 5: None, 6: None}
        sources = ("survey", "ticket", "survey", "ticket", "interaction", "survey")
        con.execute("CREATE TABLE all_texts (text_id INTEGER, pool VARCHAR, source VARCHAR, label BOOLEAN)")
        for (number, label), source in zip(labels.items(), sources, strict=True):
            con.execute("INSERT INTO all_texts VALUES (?, 'other', ?, ?)", [number, source, label])
        con.execute("CREATE TABLE text_moods (text_id INTEGER, unhappy FLOAT)")
        con.execute("INSERT INTO text_moods VALUES (1, 0.2), (3, 0.75), (4, 0.5), (5, 0.5)")
        con.execute("CREATE TABLE mood_models (source VARCHAR, part VARCHAR, texts INTEGER, brier DOUBLE)")
        con.execute("INSERT INTO mood_models VALUES ('survey', 'all', 400, 0.16), ('ticket', 'all', 900, 0.09)")
        con.execute("INSERT INTO mood_models VALUES ('survey', 'zh', 100, 0.25)")
        for table, columns in _BESIDE.items():
            con.execute(f"CREATE TABLE {table} ({columns})")
        con.execute((FOLDER / "95_voices.sql").read_text(encoding="utf-8"))
        found = con.execute("SELECT unhappy, mood_by, mood_error FROM fact_texts ORDER BY text_id").fetchall()
    assert found == [
        (1.0, "label", 0.0),
        (0.0, "label", 0.0),
        (0.75, "model", pytest.approx(0.02)),
        (0.5, "model", pytest.approx(0.01)),
        (0.5, "model", None),
        (None, None, None),
    ]


_BESIDE = {
    "text_causes": "text_id INTEGER, cause VARCHAR, cause_by VARCHAR, scenario VARCHAR",
    "text_topics": "text_id INTEGER, topic_id INTEGER",
    "text_costs": "text_id INTEGER, breached BOOLEAN, compensation DOUBLE, customer_value DOUBLE",
}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("folds = 5", "folds = 1", "moods.toml line 6, folds: must be a whole number from 2 to 20, not 1"),
        ("folds = 5", "", "folds: must be a whole number"),
        ("longest = 3", 'longest = "3"', "moods.toml line 3, longest: must be a whole number from 1 to 5"),
        ("strictness = 0.25", "strictness = 0", "must be a number from 0.01 to 100"),
        ("folds", "fold", "unknown key “fold”; did you mean “folds”?"),
    ],
)
def test_a_wrong_policy_gives_one_clear_error(write: Write, old: str, new: str, message: str) -> None:
    with pytest.raises(LoadError) as error:
        read_mood_policy(write("moods.toml", POLICY.replace(old, new)))
    assert message in str(error.value)
