"""What people write: a small transactional store of its own, outside the published warehouse.

Each kind of record is one table that is only ever added to. Loads and rollbacks of the warehouse do not touch it.
"""

from store.actions import NARROWED, Action
from store.entries import CONTACTED, ENDED, OPEN, STATUSES, Entry, append, save, since
from store.errors import Changed, Invalid, StoreError
from store.policy import ActionPolicy, OutreachPolicy, action_policy, policy
from store.rules import Rule
from store.snapshot import Snapshot, snapshot, trouble

__all__ = [
    "CONTACTED",
    "ENDED",
    "NARROWED",
    "OPEN",
    "STATUSES",
    "Action",
    "ActionPolicy",
    "Changed",
    "Entry",
    "Invalid",
    "OutreachPolicy",
    "Rule",
    "Snapshot",
    "StoreError",
    "action_policy",
    "append",
    "policy",
    "save",
    "since",
    "snapshot",
    "trouble",
]
