"""The Gamma-Gamma model: what an order of each customer is worth in the long run.

A customer's orders scatter around a mean of their own (gamma, p), and those means differ between customers (gamma, q
and ``gamma``). Few orders say little: the estimate lies between the customer's own mean and everybody's, the nearer
to their own the more orders there are. Fader and Hardie, "The Gamma-Gamma Model of Monetary Value", note, 2013; the
numbers in brackets are its equations. It holds only where what customers spend has nothing to do with how often they
order.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, gammaln

from warehouse.derive.value.fit import Fit, Floats, maximise

START = (2.0, 3.0)
"""``p`` and ``q`` to begin with; ``gamma`` begins where the mean of all customers is right."""


@dataclass(frozen=True)
class GammaGamma:
    """The three parameters, all above 0; ``gamma`` is money. There is a mean only where ``q`` is above 1."""

    p: float
    q: float
    gamma: float

    def mean(self, orders: Floats, total: Floats) -> Floats:
        """What an order of a customer is worth, given so many with that total (5); of nobody's order: everybody's
        mean."""
        return self.p * (self.gamma + total) / (self.p * orders + self.q - 1)


def fit(orders: Floats, total: Floats, start: tuple[float, ...] = ()) -> tuple[GammaGamma, Fit]:
    """The model that makes these totals most likely: one entry per customer, all above 0."""
    p, q = START
    start = start or (p, q, float(np.mean(total / orders)) * (q - 1) / p)
    found = maximise(lambda values: _likelihood(values, orders, total), start, float(len(orders)))
    return GammaGamma(*found.best), found


def _likelihood(values: Floats, x: Floats, total: Floats) -> tuple[float, Floats]:
    """The log-likelihood (1a) of the mean ``total / x`` of each customer, and its gradient by p, q and gamma."""
    p, q, gamma = values
    scale, logs = np.log(gamma + total), np.log(total)
    level = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(gamma)
    level += p * x * logs - np.log(total / x) - (p * x + q) * scale
    both = digamma(p * x + q)
    slopes = (
        x * (both - digamma(p * x) + logs - scale),
        both - digamma(q) + np.log(gamma) - scale,
        q / gamma - (p * x + q) / (gamma + total),
    )
    return float(level.sum()), np.array([slope.sum() for slope in slopes])
