"""The ledger's tables, made from the columns of a row."""

from __future__ import annotations

import typing
from datetime import date
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import sqlalchemy as sa

from saksi.ledger.columns import Row

VERSION = 8  # of the tables; a ledger of a newer version is refused, never touched

metadata = sa.MetaData()

meta = sa.Table("saksi_meta", metadata, sa.Column("key", sa.Text, primary_key=True), sa.Column("value", sa.Text))

documents = sa.Table(
    "documents", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, unique=True, nullable=False),
    sa.Column("text_hash", sa.Text, index=True, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    *(sa.Column(name, sa.Text) for name in ("ref", "url", "title", "publisher", "language")),
    *(sa.Column(name, sa.Date) for name in ("published", "published_from", "published_to")),
    sa.Column("published_basis", sa.Text),
    sa.Column("taken_from", sa.Text),
    sa.Column("coded", sa.Text, index=True),
    by_url := sa.Index("documents_by_url", "url"),
)  # fmt: skip

readings = sa.Table(
    "readings", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("document", sa.Text, sa.ForeignKey("documents.id"), nullable=False),
    sa.Column("reading", sa.Text, nullable=False),
    sa.Column("newest", sa.Boolean, nullable=False),
    sa.UniqueConstraint("document", "reading"),
)  # fmt: skip

vocabularies = sa.Table(
    "vocabularies", metadata,
    sa.Column("reading", sa.Text, primary_key=True),
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("content", sa.Text, nullable=False),
)  # fmt: skip

unread = sa.Table(
    "unread", metadata,
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("reading", sa.Text, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("layer", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)  # fmt: skip

# What a second reader proposed and the text did not bear out; like the unread, of one reading of a document.
refused = sa.Table(
    "refused", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("document", sa.Text, nullable=False, index=True),
    sa.Column("reading", sa.Text, nullable=False),
    sa.Column("reader", sa.Text, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("proposal", sa.Text, nullable=False),
)  # fmt: skip

SCALARS: dict[Any, Any] = {str: sa.Text, int: sa.BigInteger, bool: sa.Boolean, date: sa.Date}


def column_type(hint: Any) -> Any:
    """The SQL type of a column: scalars as they are, everything nested as JSON text."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    options = [a for a in get_args(hint) if a is not type(None)] or [hint]
    if get_origin(hint) is not None and not isinstance(hint, typing.types.UnionType):  # type: ignore[attr-defined]
        return sa.Text
    return SCALARS.get(options[0], sa.Text)


def claim_columns() -> list[sa.Column[Any]]:
    """One column for each field of a row."""
    hints = get_type_hints(Row, include_extras=True)
    return [sa.Column(name, column_type(hints[name])) for name in Row.__struct_fields__]


claims = sa.Table(
    "claims", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    *claim_columns(),
    sa.Column("document_id", sa.Text, sa.ForeignKey("documents.id"), nullable=False, index=True),
    sa.Column("newest", sa.Boolean, nullable=False),
    sa.Column("added_by", sa.Text),
    sa.UniqueConstraint("id", "reading"),
    sa.Index("claims_by_kind", "newest", "kind", "start"),
    sa.Index("claims_newest", "newest", "id", "reading"),
)  # fmt: skip
# The same as `newest`, for claims that are found by something else: SQLite does not know how few these are, and
# would look through all that are newest.
NEWEST_OF_FEW = sa.not_(claims.c.newest.is_(False))

claim_places = sa.Table(
    "claim_places", metadata,
    sa.Column("claim", sa.Text, nullable=False, index=True),
    sa.Column("reading", sa.Text, nullable=False),
    sa.Column("country", sa.Text, index=True),
    sa.Column("geonames_id", sa.Integer),
    sa.Column("name", sa.Text),
)  # fmt: skip

judgements = sa.Table(
    "judgements", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("claims", sa.Text, nullable=False),
    sa.Column("readings", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("note", sa.Text),
    sa.Column("field", sa.Text),
    sa.Column("value", sa.Text),
    sa.Column("start", sa.Integer),
    sa.Column("end", sa.Integer),
)  # fmt: skip

# Derived: made anew from claims and judgements whenever these change, never edited.
extents = sa.Table(
    "extents", metadata,
    sa.Column("claim", sa.Text, nullable=False),
    sa.Column("reading", sa.Text, nullable=False),
    sa.Column("family", sa.Text),
    sa.Column("country", sa.Text),
    sa.Column("first", sa.Integer),
    sa.Column("last", sa.Integer),
    sa.Column("figure", sa.Text, index=True),
    sa.Column("component", sa.Text, index=True),
    sa.Index("extents_claims", "claim", "reading"),
    sa.Index("extents_by_days", "family", "country", "first", "last"),
)  # fmt: skip

links = sa.Table(
    "links", metadata,
    sa.Column("a", sa.Text, nullable=False, index=True),
    sa.Column("b", sa.Text, nullable=False, index=True),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("reasons", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
)  # fmt: skip

findings = sa.Table(
    "findings", metadata,
    sa.Column("component", sa.Text, nullable=False, index=True),
    sa.Column("content", sa.Text, nullable=False),
)  # fmt: skip

# What people do besides judging: who they are, which documents they have read to the end, what they removed.
people = sa.Table(
    "people", metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("password", sa.Text),
)  # fmt: skip

sessions = sa.Table(
    "sessions", metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, nullable=False, index=True),
    sa.Column("guard", sa.Text, nullable=False),
    sa.Column("until", sa.BigInteger, nullable=False),
)  # fmt: skip

tokens = sa.Table(
    "tokens", metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, nullable=False, index=True),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("made_on", sa.Date, nullable=False),
)  # fmt: skip

signoffs = sa.Table(
    "signoffs", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("document", sa.Text, nullable=False, index=True),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("note", sa.Text),
)  # fmt: skip

removals = sa.Table(
    "removals", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("document", sa.Text, nullable=False, index=True),
    sa.Column("text_hash", sa.Text, nullable=False, index=True),
    sa.Column("start", sa.Integer),
    sa.Column("end", sa.Integer),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("note", sa.Text),
)  # fmt: skip

# Derived like the findings, but of the whole ledger: incidents, undecided pairs and tensions, as last told.
stories = sa.Table(
    "stories", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("sort", sa.Text, nullable=False, index=True),
    sa.Column("id", sa.Text, nullable=False, index=True),
    sa.Column("content", sa.Text, nullable=False),
)  # fmt: skip

# Derived by `saksi sources check`: where a source delivered something else than was expected of it.
signals = sa.Table(
    "signals", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("source", sa.Text, nullable=False, index=True),
    sa.Column("sort", sa.Text, nullable=False),
    sa.Column("first", sa.Date),
    sa.Column("last", sa.Date),
    sa.Column("document", sa.Text, index=True),
    sa.Column("said", sa.Text, nullable=False),
)  # fmt: skip
