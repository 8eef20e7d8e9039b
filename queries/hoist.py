"""Says each aggregate once: formulas that repeat one are moved outside a subquery that computes it.

An interval's formula mentions its numerator and denominator a dozen times. The engine notices, but only after binding
them all, which takes longer than counting; and nobody wants to read that.
"""

from collections.abc import Iterator

from sqlglot import exp


def hoist(tree: exp.Query) -> None:
    """Rewrite, in place, every SELECT below ``tree`` whose columns mention an aggregate more than once."""
    for select in list(tree.find_all(exp.Select)):
        found = list(_aggregates(select))
        distinct = list(dict.fromkeys(found))
        if len(distinct) < len(found) and _plain(select):
            _split(select, distinct)


def unbracket(tree: exp.Query) -> None:
    """Drop, in place, brackets around a single name, number or aggregate."""
    for node in list(tree.find_all(exp.Paren)):
        # No wider: AND and OR are functions to the parser, and their brackets matter.
        if isinstance(node.this, exp.Column | exp.Literal | exp.AggFunc | exp.Paren | exp.Filter):
            node.replace(node.this)


def _aggregates(select: exp.Select) -> Iterator[exp.Expr]:
    """Aggregates with their FILTER in the columns of ``select`` itself, windows and subqueries apart."""
    for column in select.selects:
        for node in column.find_all(exp.AggFunc):
            if node.find_ancestor(exp.Select) is select and not node.find_ancestor(exp.Window):
                yield node.parent if isinstance(node.parent, exp.Filter) else node


def _plain(select: exp.Select) -> bool:
    """Whether grouping is by expressions (not by position) and nothing else depends on the aggregates."""
    grouping = _grouping(select)
    return not any(select.args.get(part) for part in ("having", "qualify", "distinct")) and not any(
        isinstance(key, exp.Literal) for key in grouping
    )


def _grouping(select: exp.Select) -> list[exp.Expr]:
    """What is grouped by: the expressions, and the columns of GROUPING SETS."""
    group = select.args.get("group")
    nodes = group.expressions if group else []
    keys = [node.find_all(exp.Column) if isinstance(node, exp.GroupingSets) else [node] for node in nodes]
    return list(dict.fromkeys(key for found in keys for key in found))


def _split(select: exp.Select, aggregates: list[exp.Expr]) -> None:
    """FROM, WHERE and GROUP BY move into a subquery with one column per key and aggregate; the formulas stay."""
    keys = _grouping(select)
    names = {node: f"key_{place}" for place, node in enumerate(keys)}
    names |= {node: f"part_{place}" for place, node in enumerate(aggregates)}
    inner = exp.select(*(exp.alias_(node.copy(), name) for node, name in names.items()))
    for part in ("from_", "joins", "where", "group"):
        inner.set(part, select.args.get(part))
        select.set(part, None)
    select.set("expressions", [_renamed(column, names) for column in select.selects])
    select.set("from_", exp.From(this=inner.subquery("parts", copy=False)))
    if order := select.args.get("order"):
        select.set("order", _renamed(order, names))


def _renamed(tree: exp.Expr, names: dict[exp.Expr, str]) -> exp.Expr:
    """``tree`` with keys and aggregates replaced by the subquery's columns; a bare column keeps its name."""
    named = tree.output_name if isinstance(tree, exp.Column) else ""
    renamed = tree.transform(lambda node: exp.column(names[node]) if node in names else node)
    return exp.alias_(renamed, named) if named else renamed
