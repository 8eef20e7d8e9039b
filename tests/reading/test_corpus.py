"""Every hostile file comes to what it must come to, whichever way it is read."""

import re
from pathlib import Path

import duckdb
import pytest

from tests.reading.hostile import CORPUS, Hostile
from tests.reading.reader import read
from warehouse.reading import ReadError

_BY_NAME = pytest.mark.parametrize("hostile", CORPUS, ids=lambda hostile: hostile.name)


def test_the_corpus_is_large_and_its_names_and_files_differ() -> None:
    assert len(CORPUS) >= 100
    assert len({hostile.name for hostile in CORPUS}) == len({hostile.file for hostile in CORPUS}) == len(CORPUS)


@_BY_NAME
def test_hostile_file(hostile: Hostile, tmp_path: Path) -> None:
    path = hostile.write(tmp_path)
    if hostile.error is not None:
        with pytest.raises(ReadError, match=re.escape(hostile.error)) as caught:
            read(path, tmp_path, hostile.fmt)
        assert path.name.removesuffix(".gz") in str(caught.value)
        assert "\n" not in str(caught.value)
        return
    result = read(path, tmp_path, hostile.fmt)
    assert (len(result.rows), len(result.broken)) == (hostile.good, hostile.broken), result.broken
    assert not result.rows.keys() & {row.row_number for row in result.broken}


@_BY_NAME
def test_both_ways_agree(hostile: Hostile, tmp_path: Path) -> None:
    if hostile.error is not None:
        return
    path = hostile.write(tmp_path)
    careful = read(path, tmp_path, hostile.fmt, careful=True)
    try:
        fast = read(path, tmp_path, hostile.fmt, careful=False)
    except duckdb.Error:
        assert careful.broken or hostile.good, "the fast way refused a file without rows"
        return
    assert fast.content == careful.content
