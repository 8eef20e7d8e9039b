"""``python -m queries``: what is printed pastes and runs, and mistakes are told in one line."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from queries import Scope, ask
from queries.__main__ import main
from queries.catalogue import questions
from store import snapshot
from tests.queries.test_permission import ways


def test_without_a_name_all_questions_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(questions())
    assert all(len(line.split()) > 3 for line in lines)


@pytest.mark.parametrize("name", sorted(questions()))
def test_printed_sql_gives_the_same_rows_in_a_plain_shell(
    name: str, full: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    way = ways(questions()[name])[0]
    filters = ["--start", "2026-02-01", "--end", "2026-03-10", "--tier", "core", "--tier", "—", "--region", "East"]
    assert main([name, *(f"{key}={value}" for key, value in way.items()), *filters]) == 0
    with duckdb.connect(str(full / "warehouse-000001.duckdb"), read_only=True) as shell:
        for table, written in snapshot().tables.items():  # these stand in the store
            shell.register(table, written)
        found = shell.execute(capsys.readouterr().out).fetchall()
    scope = Scope(date(2026, 2, 1), date(2026, 3, 10)).narrow("tier", ["core", "—"]).narrow("region", "East")
    asked = ask(name, scope, **way)
    assert sorted(map(repr, found)) == sorted(repr(tuple(row.values())) for row in asked.to_pylist())


@pytest.mark.usefixtures("full")
def test_rows_as_csv_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compliance_by", "by=tier", "stage=response", "--run"]) == 0
    as_csv = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert main(["compliance_by", "by=tier", "stage=response", "--run", "--format", "json"]) == 0
    as_json = json.loads(capsys.readouterr().out)
    assert [row["value"] for row in as_csv] == [row["value"] or "" for row in as_json]
    assert [int(row["decided"]) for row in as_csv] == [row["decided"] for row in as_json]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["headlin"], "did you mean 'headline'"),
        (["queue", "limit=many"], "limit must be int, not 'many'"),
        (["queue", "stages=any"], "did you mean 'stage'"),
        (["queue", "any"], "name=value"),
        (["queue", "--tier", "cor"], "no row has the tier 'cor'; did you mean 'core'"),
        (["queue", "--start", "2026-03-01", "--end", "2026-02-01"], "ends before"),
        (["compliance_by", "by=tier"], "'stage' is missing"),
    ],
)
@pytest.mark.usefixtures("full")
def test_mistakes_are_told_in_one_line(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr().err
    assert complaint in told
    assert len(told.splitlines()) == 1


def test_no_warehouse_is_told_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["queue", "--run"]) == 1
    assert capsys.readouterr().err == "queries: nothing has been published yet\n"
