"""Questions too broad to be cut into cells as a whole: their low is worked out block by block, vague claims apart.

A claim without a day can be of any day, one without a place of anywhere; a few hundred of them can share
cells in more ways than can be counted. Leaving claims out can only make a low smaller, so the low of any
part of the claims is a low of all. Claims are taken apart until each part can be cut, the vague ones first:
parts that cannot overlap add up, of parts that may the larger counts. The high is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from saksi.reconcile.bounds import Bounds, bounds_of, is_report
from saksi.reconcile.boxes import Boxes, Question
from saksi.reconcile.cells import TooBroadError, cells_of
from saksi.reconcile.figures import Ties, apart_pairs, figures_of, grouped, perhaps_one, retold
from saksi.reconcile.terms import FINE, Term, relations
from saksi.registers.load import Registers

LONG = 31  # days: longer claims touch so many others that they are counted apart first
MANY = 1_000  # claims of unlike vagueness that are cut together at most
EVER = (1, 3_660_000)  # the days of a claim that does not know its own, as ordinals


class Low(msgspec.Struct, frozen=True):
    """A low with the claims that bind it; `conflict` cannot all hold, `aside` were left out of it."""

    low: int = 0
    claims: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()


class Broad:
    """Some claims and a question that is too broad for them."""

    def __init__(self, terms: Sequence[Term], ties: Ties, registers: Registers, question: Question) -> None:
        self.terms, self.ties, self.question = terms, ties, question
        self.perhaps = perhaps_one(terms, ties)
        self.boxes = Boxes(terms, registers, self.perhaps)
        self.held: dict[str, bool] = {}

    def low(self) -> Low:
        """The low of all claims."""
        return self.of(self.tied(self.terms))

    def tied(self, terms: Sequence[Term]) -> list[list[Term]]:
        """Claims in groups that must stay together, the most definite first: of one figure, list or whole."""
        by = {t.id: t for t in terms}
        pairs = [*self.ties.same, *retold(terms), *apart_pairs(terms, self.ties)]
        pairs += [(t.id, o) for t in terms for o in relations(t, "part_of", "partition_of")]
        groups = [[by[id] for id in group] for group in grouped(list(by), pairs)]
        return sorted(groups, key=lambda group: (min(map(vagueness, group)), group[0].id))

    def of(self, groups: Sequence[list[Term]]) -> Low:
        """The low of some groups: those that cannot overlap add up."""
        parts = [self.of_block(block) for block in self.blocks(groups)]
        return Low(
            sum(p.low for p in parts),
            *(tuple(id for p in parts for id in getattr(p, f)) for f in ("claims", "conflict", "aside")),
        )

    def blocks(self, groups: Sequence[list[Term]]) -> list[list[list[Term]]]:
        """Groups put together wherever their claims may be of one happening."""
        terms = [t for group in groups for t in group]
        names = {t.id: str(n) for n, group in enumerate(groups) for t in group}
        pairs = [(names[a], names[b]) for a, b in meeting(terms)]
        pairs += [(names[a], names[b.id]) for a, told in self.perhaps.items() for b in told
                  if a in names and b.id in names]  # fmt: skip
        found = grouped([str(n) for n in range(len(groups))], pairs)
        return [[groups[int(n)] for n in block] for block in found]

    def of_block(self, groups: Sequence[list[Term]]) -> Low:
        """The low of groups that may overlap; where they cannot be cut together, that of the better part of them."""
        terms, ranks = [t for group in groups for t in group], [min(map(vagueness, group)) for group in groups]
        if len(terms) <= MANY or ranks[0] == ranks[-1]:
            try:
                return self.cut(terms)
            except TooBroadError:
                if len(groups) == 1:
                    return self.alone(groups[0])
        at = split_at(ranks)
        some, others = self.of(groups[:at]), self.of(groups[at:])
        better, worse = (some, others) if some.low >= others.low else (others, some)
        left = tuple(t.id for group in (groups[at:] if better is some else groups[:at]) for t in group)
        conflict = (*better.conflict, *worse.conflict)
        return msgspec.structs.replace(better, conflict=conflict, aside=(*better.aside, *left))

    def cut(self, terms: list[Term]) -> Low:
        """The low of claims that can be cut."""
        cells, _ = cells_of(terms, self.boxes, self.question, high=False)
        found: Bounds = bounds_of(terms, cells, figures_of(terms, cells, self.ties), high=False)
        return Low(found.low, *(tuple(terms[n].id for n in side) for side in (found.low_from, found.conflict)))

    def alone(self, group: Sequence[Term]) -> Low:
        """The greatest number among claims that are tied and still too many to be cut."""
        inside = [t for t in group if self.holds(t)] or list(group[:1])
        most = max(inside, key=lambda t: (t.least, t.id))
        left = tuple(t.id for t in group if t.id != most.id)
        return Low(most.least if self.holds(most) else 0, (most.id,), aside=left)

    def holds(self, term: Term) -> bool:
        """Whether all that a claim may mean is inside the question."""
        if term.id not in self.held:
            cells, _ = cells_of([term], self.boxes, self.question)
            self.held[term.id] = all(c.surely for c in cells if c.outer)
        return self.held[term.id]

    def inside(self) -> list[Term]:
        """The claims that are wholly inside the question."""
        return [t for t in self.terms if self.holds(t)]

    def apart(self, low: int) -> int:
        """The sum if no two undecided reports were of one happening."""
        figures = figures_of(self.terms, [], self.ties)
        told = ([self.terms[n] for n in f.terms] for f in figures if is_report(f, self.terms))
        return max(low, sum(max(t.least for t in some) for some in told if any(self.holds(t) for t in some)))


def vagueness(term: Term) -> int:
    """How much a claim leaves open: 0 knows its days, 1 spans many, 2 has a point of the map, 3 a place, 4 neither."""
    if term.start is not None and term.end is not None:
        return int((term.end - term.start).days > LONG)
    return 4 if not term.spots else 2 if all(s.level in FINE for s in term.spots) else 3


def split_at(ranks: Sequence[int]) -> int:
    """Where to part a sorted row: before the vaguest, or in the middle where all are alike."""
    return ranks.index(ranks[-1]) if ranks[0] != ranks[-1] else len(ranks) // 2


def meeting(terms: Sequence[Term]) -> Iterator[tuple[str, str]]:
    """Pairs of claims that tie together all whose days and places may meet, by sweeping over the days."""
    countries = sorted({s.country or "" for t in terms for s in t.spots} | {""})
    reach: dict[str, dict[str, tuple[int, str]]] = {c: {} for c in countries}  # the last day so far, and whose it is
    for term in sorted(terms, key=lambda t: (days_of(t), t.id)):
        first, last = days_of(term)
        for country, place in places_of(term, countries):
            held = reach[country]
            near = held if place == "" else (k for k in ("", place) if k in held)
            yield from ((held[k][1], term.id) for k in near if held[k][0] >= first)
            held[place] = max(held.get(place, (0, "")), (last, term.id))


def days_of(term: Term) -> tuple[int, int]:
    """A claim's first and last day; where one is not known, the first or last there is."""
    first, last = (d.toordinal() if d is not None else end for d, end in zip((term.start, term.end), EVER, strict=True))
    return first, last


def places_of(term: Term, countries: Iterable[str]) -> list[tuple[str, str]]:
    """The countries of a claim, each with the key of a point of the map or "" for more than a point."""
    found = set()
    for spot in term.spots:
        point = spot.level in FINE and not spot.near and not spot.inside
        found.add((spot.country or "", spot.key if point else ""))
    unknown = not term.spots or any(country == "" for country, _ in found)
    return sorted({(c, "") for c in countries} if unknown else found)
