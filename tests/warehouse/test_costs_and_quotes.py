"""What a complaint costs, by hand; how well it speaks for others, against scikit-learn; the policy of demand."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfTransformer

from warehouse.derive.build import FOLDER
from warehouse.derive.demand_policy import create_demand_rules, read_unhappy_from
from warehouse.errors import LoadError
from warehouse.settings import POLICY

Write = Callable[[str, str], Path]
Con = duckdb.DuckDBPyConnection
MAY, JUNE = date(2026, 5, 10), date(2026, 6, 10)


@pytest.fixture
def con() -> Iterator[Con]:
    with duckdb.connect() as found:
        yield found


def run(con: Con, step: str) -> None:
    con.execute((FOLDER / f"{step}.sql").read_text(encoding="utf-8"))


def fill(con: Con, table: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
    con.execute(f"CREATE TABLE {table} ({columns})")
    con.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


COMPLAINTS = [
    ("missed one target of two, compensated", (1, "ticket", "T1", "C1", JUNE), (True, 20.0, 500.0)),
    ("kept its target", (2, "ticket", "T2", "C1", MAY), (False, None, 400.0)),
    ("has no target; of a customer without a forecast", (3, "ticket", "T3", "C2", JUNE), (None, None, 70.0)),
    ("of a customer who was new that month", (4, "ticket", "T4", "C3", JUNE), (None, None, 90.0)),
    ("a comment on a late ticket costs nothing of its own", (5, "survey", "T1", "C1", JUNE), (None, None, 500.0)),
    ("has no date", (6, "ticket", "T6", "C1", None), (True, None, 600.0)),
    ("of nobody known", (7, "ticket", "T7", None, JUNE), (None, 5.0, None)),
]


def test_what_each_complaint_costs(con: Con) -> None:
    con.execute("CREATE TEMP MACRO local(t) AS t")
    con.execute("CREATE TEMP MACRO as_of() AS TIMESTAMP '2026-07-20 12:00:00'")
    complaints = [("complaint", *row) for _, row, _ in COMPLAINTS]
    columns = "pool VARCHAR, text_id INTEGER, source VARCHAR, ticket_id VARCHAR, customer_id VARCHAR, day DATE"
    fill(con, "all_texts", columns, [*complaints, ("praise", 8, "survey", "T1", "C1", JUNE)])
    clocks = [("T1", "met"), ("T1", "breached"), ("T2", "met"), ("T3", "none"), ("T3", "running"), ("T6", "overdue")]
    fill(con, "fact_clocks", "ticket_id VARCHAR, state VARCHAR", clocks)
    paid = [("T1", 20.0), ("T2", None), ("T3", None), ("T4", None), ("T6", None), ("T7", 5.0)]
    fill(con, "fact_tickets", "ticket_id VARCHAR, compensation DOUBLE", paid)
    values: dict[tuple[str, int], tuple[float | None, float]] = {
        **{("C1", month): (value, 1.0) for month, value in ((4, 400.0), (5, 500.0), (6, 600.0), (7, 1.0))},
        ("C2", 5): (None, 70.0),
        ("C3", 6): (90.0, 1.0),
        ("C3", 7): (2.0, 1.0),
    }
    worth = [(customer, date(2026, month, 1), *value) for (customer, month), value in values.items()]
    fill(con, "customer_months", "customer_id VARCHAR, month DATE, clv DOUBLE, spend DOUBLE", worth)
    run(con, "94_costs")
    found = con.execute("SELECT breached, compensation, customer_value FROM text_costs ORDER BY text_id").fetchall()
    told = [name for name, _, _ in COMPLAINTS]
    assert dict(zip(told, found, strict=True)) == {name: cost for name, _, cost in COMPLAINTS}


def test_centrality_is_the_cosine_with_the_mean_of_cause_month_and_language(con: Con) -> None:
    """400 texts of two causes, three months (one of them none) and two languages, each with some of thirty words."""
    random = np.random.default_rng(7)
    said = random.random((400, 30)) < random.uniform(0.02, 0.3, 30)
    said[:, 0] |= ~said.any(axis=1)
    causes = [("late", None)[place] for place in random.integers(0, 2, 400)]
    months = [(MAY, JUNE, None)[place] for place in random.integers(0, 3, 400)]
    chinese = random.random(400) < 0.5
    numbers = range(400)
    pairs = [(int(text), int(word), "complaint") for text, word in np.argwhere(said)]
    fill(con, "text_words", "text_id INTEGER, word_id INTEGER, pool VARCHAR", [*pairs, (900, 1, "praise")])
    texts = [(n, "complaint", causes[n], months[n]) for n in numbers]
    fill(
        con,
        "fact_texts",
        "text_id INTEGER, pool VARCHAR, cause VARCHAR, day DATE",
        [*texts, (900, "praise", None, MAY)],
    )
    fill(
        con, "plain_texts", "text_id INTEGER, text VARCHAR", [(n, "太慢 ok" if chinese[n] else "late") for n in numbers]
    )
    run(con, "96_quotes")
    found = con.execute("SELECT text_id, language, centrality, gist FROM typical_texts ORDER BY text_id").fetchall()
    vectors = TfidfTransformer(smooth_idf=False).fit_transform(said.astype(float)).toarray()
    groups = list(zip(causes, months, chinese, strict=True))
    assert [number for number, *_ in found] == list(numbers)
    for number, language, centrality, gist in found:
        mean = vectors[[group == groups[number] for group in groups]].mean(axis=0)
        parts = vectors[number] * mean / np.linalg.norm(mean)
        assert language == ("zh" if chinese[number] else "en")
        assert centrality == pytest.approx(parts.sum(), abs=1e-6)
        assert parts[gist] == pytest.approx(parts.max(), abs=1e-6)


@pytest.mark.parametrize("value", ["1.5", "-0.1", "true", '"often"'])
def test_a_wrong_policy_of_demand_is_one_clear_error(value: str, write: Write) -> None:
    with pytest.raises(
        LoadError, match=r"demand.toml line 1, unhappy_from: must be a number from 0 to 1, not"
    ) as caught:
        read_unhappy_from(write("demand.toml", f"unhappy_from = {value}\n"))
    assert "write for example unhappy_from = 0.5" in str(caught.value)


def test_an_unknown_key_of_demand_is_named(write: Write) -> None:
    with pytest.raises(LoadError, match="unknown key “unhappy”; did you mean “unhappy_from”"):
        read_unhappy_from(write("demand.toml", "unhappy = 0.5\n"))


def test_the_policy_of_demand_is_published_as_read(con: Con, write: Write) -> None:
    create_demand_rules(con, write("demand.toml", "unhappy_from = 0.7\n"))
    assert con.execute("FROM demand_rules").fetchall() == [(0.7,)]
    assert 0 < read_unhappy_from(POLICY / "demand.toml") < 1
