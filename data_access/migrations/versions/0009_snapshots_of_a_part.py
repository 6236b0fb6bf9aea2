"""A snapshot may be of one department: its code beside the unit that the snapshot is of."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Earlier snapshots are of no department."""
    op.add_column("snapshot", sa.Column("department", sa.String(32)))
