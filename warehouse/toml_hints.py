"""What is probably missing where a file is no TOML, said to somebody who has never heard of TOML."""

import re
from tomllib import TOMLDecodeError

_QUOTES = 'text stands in "straight quotes", numbers and true or false without'
_HINTS = {
    "Unclosed array": "before this place a comma between two values, a quote, or the closing ] is missing",
    "Unclosed inline table": "before this place a comma between two values, a quote, or the closing } is missing",
    r"Illegal character '\\n'|Unterminated string|Expected '\"": "the quote that closes a text is missing",
    "Expected '=' after a key": "write name = value, and a # before a remark; or a quote is missing further up",
    "Expected ']'": "the closing ] is missing",
    "Expected newline or end of document": "a comma or quote is missing before this place, or one line holds two",
    "Invalid value": f"a quote or the value is missing: {_QUOTES}",
    "Invalid (statement|initial character)|Illegal character": f"a comma or quote is missing before it: {_QUOTES}",
    "Cannot (declare|overwrite|mutate)|Duplicate": "the same name stands twice; take one out",
    r"Unescaped '\\'|Invalid hex value": "write \\\\ for a backslash, or put the text in 'single quotes'",
}
"""What the parser says -> what to look for."""
_PLACE = re.compile(r" *\(at (?:line (\d+), column (\d+)|end of document)\)")
_BEFORE, _AFTER = 40, 20
"""So many letters of the line are shown on either side."""


def told(error: TOMLDecodeError, text: str) -> str:
    """Line and column, what stands there, what is probably missing, and what the parser says."""
    said = str(error)
    hint = next((hint for form, hint in _HINTS.items() if re.search(form, said)), "see toml.io")
    place = _PLACE.search(said)
    line, column = map(int, place.groups()) if place and place[1] else _end(text)
    shown = text.split("\n")[line - 1][max(column - _BEFORE, 0) : column + _AFTER].strip()
    return f"line {line}, column {column}, near “{shown}”: {hint} ({_PLACE.sub('', said)})"


def _end(text: str) -> tuple[int, int]:
    """The last line that says something."""
    lines = text.rstrip().split("\n")
    return len(lines), len(lines[-1]) + 1
