"""Reads a file to the end, as the loader does."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.reading import Broken, Format, Staged, stage

Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Read:
    """Everything that came out of a file; ``rows`` by row number."""

    columns: tuple[str, ...]
    rows: dict[int, Row]
    broken: tuple[Broken, ...]
    encoding: str
    guessed: bool
    fast: bool

    @property
    def content(self) -> tuple[tuple[str, ...], dict[int, Row], tuple[Broken, ...]]:
        """What must not depend on the way it was read."""
        return self.columns, self.rows, self.broken


def read(path: Path, workdir: Path, fmt: Format | None = None, *, careful: bool | None = None) -> Read:
    """The fast way, and where that fails the careful one; or only the one asked for. Raises what staging raises."""
    fmt = fmt or Format()
    with duckdb.connect() as con:
        staged = stage(con, path, fmt, workdir, careful=bool(careful))
        try:
            return _fetch(con, staged)
        except duckdb.Error:
            if careful is not None:
                raise
            return _fetch(con, stage(con, path, fmt, workdir, careful=True))


def _fetch(con: duckdb.DuckDBPyConnection, staged: Staged) -> Read:
    fetched = con.execute(staged.sql).fetchall()
    rows = {row[-1]: row[:-1] for row in fetched} if staged.numbered else dict(enumerate(fetched, staged.first_row))
    assert len(rows) == len(fetched), "two rows have the same number"
    return Read(staged.columns, rows, staged.broken, staged.encoding, staged.encoding_guessed, fast=not staged.numbered)
