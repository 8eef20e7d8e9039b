"""How good probabilities of dissatisfaction are that were given by a model which has not seen the text."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np

from warehouse.derive.moods.model import Floats

BANDS = 10
_SURE = 2.58
"""Standard errors that the model must lie ahead: it is by chance in one of a hundred cases."""


@dataclass(frozen=True)
class Record:
    """How many of the texts are judged ``right``, and how many would be if each was given the commoner mark
    (``right_base``); ``auc``; mean squared errors of the model and of always saying the share. Empty where all texts
    have the same mark. ``better``: the model's errors are smaller beyond chance."""

    right: int | None = None
    right_base: int | None = None
    auc: float | None = None
    brier: float | None = None
    brier_base: float | None = None
    better: bool = False

    @property
    def figures(self) -> tuple[float | None, ...]:
        """All of them but the verdict."""
        return self.right, self.right_base, self.auc, self.brier, self.brier_base


def record(labels: Floats, held_out: Floats) -> Record:
    """The record of probabilities given to texts with these labels (1 dissatisfied, 0 satisfied)."""
    unhappy, texts = int(labels.sum()), len(labels)
    if unhappy in (0, texts):
        return Record()
    error, error_base = (held_out - labels) ** 2, (labels.mean() - labels) ** 2
    gain = error_base - error
    return Record(
        right=int(((held_out >= 0.5) == (labels == 1)).sum()),
        right_base=max(unhappy, texts - unhappy),
        auc=_auc(labels, held_out),
        brier=float(error.mean()),
        brier_base=float(error_base.mean()),
        better=bool(gain.mean() > _SURE * gain.std() / sqrt(texts)),
    )


def _auc(labels: Floats, held_out: Floats) -> float:
    """How often a dissatisfied text gets a higher probability than a satisfied one; equal ones count half."""
    _, place, counts = np.unique(held_out, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    unhappy = labels.sum()
    return float((ranks[labels == 1].sum() - unhappy * (unhappy + 1) / 2) / (unhappy * (len(labels) - unhappy)))


def bands(labels: Floats, held_out: Floats) -> Iterator[tuple[int, int, float, int]]:
    """(band, texts, mean probability, of them unhappy) for each tenth of the probability in which texts are."""
    of = np.minimum((held_out * BANDS).astype(int), BANDS - 1)
    for band in np.unique(of):
        here = of == band
        yield int(band), int(here.sum()), float(held_out[here].mean()), int(labels[here].sum())
