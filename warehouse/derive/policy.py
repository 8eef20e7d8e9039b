"""The simple service-level targets, from their policy file to a small table that the derived SQL joins."""

from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import LoadError
from warehouse.settings import POLICY, read_toml

_STAGES = ("response", "feedback", "resolution")


def create_sla_rules(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "sla.toml") -> None:
    """The table ``sla_rules``: rank, name, kinds, priorities, vip, and per stage hours or workdays."""
    stages = ", ".join(f"{stage}_hours DOUBLE, {stage}_workdays INTEGER" for stage in _STAGES)
    con.execute(
        "CREATE TEMP TABLE sla_rules "
        f"(rank INTEGER, name VARCHAR, kinds VARCHAR[], priorities VARCHAR[], vip BOOLEAN, {stages})"
    )
    for rank, rule in enumerate(read_toml(path).get("rules", []), 1):
        where = f"{path.name} rule {rank}"
        _refuse_unknown(rule, {"name", "kind", "priority", "vip", *_STAGES}, where)
        head = [rank, rule.get("name", where), rule.get("kind", []), rule.get("priority", []), rule.get("vip")]
        values = [value for stage in _STAGES for value in _target(rule.get(stage), f"{where} {stage}")]
        con.execute("INSERT INTO sla_rules VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*head, *values])


def _target(given: Any, where: str) -> tuple[float | None, int | None]:
    if given is None:
        return None, None
    _refuse_unknown(given, {"hours", "workdays"}, where)
    if len(given) != 1:
        raise LoadError(f"{where}: give either hours or workdays.")
    if "hours" in given:
        return _number(given["hours"], f"{where} hours"), None
    return None, int(_number(given["workdays"], f"{where} workdays"))


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise LoadError(f"{where}: must be a number above 0, not {value!r}.")
    return float(value)


def _refuse_unknown(given: Any, known: set[str], where: str) -> None:
    if not isinstance(given, dict):
        raise LoadError(f"{where}: must be a table of names and values.")
    if unknown := sorted(given.keys() - known):
        raise LoadError(f"{where}: unknown name “{unknown[0]}”; known: {', '.join(sorted(known))}.")
