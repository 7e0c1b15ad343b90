"""What bears on a question without a second reader's word: claims as the rules read them, and as people settled them.

A tally asked for grounds stronger than `proposed` is that of a ledger no model was ever asked for: fields that only it
filled are as the rules left them, its own claims are gone, and the links are made anew among what is left. What a
person accepted stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from saksi.ledger import schema
from saksi.ledger.columns import Row
from saksi.ledger.judgements import Judged, corrected_row, judged, judgements, standings
from saksi.ledger.made import CELLS, row_of_cells
from saksi.ledger.readers import as_ruled, vouched
from saksi.ledger.store import Ledger
from saksi.reconcile.assess import judged_links, standing
from saksi.reconcile.links import Link, links_of
from saksi.reconcile.terms import Naming, Term


def is_seconded(ledger: Ledger) -> bool:
    """Whether a second reader has read anything of a ledger."""
    c = schema.claims.c
    with ledger.engine.connect() as db:
        return db.execute(sa.select(c.number).where(c.newest, c.readers.is_not(None)).limit(1)).first() is not None


def ruled_terms(ledger: Ledger, naming: Naming, kinds: Iterable[str]) -> list[Term]:
    """The terms of some kinds without a second reader's word, in the ledger's order."""
    made = judgements(ledger)
    opinions, stands = judged(made), standings(made)
    wanted = frozenset(kinds)
    accepted = {id for id, state in stands.items() if state == "accepted"}
    rows = (ruled(row, opinions, accepted) for row in rows_of_kinds(ledger, wanted))
    return standing([row for row in rows if row is not None and row.kind in wanted], opinions, naming)


def ruled(row: Row, opinions: Judged, accepted: set[str]) -> Row | None:
    """A claim without a second reader's word, unless a person has accepted it."""
    corrections = opinions.corrected.get(row.id)
    stands = corrected_row(row, corrections) if corrections else row
    return vouched(stands) if row.id in accepted else as_ruled(stands)


def rows_of_kinds(ledger: Ledger, kinds: frozenset[str]) -> Iterator[Row]:
    """The newest claims of some kinds, and all that a second reader has read: the rules may read another kind there."""
    c = schema.claims.c
    where = c.newest & sa.or_(c.kind.in_(sorted(kinds)), c.readers.is_not(None))
    with ledger.engine.connect() as db:
        for cells in db.execute(sa.select(*CELLS).where(where).order_by(c.number)).mappings():
            yield row_of_cells(cells)


def ruled_links(ledger: Ledger, terms: list[Term], naming: Naming) -> list[Link]:
    """The links among some terms, made now and not kept."""
    return judged_links(links_of(terms, naming.registers), judged(judgements(ledger)), {t.id: t for t in terms})
