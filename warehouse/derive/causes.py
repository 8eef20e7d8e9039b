"""The causes of complaints: which category has which, and which department answers for it."""

import re
from pathlib import Path

import duckdb

from warehouse.errors import LoadError
from warehouse.settings import POLICY, read_toml

_HAN = re.compile(r"[\u3400-\u9fff].*")
_TABLES = """
CREATE TABLE causes (cause VARCHAR, name_en VARCHAR, name_zh VARCHAR, responsible VARCHAR, place INTEGER);
CREATE TABLE cause_rules (cause VARCHAR, category VARCHAR, word VARCHAR, touchpoint VARCHAR);
"""
_TEXT_CAUSES = """
CREATE TEMP TABLE text_causes AS
SELECT t.text_id, r.cause, 'category' AS cause_by, NULL::VARCHAR AS scenario
FROM all_texts AS t
JOIN cause_rules AS r ON r.category = t.category::VARCHAR
"""


def create_causes(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "causes.toml") -> None:
    """The tables ``causes``, ``cause_rules`` and ``text_causes``. Raises LoadError for a wrong policy file."""
    con.execute(_TABLES)
    for place, (category, department) in enumerate(_responsible(path).items()):
        english, chinese = _HAN.sub("", category).strip(), (_HAN.search(category) or [category])[0]
        cause = re.sub(r"\W+", "_", english.lower()) or category
        con.execute("INSERT INTO causes VALUES (?, ?, ?, ?, ?)", [cause, english, chinese, department, place])
        con.execute("INSERT INTO cause_rules (cause, category) VALUES (?, ?)", [cause, category])
    con.execute(_TEXT_CAUSES)


def _responsible(path: Path) -> dict[str, str]:
    """Category -> department."""
    given = read_toml(path)
    departments = given.get("departments", {})
    if unknown := sorted(given.keys() - {"departments"}):
        raise LoadError(f"{path.name}: unknown name “{unknown[0]}”; known: departments.")
    seen: dict[str, str] = {}
    for department, categories in departments.items() if isinstance(departments, dict) else [("", None)]:
        if not isinstance(categories, list) or not all(isinstance(name, str) for name in categories):
            raise LoadError(f"{path.name} [departments] {department}: must be a list of categories in quotes.")
        for category in categories:
            if category in seen:
                raise LoadError(f"{path.name}: “{category}” belongs to {seen[category]} and to {department}.")
            seen[category] = department
    return seen
