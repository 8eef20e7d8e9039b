"""What can go wrong with what people write, each as a sentence in the reader's language."""

from collections.abc import Iterable
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
    """An entry that cannot stand as it is, with ``further`` reasons, a line each. Nothing was written."""

    further: tuple["Invalid", ...] = ()

    def said(self, lang: str) -> str:
        """Every reason in ``lang``."""
        return "  \n".join([super().said(lang), *(each.said(lang) for each in self.further)])


def refuse(reasons: Iterable[Invalid]) -> None:
    """Raises all ``reasons`` as one `Invalid`, so that nobody has to try once for each; nothing if there are none."""
    found = tuple(reasons)
    if found:
        found[0].further = found[1:]
        raise found[0]


class Changed(StoreError):  # noqa: N818
    """Somebody else wrote about the same in between: ``entries``, oldest first. Nothing was written."""

    def __init__(self, entries: tuple[Any, ...]) -> None:
        self.entries = entries
        super().__init__("changed", n=len(entries))
