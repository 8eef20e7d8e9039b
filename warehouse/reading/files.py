"""Files as they lie on disk: finding them, telling what they are, unpacking gzip within bounds."""

import gzip
import os
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from warehouse.reading.model import Format, ReadError

ENDINGS = (".csv", ".tsv", ".txt", ".parquet", ".xlsx", ".jsonl", ".ndjson")
MAX_RATIO = 200  # a file that unpacks to more than this many times its size is refused …
FREE_SIZE = 64 << 20  # … once it is larger than this many bytes
MAX_SIZE = 16 << 30  # and one that unpacks to more than this many bytes always (WAREHOUSE_MAX_UNPACKED overrides)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_JUNK = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or sound file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<head", b"<table", b"<meta", b"<body")


@dataclass(frozen=True)
class Found:
    """A file ready to be read: ``path`` holds the unpacked bytes, ``kind`` is one of csv, parquet, xlsx, jsonl."""

    path: Path
    name: str
    kind: str


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Every file to load: named files as they are, folders with all below them, sorted; hidden files are left out.

    Raises ReadError for a path that does not exist and for a folder with nothing to read.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found |= dict.fromkeys(_inside(path) if path.is_dir() else [_existing(path)])
    return list(found)


def _existing(path: Path) -> Path:
    if not path.exists():
        raise ReadError(f"{path}: there is no such file or folder.")
    return path


def _inside(folder: Path) -> list[Path]:
    below = (path for path in sorted(folder.rglob("*")) if path.is_file() and is_supported(path))
    found = [path for path in below if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    if not found:
        raise ReadError(f"{folder}: the folder holds no file to load; expected {', '.join(ENDINGS)} or .gz of these.")
    return found


def is_supported(path: Path) -> bool:
    """Whether the name ends like a file that can be read."""
    return path.name.lower().removesuffix(".gz").endswith(ENDINGS)


def recognise(path: Path, fmt: Format, workdir: Path, size_limit: int | None) -> Found:
    """Unpacks gzip into ``workdir``; tells the kind by content, then by name. Raises ReadError for what is no table."""
    if not _existing(path).is_file():
        raise ReadError(f"{path}: this is a folder or a device; expected a file.")
    name = path.name
    if _head(path).startswith(b"\x1f\x8b"):
        path, name = gunzip(path, workdir / "unpacked", size_limit), name.removesuffix(".gz")
    kind = _kind(_head(path), path, name)
    if fmt.kind not in (None, kind) and {kind, fmt.kind} != {"csv", "jsonl"}:
        raise ReadError(f"{name}: the content is {kind}, but the mapping says {fmt.kind}. Correct one of them.")
    return Found(path, name, fmt.kind or kind)


def _head(path: Path) -> bytes:
    with path.open("rb") as handle:
        return handle.read(8192)


def _kind(head: bytes, path: Path, name: str) -> str:
    if not head:
        raise ReadError(f"{name}: the file is empty; expected at least a header line.")
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK"):
        return "xlsx"
    if what := _no_table(head, path):
        raise ReadError(f"{name}: this is {what}; expected a table as CSV, XLSX, Parquet or JSON lines.")
    for ending in (".xlsx", ".parquet"):
        if name.lower().endswith(ending):
            raise ReadError(f"{name}: the content is not {ending[1:]}; the file is damaged or wrongly named.")
    return "jsonl" if name.lower().endswith((".jsonl", ".ndjson", ".json")) else "csv"


def _no_table(head: bytes, path: Path) -> str | None:
    """What the bytes are, when they are no table, with what to do about it."""
    if head.startswith(_OLE):
        return _ole(path)
    if head.startswith(b"\x1f\x8b"):
        return "a file packed twice with gzip (unpack it once)"
    if junk := next((what for start, what in _JUNK if head.startswith(start)), None):
        return junk
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        return "a web page or XML document (open it in a spreadsheet and save it as .xlsx or .csv)"
    return "binary data, not text" if _is_binary(head) else None


def _ole(path: Path) -> str:
    content = path.read_bytes()[: 64 << 20]
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "a password-protected workbook (save it without a password)"
    return "an old .xls workbook or other old Office document (save it as .xlsx)"


def _is_binary(head: bytes) -> bool:
    """Control characters are rare in text. NUL bytes count only beyond what UTF-16 and padded fields bring."""
    control = sum(head.count(code) for code in range(1, 32) if code not in b"\t\n\v\f\r\x1a\x1b")
    return control * 20 > len(head) or head.count(0) * 10 > len(head) * 9


def size_bound(packed: int, size_limit: int | None) -> int:
    """How many bytes a file of ``packed`` bytes may unpack to."""
    limit = size_limit or int(os.environ.get("WAREHOUSE_MAX_UNPACKED", MAX_SIZE))
    return min(limit, max(FREE_SIZE, packed * MAX_RATIO))


def too_large(name: str, bound: int) -> ReadError:
    """The refusal of a file that unpacks beyond its bound."""
    return ReadError(
        f"{name}: unpacked, the file is larger than {bound / (1 << 20):,.1f} MiB, which is more than an honest file of "
        "its size holds; refused. Unpack it yourself, or raise WAREHOUSE_MAX_UNPACKED, if you trust it."
    )


def gunzip(path: Path, target: Path, size_limit: int | None) -> Path:
    """Unpacks into ``target``; raises ReadError for a damaged file or one that grows beyond bounds."""
    bound = size_bound(path.stat().st_size, size_limit)
    try:
        with gzip.open(path, "rb") as source, target.open("wb") as sink:
            _copy(source, sink, bound, path.name)  # type: ignore[arg-type]
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        target.unlink(missing_ok=True)
        raise ReadError(f"{path.name}: the gzip file is cut off or damaged ({error}); fetch it again.") from None
    return target


def _copy(source: BinaryIO, sink: BinaryIO, bound: int, name: str) -> None:
    size = 0
    while chunk := source.read(1 << 20):
        size += len(chunk)
        if size > bound:
            raise too_large(name, bound)
        sink.write(chunk)
