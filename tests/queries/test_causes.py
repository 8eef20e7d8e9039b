"""Causes: what they cost, what leads in a month, what sets them apart, where it hurts: against pandas on the rows."""

from datetime import date
from math import log, sqrt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from queries import NOT_GIVEN, Scope, Viewer, ask
from tests.queries import fixture, voices

FEBRUARY = Scope(date(2026, 2, 1), date(2026, 2, 28))
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
EAST = Scope().narrow("region", "East")
SCOPES = [Scope(), FEBRUARY, EAST, FEBRUARY.narrow("tier", ["core", "standard"])]
MEASURES = {
    "complaints": "n",
    "breached": "breached",
    "compensation": "compensation",
    "customer_value": "customer_value",
}
MISSING = "no rule"


def rows(name: str, scope: Scope, **params: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(name, scope, **params).to_pylist()
    return found


def texts(scope: Scope, table: str = "fact_complaints", period: bool = True) -> pd.DataFrame:
    """The fixture's texts under a scope, with a word for a missing cause or situation."""
    found = pd.DataFrame(fixture.rows()[table])
    for dimension, values in scope.filters:
        found = found[found[dimension].isin(values)]
    if period and scope.start and scope.end:
        found = between(found, scope.start, scope.end)
    return found.assign(cause=found["cause"].fillna(MISSING), scenario=found["scenario"].fillna(MISSING))


def between(frame: pd.DataFrame, start: date, end: date) -> pd.DataFrame:
    return frame[frame["day"].map(lambda day: day is not None and day == day and start <= day <= end).astype(bool)]


def costs(said: pd.DataFrame) -> pd.DataFrame:
    """Per cause the four measures, each customer worth what their latest complaint says, once a cause."""
    latest = (
        said.dropna(subset=["customer_id"])
        .sort_values("text_id")
        .drop_duplicates(["cause", "customer_id"], keep="last")
    )
    return pd.DataFrame(
        {
            "n": said.groupby("cause").size(),
            "breached": said["breached"].fillna(False).astype(bool).groupby(said["cause"]).sum(),
            "compensation": said["compensation"].fillna(0).groupby(said["cause"]).sum(),
            "customer_value": latest.groupby("cause")["customer_value"].sum(),
            "customers": latest.groupby("cause").size(),
        }
    ).fillna(0)


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("scope", SCOPES, ids=str)
@pytest.mark.parametrize("measure, column", MEASURES.items())
def test_causes_by_every_measure(scope: Scope, measure: str, column: str) -> None:
    said, (start, end) = texts(scope), JANUARY
    expected, earlier = costs(said), between(texts(scope, period=False), start, end)
    found = rows("causes", scope, measure=measure, before_start=start, before_end=end)
    assert {row["cause"] or MISSING for row in found} == set(expected.index)
    together, total = 0.0, expected[column].sum()
    for row in found:
        own: Any = expected.loc[row["cause"] or MISSING]
        assert {name: row[name] for name in own.index} == pytest.approx(own.to_dict())
        together += own[column]
        assert row["share"] == (pytest.approx(own[column] / total) if total else None)
        assert row["cumulative"] == (pytest.approx(together / total) if total else None)
        assert (row["complaints"], row["complaints_before"]) == (len(said), len(earlier))
        assert row["n_before"] == (earlier["cause"] == (row["cause"] or MISSING)).sum()
        assert row["responsible"] == ("Logistics" if row["cause"] == "late_delivery" else None)
    assert None not in [row["cause"] for row in found][:-1]


@pytest.mark.usefixtures("full")
def test_the_customers_of_a_cause_are_worth_what_the_cause_says() -> None:
    for row in rows("causes", FEBRUARY):
        found = rows("cause_customers", FEBRUARY, cause=row["cause"] or NOT_GIVEN)
        assert len(found) == row["customers"] == len({each["customer_id"] for each in found})
        assert sum(each["customer_value"] for each in found) == pytest.approx(row["customer_value"])
        assert {each["total"] for each in found} <= {len(found)}


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_a_measure_opens_as_many_complaints_as_it_counts(scope: Scope) -> None:
    for row in rows("causes", scope):
        wanted = {"cause": row["cause"] or NOT_GIVEN, "limit": 1000}
        assert len(rows("complaint_rows", scope, **wanted)) == row["n"]
        missed = rows("complaint_rows", scope, cost="breached", **wanted)
        paid = rows("complaint_rows", scope, cost="compensation", **wanted)
        assert len(missed) == row["breached"] and all(each["breached"] for each in missed)
        assert sum(each["compensation"] for each in paid) == pytest.approx(row["compensation"])


def said(number: int, day: date | None, cause: str | None, customer: str = "C1", **more: Any) -> fixture.Row:
    """A complaint ticket."""
    own = {"text_id": number, "pool": "complaint", "source": "ticket", "ticket_id": f"T{number}", "has_text": True}
    return {**own, "customer_id": customer, "day": day, "cause": cause, "breached": False, **more}


def publish(folder: Path, complaints: list[fixture.Row], **tables: list[fixture.Row]) -> None:
    fixture.publish(folder, {**fixture.rows(), "fact_complaints": complaints, "fact_texts": complaints, **tables})


def test_places_are_those_of_each_measure_and_the_mean_tells_what_to_fix_first(folder: Path) -> None:
    day = date(2026, 2, 10)
    many = [said(n, day, "late_delivery", "C1", customer_value=float(n)) for n in range(1, 6)]
    dear = [
        said(n, day, "refund", f"C{n}", breached=True, compensation=50.0, customer_value=100.0) for n in range(6, 9)
    ]
    publish(folder, [*many, *dear, said(9, day, None, compensation=900.0)])
    found = {row["cause"]: row for row in rows("causes", FEBRUARY)}
    late, refund = found["late_delivery"], found["refund"]
    assert (late["n"], late["customers"], late["customer_value"]) == (5, 1, 5.0)
    assert (refund["n"], refund["breached"], refund["compensation"], refund["customer_value"]) == (3, 3, 150.0, 300.0)
    assert [late[f"{name}_place"] for name in MEASURES.values()] == [1, 2, 2, 2]
    assert [refund[f"{name}_place"] for name in MEASURES.values()] == [2, 1, 1, 1]
    assert (late["mean_place"], refund["mean_place"]) == (1.75, 1.25)
    assert [row["cause"] for row in rows("causes", FEBRUARY, measure="compensation")] == [
        "refund",
        "late_delivery",
        None,
    ]


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("until", [date(2026, 2, 20), None])
def test_months_of_causes(until: date | None) -> None:
    ever = between(texts(EAST, period=False), date(2025, 1, 1), until or date(2026, 3, 10))
    expected: dict[Any, int] = ever.groupby(["cause", ever["day"].map(fixture.month_of)]).size().to_dict()
    found = rows("cause_months", EAST.with_period(*JANUARY), until=until)
    assert {(row["cause"] or MISSING, row["month"]): row["n"] for row in found if row["n"]} == expected
    months = {row["month"] for row in found}
    assert len(found) == len(months) * ever["cause"].nunique()
    assert found[-1]["cause"] is None
    for row in found:
        assert row["share"] == pytest.approx(row["n"] / row["complaints"])
        assert row["complaints"] == sum(n for (_, month), n in expected.items() if month == row["month"])


def test_the_month_is_held_against_the_twelve_before(folder: Path) -> None:
    """Fourteen months of late deliveries, of which the first is cut; refunds in two of them only."""
    months = [date(2025 + (n // 12), n % 12 + 1, 5) for n in range(14)]
    counts = [9, 4, 6, 5, 4, 3, 4, 5, 6, 4, 5, 6, 7, 10]
    numbers = iter(range(1, 1000))
    complaints = [
        said(next(numbers), month, "late_delivery", breached=nth < 2, compensation=20.0 if nth == 0 else None)
        for month, count in zip(months, counts, strict=True)
        for nth in range(count)
    ]
    complaints += [said(next(numbers), month, "refund") for month in (months[3], months[13])]
    complaints += [said(next(numbers), months[13], None)]
    publish(folder, complaints)
    late, refund = rows("top_causes", Scope(), month=date(2026, 2, 1))
    assert (late["cause"], late["n"], late["n_before"], late["months_before"]) == ("late_delivery", 10, 7, 12)
    assert (late["usual_low"], late["usual_high"]) == (3, 7)
    assert late["usual"] == pytest.approx(sum(counts[1:13]) / 12)
    assert (late["breached"], late["compensation"], late["compensated"], late["tickets"]) == (2, 20.0, 1, 10)
    assert late["share"] == pytest.approx(10 / 12) and late["responsible"] == "Logistics"
    assert (refund["cause"], refund["n"], refund["n_before"]) == ("refund", 1, 0)
    assert (refund["usual_low"], refund["usual_high"], refund["usual"]) == (0, 1, pytest.approx(1 / 12))
    begins = rows("top_causes", Scope(), month=date(2025, 2, 1))[0]
    assert (begins["n"], begins["months_before"], begins["usual"]) == (4, 0, None)


def test_without_dates_the_causes_of_all_complaints_lead(folder: Path) -> None:
    complaints = [said(n, None, ("late_delivery", "refund", "refund", None)[n % 4]) for n in range(1, 21)]
    publish(folder, complaints)
    found = rows("top_causes", Scope())
    assert [(row["cause"], row["n"], row["months_before"]) for row in found] == [
        ("refund", 10, 0),
        ("late_delivery", 5, 0),
    ]
    assert rows("top_causes", Scope(), month=date(2026, 2, 1)) == []


@pytest.mark.usefixtures("full")
def test_words_that_set_a_cause_apart_by_hand() -> None:
    """Every word with z from 1.645 on, and no other (equations 15, 19 and 22 of Monroe, Colaresi and Quinn 2008)."""
    month = texts(Scope(), period=False)
    month = month[month["day"].map(fixture.month_of) == date(2026, 2, 1)]
    said_words: dict[int, list[str]] = {
        row["text_id"]: [word["word"] for word in voices.words_of(row)] if row["has_text"] else []
        for row in fixture.rows()["fact_complaints"]
    }
    month = month.assign(words=month["text_id"].map(said_words))
    counts = month.explode("words").dropna(subset=["words"]).groupby(["cause", "words"]).size()
    found = {(row["cause"], row["word"]): row["z"] for row in rows("cause_words", Scope(), month=date(2026, 2, 1))}
    expected = {key: z for key in counts.index if key[0] != MISSING and (z := _z(counts, *key)) >= 1.645}
    assert found == pytest.approx(expected)


def _z(counts: Any, cause: str, word: str) -> float:
    everything, own, same = counts.sum(), counts.loc[cause].sum(), counts.xs(word, level="words").sum()
    n, prior, weight = counts.loc[(cause, word)], same / 5, everything / 5
    odds = [log((k + prior) / (of + weight - k - prior)) for k, of in ((n, own), (same - n, everything - own))]
    return float((odds[0] - odds[1]) / sqrt(1 / (n + prior) + 1 / (same - n + prior)))


def test_a_word_of_one_cause_is_typical_of_it_and_a_common_one_of_none(folder: Path) -> None:
    day = date(2026, 2, 10)
    complaints = [said(n, day, ("late_delivery", "refund")[n % 2]) for n in range(1, 81)]
    words = [{**row, "word_id": 4} for row in complaints]
    words += [{**row, "word_id": 1} for row in complaints if row["cause"] == "late_delivery"]
    words += [{**row, "word_id": 2} for row in complaints if row["cause"] == "refund"][:30]
    publish(folder, complaints, text_words=words, words=list(voices.WORDS))
    found = rows("cause_words", Scope(), month=date(2026, 2, 1))
    assert [(row["cause"], row["word"]) for row in found] == [("late_delivery", "太慢"), ("refund", "refund")]
    assert (found[0]["n"], found[0]["n_other"]) == (40, 0)
    assert rows("cause_words", Scope()) == []


@pytest.mark.parametrize("english, shown", [(2, {"a", "b", "太慢", "慢"}), (3, {"a", "b", "c"})])
def test_words_in_the_readers_language_stand_alone_where_there_are_three(
    folder: Path, english: int, shown: set[str]
) -> None:
    day = date(2026, 2, 10)
    complaints = [said(n, day, ("late_delivery", "refund")[n % 2]) for n in range(1, 81)]
    late = [row for row in complaints if row["cause"] == "late_delivery"]
    own = [{"word_id": 10 + n, "word": word, "language": "en"} for n, word in enumerate("abc"[:english])]
    known = [*own, *(row for row in voices.WORDS if row["language"] == "zh")]
    said_words = [{**row, "word_id": word["word_id"]} for row in late for word in known]
    said_words += [{**row, "word_id": 9} for row in complaints if row not in late]
    publish(folder, complaints, text_words=said_words, words=[*known, {"word_id": 9, "word": "z", "language": "en"}])
    found = rows("cause_words", Scope(), month=date(2026, 2, 1), lang="en")
    assert {row["word"] for row in found if row["cause"] == "late_delivery"} == shown
    assert found[0]["word"] == "a"


def test_a_month_that_runs_is_held_against_the_same_days_of_the_others(folder: Path) -> None:
    """On the 5th and the 20th of three months after the first; words are those of the first days, too."""
    counts = {date(2025, 11, 5): 9, date(2025, 12, 5): 4, date(2025, 12, 20): 30, date(2026, 1, 5): 6}
    counts |= {date(2026, 1, 20): 30, date(2026, 2, 5): 5, date(2026, 2, 20): 7}
    days = [day for day, n in counts.items() for _ in range(n)]
    complaints = [said(n, day, "late_delivery") for n, day in enumerate(days, 1)]
    rest = [said(100 + n, date(2026, 2, 5), "refund") for n in range(3)]
    words = [{**row, "word_id": 1} for row in complaints] + [{**row, "word_id": 2} for row in rest]
    publish(folder, [*complaints, *rest], text_words=words, words=list(voices.WORDS))
    february = {"month": date(2026, 2, 1), "first_days": 10}
    late = rows("top_causes", Scope(), **february)[0]
    assert (late["n"], late["n_before"], late["months_before"], late["share"]) == (5, 6, 2, 5 / 8)
    assert (late["usual"], late["usual_low"], late["usual_high"]) == (5, 4, 6)
    months = rows("cause_months", Scope(), until=date(2026, 2, 10), first_days=10)
    assert [row["n"] for row in months if row["cause"] == "late_delivery"] == [9, 4, 6, 5]
    assert [row["complaints"] for row in months if row["cause"] == "late_delivery"] == [9, 4, 6, 8]
    assert rows("cause_words", Scope(), **february)[0]["n"] == 5


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("lang, days", [("en", None), ("zh", None), ("en", 20)])
def test_quotes_are_the_most_central_each_for_another_word_in_the_readers_language_first(
    lang: str, days: int | None
) -> None:
    known = {row["text_id"]: row for row in fixture.rows()["typical_texts"]}
    month = texts(Scope(), period=False)
    month = month[(month["day"].map(fixture.month_of) == JANUARY[0]) & (month["cause"] != MISSING)]
    month = month[month["text_id"].isin(list(known)) & month["day"].map(lambda day: day.day <= (days or 31))]
    typical = month.merge(pd.DataFrame(list(known.values())), on="text_id")
    typical = typical.sort_values("centrality", ascending=False).drop_duplicates(["cause", "language", "gist"])
    typical = typical.assign(foreign=typical["language"] != lang).sort_values(
        ["foreign", "centrality"], ascending=[True, False]
    )
    found = rows("cause_quotes", Scope(), month=JANUARY[0], lang=lang, first_days=days)
    assert [row["centrality"] for row in found] == typical.head(3)["centrality"].tolist()
    assert found and [row["place"] for row in found] == [1, 2, 3][: len(typical)]
    for row in found:
        assert row["text"] == (f"Text {row['ticket_id']}" if row["source"] == "ticket" else "好 good")


def unhappy(scope: Scope) -> pd.DataFrame:
    found = texts(scope, "fact_texts")
    return found[(found["pool"] == "complaint") | (found["unhappy"] >= 0.5)]


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_where_it_hurts(scope: Scope) -> None:
    expected = unhappy(scope)
    found = rows("demand_cells", scope)
    groups = expected.groupby(["scenario", "cause"])
    assert {(row["scenario"] or MISSING, row["cause"] or MISSING): row["n"] for row in found} == groups.size().to_dict()
    assert expected["pool"].nunique() > 1
    for row in found:
        own = groups.get_group((row["scenario"] or MISSING, row["cause"] or MISSING))
        mood = own["unhappy"].mean()
        assert row["texts"] == len(expected)
        assert row["others"] == (own["pool"] != "complaint").sum()
        assert row["weight"] == pytest.approx(len(own) / len(expected) * (1 if mood != mood else mood))
        kinds = own["source"].value_counts()
        counts = (row["tickets"], row["comments"], row["contacts"])
        assert counts == tuple(kinds.get(kind, 0) for kind in ("ticket", "survey", "interaction"))


@pytest.mark.usefixtures("full")
def test_a_cell_opens_what_it_counts() -> None:
    for row in rows("demand_cells", FEBRUARY):
        wanted = {name: row[name] or NOT_GIVEN for name in ("scenario", "cause")}
        opened = rows("demand_rows", FEBRUARY, limit=1000, **wanted)
        assert len(opened) == row["n"] == opened[0]["total"]
    opened = rows("demand_rows", Scope(), limit=1000)
    assert {row["text_id"] for row in opened} == set(unhappy(Scope())["text_id"])
    assert {row["text"] for row in opened if row["source"] == "ticket"} == {
        f"Text {row['ticket_id']}" for row in opened if row["source"] == "ticket"
    }


@pytest.mark.usefixtures("full")
def test_a_limited_viewer_counts_only_what_is_theirs() -> None:
    limited = Scope(viewer=Viewer("east", regions=("East",)))
    for name in ("causes", "cause_months", "demand_cells", "demand_rows"):
        assert rows(name, limited) == rows(name, EAST)
    for name in ("top_causes", "cause_words", "cause_quotes"):
        assert rows(name, limited, month=date(2026, 2, 1)) == rows(name, EAST, month=date(2026, 2, 1))
