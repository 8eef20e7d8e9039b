"""Walking forward through the month-ends: each is judged by models that know only what was known by then."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from warehouse.derive.churn.model import Fitted, Floats, fit

Whole = np.ndarray[Any, np.dtype[np.int64]]
METHODS = ("model", "recency", "signals")
_OF_RULE = {"recency": "silence_used", "signals": "signal_score"}
"""The one feature of each rule: silence as a share of the customer's own limit, and the score of the signals."""


@dataclass(frozen=True)
class Month:
    """The customers judged at one month-end: ``features`` has a row each, ``outcome`` 1 = left, NaN = not known yet.

    ``draw`` is a number per customer that decides who is left out where there are too many to learn from; ``whole``
    False: the month is not over.
    """

    place: int
    whole: bool
    numbers: Whole
    draw: np.ndarray[Any, Any]
    features: Floats
    outcome: Floats

    def drawn(self, most: int) -> "Month":
        """At most so many of the customers, in their order, and always the same."""
        kept = np.sort(np.argsort(self.draw, kind="stable")[:most])
        return replace(self, **{n: getattr(self, n)[kept] for n in ("numbers", "draw", "features", "outcome")})


@dataclass(frozen=True)
class Learnt:
    """What a month-end's models rest on: the first and last month-end learnt from, how many rows, how many left."""

    fitted: Mapping[str, Fitted]
    first: int
    last: int
    rows: int
    churned: int


@dataclass(frozen=True)
class Judged:
    """A month-end with the probability of each method; no probabilities where too little was known to learn from."""

    month: Month
    learnt: Learnt
    risks: Mapping[str, Floats]


def columns_of(method: str, names: Sequence[str]) -> list[int]:
    """Which of the features a method looks at: a rule at its own, the model at all but the score of the signals."""
    if method in _OF_RULE:
        return [names.index(_OF_RULE[method])]
    return [place for place, name in enumerate(names) if name != "signal_score"]


def walk(months: Iterable[Month], names: Sequence[str], rules: Mapping[str, Any], since: int) -> Iterator[Judged]:
    """Judge the month-ends from place ``since`` on; ``months`` come in order and begin early enough to learn from.

    A pair of features and outcome is learnt from only if its outcome was known by the month-end judged: it lies the
    horizon before it, and one more if the month judged is not over.
    """
    kept: dict[int, Month] = {}
    for month in months:
        if month.place >= since:
            learnt = _learn(kept, month.place - rules["horizon_months"] - (not month.whole), names, rules)
            yield Judged(month, learnt, _risks(month, learnt, names))
        kept[month.place] = month.drawn(rules["max_rows"] // rules["train_months"])


def _risks(month: Month, learnt: Learnt, names: Sequence[str]) -> dict[str, Floats]:
    """Rounded, so that the last digits of a machine's arithmetic decide nothing."""
    return {
        method: np.round(fitted.risk(month.features[:, columns_of(method, names)]), 6)
        for method, fitted in learnt.fitted.items()
    }


def _learn(kept: Mapping[int, Month], known: int, names: Sequence[str], rules: Mapping[str, Any]) -> Learnt:
    """The models of all methods from what was known up to the month-end ``known``; none if that is too little."""
    parted = known - rules["calibrate_months"]
    learn = _pairs(kept, range(parted - rules["train_months"] + 1, parted + 1), len(names))
    calibrate = _pairs(kept, range(parted + 1, known + 1), len(names))
    rows, churned = (int(sum(f(left) for _, left in (learn, calibrate))) for f in (len, np.sum))
    first = max(min(kept, default=known), parted - rules["train_months"] + 1)
    fitted: dict[str, Fitted] = {}
    if rows >= rules["least_rows"] and churned >= rules["least_churned"]:
        for method in METHODS:
            columns = columns_of(method, names)
            found = fit((learn[0][:, columns], learn[1]), (calibrate[0][:, columns], calibrate[1]), rules["strictness"])
            if found is None:
                return Learnt({}, first, known, rows, churned)
            fitted[method] = found
    return Learnt(fitted, first, known, rows, churned)


def _pairs(kept: Mapping[int, Month], places: range, width: int) -> tuple[Floats, Floats]:
    """Features and outcomes of these month-ends, one below the other."""
    months = [kept[place] for place in places if place in kept and not np.isnan(kept[place].outcome).any()]
    if not months:
        return np.empty((0, width)), np.empty(0)
    return np.concatenate([m.features for m in months]), np.concatenate([m.outcome for m in months])
