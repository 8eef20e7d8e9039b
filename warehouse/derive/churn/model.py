"""A logistic model of leaving whose every probability is the exact sum of what its features contribute."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]
_LEAST_OF_EACH = 10
"""Both parts of the data must hold so many who left and so many who stayed."""
_UNBOUND = 1e4


@dataclass(frozen=True)
class Fitted:
    """A fitted model; ``mean``, ``scale`` and ``weights`` have one number per feature. Odds are natural logarithms."""

    mean: Floats
    scale: Floats
    weights: Floats
    intercept: float

    def contributions(self, features: Floats) -> Floats:
        """What each feature adds to the log-odds, against the average customer: an array shaped like ``features``."""
        return (features - self.mean) / self.scale * self.weights

    def risk(self, features: Floats) -> Floats:
        """The probability of leaving, one per row of ``features``."""
        odds: Floats = self.intercept + self.contributions(features).sum(axis=1)
        return 1 / (1 + np.exp(-odds))


def fit(learn: tuple[Floats, Floats], calibrate: tuple[Floats, Floats], strictness: float) -> Fitted | None:
    """A regularised logistic regression of (features, outcomes 0 or 1) in ``learn``, brought to scale by a sigmoid on
    those in ``calibrate``; None where either part has too few of one outcome. The same data give the same model."""
    if any(min(left.sum(), len(left) - left.sum()) < _LEAST_OF_EACH for _, left in (learn, calibrate)):
        return None
    features, left = learn
    mean, spread = features.mean(axis=0), features.std(axis=0)
    scale = np.where(spread > 1e-9, spread, 1.0)
    weights, intercept = _logistic((features - mean) / scale, left, 1 / strictness)
    later, later_left = calibrate
    odds = (later - mean) / scale @ weights + intercept
    slope, shift = _logistic(odds[:, None], later_left, _UNBOUND)
    return Fitted(mean, scale, weights * slope[0], float(intercept * slope[0] + shift))


def _logistic(features: Floats, left: Floats, freedom: float) -> tuple[Floats, float]:
    """Weights and intercept. One thread: several would wait for each other on so little work."""
    from sklearn.linear_model import LogisticRegression

    with _threads().limit(limits=1):
        found = LogisticRegression(C=freedom, solver="newton-cholesky", max_iter=200).fit(features, left)
    return found.coef_[0], float(found.intercept_[0])


@cache
def _threads() -> Any:
    """The thread pools of the numerical libraries; looking for them takes longer than a fit."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
