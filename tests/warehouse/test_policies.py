"""Every policy file is read and checked before a load begins, and what is wrong is said so that it can be put right."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from warehouse import load as loading
from warehouse.derive.policies import READERS, check_policies
from warehouse.errors import LoadError
from warehouse.settings import POLICY, read_toml

FILES = sorted(path.name for path in POLICY.glob("*.toml"))


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """A copy of all policy files."""
    return Path(shutil.copytree(POLICY, tmp_path / "policy"))


def test_no_policy_file_is_left_out(policies: Path) -> None:
    assert sorted(READERS) == FILES
    check_policies(policies)


@pytest.mark.parametrize("file", FILES)
def test_a_wrong_one_is_named(policies: Path, file: str) -> None:
    path = policies / file
    path.write_text("nonsense = 1\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(LoadError, match=f"^{file}.*nonsense"):
        check_policies(policies)


@pytest.mark.parametrize("file", FILES)
def test_a_missing_one_is_named(policies: Path, file: str) -> None:
    (policies / file).unlink()
    with pytest.raises(LoadError, match=f"^{file}: there is no such file"):
        check_policies(policies)


def test_a_load_stops_before_it_reads_anything(policies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (policies / "rising.toml").write_text("times = 0.5", encoding="utf-8")
    monkeypatch.setattr(loading, "check_policies", partial(check_policies, policies))
    with pytest.raises(LoadError, match=r"^rising\.toml line 1, false_share: is missing; write for example"):
        loading.load([policies / "no such file.csv"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('words = ["a" "b"]', 'line 1, column 14, near “words = ["a" "b"]”: before this place a comma'),
        ('words = ["a",\n  "b"\n  "c"]', 'line 3, column 3, near “"c"]”: before this place a comma'),
        ('[a]\nwords = ["x"\nen = "b"', 'line 3, column 1, near “en = "b"”: before this place a comma'),
        ('en = "Price\nzh = "x"', 'line 1, column 12, near “en = "Price”: the quote that closes'),
        ('en = Price"', 'line 1, column 6, near “en = Price"”: a quote or the value is missing'),
        ("en = “x”", "line 1, column 6, near “en = “x””: a quote or the value is missing"),
        ("[a\nb = 1", "line 1, column 3, near “[a”: the closing ] is missing"),
        ("a = { b = 1 c = 2 }", "line 1, column 13, near “a = { b = 1 c = 2 }”: before this place a comma"),
        ("some words", "line 1, column 6, near “some words”: write name = value"),
        ('a = "x" b = "y"', 'line 1, column 9, near “a = "x" b = "y"”: a comma or quote is missing'),
        ("a = 1\na = 2\n", "line 2, column 6, near “a = 2”: the same name stands twice"),
        ('a = "C:\\q"', "write \\\\ for a backslash"),
    ],
)
def test_of_what_is_no_toml_the_place_and_what_is_missing_are_told(
    write: Callable[[str, str], Path], text: str, message: str
) -> None:
    with pytest.raises(LoadError) as error:
        read_toml(write("own.toml", text))
    assert str(error.value).startswith("own.toml: not valid TOML: ") and message in str(error.value)
