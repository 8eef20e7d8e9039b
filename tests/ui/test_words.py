"""Words: both languages everywhere, the same places to fill in, and no sentence that stands in code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import words
from queries import METRICS

ROOT = Path(__file__).resolve().parents[2]
SHOWN = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py")), *sorted((ROOT / "ui").glob("*.py"))]
_PLACE = re.compile(r"{(\w+)")
# Arguments that Streamlit never shows: how a thing is laid out, named or kept.
_UNSEEN = {
    "key", "type", "icon", "gap", "width", "height", "vertical_alignment", "horizontal_alignment", "bind", "mime",
    "persist_state", "label_visibility", "selection_mode", "on_click", "on_select", "language", "chart_type",
    "delta_color", "delta_arrow", "url_path", "format",
    "file_name",
    "layout", "run_every", "placeholder",
}  # fmt: skip


def test_every_entry_is_said_in_both_languages_with_the_same_places() -> None:
    for key, entry in words.entries().items():
        assert set(_PLACE.findall(entry["en"])) >= set(_PLACE.findall(entry["zh"])), key


def test_a_missing_key_or_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        words.t("en", "no.such.key")
    with pytest.raises(KeyError):
        words.t("en", "rows.all", something=1)


def test_values_without_words_stand_for_themselves() -> None:
    assert words.value("zh", "tier", "core") == "高价值核心"
    assert words.value("zh", "team", "Blue") == "Blue"


@pytest.mark.parametrize(
    "broken", ['[a]\nb = { en = "x" }', '[a]\nb = { en = "x", zh = "" }', '[a]\nb = { en = "x", zh = "y", fr = "z" }']
)
def test_an_entry_without_both_languages_is_refused(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "w.toml").write_text(broken, encoding="utf-8")
    assert_refused(tmp_path, monkeypatch)


def test_the_same_key_in_two_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text('[a]\nb = { en = "x", zh = "y" }', encoding="utf-8")
    assert_refused(tmp_path, monkeypatch)


def assert_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "FOLDER", folder)
    with pytest.raises(words.WordsError):
        words.entries.__wrapped__()


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls of Streamlit: `st.…(…)` and methods of its containers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            root: ast.AST = node.func.value
            if isinstance(root, ast.Attribute) and root.attr in ("session_state", "query_params"):
                continue
            while isinstance(root, ast.Attribute | ast.Call):
                root = root.func if isinstance(root, ast.Call) else root.value
            if isinstance(root, ast.Name) and root.id in ("st", "grid", "left", "right"):
                yield node


def literals(node: ast.AST) -> Iterator[str]:
    """Text in an argument that a reader would see: plain strings and the fixed parts of f-strings."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (
            part.value for part in node.values if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_stands_in_code(path: Path) -> None:
    for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
        seen = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg not in _UNSEEN)]
        for text in (text for argument in seen for text in literals(argument)):
            bare = re.sub(r":\w+\[|:material/\w+:|%[a-zA-Z]", "", text)
            assert not re.search(r"[A-Za-z\u4e00-\u9fff]{2}", bare), f"{path.name}:{call.lineno}: {text!r}"


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_key_named_in_code_exists(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            for argument in node.args if name == "t" else ():
                for key in literals(argument) if isinstance(argument, ast.Constant) else ():
                    assert words.has(key) or key in words.LANGUAGES, f"{path.name}:{node.lineno}: {key}"


def test_metrics_speak_both_languages() -> None:
    for metric in METRICS.values():
        assert all(metric.label[lang] and metric.description[lang] for lang in words.LANGUAGES)
