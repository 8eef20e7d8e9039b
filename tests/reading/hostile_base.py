"""What a hostile file is, and the pieces that they are made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from warehouse.reading import Format

HEADER = "survey_id,kind,score,sent_at,comment"


@dataclass(frozen=True)
class Hostile:
    """One file: ``good`` and ``broken`` records, or a part of the ``error`` that refuses it.

    ``fits``: the header names every column of HEADER, so that good rows go on to the contract's rules.
    """

    name: str
    file: str
    make: Callable[[], bytes]
    good: int = 0
    broken: int = 0
    error: str | None = None
    fmt: Format = field(default_factory=Format)
    fits: bool = True

    def write(self, folder: Path) -> Path:
        """The file, made anew in ``folder``."""
        path = folder / self.file
        path.write_bytes(self.make())
        return path


def row(number: int, comment: str = "fine") -> str:
    """A good line without its line end."""
    return f"{number},nps,{number % 11},2024-01-{number % 28 + 1:02d} 10:00:00,{comment}"


def text(*lines: str, end: str = "\n", header: str = HEADER) -> str:
    """A file of lines under a header, each ended by ``end``."""
    return "".join(line + end for line in (header, *lines))
