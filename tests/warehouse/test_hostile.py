"""Every hostile file through the whole loader: the ledger proves that no row is lost, or one error changes nothing."""

import json
from dataclasses import asdict
from pathlib import Path

import duckdb
import pytest

from tests.reading.hostile import CORPUS, Hostile
from warehouse import status
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


@pytest.mark.parametrize("hostile", CORPUS, ids=lambda hostile: hostile.name)
def test_nothing_is_lost(hostile: Hostile, folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "hostile"
    place.mkdir()
    file, mapping = hostile.write(place), mapping_for(hostile, tmp_path)
    if hostile.error:
        with pytest.raises(ReadError):
            load([file], mapping)
        assert current(folder) is None and not list(folder.glob("building-*"))
        return
    try:
        entry = load([file], mapping).entries[0]
    except LoadError as error:
        assert file.name in str(error) and "Found:" in str(error), "only a header that is not ours may refuse the file"
        return
    assert entry.read == hostile.good + hostile.broken == entry.accepted + entry.quarantined
    found = status.rejects(folder)
    assert len({row["row_number"] for row in found}) == entry.quarantined
    assert all(json.loads(row["raw"]) is not None or row["raw"] == "null" for row in found)
    served = current(folder)
    assert served is not None
    with duckdb.connect(served, read_only=True) as con:
        kept = con.execute("SELECT count(*) FROM surveys").fetchall()[0][0]
    assert kept == entry.new
    again = load([file], mapping).entries[0]
    assert (again.read, again.new) == (entry.read, 0), "loading it again changes nothing"
