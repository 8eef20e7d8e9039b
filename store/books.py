"""Every kind of record that the store keeps."""

from store import actions, entries, rules
from store.book import Book

BOOKS: tuple[Book, ...] = (entries.BOOK, actions.BOOK, rules.BOOK)  # type: ignore[type-arg]
