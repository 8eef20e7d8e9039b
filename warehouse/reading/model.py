"""What goes into reading a file, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

KINDS = ("csv", "parquet", "xlsx", "jsonl")
WHITESPACE = "whitespace"


class ReadError(Exception):
    """A file that cannot be read: one sentence with its name, what was found, what was expected, and what to do."""


@dataclass(frozen=True)
class Format:
    """How a file is written; what is None is found out from its content.

    ``delimiter``: one character, or "whitespace" for any run of blanks. ``replace``: characters to replace once the
    text is decoded. ``columns``: their names, for files without a header. Raises ValueError for a wrong setting.
    """

    kind: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    replace: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    header: bool = True
    columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind is not None and self.kind not in KINDS:
            raise ValueError(f"the format “{self.kind}” is not one of {', '.join(KINDS)}")
        if self.delimiter not in (None, WHITESPACE) and (len(self.delimiter or "") != 1 or self.delimiter in '"\r\n\0'):
            raise ValueError(f"the delimiter {self.delimiter!r} must be one character or “{WHITESPACE}”")
        if wrong := [old for old in self.replace if len(old) != 1]:
            raise ValueError(f"“replace” takes single characters, not {wrong[0]!r}")
        if self.columns and self.header:
            raise ValueError("“columns” names the columns of files without a header: set header = false too")


@dataclass(frozen=True)
class Broken:
    """A record that has no place in the table. ``rule`` is "shape" or "encoding"; ``raw`` is the whole record, with
    undecodable bytes shown as \\xNN; ``row_number`` counts as a spreadsheet does (the header is row 1)."""

    row_number: int
    raw: str
    rule: str
    detail: str


@dataclass(frozen=True)
class Staged:
    """A file's good rows as a SELECT, and its broken ones.

    ``sql`` gives every column of the file as VARCHAR in file order, empty values as NULL, rows in file order; also
    ``_row`` BIGINT when ``numbered``; otherwise a row's number is its position from 0 plus ``first_row``. Running it
    may raise duckdb.Error for a file with broken rows: stage that file again with ``careful=True``. To be sure of that
    error, the query around ``sql`` must use every column: DuckDB does not look into columns that nobody asks for.
    """

    sql: str
    columns: tuple[str, ...]
    numbered: bool
    first_row: int
    broken: tuple[Broken, ...]
    encoding: str
    encoding_guessed: bool
