"""Every metric against its pandas twin, under several scopes; intervals against published and textbook figures."""

from datetime import date
from pathlib import Path

import pytest

from queries import METRICS, NOT_GIVEN, BadDefinition, BadQuestion, Scope, ask
from queries import metrics as module
from queries.relations import relations
from tests.queries import fixture, oracle

PERIODS = [(None, None), (date(2026, 2, 1), date(2026, 3, 10)), (date(2026, 3, 10), None), (None, date(2026, 2, 14))]
FILTERS: list[oracle.Filters] = [
    {},
    {"tier": ["core", "growth"]},
    {"region": ["East", None], "channel": ["phone"]},
    {"department": [None]},
    {"product": ["P1"], "tier": ["no such tier"]},
]
PLAIN = sorted(set(METRICS) - {"backlog"})


def scope_of(start: date | None, end: date | None, filters: oracle.Filters) -> Scope:
    """The same choice as a scope."""
    return Scope(start, end, tuple((k, tuple(v or NOT_GIVEN for v in values)) for k, values in filters.items()))


def test_the_oracle_knows_every_metric() -> None:
    assert sorted(oracle.METRICS) == PLAIN


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.usefixtures("full")
def test_value_and_n_equal_the_oracle(name: str, filters: oracle.Filters) -> None:
    relation = relations()[METRICS[name].relation]
    known = {column: values for column, values in filters.items() if column in relation.dimensions}
    for start, end in PERIODS:
        rows = oracle.within(oracle.source(relation.name), start, end, known)
        value, n = oracle.METRICS[name](rows)
        found = ask("metric_value", scope_of(start, end, filters), metric=name).to_pylist()[0]
        assert found["n"] == n, (start, end)
        assert found["value"] == (value if value is None else pytest.approx(value, abs=1e-9)), (start, end)


@pytest.mark.parametrize("name", [n for n in PLAIN if METRICS[n].interval == "wilson" and not METRICS[n].error])
@pytest.mark.usefixtures("full")
def test_wilson_intervals_equal_the_textbook(name: str) -> None:
    found = ask("metric_value", Scope(), metric=name).to_pylist()[0]
    low, high = oracle.wilson(found["value"] * found["n"], found["n"])
    assert found["low"] == pytest.approx(low)
    assert found["high"] == pytest.approx(high)


def _surveys(*scores: tuple[int, int]) -> dict[str, list[fixture.Row]]:
    """Undated NPS surveys: (score, how many) each."""
    outcome = {True: "promoter", False: "detractor"}
    rows = [
        {"kind": "nps", "score": score, "outcome": "passive" if score in (7, 8) else outcome[score >= 9]}
        for score, times in scores
        for _ in range(times)
    ]
    return {"fact_surveys": [{"survey_id": str(n), **row} for n, row in enumerate(rows)]}


def test_nps_with_interval_by_hand(folder: Path) -> None:
    """50 promoters, 30 passives, 20 detractors: NPS 30, SE = 100 sqrt((0.7 - 0.09) / 100) = 7.810250, ±15.308089."""
    fixture.publish(folder, _surveys((9, 20), (10, 30), (8, 30), (3, 20)))
    found = ask("metric_value", Scope(), metric="nps").to_pylist()[0]
    assert found["value"] == pytest.approx(30)
    assert found["low"] == pytest.approx(30 - 15.3080893649)
    assert found["high"] == pytest.approx(30 + 15.3080893649)
    assert found["n"] == 100


def test_nps_of_promoters_only_has_no_spread(folder: Path) -> None:
    fixture.publish(folder, _surveys((10, 7)))
    found = ask("metric_value", Scope(), metric="nps").to_pylist()[0]
    assert (found["value"], found["low"], found["high"]) == (100, 100, 100)


def test_a_published_wilson_interval() -> None:
    """Brown, Cai and DasGupta's own example of few trials: none of 10 gives (0, 0.2775)."""
    low, high = oracle.wilson(0, 10)
    assert low == pytest.approx(0, abs=1e-12)
    assert high == pytest.approx(0.27753, abs=1e-5)


@pytest.mark.usefixtures("full")
def test_a_stock_is_not_summed_over_a_period() -> None:
    with pytest.raises(BadQuestion, match="backlog"):
        ask("metric_value", Scope(), metric="backlog")


@pytest.mark.usefixtures("full")
def test_a_metric_cannot_be_split_by_what_its_rows_lack() -> None:
    with pytest.raises(BadQuestion, match="scoped_orders has no channel"):
        ask("metric_by", Scope(), metric="orders", by="channel")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("colour = 'red'", "unknown key colour"),
        ("unit = 'furlongs'", "'furlongs' is no unit"),
        ("relation = 'scoped_moon'", "no relation scoped_moon"),
        ("part = 'count(*)'", "either sql or part"),
        ("base = 'nothing'", "no metric nothing"),
        ("label = { en = 'x' }", "en and zh"),
    ],
)
def test_a_wrong_definition_is_refused(
    line: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stated = {
        "relation": "'scoped_opened'",
        "sql": "'count(*)'",
        "unit": "'count'",
        "source": "'tickets'",
        "label": "{ en = 'a', zh = 'b' }",
        "description": "{ en = 'a', zh = 'b' }",
    }
    key, _, value = line.partition(" = ")
    stated[key] = value
    path = tmp_path / "metrics.toml"
    path.write_text("[m]\n" + "\n".join(f"{k} = {v}" for k, v in stated.items()), encoding="utf-8")
    monkeypatch.setattr(module, "FILE", path)
    with pytest.raises(BadDefinition, match=complaint):
        module._load()


def test_words_are_complete_and_in_their_language() -> None:
    for metric in METRICS.values():
        for text in (metric.label, metric.description):
            assert not any("\u4e00" <= letter <= "\u9fff" for letter in text["en"]), metric.id
            assert any("\u4e00" <= letter <= "\u9fff" for letter in text["zh"]), metric.id
