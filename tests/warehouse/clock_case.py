"""A few tickets by hand, the policy they are judged by, and what their clocks then say."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

Clocks = Callable[..., "Found"]

OFFICE = """default = "office"
[calendars.office]
holidays = "CN"
hours = { mon-fri = ["09:00-12:00", "13:00-18:00"] }
"""
HEAD = """near_miss = 0.8
reopened = "resume"
[[versions]]
from = 2000-01-01
"""


def hours(count: float, clock: str = "business", kind: str = "request", name: str = "hours") -> str:
    """A rule that asks for the resolution of a kind of ticket within so many hours of a clock."""
    target = f"resolution = {{ hours = {count} }}"
    return f'[[versions.rules]]\nname = "{name}"\nkind = ["{kind}"]\nclock = "{clock}"\n{target}\n'


class Found:
    """The clocks of the tickets that were loaded; times are told in ``zone``."""

    def __init__(self, rows: Mapping[tuple[str, str], Mapping[str, Any]], zone: str) -> None:
        self.rows, self.zone = rows, zone

    def __call__(self, column: str, ticket: str = "t", stage: str = "resolution") -> Any:
        value = self.rows[ticket, stage][column]
        if isinstance(value, pd.Timestamp):
            return str(value.tz_localize("UTC").tz_convert(self.zone).tz_localize(None))
        return value

    def states(self, column: str = "state") -> dict[str, Any]:
        """The state of each ticket's resolution."""
        return {name: self(column, name) for name, stage in self.rows if stage == "resolution" and name != "last"}
