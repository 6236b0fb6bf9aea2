"""What was shown on a day, kept for good: each snapshot linked to the one before."""

import sqlalchemy as sa
from alembic import op

from data_access import dialect

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; from then on its rows are only added to."""
    op.create_table(
        "snapshot",
        sa.Column("county", sa.String(12), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("root", sa.String(12), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("known_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("occasion", sa.String(16), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("formulas", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("link", sa.String(64), nullable=False),
        sa.CheckConstraint("number > 0", name="number"),
        sa.PrimaryKeyConstraint("county", "number", name="pk_snapshot"),
        sa.UniqueConstraint("county", "link", name="uq_snapshot_county"),
    )
    dialect.only_add(op.get_bind(), "snapshot")
