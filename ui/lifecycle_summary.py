"""The top of the lifecycle health report: what changed, what is best and worst, in one sentence and in six figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from charts.numbers import change, number, of
from queries import METRICS
from queries.sentence import day_in_words
from schemas import HEALTH_PARTS
from ui.cards import Figure
from ui.lifecycle import cohort, stage
from ui.months import Ends, earlier
from ui.view import View

Row = Mapping[str, Any]
_REPURCHASE = (90, 180, 365)
_MONTH = 31


def findings(view: View, ends: Ends, now: Sequence[Row], before: Sequence[Row], matrix: Sequence[Row]) -> str:
    """Active customers and their change, the largest move between stages, health with its best and weakest part."""
    return view.t(
        "lifecycle.findings",
        active=f"{total(now, 'active'):,}",
        all=f"{total(now, 'customers'):,}",
        since=_since(view, ends, total(now, "active") - total(before, "active")) if before else "",
        moved=_moved(view, matrix),
        health=_health(view, now, before),
    )


def total(rows: Sequence[Row], name: str) -> int:
    """A count over all groups."""
    return sum(row[name] for row in rows)


def mean(rows: Sequence[Row], name: str, weight: str = "judged") -> float | None:
    """A mean over all groups, each counting as often as it has customers of whom ``name`` is known."""
    known = [(row[name], row[weight]) for row in rows if row[name] is not None and row[weight]]
    n = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / n if n else None


def _since(view: View, ends: Ends, more: int) -> str:
    key = "more" if more > 0 else "fewer" if more < 0 else "equal"
    return view.t(f"lifecycle.{key}", n=f"{abs(more):,}", day=day_in_words(view.lang, ends.before or ends.now))


def _moved(view: View, matrix: Sequence[Row]) -> str:
    """The largest move from one stage to another; newcomers moved nowhere."""
    moves = [row for row in matrix if row["stage_before"] not in ("new", row["stage"])]
    if not moves:
        return ""
    most = max(moves, key=lambda row: row["customers"])
    names = {"before": stage(view, most["stage_before"]), "now": stage(view, most["stage"])}
    return view.t("lifecycle.moved", n=f"{most['customers']:,}", **names)


def _health(view: View, now: Sequence[Row], before: Sequence[Row]) -> str:
    health, earlier = mean(now, "health"), mean(before, "health")
    known = {part: value for part in HEALTH_PARTS if (value := mean(now, f"health_{part}", f"n_{part}")) is not None}
    if health is None or not known:
        return ""
    best, worst = max(known, key=lambda part: known[part]), min(known, key=lambda part: known[part])
    moved = None if earlier is None else change(METRICS["health"], health - earlier, view.lang)
    return view.t(
        "lifecycle.health",
        health=number(health, "score", view.lang),
        change=view.t("lifecycle.health_change", change=moved) if moved else "",
        best=view.t(f"health_part.{best}"),
        best_points=number(known[best], "score", view.lang),
        worst=view.t(f"health_part.{worst}"),
        worst_points=number(known[worst], "score", view.lang),
    )


@dataclass(frozen=True)
class Told:
    """What the figures rest on: answers now and at the earlier month-end, ``months`` up to now; ``since`` in words."""

    now: Sequence[Row]
    before: Sequence[Row]
    rhythm: Row
    rhythm_before: Row
    months: Sequence[Row]
    since: str | None

    def figures(self, view: View, ends: Ends) -> Iterator[Figure]:
        """Active customers, what each brought, health, expected margin, purchase cycle, and who bought again."""
        previous = total(self.before, "active") if self.before else None
        yield Figure("active_customers", total(self.now, "active"), None, None, None, previous, self.since)
        yield self._arpu(view, ends)
        yield self._mean("health", "judged")
        yield self._mean("clv_each", "valued")
        yield self._cycle(view)
        for days in _REPURCHASE:
            yield self._repurchase(days)

    def _arpu(self, view: View, ends: Ends) -> Figure:
        """Of the last month that is over: a month still running has earned less."""
        whole = [row for row in self.months if row["whole"]]
        if not whole:
            return Figure("arpu", None, None)
        then = next((row for row in whole[:-1] if ends.before and row["day"] == _shifted(whole[-1], ends)), None)
        told = view.t("card.against", day=month(view, then["day"])) if then else None
        previous = then["arpu"] if then else None
        of_month = view.t("lifecycle.whole_month", month=month(view, whole[-1]["day"]))
        return Figure("arpu", whole[-1]["arpu"], None, None, None, previous, told, window=of_month)

    def _mean(self, metric: str, weight: str) -> Figure:
        value, previous = mean(self.now, metric, weight), mean(self.before, metric, weight)
        n = total(self.now, weight)
        return Figure(metric, value, n, None, None, previous, self.since, basis="lifecycle.mean_of")

    def _cycle(self, view: View) -> Figure:
        n, found = self.rhythm["customers"], self.rhythm
        low, high = (of(METRICS["purchase_cycle"], found[f"cycle_{end}"], view.lang) for end in ("low", "high"))
        told = view.t("lifecycle.cycle_spread", low=low, high=high) if n else None
        previous, basis = self.rhythm_before.get("cycle"), "lifecycle.median_of"
        return Figure("purchase_cycle", found["cycle"], n, None, None, previous, self.since, window=told, basis=basis)

    def _repurchase(self, days: int) -> Figure:
        name, found = f"repurchase_{days}", self.rhythm
        ends = (found[f"low_{days}"], found[f"high_{days}"])
        previous, basis = self.rhythm_before.get(name), "lifecycle.of_known"
        return Figure(name, found[name], found[f"n_{days}"], *ends, previous, self.since, basis=basis)


def _shifted(last: Row, ends: Ends) -> date:
    """The month-end that lies as long before ``last`` as the compared one lies before now: a month or a year."""
    months = 12 if ends.before and (ends.now - ends.before).days > _MONTH else 1
    return earlier(last["day"], months) or last["day"]


def month(view: View, day: date) -> str:
    """The month of a day, in words."""
    return cohort(view, day, "month")
