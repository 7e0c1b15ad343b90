"""Which ties between claims of one text their numbers can bear: the others were read wrongly, not printed wrongly.

A part is at most its whole, and a figure told again is the same figure. Where two numbers cannot stand as they
are tied, the tie is dropped, unless words give it and the numbers in two sentences of their own: then the
text may truly contradict itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from saksi.reconcile.figures import grouped
from saksi.reconcile.terms import Term, relations

Span = tuple[int, float]


def sound(terms: list[Term]) -> list[Term]:
    """The terms without ties that their numbers, and those of what they tell again, cannot bear."""
    tied = [t for t in terms if t.relations]
    if not tied:
        return terms
    by = {t.id: t for t in terms}
    kept = {t.id: tuple(r for r in t.relations if stands(r[0], t, by.get(r[1]))) for t in tied}
    spans = spans_of(terms, kept)
    for term in tied:
        kept[term.id] = tuple(r for r in kept[term.id] if firm(r[0], term, by.get(r[1])) or fits(r, term, spans))
    told = [msgspec.structs.replace(t, relations=kept[t.id]) if t.relations and kept[t.id] != t.relations else t
            for t in terms]  # fmt: skip
    return dated_again(told)


def dated_again(terms: list[Term]) -> list[Term]:
    """The terms, where one tells again a figure whose own words give the days, with these days as good as its own."""
    by = {t.id: t for t in terms}

    def sure(term: Term) -> bool:
        again = (by[o] for o in relations(term, "restates") if o in by)
        return any(o.dated and (o.start, o.end) == (term.start, term.end) for o in again)

    return [msgspec.structs.replace(t, dated=True) if not t.dated and sure(t) else t for t in terms]


def stands(type: str, term: Term, other: Term | None) -> bool:
    """Whether two claims by themselves can stand in a relation."""
    if other is None or firm(type, term, other):
        return True
    if type == "part_of":
        return other.most is None or term.least <= other.most
    return type != "restates" or max(term.least, other.least) <= min(most(term), most(other))


def most(term: Term) -> float:
    """A claim's upper bound as a number."""
    return math.inf if term.most is None else term.most


def firm(type: str, term: Term, other: Term | None) -> bool:
    """Whether a tie of two claims stands whatever their numbers: words give it and them, in two sentences.

    Two numbers of one sentence that cannot stand as they are tied were tied wrongly, as was a part that is more
    than its whole, and a figure told again as more than twice itself. Rows made by people stand as they are.
    """
    if other is None or other.id in term.guessed or not (term.counted and other.counted):
        return False
    if term.coded:
        return True
    few, many = sorted((term.least, other.least))
    return term.sentence != other.sentence and (type == "partition_of" or (type == "restates" and many <= 2 * few))


def spans_of(terms: Sequence[Term], kept: dict[str, tuple[tuple[str, str], ...]]) -> dict[str, Span]:
    """For each claim the bounds of its figure, with all that tell the same again."""
    by = {t.id: t for t in terms}
    pairs = [(id, other) for id, ties in kept.items() for type, other in ties if type == "restates"]
    found: dict[str, Span] = {t.id: (t.least, most(t)) for t in terms}
    for group in grouped(list(dict.fromkeys(id for pair in pairs for id in pair if id in by)), pairs):
        least, high = max(by[id].least for id in group), min(most(by[id]) for id in group)
        found |= dict.fromkeys(group, (least, high))
    return found


def fits(tie: tuple[str, str], term: Term, spans: dict[str, Span]) -> bool:
    """Whether a tie holds between the figures that two claims tell, each with its retellings."""
    type, other = tie
    if other not in spans:
        return True
    (least, high), (_, above) = spans[term.id], spans[other]
    if type == "restates":
        return least <= high
    return type != "part_of" or least <= above
