"""The sample companies that are measured on: made once per scale, kept in out/ and used again."""

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from warehouse.publish import current
from warehouse.sample import generate
from warehouse.settings import ROOT

OUT = Path(__file__).parent / "out"


@dataclass(frozen=True)
class Sample:
    """One sample: its CSV files in ``files`` and the warehouse made of them in ``warehouse``."""

    scale: float
    folder: Path

    @property
    def files(self) -> Path:
        """The folder of CSV files."""
        return self.folder / "csv"

    @property
    def warehouse(self) -> Path:
        """The folder of the published warehouse."""
        return self.folder / "warehouse"

    @cached_property
    def environment(self) -> dict[str, str]:
        """For processes that are to use this sample's warehouse."""
        return {**os.environ, "WAREHOUSE_DIR": str(self.warehouse), "PYTHONPATH": str(ROOT)}


def files(scale: float) -> Sample:
    """The sample of this scale with its CSV files at least, made now if they are not there yet."""
    found = Sample(scale, OUT / f"scale-{scale:g}")
    if not (found.files / "tickets.csv").exists():
        generate(found.files, scale=scale)
    return found


def sample(scale: float) -> Sample:
    """The sample of this scale, made now if it is not there yet."""
    found = Sample(scale, OUT / f"scale-{scale:g}")
    if current(found.warehouse) is None:
        command = [sys.executable, "-m", "warehouse", "sample", "--scale", f"{scale:g}", "--keep", str(found.files)]
        subprocess.run(command, cwd=ROOT, env=found.environment, check=True)
    return found
