"""The rules of case handling: read from ``handling.toml``, held against what it may say, published for reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import LoadError
from warehouse.settings import POLICY, read_toml

KEYS: Mapping[str, str] = {"fcr_days": "7", "backlog_ages": "[1, 3, 7, 30]", "old_days": "7"}
"""Every key of the file, with what one might write."""
_MOST_DAYS, _MOST_AGES = 3650, 5


@dataclass(frozen=True)
class HandlingPolicy:
    """``fcr_days``: days without a further ticket that make a first-contact resolution; ``backlog_ages``: the highest
    age of each age group but the last, rising; ``old_days``: the one of them above which an open ticket is old."""

    fcr_days: int
    backlog_ages: tuple[int, ...]
    old_days: int

    @property
    def groups(self) -> list[tuple[int, int, int | None]]:
        """Per age group its place from 1 on, its first age and the first age past it (None: it has no end), in days."""
        firsts = [0, *(age + 1 for age in self.backlog_ages)]
        return [(place, *ends) for place, ends in enumerate(pairwise([*firsts, None]), 1)]  # type: ignore[misc]


def read_handling_policy(path: Path = POLICY / "handling.toml") -> HandlingPolicy:
    """The policy in ``path``. Raises LoadError that names the file, the key, what is wrong and what to write."""
    given, file = read_toml(path), path.name
    _refuse_unknown(given, file)
    ages = _ages(given, file)
    policy = HandlingPolicy(_days(given, "fcr_days", file), ages, _days(given, "old_days", file))
    if policy.old_days not in ages:
        known = ", ".join(map(str, ages))
        raise LoadError(f"{file} old_days: {policy.old_days} is none of backlog_ages; write one of {known}.")
    return policy


def create_handling_rules(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "handling.toml") -> None:
    """The tables ``handling_rules`` (one row) and ``backlog_ages`` (a row per age group), and the macro
    ``fcr_days()``."""
    policy = read_handling_policy(path)
    con.execute(f"CREATE TEMP MACRO fcr_days() AS {policy.fcr_days}")
    con.execute("CREATE TABLE handling_rules (fcr_days INTEGER, old_days INTEGER)")
    con.execute("INSERT INTO handling_rules VALUES (?, ?)", [policy.fcr_days, policy.old_days])
    con.execute("CREATE TABLE backlog_ages (place INTEGER, from_days INTEGER, until_days INTEGER)")
    con.executemany("INSERT INTO backlog_ages VALUES (?, ?, ?)", policy.groups)


def _days(given: Mapping[str, Any], key: str, file: str) -> int:
    value = _stated(given, key, file)
    if type(value) is not int or not 1 <= value <= _MOST_DAYS:
        told = f"must be a whole number of days from 1 to {_MOST_DAYS}, not {value!r}"
        raise LoadError(f"{file} {key}: {told}; write for example {key} = {KEYS[key]}.")
    return value


def _ages(given: Mapping[str, Any], file: str) -> tuple[int, ...]:
    ages = _stated(given, "backlog_ages", file)
    sound = isinstance(ages, list) and 1 <= len(ages) <= _MOST_AGES and all(type(age) is int for age in ages)
    if not sound or ages[0] < 0 or ages[-1] > _MOST_DAYS or any(low >= high for low, high in pairwise(ages)):
        raise LoadError(
            f"{file} backlog_ages: must be one to {_MOST_AGES} rising whole numbers from 0 to {_MOST_DAYS}, not "
            f"{ages!r}; write for example backlog_ages = {KEYS['backlog_ages']}."
        )
    return tuple(ages)


def _stated(given: Mapping[str, Any], key: str, file: str) -> Any:
    if key not in given:
        raise LoadError(f"{file} {key}: is missing; write for example {key} = {KEYS[key]}.")
    return given[key]


def _refuse_unknown(given: Mapping[str, Any], file: str) -> None:
    for key in given:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, 1)
            raise LoadError(
                f"{file}: unknown key “{key}”; "
                + (f"did you mean {near[0]}?" if near else f"known: {', '.join(KEYS)}.")
            )
