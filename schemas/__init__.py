"""What each table must look like, and why a row does not. ``CONTRACTS`` lists the tables, parents first."""

from schemas.contract import Column, Contract, Rule
from schemas.reasons import reason
from schemas.registry import CONTRACTS
from schemas.tables import CARE_LISTS, CONTACT_LEVELS, HEALTH_PARTS, LIFECYCLE, SIGNALS, STAGES

__all__ = [
    "CARE_LISTS",
    "CONTACT_LEVELS",
    "CONTRACTS",
    "HEALTH_PARTS",
    "LIFECYCLE",
    "SIGNALS",
    "STAGES",
    "Column",
    "Contract",
    "Rule",
    "reason",
]
