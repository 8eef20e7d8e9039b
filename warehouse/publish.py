"""Publishing: a new warehouse is a new file, and a pointer is swapped to it in one step.

The folder holds ``CURRENT`` (the name of the served version), ``warehouse-000007.duckdb`` and older ones kept for
rollback, ``lock``, and while a load runs ``building-…``. Whatever moment a load is killed at, ``CURRENT`` names a whole
version.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import BusyError, LoadError
from warehouse.settings import warehouse_folder

POINTER = "CURRENT"


def current(folder: Path | None = None) -> Path | None:
    """The file of the published version, or None when nothing has been published."""
    folder = folder or warehouse_folder()
    try:
        path = folder / (folder / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return path if path.is_file() else None


def pointed(folder: Path | None = None) -> tuple[int, int] | None:
    """Changes whenever something is published, and costs one look at the pointer; None when nothing ever was."""
    try:
        found = ((folder or warehouse_folder()) / POINTER).stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def versions(folder: Path) -> list[Path]:
    """The versions that are kept, oldest first."""
    return sorted(folder.glob("warehouse-*.duckdb"))


def number(version: Path) -> int:
    """The number in a version's file name."""
    return int(version.stem.rpartition("-")[2])


@contextmanager
def sole_writer(folder: Path, wait: float, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the folder's lock, which a killed holder lets go. A second writer waits up to ``wait`` seconds for it.

    Raises BusyError when that was not enough.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as handle:
        deadline, told = time.monotonic() + wait, False
        while not _locked(handle.fileno()):
            if time.monotonic() > deadline:
                raise BusyError(f"Another load is still writing to {folder} after {wait:.0f} s. Try again later.")
            if not told:
                say(f"Another load is writing to {folder}; waiting for it.")
                told = True
            time.sleep(0.1)
        yield


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def workspace(folder: Path) -> Iterator[Path]:
    """A scratch folder in the warehouse folder, gone afterwards. Needs the lock: it sweeps what a killed load left."""
    for leftover in folder.glob("building-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    scratch = folder / f"building-{os.getpid()}"
    scratch.mkdir()
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def next_version(folder: Path) -> Path:
    """The file that the next version will be published under."""
    last = max((number(path) for path in versions(folder)), default=0)
    return folder / f"warehouse-{last + 1:06d}.duckdb"


def publish(built: Path, version: Path, keep: int) -> None:
    """Move a finished file to its version name, point to it, and sweep all but the last ``keep`` versions."""
    _sync(built)
    built.replace(version)
    _point_to(version)
    for old in versions(version.parent)[:-keep]:
        old.unlink(missing_ok=True)


def rollback(folder: Path) -> tuple[Path, Path]:
    """Serve the version before the current one again. Returns (left, served); raises LoadError when there is none."""
    served = current(folder)
    earlier = [path for path in versions(folder) if served and path.name < served.name]
    if served is None or not earlier:
        raise LoadError(f"There is no earlier version in {folder} to go back to.")
    _point_to(earlier[-1])
    return served, earlier[-1]


def _point_to(version: Path) -> None:
    temporary = version.with_name(f"{POINTER}.{os.getpid()}")
    temporary.write_text(version.name + "\n", encoding="utf-8")
    _sync(temporary)
    temporary.replace(version.with_name(POINTER))
    _sync(version.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
