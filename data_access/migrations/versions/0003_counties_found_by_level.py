"""The counties are found among the nation's units without reading them all."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_unit_level", "unit", ["level", "code"])
