"""Which models the orders up to a day hold, and what they say of each customer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from warehouse.derive.value.ledger import Buyers
from warehouse.derive.value.policy import ValuePolicy

if TYPE_CHECKING:
    from warehouse.derive.value.bgnbd import Bgnbd
    from warehouse.derive.value.gamma_gamma import GammaGamma

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """The models learnt from some customers. Without ``orders`` the simple rule holds, without ``worth`` a customer's
    own average; ``why`` says what was amiss: too_few, no_fit, correlated or no_worth."""

    fitted: int
    repeaters: int
    why: str | None = None
    orders: "Bgnbd | None" = None
    log_likelihood: float | None = None
    correlation: float | None = None
    worth: "GammaGamma | None" = None

    @property
    def method(self) -> str:
        """How orders ahead are found."""
        return "bgnbd" if self.orders else "simple"

    def without_models(self) -> "Fitted":
        """For parameters so far out that what they expect is no number."""
        return Fitted(self.fitted, self.repeaters, "no_fit")


def learn(seen: Buyers, policy: ValuePolicy, before: Fitted | None = None) -> Fitted:
    """The models of these customers, looked for from those of ``before`` on."""
    counts = len(seen.number), int(np.count_nonzero(seen.repeats))
    if counts[0] < policy.min_customers or counts[1] < policy.min_repeaters:
        return Fitted(*counts, "too_few")
    from warehouse.derive.value import bgnbd

    start = _start(before.orders) if before and before.orders else bgnbd.START
    orders, found = bgnbd.fit(bgnbd.Histories.counted(seen.repeats, seen.last, seen.observed), start)
    if not found.sound:
        return Fitted(*counts, "no_fit")
    correlation = _correlation(seen)
    why, worth = _worth(seen, correlation, policy, before)
    return Fitted(*counts, why, orders, found.log_likelihood, correlation, worth)


def _start(model: "Bgnbd | GammaGamma") -> tuple[float, ...]:
    return tuple(vars(model).values())


def _correlation(seen: Buyers) -> float | None:
    """Of order days with the average amount, among customers with a repeat order; None where either is the same for
    all."""
    again = seen.repeats > 0
    days, worth = seen.days[again], seen.total[again] / seen.days[again]
    return float(np.corrcoef(days, worth)[0, 1]) if np.ptp(days) and np.ptp(worth) else None


def _worth(
    seen: Buyers, correlation: float | None, policy: ValuePolicy, before: Fitted | None
) -> "tuple[str | None, GammaGamma | None]":
    """The model of amounts, of all order days, the first included: what somebody spent who ordered once says
    something."""
    if correlation is not None and abs(correlation) > policy.max_correlation:
        return "correlated", None
    from warehouse.derive.value import gamma_gamma

    paid = seen.total > 0
    start = _start(before.worth) if before and before.worth else ()
    model, found = gamma_gamma.fit(seen.days[paid].astype(np.float64), seen.total[paid], start)
    return (None, model) if found.sound and model.q > 1 else ("no_worth", None)


@dataclass(frozen=True)
class Values:
    """By customer: the chance that they are still there (NaN where nothing can be said), orders ahead, their worth
    today."""

    alive: Floats
    orders: Floats
    clv: Floats


def judge(fitted: Fitted, seen: Buyers, in_last_year: npt.NDArray[np.int64], policy: ValuePolicy) -> Values:
    """What is expected of each customer. ``in_last_year``: their order days in the year that ends now.

    Of somebody with a single order the model knows no way out, so it says nothing about whether they are still there.
    """
    mean = seen.total / seen.days
    alive = np.full(len(seen.number), np.nan)
    if fitted.orders:
        history = (seen.repeats, seen.last, seen.observed)
        alive = np.where(seen.repeats > 0, fitted.orders.alive(*history), np.nan)
        orders = fitted.orders.expected(policy.weeks, *history)
    else:
        orders = in_last_year * policy.horizon_months / 12
    if fitted.worth:
        mean = fitted.worth.mean(seen.days.astype(np.float64), np.maximum(seen.total, 0))
    return Values(alive, orders, orders * np.maximum(mean, 0) * policy.kept)
