"""One person told of again by name: "the senator, Ana Lim, was killed", and further down "Lim was killed at dawn"."""

from __future__ import annotations

from saksi.reading.claims.claim import Claim
from saksi.reading.pages.page import Page
from saksi.registers.places.folding import fold

ONE_PERSON = "reading/draft:one-person"  # the rule of one who is told of by name, role or pronoun
ONCE = "kill"  # what befalls nobody twice, wherever and whenever it is told again
LONGEST = 4  # words of a name behind a title
KNOWN = frozenset(("demonym", "country", "actor"))  # layers of capitalised words that are no names of people


def named_again(claim: Claim, told: list[Claim], page: Page) -> Claim | None:
    """The first of some earlier claims that tells of the death of the one whom a claim names."""
    name = names_of(claim, page) if claim.kind.value == ONCE and is_one(claim) else None
    if not name:
        return None
    ones = ((names_of(c, page), c) for c in told if c.kind.value == ONCE and c.sentence != claim.sentence and is_one(c))
    return next((c for before, c in ones if before and (name <= before or before <= name)), None)


def by_other_names(claim: Claim, first: Claim, page: Page) -> bool:
    """Whether one is told of by a name that the first telling has not: another person, or one of those named there."""
    if not is_called(claim) or " " not in text_of(claim):
        return False
    own, before = names_of(claim, page), names_of(first, page)
    apart = any(tie.type == "part_of" and not tie.inferred for tie in claim.relations)
    return bool(own) and not own & before and (bool(before) or apart)


def is_called(claim: Claim) -> bool:
    """Whether a claim tells of one person by a name."""
    return claim.target is not None and claim.target.rule == ONE_PERSON and text_of(claim)[:1].isupper()


def is_one(claim: Claim) -> bool:
    """Whether a claim may tell of one person alone."""
    value = claim.quantity.value if claim.quantity is not None else None
    return value is not None and value.low == 1 and value.high in (1, None)


def names_of(claim: Claim, page: Page) -> frozenset[str]:
    """The words of a name in a claim, or right behind its title: those of "Senator Ana Lim"; none without one."""
    span = claim.target.span if claim.target is not None else None
    if span is None:
        return frozenset()
    if is_called(claim):
        return frozenset(fold(span.text).split())
    i = page.between(span.start, span.end)[1]
    i += i < len(page.norms) and page.norms[i] == ","
    behind = range(i, min(i + LONGEST, len(page.norms)))
    ends = (k for k in behind if not page.capitals[k] or k in page.functions or page.gap(k) != " " or is_known(page, k))
    return frozenset(page.norms[i : next(ends, behind.stop)])


def is_known(page: Page, k: int) -> bool:
    """Whether a capitalised word is a day, a month, a land or a people, and so begins or is no name."""
    return page.means(k, KNOWN) or page.norms[k] in page.vocabulary.data["times"]["weekdays"]


def text_of(claim: Claim) -> str:
    """The words for whom a claim tells of."""
    return (claim.target.value.text or "") if claim.target is not None else ""
