"""Taking words out of a ledger for good: people are named in these texts, and some must be able to disappear.

`forget` erases a document: text, quotes, claims of every reading, search index, notes on its claims. `redact`
erases some words of it. What stays is a hash and a tombstone (who, when, why), so that the same text is not
read in again and the same words stay hidden in every later reading. Copies of the text are treated alike.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

import msgspec
import sqlalchemy as sa

from saksi.errors import LedgerError, UsageError
from saksi.ledger import derived, schema
from saksi.ledger.made import CELLS, row_of_cells
from saksi.ledger.masking import BLOCK, NAMED, hide, hide_words, masked_row
from saksi.ledger.store import CONTENTS, RISEN, Ledger, cells_of, chunks, places_of, raise_counter
from saksi.registers.places.folding import fold

Said = tuple[str, date, str | None]  # by whom, on what day, why


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """A tombstone: of a whole document where `start` is None. `digest` is the SHA-256 of what is gone."""

    document: str
    text_hash: str
    start: int | None = None
    end: int | None = None
    digest: str
    by: str
    on: date
    note: str | None = None


class Removed(msgspec.Struct, frozen=True):
    """What a removal did: its documents (copies of the text included), the claims touched, where the words still are.

    `elsewhere` are offsets (start, end) of the same words in the rest of the text; `taken_from` are files and
    snapshots, which still hold them.
    """

    documents: tuple[str, ...]
    claims: int
    elsewhere: tuple[tuple[int, int], ...] = ()
    taken_from: tuple[str, ...] = ()


def removals(ledger: Ledger, document: str | None = None) -> list[Removal]:
    """All tombstones, or those of a document, oldest first."""
    r = schema.removals
    statement = sa.select(*(r.c[f] for f in Removal.__struct_fields__)).order_by(r.c.number)
    if document is not None:
        statement = statement.where(r.c.document == document)
    with ledger.engine.connect() as db:
        return [
            msgspec.convert({str(c): v for c, v in row.items()}, Removal) for row in db.execute(statement).mappings()
        ]


def forget(ledger: Ledger, document: str, said: Said) -> Removed:
    """Erases a document and its copies; `said` is by whom, on what day, why. Raises LedgerError for an unknown one."""
    by, on, note = said
    with ledger.writing("Nothing was erased") as db:
        text_hash, text, documents = copies_of(db, ledger, document)
        claims, files = claims_of(db, documents), files_of(db, documents)
        let_go(db, claims)
        for some in chunks(documents):
            of = schema.claims.c.document_id.in_(some)
            db.execute(schema.claims.delete().where(of))
            db.execute(schema.unread.delete().where(schema.unread.c.document.in_(some)))
            db.execute(schema.refused.delete().where(schema.refused.c.document.in_(some)))
            db.execute(schema.signals.delete().where(schema.signals.c.document.in_(some)))
            blank = {"text": "", "title": None, "url": None, "ref": None, "taken_from": None}
            db.execute(schema.documents.update().where(schema.documents.c.id.in_(some)).values(**blank))
        for some in chunks(claims):
            db.execute(schema.claim_places.delete().where(schema.claim_places.c.claim.in_(some)))
        for id in documents:
            db.execute(sa.text("DELETE FROM search WHERE document = :d"), {"d": id})
        ledger.backend.index_anew(db)
        strip_notes(db, claims, ())
        tomb = [
            Removal(document=d, text_hash=text_hash, digest=digest(text), by=by, on=on, note=note) for d in documents
        ]
        db.execute(schema.removals.insert(), [msgspec.structs.asdict(t) for t in tomb])
        raise_counter(db, CONTENTS)
    ledger.backend.scrub(ledger.engine)
    return Removed(tuple(documents), len(claims), (), files)


def redact(
    ledger: Ledger,
    document: str,
    span: tuple[int, int],
    said: Said,
    *,
    everywhere: bool = False,
) -> Removed:
    """Erases the words between two offsets (code points, half open) of a document and its copies.

    `everywhere` takes all other places of the text where the same words stand along. Raises UsageError for
    offsets outside of the text or of white space only.
    """
    by, on, note = said
    with ledger.writing("Nothing was erased") as db:
        text_hash, text, documents = copies_of(db, ledger, document)
        words = words_at(text, span)
        others = [place for place in places_in(text, words) if place != span]
        spans = [span, *(others if everywhere else ())]
        claims, files = claims_of(db, documents), files_of(db, documents)
        let_go(db, claims)
        hidden = hide(text, spans)
        for id in documents:
            mask_document(db, id, hidden, words)
        ledger.backend.index_anew(db)
        strip_notes(db, claims, (words,))
        tomb = [
            Removal(document=d, text_hash=text_hash, start=a, end=b, digest=digest(words), by=by, on=on, note=note)
            for d in documents
            for a, b in spans
        ]
        db.execute(schema.removals.insert(), [msgspec.structs.asdict(t) for t in tomb])
        raise_counter(db, CONTENTS)
    ledger.backend.scrub(ledger.engine)
    return Removed(tuple(documents), len(claims), () if everywhere else tuple(others), files)


def copies_of(db: sa.Connection, ledger: Ledger, document: str) -> tuple[str, str, list[str]]:
    """The hash and text of a document, and the ids of all documents of that text."""
    d = schema.documents.c
    begins = d.id.startswith(document.removesuffix("…"), autoescape=True)
    found = db.execute(sa.select(d.text_hash, d.text).where(begins).order_by(d.number)).all()
    if len(found) != 1:
        some = "no document has" if not found else f"{len(found)} documents have"
        raise LedgerError(f"{some} an id that begins with {document!r} in {ledger.name}")
    text_hash, text = found[0]
    if not text:
        raise LedgerError(f"{document} was forgotten before")
    return text_hash, text, list(db.execute(sa.select(d.id).where(d.text_hash == text_hash).order_by(d.id)).scalars())


def files_of(db: sa.Connection, documents: Iterable[str]) -> tuple[str, ...]:
    """The files and snapshots that some documents were taken from."""
    d = schema.documents.c
    found = (db.execute(sa.select(d.taken_from).where(d.id.in_(some))).scalars() for some in chunks(documents))
    return tuple(sorted({name for names in found for name in names if name}))


def claims_of(db: sa.Connection, documents: Iterable[str]) -> list[str]:
    """The ids of the claims of some documents, in every reading."""
    c = schema.claims.c
    found: set[str] = set()
    for some in chunks(documents):
        found |= set(db.execute(sa.select(c.id).where(c.document_id.in_(some))).scalars())
    return sorted(found)


def let_go(db: sa.Connection, claims: list[str]) -> None:
    """Drops what was derived from some claims; what hung together with them is assessed again."""
    e, k, f = schema.extents, schema.links, schema.findings
    parts = derived.looked_up(db, e.c.component, e.c.claim, claims)
    derived.open_again(db, derived.looked_up(db, e.c.claim, e.c.component, parts))
    raise_counter(db, RISEN)  # the numbers of claims that are deleted may be given again
    for some in chunks(parts):
        db.execute(f.delete().where(f.c.component.in_(some)))
    for some in chunks(claims):
        db.execute(k.delete().where(k.c.a.in_(some) | k.c.b.in_(some)))
        db.execute(e.delete().where(e.c.claim.in_(some)))
    db.execute(schema.stories.delete())


def mask_document(db: sa.Connection, id: str, hidden: str, words: str) -> None:
    """Puts a masked text in place of a document's, and cuts the quotes of all its claims from it anew."""
    d, c, u, p = schema.documents, schema.claims, schema.unread, schema.claim_places
    found = db.execute(sa.select(*(d.c[k] for k in NAMED)).where(d.c.id == id)).mappings().one()
    named = {k: hide_words(v, [words]) if v else v for k, v in found.items()}
    db.execute(d.update().where(d.c.id == id).values(text=hidden, **named))
    db.execute(sa.text("UPDATE search SET title = :t, text = :x WHERE document = :d"),
               {"t": named["title"] or "", "x": hidden, "d": id})  # fmt: skip
    rows = db.execute(sa.select(c.c.number, c.c.newest, *CELLS).where(c.c.document_id == id)).mappings().all()
    for cells in rows:
        row = masked_row(row_of_cells(cells), hidden, [words])
        values = {**cells_of(row, id), "newest": cells["newest"]}
        db.execute(c.update().where(c.c.number == cells["number"]).values(**values))
        db.execute(p.delete().where((p.c.claim == row.id) & (p.c.reading == row.reading)))
        if places := places_of(row):
            db.execute(p.insert(), places)
    db.execute(schema.refused.delete().where(schema.refused.c.document == id))  # quotes of the text, for people only
    for start, end in db.execute(sa.select(u.c.start, u.c.end).where(u.c.document == id)).all():
        here = (u.c.document == id) & (u.c.start == start) & (u.c.end == end)
        db.execute(u.update().where(here).values(text=hidden[start:end]))


def strip_notes(db: sa.Connection, claims: list[str], words: tuple[str, ...]) -> None:
    """Takes words out of what people wrote about some claims, or names; without words, all they wrote of the claims."""
    j, gone = schema.judgements, set(claims)
    for number, named, note, value in db.execute(sa.select(j.c.number, j.c.claims, j.c.note, j.c.value)).all():
        of = msgspec.json.decode(named)
        if gone.isdisjoint(of) and (of or not words):
            continue
        kept = {"note": note, "value": value}
        if words and not of and value:
            kept = {"note": hide_words(note, words) if note else note, "value": names_without(value, words)}
        elif words:
            kept = {k: hide_words(v, words) if v else v for k, v in kept.items()}
        else:
            kept = {k: BLOCK if v else v for k, v in kept.items()}
        db.execute(j.update().where(j.c.number == number).values(**kept))


def names_without(value: str, words: tuple[str, ...]) -> str:
    """The names of speakers that somebody judged, without some words, which stand there in plain small letters."""
    hidden = [*words, *(fold(w) for w in words if fold(w))]
    names = msgspec.json.decode(value, type=list[str])
    return msgspec.json.encode([hide_words(name, hidden) for name in names]).decode()


def words_at(text: str, span: tuple[int, int]) -> str:
    """The words between two offsets."""
    start, end = span
    if not 0 <= start < end <= len(text):
        raise UsageError(f"{start} to {end} is not within the text, which has {len(text)} characters")
    words = text[start:end]
    if not words.strip(BLOCK + " \n\t"):
        raise UsageError(f"there is nothing to redact between {start} and {end}")
    return words


def places_in(text: str, words: str) -> list[tuple[int, int]]:
    """Where words stand in a text, in capitals or not, as offsets."""
    low, wanted, found, at = text.lower(), words.lower(), [], 0
    if len(low) != len(text):
        low, wanted = text, words
    while (at := low.find(wanted, at)) >= 0:
        found.append((at, at + len(wanted)))
        at += len(wanted)
    return found


def digest(words: str) -> str:
    """What stays of erased words: enough to recognise them, not to read them."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
