"""The folder of a batch's results: for each unit a Parquet file of claims, one of documents, and what was set aside.

```
claims/manifest.json              what is read and how
claims/claims/00012.parquet       a row a claim: the columns of the codebook, nested ones as JSON text
claims/documents/00012.parquet    a row a document: its text, what is known of it, its reading, its unread spans
claims/aside/00012.jsonl          what was set aside, each with its reason
claims/done/00012.json            written last: the unit is whole
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from saksi.batch.tables import Table, Types, groups
from saksi.batch.unit import Aside, Done
from saksi.errors import UsageError
from saksi.intake.document import Document
from saksi.ledger.columns import Read, Row
from saksi.ledger.made import row_of_cells
from saksi.ledger.schema import claims as claims_table
from saksi.ledger.store import cells_of
from saksi.reading.values import Unread
from saksi.written import write_whole


class Manifest(msgspec.Struct, frozen=True):
    """What a batch reads and how."""

    identity: str
    units: int
    saksi: str


class Count(msgspec.Struct):
    """What a unit came to, in numbers."""

    documents: int = 0
    claims: int = 0
    aside: int = 0
    passed_over: dict[str, int] = {}


class Parts:
    """A folder of results."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, manifest: Manifest, *, resume: bool) -> None:
        """Makes the folder ready. Raises UsageError where it holds a batch that is not to go on, or another one."""
        path = self.folder / "manifest.json"
        if path.exists():
            if not resume:
                raise UsageError(f"{self.folder} holds a batch already: go on with --resume, or name another folder")
            if msgspec.json.decode(path.read_bytes(), type=Manifest) != manifest:
                raise UsageError(f"{self.folder} holds a batch of other files or options: name another folder")
            return
        if self.folder.exists() and any(self.folder.iterdir()):
            raise UsageError(f"{self.folder} is not empty, and holds no batch: name another folder")
        for name in ("claims", "documents", "aside", "done"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        write_whole(path, msgspec.json.encode(manifest))

    def done(self) -> dict[int, Count]:
        """The units that are whole, with what they came to."""
        paths = sorted((self.folder / "done").glob("*.json"))
        return {int(p.stem): msgspec.json.decode(p.read_bytes(), type=Count) for p in paths}

    def keep(self, number: int, some: Iterable[Done]) -> Count:
        """Keeps what a unit comes to, some documents at a time; that it is whole is written last."""
        claims = Table(self.path("claims", number), claim_types())
        documents = Table(self.path("documents", number), document_types())
        count, aside = Count(passed_over={}), b""
        for done in some:
            cells = [cells_of(row, read.document.id) for read in done.reads for row in read.rows]
            claims.add(cells)
            documents.add([document_cells(read) for read in done.reads])
            aside += b"".join(msgspec.json.encode(a) + b"\n" for a in done.aside)
            count.documents += len(done.reads)
            count.claims += len(cells)
            count.aside += len(done.aside)
            count.passed_over.update(done.passed_over)
        claims.close()
        documents.close()
        write_whole(self.path("aside", number), aside)
        write_whole(self.path("done", number), msgspec.json.encode(count))
        return count

    def path(self, kind: str, number: int) -> Path:
        """The file of a unit."""
        suffix = {"aside": "jsonl", "done": "json"}.get(kind, "parquet")
        return self.folder / kind / f"{number:05}.{suffix}"

    def aside(self) -> Iterator[Aside]:
        """What was set aside, in order."""
        for number in self.done():
            for line in self.path("aside", number).read_bytes().splitlines():
                yield msgspec.json.decode(line, type=Aside)

    def reads(self) -> Iterator[list[Read]]:
        """What was read, some documents at a time, as the ledger takes it."""
        if not (self.folder / "manifest.json").exists():
            raise UsageError(f"{self.folder} holds no batch: saksi batch FILES --out {self.folder} makes one")
        for number in self.done():
            both = zip(groups(self.path("claims", number)), groups(self.path("documents", number)), strict=True)
            for claims, documents in both:
                yield reads_of(claims, documents)


def reads_of(claims: list[dict[str, Any]], documents: list[dict[str, Any]]) -> list[Read]:
    """Some documents with what was read of them, from their rows."""
    rows: dict[str, list[Row]] = {}
    for cells in claims:
        rows.setdefault(cells["document_id"], []).append(row_of_cells(cells))
    found = []
    for cells in documents:
        unread = msgspec.json.decode(cells["unread"], type=list[Unread])
        document = Document(**{f: cells[f] for f in Document.__struct_fields__})
        found.append(Read(document, cells["reading"], rows.get(document.id, []), unread))
    return found


def document_cells(read: Read) -> dict[str, Any]:
    """A document's row."""
    told = {"id": read.document.id, "reading": read.version, "unread": msgspec.json.encode(read.unread).decode()}
    return {**told, **msgspec.structs.asdict(read.document)}


def document_types() -> Types:
    """The columns of documents with their types."""
    hints = get_type_hints(Document)
    types = {name: "date" if hints[name] == date | None else "text" for name in Document.__struct_fields__}
    return {"id": "text", "reading": "text", "unread": "text", **types}


def claim_types() -> Types:
    """The columns of claims with their types, as the ledger has them."""
    names = {"BIGINT": "whole", "BOOLEAN": "truth", "DATE": "date"}
    types = {f: names.get(str(claims_table.c[f].type), "text") for f in Row.__struct_fields__}
    return {"document_id": "text", **types}
