"""Who quoted words name as the one who says it: a source that the page lets speak, a known party, else the words."""

from __future__ import annotations

from typing import Any

from saksi.proposing.laid import Laid
from saksi.proposing.quotes import Range
from saksi.proposing.words import Refused
from saksi.reading.claims.claim import Claim
from saksi.reading.claims.draft import stance_of
from saksi.reading.claims.own_acts import own_act
from saksi.reading.claims.speakers import Speaking
from saksi.reading.mentions.actors import ActorMention
from saksi.reading.scenes.voices import OWN_STANCES, elsewhere
from saksi.reading.values import Inferred, Mention, Span, SpeakerRef, Value
from saksi.registers.load import Kind

WHOLE = 2 / 3  # of the words must be a source of the page to be no more than it
LONGEST = 40  # tokens of a name with its role and office
VOICE = "reading/proposing:voice"


def voice_of(laid: Laid, words: Range) -> Speaking | Refused:
    """Who speaks by some words: as the page's own saying has it where the words are its source."""
    i, j = laid.tokens(words)
    if not any(laid.page.norms[k][0].isalpha() for k in range(i, j)) or j - i > LONGEST:
        return Refused("the words name nobody")
    inside = laid.found.dated() | {k for n in laid.found.counted() for k in n} | laid.page.functions.keys()
    if all(k in inside or not laid.page.norms[k][0].isalpha() for k in range(i, j)):
        return Refused("the words are a time or a number and name nobody")
    made = [(a, s) for a, s in laid.speakers.made if a.source is not None and overlap(a.source, words)]
    if made:
        attribution, best = max(made, key=lambda each: shared(each[0].source, words))
        whole = shared(attribution.source, words) >= WHOLE * (words[1] - words[0])
        if whole and names(best, words):
            return best
    span = Span(words[0], words[1], laid.at(words))
    actor = named_in(laid, i, j)
    org = Mention(laid.page.span(actor.i, actor.j), actor.actor, actor.rule) if actor is not None else None
    own = actor.actor.id if actor is not None and actor.j - actor.i == j - i else None
    return Speaking(Mention(span, SpeakerRef(own, span.text), VOICE), org)


def names(speaking: Speaking, words: Range) -> bool:
    """Whether who speaks is named by some words, or is known by others and named by none: "he", "the statement"."""
    told = [v.span for v in (speaking.speaker, speaking.org) if v is not None]
    return bool(told) and any(span is None or overlap(span, words) for span in told)


def named_in(laid: Laid, i: int, j: int) -> ActorMention | None:
    """The party that stands in tokens [i, j), one of the register first."""
    here = [a for a in laid.found.actors.values() if a.i < j and i < a.j]
    return next((a for a in here if a.actor.id is not None), here[0] if here else None)


def overlap(span: Span, words: Range) -> bool:
    """Whether a span and a range share a character."""
    return span.start < words[1] and words[0] < span.end


def shared(span: Span | None, words: Range) -> int:
    """How many characters a span and a range share."""
    return 0 if span is None else min(span.end, words[1]) - max(span.start, words[0])


def is_issuer(laid: Laid, voice: Value[Any] | None) -> bool:
    """Whether who speaks is whose the whole text is: its publisher, or whom its heading announces ("Statement by")."""
    if not isinstance(voice, Inferred):
        return False
    announced = [laid.page.span(who.i, who.j) for who in laid.scenes.ground.announced]
    return voice.basis == "publisher" or (voice.span is not None and voice.span in announced)


def speak(claim: Claim, speaking: Speaking, kind: Kind) -> None:
    """Lets somebody say a claim; what its own words make of it (a plan, a fear, a denial) stays."""
    voice = speaking.speaker or speaking.org
    here = voice is not None and voice.span is not None
    here = here and claim.sentence.start <= voice.span.start < claim.sentence.end  # type: ignore[union-attr]
    said = speaking if here or voice is None else elsewhere(speaking)
    claim.speaker, claim.speaker_org, claim.said_on = said.speaker, said.org, said.said_on
    claim.carriers = tuple(said.attribution.carriers) if said.attribution is not None else ()
    own_act(claim, kind)
    denied = claim.stance is not None and claim.stance.value == "denies"
    if claim.stance is None or not (claim.stance.rule in OWN_STANCES or denied):
        claim.stance = stance_of(claim, said)
