"""What people write about a customer whom they try to keep."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None


def upgrade() -> None:
    """One table: each entry is a row."""
    op.create_table(
        "outreach",
        sa.Column("id", sa.Integer, sa.Identity(always=True), primary_key=True),
        sa.Column("customer_id", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("author", sa.String(100), nullable=False),
        sa.Column("owner", sa.String(100)),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("next_date", sa.Date),
        sa.Column("note", sa.Text),
        sa.Column("reason", sa.String(50)),
        sa.Column("reason_text", sa.Text),
        sqlite_autoincrement=True,
    )
