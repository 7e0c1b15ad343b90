"""The ledger: documents stored whole, claims added and never changed.

A document and its reading are one transaction: a crash loses at most the file in hand, and reading
the same document again with the same reader adds nothing. A newer reader's rows become the ones that
are shown; the older rows stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError

from saksi.errors import LedgerError
from saksi.intake.document import Document
from saksi.ledger import schema
from saksi.ledger.columns import Row, check_row
from saksi.reading.values import Unread


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """Which claims to show; None asks for all."""

    kinds: tuple[str, ...] | None = None
    targets: tuple[str, ...] | None = None
    country: str | None = None
    actor: str | None = None
    speaker: str | None = None
    stance: str | None = None
    document: str | None = None
    words: str | None = None
    first: date | None = None
    last: date | None = None


class Read(msgspec.Struct, frozen=True):
    """A document with what one reading told of it."""

    document: Document
    version: str
    rows: list[Row]
    unread: list[Unread] = []


MANY = 500  # ids in one statement; SQLite allows 32,766 since 3.32, older ones 999
CELLS = tuple(schema.claims.c[f] for f in Row.__struct_fields__)  # what a row is made of
OURS = ("number", "coded")  # columns of a document that are not its own


class Ledger:
    """A ledger of claims in an SQLite file."""

    def __init__(self, engine: sa.Engine, path: Path) -> None:
        self.engine = engine
        self.path = path

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True) -> Ledger:
        """Opens a ledger, making it first where `create` allows it.

        Raises LedgerError for a file that is no ledger, one of a newer version, or no permission.
        """
        path = Path(path)
        fresh = not path.exists()
        if fresh and not create:
            raise LedgerError(f"{path} does not exist. Read something into it: saksi read FILE --ledger {path}")
        if path.is_dir():
            raise LedgerError(f"{path} is a directory, not a ledger")
        ledger = cls(sa.create_engine(f"sqlite:///{path}"), path)
        sa.event.listen(ledger.engine, "connect", set_pragmas)
        ledger.prepare(fresh)
        return ledger

    def prepare(self, fresh: bool) -> None:
        """Makes the tables of a new ledger, or checks those of an old one."""
        try:
            with self.engine.begin() as db:
                if fresh or self.is_blank(db):
                    self.make(db)
                else:
                    self.check(db)
        except OperationalError as error:
            raise LedgerError(f"{self.path} cannot be opened: {error.orig}") from None
        except DatabaseError as error:
            raise LedgerError(f"{self.path} is not a ledger: {error.orig}") from None

    def is_blank(self, db: sa.Connection) -> bool:
        """Whether the file holds no table at all."""
        return not db.execute(sa.text("SELECT 1 FROM sqlite_master LIMIT 1")).first()

    def make(self, db: sa.Connection) -> None:
        """Makes all tables."""
        schema.metadata.create_all(db)
        db.execute(sa.text(schema.SEARCH))
        db.execute(sa.text(f"PRAGMA application_id = {schema.APPLICATION}"))
        db.execute(schema.meta.insert(), [{"key": "schema", "value": str(schema.VERSION)}])

    def check(self, db: sa.Connection) -> None:
        """Refuses what is no ledger, and a ledger that a newer Saksi made."""
        if db.execute(sa.text("PRAGMA application_id")).scalar() != schema.APPLICATION:
            raise LedgerError(f"{self.path} is not a Saksi ledger")
        version = db.execute(sa.select(schema.meta.c.value).where(schema.meta.c.key == "schema")).scalar()
        if int(version or 0) > schema.VERSION:
            raise LedgerError(
                f"{self.path} was made by a newer Saksi (tables {version}, known {schema.VERSION}): update Saksi"
            )
        if int(version or 0) < schema.VERSION:
            self.migrate(db, int(version or 0))

    def migrate(self, db: sa.Connection, version: int) -> None:
        """Brings the tables of an older ledger up to date; nothing in them is changed."""
        schema.metadata.create_all(db)
        for newer in range(version + 1, schema.VERSION + 1):
            for statement in schema.MIGRATIONS[newer]:
                db.execute(sa.text(statement))
        db.execute(schema.meta.update().where(schema.meta.c.key == "schema").values(value=str(schema.VERSION)))

    def has(self, document: Document, version: str) -> bool:
        """Whether this reader has read this document already."""
        where = (schema.readings.c.document == document.id) & (schema.readings.c.reading == version)
        with self.engine.connect() as db:
            return db.execute(sa.select(schema.readings.c.number).where(where)).first() is not None

    def add(self, document: Document, version: str, rows: list[Row], unread: list[Unread]) -> int:
        """Keeps a document with its reading, all or nothing; returns the number of claims added."""
        for row in rows:
            wrong = check_row(row, document.text)
            if wrong:
                raise LedgerError(wrong)
        try:
            with self.engine.begin() as db:
                return self.insert(db, [Read(document, version, rows, unread)])
        except OperationalError as error:
            raise LedgerError(
                f"{self.path} cannot be written: {error.orig}. Nothing of this document was kept"
            ) from None

    def add_coded(self, name: str, read: list[Read]) -> int:
        """Keeps rows coded elsewhere, all or none; returns how many claims are new.

        A document coded anew supersedes what was coded before under its reference.
        """
        documents, claims, readings = schema.documents.c, schema.claims, schema.readings
        with self.engine.begin() as db:
            found = db.execute(sa.select(documents.ref, documents.id).where(documents.coded == name)).all()
            before: dict[str, list[str]] = {}
            for ref, key in found:
                before.setdefault(ref, []).append(key)
            current = {r.document.id for r in read}
            old = [key for r in read for key in before.get(r.document.ref or "", ()) if key not in current]
            again = [r.document.id for r in read if r.document.id in before.get(r.document.ref or "", ())]
            for keys, newest in ((old, False), (again, True)):
                for some in chunks(keys):
                    db.execute(readings.update().where(readings.c.document.in_(some)).values(newest=newest))
                    db.execute(claims.update().where(claims.c.document_id.in_(some)).values(newest=newest))
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
        for some in chunks(r.document.id for r in fresh if r.document.id in known):
            db.execute(readings.update().where(readings.c.document.in_(some)).values(newest=False))
            db.execute(claims.update().where(claims.c.document_id.in_(some)).values(newest=False))
        new = [r.document for r in fresh if r.document.id not in known]
        search = sa.text("INSERT INTO search (document, title, text) VALUES (:d, :t, :x)")
        for statement, rows in (
            (documents.insert(), [{**document_cells(d), "coded": coded} for d in new]),
            (search, [{"d": d.id, "t": d.title or "", "x": d.text} for d in new]),
            (readings.insert(), [{"document": r.document.id, "reading": r.version, "newest": True} for r in fresh]),
            (claims.insert(), [cells_of(row, r.document.id) for r in fresh for row in r.rows]),
            (schema.claim_places.insert(), [place for r in fresh for row in r.rows for place in places_of(row)]),
            (schema.unread.insert(), [unread_cells(u, r.document.id, r.version) for r in fresh for u in r.unread]),
        ):
            if rows:
                db.execute(statement, rows)
        return sum(len(r.rows) for r in fresh)

    def keep_vocabulary(self, version: str, files: dict[str, str]) -> None:
        """Keeps a project's own register files with the reading they were used for."""
        table = schema.vocabularies
        with self.engine.begin() as db:
            known = set(db.execute(sa.select(table.c.path).where(table.c.reading == version)).scalars())
            fresh = [{"reading": version, "path": p, "content": c} for p, c in sorted(files.items()) if p not in known]
            if fresh:
                db.execute(table.insert(), fresh)

    def claims(self, query: Query | None = None) -> Iterator[Row]:
        """The newest claims that fit a query, by document, then by place in the text."""
        statement = sa.select(*CELLS)
        statement = statement.where(*conditions(query or Query())).order_by(schema.claims.c.number)
        with self.engine.connect() as db:
            for cells in db.execute(statement).mappings():
                yield row_of_cells(cells)

    def claim(self, claim: str) -> Row:
        """The newest row of one claim; the id may be shortened as long as one fits."""
        where = schema.claims.c.id.startswith(claim.removesuffix("…"), autoescape=True) & schema.claims.c.newest
        statement = sa.select(*CELLS).where(where)
        with self.engine.connect() as db:
            found = db.execute(statement).mappings().all()
        if len(found) != 1:
            some = "no claim has" if not found else f"{len(found)} claims have"
            raise LedgerError(f"{some} an id that begins with {claim!r}. List them: saksi claims --ledger {self.path}")
        return row_of_cells(found[0])

    def text(self, document: str) -> str:
        """The whole text of a document, checked against its hash."""
        statement = sa.select(schema.documents.c.text).where(schema.documents.c.id == document)
        with self.engine.connect() as db:
            text = db.execute(statement).scalar()
        if text is None:
            raise LedgerError(f"{self.path} has no document {document}")
        return str(text)

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


def set_pragmas(connection: Any, _: Any) -> None:
    """Waits for other writers, and writes ahead so that readers are not held up."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.close()


def cells_of(row: Row, document: str) -> dict[str, Any]:
    """A row as SQL values: nested columns as JSON text."""
    cells: dict[str, Any] = {"document_id": document, "newest": True}
    for field in Row.__struct_fields__:
        value = getattr(row, field)
        plain = value is None or isinstance(value, (str, int, bool, date))
        cells[field] = value if plain else msgspec.json.encode(value).decode()
    return cells


def row_of_cells(cells: Any) -> Row:
    """A row from its SQL values."""
    values: dict[str, Any] = {}
    for field in Row.__struct_fields__:
        column, value = schema.claims.c[field], cells[field]
        nested = isinstance(column.type, sa.Text) and isinstance(value, str) and value[:1] in "[{"
        values[field] = msgspec.json.decode(value) if nested and field not in PLAIN else value
    return msgspec.convert(values, Row)


PLAIN = frozenset(("unit", "target_text", "target_owner", "id", "reading", "kind"))


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


def conditions(query: Query) -> list[sa.ColumnElement[bool]]:
    """A query as SQL conditions. A claim whose period is unknown fits no day."""
    c = schema.claims.c
    found: list[sa.ColumnElement[bool]] = [c.newest]
    if query.kinds is not None:
        found.append(c.kind.in_(query.kinds))
    if query.targets is not None:
        found.append(c.target.in_(query.targets))
    for column, value in ((c.stance, query.stance), (c.document_id, query.document)):
        if value is not None:
            found.append(column == value)
    for column, value in ((c.actors, query.actor), (c.speaker_org, query.speaker)):
        if value is not None:
            found.append(column.contains(f'"id":"{value}"', autoescape=True))
    if query.country is not None:
        places = schema.claim_places.c
        where = (places.claim == c.id) & (places.reading == c.reading) & (places.country == query.country)
        found.append(sa.exists(sa.select(places.claim).where(where)))
    if query.first is not None:
        found.append(sa.func.coalesce(c.end, c.start) >= query.first)
    if query.last is not None:
        found.append(sa.func.coalesce(c.start, c.end) <= query.last)
    if query.words is not None:
        matching = sa.text("SELECT document FROM search WHERE search MATCH :words").bindparams(words=query.words)
        found.append(c.document_id.in_(matching.columns(sa.column("document", sa.Text))))
    return found
