"""Every hostile file through the whole loader: the ledger proves that no row is lost, or one error changes nothing."""

import json
from dataclasses import asdict
from pathlib import Path

import duckdb
import pytest

from tests.conftest import derive_nothing
from tests.reading.hostile import CORPUS, Hostile
from warehouse.errors import LoadError, ReadError
from warehouse.load import load
from warehouse.publish import current
from warehouse.reading import Format

MAPPING = """
[surveys]
repeats = "replace"
[surveys.columns]
survey_id = "survey_id"
kind = "kind"
score = "score"
sent_at = "sent_at"
comment = "comment"
"""


def mapping_for(hostile: Hostile, folder: Path) -> str:
    """A mapping of the surveys' columns, with the format that the file needs to be told."""
    told = {key: value for key, value in asdict(hostile.fmt).items() if value != getattr(Format(), key)}
    lines = [f"{'format' if key == 'kind' else key} = {_toml(value)}" for key, value in told.items()]
    path = folder / "any.toml"
    path.write_text("\n".join(["[source]", *lines, MAPPING]), encoding="utf-8")
    return str(path)


def _toml(value: object) -> str:
    """A value in TOML, which writes tables with = and everything else here as JSON does."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_toml(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(value)


REFUSED = [hostile for hostile in CORPUS if hostile.error or not hostile.fits]
READ = [hostile for hostile in CORPUS if hostile not in REFUSED]
ALIKE = [[hostile for hostile in READ if hostile.fmt == fmt] for fmt in {repr(h.fmt): h.fmt for h in READ}.values()]
"""Files of one format are read under one mapping, and so in one load."""


@pytest.mark.usefixtures("facts_only")
@pytest.mark.parametrize("alike", ALIKE, ids=lambda alike: alike[0].name)
def test_nothing_is_lost(alike: list[Hostile], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "hostile"
    place.mkdir()
    files, mapping = [hostile.write(place) for hostile in alike], mapping_for(alike[0], tmp_path)
    entries = {entry.file: entry for entry in load(files, mapping).entries}
    served = current(folder)
    assert served is not None
    with duckdb.connect(served, read_only=True) as con:
        (kept,) = con.execute("SELECT count(*) FROM surveys").fetchall()[0]
        found = con.execute("SELECT file, row_number, raw FROM rejects").fetchall()
    assert all(json.loads(raw) is not None or raw == "null" for _, _, raw in found)
    for hostile in alike:
        entry = entries[hostile.file]
        assert entry.read == hostile.good + hostile.broken == entry.accepted + entry.quarantined, hostile.name
        set_aside = {number for file, number, _ in found if file == hostile.file}
        assert len(set_aside) == entry.quarantined, hostile.name
    assert kept == sum(entry.new for entry in entries.values())
    derive_nothing(monkeypatch)
    again = {entry.file: (entry.read, entry.new) for entry in load(files, mapping).entries}
    assert again == {name: (entry.read, 0) for name, entry in entries.items()}, "loading them again changes nothing"


@pytest.mark.parametrize("hostile", REFUSED, ids=lambda hostile: hostile.name)
def test_a_file_that_is_refused_changes_nothing(hostile: Hostile, folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "hostile"
    place.mkdir()
    with pytest.raises(ReadError if hostile.error else LoadError) as error:
        load([hostile.write(place)], mapping_for(hostile, tmp_path))
    assert hostile.error or (hostile.file in str(error.value) and "Found:" in str(error.value))
    assert current(folder) is None and not list(folder.glob("building-*"))
