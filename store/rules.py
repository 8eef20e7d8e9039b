"""Rules accepted on the screen: words or a category that tell a cause of complaints, beyond what the policy says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from store.book import Book, Row, trimmed, wrong_texts
from store.errors import Invalid, StoreError, refuse
from store.tables import accepted_rules
from warehouse.errors import LoadError
from warehouse.settings import POLICY
from words import LANGUAGES

if TYPE_CHECKING:
    from warehouse.derive.causes.policy import CausePolicy

ACCEPTED, WITHDRAWN = "accepted", "withdrawn"
_LONGEST = {"rule": 36, "author": 100, "cause": 100, "name": 100, "department": 200, "words": 2000, "category": 200}
FILE = POLICY / "causes.toml"
_KEY = re.compile(r"\w+")


@dataclass(frozen=True)
class Rule:
    """One entry about a rule, as it stands from now on. ``cause``: a key of the policy, or a new one with its
    ``name`` in the language of whoever wrote it. ``words``: one a line, each of them enough. ``rule`` tells rules
    apart."""

    rule: str
    author: str
    cause: str
    name: str | None = None
    department: str | None = None
    words: str | None = None
    category: str | None = None
    status: str = ACCEPTED
    at: datetime | None = None
    id: int | None = None


def new() -> str:
    """What tells the next rule apart from all others."""
    return str(uuid4())


def key_of(name: str) -> str:
    """The key of a new cause: its name without anything that would have to be quoted."""
    return re.sub(r"\W+", "_", name.strip().lower()).strip("_")[:100]


def _checked(entry: Rule) -> Rule:
    """``entry`` with its texts trimmed. Raises `Invalid`."""
    checked = trimmed(entry, _LONGEST)
    refuse(_wrong(checked))
    return checked


def _wrong(entry: Rule) -> Iterator[Invalid]:
    yield from wrong_texts(entry, _LONGEST, ("rule",))
    if not entry.words and not entry.category:
        yield Invalid("no_rule_sign")
    if not _KEY.fullmatch(entry.cause or ""):
        yield Invalid("no_rule_cause")
    if not entry.author:
        yield Invalid("no_author")
    if entry.status not in (ACCEPTED, WITHDRAWN):
        yield Invalid("bad_status", status=entry.status)


BOOK = Book(accepted_rules, "rule", Rule, _checked)
"""Rules that people accepted."""


def merged(policy: "CausePolicy", standing: Iterable[Row]) -> "CausePolicy":
    """``policy`` with what people accepted; ``standing`` has the latest entry of each rule.

    Words are put where they count only if none of the policy's own are said: as they do on the screen.
    """
    # Not at the top, here and below: it brings the whole loader along, which nobody needs to read a screen.
    from warehouse.derive.causes.policy import Subject

    causes = {cause.key: cause for cause in policy.causes}
    for rule in in_order(standing):
        key, name = rule["cause"], str(rule["name"] or rule["cause"])
        cause = causes.get(key) or Subject(key, dict.fromkeys(LANGUAGES, name), rule["department"], ())
        further = [sign for sign in signs(rule) if sign not in cause.signs]
        causes[key] = replace(cause, signs=(*cause.signs, *further))
    return replace(policy, causes=tuple(causes.values()))


def in_order(standing: Iterable[Row]) -> list[Row]:
    """The rules that stand, the first accepted first."""
    return sorted((row for row in standing if row["status"] == ACCEPTED), key=lambda row: row["begun_at"])


def signs(rule: Row) -> list[tuple[str, str]]:
    """What a rule goes by, as pairs of kind (category or also) and value, each once."""
    words = [("also", word.strip()) for word in (rule["words"] or "").splitlines() if word.strip()]
    return list(dict.fromkeys([*([("category", rule["category"])] if rule["category"] else []), *words]))


def as_policy(standing: Iterable[Row], path: Path = FILE) -> str:
    """The text of the policy in ``path`` with the accepted rules in it, to take its place. Raises `StoreError`."""
    from warehouse.derive.causes.policy import as_toml, head_of, read_cause_policy

    try:
        return as_toml(merged(read_cause_policy(path), standing), head_of(path))
    except LoadError as error:
        raise StoreError("bad_policy", told=error) from error
