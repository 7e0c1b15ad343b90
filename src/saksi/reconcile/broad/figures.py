"""Three figures for a question that too many claims bear on: surely apart, as linked, as told.

`sure` is the low that is proven: figures of which each is apart from each. `linked` counts each incident once, as
links and judgements have it: its low takes pairs that nobody has decided as one, its high as two. `told` adds up every
claim once, without those that tell again what is counted already. None of them is ever below the one before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

import msgspec

from saksi.reconcile.broad.asides import Aside, Pair, Sorted, aside_of, settling
from saksi.reconcile.figures import grouped, retold
from saksi.reconcile.near import Near
from saksi.reconcile.proven import Proven, Unit
from saksi.reconcile.tallies import Ready, Tally, finished, uncut
from saksi.reconcile.terms import Term, relations

TOTALS = frozenset(("tally", "cumulative", "stock"))


class Incident(msgspec.Struct, frozen=True):
    """Claims that stay together as they count: each held by the question; what they say at least and at most."""

    unit: Unit
    claims: tuple[Term, ...]
    low: int
    high: int

    @property
    def total(self) -> bool:
        """Whether it is told of more than one happening: of several days, or of all so far."""
        return all(t.scope in TOTALS and (t.scope != "tally" or t.start != t.end) for t in self.claims)


class Broad:
    """Claims made ready for a question, as three figures; `others` are claims left out before, by reason."""

    def __init__(self, told: Ready, proven: Proven, others: Sequence[tuple[str, str]] = ()) -> None:
        self.ready, self.proven, self.others = told, proven, others
        self.held = proven.held_alone

    def rows(self) -> list[Tally]:
        """The three rows."""
        sure = finished(uncut(self.proven, self.ready.as_of), self.ready)
        sure = msgspec.structs.replace(sure, of="sure", apart=None, figures=len(self.proven.chosen))
        low = self.low_of(self.counted)
        high = max(low, sure.low, sum(i.high for i in self.counted))
        pairs = self.undecided
        linked = msgspec.structs.replace(
            sure, of="linked", low=max(low, sure.low), high=high, state="open", conflict=(), low_from=None, aside=0,
            claims=ids(t for i in self.counted for t in i.claims), figures=len(self.counted),
            undecided=len(pairs), pairs=tuple(pairs[: settling(pairs)]), asides=self.asides(),
        )  # fmt: skip
        every = self.told_once
        most = max(high, sum(map(highest, every)))
        told = msgspec.structs.replace(linked, of="told", low=most, high=most, claims=ids(every), figures=len(every),
                                       undecided=0, pairs=(), asides=())  # fmt: skip
        return [sure, linked, told]

    @cached_property
    def placed(self) -> list[Incident]:
        """What the question holds and some claim gives both a day and a place."""
        found = []
        for unit in self.proven.units:
            claims = tuple(t for t in unit.terms if t.id in self.held and t.least > 0 and t.scope != "list")
            if any(t.spots and t.start is not None and t.end is not None for t in claims):
                least = max(unit.low.low, max(t.least for t in claims))
                found.append(Incident(unit, claims, least, max(least, self.most(claims))))
        return found

    def most(self, claims: Sequence[Term]) -> int:
        """The most that claims of one incident say: of each figure the highest, without the parts of others."""
        by = {t.id: t for t in claims if not self.is_part(t)}
        if len(by) < 2:
            return sum(map(highest, by.values()))
        pairs = [*self.ties_within(by), *retold(claims)]
        return sum(max(highest(by[id]) for id in group) for group in grouped(list(by), pairs))

    def ties_within(self, by: Collection[str]) -> list[tuple[str, str]]:
        """The pairs of one happening among some claims."""
        return [(a, b) for a in by for b in self.same.get(a, ()) if b in by]

    @cached_property
    def same(self) -> dict[str, list[str]]:
        """For each claim those that tell the same happening and stand after it."""
        found: dict[str, list[str]] = {}
        for a, b in sorted(self.ready.ties.same):
            found.setdefault(a, []).append(b)
        return found

    def is_part(self, term: Term) -> bool:
        """Whether a claim tells a part of what another tells that is counted."""
        return any(o in self.held for o in relations(term, "part_of", "partition_of"))

    @cached_property
    def counted(self) -> list[Incident]:
        """The incidents and totals that are added up: no total beside incidents that it may hold, nor the other way."""
        totals = sorted((i for i in self.placed if i.total), key=lambda i: (-i.low, i.unit.terms[0].id))
        near: Near[Incident] = Near()
        for each in (i for i in self.placed if not i.total):
            near.add(each, each.unit.reach)
        within: set[int] = set()
        kept: list[Incident] = []
        for total in totals:
            around = {id(i): i for i in near.of(total.unit.reach)
                      if id(i) not in within and not self.proven.are_apart(total.unit, i.unit)}  # fmt: skip
            if sum(i.high for i in around.values()) > total.low:
                continue
            if all(self.proven.are_apart(total.unit, other.unit) for other in kept):
                kept.append(total)
                within |= set(around)
        return [i for i in self.placed if id(i) not in within and not i.total] + kept

    def low_of(self, counted: Sequence[Incident]) -> int:
        """The least of some incidents if those that are perhaps one are one: the greatest of them is counted."""
        taken: set[str] = set()
        low = 0
        for each in sorted(counted, key=lambda i: (-i.low, i.unit.terms[0].id)):
            partners = {o.id for t in each.unit.terms for o in self.proven.perhaps.get(t.id, ())}
            if taken.isdisjoint(partners):
                taken |= {t.id for t in each.unit.terms}
                low += each.low
        return low

    @cached_property
    def undecided(self) -> list[Pair]:
        """The pairs of incidents that are perhaps one, those first that settle most of what low and high are apart."""
        of = {t.id: i for i in self.counted for t in i.unit.terms}
        found: dict[tuple[int, int], Pair] = {}
        for a, b in sorted(self.ready.ties.undecided):
            if a in of and b in of and of[a] is not of[b]:
                one, other = sorted((id(of[a]), id(of[b])))
                found.setdefault((one, other), Pair(a, b, min(of[a].low, of[b].low)))
        return sorted(found.values(), key=lambda p: (-p.settles, p.a, p.b))

    @cached_property
    def told_once(self) -> list[Term]:
        """Every claim that the question holds, without those that tell again, or in parts, what another tells."""
        some = [t for t in self.ready.terms if t.id in self.held and t.least > 0 and t.scope != "list"]
        whole = {t.id: t for t in some if not self.is_part(t)}
        kept: list[Term] = []
        for group in grouped(list(whole), [*self.ties_within(whole), *retold(some)]):
            voices: dict[tuple[bool, str], Term] = {}
            for term in sorted((whole[id] for id in group), key=lambda t: (-highest(t), t.id)):
                voices.setdefault((term.outlet, term.speaker), term)
            kept += voices.values()
        return kept

    def asides(self) -> tuple[Aside, ...]:
        """What stands aside of the incidents that are counted, by reason."""
        counted = {t.id for i in self.counted for t in i.claims}
        again = self.held - counted - {t.id for t in self.told_once}
        return aside_of(self.ready, Sorted(self.held, counted, again), self.others)


def ids(terms: Iterable[Term]) -> tuple[str, ...]:
    """The ids of claims."""
    return tuple(t.id for t in terms)


def highest(term: Term) -> int:
    """The number of a claim, of a range the upper end."""
    return term.least if term.most is None else term.most
