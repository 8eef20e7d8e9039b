"""What other departments are given, and the mood of texts, against a count in plain Python over the fixture's rows."""

from collections import Counter, defaultdict
from datetime import date
from math import hypot
from statistics import NormalDist, fmean
from typing import Any

import pytest

from queries import Scope, Viewer, ask
from queries.relations import MASK
from tests.queries import feeds_fixture, fixture, oracle

FEBRUARY = Scope(date(2026, 2, 1), date(2026, 2, 28))
EAST = Scope().narrow("region", "East")
SCOPES = [Scope(), FEBRUARY, EAST, FEBRUARY.narrow("tier", ["core", "standard"])]
FIXTURE = fixture.rows()
COLUMNS = set().union(*FIXTURE["fact_texts"])
TEXTS = {row["text_id"]: {**dict.fromkeys(COLUMNS), **row} for row in FIXTURE["fact_texts"]}
LEAST = 3
"""Fewer wishes than this are no topic."""
pytestmark = pytest.mark.usefixtures("full")
Row = dict[str, Any]


def rows(name: str, scope: Scope, **params: Any) -> list[Row]:
    found: list[Row] = ask(name, scope, **params).to_pylist()
    return found


def inside(scope: Scope, row: Row, period: bool = True) -> bool:
    if period and scope.start and scope.end and not (row["day"] and scope.start <= row["day"] <= scope.end):
        return False
    return all(row.get(dimension) in values for dimension, values in scope.filters)


def feed(scope: Scope, name: str) -> list[Row]:
    """The texts of one feed under a scope, each with its topic."""
    found = [{**TEXTS[row["text_id"]], **row} for row in FIXTURE["feed_texts"] if row["feed"] == name]
    return [row for row in found if inside(scope, row)]


def _sides(asked: list[Row]) -> dict[str | None, tuple[list[bool], list[bool]]]:
    """Topic -> whether its consultations led to an order, and whether all others did."""
    once = {row["text_id"]: row["converted"] for row in asked if row["converted"] is not None}
    own = {topic: {row["text_id"] for row in asked if row["topic"] == topic} for topic in {r["topic"] for r in asked}}
    return {
        topic: ([y for n, y in once.items() if n in inner], [y for n, y in once.items() if n not in inner])
        for topic, inner in own.items()
    }


@pytest.mark.parametrize("least", [1, 4])
@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_sticking_points(scope: Scope, least: int) -> None:
    asked = feed(scope, "sticking")
    sides = _sides(asked)
    judged = {topic for topic, both in sides.items() if min(map(len, both)) >= least}
    z = NormalDist().inv_cdf(1 - 0.025 / max(len(judged), 1))
    found = rows("sticking_points", scope, least=least)
    assert {row["left_out"] for row in found} <= {len(feed(scope, "bought"))}
    assert {row["topic"]: row["texts"] for row in found} == Counter(row["topic"] for row in asked)
    for row in found:
        mine, others = sides[row["topic"]]
        assert row["customers"] == len({t["customer_id"] for t in asked if t["topic"] == row["topic"]} - {None})
        total = len({text["text_id"] for text in asked})
        assert (row["total"], row["consultations"], row["orders"]) == (total, len(mine), sum(mine))
        if row["topic"] not in judged:
            assert row["difference"] is row["difference_low"] is row["difference_high"] is None
            continue
        (low, high), (other_low, other_high) = (oracle.wilson(sum(x), len(x), z) for x in (mine, others))
        p, q = fmean(mine), fmean(others)
        assert (row["rate"], row["other_rate"], row["low"], row["high"]) == pytest.approx((p, q, low, high), abs=1e-3)
        assert row["difference"] == pytest.approx(p - q)
        between = (p - q - hypot(p - low, other_high - q), p - q + hypot(high - p, q - other_low))
        assert (row["difference_low"], row["difference_high"]) == pytest.approx(between, abs=1e-3)


def test_a_handful_on_the_other_side_is_no_comparison() -> None:
    sides = _sides(feed(Scope(), "sticking"))
    few = min(min(map(len, both)) for both in sides.values() if all(both))
    before, after = (rows("sticking_points", Scope(), least=least) for least in (few, few + 1))
    gone = {row["topic"] for row in before if row["difference"] is not None}
    gone -= {row["topic"] for row in after if row["difference"] is not None}
    assert gone == {topic for topic, both in sides.items() if min(map(len, both)) == few}


def test_some_consultations_are_compared() -> None:
    assert any(row["difference"] is not None and row["orders"] for row in rows("sticking_points", Scope(), least=1))


@pytest.mark.parametrize("scope", SCOPES, ids=str)
@pytest.mark.parametrize("by", ["topic", "product"])
def test_demand(scope: Scope, by: str) -> None:
    wished = feed(scope, "demand")
    last = max(row["as_of"] for row in FIXTURE["month_ends"] if scope.end is None or row["as_of"] <= scope.end)
    months = [row for row in FIXTURE["customer_months"] if row["as_of"] == last and inside(scope, row, period=False)]
    worth = {row["customer_id"]: row.get("clv") for row in months}
    groups: dict[str | None, list[Row]] = defaultdict(list)
    often, least = Counter(row[by] for row in wished), LEAST if by == "topic" else 1
    for row in wished:
        groups[row[by] if often[row[by]] >= least else None].append(row)
    found = rows("demand_pool", scope, by=by, least=least)
    assert {row["value"]: row["texts"] for row in found} == {value: len(texts) for value, texts in groups.items()}
    for row in found:
        customers = {text["customer_id"] for text in groups[row["value"]]} - {None}
        known = [float(clv) for name, clv in worth.items() if name in customers and clv is not None]
        assert (row["customers"], row["total"], row["groups"]) == (len(customers), len(wished), len(groups))
        assert row["clv"] == (pytest.approx(sum(known)) if known else None)


@pytest.mark.parametrize("scope", SCOPES, ids=str)
@pytest.mark.parametrize(
    "wanted",
    [
        *({}, {"topic": "price"}, {"topic": "—"}, {"feed": "bought"}, {"feed": "demand"}),
        *({"feed": "demand", "product": "P1"}, {"feed": "demand", "wish": "a lamp"}, {"feed": "demand", "wish": "—"}),
    ],
)
def test_rows(scope: Scope, wanted: dict[str, str]) -> None:
    expected = feed(scope, wanted.get("feed", "sticking"))
    often = Counter(row["topic"] for row in expected)
    expected = [{**row, "wish": row["topic"] if often[row["topic"]] >= LEAST else None} for row in expected]
    for name in {"topic", "product", "wish"} & set(wanted):
        expected = [row for row in expected if row[name] == (None if wanted[name] == "—" else wanted[name])]
    belongs = {(row["text_id"], row["topic"]) for row in feed(scope, "sticking")}
    found = rows("feed_rows", scope, **wanted)
    assert sorted(row["text_id"] for row in found) == sorted({row["text_id"] for row in expected})
    for row in found:
        ordered = {True: "yes", False: "no", None: "unknown"}[TEXTS[row["text_id"]]["converted"]]
        assert row["total"] == len(found)
        assert row["ordered"] == (ordered if "feed" not in wanted else None)
        named = [g for g in feeds_fixture.GROUPS if (row["text_id"], g["topic"]) in belongs and "feed" not in wanted]
        for lang in ("en", "zh"):
            assert row[f"groups_{lang}"] == (" · ".join(g[f"name_{lang}"] for g in named) or None)
        wish = {t["topic"] for t in expected if t["text_id"] == row["text_id"] and t["feed"] == "demand"}
        assert {row["wish"]} == (wish or {None})


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_only_who_consents_is_quoted_and_each_text_once(scope: Scope) -> None:
    texts = [{**TEXTS[row["text_id"]], **row} for row in FIXTURE["testimonials"]]
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in texts:
        if inside(scope, row):
            groups[row["same"]].append(row)
    consents = [{fixture.CONSENT.get(row["customer_id"]) for row in same} for same in groups.values()]
    assert rows("testimonial_counts", scope) == [
        {
            "texts": len(groups),
            "agreed": sum(True in known for known in consents),
            "unknown": sum(True not in known and None in known for known in consents),
            "refused": sum(known == {False} for known in consents),
        }
    ]
    agreed = {
        max((row for row in same if fixture.CONSENT.get(row["customer_id"])), key=_latest)["text_id"]
        for same in groups.values()
        if any(fixture.CONSENT.get(row["customer_id"]) for row in same)
    }
    found = rows("testimonials", scope)
    assert {row["text_id"] for row in found} == agreed
    typical = [next(row["typical"] for row in texts if row["text_id"] == each["text_id"]) for each in found]
    assert typical == sorted(typical, reverse=True)
    for by in ("touchpoint", "product", "tier"):
        counts = Counter(TEXTS[number][by] for number in agreed)
        assert {row["value"]: row["n"] for row in rows("testimonial_groups", scope, by=by)} == counts
        for value, n in counts.items():
            assert len(rows("testimonials", scope, **{by: value or "—"})) == n


def _latest(row: Row) -> tuple[date, int]:
    return row["day"] or date.min, row["text_id"]


def test_there_is_something_to_quote_and_something_to_leave_out() -> None:
    (counts,) = rows("testimonial_counts", Scope())
    assert counts["agreed"] and counts["unknown"] and counts["refused"]


def test_without_the_right_to_personal_data_no_text_is_read() -> None:
    blind = Scope(viewer=Viewer("blind", sees_personal=False))
    for name, params in (("feed_rows", {}), ("feed_rows", {"feed": "demand"}), ("testimonials", {})):
        found = rows(name, blind, **params)
        assert found and {row["text"] for row in found} <= {MASK, None}
        assert {row.get("customer_name") for row in found} <= {MASK, None}


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_moods_by_source(scope: Scope) -> None:
    for row in rows("mood_sources", scope):
        texts = [t for t in TEXTS.values() if t["source"] == row["source"] and t["has_text"] and inside(scope, t)]
        known = [text["unhappy"] for text in texts if text["unhappy"] is not None]
        assert (row["texts"], row["n"]) == (len(texts), len(known))
        marks = [text["label"] for text in texts if text["label"] is not None]
        assert (row["marked"], row["marked_unhappy"]) == (len(marks), sum(marks))
        assert row["marked_share"] == (pytest.approx(fmean(marks)) if marks else None)
        assert row["value"] == pytest.approx(fmean(known))
        assert (row["low"], row["high"]) == pytest.approx(_interval(texts), abs=1e-7)


def _interval(texts: list[Row]) -> tuple[float | None, float | None]:
    """Wilson's, each end farther by what the model may be wrong; none where nobody knows that."""
    known = [text for text in texts if text["unhappy"] is not None]
    errors = [text["mood_error"] for text in known]
    if None in errors or not known:
        return None, None
    share, error = fmean(text["unhappy"] for text in known), 1.959963984540054 * fmean(errors)
    low, high = oracle.wilson(sum(text["unhappy"] for text in known), len(known))
    return max(share - hypot(share - low, error), 0), min(share + hypot(high - share, error), 1)


def test_some_moods_have_an_interval_and_those_of_contacts_have_none() -> None:
    found = {row["source"]: row["low"] for row in rows("mood_sources", Scope())}
    assert found["survey"] and found["ticket"] and found["interaction"] is None


@pytest.mark.parametrize("bucket, of", [("week", fixture.week_of), ("month", fixture.month_of)])
def test_moods_over_time(bucket: str, of: Any) -> None:
    until = date(2026, 2, 20)
    for source in ("survey", "ticket", "interaction"):
        groups: dict[Any, list[Row]] = defaultdict(list)
        for text in TEXTS.values():
            known = text["has_text"] and text["unhappy"] is not None
            if text["source"] == source and known and text["day"] and text["day"] <= until:
                groups[of(text["day"])].append(text)
        found = rows("mood_months", FEBRUARY, source=source, bucket=bucket, until=until)
        assert [row["bucket"] for row in found] == sorted(groups)
        for row in found:
            texts = groups[row["bucket"]]
            assert row["value"] == pytest.approx(fmean(text["unhappy"] for text in texts))
            assert (row["n"], row["marked"]) == (len(texts), sum(t["label"] is not None for t in texts))
            assert (row["low"], row["high"]) == pytest.approx(_interval(texts), abs=1e-7)


def test_models_and_their_calibration() -> None:
    found = {(row["source"], row["part"]): row for row in rows("mood_models", FEBRUARY)}
    assert found["survey", "all"]["accuracy"] == pytest.approx(55 / 60)
    assert found["survey", "all"]["accuracy_base"] == pytest.approx(39 / 60)
    assert found["ticket", "all"]["accuracy"] is None
    bands = rows("mood_bands", FEBRUARY)
    assert len(bands) == len(feeds_fixture.BANDS)
    for row, band in zip(bands, feeds_fixture.BANDS, strict=True):
        low, high = oracle.wilson(band["unhappy"], band["n"])
        assert row["left_rate"] == pytest.approx(band["unhappy"] / band["n"])
        assert (row["low"], row["high"]) == pytest.approx((low, high), abs=1e-6)
