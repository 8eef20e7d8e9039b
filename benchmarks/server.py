"""A Streamlit server on this machine for as long as a block runs."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse.settings import ROOT

OURS = ROOT / "serve.py"
NAIVE = Path(__file__).parent / "naive" / "app.py"
_STARTS_WITHIN = 60


@dataclass(frozen=True)
class Server:
    """A running server: its port on 127.0.0.1 and its process."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        """Where its first page is."""
        return f"http://127.0.0.1:{self.port}"

    def memory(self) -> float | None:
        """Megabytes that the process holds; None where the system does not tell."""
        try:
            pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        except OSError:
            return None
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def serving(script: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """Serve ``script`` from its own folder, with the settings that lie there: none means Streamlit's defaults."""
    port = _free_port()
    options = {"server.port": port, "server.address": "127.0.0.1", "server.headless": "true"}
    flags = [f"--{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "streamlit", "run", script.name, *flags, "--browser.gatherUsageStats=false"]
    process = subprocess.Popen(
        command, cwd=script.parent, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        server = Server(port, process.pid)
        _wait(server)
        yield server
    finally:
        _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(server: Server) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"the server did not answer within {_STARTS_WITHIN} seconds")
