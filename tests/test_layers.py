"""The floors of the house: each imports only from floors below, and the lower ones do not know Streamlit."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("app", "pages", "ui", "charts", "queries", "store", "warehouse", "schemas", "words")
WITHOUT_STREAMLIT = ("charts", "queries", "store", "warehouse", "schemas", "words")


def files() -> Iterator[tuple[str, Path]]:
    """(floor, file) of everything the product is made of."""
    yield from (("app", ROOT / name) for name in ("app.py", "serve.py"))
    for floor in FLOORS[1:]:
        yield from ((floor, path) for path in sorted((ROOT / floor).rglob("*.py")))


def imports(path: Path) -> Iterator[str]:
    """The top-level packages that a file imports, wherever in the file it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("floor, path", files(), ids=lambda value: str(value).removeprefix(f"{ROOT}/"))
def test_imports_point_downwards(floor: str, path: Path) -> None:
    above = FLOORS[: FLOORS.index(floor)]
    assert not set(imports(path)) & set(above)


@pytest.mark.parametrize("floor, path", files(), ids=lambda value: str(value).removeprefix(f"{ROOT}/"))
def test_only_the_upper_floors_know_streamlit(floor: str, path: Path) -> None:
    assert floor not in WITHOUT_STREAMLIT or "streamlit" not in set(imports(path))


def test_lower_floors_import_without_streamlit() -> None:
    modules = [f"import {floor}" for floor in WITHOUT_STREAMLIT] + ["import charts.bars, charts.trend, charts.spread"]
    code = "\n".join(["import sys", "sys.modules['streamlit'] = None", *modules])
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_pages_hold_no_sql_and_no_colour() -> None:
    for path in sorted((ROOT / "pages").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert "SELECT" not in text
        assert "pandas" not in set(imports(path)) and "duckdb" not in set(imports(path))


def test_colours_are_named_in_the_theme_only() -> None:
    for floor, path in files():
        if path.name != "theme.py":
            named = [
                node.value
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_colour(node.value)
            ]
            assert not named, f"{floor}: {path.name}: {named}"


def _is_colour(text: str) -> bool:
    return len(text) in (4, 7) and text[0] == "#" and all(digit in "0123456789abcdefABCDEF" for digit in text[1:])


def test_the_frame_stays_small() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) < 60
