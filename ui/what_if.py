"""What if the target were another? A rule and a target to choose, what that would mean, and the curve of targets."""

from bisect import bisect_left
from collections.abc import Mapping

import pyarrow as pa
import streamlit as st

import words
from charts.curve import curve
from charts.numbers import duration, in_hours, of
from queries import METRICS, Scope, ask
from schemas import STAGES
from ui import pictures, state
from ui.targets import HOUR, Rule
from ui.view import View

_DAYS_FROM = 72 * HOUR


def policy(stage: str) -> dict[str, float | None]:
    """The rules in the policy's order, with the working days of those whose target is told in them."""
    return {row["rule"]: row["working_days"] for row in ask("rule_days", Scope(), stage=stage).to_pylist()}


def names() -> tuple[str, ...]:
    """The names of all rules."""
    return tuple(policy(STAGES[0]))


def called(lang: str, rule: str) -> str:
    """What people call a rule."""
    return words.value(lang, "sla_rule", rule)


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
        format_func=lambda name: called(view.lang, name),
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
