"""A PostgreSQL server of the tests' own: on the loopback, in a folder that goes away, never as root."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_FOLDERS = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
_SEARCHED = os.pathsep.join([*_FOLDERS, os.environ.get("PATH", "")])
_TRIES = 150


def missing() -> str | None:
    """Why no server can be started here; None when one can."""
    if lacking := [name for name in ("initdb", "postgres") if not shutil.which(name, path=_SEARCHED)]:
        return f"PostgreSQL is not on this machine ({', '.join(lacking)}): its part of the store is not tried"
    return None if _user() is not None else "root may not start PostgreSQL, and there is no other user to do it"


def _user() -> str | None:
    """Whom the server runs as: whoever runs the tests, in place of root its own user or nobody."""
    if os.geteuid():
        return pwd.getpwuid(os.geteuid()).pw_name
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database; the server ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="store-postgres-"))
    user = _user()
    assert user is not None
    shutil.chown(folder, user)
    try:
        data, port = folder / "data", _free_port()
        _run(user, folder, ["initdb", "-D", str(data), "-U", "store", "-A", "trust", "--no-sync"]).wait()
        options = ["-p", str(port), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-k", str(folder)]
        process = _run(user, folder, ["postgres", "-D", str(data), *options])
        try:
            _wait_for(process, port)
            yield f"postgresql+psycopg://store@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # the gentler signal waits for clients to leave
            process.wait(timeout=20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(user: str, folder: Path, command: Sequence[str]) -> "subprocess.Popen[bytes]":
    program = shutil.which(command[0], path=_SEARCHED)
    assert program is not None
    other = user if not os.geteuid() else None
    with (folder / "log.txt").open("ab") as log:
        return subprocess.Popen([program, *command[1:]], user=other, cwd=folder, stdout=log, stderr=log)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(process: "subprocess.Popen[bytes]", port: int) -> None:
    import psycopg

    for _ in range(_TRIES):
        assert process.poll() is None, "PostgreSQL did not start"
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="store", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise AssertionError("PostgreSQL does not answer")
