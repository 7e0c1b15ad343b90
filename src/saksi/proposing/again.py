"""What a page tells of a figure below holds for its headline: by whose word, where, when.

Nobody is named for many a figure of a headline, since a later sentence gives its source. A headline also takes place
and days from the body, where it leaves them open or says them more widely. In the body a proposal without a speaker
says that the outlet itself tells the figure, whoever tells it elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from saksi.proposing.grounded import Grounded
from saksi.proposing.laid import Laid
from saksi.reading.claims.claim import Claim
from saksi.reading.claims.discourse import holds, inferred
from saksi.reading.claims.retold import in_headline, within
from saksi.reading.values import Quantity

RULE = "reading/proposing:again"


def tell_again(grounded: Sequence[Grounded], laid: Laid) -> None:
    """Gives each figure of a headline what the page says of it below and the proposal leaves open."""
    body = [g for g in grounded if not in_headline(g.claim, laid.page)]
    for title in (g for g in grounded if in_headline(g.claim, laid.page)):
        told = [g for g in body if tells(g.claim, title.claim)]
        if told:
            tell(title, told[0], laid)


def say(claim: Claim, again: Claim) -> None:
    """Lets those say a claim who say it elsewhere."""
    for name in ("speaker", "speaker_org", "said_on"):
        value = getattr(again, name)
        setattr(claim, name, None if value is None else inferred(value, RULE))
    claim.carriers, claim.stance = again.carriers, again.stance


def tells(body: Claim, title: Claim) -> bool:
    """Whether the body tells a headline's figure: the same kind, and the same number or one within a soft one."""
    a, b = figure(body), figure(title)
    if body.kind.value != title.kind.value or a is None or b is None:
        return False
    return is_one(b, a) or (b.vague and within(a, b)) or (a.vague and within(b, a))


def figure(claim: Claim) -> Quantity | None:
    """The number of a claim."""
    return claim.quantity.value if claim.quantity is not None else None


def tell(title: Grounded, body: Grounded, laid: Laid) -> None:
    """Gives a headline's figure what it leaves open or says more widely and the body says."""
    mine, theirs, given = title.claim, body.claim, set(title.given)
    silent = mine.speaker is None and mine.speaker_org is None
    a, b = figure(mine), figure(theirs)
    if silent and body.proposal.speaker is not None and a is not None and b is not None and is_one(a, b):
        say(mine, theirs)
    if "place" in body.given and ("place" not in given or lies_wider(mine, theirs, laid)):
        mine.places = tuple(inferred(p, RULE) for p in theirs.places)
        given.add("place")
    if "days" in body.given and theirs.period is not None and ("days" not in given or inside(theirs, mine)):
        mine.period, mine.scope = inferred(theirs.period, RULE), theirs.scope
        given.add("days")
    title.given = frozenset(given)


def is_one(title: Quantity, body: Quantity) -> bool:
    """Whether a headline's figure is the body's, or drops the words before it: "80" for "more than 80"."""
    if title == body:
        return True
    soft = title.vague or body.vague or title.low is None or body.low is None
    return not soft and 0 <= (body.low or 0) - (title.low or 0) <= (body.high is None)


def lies_wider(title: Claim, body: Claim, laid: Laid) -> bool:
    """Whether the one place of a headline's figure holds the one of the body's: a province and its town."""
    if len(title.places) != 1 or len(body.places) != 1:
        return False
    return holds(laid.page, title.places[0].value, body.places[0].value)


def inside(body: Claim, title: Claim) -> bool:
    """Whether the days of the body lie within those of the headline."""
    a, b = (c.period.value if c.period is not None else None for c in (body, title))
    if a is None or b is None or a.start is None or a.end is None:
        return False
    return (b.start is None or b.start <= a.start) and (b.end is None or a.end <= b.end)
