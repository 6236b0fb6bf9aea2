"""Targets counted from something, minima beside means, paired indicators, figures of others to compare with.

Targets of before name nothing of this and mean what they meant.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table of outside figures."""
    op.add_column("target", sa.Column("measured_from", sa.String(12)))
    op.add_column("target", sa.Column("reference", sa.String(60)))
    op.add_column("target", sa.Column("minimum", sa.BigInteger()))
    op.add_column("indicator_version", sa.Column("pair", sa.String(32)))
    op.create_table(
        "outside_figure",
        sa.Column("county", sa.String(12), nullable=False),
        sa.Column("indicator", sa.String(32), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(160), nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(
            "county", "indicator", "name", "valid_from", "recorded_at", name="pk_outside_figure"
        ),
        sa.ForeignKeyConstraint(
            ["county", "indicator"], ["indicator.county", "indicator.code"], name="fk_outside_figure_county"
        ),
    )
