"""``data/policy/rising.toml``: when a cause of complaints counts as rising, read while the dashboard runs."""

from functools import lru_cache
from pathlib import Path

from warehouse.derive.rising_policy import RISING, read_rising_policy
from warehouse.derive.rising_policy import RisingPolicy as RisingPolicy


def rising_policy(path: Path = RISING) -> RisingPolicy:
    """The policy as it stands in ``path`` now. Raises `LoadError` that names the file, the key and what to write."""
    return _read(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _read(path: Path, _: int) -> RisingPolicy:
    return read_rising_policy(path)
