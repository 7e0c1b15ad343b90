"""Judgements, and what is derived: extents, links, findings; releases, and rows coded elsewhere."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"


def words(name: str, *, index: bool = False) -> "sa.Column[str]":
    """A column of text that is always filled."""
    return sa.Column(name, sa.Text, nullable=False, index=index)


def upgrade() -> None:
    """Makes the tables of reconciling."""
    op.create_table(
        "judgements",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        *(words(name) for name in ("verdict", "claims", "readings", "by")),
        sa.Column("on", sa.Date, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("note", "field", "value")),
    )
    op.create_table(
        "extents",
        *(words(name) for name in ("claim", "reading")),
        *(sa.Column(name, sa.Text) for name in ("family", "country")),
        *(sa.Column(name, sa.Integer) for name in ("first", "last")),
        *(sa.Column(name, sa.Text, index=True) for name in ("figure", "component")),
        sa.Index("extents_claims", "claim", "reading"),
        sa.Index("extents_by_days", "family", "country", "first", "last"),
    )
    op.create_table(
        "links",
        *(words(name, index=True) for name in ("a", "b")),
        words("verdict"),
        sa.Column("score", sa.Float, nullable=False),
        *(words(name) for name in ("reasons", "by")),
    )
    op.create_table("findings", words("component", index=True), words("content"))
    op.create_index("claims_newest", "claims", ["newest", "id", "reading"])
    op.add_column("claims", sa.Column("release", sa.Text))
    op.add_column("documents", sa.Column("coded", sa.Text))
    op.create_index("ix_documents_coded", "documents", ["coded"])
