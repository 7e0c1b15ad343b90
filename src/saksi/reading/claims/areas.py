"""Where a running total lies: an area, not the town of the happening that was told beside it.

A figure of a war or a window counts an area. Where its own clause names none, it is that of the heading it
stands under, else the area whose body tells it ("the Ministry of Health in Gaza"), else the one that its paragraph,
else its section, mostly speaks of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from saksi.reading.claims.claim import Claim
from saksi.reading.claims.dated import Clause, clauses_of
from saksi.reading.claims.discourse import FINE, Places, Told
from saksi.reading.claims.totals import SUMMED, token_of
from saksi.reading.mentions.places import place_of
from saksi.reading.pages.page import Page
from saksi.reading.values import Inferred, Mention, Place
from saksi.registers.places.folding import fold

BORROWED = ("reading/discourse:list-tail", "reading/discourse:same-happening")


def place_totals(claims: list[Claim], told: list[Told], page: Page) -> None:
    """Gives each running total and each window's figure its area, where its own words name none."""
    sections = sections_of(told, page)
    summed: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.scope in SUMMED:
            summed.setdefault(claim.sentence.start, []).append(claim)
    areas = [p for p in mentioned(told) if p.value.level not in FINE]
    named, words = frozenset(p.value.id for p in areas), {fold(p.span.text): p.value for p in areas}
    for number, section in enumerate(sections):
        for each in section:
            own = summed.get(each.sentence.start, [])
            clauses = clauses_of(page, each) if own else []
            for claim in own:
                if names_area(claim, clauses, page) or (claim.places and not each.section and not borrowed(claim)):
                    continue
                area = seat_of(each, words, page) or area_for(each, section, named, page) or between(sections, number)
                if area:
                    claim.places = area
                elif borrowed(claim):
                    claim.places = tuple(p for p in claim.places if p.value.level not in FINE)


def sections_of(told: list[Told], page: Page) -> list[list[Told]]:
    """The sentences under each heading, with it."""
    found: list[list[Told]] = [[]]
    for each in told:
        if page.blocks[each.sentence.block].kind == "heading":
            found.append([])
        found[-1].append(each)
    return found


def between(sections: list[list[Told]], number: int) -> Places:
    """The area of the headings before and after a section, where both are of one: what stands between is of it too."""
    if not 0 < number < len(sections) - 1 or not sections[number - 1]:
        return ()
    before, after = sections[number - 1][-1].section, sections[number + 1][-1].section
    same = {p.value.id for p in before} == {p.value.id for p in after}
    return tuple(Inferred(p.value, "span", "reading/areas:between", p.span) for p in before) if same else ()


def borrowed(claim: Claim) -> bool:
    """Whether a claim's place was taken from a happening told near it."""
    return any(p.rule.startswith(BORROWED) for p in claim.places)


def names_area(claim: Claim, clauses: list[Clause], page: Page) -> bool:
    """Whether a claim's place is said of it: in its own clause, or as an area of its sentence."""
    at = token_of(claim, page)
    clause = next((c for c in clauses if c.i <= at < c.j), None)
    opens = page.tokens.starts[clause.i] if clause is not None and clause.sums else 0
    return any(
        isinstance(p, Mention) and (p.span.start >= opens or p.value.level not in FINE) for p in claim.places
    )  # fmt: skip


def area_for(told: Told, section: list[Told], named: frozenset[int], page: Page) -> Places:
    """The area of a sentence's heading, else the main one of its paragraph, else of its section.

    A town stands for the province around it only where the page names that province too: `named`.
    """
    if told.section and all(p.value.level not in FINE for p in told.section):
        return tuple(Inferred(p.value, "span", "reading/discourse:heading", p.span) for p in told.section)
    block = [t for t in section if t.sentence.block == told.sentence.block]
    for near in (block, section):
        places = [p for p in mentioned(near) if p.value.level not in FINE or p.value.admin1_id in named]
        found = main_area(places, page)
        if found:
            return found
    return ()


def seat_of(told: Told, words: dict[str, Place], page: Page) -> Places:
    """The area in the name of the body that speaks, where the page names it: a ministry of Gaza counts Gaza's dead.

    `words` are the areas of the page by their folded words. A heading of an area goes before.
    """
    if told.section and all(p.value.level not in FINE for p in told.section):
        return ()
    bodies = (s.span for a in told.attributions for s in (a.org, a.speaker) if s is not None)
    for span in bodies:
        first, last = page.between(span.start, span.end)
        if last < told.sentence.j and page.function(last, "in", "of") is not None:
            last = min(last + 3, told.sentence.j)  # "the Ministry of Health in the West Bank"
        for i, j in combinations(range(first, last + 1), 2):
            place = words.get(" ".join(page.norms[i:j]))
            if place is not None:
                return (Inferred(place, "span", "reading/areas:seat", page.span(i, j)),)
    return ()


def mentioned(told: Iterable[Told]) -> list[Mention[Place]]:
    """The places that sentences tell of."""
    return [p for t in told for phrase in t.phrases for p in phrase.places]


def main_area(places: Sequence[Mention[Place]], page: Page) -> Places:
    """The area that more than half of these places are or lie in, with the words that name it first."""
    areas = [Inferred(area, "span", "reading/areas:main-area", p.span) for p in places if (area := around(p, page))]
    often = Counter(a.value.id for a in areas).most_common(1)
    if not often or often[0][1] * 2 <= len(areas):
        return ()
    return (next(a for a in areas if a.value.id == often[0][0]),)


def around(mention: Mention[Place], page: Page) -> Place | None:
    """A place itself where it is an area, else the province or territory around it."""
    place = mention.value
    if place.level not in FINE:
        return place
    row = page.vocabulary.gazetteer.by_id(place.admin1_id) if place.admin1_id else None
    return None if row is None else place_of(page, row, (), None)
