"""Every kind of record that the store keeps."""

from store import actions, entries
from store.book import Book

BOOKS: tuple[Book, ...] = (entries.BOOK, actions.BOOK)  # type: ignore[type-arg]
