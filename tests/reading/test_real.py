"""The real data sets stage whole."""

from pathlib import Path

import pytest

from tests.reading.reader import read
from warehouse.reading import Format

pytestmark = pytest.mark.real


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize(
    ("file", "fmt", "rows", "width"),
    [
        ("cdnow/CDNOW_master.txt", Format(delimiter="whitespace"), 69_659, 4),
        ("nps_garden_centre_fr/nps.csv", Format(encoding="latin-1", replace={"\x82": "é"}), 13_954, 9),
        ("waimai/waimai_10k.csv", Format(), 11_987, 2),
        ("baltimore_311/311_sample.csv", Format(), 10_000, 26),
    ],
)
def test_all_rows(real: Path, tmp_path: Path, file: str, fmt: Format, rows: int, width: int, careful: bool) -> None:
    result = read(real / file, tmp_path, fmt, careful=careful)
    assert (len(result.rows), len(result.columns), result.broken) == (rows, width, ())
    assert list(result.rows) == list(range(2, rows + 2))


def test_mixed_bytes_are_decoded(real: Path, tmp_path: Path) -> None:
    fmt = Format(encoding="latin-1", replace={"\x82": "é"})
    result = read(real / "nps_garden_centre_fr/nps.csv", tmp_path, fmt)
    assert result.columns[0] == "column_1"
    comments = [row[5] or "" for row in result.rows.values()]
    assert not any("\x82" in comment for comment in comments)
    assert sum(comment != "NA" for comment in comments) == 3_839


def test_guessing_the_french_survey_says_so(real: Path, tmp_path: Path) -> None:
    result = read(real / "nps_garden_centre_fr/nps.csv", tmp_path)
    assert result.guessed
    assert len(result.rows) == 13_954


def test_purchases_keep_their_leading_zeros(real: Path, tmp_path: Path) -> None:
    result = read(real / "cdnow/CDNOW_master.txt", tmp_path, Format(delimiter="whitespace"))
    assert result.rows[2] == ("00001", "19970101", "1", "11.77")
    assert sum(round(float(row[3] or 0) * 100) for row in result.rows.values()) == 250_031_563
