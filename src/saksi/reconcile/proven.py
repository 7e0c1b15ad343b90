"""The low of claims that are too many to be cut into cells: the sum of those that are proven apart.

Two figures are apart where their days, places, classes or parties exclude each other, or where a list or a
judgement says so. Any set of figures of which each is apart from each adds up to a low that is true if the
claims are; a good set is found by taking the greatest figures first, and by taking the most definite first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import islice

import msgspec

from saksi.reconcile.bounds import bounds_of, is_report
from saksi.reconcile.boxes import Boxes, Question
from saksi.reconcile.cells import Surely, TooBroadError, cells_of, may_be_asked
from saksi.reconcile.components import common_kind
from saksi.reconcile.dimensions import Days, compatible, may_be_one, may_be_owned, one_kind, overlap, traits_differ
from saksi.reconcile.figures import Ties, TiesByClaim, apart_pairs, figures_of, grouped, perhaps_one, retold
from saksi.reconcile.near import EVER, Areas, Near, Reach, Stretch, reach_of
from saksi.reconcile.terms import FINE, Spot, Term, relations
from saksi.registers.load import Registers

TRIED = 500  # claims that are looked at before a question counts as one that may have a high
LONG = 31  # days: longer claims touch so many others that the definite ones are tried without them first


class Low(msgspec.Struct, frozen=True):
    """A low with the claims that bind it; `conflict` cannot all hold, `aside` were left out of it."""

    low: int = 0
    claims: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()


class Unit(msgspec.Struct, frozen=True):
    """Claims that stay together (of one figure, list or whole), with their low, days and places, and what lies near."""

    terms: tuple[Term, ...]
    low: Low
    days: tuple[Stretch, ...]
    places: tuple[tuple[Spot, ...], ...]
    reach: Reach


class Proven:
    """Some claims and a question that is too broad for them to be cut."""

    def __init__(self, terms: Sequence[Term], ties: Ties, registers: Registers, question: Question) -> None:
        self.terms, self.ties, self.registers, self.question = terms, ties, registers, question
        self.surely = Surely(registers, question)
        self.kin: dict[tuple[str, str], bool] = {}

    @cached_property
    def perhaps(self) -> dict[str, list[Term]]:
        """For each claim those that it may be of one happening with."""
        return perhaps_one(self.terms, self.ties)

    @cached_property
    def boxes(self) -> Boxes:
        """What the claims say along each dimension."""
        return Boxes(self.terms, self.registers, self.perhaps, self.question)

    @cached_property
    def tied_to(self) -> TiesByClaim:
        """The ties by claim."""
        return TiesByClaim(self.ties)

    @cached_property
    def is_open(self) -> bool:
        """Whether some claim that the question holds lies where no claim bounds what happened: seen without cutting.

        No high exists then, and the parts of the world need not be told apart to know it.
        """
        bounds: Near[Unit] = Near()
        for each in (self.unit_of([t], Low()) for t in self.terms if t.bounding):
            bounds.add(each, each.reach)
        tried = islice((t for t in self.terms if not t.bounding and self.holds(t)), TRIED)
        ones = (self.unit_of([t], Low()) for t in tried)
        return any(all(self.are_apart(one, b) for b in bounds.of(one.reach)) for one in ones)

    def low(self) -> Low:
        """The low of the units chosen, and all conflicts met on the way."""
        units = [u for u in self.units if u.low.low > 0 or u.low.conflict]
        chosen = self.chosen
        ids = {id(u) for u in chosen}
        left = (t.id for u in units if id(u) not in ids for t in u.terms)
        return Low(
            sum(u.low.low for u in chosen), tuple(c for u in chosen for c in u.low.claims),
            tuple(c for u in units for c in u.low.conflict), (*(c for u in chosen for c in u.low.aside), *left),
        )  # fmt: skip

    @cached_property
    def chosen(self) -> list[Unit]:
        """The better of two sets of claims that are proven apart: the greatest first, the most definite first."""
        units = [u for u in self.units if u.low.low > 0 or u.low.conflict]
        firm = sorted(units, key=lambda u: (min(map(vagueness, u.terms)), -u.low.low, u.terms[0].id))
        great = sorted(units, key=lambda u: (-u.low.low, u.terms[0].id))
        return max((self.apart_of(order) for order in (great, firm)), key=lambda some: sum(u.low.low for u in some))

    @cached_property
    def units(self) -> list[Unit]:
        """All claims in their groups."""
        return [self.unit(group) for group in self.tied()]

    def tied(self) -> list[list[Term]]:
        """The claims in groups that must stay together."""
        by = {t.id: t for t in self.terms}
        pairs = [*self.ties.same, *retold(self.terms), *apart_pairs(self.terms, self.ties)]
        pairs += [(t.id, o) for t in self.terms for o in relations(t, "part_of", "partition_of")]
        return [[by[id] for id in group] for group in grouped(list(by), pairs)]

    def unit(self, group: list[Term]) -> Unit:
        """A group with its low, and all the days and places in which its claims may lie."""
        return self.unit_of(group, self.low_of(group))

    def unit_of(self, group: list[Term], low: Low) -> Unit:
        """A group whose low is told, or is not asked."""
        days = tuple(dict.fromkeys([s for t in group for s in self.stretches(t)]))
        spots = tuple(dict.fromkeys([spots for t in group for spots in self.spots(t)]))
        return Unit(tuple(group), low, days, spots, reach_of(days, spots))

    def spots(self, term: Term) -> list[tuple[Spot, ...]]:
        """The places in which a claim may lie: its own, and those of claims that may be of one happening with it."""
        others = [p.spots for p in self.perhaps.get(term.id, ())]
        return [term.spots, *[spots for spots in others if spots or not term.spots]]

    def stretches(self, term: Term) -> list[Stretch]:
        """The days in which a claim may lie, as first and last."""
        box = self.boxes.of.get(term.id)
        days: Days | None = box.parts[2] if box is not None else None
        if days is None:
            return [EVER]
        ends = ((days.first, days.last), *days.also)
        return [(EVER[0] if a is None else a, EVER[1] if b is None else b) for a, b in ends]

    def low_of(self, group: list[Term]) -> Low:
        """The low of claims that stay together."""
        if len(group) == 1:
            return Low(group[0].least, (group[0].id,)) if self.holds(group[0]) else Low()
        if not any(may_be_asked(t, self.question) for t in group):
            return Low()
        try:
            cells, _ = cells_of(group, self.boxes, self.question, high=False)
        except TooBroadError:
            return self.greatest(group)
        found = bounds_of(group, cells, figures_of(group, cells, self.tied_to.among({t.id for t in group})), high=False)
        return Low(found.low, *(tuple(group[n].id for n in side) for side in (found.low_from, found.conflict)))

    def greatest(self, group: Sequence[Term]) -> Low:
        """The greatest number among claims that are tied and still too many to be cut."""
        inside = [t for t in group if self.holds(t)]
        if not inside:
            return Low()
        most = max(inside, key=lambda t: (t.least, t.id))
        return Low(most.least, (most.id,), aside=tuple(t.id for t in group if t.id != most.id))

    def apart_of(self, units: Sequence[Unit]) -> list[Unit]:
        """Units of which each is apart from each, taken in order."""
        chosen: list[Unit] = []
        near: Near[Unit] = Near()
        for unit in units:
            if all(self.are_apart(unit, other) for other in near.of(unit.reach)):
                chosen.append(unit)
                near.add(unit, unit.reach)
        return chosen

    def are_apart(self, a: Unit, b: Unit) -> bool:
        """Whether no claim of one unit can be of what a claim of the other tells."""
        if not share_days(a.days, b.days) or not share_places(a.places, b.places):
            return True
        return all(self.exclude(s, t) for s in a.terms for t in b.terms)

    def exclude(self, a: Term, b: Term) -> bool:
        """Whether two claims cannot count the same, by kind, class or parties."""
        if (a.kind, b.kind) not in self.kin:
            kinds = one_kind(self.registers, a.kind, b.kind) or common_kind(a.kind, b.kind, self.registers)
            self.kin[a.kind, b.kind] = kinds
        if not self.kin[a.kind, b.kind]:
            return True
        if traits_differ(a, b):
            return True
        if a.target and b.target and not compatible(a.target, b.target, self.registers):
            return True
        return not (may_be_one(self.registers, a.actors, b.actors) and may_be_owned(self.registers, a, b))

    def holds(self, term: Term) -> bool:
        """Whether all that a claim may mean is inside the question."""
        return term.id in self.held

    @cached_property
    def held(self) -> frozenset[str]:
        """The claims that are wholly inside the question."""
        return frozenset(t.id for t in self.terms if self.surely.holds(t, self.boxes.of[t.id]))

    @cached_property
    def held_alone(self) -> frozenset[str]:
        """The same by their own words, whatever those say that they may be of one happening with."""
        alone, perhaps = self.boxes.alone, self.perhaps
        told = ((t, self.surely.holds(t, alone[t.id]) if t.id in perhaps else self.holds(t)) for t in self.terms)
        return frozenset(t.id for t, held in told if held)

    def inside(self) -> list[Term]:
        """The same in their order."""
        return [t for t in self.terms if self.holds(t)]

    def apart(self, low: int) -> int:
        """The sum if no two undecided reports were the same."""
        figures = figures_of(self.terms, [], self.ties)
        told = ([self.terms[n] for n in f.terms] for f in figures if is_report(f, self.terms))
        return max(low, sum(max(t.least for t in some) for some in told if any(self.holds(t) for t in some)))


def share_days(some: Sequence[Stretch], others: Sequence[Stretch]) -> bool:
    """Whether a day is in both of some stretches."""
    for first, last in some:
        for begin, end in others:
            if first <= end and begin <= last:
                return True
    return False


def share_places(some: Areas, others: Areas) -> bool:
    """Whether a place may be in both of some areas; one that is not told may be anywhere."""
    for one in some:
        for other in others:
            if not one or not other or overlap(one, other):
                return True
    return False


def vagueness(term: Term) -> int:
    """How much a claim leaves open: 0 knows its days, 1 spans many, 2 has a point of the map, 3 a place, 4 neither."""
    if term.start is not None and term.end is not None:
        return int((term.end - term.start).days > LONG)
    return 4 if not term.spots else 2 if all(s.level in FINE for s in term.spots) else 3
