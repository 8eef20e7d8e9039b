"""What customer-months cost in CPU seconds: the steps of a load that build them, against those for the tiers alone.

Run as a module it does one load in a process of its own and prints the seconds of each step.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time as now

import duckdb

from benchmarks.measure import Row, child, ratio
from benchmarks.samples import OUT, Sample
from warehouse.load import load
from warehouse.publish import current

TIERS = ("10_month_ends", "15_tiers")
WITH = (*TIERS, "55_month_activity", "65_customer_months")


def measure(sample: Sample) -> list[Row]:
    """The best of two loads for each side."""
    runs = [child("benchmarks.months", str(sample.files), environment=sample.environment) for _ in range(2)]
    ours, plain = (min(sum(run[step] for step in steps) for run in runs) for steps in (WITH, TIERS))
    months = runs[0]["months"]
    return [
        {"months": months, "ours": ours, "plain": plain, "ratio": ratio(ours, plain), "million": 1e6 * ours / months}
    ]


def once(files: Path) -> Row:
    """One load into a folder that is thrown away: how many customer-months it made, the CPU seconds of each step."""
    OUT.mkdir(exist_ok=True)
    marks: list[tuple[str, float]] = []
    with TemporaryDirectory(dir=OUT) as scratch:
        load([files], folder=Path(scratch), fresh=True, advance=lambda step: marks.append((step, now())))
        served = current(Path(scratch))
        assert served is not None
        with duckdb.connect(served, read_only=True) as con:
            months = con.execute("SELECT count(*) FROM customer_months").fetchall()[0][0]
    return {"months": months, **{name: end - start for (name, start), (_, end) in pairwise(marks)}}


if __name__ == "__main__":
    print(json.dumps(once(Path(sys.argv[1]))))
