"""Which method ranks the list: the model only where it has beaten both rules on past lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from warehouse.derive.churn.model import Floats
from warehouse.derive.churn.walk import METHODS, Judged

_PART = 5
"""A list holds at most one in so many of those judged: one that holds everybody proves nothing."""
RULES = ("signals", "recency")
"""In this order where both found as many."""


@dataclass(frozen=True)
class Record:
    """How one method did on past lists: customers listed, those of them who left, and the squared errors of all."""

    listed: int = 0
    hits: int = 0
    judged: int = 0
    error: float = 0.0

    def __add__(self, other: "Record") -> "Record":
        return Record(
            self.listed + other.listed, self.hits + other.hits, self.judged + other.judged, self.error + other.error
        )

    @property
    def brier(self) -> float:
        """The mean squared distance between probability and outcome; 0 is perfect."""
        return self.error / self.judged


@dataclass(frozen=True)
class Choice:
    """The method that ranks a list, why, and what each method had shown by then."""

    method: str
    why: str
    records: Mapping[str, Record]


def record(risk: Floats, left: Floats, size: int) -> Record:
    """One list: the ``size`` highest risks (of equal ones the first; at most a fifth) against who had left."""
    first = np.argsort(-risk, kind="stable")[: min(size, len(risk) // _PART)]
    return Record(len(first), int(left[first].sum()), len(left), float(((risk - left) ** 2).sum()))


def choose(past: Iterable[Judged], size: int) -> Choice:
    """The method for the next list, from the month-ends before it whose outcome was known.

    The model ranks the list if, over all of them together, more of those that it listed left than of those that each
    rule listed, and its Brier score is lower than that of each rule. Else the rule that found more ranks it. ``why``:
    better, found_less, less_sure, unproven (there is no past list yet).
    """
    records = {method: Record() for method in METHODS}
    for judged in past:
        for method, risk in judged.risks.items():
            records[method] += record(risk, judged.month.outcome, size)
    if not records["model"].judged:
        return Choice("signals", "unproven", {})
    rule = max(RULES, key=lambda name: records[name].hits)
    model = records["model"]
    if any(model.hits <= records[name].hits for name in RULES):
        return Choice(rule, "found_less", records)
    if any(model.brier >= records[name].brier for name in RULES):
        return Choice(rule, "less_sure", records)
    return Choice("model", "better", records)
