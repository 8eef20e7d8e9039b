"""A logistic regression on runs of characters, brought to scale on texts that it has not seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from threadpoolctl import threadpool_limits

from warehouse.derive.moods.grams import BUCKETS, Whole, grams
from warehouse.derive.moods.policy import MoodPolicy

Floats = np.ndarray[Any, np.dtype[np.float64]]
Matrix = Any
"""A sparse matrix of scipy: texts by buckets."""


@dataclass(frozen=True)
class Model:
    """``weights``: one per bucket; ``slope`` and ``shift`` make a probability of the score."""

    weights: Floats
    intercept: float
    slope: float
    shift: float
    longest: int

    def unhappy(self, texts: Sequence[str]) -> Floats:
        """The probability that the writer of each of some plain texts is dissatisfied."""
        places, buckets = grams(texts, self.longest)
        runs = np.maximum(np.bincount(places, minlength=len(texts)), 1)
        score = np.bincount(places, self.weights[buckets], len(texts)) / np.sqrt(runs) + self.intercept
        return _sigmoid(self.slope * score + self.shift)


@dataclass(frozen=True)
class Learned:
    """The model from all texts, and for each of them the probability given by one that has not seen it."""

    model: Model
    held_out: Floats


def learn(texts: Sequence[str], labels: Floats, policy: MoodPolicy) -> Learned:
    """Learn from plain texts and labels (1 dissatisfied, 0 satisfied). Equal texts are always in the same fold; the
    same texts in the same order give the same model."""
    matrix = _matrix(texts, policy.longest)
    folds = np.array([crc32(text.encode()) % policy.folds for text in texts])
    scores = np.zeros(len(texts))
    for fold in range(policy.folds):
        out = folds == fold
        weights, intercept = _fit(matrix[~out], labels[~out], policy)
        scores[out] = matrix[out] @ weights + intercept
    weights, intercept = _fit(matrix, labels, policy)
    slope, shift = _scale(scores, labels)
    return Learned(Model(weights, intercept, slope, shift, policy.longest), _scaled_apart(scores, labels, folds))


def _matrix(texts: Sequence[str], longest: int) -> Matrix:
    """How often each text has each run, over the root of how many runs it has: long texts count no more than short."""
    from scipy.sparse import csr_matrix

    places, buckets = grams(texts, longest)
    share = 1 / np.sqrt(np.maximum(np.bincount(places, minlength=len(texts)), 1))
    found = csr_matrix((share[places], (places.astype(np.int32), buckets.astype(np.int32))), (len(texts), BUCKETS))
    found.sum_duplicates()
    return found


def _fit(matrix: Matrix, labels: Floats, policy: MoodPolicy) -> tuple[Floats, float]:
    """Weights of all buckets, 0 for those that too few texts have, and the intercept."""
    from sklearn.linear_model import LogisticRegression

    kept = np.flatnonzero(np.bincount(matrix.indices, minlength=BUCKETS) >= policy.least_seen)
    weights = np.zeros(BUCKETS)
    if len(kept) == 0 or labels.min() == labels.max():
        return weights, 0.0
    with threadpool_limits(limits=1):
        found = LogisticRegression(C=1 / policy.strictness, solver="liblinear", dual=True, tol=0.1, random_state=0).fit(
            matrix[:, kept], labels
        )
    weights[kept] = found.coef_[0]
    return weights, float(found.intercept_[0])


def _scaled_apart(scores: Floats, labels: Floats, folds: Whole) -> Floats:
    """Probabilities for which neither weights nor scale have seen the text."""
    held_out = np.zeros(len(scores))
    for fold in np.unique(folds):
        out = folds == fold
        slope, shift = _scale(scores[~out], labels[~out])
        held_out[out] = _sigmoid(slope * scores[out] + shift)
    return held_out


def _scale(scores: Floats, labels: Floats) -> tuple[float, float]:
    """Platt's sigmoid: slope and shift that make the scores of unseen texts probabilities."""
    from sklearn.linear_model import LogisticRegression

    found = LogisticRegression(C=1e4, solver="lbfgs").fit(scores[:, None], labels)
    return float(found.coef_[0, 0]), float(found.intercept_[0])


def _sigmoid(odds: Floats) -> Floats:
    return 1 / (1 + np.exp(-odds))
