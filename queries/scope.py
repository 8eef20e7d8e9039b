"""What is asked about: a period, filters, and what the viewer may see, in one frozen object.

A scope yields the predicate that every scoped relation carries, the values of its parameters, and a sentence that says
it all in either language. Together with the question and the warehouse version it is the key of the answer cache.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from sqlglot import exp

from queries.errors import BadScope
from queries.sentence import describe

DIMENSIONS = ("tier", "segment", "region", "industry", "channel", "department", "team", "product")
NOT_GIVEN = "—"
"""The filter value that stands for "no value": it matches NULL."""

Filters = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Viewer:
    """Who looks, and what they may see. ``None`` = no limit; an empty tuple = nothing at all.

    The name is for people and logs; two viewers with the same rights share their cached answers.
    """

    name: str = field(compare=False)
    departments: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    sees_personal: bool = True

    @property
    def limits(self) -> Filters:
        """The dimensions in which this viewer is limited, with the values that remain."""
        found = (("region", self.regions), ("department", self.departments))
        return tuple((dimension, values) for dimension, values in found if values is not None)


EVERYONE = Viewer("everyone")


@dataclass(frozen=True)
class Scope:
    """Period (both ends included; ``None`` = open, and with both open undated rows count too), filters and viewer.

    ``filters`` may come as any mix of (dimension, values) pairs; it is kept in one canonical order, so that equal
    scopes are equal keys. ``besides``: what these filters choose together is left out. Raises `BadScope` for an unknown
    dimension, a value that is no text, or start after end.
    """

    start: date | None = None
    end: date | None = None
    filters: Filters = ()
    viewer: Viewer = EVERYONE
    besides: Filters = ()

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise BadScope(f"the period starts on {self.start} and ends before that, on {self.end}")
        object.__setattr__(self, "filters", tuple(_canonical(self.filters)))
        object.__setattr__(self, "besides", tuple(_canonical(self.besides)))

    def narrow(self, dimension: str, values: Iterable[str] | str) -> "Scope":
        """The same scope with ``dimension`` limited to ``values``; no values lifts the filter."""
        chosen = (values,) if isinstance(values, str) else tuple(values)
        others = tuple(pair for pair in self.filters if pair[0] != dimension)
        return replace(self, filters=(*others, (dimension, chosen)))

    def with_period(self, start: date | None, end: date | None) -> "Scope":
        """The same scope over another period."""
        return replace(self, start=start, end=end)

    def previous(self, which: Literal["period", "year"]) -> "Scope":
        """The scope to compare with: as many days directly before, or the same dates a year earlier.

        Raises `BadScope` when the period is open, for then there is no "before".
        """
        if not self.start or not self.end:
            raise BadScope("a comparison needs a period with both ends")
        if which == "year":
            return self.with_period(_year_earlier(self.start), _year_earlier(self.end))
        days = self.end - self.start + timedelta(days=1)
        return self.with_period(self.start - days, self.end - days)

    def sentence(self, lang: str) -> str:
        """The whole scope as one line for people: `1–30 Sep 2026 · tier: core, growth`."""
        return describe(lang, self.start, self.end, self.filters, self.viewer.limits, NOT_GIVEN, self.besides)

    def predicate(
        self, dimensions: Iterable[str], day: str | None, permission: bool = True, everywhere: bool = False
    ) -> exp.Expr:
        """What a relation with these ``dimensions`` (and the period column ``day``) must satisfy; values as parameters.

        A limit of the viewer on a dimension that the relation lacks lets nothing through; with ``permission`` False
        (relations that hold nothing about customers) only those that it has count. ``everywhere``: where a dimension is
        empty the row concerns all of its values.
        """
        known = set(dimensions)
        asked = [(name, values, name) for name, values in self.filters if name in known]
        asked += [(name, values, f"may_{name}") for name, values in self.viewer.limits if permission or name in known]
        conditions = [*self._period(day)] if day else []
        conditions += [
            _among(name, (*values, NOT_GIVEN) if everywhere else values, prefix) if name in known else exp.false()
            for name, values, prefix in asked
        ]
        if self.besides and known.issuperset(name for name, _ in self.besides):
            chosen = exp.and_(*(_among(name, values, f"not_{name}") for name, values in self.besides))
            conditions.append(exp.not_(exp.func("coalesce", chosen, exp.false())))
        return exp.and_(*conditions) if conditions else exp.true()

    def _period(self, day: str) -> Iterator[exp.Expr]:
        if self.start:
            yield exp.GTE(this=exp.column(day), expression=exp.Placeholder(this="start"))
        if self.end:
            yield exp.LTE(this=exp.column(day), expression=exp.Placeholder(this="end"))

    @cached_property
    def values(self) -> dict[str, object]:
        """Every parameter that the predicate of any relation may name, with its value."""
        found: dict[str, object] = {"start": self.start, "end": self.end}
        for name, chosen in self.filters:
            found.update(_named(name, chosen))
        for name, allowed in self.viewer.limits:
            found.update(_named(f"may_{name}", allowed))
        for name, left_out in self.besides:
            found.update(_named(f"not_{name}", left_out))
        return found

    @cached_property
    def shape(self) -> "Scope":
        """A scope that compiles to the same SQL text: same filters and ends, values replaced by their positions."""
        viewer = replace(
            self.viewer,
            departments=_positions(self.viewer.departments),
            regions=_positions(self.viewer.regions),
        )
        filters, besides = (
            tuple((name, _positions(values) or ()) for name, values in pairs) for pairs in (self.filters, self.besides)
        )
        return Scope(self.start and date.min, self.end and date.max, filters, viewer, besides)


def _canonical(filters: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Filters in the order of `DIMENSIONS`, values sorted and once each, empty ones left out."""
    chosen: dict[str, set[str]] = {}
    for name, values in filters:
        if name not in DIMENSIONS:
            raise BadScope(f"there is no filter {name!r}; there are {', '.join(DIMENSIONS)}")
        if not all(isinstance(value, str) for value in values):
            raise BadScope(f"the values of the filter {name!r} must be texts")
        chosen.setdefault(name, set()).update(values)
    return ((name, tuple(sorted(chosen[name]))) for name in DIMENSIONS if chosen.get(name))


def _year_earlier(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _named(prefix: str, values: tuple[str, ...]) -> dict[str, object]:
    """The parameters for one IN list: prefix_0, prefix_1, ... for every value but NOT_GIVEN."""
    return {f"{prefix}_{position}": value for position, value in enumerate(v for v in values if v != NOT_GIVEN)}


def _positions(values: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """The same number of values with nothing left of them but whether NOT_GIVEN is among them."""
    if values is None:
        return None
    return tuple(NOT_GIVEN if value == NOT_GIVEN else f"{place:06}" for place, value in enumerate(values))


def _among(column: str, values: tuple[str, ...], prefix: str) -> exp.Expr:
    """``column`` is one of ``values``: an IN over named parameters, and IS NULL when NOT_GIVEN is chosen."""
    names = [exp.Placeholder(this=name) for name in _named(prefix, values)]
    ways: list[exp.Expr] = [exp.In(this=exp.column(column), expressions=names)] if names else []
    if NOT_GIVEN in values:
        ways.append(exp.Is(this=exp.column(column), expression=exp.null()))
    return exp.or_(*ways) if ways else exp.false()
