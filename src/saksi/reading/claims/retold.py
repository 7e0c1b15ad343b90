"""What a page tells again: a headline and its body, a figure in a later sentence, the note that closes a report.

`restates` lies on what is told again, so that a count of claims without it counts each figure once. A note that sums
up several figures is their whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from saksi.reading.claims.bare import is_kin
from saksi.reading.claims.by_name import by_other_names, is_called, named_again
from saksi.reading.claims.claim import Claim, Relation
from saksi.reading.claims.discourse import inferred
from saksi.reading.pages.page import Page
from saksi.reading.values import Inferred, Mention, Quantity
from saksi.registers.places.folding import fold

LOOSE = frozenset(("suspect", "fighter", "person"))
TOLL = ".toll_nouns"  # how the rule of a kind ends that a noun of a total gave: "death toll"
NOTE = 4  # words of a figure that closes a note
SHORT = 60  # and its characters
REMEMBERED = 40  # figures of one kind, the first and the last of a page, that may be told again
NO_CHANCE = 20  # from here two running totals of one page are not the same by chance


def in_headline(claim: Claim, page: Page) -> bool:
    """Whether a claim stands in the headline."""
    return claim.anchor.end <= page.headline_end


def tie_retellings(claims: list[Claim], page: Page) -> None:
    """Ties a figure told again to its first telling: the same kind, number and class, no place or day of its own.

    A headline is tied to the body; in lists of separate happenings each item has its own place.
    """
    told: dict[tuple[str, str | None], list[Claim]] = {}  # by kind and what is counted
    titled: list[Claim] = []
    for claim in claims:
        before = told.setdefault((claim.kind.value, claim.counts), [])
        few = len(before) <= REMEMBERED  # no note sums up more
        sums_up = few and (closes_note(claim, page) or says_victims(claim, page))
        if sums_up and (parts := parts_of_note(claim, [*titled, *before], page)):
            for part in parts:
                part.relations += (Relation("part_of", claim.id, None, True),)
            before.append(claim)
            continue
        tied = any(r.type == "restates" for r in claim.relations)
        near = [*titled, *before[:REMEMBERED], *before[max(REMEMBERED, len(before) - REMEMBERED) :]]
        first = None if tied else named_again(claim, near, page) or first_telling(claim, near, page)
        if first is not None and first in titled:
            first.relations += (Relation("restates", claim.id, None, True),)
            be_of_incident(first, claim)
            titled.remove(first)
            before.append(claim)
        elif first is not None:
            claim.relations += (Relation("restates", first.id, None, True),)
        elif claim.quantity is not None and not tied:
            if be_one_of(claim, near, page) and not is_called(claim):
                continue
            (titled if in_headline(claim, page) else before).append(claim)
    for before in told.values():
        tie_lists(before, page)


def be_one_of(claim: Claim, told: list[Claim], page: Page) -> bool:
    """Ties one who is told of by name or role to the first figure that he may be of: "three died", then "Lim died"."""
    value = claim.quantity.value if claim.quantity is not None else None
    free = all(tie.type == "apart_from" for tie in claim.relations)
    if (
        not free
        or isinstance(claim.quantity, Mention)
        or value is None
        or value.high != 1
        or befalls_others(claim, page)
    ):
        return False
    wholes = (c for c in told if not as_many(claim, c) and retells(claim, c, page, closing=False))
    whole = next(wholes, None)
    if whole is not None:
        claim.relations += (Relation("part_of", whole.id, None, True),)
    return whole is not None


def tie_lists(claims: list[Claim], page: Page) -> None:
    """Ties the figures of one sentence to a figure told before that they add up to: "killed 8. 2 Danes and 6 ..."."""
    for whole, parts in sums(claims):
        apart = any(own_setting(c, whole) and (whole.places or not c.places) for c in parts)
        people = all(of_people(whole, c, page) and is_free(c) for c in parts)
        if people and is_free(whole) and not apart:
            for part in parts:
                part.relations += (Relation("part_of", whole.id, None, True),)


def sums(claims: list[Claim]) -> Iterator[tuple[Claim, list[Claim]]]:
    """The figures of a sentence of several, with the last figure told before them that is their sum."""
    last: dict[int, Claim] = {}  # by number
    for _, told in groupby(claims, key=lambda c: c.sentence):
        parts = [(n, c) for c in told if (n := exact(c))]
        whole = last.get(sum(n for n, _ in parts))
        if len(parts) > 1 and whole is not None:
            yield whole, [c for _, c in parts]
        last.update(parts)


def be_of_incident(headline: Claim, body: Claim) -> None:
    """Makes the toll of a headline that of the incident of which the body tells it: "Toll in market blast at 19"."""
    is_toll = headline.kind.rule.endswith(TOLL)
    if is_toll and headline.scope == "cumulative" and body.scope == "incident":
        headline.scope = body.scope
        if body.period is not None and not isinstance(headline.period, Mention):
            headline.period = inferred(body.period, "reading/retold:body")


def parts_of_note(note: Claim, told: list[Claim], page: Page) -> list[Claim]:
    """The figures told before that a closing note sums up: "killing a farmer and two guards. 3 fatalities."."""
    parts = [c for c in told if c.kind.value == note.kind.value and c.counts == note.counts]
    if not 1 < len(parts) <= REMEMBERED or not all(of_people(note, c, page) and is_free(c) for c in parts):
        return []
    figures = [figure for c in parts if (figure := exact(c)) is not None]
    return parts if len(figures) == len(parts) and exact(note) == sum(figures) else []


def is_free(claim: Claim) -> bool:
    """Whether a figure is no part of another and tells none again."""
    return all(tie.type == "apart_from" for tie in claim.relations)


def exact(claim: Claim) -> int | None:
    """A claim's number, where it is one."""
    value = claim.quantity.value if claim.quantity else None
    return value.low if value is not None and value.exact else None


def first_telling(claim: Claim, told: list[Claim], page: Page) -> Claim | None:
    """The first of some earlier claims that a claim only says again; None where it says something new."""
    if claim.quantity is None or befalls_others(claim, page):
        return None
    number = claim.quantity.value if isinstance(claim.quantity, Mention) else None
    same = [c for c in told if same_number(number, c, page) and as_many(claim, c)]
    closing = bool(same) and closes_note(claim, page)
    return next((c for c in same if retells(claim, c, page, closing=closing)), None)


def same_number(number: Quantity | None, first: Claim, page: Page) -> bool:
    """Whether a number that words give can be told again of an earlier claim's; None, which no words give, can be."""
    if first.quantity is None:
        return False
    before = first.quantity.value
    return number is None or number == before or (in_headline(first, page) and within(number, before))


def as_many(claim: Claim, first: Claim) -> bool:
    """Whether what a bare noun leaves open may be as many as were told before: "peasants" are no one woman."""
    if claim.quantity is None or first.quantity is None or isinstance(claim.quantity, Mention):
        return True
    own, before = claim.quantity.value, first.quantity.value
    return (before.high is None or (own.low or 0) <= before.high) and (
        own.high is None or own.high >= (before.low or 0)
    )


def retells(claim: Claim, first: Claim, page: Page, *, closing: bool) -> bool:
    """Whether a claim with the number of an earlier one tells of the same; `closing` where it closes a note."""
    if claim.sentence == first.sentence or claim.counts != first.counts or is_kin(claim) != is_kin(first):
        return False  # "the governor and his son": the son is told again as a son
    registers = page.vocabulary.registers
    a, b = claim.kind.value, first.kind.value
    titled = in_headline(first, page)
    if not (a == b or (titled and (registers.is_a(a, b) or registers.is_a(b, a)))):
        return False
    if closing:
        return of_people(claim, first, page) and not own_setting(claim, first)
    if by_other_names(claim, first, page):
        return False
    return same_class(claim, first, page) and (titled or not own_setting(claim, first))


def befalls_others(claim: Claim, page: Page) -> bool:
    """Whether a word beside its act says that it befell one more than those told before: "a driver was also killed"."""
    span = claim.kind.span
    if claim.quantity is None or claim.quantity.value.low != 1:
        return False
    words = page.vocabulary.data["constructions"].get("besides", ())
    return span is not None and page.any_before(page.between(span.start, span.end)[0], words)


def closes_note(claim: Claim, page: Page) -> bool:
    """Whether a claim is a figure that closes a coded note: "1 fatality.", "Korban jiwa 2 orang."."""
    if claim.sentence.end - claim.sentence.start > SHORT:
        return False
    i, j = page.between(claim.sentence.start, claim.sentence.end)
    first = page.sentence_starts.get(claim.sentence.start)
    opens = first is None or first == page.sentences[0]
    return not opens and not in_headline(claim, page) and sum(n[0].isalnum() for n in page.norms[i:j]) <= NOTE


def of_people(claim: Claim, first: Claim, page: Page) -> bool:
    """Whether a note that only says how many can mean what was told, soldiers or farmers."""
    a, b = (c.target.value.object_class if c.target else None for c in (claim, first))
    registers = page.vocabulary.registers
    return a == b or (a in (None, "person") and (b is None or registers.is_a(b, "person")))


def within(exact: Quantity, soft: Quantity) -> bool:
    """Whether a number fits the soft word of a headline: "several" and 13."""
    if soft.exact or exact.low is None:
        return False
    return (soft.low or 0) <= exact.low and (soft.high is None or (exact.high or exact.low) <= soft.high)


def same_class(claim: Claim, first: Claim, page: Page) -> bool:
    """Whether two targets can be the same people or things.

    A wider word for people ("two individuals") may tell of fighters again, "one insurgent" does not
    tell of a leader again; after a headline any narrower word may.
    """
    a, b = (c.target.value if c.target else None for c in (claim, first))
    if a is None or b is None:
        return a is b
    registers = page.vocabulary.registers
    x, y = a.object_class, b.object_class
    if x == y or {x, y} <= LOOSE or (of_people(claim, first, page) and whom_it_befell(claim, page)):
        return True
    return in_headline(first, page) and (registers.is_a(x, y or "") or registers.is_a(y, x or ""))


def whom_it_befell(claim: Claim, page: Page) -> bool:
    """Whether a claim says of its people only that they are those of the page: "the victim", not "a third victim"."""
    return isinstance(claim.quantity, Inferred) and says_victims(claim, page)


def says_victims(claim: Claim, page: Page) -> bool:
    """Whether a claim has but the word for those whom it befell: "the two victims were shot in their pickup"."""
    words = page.vocabulary.data["constructions"].get("befell", ())
    span = claim.target.span if claim.target is not None else None
    if span is None or claim.target is None or fold(claim.target.value.text or "") not in words:
        return False
    i = page.between(span.start, span.end)[0]
    later = page.vocabulary.data["numbers"].get("one_more", ())
    return not any(page.norms[k] in later for k in range(max(0, i - NOTE), i))


def own_setting(claim: Claim, first: Claim) -> bool:
    """Whether a claim has a place or a day of its own that the first has not.

    One running total told twice on a page is one, in whatever part of its area the second sentence stands.
    """
    if claim.scope == first.scope == "cumulative" and (exact(claim) or 0) >= NO_CHANCE:
        return False
    places = {p.value.id for p in claim.places if isinstance(p, Mention)}
    if places and not places <= {p.value.id for p in first.places}:
        return True
    if isinstance(claim.period, Mention) and first.period is not None:
        return claim.period.value != first.period.value
    return False
