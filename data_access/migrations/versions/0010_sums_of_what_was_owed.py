"""The structure stays; what the sums mean does not: increments of the months that were owed, duties by holder.

A database of an earlier structure has its sums made anew.
"""

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing to change in the tables."""
