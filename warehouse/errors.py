"""What a person is told when a load cannot go on: what is wrong, where, and what to do."""

from warehouse.reading import ReadError


class LoadError(Exception):
    """One clear sentence about an input, a mapping or a policy file. Nothing was published."""


class BusyError(LoadError):
    """Another load holds the warehouse."""


__all__ = ["BusyError", "LoadError", "ReadError"]
