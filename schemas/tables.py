"""The contracts: one pandera model per table, in the columns that every mapping turns its export into.

Times are UTC without an offset; money is in the team's currency; ``nullable=False`` (the default) means required.
What spans several columns or tables stands in ``Config.metadata``: ``key``, ``order`` (first <= second),
``references`` (column -> parent table) and ``score`` (range of the score by kind).
"""

from datetime import date, datetime

import pandera.polars as pa
from pandera.polars import Field

TICKET_KINDS = ["complaint", "problem", "request", "enquiry", "suggestion", "other"]
PRIORITIES = ["urgent", "high", "normal", "low"]
ORDER_STATES = ["placed", "paid", "shipped", "delivered", "completed", "cancelled", "refunded"]
STAGES = ("response", "feedback", "resolution")
EVENTS = ["assigned", "transferred", "escalated", "resolved", "reopened"]
LIFECYCLE = ("acquisition", "activation", "retention", "expansion", "referral", "churned")
"""The stages of a customer's life with us; their rules stand in ``data/policy/lifecycle.toml``."""
HEALTH_PARTS = ("activity", "spend", "engagement", "service", "voice")
"""The parts of a customer's health, in order; their weights stand in ``data/policy/health.toml``."""
CONTACT_LEVELS = ("none", "low", "usual", "high")
SIGNALS = (
    "silence",
    "fewer_orders",
    "less_spend",
    "fewer_consultations",
    "fewer_logins",
    "more_complaints",
    "detractor",
    "breached",
)
"""Signs that a customer may leave; their rules stand in ``data/policy/churn.toml``."""

CARE_LISTS = ("detractor", "promoter", "birthday", "anniversary", "untouched", "over_contact")
"""Why a customer needs care; the rules stand in ``data/policy/care.toml``."""


class Customers(pa.DataFrameModel):
    customer_id: str
    name: str = Field(nullable=True)
    segment: str = Field(nullable=True)
    region: str = Field(nullable=True)
    industry: str = Field(nullable=True)
    persona: str = Field(nullable=True)
    owner: str = Field(nullable=True)
    strategic: bool = Field(nullable=True)
    signed_up_on: date = Field(nullable=True)
    birthday: date = Field(nullable=True)
    consent: bool = Field(nullable=True)

    class Config:
        metadata = {"key": "customer_id"}


class Agents(pa.DataFrameModel):
    agent_id: str
    name: str = Field(nullable=True)
    team: str = Field(nullable=True)
    department: str = Field(nullable=True)
    hired_on: date = Field(nullable=True)

    class Config:
        metadata = {"key": "agent_id"}


class Tickets(pa.DataFrameModel):
    ticket_id: str
    customer_id: str = Field(nullable=True)
    agent_id: str = Field(nullable=True)
    kind: str = Field(isin=TICKET_KINDS)
    priority: str = Field(nullable=True, isin=PRIORITIES)
    channel: str = Field(nullable=True)
    category: str = Field(nullable=True)
    product: str = Field(nullable=True)
    department: str = Field(nullable=True)
    team: str = Field(nullable=True)
    opened_at: datetime
    assigned_at: datetime = Field(nullable=True)
    first_response_at: datetime = Field(nullable=True)
    feedback_at: datetime = Field(nullable=True)
    resolved_at: datetime = Field(nullable=True)
    confirmed_at: datetime = Field(nullable=True)
    closed_at: datetime = Field(nullable=True)
    response_due_at: datetime = Field(nullable=True)
    feedback_due_at: datetime = Field(nullable=True)
    resolution_due_at: datetime = Field(nullable=True)
    response_met: bool = Field(nullable=True)
    feedback_met: bool = Field(nullable=True)
    resolution_met: bool = Field(nullable=True)
    judged_by: str = Field(nullable=True, isin=["source", "policy"])
    reopen_count: int = Field(nullable=True, ge=0)
    transfers: int = Field(nullable=True, ge=0)
    escalation_level: int = Field(nullable=True, ge=1, le=3)
    compensation: float = Field(nullable=True, ge=0)
    satisfaction: int = Field(nullable=True, ge=1, le=5)
    text: str = Field(nullable=True)

    class Config:
        metadata = {
            "key": "ticket_id",
            "order": [
                ("opened_at", "assigned_at"),
                ("opened_at", "first_response_at"),
                ("opened_at", "feedback_at"),
                ("opened_at", "resolved_at"),
                ("opened_at", "closed_at"),
                ("resolved_at", "confirmed_at"),
                ("resolved_at", "closed_at"),
            ],
            "references": {"customer_id": "customers", "agent_id": "agents"},
            "planned": ["response_due_at", "feedback_due_at", "resolution_due_at"],
        }


class Pauses(pa.DataFrameModel):
    pause_id: str
    ticket_id: str
    started_at: datetime
    ended_at: datetime = Field(nullable=True)
    reason: str = Field(nullable=True)

    class Config:
        metadata = {
            "key": "pause_id",
            "order": [("started_at", "ended_at")],
            "references": {"ticket_id": "tickets"},
        }


class Events(pa.DataFrameModel):
    event_id: str
    ticket_id: str
    happened_at: datetime
    kind: str = Field(isin=EVENTS)
    note: str = Field(nullable=True)

    class Config:
        metadata = {"key": "event_id", "references": {"ticket_id": "tickets"}}


class Interactions(pa.DataFrameModel):
    interaction_id: str
    customer_id: str = Field(nullable=True)
    agent_id: str = Field(nullable=True)
    happened_at: datetime
    channel: str
    kind: str = Field(nullable=True)
    direction: str = Field(nullable=True, isin=["inbound", "outbound"])
    touchpoint: str = Field(nullable=True)
    topic: str = Field(nullable=True)
    is_bot: bool = Field(nullable=True)
    connected: bool = Field(nullable=True)
    transfers: int = Field(nullable=True, ge=0)
    duration_seconds: float = Field(nullable=True, ge=0)
    converted: bool = Field(nullable=True)
    text: str = Field(nullable=True)

    class Config:
        metadata = {"key": "interaction_id", "references": {"customer_id": "customers", "agent_id": "agents"}}


class Orders(pa.DataFrameModel):
    order_id: str
    customer_id: str
    ordered_at: datetime
    amount: float = Field(ge=0)
    quantity: int = Field(nullable=True, ge=0)
    product: str = Field(nullable=True)
    status: str = Field(nullable=True, isin=ORDER_STATES)
    refunded: float = Field(nullable=True, ge=0)

    class Config:
        metadata = {
            "key": "order_id",
            "order": [("refunded", "amount")],
            "references": {"customer_id": "customers"},
        }


class Surveys(pa.DataFrameModel):
    survey_id: str
    customer_id: str = Field(nullable=True)
    ticket_id: str = Field(nullable=True)
    kind: str = Field(isin=["nps", "csat"])
    sent_at: datetime = Field(nullable=True)
    answered_at: datetime = Field(nullable=True)
    score: int = Field(nullable=True)
    touchpoint: str = Field(nullable=True)
    channel: str = Field(nullable=True)
    comment: str = Field(nullable=True)

    class Config:
        metadata = {
            "key": "survey_id",
            "order": [("sent_at", "answered_at")],
            "references": {"customer_id": "customers", "ticket_id": "tickets"},
            "score": {"nps": (0, 10), "csat": (1, 5)},
        }
