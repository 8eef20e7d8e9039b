"""What can go wrong with what people write, each as a sentence in the reader's language."""

from typing import Any

from words import t


class StoreError(Exception):
    """One clear sentence: ``key`` names its words, ``values`` fill them in."""

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = f"store.{key}", values
        super().__init__(self.said("en"))

    def said(self, lang: str) -> str:
        """The sentence in ``lang``."""
        return t(lang, self.key, **self.values)


class Invalid(StoreError):  # noqa: N818
    """An entry that cannot stand as it is. Nothing was written."""


class Changed(StoreError):  # noqa: N818
    """Somebody else wrote about the same in between: ``entries``, oldest first. Nothing was written."""

    def __init__(self, entries: tuple[Any, ...]) -> None:
        self.entries = entries
        super().__init__("changed", n=len(entries))
