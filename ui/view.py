"""What a page is given: language, theme, scope, and what to compare with."""

from collections.abc import Callable
from dataclasses import dataclass

import words
from queries import Meta, Scope


@dataclass(frozen=True)
class View:
    """One person's view of the data. ``before`` is the scope to compare with, None when nothing is compared."""

    lang: str
    theme: str
    scope: Scope
    before: Scope | None
    compare: str
    meta: Meta

    def t(self, key: str, **values: object) -> str:
        """The words for ``key`` in this view's language."""
        return words.t(self.lang, key, **values)

    def value(self, column: str, raw: str) -> str:
        """What this view's language calls a value."""
        return words.value(self.lang, column, raw)


Page = Callable[[View], None]
