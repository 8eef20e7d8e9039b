"""Rules for causes of complaints that people accepted on the screen."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    """One table: each entry is a row; the latest one of a rule is looked up at every save."""
    op.create_table(
        "accepted_rules",
        sa.Column("id", sa.Integer, sa.Identity(always=True), primary_key=True),
        sa.Column("rule", sa.String(36), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("author", sa.String(100), nullable=False),
        sa.Column("cause", sa.String(100), nullable=False),
        sa.Column("name", sa.String(100)),
        sa.Column("department", sa.String(200)),
        sa.Column("words", sa.Text),
        sa.Column("category", sa.String(200)),
        sa.Column("status", sa.String(20), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("accepted_rules_by_rule", "accepted_rules", ["rule", "id"])
