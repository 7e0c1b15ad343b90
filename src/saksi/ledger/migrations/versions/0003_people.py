"""People and what they do besides judging: sessions, tokens, documents signed off, removals, claims added by hand."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0003", "0002"


def words(name: str, *, index: bool = False) -> "sa.Column[str]":
    """A column of text that is always filled."""
    return sa.Column(name, sa.Text, nullable=False, index=index)


def upgrade() -> None:
    """Makes the tables of people and of removals."""
    op.create_table(
        "people", sa.Column("name", sa.Text, primary_key=True), words("role"), sa.Column("password", sa.Text)
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.Text, primary_key=True),
        words("person", index=True),
        words("guard"),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "tokens",
        sa.Column("digest", sa.Text, primary_key=True),
        words("person", index=True),
        words("label"),
        sa.Column("made_on", sa.Date, nullable=False),
    )
    op.create_table(
        "signoffs",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        words("document", index=True),
        words("by"),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("note", sa.Text),
    )
    op.create_table(
        "removals",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        *(words(name, index=True) for name in ("document", "text_hash")),
        *(sa.Column(name, sa.Integer) for name in ("start", "end")),
        words("digest"),
        words("by"),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("note", sa.Text),
    )
    op.create_table(
        "stories",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        *(words(name, index=True) for name in ("sort", "id")),
        words("content"),
    )
    op.add_column("claims", sa.Column("added_by", sa.Text))
    op.add_column("judgements", sa.Column("start", sa.Integer))
    op.add_column("judgements", sa.Column("end", sa.Integer))
