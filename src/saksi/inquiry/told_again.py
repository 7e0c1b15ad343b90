"""Who else carries a claim: the documents that tell it word for word, or nearly, or carry the same statement."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from saksi.ledger import derived, schema
from saksi.ledger.columns import Row
from saksi.ledger.store import Ledger, chunks

ONE = ("copy", "statement")  # what ties claims that are one telling


def told_again(ledger: Ledger, claim: str) -> list[Row]:
    """The other claims of one telling, as the ledger was last reconciled, in its order."""
    found, waiting = {claim}, {claim}
    while waiting:
        waiting = tied_to(ledger, waiting) - found
        found |= waiting
    return derived.rows_by_id(ledger, found - {claim})


def tied_to(ledger: Ledger, claims: set[str]) -> set[str]:
    """The claims that links tie to some as copies or as one statement."""
    k = schema.links.c
    tied: set[str] = set()
    with ledger.engine.connect() as db:
        for some in chunks(claims):
            for here, there in ((k.a, k.b), (k.b, k.a)):
                one = sa.select(there).where(here.in_(some), k.verdict == "same", k.by.in_(ONE))
                tied |= set(db.execute(one).scalars())
    return tied


def lines_of_copies(ledger: Ledger, claim: str) -> Iterator[str]:
    """What `saksi explain` says of them: nothing where there are none."""
    rows = told_again(ledger, claim)
    if rows:
        yield f"\nTold again in {len({r.document.id for r in rows})} other documents, and counted once:"
    for row in rows:
        about = row.document
        yield f"  {row.id}  {about.published or 'day not known'}  {about.publisher or about.title or about.id}"
