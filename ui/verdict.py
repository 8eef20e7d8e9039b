"""The verdict on each clock of a ticket, worked out so that anyone can follow it, and why its rule applies."""

from collections.abc import Callable, Sequence
from typing import Any

from queries.sentence import day_in_words
from ui.due import exact, is_working, length
from ui.tables import literal
from ui.view import View

Row = dict[str, Any]
_CONDITIONS = {
    "kind": ("kinds", "kind"),
    "priority": ("priorities", "priority"),
    "tier": ("tiers", "judged_tier"),
    "channel": ("channels", "channel"),
}
"""What a rule may ask for: the rule's list, and the ticket's value."""


def headline(view: View, clock: Row) -> str:
    """The verdict in a few words, with how late or how much time is left."""
    seconds = clock["late_seconds"] if clock["late_seconds"] is not None else clock["left_seconds"]
    if clock["state"] in ("met", "none"):
        return view.t(f"verdict.{clock['state']}")
    if seconds is None:
        return view.t(f"verdict.{clock['state']}_bare")
    told = length(view, seconds / 60, clock["clock"])
    if is_working(clock["clock"]):
        told = view.t("verdict.working", time=told)
    return view.t(f"verdict.{clock['state']}", time=told)


def rule_sentences(view: View, ticket: Row, clocks: Sequence[Row], rules: Sequence[Row]) -> list[str]:
    """Which rule applies and why, what it goes before, and by which version; or that the source judged, or nobody."""
    if not rules or not any(clock["sla_rule"] for clock in clocks):
        judged = any(map(_judged, clocks))
        return [view.t("ticket.by_source" if judged else "ticket.not_ours" if rules else "ticket.no_rule")]
    first, *others = rules
    told = [view.t("ticket.rule", rule=_name(view, first), why=_why(view, ticket, first))]
    if others:
        names = [view.t("ticket.quoted", name=_name(view, rule)) for rule in others]
        told.append(view.t("ticket.over", others=view.t("scope.list_join").join(names)))
    if first["versions"] > 1:
        told.append(view.t("ticket.version", day=day_in_words(view.lang, first["version_from"])))
    if any(not clock["sla_rule"] and _judged(clock) for clock in clocks):
        told.append(view.t("ticket.by_source"))
    return told


def _name(view: View, row: Row) -> str:
    return literal(view.value("sla_rule", row["sla_rule"]))


def _judged(clock: Row) -> bool:
    return bool(clock["state"] != "none")


def _why(view: View, ticket: Row, rule: Row) -> str:
    """What the rule asks for, in the words of what the ticket has."""
    told = [
        view.t(f"ticket.why_{name}", value=literal(view.value(name, ticket[column])))
        for name, (asked, column) in _CONDITIONS.items()
        if rule[asked]
    ]
    if rule["vip"] is not None:
        told.append(view.t("ticket.why_vip" if rule["vip"] else "ticket.why_not_vip"))
    return view.t("ticket.and").join(told) or view.t("ticket.why_any")


def lines(view: View, clock: Row, rules: Sequence[Row]) -> list[tuple[str, str]]:
    """The arithmetic of one clock: names and values, the verdict first."""
    told = [(view.t(f"worked_out.{name}"), value(view, clock, rules)) for name, value in _LINES.items()]
    return [(name, value) for name, value in told if value]


def _source(view: View, clock: Row, rules: Sequence[Row]) -> str:
    if clock["sla_rule"]:
        return _name(view, clock) if clock["target_seconds"] is not None else view.t("verdict.not_asked")
    if _judged(clock):
        return view.t("verdict.source_due" if clock["due_at"] else "verdict.source_verdict")
    return view.t("verdict.no_due" if rules else "verdict.no_rule")


def _measure(view: View, clock: Row, _: Sequence[Row]) -> str:
    name = clock["clock"]
    return view.t("verdict.calendar", name=literal(name)) if is_working(name) else view.t("verdict.around")


def _ended(view: View, clock: Row, _: Sequence[Row]) -> str:
    if clock["done_at"]:
        return exact(view, clock["done_at"])
    return view.t("verdict.not_done", moment=exact(view, clock["as_of"]))


def outside_seconds(clock: Row) -> int:
    """What is left of the whole: so the parts add up even where moments have fractions of a second."""
    whole, paused, spent = (round(float(clock[f"{part}_seconds"])) for part in ("whole", "paused", "spent"))
    return whole - paused - spent


def _target(view: View, clock: Row, rules: Sequence[Row]) -> str | None:
    if clock["target_seconds"] is None:
        return None
    told = hms(clock["target_seconds"])
    days = rules[0][f"{clock['stage']}_working_days"] if rules else None
    if days is None:
        return told
    return view.t("verdict.day" if days == 1 else "verdict.days", time=told, days=f"{days:g}")


def _left(view: View, clock: Row, _: Sequence[Row]) -> str | None:
    """What is left of the target, or was when it was met."""
    if clock["state"] == "met" and clock["target_seconds"] is not None:
        return hms(clock["target_seconds"] - clock["spent_seconds"])
    return None if clock["left_seconds"] is None else hms(clock["left_seconds"])


def _due(view: View, clock: Row, _: Sequence[Row]) -> str | None:
    return None if clock["due_at"] is None else exact(view, clock["due_at"])


def _wall(view: View, clock: Row, _: Sequence[Row]) -> str | None:
    """How late by the wall clock, where the clock that judges is another."""
    is_late = clock["state"] in ("breached", "overdue") and clock["over_seconds"] is not None
    return hms(clock["over_seconds"]) if is_late and is_working(clock["clock"]) else None


def hms(seconds: float) -> str:
    """A length of time to the second: `49:05:09`."""
    whole = round(abs(seconds))
    return f"{'−' if seconds < 0 and whole else ''}{whole // 3600:,}:{whole // 60 % 60:02}:{whole % 60:02}"


_LINES: dict[str, Callable[[View, Row, Sequence[Row]], str | None]] = {
    "judged_by": _source,
    "clock": _measure,
    "started": lambda view, clock, _: exact(view, clock["started_at"]),
    "ended": _ended,
    "whole": lambda view, clock, _: hms(clock["whole_seconds"]),
    "outside": lambda view, clock, _: f"− {hms(outside_seconds(clock))}" if is_working(clock["clock"]) else None,
    "paused": lambda view, clock, _: f"− {hms(clock['paused_seconds'])}" if clock["paused_seconds"] else None,
    "spent": lambda view, clock, _: f"**= {hms(clock['spent_seconds'])}**",
    "target": _target,
    "late": lambda view, clock, _: None if clock["late_seconds"] is None else f"**{hms(clock['late_seconds'])}**",
    "by_wall": _wall,
    "left": _left,
    "due": _due,
}
