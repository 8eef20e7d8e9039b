"""Every key, table and item of a TOML text is found on its line, whatever stands around it."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from warehouse.derive.toml_lines import Lines, Place
from warehouse.settings import DATA

TEXT = '''# [not.a.table]
top = 1            # top = 2
"quoted key" = "a # no comment, [no] = {table}"
dotted.one."tw.o" = 2026-01-01 10:00:00

[teams]
"Night \\"desk\\"" = 'C:\\path'   # "x" = 1
[[versions]]
from = 2000-01-01
[[versions.rules]]
name = """
[[versions.rules]]
name = "inside a text"\\""""
kind = [
  "complaint",   # one
  # ["none"]
  "problem", ]
response = { minutes = 10, of = [1, { deep = "}" }] }
[[versions.rules]]

name = \'\'\'it's
fine\'\'\'
[versions.note]
text = ""

[[versions]]
from = 0x1F
[[versions.rules]]
name = "third"
exceptions = [
  { day = 2026-02-13, hours = [] },
  { from = 1.5e3, until = 2 },
]
'''

PLACES: dict[Place, int] = {
    ("top",): 2,
    ("quoted key",): 3,
    ("dotted", "one", "tw.o"): 4,
    ("teams",): 6,
    ("teams", 'Night "desk"'): 7,
    ("versions",): 8,
    ("versions", 0): 8,
    ("versions", 0, "from"): 9,
    ("versions", 0, "rules"): 10,
    ("versions", 0, "rules", 0): 10,
    ("versions", 0, "rules", 0, "name"): 11,
    ("versions", 0, "rules", 0, "kind"): 14,
    ("versions", 0, "rules", 0, "kind", 0): 15,
    ("versions", 0, "rules", 0, "kind", 1): 17,
    ("versions", 0, "rules", 0, "response", "minutes"): 18,
    ("versions", 0, "rules", 0, "response", "of", 1, "deep"): 18,
    ("versions", 0, "rules", 1): 19,
    ("versions", 0, "rules", 1, "name"): 21,
    ("versions", 0, "note"): 23,
    ("versions", 0, "note", "text"): 24,
    ("versions", 1): 26,
    ("versions", 1, "from"): 27,
    ("versions", 1, "rules", 0): 28,
    ("versions", 1, "rules", 0, "exceptions", 0, "day"): 31,
    ("versions", 1, "rules", 0, "exceptions", 1): 32,
    ("versions", 1, "rules", 0, "exceptions", 1, "until"): 32,
}


@pytest.mark.parametrize(("place", "line"), PLACES.items(), ids=str)
def test_a_place_has_a_line(place: Place, line: int) -> None:
    assert Lines(TEXT).of(place) == line


def test_what_is_not_there_has_the_line_of_what_is_around_it() -> None:
    lines = Lines(TEXT)
    assert lines.of(("versions", 0, "rules", 1, "clock")) == 19
    assert lines.of(("versions", 1, "until")) == 26
    assert lines.of(("teams", "Day desk")) == 6
    assert lines.of(("near_miss",)) == lines.of(()) == 1


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    """Every place that tomllib sees."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*place, key)
        yield from places(inner, (*place, key))


FILES = sorted(Path(DATA).glob("*/*.toml")) + sorted(DATA.parent.glob("w*/**/*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_key_of_every_file_stands_on_its_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines, found = Lines(text), text.splitlines()
    for place in places(tomllib.loads(text)):
        key = next(step for step in reversed(place) if isinstance(step, str))
        if place[-1] == key:
            line = found[lines.of(place) - 1]
            assert key in line or r"\u" in line, place
        else:
            assert lines.of(place) >= lines.of(place[:-1]), place


def test_the_text_of_the_cases_is_toml() -> None:
    assert set(PLACES) <= set(places(tomllib.loads(TEXT)))
