"""Derived tables: the calendar, the customers and the facts that questions read, built by the numbered SQL files."""
