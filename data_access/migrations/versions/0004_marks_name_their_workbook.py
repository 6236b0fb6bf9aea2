"""A checklist mark names the workbook it came in, and counts only once that is accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; marks of before are taken for the county's own."""
    op.add_column("checklist_mark", sa.Column("submission", sa.BigInteger()))
    op.create_index("ix_checklist_mark_submission", "checklist_mark", ["county", "submission"])
