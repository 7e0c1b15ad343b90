"""The first tables: documents with their readings, claims and unread spans. The table of words is the backend's."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None

TEXTS = (
    "id", "reading", "kind", "counts", "unit", "target", "target_age", "target_sex", "target_status", "target_text",
    "target_owner", "actors", "places", "date_precision", "time_start", "time_end", "speaker", "speaker_org",
    "carriers", "stance", "scope", "relations", "sentence", "evidence", "document",
)  # fmt: skip
TYPES = {
    "low": sa.BigInteger, "high": sa.BigInteger, "exact": sa.Boolean, "vague": sa.Boolean, "negated": sa.Boolean,
    "includes_perpetrators": sa.Boolean, "start": sa.Date, "end": sa.Date, "said_on": sa.Date, "complete": sa.Boolean,
}  # fmt: skip


def words(*names: str, nullable: bool = False) -> "list[sa.Column[str]]":
    """Columns of text."""
    return [sa.Column(name, sa.Text, nullable=nullable) for name in names]


def number() -> "sa.Column[int]":
    """The column that keeps the order in which rows came."""
    return sa.Column("number", sa.Integer, primary_key=True, autoincrement=True)


def document(name: str, *, index: bool = False) -> "sa.Column[str]":
    """The document that a row is of."""
    return sa.Column(name, sa.Text, sa.ForeignKey("documents.id"), nullable=False, index=index)


def upgrade() -> None:
    """Makes the tables."""
    op.create_table("saksi_meta", sa.Column("key", sa.Text, primary_key=True), *words("value", nullable=True))
    op.create_table(
        "documents",
        number(),
        sa.Column("id", sa.Text, unique=True, nullable=False),
        sa.Column("text_hash", sa.Text, index=True, nullable=False),
        *words("text"),
        *words("ref", "url", "title", "publisher", "language", "published_basis", nullable=True),
        *(sa.Column(name, sa.Date) for name in ("published", "published_from", "published_to")),
    )
    newest = sa.Column("newest", sa.Boolean, nullable=False)
    once = sa.UniqueConstraint("document", "reading")
    op.create_table("readings", number(), document("document"), *words("reading"), newest, once)
    keys = (sa.Column(name, sa.Text, primary_key=True) for name in ("reading", "path"))
    op.create_table("vocabularies", *keys, *words("content"))
    ends = (sa.Column(name, sa.Integer, nullable=False) for name in ("start", "end"))
    op.create_table("unread", *words("document", "reading", "text", "layer", "reason"), *ends)
    op.create_table(
        "claims",
        number(),
        *words(*TEXTS, nullable=True),
        *(sa.Column(name, type) for name, type in TYPES.items()),
        document("document_id", index=True),
        sa.Column("newest", sa.Boolean, nullable=False),
        sa.UniqueConstraint("id", "reading"),
        sa.Index("claims_by_kind", "newest", "kind", "start"),
    )
    op.create_table(
        "claim_places",
        sa.Column("claim", sa.Text, nullable=False, index=True),
        *words("reading"),
        sa.Column("country", sa.Text, index=True),
        sa.Column("geonames_id", sa.Integer),
        *words("name", nullable=True),
    )
