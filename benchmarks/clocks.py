"""What judging tickets costs: the steps of a load that build the clocks, against the one that builds the tickets alone.

Run as a module it does one load in a process of its own and prints the seconds of each step.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter as now

from benchmarks.measure import Row, child, ratio
from benchmarks.samples import OUT, Sample
from warehouse.load import load

WITHOUT = ("40_tickets",)
WITH = ("calendars", "30_rules", *WITHOUT, "42_times", "44_pauses", "45_clocks")


def measure(sample: Sample) -> list[Row]:
    """The best of three loads for each side."""
    runs = [child("benchmarks.clocks", str(sample.files), environment=sample.environment) for _ in range(3)]
    ours, plain = (min(sum(run[step] for step in steps) for run in runs) for steps in (WITH, WITHOUT))
    return [{"tickets": runs[0]["tickets"], "ours": ours, "plain": plain, "ratio": ratio(ours, plain)}]


def once(files: Path) -> Row:
    """One load into a folder that is thrown away: how many tickets it read, and the seconds of each step."""
    OUT.mkdir(exist_ok=True)
    marks: list[tuple[str, float]] = []
    with TemporaryDirectory(dir=OUT) as scratch:
        report = load([files], folder=Path(scratch), fresh=True, advance=lambda step: marks.append((step, now())))
    steps = {name: end - start for (name, start), (_, end) in pairwise(marks)}
    return {"tickets": sum(entry.read for entry in report.entries if entry.table == "tickets"), **steps}


if __name__ == "__main__":
    print(json.dumps(once(Path(sys.argv[1]))))
