"""`saksi verify`: whether a release is what it was, says what its words say, and follows from its own claims."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from hashlib import sha256

from saksi.errors import NotFoundError, ReleaseError
from saksi.ledger.cells import row_of_cells
from saksi.ledger.columns import Row, check_row
from saksi.ledger.store import Ledger
from saksi.reconcile.refresh import identity_of
from saksi.registers.load import Registers
from saksi.releasing.opened import Release
from saksi.releasing.release import data_files

DERIVED = ("tallies.jsonl", "tallies.csv", "incidents.jsonl", "contradictions.jsonl")


def failures(release: Release, registers: Registers, ledger: Ledger | None = None) -> Iterator[str]:
    """Every failure of a release, in a line each; with a ledger, words are held against its texts too."""
    yield from release.changed()
    checks: tuple[Callable[[], Iterator[str]], ...] = (
        lambda: counted(release),
        lambda: tabled(release),
        lambda: worded(release, ledger),
        lambda: followed(release, registers),
    )
    told: set[str] = set()
    for check in checks:
        try:
            yield from check()
        except ReleaseError as error:
            if str(error) not in told:
                yield str(error)
            told.add(str(error))


def not_checked(release: Release, registers: Registers, ledger: Ledger | None) -> Iterator[str]:
    """What could not be held against anything, and why."""
    if not release.manifest.texts and ledger is None:
        yield "offsets are held against the sentences: the texts are not in it (--ledger of those who have them)"
    if not is_ours(release, registers):
        told = release.manifest.reconciled_by
        yield f"nothing is reckoned anew: it was reconciled by {told!r}, this is {identity_of(registers)!r}"


def is_ours(release: Release, registers: Registers) -> bool:
    """Whether this Saksi with these registers made it, so that the same claims must give the same tallies."""
    return release.manifest.reconciled_by == identity_of(registers)


def counted(release: Release) -> Iterator[str]:
    """Whether each file has as many records as the manifest says, each of its claims once."""
    found = {"claims": len(release.claims()), "judgements": len(release.judgements()),
             "documents": len(release.documents()), "tombstones": len(release.tombstones()),
             "tallies": len(release.tallies())}  # fmt: skip
    for name, many in found.items():
        if many != release.manifest.counts.get(name):
            yield f"{name}.jsonl: {many} records, the manifest says {release.manifest.counts.get(name)}"
    seen: set[str] = set()
    for row in release.claims():
        if row.id in seen:
            yield f"claims.jsonl: claim {row.id} stands there twice"
        seen.add(row.id)


def tabled(release: Release) -> Iterator[str]:
    """Whether the table of claims says what the lines say."""
    try:
        text = (release.folder / "claims.csv").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise ReleaseError("claims.csv: cannot be read") from None
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # a sentence may be as long as a document
    lines = csv.DictReader(io.StringIO(text, newline=""))
    rows = release.claims()
    for n, cells in enumerate(lines):
        try:
            row = row_of_cells(cells)
        except ValueError as error:
            yield f"claims.csv: claim {cells.get('id')}: {error}"
            continue
        if n >= len(rows) or row != rows[n]:
            yield f"claims.csv: claim {row.id} is not as in claims.jsonl"


def worded(release: Release, ledger: Ledger | None) -> Iterator[str]:
    """Whether every value stands where its claim says: in the text where it is known, else in the sentence."""
    documents = {each.id: each for each in release.documents()}
    redacted = {each.document for each in release.tombstones()}
    texts: dict[str, str | None] = {}
    for id, each in documents.items():
        texts[id] = each.text if each.text is not None or ledger is None else text_in(ledger, id)
        text = each.text
        if text is not None and id not in redacted and sha256(encoded(text)).hexdigest() != each.document.text_hash:
            yield f"documents.jsonl: the text of {id} has another SHA-256 than it says"
    for row in release.claims():
        if row.document.id not in documents:
            yield f"documents.jsonl: {row.document.id}, of claim {row.id}, is missing"
            continue
        text = texts[row.document.id]
        wrong = check_row(row, text) if text else within_sentence(row)
        if wrong is not None:
            yield f"claims.jsonl: {wrong}"


def text_in(ledger: Ledger, document: str) -> str | None:
    """The text of a document in a ledger that has it."""
    try:
        return ledger.text(document)
    except NotFoundError:
        return None


def encoded(text: str) -> bytes:
    """A text as it is hashed."""
    return text.encode("utf-8", "surrogatepass")


def within_sentence(row: Row) -> str | None:
    """What is wrong with the offsets of a claim against its own sentence."""
    begin, end = row.sentence.start, row.sentence.end
    if len(row.sentence.text) != end - begin:
        return f"claim {row.id}: its sentence is not as long as from {begin} to {end}"
    for entry in row.evidence:
        if entry.start is None or entry.end is None:
            continue
        if len(entry.text or "") != entry.end - entry.start:
            return f"claim {row.id}: {entry.field} is not as long as from {entry.start} to {entry.end}"
        inside = begin <= entry.start and entry.end <= end
        if inside and row.sentence.text[entry.start - begin : entry.end - begin] != entry.text:
            return f"claim {row.id}: {entry.field} is not at {entry.start}-{entry.end}"
    return None


def followed(release: Release, registers: Registers) -> Iterator[str]:
    """Whether tallies, incidents and contradictions are those that the claims and judgements give."""
    if not is_ours(release, registers):
        return
    by = (release.asking, registers)
    files, _ = data_files(release.claims(), release.judgements(), [], [], by)
    for name in DERIVED:
        path = release.folder / name
        if not path.is_file():
            continue
        here, anew = path.read_bytes().splitlines(), files[name].splitlines()
        if here != anew:
            n = next((n for n, (a, b) in enumerate(zip(here, anew, strict=False)) if a != b), min(len(here), len(anew)))
            yield f"{name}:{n + 1}: is not what the claims of the release give"
