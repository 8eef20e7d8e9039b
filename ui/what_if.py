"""What if the target were another? The same tickets, judged by any target, counted exactly and without asking again."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.curve import curve
from charts.numbers import duration, in_hours, of
from queries import METRICS
from ui import pictures, state
from ui.view import View

_MINUTE, _HOUR = 60, 3600
LADDER = (
    *(5, 10, 15, 20, 30, 45),
    *(_MINUTE * n for n in (1, 2, 3, 5, 10, 15, 20, 30, 45)),
    *(_HOUR * n // 2 for n in (2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96)),
    *(_HOUR * n for n in (56, 64, 72, 80, 96, 120, 144, 168, 240, 336, 480, 720, 1080, 1440, 2160)),
)
"""Targets that a policy might name, in seconds; each is a step of the question what_if, so counts at it are exact."""
_DAYS_FROM = 72 * _HOUR
_WIDEST = 0.995
"""Longer targets than the first one that keeps this share are not offered."""


@dataclass(frozen=True)
class Outcome:
    """What a target makes of the clocks: ``met``, ``late``, and those still running that are not decided by it."""

    met: int
    late: int
    waiting: int

    @property
    def share(self) -> float | None:
        """met / (met + late), as everywhere."""
        return self.met / (self.met + self.late) if self.met + self.late else None


@dataclass(frozen=True)
class Rule:
    """The clocks under one rule: how many, done and not, needed up to each step; and what was made of them."""

    name: str
    steps: Sequence[int]
    done: Sequence[int]
    waiting: Sequence[int]
    judged: Outcome
    targets: tuple[int, int]
    around_the_clock: bool
    working_days: float | None

    @property
    def target(self) -> int | None:
        """The target in seconds; None when these tickets were judged by several."""
        lowest, highest = self.targets
        return lowest if lowest == highest else None

    @property
    def working_day(self) -> float | None:
        """The seconds of one working day, where the target is told in those."""
        return self.target / self.working_days if self.target and self.working_days else None

    def at(self, seconds: int) -> Outcome:
        """What a target of so many seconds makes of the clocks; exact at the target, steps and rungs of `LADDER`."""
        if seconds == self.target:
            return self.judged
        place = bisect_right(self.steps, seconds)
        met = self.done[place - 1] if place else 0
        waiting = self.waiting[place - 1] if place else 0
        return Outcome(met, self.done[-1] + self.waiting[-1] - met - waiting, waiting)

    def needed_for(self, share: float) -> int | None:
        """The shortest target that keeps at least this share."""
        kept = (step for step in self.steps if (self.at(step).share or 0) >= share)
        return next(kept, None)

    def offered(self) -> list[int]:
        """The targets to choose from, the shortest first: those between keeping hardly any ticket and nearly all."""
        hardly = (self.at(LADDER[0]).share or 0) + 1 - _WIDEST
        first = max(sum((self.at(rung).share or 0) <= hardly for rung in LADDER) - 1, 0)
        widest = self.needed_for(_WIDEST) or self.steps[-1]
        last = bisect_left(LADDER, widest) + 1
        return sorted({*LADDER[first:last], *([self.target] if self.target is not None else [])})


def rules(rows: Iterable[Mapping[str, Any]], policy: Mapping[str, float | None]) -> dict[str, Rule]:
    """Rule by name from the answer to what_if; ``policy`` from rule_days: the rules in order, with working days.

    The order is the same whatever the filters, so a link without a rule means the same one.
    """
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row["rule"], []).append(row)
    names = [*(name for name in policy if name in grouped), *sorted(grouped.keys() - policy.keys())]
    return {name: _rule(name, grouped[name], policy.get(name)) for name in names}


def _rule(name: str, steps: list[Mapping[str, Any]], working_days: float | None) -> Rule:
    met, decided = (sum(step[column] for step in steps) for column in ("met", "decided"))
    done, waiting = (list(accumulate(step[column] for step in steps)) for column in ("done", "waiting"))
    return Rule(
        name,
        [step["up_to_seconds"] for step in steps],
        done,
        waiting,
        Outcome(met, decided - met, done[-1] + waiting[-1] - decided),
        (
            round(60 * min(step["lowest_target"] for step in steps)),
            round(60 * max(step["highest_target"] for step in steps)),
        ),
        all(step["around_the_clock"] for step in steps),
        working_days,
    )


def show(view: View, stage: str, found: Mapping[str, Rule]) -> None:
    """Choose a rule and a target; what it would mean, in a sentence and on the curve."""
    rule = found[_chosen_rule(view, found)]
    targets = rule.offered()
    st.markdown(_today(view, rule))
    chosen = _chosen_target(view, stage, rule, targets)
    st.markdown(_verdict(view, rule, chosen))
    pictures.draw(
        _points(view, rule, targets, chosen), curve(view.lang, view.theme), "service-curve", view.t("what_if.alt")
    )


def _chosen_rule(view: View, found: Mapping[str, Rule]) -> str:
    names = list(found)
    if st.session_state.get("rule", names[0]) not in names:
        del st.session_state["rule"]
    chosen = st.selectbox(
        view.t("what_if.rule"),
        names,
        format_func=lambda name: view.value("sla_rule", name),
        key="rule",
        bind="query-params",
        persist_state="session",
        width=state.BOX,
    )
    return str(chosen or names[0])


def _chosen_target(view: View, stage: str, rule: Rule, targets: list[int]) -> int:
    """The slider; every rule and stage has one of its own, which begins at today's target."""
    key = f"what-if-{stage}-{rule.name}"
    start = rule.target if rule.target is not None else targets[bisect_left(targets, rule.targets[1]) - 1]
    kept = st.session_state.get(key)
    st.session_state[key] = kept if kept in targets else start
    return int(
        st.select_slider(
            view.t("what_if.target"), targets, format_func=lambda seconds: _words(view, rule, seconds), key=key
        )
    )


def _today(view: View, rule: Rule) -> str:
    """The rule as it is, how it was kept, and which target would reach the aim."""
    compliance = METRICS["compliance"]
    lowest, highest = (_in_days(view, rule, seconds) for seconds in rule.targets)
    told = [
        view.t(
            "what_if.today" if rule.target is not None else "what_if.several",
            target=lowest,
            highest=highest,
            clock=view.t("what_if.around" if rule.around_the_clock else "what_if.working"),
            share=of(compliance, rule.judged.share, view.lang),
            met=f"{rule.judged.met:,}",
            n=f"{rule.judged.met + rule.judged.late:,}",
        )
    ]
    needed = rule.needed_for(compliance.target or 0)
    if needed is not None and needed != rule.target:
        told.append(
            view.t(
                "what_if.spare" if needed < rule.targets[0] else "what_if.needed",
                share=of(compliance, compliance.target, view.lang),
                target=_in_days(view, rule, needed),
            )
        )
    return "  \n".join(told)


def _verdict(view: View, rule: Rule, seconds: int) -> str:
    """What the chosen target would have meant, against what was."""
    then, now = rule.at(seconds), rule.judged
    more = then.late - now.late
    key = "what_if.same" if not more else "what_if.more" if more > 0 else "what_if.fewer"
    told = view.t(
        key,
        target=_in_days(view, rule, seconds),
        share=of(METRICS["compliance"], then.share, view.lang),
        late=f"{then.late:,}",
        change=f"{abs(more):,}",
    )
    return told + (view.t("what_if.undecided", n=f"{then.waiting:,}") if then.waiting else "")


def _points(view: View, rule: Rule, targets: list[int], chosen: int) -> pa.Table:
    outcomes = [rule.at(seconds) for seconds in targets]
    compliance = METRICS["compliance"]

    def note(key: str, seconds: int, wanted: int | None) -> str:
        share = of(compliance, rule.at(seconds).share, view.lang)
        return view.t(key, share=share) if seconds == wanted else ""

    apart = chosen if chosen != rule.target else None
    return pa.table(
        {
            "label": [_words(view, rule, seconds) for seconds in targets],
            "place": list(range(len(targets))),
            "share": pa.array([outcome.share for outcome in outcomes], pa.float64()),
            "late": [outcome.late for outcome in outcomes],
            "waiting": [outcome.waiting for outcome in outcomes],
            "now": [note("what_if.now", seconds, rule.target) for seconds in targets],
            "chosen": [note("what_if.then", seconds, apart) for seconds in targets],
        }
    )


def _words(view: View, rule: Rule, seconds: int) -> str:
    """A target as a manager says it; long ones in days only where a day is one around the clock."""
    days = rule.around_the_clock and seconds > _DAYS_FROM
    return duration(seconds / 60, view.lang) if days else in_hours(seconds / 60, view.lang)


def _in_days(view: View, rule: Rule, seconds: int) -> str:
    """The same with the working days that it makes, where the rule is told in those: `40 h (5 working days)`."""
    told = _words(view, rule, seconds)
    days = seconds / rule.working_day if rule.working_day else 0
    if days < 1 or days * 2 % 1:
        return told
    return view.t("what_if.days" if days != 1 else "what_if.day", time=told, days=f"{days:g}")
