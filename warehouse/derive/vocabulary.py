"""What counts as a word: texts in, numbered words out, by the lists of ``data/policy/words.toml``."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rjieba import Jieba
from snowballstemmer import stemmer

from warehouse.derive.phrases import BREAK, END
from warehouse.errors import LoadError
from warehouse.settings import POLICY, read_toml

_LISTS = {
    "together": ("zh", "en"),
    "keep": ("zh", "en"),
    "negation": ("zh", "en", "across"),
    "apart": ("en",),
    "stop": ("zh", "en", "other", "company"),
}
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z][a-z_&-]*[a-z]")
_PERSON = re.compile(r".{1,2}(先生|女士|小姐|太太)")
"""A name with its title: no word to show."""
_SHORTEST = 3
"""Letters that a Latin word has at least."""
_ACROSS, _NEGATION, _SHORT = -1, -2, -3
"""What a token can be besides a word, nothing and the end of a text: what a negation reaches across, a negation, and a
single character that says something only behind a negation."""


@dataclass(frozen=True)
class PhrasePolicy:
    """When two neighbours are one word: in how many texts at least, and how strongly they go together (0 to 1)."""

    least_texts: int
    strength: float


@dataclass(frozen=True)
class WordPolicy:
    """The lists of the policy file: ``lists["stop"]["en"]`` and so on; ``least_texts`` in which a word must occur;
    ``synonyms``: other word -> the one it stands for."""

    least_texts: int
    phrases: PhrasePolicy
    lists: dict[str, dict[str, frozenset[str]]]
    synonyms: dict[str, str]

    def all_of(self, name: str) -> frozenset[str]:
        """The words of every language in one list."""
        return frozenset().union(*self.lists[name].values())


def word_policy(path: Path = POLICY / "words.toml") -> WordPolicy:
    """The policy in ``path``. Raises LoadError for what the file may not say."""
    given = read_toml(path)
    _refuse_unknown(given, {"least_texts", "phrases", "synonyms", *_LISTS}, path.name)
    least = _whole(given.get("least_texts", 1), f"{path.name} least_texts")
    lists = {name: _lists(given.get(name, {}), name, f"{path.name} [{name}]") for name in _LISTS}
    phrases = _phrases(given.get("phrases", {}), f"{path.name} [phrases]")
    return WordPolicy(least, phrases, lists, _synonyms(given.get("synonyms", {}), f"{path.name} [synonyms]"))


def _whole(given: Any, where: str) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
        raise LoadError(f"{where}: must be a whole number from 1, not {given!r}.")
    return given


def _phrases(given: Any, where: str) -> PhrasePolicy:
    if not isinstance(given, dict):
        raise LoadError(f"{where}: must be a table.")
    _refuse_unknown(given, {"least_texts", "strength"}, where)
    strength = given.get("strength", 1)
    if isinstance(strength, bool) or not isinstance(strength, int | float) or not 0 < strength <= 1:
        raise LoadError(f"{where} strength: must be a number above 0 and up to 1, not {strength!r}.")
    return PhrasePolicy(_whole(given.get("least_texts", 20), f"{where} least_texts"), float(strength))


def _synonyms(given: Any, where: str) -> dict[str, str]:
    """Other word -> the word it stands for. One word cannot stand for two, nor for one that stands for another."""
    if not isinstance(given, dict):
        raise LoadError(f"{where}: must be a table of lists.")
    found: dict[str, str] = {}
    for kept, others in given.items():
        for other in _listed(others, f"{where} {kept}"):
            if other in found or other in given:
                raise LoadError(f"{where} {kept}: “{other}” stands in this table twice.")
            found[other] = kept.strip().lower()
    return found


def _listed(given: Any, where: str) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(word, str) and word.strip() for word in given):
        raise LoadError(f"{where}: must be a list of words in quotes.")
    return [word.strip().lower() for word in given]


def _lists(given: Any, name: str, where: str) -> dict[str, frozenset[str]]:
    if not isinstance(given, dict):
        raise LoadError(f"{where}: must be a table of lists.")
    _refuse_unknown(given, set(_LISTS[name]), where)
    return {key: frozenset(_listed(given.get(key, []), f"{where} {key}")) for key in _LISTS[name]}


def _refuse_unknown(given: dict[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(given.keys() - known):
        raise LoadError(f"{where}: unknown name “{unknown[0]}”; known: {', '.join(sorted(known))}.")


@lru_cache(maxsize=4)
def _segmenter(known: frozenset[str]) -> Jieba:
    """Its dictionary takes a fifth of a second to read, more than a small load."""
    found = Jieba()
    for word in known:
        found.add_word(word, None, None)
    return found


@lru_cache(maxsize=4)
def _stems(words: frozenset[str]) -> frozenset[str]:
    stem = stemmer("english").stemWord
    return frozenset(stem(word) for word in words if _LATIN.fullmatch(word))


class Vocabulary:
    """Numbers words as it meets them. A *form* is a word as it is written; forms of one word share a ``word_id``."""

    def __init__(self, policy: WordPolicy) -> None:
        self.forms: list[str] = ["", ""]
        self.word_of: list[int] = [BREAK, END]
        self.word_languages: list[str] = ["", ""]
        self._policy = policy
        self._words: dict[str, int] = {}
        self._negated: dict[tuple[str, str], int] = {}
        self._stem = stemmer("english").stemWord
        self._apart = policy.all_of("apart")
        self._stop = policy.all_of("stop")
        self._stop_stems = _stems(self._stop)
        self._keep = policy.all_of("keep")
        self._kinds = self._known_kinds()
        self._synonyms = {self._stemmed(other): self._stemmed(kept) for other, kept in policy.synonyms.items()}
        alike = frozenset(word for pair in policy.synonyms.items() for word in pair if _HAN.fullmatch(word))
        self._jieba = _segmenter(policy.lists["together"]["zh"] | policy.lists["keep"]["zh"] | alike)
        together = sorted(policy.lists["together"]["en"], key=len, reverse=True)
        self._together = re.compile(r"\b(?:" + "|".join(map(re.escape, together)) + r")\b") if together else None

    def _known_kinds(self) -> dict[str, int]:
        across = dict.fromkeys(self._policy.lists["negation"]["across"], _ACROSS)
        negations = self._policy.lists["negation"]
        return {"\n": END, " ": _ACROSS, **across, **dict.fromkeys(negations["zh"] | negations["en"], _NEGATION)}

    def read(self, texts: Sequence[str]) -> npt.NDArray[np.int32]:
        """Every form in the order in which they are said, with `BREAK` for what is none and `END` behind each text.

        The texts are in simplified characters and hold no line breaks.
        """
        return np.fromiter(self._read(texts), dtype=np.int32)

    def _read(self, texts: Sequence[str]) -> Iterator[int]:
        kind_of, negation = self._kinds.get, ""
        for token in self._tokens(texts):
            kind = kind_of(token)
            if kind is None:
                kind = self._kinds[token] = self._kind(token)
            if kind == _ACROSS:
                continue
            if kind == _NEGATION:
                negation = token
                continue
            if negation:
                if kind > END or kind == _SHORT:
                    kind = self._negate(negation, token, kind)
                negation = ""
            yield kind if kind > 0 else BREAK

    def _tokens(self, texts: Sequence[str]) -> list[str]:
        joined = "\n".join((*texts, ""))
        if self._together:
            joined = self._together.sub(lambda found: found[0].replace(" ", "_"), joined)
        return self._jieba.cut(joined)

    def _kind(self, token: str) -> int:
        """What a token is that is met for the first time: a form's number, or one of the kinds above."""
        if (token in self._stop and token not in self._keep) or _PERSON.fullmatch(token):
            return BREAK
        if _HAN.fullmatch(token):
            known = len(token) > 1 or token in self._keep
            return self._form(token, self._synonyms.get(token, token), "zh") if known else _SHORT
        if token in self._keep or (len(token) >= _SHORTEST and _LATIN.fullmatch(token)):
            is_stopped = token not in self._keep and self._stem(token) in self._stop_stems
            return BREAK if is_stopped else self._form(token, self._one_word(token), "en")
        return BREAK

    def _negate(self, negation: str, token: str, kind: int) -> int:
        """The form of a negation with the word behind it; of two scripts the word alone."""
        known = self._negated.get((negation, token))
        if known is None:
            known = self._negated[negation, token] = self._new_negation(negation, token, kind)
        return known

    def _new_negation(self, negation: str, token: str, kind: int) -> int:
        language, script = ("en", _LATIN) if _LATIN.fullmatch(token) else ("zh", _HAN)
        if not script.fullmatch(negation):
            return kind
        gap = " " if language == "en" else ""
        form, word = negation + gap + token, negation.replace("没有", "没") + gap + self._one_word(token)
        return BREAK if form in self._stop else self._form(form, word, language)

    def _stemmed(self, word: str) -> str:
        parts = word.replace("_", " ").split(" ")
        return " ".join(part if part in self._apart else self._stem(part) for part in parts)

    def _one_word(self, token: str) -> str:
        """What a token has in common with its inflections and synonyms."""
        stemmed = self._stemmed(token)
        return self._synonyms.get(stemmed, stemmed)

    def _form(self, form: str, word: str, language: str) -> int:
        self.forms.append(form.replace("_", " "))
        number = self._words.setdefault(word, len(self.word_languages))
        if number == len(self.word_languages):
            self.word_languages.append(language)
        self.word_of.append(number)
        return len(self.forms) - 1
