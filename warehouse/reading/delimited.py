"""CSV and its relatives: DuckDB's own reader where it is exact, else record by record."""

from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

from warehouse.reading.encodings import Encoding, detect, open_text, readable, transcode, unreadable
from warehouse.reading.files import Found
from warehouse.reading.header import column_names
from warehouse.reading.model import WHITESPACE, Broken, Format, ReadError, Staged
from warehouse.reading.records import MAX_RECORD, Record, records
from warehouse.reading.rows import RowWriter
from warehouse.reading.scan import is_plain
from warehouse.sql import literal

_BUFFER = 4 * MAX_RECORD
_SAMPLE = 1 << 18
_DELIMITERS = ",;\t|"


def stage_delimited(found: Found, fmt: Format, workdir: Path, *, careful: bool) -> Staged:
    """The file's rows; ``careful`` reads record by record in Python. Raises ReadError for a file without any record."""
    if not careful and (staged := _fast(found, fmt, workdir)):
        return staged
    encoding = detect(found.path, fmt, thorough=True)
    delimiter = fmt.delimiter or _sniff(found.path, encoding, fmt)
    return _Careful(found, fmt, encoding, delimiter).stage(workdir / "rows.parquet")


def _table(fmt: Format) -> dict[int, str]:
    return {ord(old): new for old, new in fmt.replace.items()}


def _lines(path: Path, encoding: str, fmt: Format) -> Iterator[str]:
    replace = _table(fmt)
    with open_text(path, encoding) as handle:
        first = next(handle, "")
        if first:
            yield first.removeprefix("\ufeff").translate(replace)
        yield from (line.translate(replace) for line in handle) if replace else handle


def _sniff(path: Path, encoding: Encoding, fmt: Format) -> str:
    """The delimiter that cuts the first records into the most even number of fields, more than one."""
    with open_text(path, encoding.name) as handle:
        text = handle.read(_SAMPLE).removeprefix("\ufeff").translate(_table(fmt))
    return max(_DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[bool, float, int]:
    found = list(islice(records(iter(StringIO(text, newline="")), delimiter, ""), 100))
    if len(found) > 1 and len(text) == _SAMPLE:
        found.pop()
    widths = [len(record.fields) or record.raw.count(delimiter) + 1 for record in found]
    width = widths[0] if widths else 0
    return width > 1, widths.count(width) / max(len(widths), 1), width


def _fast(found: Found, fmt: Format, workdir: Path) -> Staged | None:
    """DuckDB's reader with everything said explicitly; None where it might read the file differently."""
    if fmt.delimiter == WHITESPACE:
        return None
    encoding = detect(found.path, fmt, thorough=False)
    delimiter = fmt.delimiter or _sniff(found.path, encoding, fmt)
    path = _as_utf8(found.path, encoding, fmt, workdir)
    if path is None or delimiter == " " or not delimiter.isascii() or not is_plain(path, delimiter):
        return None
    first = next(records(_lines(path, "utf-8", Format()), delimiter, found.name), None)
    if first is None or first.number != 1 or first.problem or unreadable(first.raw):
        return None
    columns = _columns(first, fmt, found.name)
    sql = _read_csv(path, columns, delimiter, fmt.header)
    return Staged(sql, columns, False, 2 if fmt.header else 1, (), encoding.name, encoding.guessed)


def _as_utf8(path: Path, encoding: Encoding, fmt: Format, workdir: Path) -> Path | None:
    """A path that DuckDB can read: without characters that it takes for a pattern, and in UTF-8."""
    target = workdir / "text.csv"
    if encoding.name in ("utf-8", "ascii") and not fmt.replace:
        if not set("*?[]{}\\") & set(str(path)):
            return path
        target.unlink(missing_ok=True)
        target.symlink_to(path.resolve())
        return target
    return target if transcode(path, target, encoding.name, _table(fmt)) else None


def _columns(first: Record, fmt: Format, file: str) -> tuple[str, ...]:
    if fmt.header:
        return column_names(first.fields, file)
    return column_names(fmt.columns or [""] * len(first.fields), file)


def _read_csv(path: Path, columns: tuple[str, ...], delimiter: str, header: bool) -> str:
    types = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in columns)
    return (
        f"SELECT * FROM read_csv({literal(str(path))}, columns = {{{types}}}, delim = {literal(delimiter)}, "
        f"quote = '\"', escape = '\"', header = {str(header).lower()}, auto_detect = false, strict_mode = true, "
        "null_padding = false, ignore_errors = false, compression = 'none', "
        f"max_line_size = {MAX_RECORD}, buffer_size = {_BUFFER})"
    )


class _Careful:
    """One pass over the records of a file."""

    def __init__(self, found: Found, fmt: Format, encoding: Encoding, delimiter: str) -> None:
        self._found, self._fmt, self._encoding = found, fmt, encoding
        self._records = records(_lines(found.path, encoding.name, fmt), delimiter, found.name)

    def stage(self, target: Path) -> Staged:
        """Writes the good rows to ``target``."""
        first = next(self._records, None)
        if first is None:
            raise ReadError(f"{self._found.name}: the file holds only blank lines; expected at least a header line.")
        columns = self._header(first)
        broken = []
        with RowWriter(target, columns) as writer:
            for record in self._data(first):
                if problem := _problem(record, len(columns)):
                    broken.append(Broken(record.number, readable(record.raw), *problem))
                else:
                    writer.add(record.number, record.fields[: len(columns)], len(record.raw))
        return Staged(writer.sql, columns, True, 1, tuple(broken), self._encoding.name, self._encoding.guessed)

    def _header(self, first: Record) -> tuple[str, ...]:
        if self._fmt.header and (problem := first.problem or unreadable(first.raw)):
            raise ReadError(f"{self._found.name}: the header line cannot be read: {problem}.")
        return _columns(first, self._fmt, self._found.name)

    def _data(self, first: Record) -> Iterator[Record]:
        if not self._fmt.header:
            yield first
        yield from self._records


def _problem(record: Record, width: int) -> tuple[str, str] | None:
    """Rule and detail of a broken record. Empty fields beyond the last column are no loss and no harm."""
    if found := unreadable(record.raw):
        return "encoding", f"holds {found}"
    if record.problem:
        return "shape", record.problem
    if len(record.fields) == width or (len(record.fields) > width and not any(record.fields[width:])):
        return None
    return "shape", f"{len(record.fields)} fields where the header has {width}"
