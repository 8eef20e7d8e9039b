"""Derived tables: the calendar, the customers and the facts that questions read, built by the numbered SQL files."""

from warehouse.derive.build import derive

__all__ = ["derive"]
