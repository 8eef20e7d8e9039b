"""The policies ``outreach.toml`` and ``actions.toml``: reasons for leaving, and how results are compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from warehouse.derive.lifecycle_policy import Number
from warehouse.derive.toml_node import Node, read_node
from warehouse.settings import POLICY
from words import LANGUAGES

OUTREACH, ACTIONS = POLICY / "outreach.toml", POLICY / "actions.toml"
_REASON = 'write price = { en = "Price", zh = "价格" }'


@dataclass(frozen=True)
class OutreachPolicy:
    """``reasons``: code -> words by language. ``score_min``: the signal score from which a customer is on the list;
    ``score_band``: the points that make a band; ``least``: the fewest customers on a side to conclude anything from."""

    reasons: Mapping[str, Mapping[str, str]]
    score_min: int
    score_band: int
    least: int


@dataclass(frozen=True)
class ActionPolicy:
    """``weeks_most``, ``weeks_least``: the weeks compared on either side of an action's first day; ``weeks_usual``:
    those before, which tell what was usual; ``few``: with fewer complaints nothing is concluded."""

    weeks_most: int
    weeks_least: int
    weeks_usual: int
    few: int


def read_outreach_policy(path: Path = OUTREACH) -> OutreachPolicy:
    """The policy in ``path``. Raises LoadError that names file, line and key, what is wrong and what to write."""
    file = read_node(path)
    file.fields(("reasons", "results"))
    reasons = file.child("reasons").fields(advice=_REASON)
    if not reasons:
        raise file.child("reasons").wrong(f"there is none; {_REASON}.")
    told = {str(node.place[-1]): _words(node) for node in reasons}
    return OutreachPolicy(told, **_numbers(file.child("results"), {"score_min": 30, "score_band": 20, "least": 20}))


def read_action_policy(path: Path = ACTIONS) -> ActionPolicy:
    """The same for actions on causes."""
    file = read_node(path)
    file.fields(("results",))
    usual = {"weeks_most": 8, "weeks_least": 3, "weeks_usual": 26, "few": 20}
    return ActionPolicy(**_numbers(file.child("results"), usual))


def _words(node: Node) -> dict[str, str]:
    node.fields(LANGUAGES, _REASON)
    return {lang: node.child(lang).text(_REASON) for lang in LANGUAGES}


def _numbers(table: Node, usual: Mapping[str, int]) -> dict[str, int]:
    table.fields(usual, "begin with a line [results]")
    return {name: int(Number(1, 1000, example).read(table.child(name))) for name, example in usual.items()}
