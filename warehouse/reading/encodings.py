"""Which encoding a text file is in, and decoding it without losing a byte."""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from charset_normalizer import from_bytes

from warehouse.reading.model import Format, ReadError

_HEAD = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNREADABLE = re.compile("[\udc00-\udcff\0]")
_WESTERN = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœúùûüßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜ€£“”‘’–—…«»°§¿¡\xa0")
_CJK = {"gb18030": "gb2312", "big5": "big5", "shift_jis": "shift_jis", "euc_kr": "euc_kr"}


def _mark(error: UnicodeError) -> tuple[str, int]:
    """Keeps each undecodable byte as one lone surrogate: ``unreadable`` finds it, ``readable`` shows it."""
    assert isinstance(error, UnicodeDecodeError)
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("mark", _mark)


@dataclass(frozen=True)
class Encoding:
    """A Python codec's name, and whether it was guessed from the bytes alone."""

    name: str
    guessed: bool = False


def unreadable(text: str) -> str | None:
    """What cannot be read in a decoded text, in words; None when all is well."""
    if text.isascii() and "\0" not in text:
        return None
    found = _UNREADABLE.search(text)
    if not found:
        return None
    return "a NUL byte" if found[0] == "\0" else f"the byte 0x{ord(found[0]) & 0xFF:02X}, which is not text"


def readable(text: str) -> str:
    """The text with undecodable bytes written as \\xNN."""
    return _UNREADABLE.sub(lambda found: f"\\x{ord(found[0]) & 0xFF:02x}", text)


def open_text(path: Path, encoding: str) -> TextIOWrapper:
    """The file as text lines with their own line ends; undecodable bytes are marked."""
    return path.open(encoding=encoding, errors="mark", newline="")


def detect(path: Path, fmt: Format, *, thorough: bool) -> Encoding:
    """The encoding: as told, by a byte order mark, UTF-8 if it fits, else a guess. Only ``thorough`` reads a file whose
    first megabyte is UTF-8 to its end. Raises ReadError for an encoding that does not exist."""
    if fmt.encoding is not None:
        return Encoding(_known(fmt.encoding, path.name))
    with path.open("rb") as handle:
        head = handle.read(_HEAD)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return Encoding(name)
    if wide := _wide(head):
        return Encoding(wide, guessed=True)
    if not thorough and _is_utf8(head):
        return Encoding("utf-8")
    return _weigh(path)


def _known(name: str, file: str) -> str:
    try:
        info = codecs.lookup(name)
        b"".decode(name)
    except LookupError:
        raise ReadError(f"{file}: the mapping names the encoding “{name}”, which does not exist; try utf-8.") from None
    return info.name


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < _HEAD)
    except UnicodeDecodeError:
        return False
    return True


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: NUL bytes nearly all at the even or nearly all at the odd places."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 12 < len(head) or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _weigh(path: Path) -> Encoding:
    """UTF-8 when at least as many lines with special characters are UTF-8 as are not, else a guess from those lines."""
    fits, odd, sample = 0, 0, bytearray()
    with path.open("rb") as handle:
        for line in _special(handle):
            try:
                line.decode("utf-8")
                fits += 1
            except UnicodeDecodeError:
                odd += 1
                sample += line[: 1 << 16] if len(sample) < 1 << 17 else b""
    if fits >= odd:
        return Encoding("utf-8")
    return Encoding(_guess(bytes(sample)), guessed=True)


def _special(lines: Iterable[bytes]) -> Iterator[bytes]:
    return (line for line in lines if not line.isascii())


def _guess(sample: bytes) -> str:
    """East Asian encodings only if nearly every character is a common one; then what the letters' frequencies say."""
    for name, common in _CJK.items():
        if _fits(sample, name, common):
            return name
    if _reads_western(sample):
        return _western(sample)
    best = from_bytes(sample, cp_isolation=["cp1252", "latin_1", "cp1250", "cp1251", "cp850"]).best()
    return best.encoding if best is not None else _western(sample)


def _reads_western(sample: bytes) -> bool:
    """Whether, as Windows-1252, nearly all special characters are those of Western Europe, and most letters plain."""
    text = sample.decode("cp1252", errors="ignore")
    special = [letter for letter in text if ord(letter) > 127]
    plain = sum(letter.isascii() and letter.isalpha() for letter in text)
    return sum(letter in _WESTERN for letter in special) > 0.9 * len(special) and plain > 3 * len(special)


def _fits(sample: bytes, name: str, common: str) -> bool:
    text = sample.decode(name, errors="ignore")
    special = [letter for letter in text if ord(letter) > 127]
    strange = len(sample.decode(name, errors="replace")) - len(text)
    known = sum(bool(letter.encode(common, errors="ignore")) for letter in special)
    return known > 0.9 * len(special) and strange * 20 <= len(special)


def _western(sample: bytes) -> str:
    try:
        sample.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"


def transcode(path: Path, target: Path, encoding: str, replace: dict[int, str]) -> bool:
    """Writes the file anew as UTF-8 with characters replaced; False when a byte does not fit the encoding."""
    try:
        with path.open(encoding=encoding, newline="") as source, target.open("w", encoding="utf-8", newline="") as sink:
            first = True
            while chunk := source.read(1 << 20):
                sink.write((chunk.removeprefix("\ufeff") if first else chunk).translate(replace))
                first = False
    except UnicodeError:
        return False
    return True
