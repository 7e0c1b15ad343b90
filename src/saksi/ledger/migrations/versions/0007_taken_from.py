"""The file that each document was taken from, with the record or row there, or the snapshot of a page."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0007", "0006"


def upgrade() -> None:
    """Adds the column, empty: nothing of this was kept before."""
    op.add_column("documents", sa.Column("taken_from", sa.Text))
