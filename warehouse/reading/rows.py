"""Good rows on their way into a Parquet file that DuckDB reads back."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.sql import literal, name

_CELLS = 400_000
_CHARACTERS = 32 << 20


class RowWriter:
    """Writes rows of texts with their row numbers; empty texts become NULL. Use as a context manager."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.columns = tuple(columns)
        self._path = path
        fields = [pa.field(f"c{i}", pa.large_string()) for i in range(len(self.columns))]
        self._schema = pa.schema([*fields, pa.field("_row", pa.int64())])
        self._writer = pq.ParquetWriter(path, self._schema, compression="snappy", write_statistics=False)
        self._rows: list[Sequence[str | None]] = []
        self._numbers: list[int] = []
        self._size = 0

    def __enter__(self) -> "RowWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._flush()
        self._writer.close()

    def add(self, number: int, row: Sequence[str | None], size: int) -> None:
        """One row; ``size`` is its number of characters, so that memory stays bounded."""
        self._rows.append(row)
        self._numbers.append(number)
        self._size += size
        if len(self._rows) * len(self.columns) >= _CELLS or self._size >= _CHARACTERS:
            self._flush()

    def _flush(self) -> None:
        if not self._rows:
            return
        texts = [
            pa.array([value or None for value in column], pa.large_string()) for column in zip(*self._rows, strict=True)
        ]
        numbers = pa.array(self._numbers, pa.int64())
        self._writer.write_batch(pa.record_batch([*texts, numbers], schema=self._schema))
        self._rows, self._numbers, self._size = [], [], 0

    @property
    def sql(self) -> str:
        """SELECT of the columns under their names, and ``_row``."""
        named = ", ".join(f"c{i} AS {name(column)}" for i, column in enumerate(self.columns))
        return f"SELECT {named}, _row FROM read_parquet({literal(str(self._path))})"
