"""Maximum likelihood of parameters that are all above 0."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from threadpoolctl import ThreadpoolController

Floats = npt.NDArray[np.float64]
LOWEST, HIGHEST = 1e-3, 1e4
"""Between these parameters are looked for. One that ends there says that the data does not hold the model."""
_THREADS = ThreadpoolController()
_STEPS = {"maxiter": 300, "ftol": 1e-13, "gtol": 1e-7}
_FLAT = 1e-4
"""The slope by which the likelihood of a customer still rises at an optimum, at most."""


@dataclass(frozen=True)
class Fit:
    """The best parameters, whether they are a true optimum within the limits, and their log-likelihood."""

    best: tuple[float, ...]
    sound: bool
    log_likelihood: float


def maximise(likelihood: Callable[[Floats], tuple[float, Floats]], start: tuple[float, ...], size: float) -> Fit:
    """Climb from ``start``; ``likelihood`` gives the log-likelihood of ``size`` customers and its gradient.

    The climb goes by the parameters' logarithms, which have no edge at 0, and by the mean of a customer, so that its
    end does not depend on how many there are.
    """

    def descent(logs: Floats) -> tuple[float, Floats]:
        values = np.exp(logs)
        level, slope = likelihood(values)
        return -level / size, -slope * values / size

    limits = np.log((LOWEST, HIGHEST))
    bounds = [limits] * len(start)
    with _THREADS.limit(limits=1, user_api="blas"):  # vectors this short cost threads more than they save
        found = minimize(descent, np.log(start), jac=True, method="L-BFGS-B", bounds=bounds, options=_STEPS)
    inside = np.all((found.x > limits[0] + 0.01) & (found.x < limits[1] - 0.01))
    best = tuple(float(value) for value in np.exp(found.x))
    return Fit(best, bool(inside and np.abs(found.jac).max() < _FLAT), float(-found.fun * size))


def total(weights: Floats, values: Floats) -> float:
    """Their sum of products. Not ``@``, whose threads cost more than they save and add up in an order of their own."""
    return float(np.sum(weights * values))
