"""Times, ratios and the views that are measured."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from queries import DIMENSIONS
from warehouse.settings import ROOT

Row = dict[str, Any]
"""One line of results: column -> value."""
View = dict[str, str]
"""What a reader has chosen: the period, and one value for some dimensions."""


@dataclass
class Stopwatch:
    """Seconds that the blocks under `running` took together."""

    seconds: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time that the block takes."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - started

    def take(self) -> float:
        """The milliseconds so far; begins again at nothing."""
        found, self.seconds = self.seconds * 1000, 0.0
        return found


def ratio(ours: float, other: float) -> float | None:
    """How many times ``other`` ``ours`` is; None when there is nothing to compare with."""
    return ours / other if other else None


def ratio_of_medians(ours: Sequence[float], other: Sequence[float]) -> float | None:
    """The ratio of the medians; None without values."""
    return ratio(median(ours), median(other)) if ours and other else None


def percentile(values: Sequence[float], share: float) -> float | None:
    """The smallest value that at least ``share`` (0 to 1) of the values do not exceed; None without values."""
    if not values:
        return None
    ranked = sorted(values)
    return ranked[max(0, min(len(ranked) - 1, -int(-share * len(ranked) // 1) - 1))]


def views(choices: Mapping[str, Sequence[str]], number: int, seed: int = 7) -> list[View]:
    """``number`` views, no two of them with the same filters: one or two filters, and a period."""
    draw = random.Random(seed)
    dimensions = [name for name in DIMENSIONS if len(choices.get(name, ())) > 1]
    found: dict[tuple[tuple[str, str], ...], View] = {}
    for _ in range(number * 50):
        picked = sorted(draw.sample(dimensions, k=min(len(dimensions), draw.choice((1, 1, 2)))))
        filters = {name: draw.choice(choices[name]) for name in picked}
        found.setdefault(tuple(filters.items()), {**filters, "period": draw.choice(choices["period"])})
        if len(found) == number:
            break
    return list(found.values())


def child(module: str, *arguments: str, environment: Mapping[str, str]) -> Any:
    """What ``python -m module arguments`` prints as JSON, from a process of its own."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=dict(environment), stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])
