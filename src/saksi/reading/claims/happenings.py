"""Whether a figure is of one happening, of the day's news, or of more: by its nouns, its place and its verb.

"In a bombing", "the attack", "in Kabul": such a figure is no running total, even told in the present perfect.
"""

from __future__ import annotations

from saksi.reading.claims.beginnings import struggle_at, words_of
from saksi.reading.claims.claim import Claim
from saksi.reading.claims.discourse import FINE, Told
from saksi.reading.clauses.items import Item
from saksi.reading.pages.page import Page
from saksi.reading.values import Mention

HEAD = 20  # blocks within which the lead of a page stands
NEAR_VERB = 14  # tokens from a verb back to its auxiliary


def single(claim: Claim, told: Told, page: Page) -> bool:
    """Whether a figure is of one happening: "in a bombing", "the attack", or set in one town."""
    if any(isinstance(p, Mention) and p.value.level in FINE for p in claim.places):
        return True
    if told.one_happening is None:
        told.one_happening = any(one_happening(item, page) for item in told.items)
    return told.one_happening


def names_one(told: Told, i: int, page: Page) -> bool:
    """Whether what a toll is brought to is told of one happening: "the death toll during that operation"."""
    groups = (item for item in told.items if item.i >= i and item.group is not None and item.group.event)
    return any(g.group and g.group.definite and not g.group.plural and not of_sum(g, page) for g in groups)


def of_sum(item: Item, page: Page) -> bool:
    """Whether an item is the noun of a sum itself: "the toll"."""
    return any(page.norms[k] in words_of(page, "sums") for k in range(item.i, item.j))


def one_happening(item: Item, page: Page) -> bool:
    """Whether an item is one happening that is over; a war or a campaign goes on."""
    group = item.group
    if item.kind == "definite":
        return True
    if group is None or not group.event or group.plural or struggle_at(page, group.unit_i) is not None:
        return False
    if any(page.norms[k] in words_of(page, "records") for k in range(max(0, item.i - 1), item.j)):
        return False  # "making it the deadliest attack in years"
    if of_sum(item, page):
        return False
    one = group.number is not None and (group.number.kind == "article" or group.number.quantity.high == 1)
    return one or group.definite


def in_lead(told: Told, page: Page) -> bool:
    """Whether a sentence is in the paragraph right under a headline, where the news of the day is told."""
    block = told.sentence.block
    if block > HEAD:
        return False
    titled = [b.kind for b in page.blocks[:block] if b.kind not in ("byline", "dateline", "caption")]
    return page.blocks[block].kind == "paragraph" and bool(titled) and set(titled) == {"headline"}


def is_toll(claim: Claim, page: Page) -> bool:
    """Whether a figure is told as a toll: "the death toll rose to 45"."""
    if claim.counts != "things" or not isinstance(claim.kind, Mention):
        return False
    i, j = page.between(claim.kind.span.start, claim.kind.span.end)
    tolls = words_of(page, "tolls")
    return any(page.any_at(k, tolls) for k in range(max(0, i - 1), j + 1))


def auxiliary(claim: Claim, first: int, page: Page) -> str | None:
    """The tense of a claim's verb by its auxiliary, in a clause from token `first`: perfect, present or past."""
    if not isinstance(claim.kind, Mention):
        return None
    verb = page.between(claim.kind.span.start, claim.kind.span.end)[0]
    tenses = [(tense, words_of(page, tense)) for tense in ("perfect", "present", "past")]
    for k in range(verb - 1, max(first - 1, verb - NEAR_VERB), -1):
        for tense, words in tenses:
            if page.norms[k] in words:
                return tense
    return None
