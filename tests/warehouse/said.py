"""What an error says, held against what it should say."""

import re


def is_said(expected: str, said: str) -> bool:
    """Whether one line says what is expected; … stands for anything."""
    return re.fullmatch(".*".join(map(re.escape, expected.split("…"))), said) is not None
