"""From a file of any kind to rows of text that DuckDB can select, with nothing lost on the way."""

from warehouse.reading.dispatch import stage
from warehouse.reading.files import find_files
from warehouse.reading.model import Broken, Format, ReadError, Staged

__all__ = ["Broken", "Format", "ReadError", "Staged", "find_files", "stage"]
