"""From files to tables: read, validate, quarantine, derive, publish."""

from warehouse.publish import current
from warehouse.settings import warehouse_folder

__all__ = ["current", "warehouse_folder"]
