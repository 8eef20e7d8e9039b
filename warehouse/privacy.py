"""What in a free text could name or reach a person, and the SQL that hides it; docs/texts.md tells what slips through.

The pattern keeps to what RE2, Java and Python read alike. Words that lead to a name (我叫, "my name is") go with it.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.errors import LoadError
from warehouse.settings import POLICY, read_toml
from warehouse.sql import literal

MASK = "•••"
"""What is read in place of something personal."""
_LISTS: Mapping[str, tuple[str, ...]] = {
    "before": ("titles", "jobs", "family_names", "double_names", "never"),
    "after": ("titles", "phrases", "zh"),
    "streets": ("zh", "estates", "en"),
    "numbers": ("zh", "en"),
}
_APART = "\u2060"
_HAN, _DIGIT, _GAP = "[一-龥]", "[0-9０-９]", "[ :：是为]*"
_MAIL = r"[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9-]+([.][A-Za-z0-9-]+)+"
_CODE = rf"[A-Za-z]{{1,5}}[-_#]?{_DIGIT}{{5,}}([-_]{_DIGIT}{{2,}})*[Xx]?|[A-Za-z]{{2,5}}([-_]{_DIGIT}{{2,}}){{2,}}"
_GROUPS = rf"[+]?{_DIGIT}([ ().–-]{{0,2}}{_DIGIT}){{9,}}[Xx]?"
_LONG = (
    rf"[+]?[A-Za-z0-9]{{0,8}}{_DIGIT}{{7,}}[Xx]?|\b[0-9]{{3}}-[0-9]{{2}}-[0-9]{{4}}\b|\b[5-9][0-9]{{3}} [0-9]{{4}}\b"
)
_ACCOUNT = rf"(微信号?|微信號|[Ww]e[Cc]hat|QQ|qq){_GAP}([A-Za-z][A-Za-z0-9_-]{{5,}}|{_DIGIT}{{5,}})"
_PLATE = "[京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁][A-Z][·]?[A-Z0-9]{5,6}"
_LATIN_NAME = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ'’-]+( [A-ZÀ-Þ][A-Za-zÀ-ÿ'’.-]*){0,2}"
_COUNT = "[0-9０-９A-Za-z一二三四五六七八九十百]{1,5}"
_ROOM = rf"[ ,，]?{_COUNT}(号楼|號樓|号院|号|號|栋|棟|幢|座|单元|單元|室|楼|樓|层|層)"
_PLACE = rf"({_HAN}{{2,3}}(省|自治区))?({_HAN}{{2,3}}(市|州))?({_HAN}{{1,3}}(区|區|县|縣|镇|鎮|乡|鄉|街道))?"


@cache
def pattern(path: Path = POLICY / "privacy.toml") -> str:
    """What is hidden, as one regular expression. Raises LoadError for what the policy file may not say."""
    forms, lists = _read(path)
    numbers, streets = lists["numbers"], lists["streets"]
    common = (_MAIL, _CODE, _GROUPS, _LONG, _ACCOUNT, _PLATE)
    return "|".join((*forms, *common, *_numbers(numbers), *_names(lists), *_addresses(streets)))


def hidden(text: str) -> str:
    """The SQL of the expression ``text`` with every hit of `pattern` replaced by `MASK`; NULL stays NULL.

    A word that is no name though it looks like one is parted for the while: the pattern cannot look ahead.
    """
    parted = {word: word[0] + _APART + word[1:] for word in _read(POLICY / "privacy.toml")[1]["before"]["never"]}
    for word, apart in parted.items():
        text = f"replace({text}, {literal(word)}, {literal(apart)})"
    text = f"regexp_replace({text}, {literal(pattern())}, {literal(MASK)}, 'g')"
    for word, apart in parted.items():
        text = f"replace({text}, {literal(apart)}, {literal(word)})"
    return text


@cache
def _read(path: Path) -> tuple[list[str], dict[str, dict[str, list[str]]]]:
    """The policy's own forms, and its lists by table and name."""
    given = read_toml(path)
    _refuse_unknown(given, {"forms", *_LISTS}, path.name)
    forms = _forms(given.get("forms", []), f"{path.name} forms")
    return forms, {name: _lists(given.get(name, {}), keys, f"{path.name} [{name}]") for name, keys in _LISTS.items()}


def _numbers(words: Mapping[str, list[str]]) -> Iterable[str]:
    """Short numbers that only the word before them tells: 工号666, "agent number 12"."""
    number = rf"#?[A-Za-z]{{0,3}}-?{_DIGIT}+([-–]{_DIGIT}+)*"
    yield rf"{_one_of(words['zh'])}{_GAP}{number}"
    yield rf"\b(?i:{_one_of(words['en'])})( is)?[ :]*{number}"


def _names(lists: Mapping[str, Mapping[str, list[str]]]) -> Iterable[str]:
    before, after = lists["before"], lists["after"]
    family = _one_of([*"".join(before["family_names"]), *before["double_names"]])
    yield rf"{family}({_HAN}{{0,2}}{_one_of(before['titles'])}|{_one_of(before['jobs'])})"
    yield rf"{_one_of(after['zh'])}{_GAP}{family}{_HAN}{{0,2}}"
    yield rf"{_one_of(after['zh'])}[:：] ?{_HAN}{{2,4}}"
    yield rf"\b{_one_of(after['titles'])}[.]? {_LATIN_NAME}"
    yield rf"\b(?i:{_one_of(after['phrases'])}) ?{_LATIN_NAME}"


def _addresses(streets: Mapping[str, list[str]]) -> Iterable[str]:
    zh, estates, en = (_one_of(streets[name]) for name in ("zh", "estates", "en"))
    number = rf"{_DIGIT}{{1,5}}[A-Za-z]?"
    rooms = rf"({_ROOM})+([ -]?{_DIGIT}{{3,4}})?"
    road = rf"{_HAN}{{2,4}}{zh}[东西南北中東]?({_COUNT}段)?({_COUNT}巷)?"
    yield rf"{_PLACE}{road}{_COUNT}(号院|号|號|弄)({rooms})?|{_PLACE}{_HAN}{{2,4}}{estates}{rooms}"
    yield rf"{_COUNT}(栋|棟|幢|号楼|號樓|座){rooms}|{_COUNT}(栋|棟|幢|号楼|號樓|单元|單元){_DIGIT}{{3,4}}"
    flat = rf"((?i:flat|apt[.]?|apartment|unit|suite|room|floor) ?#?{number},? ?)?"
    yield rf"{flat}\b{number},? (([A-Z][A-Za-z'’]+|[0-9]+(st|nd|rd|th)) ){{1,3}}{en}\b"
    yield rf"{flat}\b{number} [a-z]+ (street|road|avenue|lane)\b"
    yield rf"(?i:p[.]?o[.]? ?box) {number}|\b[A-ZÄÖÜ][a-zäöüß]+(straße|strasse|weg|platz|allee) {number}"
    yield rf"\b{number},? (?i:rue|boulevard|avenue|chemin) ((de|du|des|la|le) )*(l'|d')?[A-ZÀ-Þ][a-zà-ÿ]+"


def _one_of(words: list[str]) -> str:
    """Any of the words, the longest first; of none, nothing matches."""
    return "(" + "|".join(map(re.escape, sorted(words, key=len, reverse=True) or ["\0"])) + ")"


def _forms(given: Any, where: str) -> list[str]:
    found = _listed(given, where)
    for form in found:
        try:
            matches_nothing = re.fullmatch(form, "") is not None
        except re.error as error:
            raise LoadError(f"{where}: “{form}” is no regular expression: {error}.") from error
        if matches_nothing or re.search(r"\(\?[=!<]|\\[1-9]", form):
            raise LoadError(f"{where}: “{form}” may neither match nothing nor look around or back.")
    return [f"(?:{form})" for form in found]


def _lists(given: Any, keys: tuple[str, ...], where: str) -> dict[str, list[str]]:
    if not isinstance(given, dict):
        raise LoadError(f"{where}: must be a table of lists.")
    _refuse_unknown(given, set(keys), where)
    return {key: _listed(given.get(key, []), f"{where} {key}") for key in keys}


def _listed(given: Any, where: str) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(word, str) and word.strip() for word in given):
        raise LoadError(f"{where}: must be a list of words in quotes.")
    return [word.strip() for word in given]


def _refuse_unknown(given: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(given.keys() - known):
        raise LoadError(f"{where}: unknown name “{unknown[0]}”; known: {', '.join(sorted(known))}.")
