"""Column names from a header line."""

from collections import Counter
from collections.abc import Sequence

from warehouse.reading.model import ReadError

_INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060\0"


def column_names(found: Sequence[str], file: str) -> tuple[str, ...]:
    """Tidy names: outer blanks off, blank ones called column_<position>. Raises ReadError when two are the same."""
    names = tuple(_tidy(name) or f"column_{i}" for i, name in enumerate(found, 1))
    times = Counter(name.casefold() for name in names)
    if twice := sorted({name for name in names if times[name.casefold()] > 1}):
        shown = ", ".join(f"“{name[:40]}”" for name in twice[:5])
        raise ReadError(
            f"{file}: the header names {shown} more than once; every column needs a name of its own "
            "(large and small letters count as the same). Rename one of them."
        )
    return names


def _tidy(name: str) -> str:
    return name.strip().strip(_INVISIBLE).strip()
