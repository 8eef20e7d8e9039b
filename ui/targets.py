"""What any target would make of the clocks under a rule: counted exactly from one answer, without asking again."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

MINUTE, HOUR = 60, 3600
LADDER = (
    *(5, 10, 15, 20, 30, 45),
    *(MINUTE * n for n in (1, 2, 3, 5, 10, 15, 20, 30, 45)),
    *(HOUR * n // 2 for n in (2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96)),
    *(HOUR * n for n in (56, 64, 72, 80, 96, 120, 144, 168, 240, 336, 480, 720, 1080, 1440, 2160)),
)
"""Targets that a policy might name, in seconds; each is a step of the question what_if, so counts at it are exact."""
_WIDEST = 0.995
"""Longer targets than the first one that keeps this share are not offered."""


@dataclass(frozen=True)
class Outcome:
    """What a target makes of the clocks: ``met``, ``late``, and those still running that are not decided by it."""

    met: int
    late: int
    waiting: int

    @property
    def share(self) -> float | None:
        """met / (met + late), as everywhere."""
        return self.met / (self.met + self.late) if self.met + self.late else None


@dataclass(frozen=True)
class Rule:
    """The clocks under one rule: how many, done and not, needed up to each step; and what was made of them."""

    name: str
    steps: Sequence[int]
    done: Sequence[int]
    waiting: Sequence[int]
    judged: Outcome
    targets: tuple[int, int]
    around_the_clock: bool
    working_days: float | None

    @property
    def target(self) -> int | None:
        """The target in seconds; None when these tickets were judged by several."""
        lowest, highest = self.targets
        return lowest if lowest == highest else None

    @property
    def working_day(self) -> float | None:
        """The seconds of one working day, where the target is told in those."""
        return self.target / self.working_days if self.target and self.working_days else None

    def at(self, seconds: int) -> Outcome:
        """What a target of so many seconds makes of the clocks; exact at the target, steps and rungs of `LADDER`."""
        if seconds == self.target:
            return self.judged
        place = bisect_right(self.steps, seconds)
        met = self.done[place - 1] if place else 0
        waiting = self.waiting[place - 1] if place else 0
        return Outcome(met, self.done[-1] + self.waiting[-1] - met - waiting, waiting)

    def needed_for(self, share: float) -> int | None:
        """The shortest target that keeps at least this share."""
        kept = (step for step in self.steps if (self.at(step).share or 0) >= share)
        return next(kept, None)

    def offered(self) -> list[int]:
        """The targets to choose from, the shortest first: those between keeping hardly any ticket and nearly all."""
        hardly = (self.at(LADDER[0]).share or 0) + 1 - _WIDEST
        first = max(sum((self.at(rung).share or 0) <= hardly for rung in LADDER) - 1, 0)
        widest = self.needed_for(_WIDEST) or self.steps[-1]
        last = bisect_left(LADDER, widest) + 1
        return sorted({*LADDER[first:last], *([self.target] if self.target is not None else [])})


def rules(rows: Iterable[Mapping[str, Any]], policy: Mapping[str, float | None]) -> dict[str, Rule]:
    """Rule by name from the answer to what_if; ``policy``: the rules in order, with the working days of their targets.

    The order is the same whatever the filters, so a link without a rule means the same one.
    """
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row["rule"], []).append(row)
    names = [*(name for name in policy if name in grouped), *sorted(grouped.keys() - policy.keys())]
    return {name: _rule(name, grouped[name], policy.get(name)) for name in names}


def _rule(name: str, steps: list[Mapping[str, Any]], working_days: float | None) -> Rule:
    met, decided = (sum(step[column] for step in steps) for column in ("met", "decided"))
    done, waiting = (list(accumulate(step[column] for step in steps)) for column in ("done", "waiting"))
    return Rule(
        name,
        [step["up_to_seconds"] for step in steps],
        done,
        waiting,
        Outcome(met, decided - met, done[-1] + waiting[-1] - decided),
        (
            round(60 * min(step["lowest_target"] for step in steps)),
            round(60 * max(step["highest_target"] for step in steps)),
        ),
        all(step["around_the_clock"] for step in steps),
        working_days,
    )
