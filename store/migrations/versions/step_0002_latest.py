"""The latest entry of a customer is looked up at every save."""

from alembic import op

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    """An index by customer, the latest entry last."""
    op.create_index("outreach_by_customer", "outreach", ["customer_id", "id"])
