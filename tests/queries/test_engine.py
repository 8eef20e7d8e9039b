"""The seam: what is cached and for how long, how a new version is picked up, and what a failure says."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from queries import NoWarehouse, QuestionFailed, Scope, ask, meta, served, table_rows, version
from queries.catalogue import questions
from queries.engine import _answer
from tests.queries import fixture
from tests.queries.test_permission import answers, each_question


def opened(scope: Scope | None = None) -> int:
    """The number of tickets in the published version."""
    value: int = ask("metric_value", scope or Scope(), metric="tickets_opened").to_pylist()[0]["n"]
    return value


def test_without_a_warehouse_there_is_no_answer_and_that_is_not_remembered(folder: Path) -> None:
    assert version() is None
    for call in (meta, table_rows, opened):
        with pytest.raises(NoWarehouse):
            call()
    fixture.publish(folder, fixture.rows())
    assert version() == "warehouse-000001"
    assert opened() == 40


def test_a_new_version_is_picked_up_at_once_and_an_older_one_again(folder: Path) -> None:
    first = fixture.publish(folder, fixture.rows())
    assert opened() == 40
    fixture.publish(folder, {"fact_tickets": fixture.tickets()[:5]}, number=2)
    assert (version(), opened(), meta().version) == ("warehouse-000002", 5, "warehouse-000002")
    (folder / "CURRENT").write_text(first.name, encoding="utf-8")
    assert (version(), opened()) == ("warehouse-000001", 40)


def test_equal_questions_are_answered_once(folder: Path) -> None:
    fixture.publish(folder, fixture.rows())
    assert ask("headline", Scope().narrow("tier", ["core", "growth"])) is ask(
        "headline", Scope().narrow("tier", ["growth", "core"])
    )


def test_the_cache_is_bounded_and_keeps_no_long_lists(folder: Path) -> None:
    fixture.publish(folder, fixture.rows())
    assert _answer.cache_info().maxsize == 1024
    before = _answer.cache_info().currsize
    assert ask("ticket_rows", Scope(), limit=100_000).num_rows == 40
    assert _answer.cache_info().currsize == before


def test_an_old_version_stays_open_while_a_query_runs_and_closes_after_it(folder: Path) -> None:
    fixture.publish(folder, fixture.rows())
    with served.serving() as old:
        cursor = old.cursor()
        fixture.publish(folder, {}, number=2)
        assert opened() == 0
        assert cursor.execute("SELECT count(*) FROM fact_tickets").fetchall() == [(40,)]
    with pytest.raises(duckdb.ConnectionException):
        old.cursor()


def test_many_threads_ask_while_versions_change(folder: Path) -> None:
    fixture.publish(folder, {"fact_tickets": fixture.tickets()[:1]})
    stop = threading.Event()

    def keep_asking(thread: int) -> set[int]:
        seen: set[int] = set()
        asked = 0
        while not stop.is_set() or not asked:
            asked += 1
            seen.add(opened(Scope(date(2000, 1, 1 + thread), date(2100, 1, 1 + asked % 28))))
        return seen

    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(keep_asking, thread) for thread in range(4)]
        for number in range(2, 8):
            fixture.publish(folder, {"fact_tickets": fixture.tickets()[:number]}, number=number)
        stop.set()
        seen = set().union(*(future.result() for future in running))
    assert seen <= set(range(1, 8))
    assert opened() == 7


def test_a_failure_names_the_question_and_hides_the_sql(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A published file without a table that is expected, as after a downgrade."""
    with duckdb.connect(str(fixture.publish(folder, {}))) as con:
        con.execute("DROP TABLE fact_tickets")
    with caplog.at_level(logging.CRITICAL), pytest.raises(QuestionFailed) as failure:
        opened()
    assert str(failure.value) == "the question 'metric_value' could not be answered"
    assert failure.value.question == "metric_value"


def test_a_file_that_is_no_warehouse_fails_in_words(folder: Path) -> None:
    (folder / "warehouse-000001.duckdb").write_bytes(b"not a database")
    (folder / "CURRENT").write_text("warehouse-000001.duckdb", encoding="utf-8")
    with pytest.raises(QuestionFailed):
        opened()


@pytest.mark.usefixtures("full")
def test_meta_knows_the_horizon_and_the_working_days() -> None:
    found = meta()
    assert (found.as_of, found.as_of_day) == (fixture.AS_OF, date(2026, 3, 10))
    assert (found.workday, found.workday_before) == (date(2026, 3, 10), date(2026, 3, 9))
    assert (found.timezone, found.currency) == ("Asia/Shanghai", "¥")
    assert found.undated == frozenset()


@pytest.mark.parametrize(
    ("last_day", "workday", "before"),
    [
        (date(2026, 3, 8), date(2026, 3, 6), date(2026, 3, 5)),  # a Sunday
        (date(2026, 2, 18), date(2026, 2, 13), date(2026, 2, 12)),  # the end of a holiday
        (date(2026, 2, 19), date(2026, 2, 19), date(2026, 2, 13)),  # the day after it
    ],
)
def test_working_days_skip_weekends_and_holidays(folder: Path, last_day: date, workday: date, before: date) -> None:
    stated = [row for row in fixture.meta(1, empty=False) if row["key"] != "as_of_day"]
    stated.append({"key": "as_of_day", "value": str(last_day)})
    fixture.publish(folder, {"meta": stated, "calendar": fixture.calendar()})
    assert (meta().workday, meta().workday_before) == (workday, before)


@pytest.mark.usefixtures("full")
def test_table_rows() -> None:
    assert table_rows() == {
        "customers": 5,
        "agents": 0,
        "interactions": 25,
        "tickets": 40,
        "pauses": 0,
        "orders": 20,
        "surveys": 30,
    }


_ALWAYS = {
    "customer_service": 1,
    "complaint_counts": 1,
    "rule_reach": 1,
    "testimonial_counts": 1,
    "watch_totals": 1,
    "standing": 1,
    "backlog_now": 1,
    "cases_opened": 1,
    "cases_resolved": 1,
    "loop": 1,
    "loop_recorded": 1,
    "duration_buckets": 10,
    "contents": 7,
    "headline": 12,
    "metric_before_after": 1,
    "metric_value": 1,
    "order_facts": 1,
    "tiers_at": 4,
    "outreach_effect": 1,
    "outreach_funnel": 1,
}


@each_question
@pytest.mark.usefixtures("empty")
def test_every_question_answers_on_an_empty_warehouse(name: str) -> None:
    for scope in (Scope(), Scope(date(2026, 1, 1), date(2026, 2, 1)).narrow("tier", "core")):
        for table in answers(questions()[name], scope):
            assert table.num_rows == _ALWAYS.get(name, 0)


@each_question
@pytest.mark.usefixtures("full")
def test_the_grain_identifies_each_row(name: str) -> None:
    for scope in (Scope(), Scope(date(2026, 2, 1), date(2026, 3, 10)).narrow("region", ["East", "—"])):
        for table in answers(questions()[name], scope):
            keys = list(zip(*(table.column(column).to_pylist() for column in questions()[name].grain), strict=True))
            assert len(keys) == len(set(keys))


@each_question
@pytest.mark.usefixtures("full")
def test_answers_are_made_of_plain_types(name: str) -> None:
    plain = {pa.string(), pa.int32(), pa.int64(), pa.float64(), pa.bool_(), pa.date32(), pa.timestamp("us")}
    for table in answers(questions()[name], Scope()):
        assert set(table.schema.types) <= plain
