"""A headline says in short what the body says in full: where, when and by whose word its figure was told.

What a proposal leaves open of a headline's figure is that of the body's telling; so are days that lie within its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from saksi.proposing.grounded import Grounded
from saksi.proposing.laid import Laid
from saksi.reading.claims.claim import Claim
from saksi.reading.claims.discourse import inferred
from saksi.reading.claims.retold import in_headline, within
from saksi.reading.values import Quantity

RULE = "reading/proposing:body"


def tell_titles(grounded: Sequence[Grounded], laid: Laid) -> None:
    """Gives each headline's figure what the body says of it."""
    body = [g for g in grounded if not in_headline(g.claim, laid.page)]
    for title in (g for g in grounded if in_headline(g.claim, laid.page)):
        told = next((g for g in body if tells(g.claim, title.claim)), None)
        if told is not None:
            tell(title, told)


def tells(body: Claim, title: Claim) -> bool:
    """Whether the body tells a headline's figure: the same kind, and the same number or one within it."""
    a, b = figure(body), figure(title)
    same = body.kind.value == title.kind.value and a is not None and b is not None
    return same and a is not None and b is not None and (a == b or within(a, b) or within(b, a))


def figure(claim: Claim) -> Quantity | None:
    """The number of a claim."""
    return claim.quantity.value if claim.quantity is not None else None


def tell(title: Grounded, body: Grounded) -> None:
    """Gives a headline's figure what it leaves open and the body says."""
    mine, theirs, given = title.claim, body.claim, set(title.given)
    if title.proposal.speaker is None and "speaker" in body.given and body.proposal.speaker is not None:
        for name in ("speaker", "speaker_org", "said_on"):
            value = getattr(theirs, name)
            setattr(mine, name, None if value is None else inferred(value, RULE))
        mine.carriers, mine.stance = theirs.carriers, theirs.stance
        given.add("speaker")
    if "place" in body.given and "place" not in given:
        mine.places = tuple(inferred(p, RULE) for p in theirs.places)
        given.add("place")
    if "days" in body.given and theirs.period is not None and ("days" not in given or inside(theirs, mine)):
        mine.period, mine.scope = inferred(theirs.period, RULE), theirs.scope
        given.add("days")
    title.given = frozenset(given)


def inside(body: Claim, title: Claim) -> bool:
    """Whether the days of the body lie within those of the headline."""
    a, b = (c.period.value if c.period is not None else None for c in (body, title))
    if a is None or b is None or a.start is None or a.end is None:
        return False
    return (b.start is None or b.start <= a.start) and (b.end is None or a.end <= b.end)
