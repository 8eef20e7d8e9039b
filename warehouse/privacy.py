"""What in a free text could name or reach a person, and the SQL that hides it.

Hidden are e-mail addresses and numbers long enough to be a phone, an identity card, an account or an order: seven
digits in a row, five behind letters (O12345), ten or more in groups (06 12 34 56 78), and groups behind letters
(RMA-2026-0042). Days (2026-03-10), amounts and model names are shorter and stay. A Chinese name goes where its title
follows (李先生). The pattern keeps to what RE2 and Java both read alike.
"""

from warehouse.sql import literal

MASK = "•••"
"""What is read in place of something personal."""
_DIGIT = "[0-9０-９]"
_MAIL = r"[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9-]+([.][A-Za-z0-9-]+)+"
_CODE = rf"[A-Za-z]{{1,5}}[-_#]?{_DIGIT}{{5,}}[Xx]?|[A-Za-z]{{2,5}}([-_]{_DIGIT}{{2,}}){{2,}}"
_GROUPS = rf"[+]?{_DIGIT}([ ().–-]{{0,2}}{_DIGIT}){{9,}}[Xx]?"
_LONG = rf"[+]?{_DIGIT}{{7,}}[Xx]?"
_TITLED = "[一-龥]{1,2}(先生|女士|小姐|太太)"
PATTERN = "|".join((_MAIL, _CODE, _GROUPS, _LONG, _TITLED))
"""What is hidden, as one regular expression; each hit becomes `MASK`."""


def hidden(text: str) -> str:
    """The SQL of the expression ``text`` with every hit of `PATTERN` replaced by `MASK`; NULL stays NULL."""
    return f"regexp_replace({text}, {literal(PATTERN)}, {literal(MASK)}, 'g')"
