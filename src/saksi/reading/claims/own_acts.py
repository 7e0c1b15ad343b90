"""Who may be taken to tell of acts of their own: an army says "two convoys were struck", and means by itself.

Rescuers, monitors and ministries of health tell of other people's acts, whatever they leave out.
"""

from __future__ import annotations

from saksi.reading.claims.claim import Claim
from saksi.reading.clauses.doers import FIGHTING
from saksi.reading.values import ActorRef, Inferred, Value
from saksi.registers.load import Kind

SPEAKER_ACTS = "reading/draft:speaker-acts"


def speaks_of_own(party: Value[ActorRef] | None, kind: Kind) -> bool:
    """Whether a party that names no doer tells of its own act: one that fights, or police of what police do."""
    if party is None or not kind.own_act:
        return False
    return party.value.kind in FIGHTING or (party.value.kind == "police" and kind.policing)


def speaker_acts(party: Value[ActorRef]) -> Inferred[ActorRef]:
    """The party that speaks as the one that did it."""
    return Inferred(party.value, "span" if party.span else "source", SPEAKER_ACTS, party.span)


def own_act(claim: Claim, kind: Kind) -> None:
    """Makes the party that speaks the doer of what only it can be, where no words name one."""
    if any(a.rule != SPEAKER_ACTS for a in claim.actors):
        return
    party = claim.speaker_org
    acts = bool(claim.actors) and speaks_of_own(party, kind)
    claim.actors = (speaker_acts(party),) if acts and party is not None else ()
