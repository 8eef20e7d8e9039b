"""What people do about a cause of complaints."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    """One table: each entry is a row; the latest one of an action is looked up at every save."""
    op.create_table(
        "cause_actions",
        sa.Column("id", sa.Integer, sa.Identity(always=True), primary_key=True),
        sa.Column("action", sa.String(36), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("author", sa.String(100), nullable=False),
        sa.Column("cause", sa.String(100), nullable=False),
        sa.Column("what", sa.String(500), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("owner", sa.String(100)),
        sa.Column("starts_on", sa.Date),
        sa.Column("due_on", sa.Date),
        sa.Column("region", sa.String(200)),
        sa.Column("product", sa.String(200)),
        sa.Column("channel", sa.String(200)),
        sa.Column("note", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("cause_actions_by_action", "cause_actions", ["action", "id"])
