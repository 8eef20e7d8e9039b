"""The browser and the Chinese font that the browser tests need: found, installed from Debian packages, or explained."""

import os
import shutil
import subprocess
from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
PACKAGES = ("chromium", "fonts-wqy-microhei")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def missing() -> str | None:
    """What is missing for browser tests and how to get it, or None."""
    lacking = [] if CHROMIUM.exists() else ["chromium"]
    if not _chinese_font():
        lacking.append("fonts-wqy-microhei")
    return f"browser tests need the Debian packages: apt-get install {' '.join(lacking)}" if lacking else None


def _chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    found = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())


def install() -> None:
    """Install what is missing when this is possible here: as root, with apt-get."""
    if missing() is None or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES, "fontconfig"]):
        subprocess.run(["apt-get", *command], check=False, env=environment, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    install()
    if message := missing():
        print(message)
