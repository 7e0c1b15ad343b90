"""What people change through the page and the API; each change says who made it and on what day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from saksi.errors import UsageError
from saksi.intake.document import Document
from saksi.ledger import taking
from saksi.ledger.added import Addition, Mark, Signoff, add_claim, sign_off
from saksi.ledger.columns import Row
from saksi.ledger.judgements import Judgement, judge
from saksi.ledger.people import Person
from saksi.ledger.removal import Removed, forget, redact
from saksi.publish.desk import Desk
from saksi.publish.limits import Code, Id, Note, Offset, Text, Title
from saksi.reading.reader import Reader


class JudgementMade(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement: same, different, unsure of two claims or more; wrong, right, accepted of one; or a correction.

    A correction names `field` and `value` (empty makes it null), and may name the words that say so:
    [start, end) in code points of the document. `undone` withdraws your newest judgement of the same claims.
    """

    claims: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=100)]
    verdict: Literal["same", "different", "unsure", "wrong", "right", "accepted", "corrected", "undone"]
    field: Text | None = None
    value: Title | None = None
    start: Offset | None = None
    end: Offset | None = None
    note: Note | None = None


class MarkMade(msgspec.Struct, frozen=True, kw_only=True):
    """Words selected for a field, [start, end) in code points, and what they mean."""

    field: Literal["kind", "number", "target", "owner", "actor", "place", "period", "speaker"]
    start: Offset
    end: Offset
    value: Annotated[str, Meta(min_length=1, max_length=200)]


class ClaimMade(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that the reader missed, marked in the words of a document; `kind` is its anchor."""

    document: Id
    marks: Annotated[tuple[MarkMade, ...], Meta(min_length=1, max_length=30)]
    country: Code | None = None
    stance: Literal["reports", "asserts", "claims", "confirms", "denies", "estimates", "fears", "plans"] = "reports"
    negated: bool = False


class SignoffMade(msgspec.Struct, frozen=True, kw_only=True):
    """The document was read to the end: all its claims are in the ledger."""

    document: Id
    note: Note | None = None


class DocumentMade(msgspec.Struct, frozen=True, kw_only=True):
    """A text to be read into the ledger."""

    text: Annotated[str, Meta(min_length=1, max_length=1_000_000)]
    title: Title | None = None
    url: Title | None = None
    ref: Text | None = None
    publisher: Text | None = None
    published: date | None = None
    language: Code | None = None
    source: Text | None = None


class ForgetMade(msgspec.Struct, frozen=True, kw_only=True):
    """Erase a document, with all copies of its text, for good."""

    document: Id
    note: Note | None = None


class RedactMade(msgspec.Struct, frozen=True, kw_only=True):
    """Erase the words between two offsets of a document, for good; `everywhere`: wherever else they stand in it."""

    document: Id
    start: Offset
    end: Offset
    everywhere: bool = False
    note: Note | None = None


class Kept(msgspec.Struct, frozen=True):
    """What was kept of a judgement or a signature: of what, by whom, on what day."""

    of: list[str]
    by: str
    on: date


class ReadIn(msgspec.Struct, frozen=True):
    """What was read of a text: its document, the claims added (none where it was read before), unread spans."""

    document: str
    claims: int
    unread: int
    known: bool


def make_judgement(desk: Desk, made: JudgementMade, person: Person) -> Kept:
    """Keeps a judgement. Raises NotFoundError for an unknown claim, UsageError for one that makes no sense."""
    rows = [desk.row(id) for id in made.claims]
    if (made.verdict == "corrected") != (made.field is not None):
        raise UsageError("a correction names a field and its value, and nothing else does")
    if (made.start is None) != (made.end is None):
        raise UsageError("words have a start and an end")
    if made.start is not None and made.end is not None:
        text = desk.ledger.text(rows[0].document.id)
        if not made.start < made.end <= len(text):
            raise UsageError(f"{made.start} to {made.end} are no words of the document")
    on = desk.today()
    judge(desk.ledger, rows, [
        Judgement(verdict=made.verdict, claims=tuple(r.id for r in rows), readings=tuple(r.reading for r in rows),
                  by=person.name, on=on, note=made.note or None, field=made.field,
                  value=(made.value or "") if made.field else None, start=made.start, end=made.end)
    ])  # fmt: skip
    return Kept([r.id for r in rows], person.name, on)


def make_claim(desk: Desk, made: ClaimMade, person: Person) -> Row:
    """Keeps a claim that the reader missed."""
    marks = tuple(Mark(m.field, m.start, m.end, m.value) for m in made.marks)
    added = Addition(document=made.document, marks=marks, country=made.country or None, stance=made.stance,
                     negated=made.negated)  # fmt: skip
    return add_claim(desk.ledger, added, person.name, desk.registers)


def make_signoff(desk: Desk, made: SignoffMade, person: Person) -> Kept:
    """Keeps that a document was read to the end."""
    on = desk.today()
    sign_off(desk.ledger, Signoff(document=made.document, by=person.name, on=on, note=made.note or None))
    return Kept([made.document], person.name, on)


def make_document(desk: Desk, made: DocumentMade, person: Person) -> ReadIn:
    """Reads a text into the ledger."""
    fields = {f: getattr(made, f) or None for f in ("title", "url", "ref", "publisher", "published", "language")}
    document = Document(text=made.text, published_basis="given" if made.published else None, **fields)
    if not made.text.strip():
        raise UsageError("the text is empty")
    return take_in(desk, Reader(desk.overlay, made.source or None), document)


def take_in(desk: Desk, reader: Reader, document: Document) -> ReadIn:
    """Reads one document into the ledger, unless it was read or forgotten before."""
    made = taking.take_in(desk.ledger, reader, document)
    if made.forgotten:
        raise UsageError("this text was forgotten: it is not read in again")
    return ReadIn(made.document.id, made.claims, made.unread, made.known)


def make_forgotten(desk: Desk, made: ForgetMade, person: Person) -> Removed:
    """Erases a document."""
    return forget(desk.ledger, made.document, (person.name, desk.today(), made.note or None))


def make_redacted(desk: Desk, made: RedactMade, person: Person) -> Removed:
    """Erases some words of a document."""
    said = (person.name, desk.today(), made.note or None)
    return redact(desk.ledger, made.document, (made.start, made.end), said, everywhere=made.everywhere)
