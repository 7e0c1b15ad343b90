"""One speaker, in one document, saying that one thing happened."""

from __future__ import annotations

from datetime import date

import msgspec

from saksi.intake.document import content_hash
from saksi.reading.values import (
    ActorRef,
    Carrier,
    Period,
    Place,
    Quantity,
    Span,
    SpeakerRef,
    Target,
    Value,
)

STANCES = ("reports", "asserts", "claims", "confirms", "denies", "estimates", "fears", "plans")


class Relation(msgspec.Struct, frozen=True, gc=False):
    """A tie to another claim of the same document; `claim` is its id."""

    type: str
    claim: str
    span: Span | None = None
    inferred: bool = False


class Claim(msgspec.Struct, kw_only=True, gc=False):
    """A claim as read. Each slot is a Mention, an Inferred or None: a bare value does not fit.

    `anchor` is the number's span, else the event word's; the id hashes it with the document's id,
    so that it says where the claim stands and outlives a better reader.
    """

    id: str
    anchor: Span
    ordinal: int
    sentence: Span
    kind: Value[str]
    counts: str | None = None
    quantity: Value[Quantity] | None = None
    unit: Span | None = None
    target: Value[Target] | None = None
    owner: Value[ActorRef] | None = None
    includes_perpetrators: bool | None = None
    actors: tuple[Value[ActorRef], ...] = ()
    places: tuple[Value[Place], ...] = ()
    period: Value[Period] | None = None
    speaker: Value[SpeakerRef] | None = None
    speaker_org: Value[ActorRef] | None = None
    said_on: Value[date] | None = None
    carriers: tuple[Value[Carrier], ...] = ()
    stance: Value[str] | None = None
    negated: bool = False
    scope: str | None = None
    complete: bool | None = None
    relations: tuple[Relation, ...] = ()


def claim_id(document_id: str, anchor: Span, ordinal: int) -> str:
    """`c_` and 12 hex digits that say where a claim stands."""
    return "c_" + content_hash([document_id, anchor.start, anchor.end, ordinal], 12)
