"""Made-up companies to hold the clocks against: calendars, rules, tickets at random, most at moments that hurt."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

import numpy as np

from tests.warehouse.clock_reference import Grid, Hours, Span, Steps, Windows
from warehouse.derive.calendars import special_days

STAGES = ("response", "feedback", "resolution")
COLUMNS = ("assigned_at", "first_response_at", "feedback_at", "resolved_at", "closed_at")
KINDS, PRIORITIES = ("complaint", "problem", "enquiry", "other"), ("urgent", "high", "normal", "low")
HOUR = 3600
Later = Callable[[datetime], datetime]
SHIFTS = (
    [(9, 17)],
    [(9, 12), (13, 18)],
    [(6, 10), (10, 14), (14.5, 22)],
    [(0, 6), (22, 24)],
    [(0, 24)],
    [(0, 2.5), (2.75, 3), (12, 12.25)],
    [(8.25, 11.75), (23, 24)],
)
"""Windows of a day in hours: lunch breaks, split shifts, windows that touch, nights, hours in which clocks change."""


@dataclass(frozen=True)
class Ticket:
    """One ticket; ``times`` are its moments by column, ``steps`` its events as (kind, moment)."""

    ticket_id: str
    opened: datetime
    times: Mapping[str, datetime | None]
    pauses: tuple[Span, ...]
    steps: tuple[tuple[str, datetime], ...]
    kind: str
    priority: str | None
    team: str | None
    customer: str | None


@dataclass
class World:
    """A company: ``grid`` reaches from before the first ticket to the last due time; its data ends at ``as_of``."""

    rng: Random
    day: date
    zones: tuple[str, ...]
    grid: Grid
    as_of: datetime
    hours: dict[str, Hours] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    working_days: dict[str, int] = field(default_factory=dict)
    opens: dict[str, Steps] = field(default_factory=dict)

    @property
    def step(self) -> timedelta:
        return timedelta(seconds=self.grid.seconds)

    @property
    def fine(self) -> bool:
        """Whether steps are seconds: then days and targets are short."""
        return self.grid.seconds == 1


def world(seed: str, day: date, zones: tuple[str, ...], seconds: int) -> World:
    """A company whose tickets lie around ``day``; one calendar for each zone, called c0, c1 and so on."""
    around, beyond = (timedelta(days=12), 190) if seconds == 60 else (timedelta(hours=30), 9)
    noon = datetime(day.year, day.month, day.day, 12)
    begin, rng = noon - around, Random(seed)
    grid = Grid(begin, beyond * 86400 // seconds, seconds)
    made = World(rng, day, zones, grid, noon + around - timedelta(seconds=rng.randrange(0, 7200, seconds)))
    for number, zone in enumerate(zones):
        _add_calendar(made, f"c{number}", zone)
    made.opens = {name: grid.open(hours) for name, hours in made.hours.items()} | {"24x7": grid.open(None)}
    return made


def _add_calendar(made: World, name: str, zone: str) -> None:
    rng = made.rng
    days = range(7) if made.fine else sorted(rng.sample(range(7), rng.randint(3, 7)))
    week = {weekday: _windows(rng) for weekday in days}
    country = "" if made.fine else rng.choice(["", "CN", "US", "DE"])
    off, worked = special_days(country, made.day - timedelta(days=40), made.day + timedelta(days=300))
    odd = rng.sample([made.day + timedelta(days=n) for n in range(-9, 10)], 1 if made.fine else 4)
    exceptions = {each: _windows(rng) if rng.random() < 0.7 else () for each in odd}
    made.hours[name] = Hours(zone, week, off, worked, rng.choice(list(week)), exceptions)
    made.countries[name] = country
    made.working_days[name] = rng.choice([6 * HOUR, 15 * HOUR // 2, 8 * HOUR, 24 * HOUR])


def _windows(rng: Random) -> Windows:
    return [(int(start * HOUR), int(end * HOUR)) for start, end in rng.choice(SHIFTS)]


def sla_toml(made: World) -> str:
    """``sla.toml``: two versions, the second from the very day on; before the first nothing is judged."""
    lines = ["near_miss = 0.8", f'reopened = "{made.rng.choice(["resume", "restart"])}"']
    first = made.day - timedelta(days=1 if made.fine else 9)
    conditions = [f'priority = ["{priority}"]' for priority in PRIORITIES]
    conditions += ['kind = ["complaint"]\nvip = true', 'kind = ["problem"]\npriority = ["high", "low"]']
    for start in (first, made.day):
        lines += ["[[versions]]", f"from = {start}"]
        for number, condition in enumerate(conditions):
            lines += ["[[versions.rules]]", f'name = "{start} {number}"', condition, *_targets(made)]
    return "\n".join(lines)


def _targets(made: World) -> Iterator[str]:
    clock = made.rng.choice(["24x7", "business", "business", *made.hours])
    yield f'clock = "{clock}"'
    for stage in STAGES:
        if made.rng.random() < 0.9:
            yield f"{stage} = {{ {_target(made, clock)} }}"


def _target(made: World, clock: str) -> str:
    if made.fine:
        return f"seconds = {int(10 ** made.rng.uniform(0, 4.2))}"
    if clock != "24x7" and made.rng.random() < 0.5:
        return f"working_days = {made.rng.choice([0.5, 1, 1, 2, 3, 5])}"
    return f"minutes = {int(10 ** made.rng.uniform(0, 3.4))}"


def tickets(made: World, count: int) -> list[Ticket]:
    """``count`` tickets and a last one that nothing is asked of: it makes the data end at ``as_of``."""
    moments = _moments(made)
    found = [_ticket(made, f"t{number:03}", moments) for number in range(count)]
    last = Ticket("last", made.as_of, dict.fromkeys(COLUMNS), (), (), "other", None, None, None)
    return [*found, last]


def _moments(made: World) -> list[datetime]:
    """Moments at which some clock starts or stops, within the data."""
    end = made.grid.at(made.as_of)
    edges = {int(n) + 1 for runs in made.opens.values() for n in np.flatnonzero(np.diff(runs[:end]))}
    return [made.grid.moment(step) for step in sorted(edges)]


def _ticket(made: World, name: str, moments: list[datetime]) -> Ticket:
    rng = made.rng

    def later(moment: datetime) -> datetime:
        """At a moment that hurts, the step before or after it, or just some time later."""
        ahead = [each for each in moments if each > moment][:12]
        if ahead and rng.random() < 0.6:
            found = rng.choice(ahead) + rng.choice([-1, 0, 0, 1]) * made.step
        else:
            found = moment + int(10 ** rng.uniform(0, 4.5 if made.fine else 4)) * made.step
        return min(found, made.as_of)

    lately = made.as_of - int(10 ** rng.uniform(0, 3)) * made.step
    opened = lately if rng.random() < 0.15 else later(rng.choice([made.grid.begin, *moments]))
    end = later(later(opened))
    times = {column: later(opened) if rng.random() < 0.5 else None for column in COLUMNS}
    reopenings = tuple(_reopenings(rng, opened, later))
    if rng.random() < 0.5:
        times["resolved_at"] = end
    if reopenings and rng.random() < 0.6:
        times["resolved_at"] = rng.choice([reopenings[0][1], later(reopenings[-1][1])])
    if times["resolved_at"] and times["closed_at"]:
        times["closed_at"] = max(times["resolved_at"], times["closed_at"])
    moves = tuple(("transferred", later(opened)) for _ in range(rng.choice([0, 0, 1, 2])))
    return Ticket(
        name,
        opened,
        times,
        tuple(_pauses(rng, made, opened, later)),
        reopenings + moves,
        rng.choice(KINDS),
        rng.choice([*PRIORITIES, None]),
        rng.choice(["t0", "t1", None]),
        rng.choice(["plain", "key", "south", None]),
    )


def _reopenings(rng: Random, opened: datetime, later: Later) -> Iterator[tuple[str, datetime]]:
    """None, or resolved and reopened in turn, each at a moment of its own; the first or the last may be missing."""
    moment, kinds = opened, ["resolved", "reopened"] * rng.choice([0, 0, 0, 1, 2])
    for kind in kinds[rng.choice([0, 0, 0, 1]) : len(kinds) - rng.choice([0, 0, 0, 1])]:
        if (after := later(moment)) > moment:
            yield kind, (moment := after)


def _pauses(rng: Random, made: World, opened: datetime, later: Later) -> Iterator[Span]:
    """Apart, over each other, touching, empty, from before the ticket on, and without an end."""
    end = opened
    for _ in range(rng.choice([0, 0, 1, 2, 3])):
        start = rng.choice([later(opened), later(opened), end, opened, max(made.grid.begin, opened - 30 * made.step)])
        end = rng.choice([later(start), later(start), later(later(start)), start])
        yield start, None if rng.random() < 0.15 else end


def at_due(made: World, ticket: Ticket, dues: Mapping[str, datetime]) -> Ticket:
    """The ticket with stages done at the very moment they are due, or a step off; a pause may begin there."""
    times, rng = dict(ticket.times), made.rng
    for stage, column in zip(STAGES, ("first_response_at", "feedback_at", "resolved_at"), strict=True):
        moment = dues.get(stage, made.grid.begin) + rng.choice([-1, 0, 0, 1]) * made.step
        if ticket.opened <= moment <= made.as_of and rng.random() < 0.7:
            times[column] = moment
    if times["resolved_at"]:
        times["closed_at"] = None
    near = [due for due in dues.values() if due < made.as_of and rng.random() < 0.3]
    pauses = tuple((due, min(due + 90 * made.step, made.as_of)) for due in near)
    return replace(ticket, times=times, pauses=ticket.pauses + pauses)
