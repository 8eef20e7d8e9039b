"""The questions: every .sql file under questions/, its header read and held against its body once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from sqlglot import exp

from queries.errors import BadDefinition, BadQuestion
from queries.header import SqlFile, read
from queries.metrics import METRICS, Metric
from queries.relations import relations
from queries.suggest import nearest

FOLDER = Path(__file__).parent / "questions"
BUILT_IN = frozenset({"as_of", "as_of_day", "zone", "workday", "workday_before"})
"""Parameters that every question may use and nobody passes: the data's last moment (UTC), its day in the team's zone,
that zone, the last working day up to that day, and the working day before."""

Value = str | int | float | date | None
Kind = Literal["text", "int", "number", "date", "column", "relation", "metric"]
_ADDABLE = {name: metric for name, metric in METRICS.items() if metric.headline != "stock"}
"""The metrics that a period's own rows decide; a stock needs all rows before it too."""
_TYPES: dict[str, tuple[type, ...]] = {"text": (str,), "int": (int,), "number": (int, float), "date": (date,)}
_READ: dict[str, Callable[[str], Value]] = {"text": str, "int": int, "number": float, "date": date.fromisoformat}
_VALUE = re.compile(r"(\w+) (text|int|number|date)(?: = (\S+))? — (.+)")
_CHOICE = re.compile(r"(\w+) one of ([\w:, ]+?)(?: = (\w+))? — (.+)")
_METRIC = re.compile(r"(\w+) — (.+)")


@dataclass(frozen=True)
class Param:
    """One parameter: what it is, the values it may take (as people say it -> as SQL names it), and what it means."""

    name: str
    kind: Kind
    meaning: str
    choices: Mapping[str, str] | None
    default: Value
    required: bool

    def checked(self, question: str, value: Value) -> Value:
        """``value`` if it fits. Raises `BadQuestion` otherwise, with the nearest value that would."""
        if value is None and self.default is None and not self.required:
            return None
        allowed = _ADDABLE if self.kind == "metric" else self.choices
        if allowed is not None and value not in allowed:
            raise BadQuestion(f"{question}: {self.name} cannot be {value!r}" + nearest(str(value), allowed))
        types = _TYPES.get(self.kind, (str,))
        if not isinstance(value, types) or isinstance(value, bool):
            raise BadQuestion(f"{question}: {self.name} must be {self.kind}, not {value!r}")
        return value

    def read(self, text: str) -> Value:
        """The value that ``text`` stands for. Raises ValueError when it is not of this kind."""
        return _READ.get(self.kind, str)(text)

    @property
    def in_text(self) -> bool:
        """True when the value stands in the SQL as a name, False when it is handed over beside it."""
        return self.kind in ("column", "relation", "metric")


@dataclass(frozen=True)
class Question:
    """One question. ``grain``: the columns that identify a result row.

    ``timeless``: the relations to which the period does not apply here; None = all of them.
    ``each``: placeholder -> the metrics for which the SELECT that reads from it is repeated.
    """

    name: str
    doc: str
    params: Mapping[str, Param]
    grain: tuple[str, ...]
    timeless: frozenset[str] | None
    each: Mapping[str, tuple[Metric, ...]]
    tree: exp.Query

    def arguments(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """All parameters with their values. Raises `BadQuestion` for an unknown, missing or unfit one."""
        if unknown := sorted(set(given) - set(self.params)):
            raise BadQuestion(f"{self.name}: there is no parameter {unknown[0]!r}" + nearest(unknown[0], self.params))
        if missing := [name for name, param in self.params.items() if param.required and name not in given]:
            raise BadQuestion(f"{self.name}: the parameter {missing[0]!r} is missing")
        return {name: param.checked(self.name, given.get(name, param.default)) for name, param in self.params.items()}


@cache
def questions() -> Mapping[str, Question]:
    """Every question by name. Raises `BadDefinition` for a file whose header and body contradict each other."""
    tags = {"param", "column", "relation", "metric", "grain", "period", "each"}
    return MappingProxyType({path.stem: _question(read(path, tags)) for path in sorted(FOLDER.glob("*.sql"))})


def question(name: str) -> Question:
    """The question called ``name``. Raises `BadQuestion`, naming the nearest, when there is none."""
    found = questions().get(name)
    if found is None:
        raise BadQuestion(f"there is no question {name!r}" + nearest(name, questions()))
    return found


def _question(file: SqlFile) -> Question:
    params = [_param(file.name, tag, text) for tag, text in file.tags if tag not in ("grain", "period", "each")]
    found = Question(
        name=file.name,
        doc=file.doc,
        params=MappingProxyType({param.name: param for param in params}),
        grain=file.names("grain"),
        timeless=_timeless(file),
        each=MappingProxyType(dict(_each(text) for tag, text in file.tags if tag == "each")),
        tree=file.tree,
    )
    _check(found)
    return found


def _timeless(file: SqlFile) -> frozenset[str] | None:
    """``:period ignored`` (for all relations) or ``:period ignored scoped_flow, …`` (for these)."""
    stated = file.names("period")
    if not stated:
        return frozenset()
    first, *others = stated
    word, _, name = first.partition(" ")
    if word != "ignored":
        raise BadDefinition(f"{file.name}: ':period' can only be ignored, not {word!r}")
    return frozenset({name, *others}) if name else None


def _each(text: str) -> tuple[str, tuple[Metric, ...]]:
    """``flow — …``: all metrics whose headline is "flow", to be put in for $flow."""
    name = text.split(" — ")[0].strip()
    return name, tuple(metric for metric in METRICS.values() if metric.headline == name)


def _param(file: str, tag: str, text: str) -> Param:
    patterns = {"param": (_VALUE, _CHOICE), "metric": (_METRIC,)}.get(tag, (_CHOICE,))
    match = next((found for pattern in patterns if (found := pattern.fullmatch(text))), None)
    if match is None:
        raise BadDefinition(f"{file}: cannot read ':{tag} {text}'")
    if tag == "metric":
        return Param(match[1], "metric", match[2], None, None, True)
    if match.re is _VALUE:
        return _value_param(match)
    kind = cast(Kind, "text" if tag == "param" else tag)
    pairs = [part.strip().partition(":") for part in match[2].split(",")]
    choices = MappingProxyType({said: name or said for said, _, name in pairs})
    return Param(match[1], kind, match[4], choices, match[3], match[3] is None)


def _value_param(match: re.Match[str]) -> Param:
    """``limit int = 200 — …``; the default ``null`` makes a parameter optional."""
    kind, stated = cast(Kind, match[2]), match[3]
    value = None if stated in (None, "null") else _READ[kind](stated)
    return Param(match[1], kind, match[4], None, value, stated is None)


def _check(found: Question) -> None:
    """Header against body. Raises `BadDefinition`."""
    used = {node.name for node in found.tree.find_all(exp.Placeholder)}
    declared = set(found.params) | set(found.each)
    if lost := sorted(declared - used):
        raise BadDefinition(f"{found.name}: declares {lost[0]} but does not use it")
    if strange := sorted(used - declared - BUILT_IN):
        raise BadDefinition(f"{found.name}: uses ${strange[0]} but does not declare it")
    _check_tables(found)
    if not found.grain or not set(found.grain) <= set(found.tree.named_selects):
        raise BadDefinition(f"{found.name}: its grain must name columns of its result, not {found.grain}")


def _check_tables(found: Question) -> None:
    """Only scoped relations and the question's own CTEs may be read."""
    local = {cte.alias for cte in found.tree.find_all(exp.CTE)}
    tables = {table.name for table in found.tree.find_all(exp.Table) if not isinstance(table.this, exp.Placeholder)}
    named = {name for param in found.params.values() if param.kind == "relation" for name in _targets(param)}
    if shadowed := sorted(local & set(relations())):
        raise BadDefinition(f"{found.name}: gives {shadowed[0]} a second meaning")
    if foreign := sorted((tables - local | named) - set(relations())):
        raise BadDefinition(f"{found.name}: reads {foreign[0]}, which is no scoped relation")


def _targets(param: Param) -> list[str]:
    return list((param.choices or {}).values())
