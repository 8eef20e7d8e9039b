"""Why a row was set aside, in words."""

from schemas.contract import spell
from schemas.registry import CONTRACTS
from words import t


def reason(language: str, table: str, column: str | None, rule: str, value: str | None, detail: str | None) -> str:
    """The reason as a sentence in ``language``, from what the quarantine stores of it."""
    limit = detail or ""
    if rule == "type":
        limit = t(language, f"contract.{detail}")
    else:
        known = [r for r in CONTRACTS[table].rules if r.name == rule and r.column == column and r.limit is not None]
        limit = spell(known[0].limit, language) if known else limit
    return t(language, f"reason.{rule}", column=column or "", value=value or "", limit=limit)
