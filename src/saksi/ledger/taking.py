"""Reads one document into a ledger: what was read or forgotten before adds nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import sqlalchemy as sa

from saksi.intake.document import Document
from saksi.ledger import schema
from saksi.ledger.columns import Row, rows_of
from saksi.ledger.store import Ledger
from saksi.reading.read import Reading
from saksi.reading.reader import Reader


class TakenIn(msgspec.Struct, frozen=True):
    """A document in a ledger: how many claims and unread spans it brought; or that it was there, or is not wanted."""

    document: Document
    claims: int = 0
    unread: int = 0
    known: bool = False
    forgotten: bool = False

    @property
    def is_new(self) -> bool:
        """Whether the ledger has gained a document, or a newer reading of one."""
        return not (self.known or self.forgotten)


Show = Callable[[Reading, list[Row]], None]


def take_in(ledger: Ledger, reader: Reader, document: Document, show: Show | None = None) -> TakenIn:
    """Reads a document into a ledger, unless this reader has read it or somebody had it forgotten.

    What is new is shown before it is kept.
    """
    document = reader.prepared(document)
    if ledger.forgotten(document):
        return TakenIn(document, forgotten=True)
    if ledger.has(document, reader.version(document)) or tells_nothing_new(ledger, document):
        return TakenIn(document, known=True)
    reading = reader.read(document)
    rows = rows_of(reading, reader.actor_names(str(document.language)))
    if show is not None:
        show(reading, rows)
    if reader.overlay is not None:
        ledger.keep_vocabulary(reading.version, overlay_files(reader.overlay))
    added = ledger.add(reading.document, reading.version, rows, reading.unread)
    return TakenIn(reading.document, added, len(reading.unread))


def tells_nothing_new(ledger: Ledger, document: Document) -> bool:
    """Whether the ledger has another document of this very address and day that says every line of it.

    So an AMP copy is, or a page that was fetched again and has less around its story; it is not read again.
    """
    if document.url is None:
        return False
    d = schema.documents.c
    same = (d.url == document.url) & (d.id != document.id) & d.coded.is_(None)
    with ledger.engine.connect() as db:
        found = db.execute(sa.select(d.text, d.published).where(same)).all()
    lines = lines_in(document.text)
    return any(lines <= lines_in(text) for text, day in found if day == document.published)


def lines_in(text: str) -> set[str]:
    """The lines of a text, whatever white space stands between their words."""
    return {" ".join(line.split()) for line in text.splitlines() if line.strip()}


def overlay_files(folder: Path) -> dict[str, str]:
    """The files of a project's own registers, by path below their folder."""
    paths = sorted(folder.rglob("*.yml"))
    return {str(p.relative_to(folder)): p.read_text(encoding="utf-8") for p in paths}
