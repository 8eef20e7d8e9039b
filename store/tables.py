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
