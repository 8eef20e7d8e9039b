"""A SELECT as text in pieces, so that any of its columns can be left out without building a tree again.

Filters change with every click; copying and printing a relation's tree each time took longer than planning it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlglot import exp

_MARK = "columns_of_operand"


@dataclass(frozen=True)
class Pieces:
    """``texts`` are what stands around the column lists, ``columns`` the columns of each SELECT of a UNION by name."""

    texts: tuple[str, ...]
    columns: tuple[Mapping[str, str], ...]

    def sql(self, wanted: Collection[str]) -> str:
        """The whole SELECT with only the columns in ``wanted``, in every SELECT of a UNION."""
        lists = [", ".join(sql for name, sql in columns.items() if name in wanted) for columns in self.columns]
        return "".join(part for pair in zip(self.texts, [*lists, ""], strict=True) for part in pair)


def pieces(tree: exp.Query) -> Pieces:
    """``tree`` taken apart; it stays as it is."""
    columns, marked = [], tree.copy()
    for operand in operands(marked):
        columns.append({column.alias_or_name: column.sql(dialect="duckdb") for column in operand.selects})
        operand.set("expressions", [exp.column(_MARK)])
    return Pieces(tuple(marked.sql(dialect="duckdb").split(_MARK)), tuple(columns))


def operands(tree: exp.Query) -> Iterator[exp.Query]:
    """The SELECTs that a UNION puts together, in order; a SELECT alone is its own."""
    if isinstance(tree, exp.Union):
        yield from operands(tree.left)
        yield from operands(tree.right)
    else:
        yield tree
