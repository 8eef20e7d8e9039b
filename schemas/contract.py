"""A contract as the rest of the product sees it: the rules of one table, read off its pandera model.

The model stays the only statement of a rule. ``Contract.rules`` lists them one by one, so that the loader can compile
them to SQL, the screen can say them in words, and a test can hold both against pandera itself.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

import pandera.polars as pa
import polars as pl

from words import t

Kind = Literal["text", "whole", "number", "yes_no", "day", "time"]
_KINDS: dict[Any, Kind] = {
    pl.String: "text",
    pl.Int64: "whole",
    pl.Float64: "number",
    pl.Boolean: "yes_no",
    pl.Date: "day",
    pl.Datetime: "time",
}
EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True)
class Column:
    """One column: its name, what kind of value it holds, and whether it must be there."""

    name: str
    kind: Kind
    required: bool


@dataclass(frozen=True)
class Rule:
    """One thing that every row must satisfy. ``name`` is the rule's family; ``limit`` is what the family needs."""

    name: Literal["required", "type", "allowed", "range", "order", "not_below", "future", "unique", "reference"]
    column: str
    limit: Any = None

    def in_words(self, language: str) -> str:
        """The rule as a sentence fragment in ``language``."""
        return t(language, f"rule.{self.name}", column=self.column, limit=spell(self.limit, language))


def spell(limit: Any, language: str) -> str:
    """A limit as people read it: `1 to 5`, `at least 0`, `a, b, c`."""
    if isinstance(limit, tuple):
        low, high = limit
        if high is None:
            return t(language, "rule.at_least", low=low)
        return t(language, "rule.between", low=low, high=high)
    if isinstance(limit, list):
        return ", ".join(limit)
    if isinstance(limit, dict):
        return "; ".join(f"{kind}: {spell(span, language)}" for kind, span in limit.items())
    return "" if limit is None else str(limit)


def ordered(first: str, second: str) -> pa.Check:
    """A dataframe check that ``first <= second`` wherever both are known."""

    def check(data: Any) -> Any:
        return data.lazyframe.select((pl.col(first) <= pl.col(second)).fill_null(True))

    return pa.Check(check, name=f"{first} <= {second}", ignore_na=False)


def score_by_kind(spans: dict[str, tuple[int, int]]) -> pa.Check:
    """A dataframe check that ``score`` lies in the span of the row's ``kind``."""

    def check(data: Any) -> Any:
        fits = pl.lit(True)
        for kind, (low, high) in spans.items():
            fits = pl.when(pl.col("kind") == kind).then(pl.col("score").is_between(low, high)).otherwise(fits)
        return data.lazyframe.select(fits.fill_null(True))

    return pa.Check(check, name="score by kind", ignore_na=False)


class Contract:
    """One table's contract: ``columns``, ``key``, ``rules``, and ``schema`` (pandera) for frames."""

    def __init__(self, name: str, model: type[pa.DataFrameModel]) -> None:
        self.name = name
        self.schema = model.to_schema()
        self.about: dict[str, Any] = dict(model.Config.metadata or {})
        self.key: str = self.about["key"]
        self.references: dict[str, str] = self.about.get("references", {})
        self.schema.checks = [ordered(*pair) for pair in self.about.get("order", [])]
        if "score" in self.about:
            self.schema.checks.append(score_by_kind(self.about["score"]))

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Name -> column, in the model's order."""
        found = {}
        for name, column in self.schema.columns.items():
            kind = _KINDS[column.dtype.type.base_type()]
            found[name] = Column(name, kind, not column.nullable)
        return found

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, column by column, then those that span columns, rows and tables."""
        single = [rule for column in self.columns.values() for rule in self._column_rules(column)]
        pairs = [self._pair_rule(first, second) for first, second in self.about.get("order", [])]
        score = [Rule("range", "score", self.about["score"])] if "score" in self.about else []
        parents = [Rule("reference", column, table) for column, table in self.references.items()]
        return (*single, *pairs, *score, Rule("unique", self.key), *parents)

    def _pair_rule(self, first: str, second: str) -> Rule:
        return Rule("order" if self.columns[second].kind == "time" else "not_below", second, first)

    def _column_rules(self, column: Column) -> list[Rule]:
        rules = [Rule("required", column.name)] if column.required else []
        if column.kind != "text":
            rules.append(Rule("type", column.name, column.kind))
        if column.kind in ("day", "time"):
            rules.append(Rule("range", column.name, (EARLIEST, None)))
            if column.name not in self.about.get("planned", []):
                rules.append(Rule("future", column.name))
        return rules + self._check_rules(column.name)

    def _check_rules(self, name: str) -> list[Rule]:
        stated = {check.name: check.statistics for check in self.schema.columns[name].checks}
        rules = []
        if allowed := stated.get("isin"):
            rules.append(Rule("allowed", name, list(allowed["allowed_values"])))
        low = stated.get("greater_than_or_equal_to", {}).get("min_value")
        high = stated.get("less_than_or_equal_to", {}).get("max_value")
        if low is not None:
            rules.append(Rule("range", name, (low, high)))
        return rules

    def describe(self, language: str) -> list[dict[str, str]]:
        """One row per column for people: its name, the kind of value, required or not, and its rules in words."""
        return [
            {
                "column": column.name,
                "kind": t(language, f"contract.{column.kind}"),
                "required": t(language, "contract.required" if column.required else "contract.optional"),
                "rules": t(language, "contract.joiner").join(
                    rule.in_words(language)
                    for rule in self.rules
                    if rule.column == column.name and rule.name not in ("required", "type")
                ),
            }
            for column in self.columns.values()
        ]
