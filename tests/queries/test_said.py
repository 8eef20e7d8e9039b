"""What customers say: words counted, compared and found, against Python, NumPy and SciPy over hand-made rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from queries import DIMENSIONS, Scope, Viewer, ask
from queries.relations import MASK
from tests.queries import fixture, voices

Row = dict[str, Any]
FEBRUARY = Scope(date(2026, 2, 1), date(2026, 2, 28))
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
EAST = Scope().narrow("region", "East")
SCOPES = [Scope(), FEBRUARY, EAST, FEBRUARY.narrow("tier", ["core", "standard"])]
full = pytest.mark.usefixtures("full")


def rows(name: str, scope: Scope, **params: Any) -> list[Row]:
    found: list[Row] = ask(name, scope, **params).to_pylist()
    return found


def texts(scope: Scope, **having: str) -> list[Row]:
    """The fixture's texts under a scope that have these values."""
    return [row for row in matching(scope) if row["has_text"] and all(row[key] == having[key] for key in having)]


def matching(scope: Scope) -> list[Row]:
    """The same with what has no text: tickets, surveys and contacts."""
    kept = fixture.rows()["fact_texts"]
    for name, values in scope.filters:
        kept = [row for row in kept if row[name] in values]
    if scope.start and scope.end:
        kept = [row for row in kept if row["day"] and scope.start <= row["day"] <= scope.end]
    return kept


def said(found: Iterable[Row]) -> Counter[str]:
    return Counter(word["word"] for row in found for word in voices.words_of(row))


def ids(found: Iterable[Row]) -> list[int]:
    return [row["text_id"] for row in found]


def compared(n: np.ndarray, m: np.ndarray, prior: float = 4, least: int = 10) -> dict[str, np.ndarray]:
    """Monroe, Colaresi and Quinn (2008), equations 15, 19 and 22, and Benjamini and Hochberg's step-up at 5 %."""
    weight = prior * np.sqrt((n + m).sum())
    alpha = weight * (n + m) / (n + m).sum()
    here, there = ((side + alpha) / (side.sum() + weight - side - alpha) for side in (n, m))
    odds, error = np.log(here / there), np.sqrt(1 / (n + alpha) + 1 / (m + alpha))
    z = odds / error
    p = np.sort(2 * norm.sf(np.abs(z[n + m >= least])))
    passed = p[p <= 0.05 * np.arange(1, len(p) + 1) / len(p)]
    clear = (2 * norm.sf(np.abs(z)) <= passed.max(initial=0)) & (n + m >= least)
    low, high = odds - 1.96 * error, odds + 1.96 * error
    return {"times": np.exp(odds), "times_low": np.exp(low), "times_high": np.exp(high), "z": z, "clear": clear}


Ways = Mapping[str, tuple[Row, Callable[[Scope], list[Row]], Callable[[Scope], list[Row]]]]
WAYS: Ways = {
    "now against before": (
        {"words": "ever", "texts": "ever", "against": "part", "pool": "complaint", "other_pool": "complaint"}
        | {"since": JANUARY[0], "until": JANUARY[1]},
        lambda scope: texts(scope, pool="complaint"),
        lambda scope: texts(scope.with_period(*JANUARY), pool="complaint"),
    ),
    "here against the rest": (
        {"words": "company", "texts": "company", "against": "whole"},
        texts,
        lambda scope: [row for row in texts(Scope(scope.start, scope.end)) if row["text_id"] not in ids(texts(scope))],
    ),
    "unhappy against happy": (
        {"against": "part", "pool": "complaint", "other_pool": "praise", "source": "survey"},
        lambda scope: texts(scope, pool="complaint", source="survey"),
        lambda scope: texts(scope, pool="praise", source="survey"),
    ),
    "one pool against all others": (
        {"against": "whole", "pool": "complaint"},
        lambda scope: texts(scope, pool="complaint"),
        lambda scope: [row for row in texts(scope) if row["pool"] != "complaint"],
    ),
    "tier against tier": (
        {"against": "part", "among": "tier", "this": "core", "that": "standard"},
        lambda scope: texts(scope, tier="core"),
        lambda scope: texts(scope, tier="standard"),
    ),
    "team against all others": (
        {"against": "whole", "among": "team", "this": "Support 0"},
        lambda scope: texts(scope, team="Support 0"),
        lambda scope: [row for row in texts(scope) if row["team"] != "Support 0"],
    ),
}


@full
@pytest.mark.parametrize("scope", SCOPES, ids=str)
@pytest.mark.parametrize("way", WAYS)
def test_two_sides(way: str, scope: Scope) -> None:
    params, here, there = WAYS[way]
    mine, theirs = here(scope), there(scope)
    counts, others = said(mine), said(theirs)
    found = rows("distinctive_words", scope, sort="z", **params)
    assert {row["word"]: (row["n"], row["n_there"]) for row in found} == {
        word: (counts[word], others[word]) for word in counts | others
    }
    n, m = (np.array([row[name] for row in found], dtype=float) for name in ("n", "n_there"))
    figures = compared(n, m) if counts and others else {}
    for place, row in enumerate(found):
        assert (row["texts"], row["texts_there"]) == (len(mine), len(theirs))
        assert row["share"] == (pytest.approx(row["n"] / len(mine)) if mine else None)
        assert row["share_there"] == (pytest.approx(row["n_there"] / len(theirs)) if theirs else None)
        for name in ("times", "times_low", "times_high", "z"):
            assert row[name] == (pytest.approx(figures[name][place]) if figures else None)
        assert row["clear"] is (bool(figures["clear"][place]) if figures else False)


@full
@pytest.mark.parametrize("scope", [EAST, FEBRUARY.narrow("tier", ["core", "—"]).narrow("region", "East")], ids=str)
def test_the_rest_opens_the_texts_that_are_counted_there(scope: Scope) -> None:
    """Whatever the filters leave out, undimensioned texts too: the same texts as a comparison counts on that side."""
    rest = Scope(scope.start, scope.end, besides=scope.filters)
    left = [row for row in texts(rest) if row["text_id"] not in ids(inside(scope))]
    assert left and sorted(ids(rows("text_rows", rest))) == sorted(ids(left))
    params = WAYS["here against the rest"][0]
    for row in rows("distinctive_words", scope, sort="z", **params)[:5]:
        assert len(rows("text_rows", rest, word=row["word"])) == row["n_there"]


def inside(scope: Scope) -> list[Row]:
    """As `texts`, where "not given" is among the filters."""
    return [row for row in texts(Scope()) if all((row[name] or "—") in values for name, values in scope.filters)]


@full
@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_what_is_said_most(scope: Scope) -> None:
    counts = said(texts(scope, pool="complaint"))
    found = rows("distinctive_words", scope, pool="complaint")
    assert {row["word"]: row["n"] for row in found} == counts
    assert [row["n"] for row in found] == sorted(counts.values(), reverse=True)
    assert all(row["z"] is None and row["texts_there"] == 0 and not row["clear"] for row in found)
    assert rows("distinctive_words", scope, pool="complaint", limit=2) == found[:2]


@full
def test_words_of_one_language_are_set_against_one_another_alone() -> None:
    params, here, there = WAYS["unhappy against happy"]
    languages = {word["word"]: word["language"] for word in voices.WORDS}
    for language in ("en", "zh"):
        counts, others = (
            Counter({w: n for w, n in said(side(Scope())).items() if languages.get(w) == language})
            for side in (here, there)
        )
        found = rows("distinctive_words", Scope(), sort="z", language=language, **params)
        assert {row["word"] for row in found} == set(counts | others) and {row["language"] for row in found} == {
            language
        }
        n, m = (np.array([side[row["word"]] for row in found], dtype=float) for side in (counts, others))
        assert [row["z"] for row in found] == pytest.approx(compared(n, m)["z"])


@full
def test_a_language_is_named_where_enough_is_said_in_it() -> None:
    said_in: Counter[str] = Counter()
    for word in fixture.rows()["words"]:
        said_in[word["language"]] += 0 if word.get("is_part") else word["texts"]
    assert {row["language"]: row["n"] for row in rows("word_languages", Scope())} == said_in
    most = said_in.most_common(1)[0]
    least = 1.01 * min(said_in.values()) / sum(said_in.values())
    assert [(row["language"], row["n"]) for row in rows("word_languages", Scope(), least=least)] == [most]


SPREAD = 1 / np.arange(3, 123)
"""How often each of the words of a made-up company is said: a few by many texts, most by few."""


def company(random: np.random.Generator, count: int = 1500) -> np.ndarray:
    """Which text (row) says which word (column), by chance."""
    return random.random((count, len(SPREAD))) < SPREAD


def publish(folder: Path, says: np.ndarray, sides: Mapping[str, np.ndarray]) -> None:
    """A warehouse of these texts, each on side a or b of every one of ``sides``."""
    told = [
        {"text_id": n, "pool": "complaint", "has_text": True, **{name: "ab"[side[n]] for name, side in sides.items()}}
        for n in range(len(says))
    ]
    words = [{"word_id": n, "word": f"w{n}", "language": "en", "texts": 0} for n in range(says.shape[1])]
    pairs = [{**told[text], "word_id": int(word)} for text, word in zip(*np.nonzero(says), strict=True)]
    fixture.publish(folder, {**fixture.rows(), "fact_texts": told, "text_words": pairs, "words": words})


def test_planted_words_are_clear_and_shuffled_sides_are_not(folder: Path) -> None:
    """Side a of `product` says words 20 to 24 three times as often; the sides of the other seven columns are drawn."""
    random = np.random.default_rng(4)
    says = company(random)
    sides = {name: random.permutation(np.arange(len(says)) % 2) for name in DIMENSIONS}
    planted = slice(20, 25)
    says[:, planted] |= (sides["product"][:, None] == 0) & (random.random((len(says), 5)) < 2 * SPREAD[planted])
    publish(folder, says, sides)
    alarms = 0
    for name, side in sides.items():
        found = rows("distinctive_words", Scope(), against="part", among=name, this="a", that="b", sort="z", limit=200)
        told = {row["word"] for row in found if row["clear"]}
        reference = compared(says[side == 0].sum(axis=0).astype(float), says[side == 1].sum(axis=0).astype(float))
        assert told == {f"w{n}" for n in np.flatnonzero(reference["clear"])}
        assert name != "product" or told == {f"w{n}" for n in range(20, 25)}
        alarms += int(name != "product" and bool(told))
    assert alarms <= 1


@pytest.mark.parametrize("times", [1.0, 3.0])
def test_words_of_consultations_without_an_order_are_held_to_the_same(folder: Path, times: float) -> None:
    """Those without an order say words 20 to 24 so many times as often as those with one."""
    random = np.random.default_rng(5)
    says = company(random)
    ordered, planted = np.arange(len(says)) % 2 == 1, slice(20, 25)
    says[:, planted] |= ~ordered[:, None] & (random.random((len(says), 5)) < (times - 1) * SPREAD[planted])
    asked = [
        {"text_id": n, "pool": "question", "has_text": True, "converted": bool(converted)}
        for n, converted in enumerate(ordered)
    ]
    words = [{"word_id": n, "word": f"w{n}", "language": "en", "texts": 0} for n in range(says.shape[1])]
    pairs = [{"text_id": int(n), "pool": "question", "word_id": int(word)} for n, word in np.argwhere(says)]
    feeds = [{"text_id": row["text_id"], "feed": "sticking", "topic": None} for row in asked]
    tables = {"fact_texts": asked, "text_words": pairs, "words": words, "feed_texts": feeds}
    fixture.publish(folder, {**fixture.rows(), **tables})
    n, m = (says[ordered == side].sum(axis=0).astype(float) for side in (False, True))
    reference = compared(n, m)
    expected = {f"w{w}": reference["z"][w] for w in np.flatnonzero(reference["clear"] & (reference["z"] > 0))}
    found = rows("sticking_words", Scope())
    assert {row["word"]: row["z"] for row in found} == pytest.approx(expected)
    assert set(expected) == ({f"w{w}" for w in range(20, 25)} if times > 1 else set())
    assert (reference["z"] > 1.96).any()


def test_how_often_chance_alone_makes_a_word_clear() -> None:
    """Of 400 companies of which each text is put on a side by chance, at most one in twenty has any clear word."""
    random, alarms = np.random.default_rng(8), 0
    for _ in range(400):
        says = company(random, 800)
        says = says[:, says.any(axis=0)]
        side = random.permutation(len(says)) < random.integers(80, 720)
        found = compared(says[side].sum(axis=0).astype(float), says[~side].sum(axis=0).astype(float))
        alarms += int(found["clear"].any())
    assert alarms <= 20


@full
@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_texts_are_counted_by_pool(scope: Scope) -> None:
    ever, recent = texts(scope.with_period(None, None)), texts(scope)
    every = matching(scope)
    found = {row.pop("pool"): row for row in rows("text_counts", scope)}
    assert found == {
        pool: {
            "texts": sum(row["pool"] == pool for row in recent),
            "comments": sum(row["pool"] == pool and row["source"] == "survey" for row in recent),
            "records": sum(row["pool"] == pool for row in every),
            "ever": sum(row["pool"] == pool for row in ever),
            "undated": sum(row["pool"] == pool and row["day"] is None for row in ever),
        }
        for pool in {row["pool"] for row in ever}
    }


@full
@pytest.mark.parametrize("scope", SCOPES, ids=str)
@pytest.mark.parametrize(
    "wanted",
    [
        *(
            {},
            {"pool": "praise"},
            {"besides": "complaint"},
            {"source": "interaction"},
            {"word": "太慢"},
            {"like": "ARRI"},
        ),
        *({"pool": "question", "word": "refund"}, {"word": "no"}),
    ],
)
def test_rows(scope: Scope, wanted: dict[str, str]) -> None:
    expected = [row for row in texts(scope) if row["pool"] != wanted.get("besides")]
    for name in ("pool", "source"):
        expected = [row for row in expected if row[name] == wanted.get(name, row[name])]
    if "word" in wanted:
        expected = [row for row in expected if said([row])[wanted["word"]]]
    if "like" in wanted:
        expected = [row for row in expected if any(wanted["like"].lower() in word for word in said([row]))]
    found = rows("text_rows", scope, **wanted)
    assert sorted(ids(found)) == sorted(ids(expected))
    assert {row["total"] for row in found} <= {len(expected)}
    days = [row["said_at"] for row in found if row["said_at"]]
    assert [day.date() for day in days] == sorted((day.date() for day in days), reverse=True)
    comments = {row["survey_id"]: row["comment"] for row in fixture.surveys()}
    for row in found:
        ticket = f"Text {row['ticket_id']}"
        assert row["text"] == {"ticket": ticket, "survey": comments.get(row["survey_id"])}.get(row["source"], "hi")


@full
def test_departments_of_words() -> None:
    counts: dict[str, Counter[str]] = {}
    answers = {row["cause"]: row["responsible"] for row in voices.CAUSES}
    for row in texts(EAST, pool="complaint"):
        for word in said([row]) if row["cause"] else ():
            counts.setdefault(word, Counter())[answers[row["cause"]]] += 1
    found = rows("word_departments", EAST, words="太慢|refund|慢")
    assert {row["word"] for row in found} == counts.keys() & {"太慢", "refund", "慢"}
    for row in found:
        assert (row["responsible"], row["n"]) in counts[row["word"]].items()
        assert row["n"] == max(counts[row["word"]].values())


@full
@pytest.mark.parametrize("pool", ["complaint", "question", None])
@pytest.mark.parametrize("bucket, of", [("week", fixture.week_of), ("month", fixture.month_of)])
def test_words_over_time(pool: str | None, bucket: str, of: Callable[[date], date]) -> None:
    until = date(2026, 3, 5)
    only = {"pool": pool} if pool else {}
    found = rows("word_trend", EAST, words="太慢|not arrived", until=until, bucket=bucket, **only)
    told = texts(EAST.with_period(date(2025, 4, 1), until), **only)
    expected = Counter((word, of(row["day"])) for row in told for word in said([row]))
    assert {row["word"] for row in found} == {"太慢", "not arrived"}
    assert all(row["n"] == expected[row["word"], row["bucket"]] for row in found)
    written = Counter(of(row["day"]) for row in told)
    for row in found:
        assert row["texts"] == written[row["bucket"]]
        assert row["share"] == (pytest.approx(row["n"] / row["texts"]) if row["texts"] else None)
    assert sum(row["n"] for row in found) == sum(
        n for (word, _), n in expected.items() if word in ("太慢", "not arrived")
    )
    days = sorted({row["bucket"] for row in found})
    assert all(later - day <= timedelta(days=31 if bucket == "month" else 7) for day, later in pairwise(days))


@full
def test_words_are_counted_but_texts_neither_read_nor_found_without_the_right_to_personal_data() -> None:
    blind = Scope(viewer=Viewer("blind", sees_personal=False))
    assert rows("distinctive_words", blind) == rows("distinctive_words", Scope())
    found = rows("text_rows", blind)
    assert found and {row["text"] for row in found} <= {MASK, None}
    for wanted in ({"word": "太慢"}, {"like": "慢"}):
        assert rows("text_rows", Scope(), **wanted) and not rows("text_rows", blind, **wanted)


@full
def test_a_limited_viewer_counts_only_what_is_theirs() -> None:
    limited = Scope(viewer=Viewer("east", regions=("East",)))
    for name in ("distinctive_words", "text_counts", "text_rows"):
        assert rows(name, limited) == rows(name, EAST)
    assert rows("word_trend", limited, words="太慢") == rows("word_trend", EAST, words="太慢")
    rest = WAYS["here against the rest"][0]
    core = rows("distinctive_words", limited.narrow("tier", "core"), **rest)
    assert core and {row["texts_there"] for row in core} == {len(texts(EAST)) - len(texts(EAST, tier="core"))}
