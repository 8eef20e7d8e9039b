"""Whatever the table and however it is written, both ways of reading give it back."""

import tempfile
from pathlib import Path
from unittest.mock import patch

import duckdb
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.reading.reader import Read, read
from warehouse.reading import Format, scan

_LETTERS = st.text(st.sampled_from("ab 1.,;|\t\"\n\r'éß好的、"), max_size=12)
_ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=8)
_ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
_SOUP = st.lists(
    st.sampled_from(["a", "b,", ",", '"', '""', ' "', '" ', '",', ',"', "\n", "\r\n", "\r", "é", " "]), max_size=30
)


@st.composite
def _tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 5))
    cells = st.one_of(_LETTERS, _ANY)
    return draw(st.lists(st.lists(cells, min_size=width, max_size=width), max_size=8))


def _ways(path: Path, folder: Path, fmt: Format) -> tuple[Read, Read | None]:
    careful = read(path, folder, fmt, careful=True)
    try:
        return careful, read(path, folder, fmt, careful=False)
    except duckdb.Error:
        return careful, None


@given(_tables(), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), _ENCODINGS)
@settings(max_examples=100)
@example([["a", "b"], ["", ""], [" x", '"']], ",", "\n", False, "utf-8")
def test_a_written_table_comes_back(
    table: list[list[str]], delimiter: str, line_end: str, quote_all: bool, encoding: str
) -> None:
    columns = [f"name_{i}" for i in range(len(table[0]) if table else 2)]
    lines = [_line(row, delimiter, quote_all) for row in (columns, *table)]
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "table.csv"
        path.write_bytes(line_end.join([*lines, ""]).encode(encoding))
        careful, fast = _ways(path, Path(place), Format(delimiter=delimiter, encoding=encoding))
    expected = {number: tuple(cell or None for cell in row) for number, row in enumerate(table, 2)}
    assert careful.content == (tuple(columns), expected, ())
    assert fast is None or fast.content == careful.content


def _line(row: list[str], delimiter: str, quote_all: bool) -> str:
    return delimiter.join(_quoted(cell) if quote_all or set(f'"\r\n{delimiter}') & set(cell) else cell for cell in row)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@given(_SOUP, st.sampled_from(["a,b\n", "a\n", "a,b,c\r\n"]), st.booleans(), st.integers(2, 50))
@settings(max_examples=150)
def test_both_ways_agree_on_any_soup(soup: list[str], header: str, has_header: bool, piece: int) -> None:
    """Also when the quick look over the file sees it in pieces of a few bytes."""
    fmt = Format(delimiter=",", header=has_header)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "soup.csv"
        path.write_bytes((header + "".join(soup)).encode())
        with patch.object(scan, "_CHUNK", piece):
            careful, fast = _ways(path, Path(place), fmt)
    assert fast is None or fast.content == careful.content


@given(_SOUP, st.lists(st.integers(128, 255), max_size=3).map(bytes), st.integers(0, 60))
@settings(max_examples=100)
def test_every_line_is_in_some_row_or_set_aside(soup: list[str], junk: bytes, at: int) -> None:
    """What was read and what was set aside together hold every letter of the file."""
    text = "".join(soup).encode()
    data = b"a,b\n" + text[:at] + junk + text[at:]
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "soup.csv"
        path.write_bytes(data)
        result = read(path, Path(place), Format(delimiter=",", encoding="utf-8"))
    seen = "".join(cell or "" for row in result.rows.values() for cell in row) + "".join(
        row.raw for row in result.broken
    )
    assert seen.count("é") == data.decode(errors="ignore").count("é")
    assert seen.count("a") + 1 >= data.count(b"a")
