"""Who reads each field of a claim, where a second reader has read its document, and what it proposed in vain."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0006", "0005"


def upgrade() -> None:
    """Adds the columns, empty: the rules alone have read all that there is; and the table of what was refused."""
    for name in ("claim_grounds", "readers", "rivals"):
        op.add_column("claims", sa.Column(name, sa.Text))
    op.get_bind().execute(sa.text("UPDATE claims SET rivals = '[]'"))
    op.create_table(
        "refused",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("document", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("reading", "reader", "field", "quote", "reason")),
        sa.Column("proposal", sa.Text, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_refused_document", "refused", ["document"], if_not_exists=True)
