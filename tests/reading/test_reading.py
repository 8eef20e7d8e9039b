"""Reading beyond counts: texts, row numbers, encodings, what is said about broken rows, settings, folders."""

import gzip
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from tests.reading.hostile import CORPUS
from tests.reading.hostile_base import HEADER, row
from tests.reading.hostile_tables import workbook
from tests.reading.reader import Read, read
from warehouse.reading import Format, ReadError, find_files
from warehouse.reading.workbook import cell_text

Write = Callable[[str, str], Path]
_BY_NAME = {hostile.name: hostile for hostile in CORPUS}


def _read(name: str, folder: Path) -> Read:
    return read(_BY_NAME[name].write(folder), folder, _BY_NAME[name].fmt)


@pytest.mark.parametrize(
    ("name", "encoding", "guessed"),
    [
        ("plain", "utf-8", False),
        ("utf8_mark", "utf-8", False),
        ("utf16_le", "utf-16-le", False),
        ("utf16_be_unmarked", "utf-16-be", True),
        ("gb18030", "gb18030", True),
        ("big5", "big5", True),
        ("windows_1252", "cp1252", True),
        ("latin1_with_dos_bytes", "iso8859-1", False),
    ],
)
def test_the_encoding_is_reported(name: str, encoding: str, guessed: bool, tmp_path: Path) -> None:
    result = _read(name, tmp_path)
    assert (result.encoding, result.guessed) == (encoding, guessed)


@pytest.mark.parametrize(
    ("name", "comment"),
    [
        ("utf16_le_unmarked", "客服态度很好，问题解决得很快"),
        ("utf16_be", "客服态度很好，问题解决得很快"),
        ("gb18030", "客服态度很好，问题解决得很快"),
        ("big5", "客服態度很好，問題解決得很快"),
        ("windows_1252", "Très déçu, délai trop long"),
        ("latin1", "Très déçu, délai trop long"),
        ("emoji", "👍🏽👨‍👩‍👧‍👦"),
        ("right_to_left", "خدمة ممتازة"),
        ("quoted_line_ends", "one\ntwo"),
        ("blanks_around_quotes", "a, b"),
        ("quotes_in_unquoted_text", '5" pipe'),
    ],
)
def test_the_text_arrives_unharmed(name: str, comment: str, tmp_path: Path) -> None:
    result = _read(name, tmp_path)
    assert result.columns == tuple(HEADER.split(","))
    assert next(iter(result.rows.values()))[4] == comment


def test_row_numbers_are_those_of_a_spreadsheet(write: Write, tmp_path: Path) -> None:
    path = write("rows.csv", 'a,b\n1,"x\n\ny"\n\n\n2,y\n3\n4,z\n')
    result = read(path, tmp_path)
    assert {number: values[0] for number, values in result.rows.items()} == {2: "1", 5: "2", 7: "4"}
    assert [(row.row_number, row.raw) for row in result.broken] == [(6, "3")]


@pytest.mark.parametrize(
    ("name", "raw", "rule", "detail"),
    [
        ("short_row", "2,nps,9", "shape", "3 fields where the header has 5"),
        ("long_row", row(2, "well,and,more"), "shape", "7 fields where the header has 5"),
        ("unclosed_quote_first", row(1, '"never closed'), "shape", "a quote is opened and never closed"),
        ("unclosed_quote_in_the_middle", row(2, '"oops'), "shape", "there is text after a closing quote"),
        ("invalid_utf8_in_the_middle", row(4, r"caf\xe9"), "encoding", "the byte 0xE9, which is not text"),
        ("json_cut_off", '{"survey_id": 2, "kin', "shape", "not valid JSON"),
        ("json_half_surrogate", r'{"survey_id": 2, "kind": "nps", "comment": "\ud83d"}', "encoding", "half of a"),
    ],
)
def test_a_broken_row_is_kept_whole_with_its_reason(
    name: str, raw: str, rule: str, detail: str, tmp_path: Path
) -> None:
    (broken,) = _read(name, tmp_path).broken
    assert (broken.raw, broken.rule) == (raw, rule)
    assert detail in broken.detail


def test_clean_files_take_the_fast_way(tmp_path: Path) -> None:
    names = ("plain", "quoted_blank_lines", "utf16_le", "gb18030", "gzip", "carriage_returns", "ten_megabyte_line")
    assert all(_read(name, tmp_path).fast for name in names)


def test_json_numbers_stay_exact_and_nested_values_become_json(tmp_path: Path) -> None:
    result = _read("json_lines", tmp_path)
    assert result.columns == (*HEADER.split(","), "extra")
    assert result.rows[3][5] == '{"a":[1,null]}'
    assert result.rows[4][:3] == ("123456789012345678901234567890", "nps", "9.10")


def test_parquet_as_text(tmp_path: Path) -> None:
    first, second, third = _read("columnar", tmp_path).rows.values()
    assert first == ("1", "nps", "9", "2024-01-02 03:04:05+00", '{"a":1,"b":["x"]}', "2024-02-29", "bytes")
    assert second[:3] == (str(2**62), "nps", "7.5")
    assert third[:3] == (None, None, None)


def test_workbook_as_text(tmp_path: Path) -> None:
    rows = _read("workbook", tmp_path).rows
    assert rows == {
        2: ("1", "nps", "9", "2024-01-02 03:04:05", "fine"),
        4: ("2", "nps", "7", "2024-01-03", "true"),
    }


def test_workbook_formulas_bring_their_result_and_errors_stay_visible(tmp_path: Path) -> None:
    assert _read("workbook_with_formulas", tmp_path).rows[2] == ("1", "nps", "9", None, "#DIV/0!")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1.0, "1"),
        (-0.5, "-0.5"),
        (1e17, "100000000000000000"),
        (1e-7, "1e-07"),
        (0.1 + 0.2, "0.30000000000000004"),
        (False, "false"),
        (date(2024, 2, 29), "2024-02-29"),
        (datetime(2024, 2, 29, 1, 2, 3), "2024-02-29 01:02:03"),
        (time(1, 2), "01:02:00"),
        (timedelta(hours=30, minutes=5), "30:05:00"),
        ("", ""),
    ],
)
def test_cell_text(cell: object, text: str) -> None:
    assert cell_text(cell) == text


def test_values_without_a_header_get_a_column(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(lambda book: book.add_worksheet().write_column(0, 2, ["name", "x"])))
    result = read(path, tmp_path)
    assert result.columns == ("column_1", "column_2", "name")


def test_a_size_limit_can_be_lowered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n" + b"1,2\n" * 1000))
    assert len(read(path, tmp_path).rows) == 1000
    monkeypatch.setenv("WAREHOUSE_MAX_UNPACKED", "2000")
    with pytest.raises(ReadError, match="refused"):
        read(path, tmp_path)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "pdf"},
        {"delimiter": "ab"},
        {"delimiter": '"'},
        {"replace": {"ab": "c"}},
        {"columns": ("a",)},
    ],
)
def test_wrong_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Format(**wrong)  # type: ignore[arg-type]


def test_content_against_the_mapping(write: Write, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="the content is csv, but the mapping says parquet"):
        read(write("rows.csv", "a,b\n1,2\n"), tmp_path, Format(kind="parquet"))


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read(tmp_path / "nowhere.csv", tmp_path)


def test_folders_are_searched_and_named_files_kept(tmp_path: Path) -> None:
    inner = tmp_path / "in" / "deep"
    inner.mkdir(parents=True)
    for name in ("b.csv", "A.CSV.GZ", ".hidden.csv", "notes.md", "deep/c.ndjson"):
        (tmp_path / "in" / name).touch()
    explicit = tmp_path / "odd.dat"
    explicit.touch()
    found = find_files([explicit, tmp_path / "in", inner])
    assert [path.name for path in found] == ["odd.dat", "A.CSV.GZ", "b.csv", "c.ndjson"]


def test_a_folder_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="holds no file to load"):
        find_files([tmp_path])
    with pytest.raises(ReadError, match="no such file"):
        find_files([tmp_path / "nowhere"])
