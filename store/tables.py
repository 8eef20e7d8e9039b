"""The tables of the store as code knows them; migrations/ builds them. Each is only ever added to, never changed."""

from sqlalchemy import Column, Date, DateTime, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

outreach = Table(
    "outreach",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", String(200), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("author", String(100), nullable=False),
    Column("owner", String(100)),
    Column("status", String(20), nullable=False),
    Column("next_date", Date),
    Column("note", Text),
    Column("reason", String(50)),
    Column("reason_text", Text),
    Index("outreach_by_customer", "customer_id", "id"),
)
"""One row per entry about a customer; the latest one (the largest id) is how things stand. ``at`` is UTC."""

cause_actions = Table(
    "cause_actions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("action", String(36), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("author", String(100), nullable=False),
    Column("cause", String(100), nullable=False),
    Column("what", String(500), nullable=False),
    Column("status", String(20), nullable=False),
    Column("owner", String(100)),
    Column("starts_on", Date),
    Column("due_on", Date),
    Column("region", String(200)),
    Column("product", String(200)),
    Column("channel", String(200)),
    Column("note", Text),
    Index("cause_actions_by_action", "action", "id"),
)
"""One row per entry about an action on a cause; the latest one is how it stands. ``at`` is UTC."""

accepted_rules = Table(
    "accepted_rules",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("rule", String(36), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("author", String(100), nullable=False),
    Column("cause", String(100), nullable=False),
    Column("name", String(100)),
    Column("department", String(200)),
    Column("words", Text),
    Column("category", String(200)),
    Column("status", String(20), nullable=False),
    Index("accepted_rules_by_rule", "rule", "id"),
)
"""One row per entry about a rule for causes; the latest one is how it stands. ``at`` is UTC."""
