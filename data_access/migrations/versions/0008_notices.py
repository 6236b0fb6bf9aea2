"""Notices: the drafts, each step on their way out, the files people edited, the county's own sentences."""

import sqlalchemy as sa
from alembic import op

from data_access import dialect

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEPT = ("notice", "notice_event", "notice_file", "notice_wording")


def upgrade() -> None:
    """Create the tables; from then on their rows are only added to."""
    op.create_table(
        "notice",
        sa.Column("county", sa.String(12), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("snapshot", sa.Integer(), nullable=False),
        sa.Column("corrects", sa.Integer()),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.CheckConstraint("number > 0", name="number"),
        sa.ForeignKeyConstraint(
            ["county", "snapshot"], ["snapshot.county", "snapshot.number"], name="fk_notice_county"
        ),
        sa.PrimaryKeyConstraint("county", "number", name="pk_notice"),
    )
    op.create_table(
        "notice_event",
        sa.Column("county", sa.String(12), nullable=False),
        sa.Column("notice", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(12), nullable=False),
        sa.Column("actor", sa.String(32), nullable=False),
        sa.Column("actor_name", sa.String(160), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("unit", sa.String(12)),
        sa.Column("day", sa.Date()),
        sa.Column("objects", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("file", sa.String(64)),
        sa.Column("findings", sa.Text()),
        _of_notice("notice_event"),
        sa.PrimaryKeyConstraint("county", "notice", "place", name="pk_notice_event"),
    )
    op.create_table(
        "notice_file",
        sa.Column("county", sa.String(12), nullable=False),
        sa.Column("notice", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _of_notice("notice_file"),
        sa.PrimaryKeyConstraint("county", "notice", "fingerprint", name="pk_notice_file"),
    )
    op.create_table(
        "notice_wording",
        sa.Column("county", sa.String(12), nullable=False),
        sa.Column("sentence", sa.String(40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("county", "sentence", "recorded_at", name="pk_notice_wording"),
    )
    for table in KEPT:
        dialect.only_add(op.get_bind(), table)


def _of_notice(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["county", "notice"], ["notice.county", "notice.number"], name=f"fk_{table}_county"
    )
