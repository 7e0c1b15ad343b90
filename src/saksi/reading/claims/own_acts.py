"""Who may be taken to tell of acts of their own: an army says "two convoys were struck", and means by itself.

Rescuers, monitors and ministries of health tell of other people's acts, whatever they leave out.
"""

from __future__ import annotations

from saksi.reading.claims.claim import Claim
from saksi.reading.clauses.doers import FIGHTING
from saksi.reading.values import ActorRef, Inferred, Value
from saksi.registers.load import Kind

SPEAKER_ACTS = "reading/draft:speaker-acts"


def speaks_of_own(party: Value[ActorRef], kind: Kind) -> bool:
    """Whether a party that names no doer tells of its own act: one that fights, or police of what police do."""
    of_police = party.value.kind == "police" and kind.policing
    return kind.own_act and (party.value.kind in FIGHTING or of_police)


def own_doers(party: Value[ActorRef] | None, kind: Kind) -> tuple[Inferred[ActorRef], ...]:
    """The party that speaks as the doer of its own act; none where it tells of another's."""
    return (speaker_acts(party),) if party is not None and speaks_of_own(party, kind) else ()


def speaker_acts(party: Value[ActorRef]) -> Inferred[ActorRef]:
    """The party that speaks as the one that did it."""
    return Inferred(party.value, "span" if party.span else "source", SPEAKER_ACTS, party.span)


def own_act(claim: Claim, kind: Kind) -> None:
    """Makes the party that speaks the doer of what only it can be, where no words name one."""
    if claim.actors and all(a.rule == SPEAKER_ACTS for a in claim.actors):
        claim.actors = own_doers(claim.speaker_org, kind)
