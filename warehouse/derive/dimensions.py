"""The dimensions that facts carry as ENUMs, and the columns their values come from."""

from collections.abc import Mapping

from schemas import CARE_LISTS, CONTACT_LEVELS, LIFECYCLE, STAGES

# Each dimension's ENUM is made of what the base tables hold, so that filters compare small numbers.
DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "kind": ("tickets.kind",),
    "priority": ("tickets.priority",),
    "channel": ("tickets.channel", "interactions.channel", "surveys.channel"),
    "category": ("tickets.category",),
    "product": ("tickets.product", "orders.product"),
    "department": ("tickets.department", "agents.department"),
    "team": ("tickets.team", "agents.team"),
    "segment": ("customers.segment",),
    "region": ("customers.region",),
    "industry": ("customers.industry",),
    "persona": ("customers.persona",),
    "touchpoint": ("surveys.touchpoint", "interactions.touchpoint"),
    "status": ("orders.status",),
    "contact": ("interactions.kind",),
    "direction": ("interactions.direction",),
    "topic": ("interactions.topic",),
    "survey": ("surveys.kind",),
}
FIXED: Mapping[str, tuple[str, ...]] = {
    "tier": ("core", "growth", "dormant", "standard"),
    "stage": STAGES,
    "lifecycle": LIFECYCLE,
    "contact_level": CONTACT_LEVELS,
    "state": ("met", "breached", "overdue", "running", "paused", "none"),
    "care": CARE_LISTS,
    "event": ("order", "ticket", "contact", "survey"),
    "pool": ("complaint", "praise", "idea", "question", "other"),
    "source": ("ticket", "survey", "interaction"),
    "outcome": ("promoter", "passive", "detractor", "satisfied", "neutral", "dissatisfied"),
}
