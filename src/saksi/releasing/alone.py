"""A ledger of a release's claims alone: what is told of them follows from the release, and can be checked from it.

It lies in a folder that is thrown away. Nothing is written to the ledger that the claims come from.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from saksi.ledger import schema
from saksi.ledger.columns import DocumentCell, Evidence, Row
from saksi.ledger.judgements import Judgement, cells_of, upheld
from saksi.ledger.store import CONTENTS, Ledger, places_of, raise_counter
from saksi.ledger.store import cells_of as claim_cells
from saksi.reconcile.speakers.said import plain

SOMEBODY = "a reviewer"  # in a release nobody who judged is named
BY_HAND = "person"  # the rule of a claim that somebody added; a ledger has the name after it


@contextmanager
def ledger_alone(rows: Sequence[Row], judgements: Sequence[Judgement]) -> Iterator[Ledger]:
    """A ledger of some claims and of what was judged of them."""
    with tempfile.TemporaryDirectory(prefix="saksi-") as folder:
        ledger = Ledger.open(Path(folder) / "release.db")
        documents = {row.document.id: row.document for row in rows}
        with ledger.writing() as db:
            if documents:
                db.execute(schema.documents.insert(), [{**cell(d), "text": ""} for d in documents.values()])
            claims = [claim_cells(row, row.document.id) for row in rows]
            ledger.insert_claims(db, claims, [place for row in rows for place in places_of(row)])
            if judgements:
                db.execute(schema.judgements.insert(), [cells_of(each) for each in judgements])
            raise_counter(db, CONTENTS)
        try:
            yield ledger
        finally:
            ledger.close()


def cell(document: DocumentCell) -> dict[str, object]:
    """A document's cell as SQL values."""
    return msgspec.structs.asdict(document)


def unnamed(row: Row) -> Row:
    """A claim without the name of who added it by hand."""
    if not any(e.rule.startswith(f"{BY_HAND}:") for e in row.evidence):
        return row
    return msgspec.structs.replace(row, evidence=[by_hand(e) for e in row.evidence])


def by_hand(entry: Evidence) -> Evidence:
    """An entry of evidence without a name in its rule."""
    return msgspec.structs.replace(entry, rule=BY_HAND) if entry.rule.startswith(f"{BY_HAND}:") else entry


def judged_of(made: list[Judgement], rows: Sequence[Row]) -> list[Judgement]:
    """What holds of the judgements on some claims and their speakers: without names of people, without their notes."""
    ids = {row.id for row in rows}
    names = {plain(p.text) for row in rows for p in (row.speaker, row.speaker_org, *row.carriers) if p is not None}
    kept = []
    for each in upheld(made):
        of_names = not each.claims and set(msgspec.json.decode(each.value or "[]", type=list[str])) <= names
        if of_names or (each.claims and ids.issuperset(each.claims)):
            kept.append(msgspec.structs.replace(each, by=SOMEBODY, note=None))
    return kept
