"""The ledger: documents stored whole, claims added and never changed.

A document and its reading are one transaction: a crash loses at most the file in hand, and reading
the same document again with the same reader adds nothing. A newer reader's rows become the ones that
are shown; the older rows stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError

from saksi.errors import LedgerError, NotFoundError
from saksi.intake.document import Document
from saksi.ledger import schema
from saksi.ledger.backends import Backend, backend_of
from saksi.ledger.columns import Read, RefusedQuote, Row, check_row
from saksi.ledger.made import CELLS, row_of_cells, row_of_values
from saksi.ledger.masking import masked, masked_cells, masks
from saksi.ledger.query import Query, conditions
from saksi.reading.values import Unread

T = TypeVar("T")
CONTENTS = "contents"  # the counter of changes to documents and claims
RISEN = "risen"  # the counter of changes by which claims of old numbers may be new
MANY = 500  # ids in one statement; SQLite allows 32,766 since 3.32, older ones 999
OURS = ("number", "coded")  # columns of a document that are not its own


class Ledger:
    """A ledger of claims, in an SQLite file or a PostgreSQL database."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.name = backend.name
        self.engine = backend.engine()

    @classmethod
    def open(cls, address: str | Path, *, create: bool = True) -> Ledger:
        """Opens a ledger by its file or its address (postgresql://…), making it first where `create` allows it.

        Raises LedgerError for what is no ledger, one of a newer version, no permission, or no server.
        """
        backend = backend_of(address)
        if not create and not backend.is_there():
            raise LedgerError(f"{backend.name} does not exist. Read something into it: "
                              f"saksi read FILE --ledger {backend.name}")  # fmt: skip
        backend.is_there()
        ledger = cls(backend)
        try:
            ledger.prepare()
        except LedgerError:
            ledger.close()
            raise
        return ledger

    def close(self) -> None:
        """Gives back all connections; those that are used again are opened again."""
        self.engine.dispose()

    @contextmanager
    def writing(self, lost: str = "Nothing was kept", *, derived: bool = False) -> Iterator[sa.Connection]:
        """One change of the ledger, all or nothing; other writers wait, readers see it when it is whole.

        `derived` is for what is made from the claims and can be made anew. Raises LedgerError where the
        ledger cannot be written; `lost` says what that means.
        """
        try:
            with self.backend.changing(self.engine).connect() as db, db.begin():
                self.backend.hold(db)
                yield db
                if not derived:
                    raise_counter(db, "generation")
        except OperationalError as error:
            raise LedgerError(f"{self.name} cannot be written: {one_line(error)}. {lost}") from None

    def prepare(self) -> None:
        """Makes the tables of a new ledger, or checks those of an old one."""
        try:
            with self.engine.connect() as db:
                if self.backend.is_blank(db):
                    db.rollback()
                    self.make()
                else:
                    self.check(db)
        except OperationalError as error:
            raise LedgerError(f"{self.name} cannot be opened: {one_line(error)}") from None
        except DatabaseError as error:
            raise LedgerError(f"{self.name} is not a ledger: {one_line(error)}") from None
        except UnicodeDecodeError:  # of the line in which SQLite says what is wrong with its tables
            raise LedgerError(f"{self.name} is not a ledger: its tables are damaged") from None

    def make(self) -> None:
        """Makes all tables, unless another process has made them meanwhile."""
        with self.writing() as db:
            if self.backend.is_blank(db):
                schema.metadata.create_all(db)
                self.backend.make_search(db)
                db.execute(schema.meta.insert(), [{"key": "schema", "value": str(schema.VERSION)}])

    def check(self, db: sa.Connection) -> None:
        """Refuses a ledger that a newer Saksi made; brings the tables of an older one up to date."""
        version = db.execute(sa.select(schema.meta.c.value).where(schema.meta.c.key == "schema")).scalar()
        if int(version or 0) > schema.VERSION:
            raise LedgerError(
                f"{self.name} was made by a newer Saksi (tables {version}, known {schema.VERSION}): update Saksi"
            )
        if int(version or 0) < schema.VERSION:
            from saksi.ledger.migrations import migrate

            db.rollback()
            with self.writing() as changing:
                migrate(changing)

    def generation(self) -> int:
        """A number that every change of the ledger makes greater."""
        with self.engine.connect() as db:
            return counter(db, "generation")

    def forgotten(self, document: Document) -> bool:
        """Whether this text was forgotten: it is not to be read again, here or in a copy."""
        removals = schema.removals.c
        where = (removals.text_hash == document.text_hash) & removals.start.is_(None)
        with self.engine.connect() as db:
            return db.execute(sa.select(removals.number).where(where)).first() is not None

    def has(self, document: Document, version: str) -> bool:
        """Whether this reader has read this document already."""
        where = (schema.readings.c.document == document.id) & (schema.readings.c.reading == version)
        with self.engine.connect() as db:
            return db.execute(sa.select(schema.readings.c.number).where(where)).first() is not None

    def add(self, document: Document, version: str, rows: list[Row], unread: list[Unread]) -> int:
        """Keeps a document with its reading, all or nothing; returns the number of claims added."""
        return self.keep(Read(document, version, rows, unread))

    def keep(self, read: Read) -> int:
        """Keeps a document with one reading of it, all or nothing; returns the number of claims added."""
        for row in read.rows:
            wrong = check_row(row, read.document.text)
            if wrong:
                raise LedgerError(wrong)
        with self.writing("Nothing of this document was kept") as db:
            return self.insert(db, [read])

    def keep_all(self, reads: list[Read]) -> tuple[int, int]:
        """Keeps many documents with their readings, all or none, but for those forgotten; how many readings are new,
        and how many claims."""
        wanted = {(r.document.id, r.version): r for r in reads}
        for read in wanted.values():
            if wrong := next((w for row in read.rows if (w := check_row(row, read.document.text))), None):
                raise LedgerError(wrong)
        with self.writing("Nothing of these documents was kept") as db:
            gone = schema.removals.c
            forgotten = set(db.execute(sa.select(gone.text_hash).where(gone.start.is_(None))).scalars())
            kept = [r for r in wanted.values() if r.document.text_hash not in forgotten]
            before = db.execute(sa.select(sa.func.count()).select_from(schema.readings)).scalar_one()
            added = self.insert(db, kept)
            after = db.execute(sa.select(sa.func.count()).select_from(schema.readings)).scalar_one()
            return after - before, added

    def add_coded(self, name: str, read: list[Read]) -> int:
        """Keeps rows coded elsewhere, all or none; returns how many claims are new.

        A document coded anew supersedes what was coded before under its reference.
        """
        documents, claims, readings = schema.documents.c, schema.claims, schema.readings
        with self.writing() as db:
            found = db.execute(sa.select(documents.ref, documents.id).where(documents.coded == name)).all()
            before: dict[str, list[str]] = {}
            for ref, key in found:
                before.setdefault(ref, []).append(key)
            current = {r.document.id for r in read}
            old = [key for r in read for key in before.get(r.document.ref or "", ()) if key not in current]
            again = [r.document.id for r in read if r.document.id in before.get(r.document.ref or "", ())]
            if again:
                raise_counter(db, RISEN)
            for keys, newest in ((old, False), (again, True)):
                for some in chunks(keys):
                    db.execute(readings.update().where(readings.c.document.in_(some)).values(newest=newest))
                    read_before = claims.c.document_id.in_(some) & claims.c.added_by.is_(None)
                    db.execute(claims.update().where(read_before).values(newest=newest))
            return self.insert(db, read, name)

    def insert(self, db: sa.Connection, read: list[Read], coded: str | None = None) -> int:
        """Adds documents with their readings; what this reading has told before is left as it is."""
        readings, documents, claims = schema.readings, schema.documents, schema.claims
        ids = [r.document.id for r in read]
        done: set[tuple[str, str]] = set()
        known: set[str] = set()
        for some in chunks(ids):
            had = sa.select(readings.c.document, readings.c.reading).where(readings.c.document.in_(some))
            done |= {(document, reading) for document, reading in db.execute(had)}
            known |= set(db.execute(sa.select(documents.c.id).where(documents.c.id.in_(some))).scalars())
        fresh = [r for r in read if (r.document.id, r.version) not in done]
        raise_counter(db, CONTENTS)
        for some in chunks(r.document.id for r in fresh if r.document.id in known):
            db.execute(readings.update().where(readings.c.document.in_(some)).values(newest=False))
            read_before = claims.c.document_id.in_(some) & claims.c.added_by.is_(None)
            db.execute(claims.update().where(read_before).values(newest=False))
        hidden = masks(db, [r.document.text_hash for r in fresh])
        fresh = [masked(r, hidden[r.document.text_hash]) if r.document.text_hash in hidden else r for r in fresh]
        new = [
            masked_cells(document_cells(r.document), hidden.get(r.document.text_hash, ()))
            for r in fresh
            if r.document.id not in known
        ]
        search = sa.text("INSERT INTO search (document, title, text) VALUES (:d, :t, :x)")
        for statement, rows in (
            (documents.insert(), [{**d, "coded": coded} for d in new]),
            (search, [{"d": d["id"], "t": d["title"] or "", "x": d["text"]} for d in new]),
            (readings.insert(), [{"document": r.document.id, "reading": r.version, "newest": True} for r in fresh]),
            (
                readings.insert(),
                [
                    {"document": r.document.id, "reading": r.over, "newest": False}
                    for r in fresh
                    if r.over is not None and (r.document.id, r.over) not in done
                ],
            ),
            (schema.unread.insert(), [unread_cells(u, r.document.id, r.version) for r in fresh for u in r.unread]),
            (schema.refused.insert(), [refused_cells(q, r.document.id, r.version) for r in fresh for q in r.refused]),
        ):
            if rows:
                db.execute(statement, rows)
        return self.insert_claims(db, [cells_of(row, r.document.id) for r in fresh for row in r.rows],
                                  [place for r in fresh for row in r.rows for place in places_of(row)])  # fmt: skip

    def insert_claims(self, db: sa.Connection, cells: list[dict[str, Any]], places: list[dict[str, Any]]) -> int:
        """Adds claims with their places, findable by the words of their sentences; returns how many."""
        if cells:
            before = db.execute(sa.select(sa.func.max(schema.claims.c.number))).scalar() or 0
            db.execute(schema.claims.insert(), cells)
            self.backend.index_sentences(db, before)
        if places:
            db.execute(schema.claim_places.insert(), places)
        return len(cells)

    def keep_vocabulary(self, version: str, files: dict[str, str]) -> None:
        """Keeps a project's own register files with the reading they were used for."""
        table = schema.vocabularies
        with self.writing() as db:
            known = set(db.execute(sa.select(table.c.path).where(table.c.reading == version)).scalars())
            fresh = [{"reading": version, "path": p, "content": c} for p, c in sorted(files.items()) if p not in known]
            if fresh:
                db.execute(table.insert(), fresh)

    def claims(self, query: Query | None = None) -> Iterator[Row]:
        """The newest claims that fit a query, by document, then by place in the text."""
        number = schema.claims.c.number
        # only numbers are looked up: whole claims found by an index would have to be sorted back into their order
        every = query is None or query == Query()
        found = sa.select(number).where(*conditions(query or Query(), self.backend))
        statement = sa.select(*CELLS).where(schema.NEWEST_OF_FEW if every else number.in_(found)).order_by(number)
        with self.backend.changing(self.engine).connect() as db:  # a server hands out batches only in a transaction
            for some in db.execution_options(yield_per=MANY).execute(statement).partitions():
                yield from map(row_of_values, some)

    def claim(self, claim: str) -> Row:
        """The newest row of one claim; the id may be shortened as long as one fits."""
        where = schema.claims.c.id.startswith(claim.removesuffix("…"), autoescape=True) & schema.claims.c.newest
        statement = sa.select(*CELLS).where(where)
        with self.engine.connect() as db:
            found = db.execute(statement).mappings().all()
        if len(found) != 1:
            some = "no claim has" if not found else f"{len(found)} claims have"
            raise NotFoundError(
                f"{some} an id that begins with {claim!r}. List them: saksi claims --ledger {self.name}"
            )
        return row_of_cells(found[0])

    def text(self, document: str) -> str:
        """The whole text of a document, checked against its hash."""
        statement = sa.select(schema.documents.c.text).where(schema.documents.c.id == document)
        with self.engine.connect() as db:
            text = db.execute(statement).scalar()
        if text is None:
            raise NotFoundError(f"{self.name} has no document {document}")
        return str(text)

    def taken_from(self) -> list[str]:
        """The files and snapshots that the documents were taken from."""
        d = schema.documents.c.taken_from
        with self.engine.connect() as db:
            return list(db.execute(sa.select(d).where(d.is_not(None)).distinct().order_by(d)).scalars())

    def refusals(self, reader: str | None = None) -> list[dict[str, Any]]:
        """What second readers proposed, and the newest readings refused; of all, or of one reader."""
        r, newest = schema.refused, schema.readings.c
        there = newest.newest & (newest.document == r.c.document) & (newest.reading == r.c.reading)
        statement = sa.select(*(c for c in r.c if c.name not in ("number", "reading"))).where(
            sa.exists(sa.select(newest.number).where(there)), r.c.reader == reader if reader else sa.true()
        )
        with self.engine.connect() as db:
            return [dict(row) for row in db.execute(statement.order_by(r.c.number)).mappings()]

    def counts(self) -> dict[str, int]:
        """How many documents, newest claims and unread spans the ledger holds."""
        claims, unread, readings = schema.claims, schema.unread, schema.readings
        newest = sa.select(readings.c.reading).where(readings.c.newest, readings.c.document == unread.c.document)
        with self.engine.connect() as db:
            return {
                "documents": db.execute(sa.select(sa.func.count()).select_from(schema.documents)).scalar_one(),
                "claims": db.execute(sa.select(sa.func.count()).where(claims.c.newest)).scalar_one(),
                "unread": db.execute(
                    sa.select(sa.func.count()).select_from(unread).where(unread.c.reading.in_(newest))
                ).scalar_one(),
            }


def chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    """Ids in sorted lists short enough for a statement."""
    some = sorted(set(ids))
    for n in range(0, len(some), MANY):
        yield some[n : n + MANY]


def document_cells(document: Document) -> dict[str, Any]:
    """A document as SQL values."""
    return {c.name: getattr(document, c.name) for c in schema.documents.c if c.name not in OURS}


def raise_counter(db: sa.Connection, key: str) -> int:
    """Makes one of the ledger's counters greater by one, and returns it."""
    value = counter(db, key) + 1
    meta = schema.meta
    if not db.execute(meta.update().where(meta.c.key == key).values(value=str(value))).rowcount:
        db.execute(meta.insert(), [{"key": key, "value": str(value)}])
    return value


def counter(db: sa.Connection, key: str) -> int:
    """One of the ledger's counters."""
    return int(db.execute(sa.select(schema.meta.c.value).where(schema.meta.c.key == key)).scalar() or 0)


def records(ledger: Ledger, statement: sa.Select[Any], type: type[T]) -> list[T]:
    """The rows that a statement selects, as records."""
    with ledger.engine.connect() as db:
        rows = db.execute(statement).mappings().all()
    return [msgspec.convert({str(name): value for name, value in row.items()}, type) for row in rows]


def one_line(error: DatabaseError) -> str:
    """What a database says went wrong, in one line."""
    return " ".join(str(error.orig).split())


def cells_of(row: Row, document: str) -> dict[str, Any]:
    """A row as SQL values: nested columns as JSON text."""
    cells: dict[str, Any] = {"document_id": document, "newest": True}
    for field in Row.__struct_fields__:
        value = getattr(row, field)
        plain = value is None or isinstance(value, (str, int, bool, date))
        cells[field] = value if plain else msgspec.json.encode(value).decode()
    return cells


def places_of(row: Row) -> list[dict[str, Any]]:
    """The rows that let claims be found by place."""
    return [
        {
            "claim": row.id,
            "reading": row.reading,
            "country": p.country,
            "geonames_id": p.geonames_id,
            "name": p.name,
        }
        for p in row.places
    ]


def unread_cells(unread: Unread, document: str, version: str) -> dict[str, Any]:
    """An unread span as SQL values."""
    span = unread.span
    return {
        "document": document, "reading": version, "start": span.start, "end": span.end,
        "text": span.text, "layer": unread.layer, "reason": unread.reason,
    }  # fmt: skip


def refused_cells(refused: RefusedQuote, document: str, version: str) -> dict[str, Any]:
    """A refused quote as SQL values."""
    return {"document": document, "reading": version, **msgspec.structs.asdict(refused)}
