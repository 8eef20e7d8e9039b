"""Why a tier changed, in words."""

from words import t


def in_words(packed: str, lang: str) -> str:
    """The reasons of one customer, packed as codes parted by blanks: `no order for longer and fewer orders`."""
    return t(lang, "why.join").join(t(lang, f"why.{code}") for code in packed.split())
