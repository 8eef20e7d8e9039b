"""What counts as a word: texts in, numbered words out, by the lists of ``data/policy/words.toml``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from opencc import OpenCC
from rjieba import Jieba
from snowballstemmer import stemmer

from warehouse.errors import LoadError
from warehouse.settings import POLICY, read_toml

_LISTS = {
    "together": ("zh", "en"),
    "keep": ("zh", "en"),
    "negation": ("zh", "en", "across"),
    "stop": ("zh", "en", "other", "company"),
}
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z][a-z_&-]*[a-z]")
_PERSON = re.compile(r".{1,2}(先生|女士|小姐|太太)")
"""A name with its title: no word to show."""
_SHORTEST = 3
"""Letters that a Latin word has at least."""
_END, _NOTHING, _ACROSS, _NEGATION, _SHORT = 0, -1, -2, -3, -4
"""What a token can be besides a word: the end of a text, nothing, what a negation reaches across, a negation, and a
single character that says something only behind a negation."""


@dataclass(frozen=True)
class WordPolicy:
    """The lists of the policy file: ``lists["stop"]["en"]`` and so on; ``least_texts`` in which a word must occur."""

    least_texts: int
    lists: dict[str, dict[str, frozenset[str]]]

    def all_of(self, name: str) -> frozenset[str]:
        """The words of every language in one list."""
        return frozenset().union(*self.lists[name].values())


def word_policy(path: Path = POLICY / "words.toml") -> WordPolicy:
    """The policy in ``path``. Raises LoadError for what the file may not say."""
    given = read_toml(path)
    _refuse_unknown(given, {"least_texts", *_LISTS}, path.name)
    least = given.get("least_texts", 1)
    if isinstance(least, bool) or not isinstance(least, int) or least < 1:
        raise LoadError(f"{path.name} least_texts: must be a whole number from 1, not {least!r}.")
    lists = {name: _lists(given.get(name, {}), name, f"{path.name} [{name}]") for name in _LISTS}
    return WordPolicy(least, lists)


def _lists(given: Any, name: str, where: str) -> dict[str, frozenset[str]]:
    if not isinstance(given, dict):
        raise LoadError(f"{where}: must be a table of lists.")
    _refuse_unknown(given, set(_LISTS[name]), where)
    for key, listed in given.items():
        if not isinstance(listed, list) or not all(isinstance(word, str) and word.strip() for word in listed):
            raise LoadError(f"{where} {key}: must be a list of words in quotes.")
    return {key: frozenset(word.strip().lower() for word in given.get(key, ())) for key in _LISTS[name]}


def _refuse_unknown(given: dict[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(given.keys() - known):
        raise LoadError(f"{where}: unknown name “{unknown[0]}”; known: {', '.join(sorted(known))}.")


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


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
        self.forms: list[str] = [""]
        self.languages: list[str] = [""]
        self.word_of: list[int] = [0]
        self._policy = policy
        self._words: dict[str, int] = {"": 0}
        self._negated: dict[tuple[str, str], int] = {}
        self._simplify = _simplifier().convert
        self._stem = stemmer("english").stemWord
        self._stop = policy.all_of("stop")
        self._stop_stems = _stems(self._stop)
        self._keep = policy.all_of("keep")
        self._kinds = self._known_kinds()
        self._jieba = _segmenter(policy.lists["together"]["zh"] | policy.lists["keep"]["zh"])
        together = sorted(policy.lists["together"]["en"], key=len, reverse=True)
        self._together = re.compile(r"\b(?:" + "|".join(map(re.escape, together)) + r")\b") if together else None

    def _known_kinds(self) -> dict[str, int]:
        across = dict.fromkeys(self._policy.lists["negation"]["across"], _ACROSS)
        negations = self._policy.lists["negation"]
        return {"\n": _END, " ": _ACROSS, **across, **dict.fromkeys(negations["zh"] | negations["en"], _NEGATION)}

    def read(self, texts: Sequence[str]) -> tuple[list[int], list[int]]:
        """Every word in the order in which they are said: the places of its text, and its forms. No line breaks."""
        places: list[int] = []
        forms: list[int] = []
        kind_of, place, negation = self._kinds.get, 0, ""
        for token in self._tokens(texts):
            kind = kind_of(token)
            if kind is None:
                kind = self._kinds[token] = self._kind(token)
            if negation and (kind > 0 or kind == _SHORT):
                kind = self._negate(negation, token, kind)
            if kind > 0:
                places.append(place)
                forms.append(kind)
                negation = ""
            elif kind == _NEGATION:
                negation = token
            elif kind != _ACROSS:
                negation = ""
                place += kind == _END
        return places, forms

    def _tokens(self, texts: Sequence[str]) -> list[str]:
        joined = self._simplify("\n".join(texts))
        if self._together:
            joined = self._together.sub(lambda found: found[0].replace(" ", "_"), joined)
        return self._jieba.cut(joined)

    def _kind(self, token: str) -> int:
        """What a token is that is met for the first time: a form's number, or one of the kinds above."""
        if (token in self._stop and token not in self._keep) or _PERSON.fullmatch(token):
            return _NOTHING
        if _HAN.fullmatch(token):
            return self._form(token, token, "zh") if len(token) > 1 or token in self._keep else _SHORT
        if token in self._keep or (len(token) >= _SHORTEST and _LATIN.fullmatch(token)):
            stem = self._stem(token)
            if token in self._keep or stem not in self._stop_stems:
                return self._form(token, stem, "en")
        return _NOTHING

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
        gap, behind = (" ", self._stem(token)) if language == "en" else ("", token)
        form = negation + gap + token
        return (
            _NOTHING
            if form in self._stop
            else self._form(form, negation.replace("没有", "没") + gap + behind, language)
        )

    def _form(self, form: str, word: str, language: str) -> int:
        self.forms.append(form.replace("_", " "))
        self.languages.append(language)
        self.word_of.append(self._words.setdefault(word.replace("_", " "), len(self._words)))
        return len(self.forms) - 1
