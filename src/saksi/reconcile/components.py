"""Which claims can bear on each other at all: connected components of the ledger.

A claim that tells all there was bears on every claim that may speak of the same; relations and links
tie claims as well. Two claims that only say "at least" never bear on each other, and a claim whose
days or place are open can always be true somewhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from saksi.reconcile.dimensions import compatible, may_be_one, may_be_owned, one_kind, overlap, traits_differ
from saksi.reconcile.figures import grouped
from saksi.reconcile.links import Link, reworded
from saksi.reconcile.terms import Term
from saksi.registers.load import Registers

STRETCH = 4  # days in a bucket of the index
LONG = 128  # buckets: a longer claim is compared with all of its family


def components(terms: Sequence[Term], links: Iterable[Link], registers: Registers) -> list[list[str]]:
    """The ids of claims that can bear on each other, in the order of `terms`; lone claims are left out."""
    ids = [t.id for t in terms]
    pairs = [(t.id, other) for t in terms for _, other in t.relations]
    pairs += [(link.a, link.b) for link in links if link.verdict != "miss"]
    pairs += list(bearing(terms, registers))
    pairs += [(a.id, b.id) for a, b in reworded(terms)]
    return [group for group in grouped(ids, pairs) if len(group) > 1]


def bearing(terms: Sequence[Term], registers: Registers) -> Iterator[tuple[str, str]]:
    """Pairs of a claim that bounds what happened and one that may speak of the same."""
    roots = {kind: registers.family(kind) for kind in sorted({t.kind for t in terms})}
    index: dict[tuple[str, str | None, str, int], list[Term]] = {}
    bounded = [t for t in terms if t.constrains and t.start is not None and t.end is not None and t.spots]
    bounding = [t for t in bounded if t.bounding]
    for term in bounded if bounding else ():
        for key in keys_of(term, roots[term.kind]):
            index.setdefault(key, []).append(term)
    for term in bounding:
        seen: set[str] = {term.id}
        for key in keys_of(term, roots[term.kind], asking=True):
            for other in index.get(key, ()):
                if other.id not in seen and meets(term, other, registers):
                    yield term.id, other.id
                seen.add(other.id)


def keys_of(term: Term, root: str, asking: bool = False) -> Iterator[tuple[str, str | None, str, int]]:
    """The keys of the index under which a claim stands, or those to ask for its neighbours."""
    countries = sorted({s.country or "?" for s in term.spots})
    first, last = ((d.toordinal() // STRETCH if d else 0) for d in (term.start, term.end))
    long = last - first > LONG
    stretches = [-1] if long else [*range(first, last + 1)]
    if asking:
        stretches = [-1, *range(first, last + 1)]
        countries = sorted({*countries, "?"})
    elif long:
        stretches = [-1, *range(first, last + 1)]
    for country in countries:
        for stretch in stretches:
            yield root, term.counts, country, stretch


def meets(a: Term, b: Term, registers: Registers) -> bool:
    """Whether two claims may speak of a same part of the world."""
    if a.start is None or a.end is None or b.start is None or b.end is None or a.start > b.end or b.start > a.end:
        return False
    if not (one_kind(registers, a.kind, b.kind) or common_kind(a.kind, b.kind, registers)):
        return False
    if traits_differ(a, b):
        return False
    if a.target and b.target and not compatible(a.target, b.target, registers):
        return False
    if not (may_be_one(registers, a.actors, b.actors) and may_be_owned(registers, a, b)):
        return False
    return overlap(a.spots, b.spots)


def common_kind(a: str, b: str, registers: Registers) -> bool:
    """Whether some kind may be counted under both: killed is both a casualty and neutralized."""
    return not registers.kinds_in(a).isdisjoint(registers.kinds_in(b))
