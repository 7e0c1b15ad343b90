"""`saksi publish`: a folder of claims, and of what follows from them, that others can load, check and cite."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from saksi.errors import UsageError
from saksi.ledger import schema
from saksi.ledger.columns import DocumentCell, Row, json_schema
from saksi.ledger.judgements import Judgement, judgements
from saksi.ledger.removal import removals
from saksi.ledger.store import Ledger, chunks
from saksi.reconcile.refresh import identity_of
from saksi.reconcile.tallies import Tally
from saksi.registers.load import Registers
from saksi.releasing.alone import judged_of, unnamed
from saksi.releasing.choice import Asking, Credits
from saksi.releasing.chosen import rows_chosen
from saksi.releasing.codebook import codebook
from saksi.releasing.describing import citation, datapackage, method
from saksi.releasing.notes import Notes
from saksi.releasing.shapes.claims import COLUMNS, flat_lines
from saksi.releasing.told import told_of
from saksi.releasing.world import World
from saksi.releasing.writing import written
from saksi.version import __version__

MANIFEST = "manifest.json"
LAYOUT = 1  # of the folder; raised when its files or their meaning change
Files = dict[str, bytes]


class ReleasedDocument(msgspec.Struct, frozen=True):
    """A document of a release; its text only where it may be handed on."""

    id: str
    document: DocumentCell
    text: str | None = None


class Tombstone(msgspec.Struct, frozen=True):
    """What stays of something erased: the document, and whether all of it went."""

    document: str
    whole: bool
    on: str


class Manifest(msgspec.Struct, frozen=True):
    """What a release is made of and by; `files` are SHA-256 and bytes of every other file."""

    layout: int
    title: str
    version: str
    saksi: str
    registers: str
    reconciled_by: str
    readings: list[str]
    selection: dict[str, Any]
    texts: bool
    counts: dict[str, int]
    files: dict[str, tuple[str, int]]


def publish(ledger: Ledger, out: Path, asking: Asking, credits: Credits, registers: Registers) -> Manifest:
    """Makes a release in a new folder, all of it or nothing. Raises UsageError where the folder holds anything."""
    refuse_full(out)
    rows = [unnamed(row) for row in rows_chosen(ledger, asking, registers)]
    made = judged_of(judgements(ledger), rows)
    documents = documents_of(ledger, rows, everything=not asking.told(), texts=credits.texts)
    files, counts = data_files(rows, made, documents, tombstones(ledger, documents), (asking, registers))
    about = {
        "saksi": __version__, "registers": registers.identity(), "readings": readings_of(ledger, documents),
        "selection": asking.told(), "counts": counts,
    }  # fmt: skip
    version = digest(b"".join(digest(files[name]).encode() for name in sorted(files)))[:12]
    files["codebook.md"] = codebook(registers).encode()
    files["claim.schema.json"] = msgspec.json.format(msgspec.json.encode(json_schema()), indent=1) + b"\n"
    files["method.md"] = method(credits, about, rows)
    files["CITATION.cff"] = citation(credits, version)
    files["datapackage.json"] = datapackage(credits, version, sums(files))
    found: dict[str, Any] = {
        **about, "layout": LAYOUT, "reconciled_by": identity_of(registers), "title": credits.title,
        "version": version, "texts": credits.texts, "files": sums(files),
    }  # fmt: skip
    manifest = msgspec.convert(found, Manifest)
    files[MANIFEST] = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    put(out, files)
    return manifest


def data_files(
    rows: list[Row],
    made: list[Judgement],
    documents: list[ReleasedDocument],
    tombs: list[Tombstone],
    by: tuple[Asking, Registers],
) -> tuple[Files, dict[str, int]]:
    """The files of data, and how many records each sort has."""
    asking, registers = by
    told = told_of(rows, made, asking, registers)
    records: dict[str, Sequence[Any]] = {
        "claims": rows, "judgements": made, "documents": documents, "tombstones": tombs, "tallies": told.tallies,
        "incidents": told.incidents, "contradictions": told.contradictions,
    }  # fmt: skip
    files = {f"{name}.jsonl": lines(some) for name, some in records.items()}
    files["claims.csv"] = table(COLUMNS[: len(Row.__struct_fields__)], flat_lines(rows, World(registers), Notes()))
    files["tallies.csv"] = table(Tally.__struct_fields__, map(msgspec.structs.asdict, told.tallies))
    return files, {name: len(some) for name, some in records.items()}


def lines(records: Iterable[Any]) -> bytes:
    """Records as JSON, one a line."""
    return b"".join(msgspec.json.encode(each) + b"\n" for each in records)


def table(columns: tuple[str, ...], records: Iterable[dict[str, Any]]) -> bytes:
    """Records as a table."""
    stream = io.BytesIO()
    written(stream, columns, records, Notes(), ",")
    return stream.getvalue()


def documents_of(ledger: Ledger, rows: list[Row], *, everything: bool, texts: bool) -> list[ReleasedDocument]:
    """The documents of some claims, or all that the ledger holds, in its order; those forgotten are left out."""
    d = schema.documents.c
    wanted = [*(d[f] for f in DocumentCell.__struct_fields__), d.text, d.number]
    told = {row.document.id: row.document for row in rows}
    with ledger.engine.connect() as db:
        if everything:
            found = list(db.execute(sa.select(*wanted).where(d.text != "")).mappings())
        else:
            found = [
                m for some in chunks(told) for m in db.execute(sa.select(*wanted).where(d.id.in_(some))).mappings()
            ]
    released = []
    for cells in sorted(found, key=lambda m: m["number"]):
        own = msgspec.convert({f: cells[f] for f in DocumentCell.__struct_fields__}, DocumentCell)
        released.append(ReleasedDocument(own.id, told.get(own.id, own), cells["text"] if texts else None))
    return released


def tombstones(ledger: Ledger, documents: list[ReleasedDocument]) -> list[Tombstone]:
    """What was erased of these documents, and every document that was erased whole: by id, without who or why."""
    known = {each.id for each in documents}
    told = {
        Tombstone(r.document, r.start is None, r.on.isoformat()): None
        for r in removals(ledger)
        if r.start is None or r.document in known
    }
    return list(told)


def readings_of(ledger: Ledger, documents: list[ReleasedDocument]) -> list[str]:
    """The readers that the documents were last read by."""
    r = schema.readings.c
    found: set[str] = set()
    with ledger.engine.connect() as db:
        for some in chunks(each.id for each in documents):
            found |= set(db.execute(sa.select(r.reading).where(r.newest, r.document.in_(some))).scalars())
    return sorted(found)


def digest(content: bytes) -> str:
    """SHA-256."""
    return hashlib.sha256(content).hexdigest()


def sums(files: Files) -> dict[str, tuple[str, int]]:
    """Hash and bytes of every file, by name."""
    return {name: (digest(files[name]), len(files[name])) for name in sorted(files)}


def refuse_full(out: Path) -> None:
    """Refuses a folder that holds anything, and one that cannot be made."""
    if out.is_dir() and any(out.iterdir()):
        raise UsageError(f"{out} is not empty: name a new folder, --out {out.name}-2, or empty it")
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file: name a folder, --out {out.stem}")
    if not out.absolute().parent.is_dir():
        raise UsageError(f"{out.parent} is not a folder: make it first, or name another --out")


def put(out: Path, files: Files) -> None:
    """Writes all files beside the folder's place, then puts them there at once."""
    beside = out.absolute().with_name(f".{out.name}.{os.getpid()}.part")
    try:
        beside.mkdir()
        for name, content in files.items():
            (beside / name).write_bytes(content)
        if out.exists():
            out.rmdir()
        beside.rename(out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
