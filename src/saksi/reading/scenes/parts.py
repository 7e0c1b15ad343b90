"""Where and when parts are: with their whole, in its sentence or wherever on the page it was told."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from saksi.reading.claims.claim import Claim
from saksi.reading.claims.framing import is_less
from saksi.reading.scenes.days import DAYS
from saksi.reading.scenes.ground import carried
from saksi.reading.scenes.places import PLACE, country_of
from saksi.reading.values import Mention


def join_parts(claims: Sequence[Claim]) -> None:
    """Puts a part where its whole is, where no place of the part's own is told but a country.

    "3,431 Palestinians were injured, including 535 children": whatever is chosen for the one holds for the other. And
    "40 of these" are not where a figure told in between is that is too small to hold them.
    """
    at = {c.id: n for n, c in enumerate(claims)}
    left: dict[str, Hashable] = {}  # the country that a whole was put in before
    for n, claim in enumerate(claims):
        wholes = [at[r.claim] for r in claim.relations if r.type == "part_of" and r.claim in at]
        beside = next((claims[k] for k in wholes if claims[k].sentence == claim.sentence), None)
        if beside is not None:
            whole = beside if lies_with(claim, beside, left.get(beside.id)) else None
        else:
            whole = next((claims[k] for k in wholes if outgrows(claim, claims[k + 1 : n])), None)
            left[claim.id] = country_of(claim.places)
        if whole is not None and whole.places:
            claim.places = tuple(carried(p, claim, PLACE) for p in whole.places)


def join_told_of(claims: Sequence[Claim]) -> None:
    """Gives those of whom a sentence of its own tells who they were what befell those of whom they are."""
    by = {c.id: c for c in claims}
    for claim in claims:
        ties = (by[r.claim] for r in claim.relations if r.span is not None and r.claim in by)
        whole = next((c for c in ties if c.sentence != claim.sentence), None)
        if whole is not None:
            join_told(claim, whole)


def join_told(claim: Claim, whole: Claim) -> None:
    """Gives those of whom a sentence of its own tells who they were the place and days of what befell them.

    "The victims were two Peruvian women": they did not die in Peru.
    """
    claim.places = tuple(carried(p, claim, PLACE) for p in whole.places)
    claim.period = carried(whole.period, claim, DAYS) if whole.period is not None else None


def lies_with(part: Claim, whole: Claim, left: Hashable) -> bool:
    """Whether a part has no place of its own beside that of its whole, which may have `left` a country."""
    own = any(isinstance(p, Mention) and p.value.level != "country" for p in part.places)
    return not own and country_of(part.places) in ((), country_of(whole.places), left)


def outgrows(part: Claim, between: Sequence[Claim]) -> bool:
    """Whether a part was put where a figure told between its whole and itself is that is smaller than the part."""
    stated = any(p.span is not None and p.span.start >= part.sentence.start for p in part.places)
    lands = [c.places for c in between if c.kind.value == part.kind.value and is_less(c, part)]
    return not stated and any(land and country_of(land) == country_of(part.places) for land in lands)
