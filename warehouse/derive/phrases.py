"""Words that stand side by side far more often than chance would have it are a phrase: 送货 and 慢, "spare" and "part".

Texts come as one stream of word numbers, in which `BREAK` stands for everything that is no word and `END` ends a text.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BREAK, END = 0, 1
Numbers = npt.NDArray[np.int64]
Stream = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Phrases:
    """Pairs of neighbours that are a word of their own: ``keys`` = first * ``words`` + second, sorted, so often said as
    ``counts`` tells; the phrase ``keys[n]`` is the word number ``words + n``."""

    words: int
    keys: Numbers
    counts: Numbers

    @property
    def parts(self) -> tuple[Numbers, Numbers]:
        """The first and the second words of the phrases, in the order of their numbers."""
        return np.divmod(self.keys, self.words)

    def within(self, stream: Stream) -> tuple[Numbers, Numbers]:
        """Where in the stream a phrase begins, and which; of phrases that overlap, the earlier one."""
        if not len(self.keys):
            return self.keys, self.keys
        keys = stream[:-1].astype(np.int64) * self.words + stream[1:]
        numbers = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        places = _every_other(np.flatnonzero(self.keys[numbers] == keys))
        return places, self.words + numbers[places]


def _every_other(hits: Numbers) -> Numbers:
    """The first, third, ... of each run of consecutive places."""
    if not len(hits):
        return hits
    begins = np.flatnonzero(np.diff(hits, prepend=hits[0] - 2) > 1)
    run = np.repeat(begins, np.diff(begins, append=len(hits)))
    chosen: Numbers = hits[(np.arange(len(hits)) - run) % 2 == 0]
    return chosen


def find_phrases(stream: Stream, languages: npt.NDArray[np.int8], least: int, strength: float) -> Phrases:
    """The pairs that stand together at least ``least`` times and whose normalised pointwise mutual information (Bouma
    2009; 1 = never apart, 0 = by chance) reaches ``strength``. ``languages``: word number -> language; both are of one.
    """
    words = len(languages)
    first, second = stream[:-1], stream[1:]
    neighbours = (first > END) & (second > END) & (languages[first] == languages[second])
    keys, counts = np.unique(first[neighbours].astype(np.int64) * words + second[neighbours], return_counts=True)
    keys, counts = keys[counts >= least], counts[counts >= least]
    said = np.bincount(stream, minlength=words)
    firsts, seconds = np.divmod(keys, words)
    total = said[END + 1 :].sum()
    together = np.log(counts / total)
    apart = np.log(said[firsts] / total) + np.log(said[seconds] / total)
    strong = (together - apart) / -together >= strength
    return Phrases(words, keys[strong], counts[strong])
