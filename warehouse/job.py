"""A file as one table on its way into the warehouse, and the names under which its rows stand meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.mapping import SourceMap, TableMap
from warehouse.reading import Staged
from warehouse.sql import literal


@dataclass(frozen=True)
class Job:
    """What is being staged: a file as one table, under a mapping, into the temporary tables ``stage_<number>``."""

    number: int
    path: Path
    table: TableMap
    source: SourceMap
    zone: str
    now: datetime
    parents: Mapping[str, str]

    @property
    def staged(self) -> str:
        """The temporary table of typed rows, good and bad."""
        return f"stage_{self.number}"

    @property
    def late(self) -> str:
        """The temporary table of rows (``position``) that were found bad, or superseded, beside the others."""
        return f"late_{self.number}"

    @property
    def accepted(self) -> str:
        """The temporary view of the rows that passed, in our columns."""
        return f"accepted_{self.number}"


def source_json(staged: Staged) -> str:
    """SQL for the whole source row as JSON, over columns named ``s_0``, ``s_1`` …"""
    pairs = ", ".join(f"{literal(column)}, s_{i}" for i, column in enumerate(staged.columns))
    return f"json_object({pairs})"


def count(con: duckdb.DuckDBPyConnection, relation: str) -> int:
    """Rows of a relation."""
    return int(con.execute(f"SELECT count(*) FROM {relation}").fetchall()[0][0])
