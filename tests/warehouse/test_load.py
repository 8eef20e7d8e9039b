"""Loading: nothing is lost, nothing is counted twice, and a wrong input changes nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse import status
from warehouse.errors import LoadError
from warehouse.load import Report, load
from warehouse.publish import current

Write = Callable[[str, str], Path]
pytestmark = pytest.mark.usefixtures("tables_only")

TICKETS = """ticket_id,kind,opened_at,resolved_at,customer_id
t1,complaint,2025-03-01 10:00:00,2025-03-02 10:00:00,c1
t2,request,2025-03-01 11:00:00,,c2
"""


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    """The rows of ``query`` on the published version."""
    served = current(folder)
    assert served is not None
    with duckdb.connect(served, read_only=True) as con:
        return con.execute(query).fetchall()


def counts(report: Report) -> tuple[int, ...]:
    """read, accepted, quarantined, new, replaced, unchanged of the first ledger line."""
    e = report.entries[0]
    return e.read, e.accepted, e.quarantined, e.new, e.replaced, e.unchanged


@pytest.mark.whole
def test_the_same_file_twice_changes_nothing(folder: Path, write: Write) -> None:
    file = write("tickets.csv", TICKETS)
    assert counts(load([file])) == (2, 2, 0, 2, 0, 0)
    before = rows(folder, "SELECT * FROM tickets ORDER BY ticket_id")
    assert counts(load([file])) == (2, 2, 0, 0, 0, 2)
    assert rows(folder, "SELECT * FROM tickets ORDER BY ticket_id") == before


@pytest.mark.whole
def test_a_changed_row_replaces_the_older_one(folder: Path, write: Write) -> None:
    load([write("tickets.csv", TICKETS)])
    later = write(
        "tickets_2.csv", TICKETS.replace("t2,request,2025-03-01 11:00:00,,", "t2,problem,2025-03-01 11:00:00,,")
    )
    assert counts(load([later])) == (2, 2, 0, 0, 1, 1)
    assert rows(folder, "SELECT kind FROM tickets ORDER BY ticket_id") == [("complaint",), ("problem",)]


def test_files_of_one_load_replace_each_other_in_order(folder: Path, write: Write) -> None:
    first = write("tickets_1.csv", TICKETS)
    second = write("tickets_2.csv", TICKETS.replace("t1,complaint", "t1,enquiry") + "t3,other,2025-03-03 09:00:00,,\n")
    report = load([first, second])
    assert [(e.new, e.replaced, e.unchanged) for e in report.entries] == [(2, 0, 0), (1, 1, 1)]
    assert rows(folder, "SELECT ticket_id, kind FROM tickets ORDER BY 1") == [
        ("t1", "enquiry"),
        ("t2", "request"),
        ("t3", "other"),
    ]


def test_rows_without_a_key_are_kept_when_they_repeat(folder: Path, write: Write) -> None:
    """Two equal pauses really happened; loading them again adds none, a third one adds one."""
    load([write("tickets.csv", TICKETS)])
    line = "t1,2025-03-01 12:00:00,2025-03-01 13:00:00\n"
    head = "ticket_id,started_at,ended_at\n"
    assert counts(load([write("pauses.csv", head + line * 2)])) == (2, 2, 0, 2, 0, 0)
    assert counts(load([write("pauses_again.csv", head + line * 2)])) == (2, 2, 0, 0, 0, 2)
    assert counts(load([write("pauses_more.csv", head + line * 3)])) == (3, 3, 0, 1, 0, 2)
    assert rows(folder, "SELECT count(*) FROM pauses") == [(3,)]


def test_pauses_with_a_number_of_their_own_are_told_apart_by_it(folder: Path, write: Write) -> None:
    head = "pause_id,ticket_id,started_at,ended_at\n"
    load([write("tickets.csv", TICKETS), write("pauses.csv", head + "p1,t1,2025-03-01 12:00:00,\n")])
    ended = write("pauses_2.csv", head + "p1,t1,2025-03-01 12:00:00,2025-03-01 13:00:00\n")
    assert counts(load([ended])) == (1, 1, 0, 0, 1, 0)
    assert rows(folder, "SELECT pause_id, ended_at IS NULL FROM pauses") == [("p1", False)]


BAD = """survey_id,kind,score,sent_at,answered_at
s1,nps,9,2025-01-01,2025-01-02
,nps,9,2025-01-01,
s3,stars,9,2025-01-01,
s4,nps,eleven,2025-01-01,
s5,nps,11,2025-01-01,
s6,csat,0,2025-01-01,
s7,nps,3,2025-02-01,2025-01-01
s8,nps,3,2099-01-01,
s9,nps,3,03/04/2025,
s10,nps,3.5,2025-01-01,
s11,nps,3,2025-02-30,
s1,nps,2,2025-01-05,
s12,nps
"""


def test_every_kind_of_bad_row_is_set_aside_with_its_reason(folder: Path, write: Write) -> None:
    report = load([write("surveys.csv", BAD)])
    assert counts(report) == (13, 1, 12, 1, 0, 0)
    found = {(r["row_number"], r["column_name"], r["rule"], r["value"]) for r in status.rejects(folder)}
    assert found == {
        (2, "survey_id", "unique", "s1"),
        (3, "survey_id", "required", None),
        (4, "kind", "allowed", "stars"),
        (5, "score", "type", "eleven"),
        (6, "score", "range", "11"),
        (7, "score", "range", "0"),
        (8, "answered_at", "order", "2025-01-01"),
        (9, "sent_at", "future", "2099-01-01"),
        (10, "sent_at", "ambiguous", "03/04/2025"),
        (11, "score", "type", "3.5"),
        (12, "sent_at", "type", "2025-02-30"),
        (14, None, "shape", None),
    }
    assert rows(folder, "SELECT survey_id, score FROM surveys") == [("s1", 2)]


def test_the_quarantine_keeps_the_whole_row(folder: Path, write: Write) -> None:
    load([write("surveys.csv", BAD.replace("answered_at", "note") + "s1,nps,2,2025-01-05,a last word\n")])
    raw = {r["row_number"]: r["raw"] for r in status.rejects(folder)}
    assert '"score":"eleven"' in raw[5] and '"note"' in raw[5]
    assert '"note":"2025-01-02"' in raw[2], "an earlier row of a repeated key is kept as it stood in the file"
    assert "s12" in raw[14]


def test_a_corrected_row_leaves_the_quarantine(folder: Path, write: Write) -> None:
    load([write("surveys.csv", BAD)])
    load([write("surveys_fixed.csv", "survey_id,kind,score\ns4,nps,10\n")])
    assert 5 not in {r["row_number"] for r in status.rejects(folder)}
    assert rows(folder, "SELECT count(*) FROM rejects WHERE row_number = 5 AND resolved_in IS NOT NULL") == [(1,)]


def test_loading_a_bad_file_again_counts_its_rejects_once(folder: Path, write: Write) -> None:
    file = write("surveys.csv", BAD)
    load([file])
    first = len(status.rejects(folder))
    load([file])
    assert len(status.rejects(folder)) == first


def test_a_reference_must_be_known_where_there_is_something_to_know(folder: Path, write: Write) -> None:
    tickets = write("tickets.csv", TICKETS)
    assert load([tickets]).quarantined == 0, "without customers there is nothing to check against"
    customers = write("customers.csv", "customer_id,consent\nc1,yes\nc9,perhaps\n")
    assert load([customers, tickets]).quarantined == 2
    assert [(r["rule"], r["value"]) for r in status.rejects(folder, table="tickets")] == [("reference", "c2")]


def test_a_reference_to_a_row_in_quarantine_is_no_unknown_reference(folder: Path, write: Write) -> None:
    customers = write("customers.csv", "customer_id,consent\nc1,yes\nc2,perhaps\n")
    report = load([customers, write("tickets.csv", TICKETS)])
    assert [(e.table, e.quarantined) for e in report.entries] == [("customers", 1), ("tickets", 0)]
    load([write("tickets.csv", TICKETS)])
    assert status.rejects(folder, table="tickets") == []


def test_repeated_keys_update_where_the_mapping_says_so(folder: Path, write: Write, tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text('[customers]\nrepeats = "replace"\n[customers.columns]\ncustomer_id = "id"\nregion = "where"\n')
    file = write("any.csv", "id,where\nc1,north\nc2,south\nc1,west\n")
    assert counts(load([file], str(mapping))) == (3, 3, 0, 2, 1, 0)
    assert rows(folder, "SELECT region FROM customers ORDER BY customer_id") == [("west",), ("south",)]


WRONG = [
    ("tickets.csv", "ticket_id,kind\nt1,complaint\n", "native", ["tickets.csv", "opened_at", "Found: ticket_id, kind"]),
    ("orders.csv", "a,b\n1,2\n", "native", ["orders.csv", "amount, customer_id, order_id, ordered_at", "Found: a, b"]),
    ("things.csv", "a,b\n1,2\n", "native", ["things.csv", "tickets* (tickets)", "Rename the file"]),
    ("tickets.csv", TICKETS, "cdnow", ["tickets.csv", "customer_id", "Found:"]),
    ("tickets.csv", TICKETS, "natve", ["no mapping", "native"]),
    ("tickets.csv", "", "native", ["tickets.csv"]),
]


@pytest.mark.parametrize(("name", "text", "mapping", "told"), WRONG)
def test_a_wrong_input_is_one_clear_error_and_changes_nothing(
    folder: Path, write: Write, name: str, text: str, mapping: str, told: list[str]
) -> None:
    load([write("surveys.csv", BAD)])
    before = current(folder)
    with pytest.raises(Exception) as error:
        load([write(name, text)], mapping)
    assert type(error.value).__name__ in ("LoadError", "ReadError")
    assert all(part in str(error.value) for part in told), str(error.value)
    assert current(folder) == before
    assert not list(folder.glob("building-*"))


def test_a_date_that_does_not_fit_the_stated_format_is_not_called_ambiguous(folder: Path, write: Write) -> None:
    mapping = write("m.toml", '[source]\ndates = "%d.%m.%Y"\n[surveys]\ncolumns = "same"\n')
    report = load([write("x.csv", "survey_id,kind,sent_at\ns1,nps,31.02.2025\ns2,nps,28.02.2025\n")], str(mapping))
    assert [r["rule"] for r in status.rejects(folder)] == ["type"]
    assert report.reasons == ("1 × surveys: sent_at: “31.02.2025” cannot be read as date and time.",)


MAPPINGS = [
    ("[tickets]\ncolour = 1", "unknown name “colour”"),
    ("[tickts]\n", "Did you mean “tickets”?"),
    ("", "no table is mapped"),
    ("[source]\ntimezone = 'Mars/Phobos'\n[tickets]\ncolumns = 'same'", "“Mars/Phobos” is not a time zone"),
    ("[tickets.columns]\nticket_id = 'a'", "needs the column(s) kind, opened_at"),
    ("[surveys.columns]\nsurvey_id = 'a'\nkind = {}", "give either “from”"),
    ("[surveys.columns]\nsurvey_id = 'a'\nkind = 5", "must be a table"),
    ("[surveys", "not valid TOML"),
    ("[surveys]\nkey = 'maybe'", "“maybe” is not one of"),
]


@pytest.mark.parametrize(("text", "told"), MAPPINGS)
def test_a_wrong_mapping_says_what_is_wrong(folder: Path, write: Write, tmp_path: Path, text: str, told: str) -> None:
    mapping = write("wrong.toml", text)
    with pytest.raises(LoadError) as error:
        load([write("surveys.csv", BAD)], str(mapping))
    assert told in str(error.value) and "wrong.toml" in str(error.value)


@settings(max_examples=20)
@given(
    lines=st.lists(
        st.tuples(
            st.sampled_from(["s1", "s2", "s3", ""]),
            st.sampled_from(["nps", "csat", "x"]),
            st.sampled_from(["1", "5", "10", "x", ""]),
        ),
        max_size=12,
    )
)
def test_read_is_accepted_plus_quarantined(
    lines: list[tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("load")
    file = place / "surveys.csv"
    file.write_text("survey_id,kind,score\n" + "".join(",".join(line) + "\n" for line in lines))
    entry = load([file], folder=place / "warehouse").entries[0]
    assert entry.read == len(lines) == entry.accepted + entry.quarantined
    assert rows(place / "warehouse", "SELECT count(*) FROM surveys") == [(entry.accepted,)]
    assert len({r["row_number"] for r in status.rejects(place / "warehouse")}) == entry.quarantined


def test_row_numbers_hold_in_a_large_file(folder: Path, tmp_path: Path) -> None:
    """Several row groups on several threads, every rule family at work: each reject names the row it stands in."""
    lines = 400_000
    bad = {
        1_000: "{n},stars,5,2025-01-01 10:00:00,no",
        150_000: "{n},nps,55,2025-01-01 10:00:00,no",
        260_001: ",nps,5,2025-01-01 10:00:00,no",
        333_333: "{n},nps,5,1st of May,no",
        399_998: "7,nps,5,2025-01-01 10:00:00,no",
    }
    file = tmp_path / "surveys.csv"
    with file.open("w") as out:
        out.write("survey_id,kind,score,sent_at,comment\n")
        for n in range(2, lines + 2):
            out.write(bad.get(n, "{n},nps,{score},2025-01-01 10:00:00,fine").format(n=n, score=n % 11) + "\n")
    report = load([file])
    found = {r["row_number"]: r for r in status.rejects(folder)}
    assert found.keys() == {7, 1_000, 150_000, 260_001, 333_333}
    assert '"comment":"fine"' in found[7]["raw"] and found[7]["detail"] == "399998"
    assert all('"comment":"no"' in found[n]["raw"] for n in bad if n in found)
    assert counts(report) == (lines, lines - 5, 5, lines - 5, 0, 0)
