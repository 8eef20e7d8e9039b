"""Bad rows on purpose: spoilt copies of sound rows, set before them in the file."""

from duckdb import (
    CaseExpression,
    ColumnExpression,
    ConstantExpression,
    DuckDBPyConnection,
    DuckDBPyRelation,
    Expression,
    FunctionExpression,
    SQLExpression,
    StarExpression,
)

from schemas import CONTRACTS
from warehouse.sample.planted import FAULTS, bad_every

# The number of the fault of each copy, then 0 for the row itself.
COPIES = """unnest(CASE WHEN row % the('every') = the('every') // 2
  THEN [row // the('every') % the('faults') + 1, 0] ELSE [0] END)"""


def spoilt(con: DuckDBPyConnection, rows: DuckDBPyRelation, table: str) -> DuckDBPyRelation:
    """`rows` (with `row`, their number from 0) as text in the columns of the contract, spoilt copies among them."""
    con.execute("SET VARIABLE every = $1", [bad_every(table)])
    con.execute("SET VARIABLE faults = $1", [len(FAULTS[table])])
    copies = rows.project(StarExpression(), SQLExpression(COPIES).alias("fault"))
    return copies.project(*(_column(table, name).alias(name) for name in CONTRACTS[table].columns))


def _column(table: str, name: str) -> Expression:
    sound: Expression = ColumnExpression(name).cast("VARCHAR")
    is_key = name == CONTRACTS[table].key
    fault = ColumnExpression("fault")
    cases = CaseExpression(fault == ConstantExpression(0), sound)
    for number, each in enumerate(FAULTS[table], 1):
        here = fault == ConstantExpression(number)
        if each.rule == "unique" and is_key:
            cases = cases.when(here, sound)
        elif each.rule != "unique" and each.column == name:
            cases = cases.when(here, ConstantExpression(each.value).cast("VARCHAR"))
    return cases.otherwise(FunctionExpression("concat", sound, ConstantExpression("-2")) if is_key else sound)
