"""The stage on which the SQL plays: sizes, days and lists as DuckDB variables, and the agents."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from warehouse.sample import planted, season, world

Agent = tuple[str, str, str, str, date]  # id, name, team, department, hired on


class Stage:
    """One sample to be drawn: its last day, its size and the number that stands for the seed."""

    def __init__(self, until: date, scale: float, offset: int) -> None:
        self.world = world.read("world.toml")
        self.lists = world.lists(self.world)
        self.span = season.Span(until, self.world["size"]["years"])
        self.scale, self.offset = scale, offset
        self.agents = list(self._hired())

    def set(self, con: duckdb.DuckDBPyConnection) -> None:
        """Set every variable that the SQL reads and make the table of agents."""
        facts = self.lists | self._sizes() | self._days() | self._truths() | self._agent_lists()
        for name, value in facts.items():
            con.execute(f"SET VARIABLE {name} = $1", [value])
        con.execute("CREATE TABLE agent (agent_id TEXT, name TEXT, team TEXT, department TEXT, hired_on DATE)")
        con.executemany("INSERT INTO agent VALUES (?, ?, ?, ?, ?)", self.agents)
        con.execute("CREATE VIEW agents_csv AS SELECT rowid AS row, * FROM agent")

    def _sizes(self) -> dict[str, Any]:
        size, customers = self.world["size"], self.world["customers"]
        counts = ("customers", "tickets", "interactions", "orders", "nps_surveys")
        return {
            **{name: max(1, round(size[name] * self.scale)) for name in counts},
            **{name: customers[name] for name in ("existing", "business", "strategic")},
            **{f"pace_{pace}": value for pace, value in customers["monthly_pace"].items()},
            **{f"stay_{pace}": value for pace, value in customers["stay_days"].items()},
            **self.world["service"],
            "seed": self.offset,
            "nps_touchpoint": list(self.world["nps_mean"]),
            "nps_mean": list(self.world["nps_mean"].values()),
            "queue_minutes": self.world["queue"]["minutes"],
        }

    def _days(self) -> dict[str, Any]:
        first = datetime.combine(self.span.first, datetime.min.time())
        found: dict[str, Any] = {
            "first": self.span.first,
            "days": self.span.days,
            "horizon": self.span.days * 86400,
            "origin": (first - datetime(1970, 1, 1)) // timedelta(microseconds=1),
        }
        for stream in ("orders", "tickets"):
            by_day = season.weights(self.span, self.world["season"], stream)
            found[f"days_{stream}"] = season.draws(self.span, by_day)
            found[f"level_{stream}"] = season.level(self.span, by_day)
        for name, by_hour in self.world["hours"].items():
            found[f"hours_{name}"] = [hour for hour, weight in enumerate(by_hour) for _ in range(weight)]
        return found

    def _truths(self) -> dict[str, Any]:
        until, number = self.span.until, self.span.number
        facts: dict[str, Any] = {name: number(day) for name, day in planted.days(until).items()}
        roles = self.world["roles"]
        for role, streams in roles.items():
            facts[role] = {name: [streams["before"][name], *streams[name]] for name in ("orders", "logins", "tickets")}
        return facts | {
            "churners": max(6, round(planted.CHURNERS * self.scale)),
            "risers": planted.RISERS,
            "riser_spend": roles["riser"]["spend"],
            "surge_category": self.lists["category_name"].index(planted.SURGE_CATEGORY) + 1,
            "surge_region": planted.SURGE_REGION,
            "surge_factor": planted.SURGE_FACTOR,
            "slow_team": self.lists["team_name"].index(planted.SLOW_TEAM) + 1,
            "slow_response": planted.SLOW_RESPONSE,
            "slow_resolution": planted.SLOW_RESOLUTION,
            "drop_touchpoint": planted.DROP_TOUCHPOINT,
        }

    def _hired(self) -> Iterator[Agent]:
        """The agents, team by team; larger samples have more. The first three of each team were always there."""
        chance = random.Random(self.offset)
        number = 0
        for team, department, share in world.teams(self.world):
            for place in range(max(3, round(share * max(1.0, self.scale) ** 0.5))):
                number += 1
                ago = chance.randrange(1400, 3000) if place < 3 else chance.randrange(15, 1400)
                hired = self.span.until - timedelta(days=ago)
                yield f"A{number:04d}", self._name(chance), team, department, hired

    def _name(self, chance: random.Random) -> str:
        parts = ("surname_zh", "given_one_zh", "given_two_zh")
        return "".join(chance.choice(self.lists[part]) for part in parts)

    def _agent_lists(self) -> dict[str, Any]:
        """Who can be given work: per team and stretch, the numbers of those who had been hired by then."""
        stretches = list(self.span.stretches())
        talking = ("Customer care 客户关怀", "Sales service 销售服务")
        rows = list(enumerate(self.agents, 1))
        return {
            "agents_of": [
                [[i for i, a in rows if a[2] == team and self.span.number(a[4]) <= days.start] for days in stretches]
                for team in self.lists["team_name"]
            ],
            "owners": [a[1] for _, a in rows if a[3] == talking[1]],
            "teams_talk": [i for i, name in enumerate(self.lists["team_department"], 1) if name in talking],
        }
