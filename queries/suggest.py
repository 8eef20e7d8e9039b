"""What was probably meant, for error messages."""

from collections.abc import Collection
from difflib import get_close_matches

_FEW = 12


def nearest(word: str, known: Collection[str]) -> str:
    """``; did you mean 'x'?`` when something known is close, else what there is if that is not much, else nothing."""
    if close := get_close_matches(word, list(known), 1):
        return f"; did you mean {close[0]!r}?"
    return f"; there are {', '.join(known)}" if 0 < len(known) <= _FEW else ""
