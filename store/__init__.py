"""What people write: a small transactional store of its own, outside the published warehouse.

Each kind of record is one table that is only ever added to. Loads and rollbacks of the warehouse do not touch it.
"""

from store.entries import CONTACTED, ENDED, OPEN, STATUSES, Entry, append, save, since
from store.errors import Changed, Invalid, StoreError
from store.policy import OutreachPolicy, policy
from store.snapshot import Snapshot, snapshot, trouble

__all__ = [
    "CONTACTED",
    "ENDED",
    "OPEN",
    "STATUSES",
    "Changed",
    "Entry",
    "Invalid",
    "OutreachPolicy",
    "Snapshot",
    "StoreError",
    "append",
    "policy",
    "save",
    "since",
    "snapshot",
    "trouble",
]
