"""Which texts count as demand that is not met: read from ``demand.toml``, published for questions and the screen."""

from pathlib import Path

import duckdb

from warehouse.derive.toml_node import read_node, shown
from warehouse.settings import POLICY

_KEY = "unhappy_from"


def read_unhappy_from(path: Path = POLICY / "demand.toml") -> float:
    """The probability of being unhappy (0 to 1) from which a text counts. Raises LoadError that names file and key."""
    file = read_node(path)
    file.fields((_KEY,))
    node = file.child(_KEY)
    if type(node.value) not in (int, float) or not 0 <= node.value <= 1:
        raise node.wrong(f"must be a number from 0 to 1, not {shown(node.value)}; write for example {_KEY} = 0.5.")
    return float(node.value)


def create_demand_rules(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "demand.toml") -> None:
    """The table ``demand_rules`` (one row). Raises LoadError for a wrong policy file."""
    con.execute("CREATE TABLE demand_rules (unhappy_from DOUBLE)")
    con.execute("INSERT INTO demand_rules VALUES (?)", [read_unhappy_from(path)])
