"""What a list of claims is asked for, and the same as SQL."""

from __future__ import annotations

from datetime import date

import msgspec
import sqlalchemy as sa

from saksi.ledger import schema
from saksi.ledger.backends import Backend
from saksi.ledger.grounds import GRADED, as_strong


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """Which claims to show; None asks for all. `words` are of the document, `sentence` of the claim's own."""

    kinds: tuple[str, ...] | None = None
    targets: tuple[str, ...] | None = None
    country: str | None = None
    actor: str | None = None
    speaker: str | None = None
    stance: str | None = None
    document: str | None = None
    words: str | None = None
    sentence: str | None = None
    first: date | None = None
    last: date | None = None
    grounds: str | None = None  # the weakest on which place, days and speaker may rest


def conditions(query: Query, backend: Backend) -> list[sa.ColumnElement[bool]]:
    """A query as SQL conditions. A claim whose period is unknown fits no day."""
    c = schema.claims.c
    few = query.document is not None or query.words is not None or query.sentence is not None
    found: list[sa.ColumnElement[bool]] = [schema.NEWEST_OF_FEW if few else c.newest]
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
    found += known_so_well(query.grounds) if query.grounds is not None else []
    if query.words is not None:
        matching = backend.matching(query.words)
        found.append(c.document_id.in_(matching.columns(sa.column("document", sa.Text))))
    if query.sentence is not None:
        found.append(c.number.in_(backend.saying(query.sentence).columns(sa.column("claim", sa.Integer))))
    return found


def known_so_well(ground: str) -> list[sa.ColumnElement[bool]]:
    """That place, days and speaker rest on a ground or a stronger one, where they are filled at all."""
    columns = (schema.claims.c[name] for name in GRADED)
    return [sa.or_(c.is_(None), c.in_(as_strong(ground))) for c in columns]
