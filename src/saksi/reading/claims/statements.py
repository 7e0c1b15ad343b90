"""Claims of saying itself: a promise, a warning, a statement whose content holds no event of its own."""

from __future__ import annotations

from collections.abc import Callable

from saksi.reading.claims.claim import Claim, claim_id
from saksi.reading.claims.discourse import Places, Told
from saksi.reading.claims.draft import Drafter
from saksi.reading.claims.own_acts import speaker_acts
from saksi.reading.claims.speakers import Speaking
from saksi.reading.clauses.items import Item
from saksi.reading.values import Inferred, Mention, Period, Value
from saksi.reading.voices.attributions import Attribution

PLANS = "plans"


def draft_statements(
    drafter: Drafter, told: Told, claims: list[Claim], speaking_at: Callable[[int], Speaking]
) -> list[Claim]:
    """A `statement` for each saying of a sentence that left no other claim."""
    drafted = []
    for attribution in told.attributions:
        if attribution.fear or not attribution.speaks or (attribution.speaker is None and attribution.org is None):
            continue
        if any(c.anchor.start >= told.sentence.start and c.stance is not None for c in claims):
            continue
        drafted.append(statement(drafter, told, attribution, speaking_at(attribution.at)))
        break
    return drafted


def statement(drafter: Drafter, told: Told, attribution: Attribution, speaking: Speaking) -> Claim:
    """The claim that someone said something, planned where the words look ahead."""
    page = drafter.page
    ahead = future_word(told, attribution)
    anchor = page.span(ahead.i, ahead.j) if ahead else attribution.cue
    key = (anchor.start, anchor.end)
    ordinal = drafter.ordinals.get(key, 0)
    drafter.ordinals[key] = ordinal + 1
    stance: Value[str] = Inferred("asserts", "default", "reading/draft:own-acts")
    if ahead is not None:
        stance = Mention(anchor, PLANS, "language:future")
    elif attribution.stance:
        stance = Mention(attribution.cue, attribution.stance, attribution.rule)
    claim = Claim(
        id=claim_id(page.document.id, anchor, ordinal), anchor=anchor, ordinal=ordinal,
        sentence=page.at(told.sentence.start, told.sentence.end),
        kind=Mention(anchor, "statement", attribution.rule), stance=stance, scope="incident",
    )  # fmt: skip
    drafter.speak(claim, speaking, None)
    if claim.speaker_org is not None:
        claim.actors = (speaker_acts(claim.speaker_org),)
    claim.places = all_places(told)
    said = claim.said_on
    if said is not None:
        planned = stance.value == PLANS
        period = Period(said.value, None if planned else said.value, "after" if planned else "day")
        claim.period = Inferred(period, "span" if said.span else "published", "reading/draft:as-of-saying", said.span)
    return claim


def future_word(told: Told, attribution: Attribution) -> Item | None:
    """The word that makes the content a plan: a future word, or a verb of promising."""
    for item in told.items:
        if item.kind == "function" and item.name == "future":
            return item
    if attribution.stance == PLANS:
        return told.items[attribution.at]
    return None


def all_places(told: Told) -> Places:
    """Every place the sentence names as a place of events."""
    return tuple(p for phrase in told.phrases for p in phrase.places)
