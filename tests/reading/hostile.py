"""Hostile files: what exports look like on a bad day, each with what must come of it.

Wherever possible they are surveys under our own column names, in files that the ``native`` mapping knows.
"""

from tests.reading.hostile_base import Hostile
from tests.reading.hostile_packed import PACKED
from tests.reading.hostile_tables import TABLES
from tests.reading.hostile_text import TEXTS

CORPUS: tuple[Hostile, ...] = (*TEXTS, *TABLES, *PACKED)

__all__ = ["CORPUS", "Hostile"]
