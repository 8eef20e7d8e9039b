"""The BG/NBD model: how often customers order, and whether they still do.

While a customer is there, orders come at random at a rate of their own; after each repeat order they leave for good
with a chance of their own. Rates follow a gamma (r, alpha), chances a beta distribution (a, b). Fader, Hardie and
Lee, "Counting Your Customers the Easy Way", Marketing Science 24(2), 2005; the numbers in brackets are that paper's
equations.

Written out here since lifetimes is no longer maintained, btyd never left alpha and pymc-marketing is far too heavy.
"""

from dataclasses import astuple, dataclass
from typing import NamedTuple, Self

import numpy as np
from scipy.special import digamma, expit, gammaln, hyp2f1

from warehouse.derive.value.fit import Fit, Floats, maximise, total

START = (1.0, 10.0, 1.0, 3.0)


@dataclass(frozen=True)
class Histories:
    """One entry per different history: repeat orders, the time from the first order to the last one and to the end of
    observation, and how many customers have it. Any unit of time."""

    repeats: Floats
    last: Floats
    observed: Floats
    customers: Floats

    @classmethod
    def counted(cls, repeats: Floats, last: Floats, observed: Floats) -> Self:
        """One entry per customer; equal histories are taken together."""
        rows, customers = np.unique(np.column_stack((repeats, last, observed)), axis=0, return_counts=True)
        return cls(rows[:, 0], rows[:, 1], rows[:, 2], customers.astype(np.float64))


@dataclass(frozen=True)
class Bgnbd:
    """The four parameters, all above 0; ``alpha`` is a time."""

    r: float
    alpha: float
    a: float
    b: float

    def alive(self, repeats: Floats, last: Floats, observed: Floats) -> Floats:
        """The chance that a customer is still there, 0 to 1. It is 1 before the first repeat order: the model knows no
        earlier way out (Fader, Hardie and Lee, "Computing P(alive) Using the BG/NBD Model", 2008)."""
        left = np.log(self.a / (self.b + np.maximum(repeats, 1) - 1))
        silent = (self.r + repeats) * np.log((self.alpha + observed) / (self.alpha + last))
        alive: Floats = np.where(repeats > 0, expit(-left - silent), 1.0)
        return alive

    def expected(self, ahead: float, repeats: Floats, last: Floats, observed: Floats) -> Floats:
        """Orders within the time ``ahead`` of a customer with that history (10)."""
        return self._orders(np.asarray(ahead), repeats, observed) * self.alive(repeats, last, observed)

    def expected_new(self, ages: Floats) -> Floats:
        """Repeat orders within each of these times after the first order (9)."""
        return self._orders(ages, np.zeros_like(ages), np.zeros_like(ages))

    def _orders(self, ahead: Floats, repeats: Floats, observed: Floats) -> Floats:
        """Orders of a customer who is still there.

        The paper's (1-z)^(r+x) 2F1(r+x, b+x; c; z), c = a+b+x-1, is also (1-z)^(a-1) 2F1(a-1, a+b-1-r; c; z) by Euler's
        transformation. As z nears 1 the series of one of the two exceeds all bounds while its factor vanishes: the
        one with the smaller power is taken, where neither does.
        """
        a = self.a if abs(self.a - 1) > 1e-6 else 1 + 1e-6  # 0/0 at 1, smooth around it
        past, size = self.alpha + observed, a + self.b + repeats - 1
        turned = a - 1 < self.r + repeats
        power = np.where(turned, a - 1, self.r + repeats)
        series = hyp2f1(
            power, np.where(turned, a + self.b - 1 - self.r, self.b + repeats), size, ahead / (past + ahead)
        )
        orders: Floats = size / (a - 1) * (1 - (past / (past + ahead)) ** power * series)
        return orders


def fit(seen: Histories, start: tuple[float, ...] = START) -> tuple[Bgnbd, Fit]:
    """The model that makes ``seen`` most likely, looked for from ``start`` on: the same data gives the same answer."""
    counted = _Counted.of(seen)
    found = maximise(lambda values: _likelihood(values, seen, counted), start, float(seen.customers.sum()))
    return Bgnbd(*found.best), found


def log_likelihood(model: Bgnbd, seen: Histories) -> float:
    """Of all customers together."""
    return _likelihood(np.array(astuple(model)), seen, _Counted.of(seen))[0]


class _Counted(NamedTuple):
    """The different numbers of repeat orders and how many customers have each: few, so their gamma functions cost
    little."""

    repeats: Floats
    customers: Floats

    @classmethod
    def of(cls, seen: Histories) -> "_Counted":
        repeats, place = np.unique(seen.repeats, return_inverse=True)
        return cls(repeats, np.bincount(place, seen.customers).astype(np.float64))


def _likelihood(values: Floats, seen: Histories, counted: _Counted) -> tuple[float, Floats]:
    """The log-likelihood (6) and its gradient by r, alpha, a and b."""
    by_count, slope_by_count = _by_count(values, counted)
    by_time, slope_by_time = _by_time(values, seen)
    return by_count + by_time, slope_by_count + slope_by_time


def _by_count(values: Floats, counted: _Counted) -> tuple[float, Floats]:
    """The part that depends on the number of repeat orders alone."""
    r, alpha, a, b = values
    x, n = counted
    level = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    level += gammaln(a + b) - gammaln(a + b + x) + gammaln(b + x) - gammaln(b)
    both = digamma(a + b) - digamma(a + b + x)
    slopes = (
        digamma(r + x) - digamma(r) + np.log(alpha),
        np.full_like(x, r / alpha),
        both,
        both + digamma(b + x) - digamma(b),
    )
    return total(n, level), np.array([total(n, slope) for slope in slopes])


def _by_time(values: Floats, seen: Histories) -> tuple[float, Floats]:
    """The part that depends on when: still there at the end of observation, or gone with the last order."""
    r, alpha, a, b = values
    x, n = seen.repeats, seen.customers
    again = x > 0
    since_end, since_last = np.log(alpha + seen.observed), np.log(alpha + seen.last)
    chances = np.where(again, b + x - 1, 1.0)
    there = -(r + x) * since_end
    gone = np.where(again, np.log(a / chances) - (r + x) * since_last, -np.inf)
    level = np.logaddexp(there, gone)
    of_gone = np.exp(gone - level)
    of_there = 1 - of_gone
    slopes = (
        -of_there * since_end - of_gone * since_last,
        -(r + x) * (of_there / (alpha + seen.observed) + of_gone / (alpha + seen.last)),
        of_gone / a,
        -of_gone / chances,
    )
    return total(n, level), np.array([total(n, slope) for slope in slopes])
