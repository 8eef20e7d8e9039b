"""A question as text that an analyst can paste: all values are literals, put in by rewriting the tree."""

from datetime import datetime

from sqlglot import exp

from queries.catalogue import Value, question
from queries.compose import compose
from queries.engine import meta
from queries.scope import Scope

_WRITTEN = "What people wrote (outreach, outreach_history) stands in the store and not in the published file."


def render(name: str, scope: Scope, **params: Value) -> str:
    """The full SQL of a question, ready for a DuckDB shell opened on the published file.

    Raises as `ask` does: `NoWarehouse` (the data's last moment is one of the literals) and `BadQuestion`.
    """
    asked = question(name)
    arguments = asked.arguments(params)
    composed = compose(name, scope, arguments)
    known = {**meta().parameters, **scope.values, **arguments}
    tree = composed.tree()
    for node in list(tree.find_all(exp.Placeholder)):
        node.replace(_literal(known[node.name]))
    told = [*asked.doc.splitlines(), *([_WRITTEN] if composed.reads_written else [])]
    comment = "\n".join(f"-- {line}" for line in told)
    return f"{comment}\n{tree.sql(dialect='duckdb', pretty=True)};\n"


def _literal(value: object) -> exp.Expr:
    if isinstance(value, datetime):
        return exp.cast(exp.Literal.string(value.isoformat(sep=" ")), "TIMESTAMP")
    return exp.convert(value)
