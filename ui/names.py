"""What people call causes and situations: the policy names them, and whoever accepts a rule; no words file does."""

from collections.abc import Mapping

from queries import NOT_GIVEN, Scope, ask
from words import t

QUESTIONS = {"cause": "cause_names", "scenario": "scenario_names"}
"""Column -> the question that knows the names of its values."""


def names(lang: str, column: str) -> Mapping[str, str]:
    """Every value of ``column`` that is known, in the order of the policy, with its name."""
    return {row[column]: row[f"name_{lang}"] for row in ask(QUESTIONS[column], Scope()).to_pylist()}


def name(lang: str, column: str, raw: str | None) -> str:
    """The name of one value; what no rule covers has a name too."""
    return t(lang, f"names.{column}") if raw in (None, NOT_GIVEN) else names(lang, column).get(str(raw), str(raw))
