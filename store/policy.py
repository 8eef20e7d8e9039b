"""``data/policy/outreach.toml`` and ``actions.toml``, read while the dashboard runs."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from store.errors import StoreError
from warehouse.derive.outreach_policy import ACTIONS, OUTREACH, read_action_policy, read_outreach_policy
from warehouse.derive.outreach_policy import ActionPolicy as ActionPolicy
from warehouse.derive.outreach_policy import OutreachPolicy as OutreachPolicy
from warehouse.errors import LoadError

P = TypeVar("P")


def policy(path: Path = OUTREACH) -> OutreachPolicy:
    """The policy as it stands in ``path`` now. Raises `StoreError` that names the file, the key and what to write."""
    return _told(_outreach, path)


def action_policy(path: Path = ACTIONS) -> ActionPolicy:
    """The same for actions on causes."""
    return _told(_actions, path)


def _told(read: Callable[[Path, int], P], path: Path) -> P:
    try:
        return read(path, path.stat().st_mtime_ns if path.exists() else 0)
    except LoadError as error:
        raise StoreError("bad_policy", told=error) from error


@lru_cache(maxsize=4)
def _outreach(path: Path, _: int) -> OutreachPolicy:
    return read_outreach_policy(path)


@lru_cache(maxsize=4)
def _actions(path: Path, _: int) -> ActionPolicy:
    return read_action_policy(path)
