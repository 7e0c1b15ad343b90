"""Where a source delivered something else than was expected of it; documents are looked up by their address."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0008", "0007"


def upgrade() -> None:
    """Adds the table, empty: it is filled by each check; and the index."""
    op.create_table(
        "signals",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("source", sa.Text, nullable=False, index=True),
        sa.Column("sort", sa.Text, nullable=False),
        sa.Column("first", sa.Date),
        sa.Column("last", sa.Date),
        sa.Column("document", sa.Text, index=True),
        sa.Column("said", sa.Text, nullable=False),
    )
    op.create_index("documents_by_url", "documents", ["url"], if_not_exists=True, postgresql_using="hash")
