"""What a reporting unit said itself stands in the roll-up; the rows are made anew by `migrate`."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("rollup", sa.Column("quality", sa.String(12)))
    op.add_column("rollup", sa.Column("high", sa.BigInteger()))
    op.add_column("rollup", sa.Column("text", sa.String(200)))
