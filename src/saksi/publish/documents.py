"""Documents: the list of them, and one with its text cut where words stand for values."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Annotated, Any

import msgspec
import numpy as np
import sqlalchemy as sa
from msgspec import Meta

from saksi.errors import NotFoundError
from saksi.inquiry.explain import days, figure_of
from saksi.ledger import schema
from saksi.ledger.added import Signoff, signoffs
from saksi.ledger.columns import DocumentCell, Evidence, Row
from saksi.ledger.query import Query
from saksi.ledger.removal import Removal, removals
from saksi.publish.desk import Desk
from saksi.publish.index import numbers_in
from saksi.publish.limits import Id, PageNumber, Text, cut
from saksi.publish.voices import Numbers

BEGINS = 80  # characters that stand for a title where there is none


class DocumentsAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the list of documents, newest in the ledger first."""

    words: Annotated[Text | None, Meta(description="words of the document; quoted words stand together")] = None
    page: PageNumber = 1
    size: Annotated[int, Meta(description="documents on a page", ge=1, le=500)] = 50


class DocumentLine(msgspec.Struct, frozen=True):
    """A document in a list: how many claims it has, and by whom it was signed off."""

    id: str
    ref: str | None
    begins: str
    title: str | None
    publisher: str | None
    published: date | None
    language: str | None
    claims: int
    signed_by: list[str]
    forgotten: bool


class Documents(msgspec.Struct, frozen=True):
    """A page of documents."""

    total: int
    page: int
    pages: int
    items: list[DocumentLine]


class UnreadSpan(msgspec.Struct, frozen=True):
    """Words that were seen and could not be read, and why: [start, end) in code points."""

    start: int
    end: int
    text: str
    layer: str
    reason: str


class DocumentPage(msgspec.Struct, frozen=True):
    """A document with all that was read of it; `text` is empty where it was forgotten.

    `judged` says of claims that people judged what stands, by id: struck, corrected or accepted.
    """

    document: DocumentCell
    text: str
    claims: list[Row]
    unread: list[UnreadSpan]
    signoffs: list[Signoff]
    removals: list[Removal]
    copies: list[str]
    added_by: dict[str, str]
    judged: dict[str, str]


class DocumentAsked(msgspec.Struct, frozen=True, kw_only=True):
    """One document; a claim may be named that is to stand out."""

    id: Id
    claim: Annotated[Id | None, Meta(description="id of a claim that stands out")] = None


class Mark(msgspec.Struct, frozen=True):
    """What some words stand for: a field of a claim, its value, and by what rule it was read or inferred."""

    claim: str
    field: str
    value: str
    rule: str
    basis: str
    inferred: bool


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a text that nothing begins or ends in; with its marks, and why it could not be read."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]
    unread: str | None


def find_documents(desk: Desk, asked: DocumentsAsked) -> Documents:
    """The documents that are asked for."""
    d, s = schema.documents.c, schema.signoffs.c
    index = desk.index
    numbers = desk.kept_placed(("documents", asked.words), lambda: document_numbers(desk, asked.words))
    some, pages = cut(numbers, asked.page, asked.size)
    about = (d.id, d.ref, sa.func.substr(d.text, 1, BEGINS).label("begins"), d.title, d.publisher, d.published,
             d.language, (d.text == "").label("forgotten"))  # fmt: skip
    with desk.ledger.engine.connect() as db:
        found = db.execute(sa.select(*about).where(d.number.in_(some.tolist())).order_by(d.number.desc())).all()
        ids = [row.id for row in found]
        signed: dict[str, list[str]] = {}
        for id, by in db.execute(sa.select(s.document, s.by).where(s.document.in_(ids)).order_by(s.number)):
            signed.setdefault(id, []).append(by)
    claims = desk.kept_placed(("claims of documents",), index.per_document)
    lines = []
    for row in found:
        told = {**row._mapping, "forgotten": bool(row.forgotten)}
        lines.append(DocumentLine(**told, claims=index.of_document(row.id, claims), signed_by=signed.get(row.id, [])))
    return Documents(len(numbers), asked.page, pages, lines)


def document_numbers(desk: Desk, words: str | None) -> Numbers:
    """The numbers of all documents, or of those with some words, the newest first."""
    d = schema.documents.c
    asked = []
    if words is not None and words.strip():
        asked.append(d.id.in_(desk.ledger.backend.matching(words).columns(sa.column("document", sa.Text))))
    with desk.ledger.engine.connect() as db:
        return np.sort(numbers_in(db, d.number, *asked))[::-1]


def begins(desk: Desk, id: str) -> str:
    """How a document begins."""

    def make() -> str:
        d = schema.documents.c
        with desk.ledger.engine.connect() as db:
            return str(db.execute(sa.select(sa.func.substr(d.text, 1, BEGINS)).where(d.id == id)).scalar() or "")

    return desk.kept(("begins", id), make)


def find_document(desk: Desk, asked: DocumentAsked) -> DocumentPage:
    """One document, whole. Raises NotFoundError."""
    d, u, r, c = schema.documents.c, schema.unread.c, schema.readings.c, schema.claims.c
    with desk.ledger.engine.connect() as db:
        found = db.execute(sa.select(schema.documents).where(d.id == asked.id)).mappings().first()
        if found is None:
            raise NotFoundError(f"there is no document {asked.id}")
        newest = sa.select(r.reading).where(r.newest, r.document == asked.id)
        spans = sa.select(u.start, u.end, u.text, u.layer, u.reason).where(
            u.document == asked.id, u.reading.in_(newest)
        )
        unread = [UnreadSpan(*span) for span in db.execute(spans.order_by(u.start, u.end, u.layer))]
        equal = sa.select(d.id).where(d.text_hash == found["text_hash"], d.id != asked.id).order_by(d.number)
        copies = list(db.execute(equal).scalars())
        by_hand = sa.select(c.id, c.added_by).where(c.document_id == asked.id, c.added_by.is_not(None))
        added: dict[str, str] = {row[0]: row[1] for row in db.execute(by_hand)}
    cell = msgspec.convert({f: found[f] for f in DocumentCell.__struct_fields__}, DocumentCell)
    rows = sorted(desk.ledger.claims(Query(document=asked.id)), key=lambda row: (row.sentence.start, row.id in added))
    return DocumentPage(
        cell,
        found["text"],
        rows,
        unread,
        signoffs(desk.ledger, asked.id),
        removals(desk.ledger, asked.id),
        copies,
        added,
        desk.standing(row.id for row in rows),
    )


def pieces(text: str, rows: Sequence[Row], unread: Sequence[UnreadSpan]) -> list[Piece]:
    """A text cut at each place where a mark begins or ends; the pieces put together are the text."""
    told = [
        (e.start, e.end, mark_of(row, e))
        for row in rows
        for e in row.evidence
        if e.start is not None and e.end is not None
    ]
    edges = {0, len(text), *(at for a, b, _ in told for at in (a, b)), *(at for u in unread for at in (u.start, u.end))}
    cuts = sorted(edges)
    marks: list[dict[Mark, None]] = [{} for _ in cuts]
    reasons: list[str | None] = [None] * len(cuts)
    for start, end, mark in told:
        for n in range(bisect_left(cuts, start), bisect_left(cuts, end)):
            marks[n][mark] = None
    for span in reversed(unread):
        for n in range(bisect_left(cuts, span.start), bisect_left(cuts, span.end)):
            reasons[n] = span.reason
    return [Piece(a, b, text[a:b], tuple(marks[n]), reasons[n]) for n, (a, b) in enumerate(pairwise(cuts))]


def mark_of(row: Row, entry: Evidence) -> Mark:
    """What an entry of a claim's evidence says of its words."""
    return Mark(row.id, entry.field, value_of(row, entry.field, entry.text), entry.rule, entry.basis, entry.inferred)


def value_of(row: Row, field: str, text: str | None = None) -> str:
    """The value of a field of a claim, as people read it."""
    org = row.speaker_org or row.speaker
    parts: dict[str, Any] = {
        "kind": row.kind, "number": figure_of(row), "target": row.target or row.target_text or "",
        "owner": row.target_owner or "", "period": days(row), "said_on": row.said_on or "", "stance": row.stance,
        "speaker": org.text if org else "", "actor": ", ".join(a.text for a in row.actors),
        "carrier": ", ".join(c.text for c in row.carriers), "relation": ", ".join(r.type for r in row.relations),
        "place": ", ".join(p.name for p in row.places if text is None or p.text in (None, text))
        or ", ".join(p.name for p in row.places),
    }  # fmt: skip
    return str(parts.get(field, ""))
