"""What claims and questions say along each dimension: of which kinds, on which days, in which places, of whom.

Some of it is told by the claims beside it: a class that its list counts apart, a narrower kind or class of
its document, the days and places of another claim that it may be one with. So boxes are made of all claims
at once, and stay as they are when only some of the claims are cut into cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from saksi.reconcile.dimensions import ANY, Class, Days, Kinds, Parties, Places, kind_holds, may_be_one, overlap
from saksi.reconcile.terms import Spot, Term, relations
from saksi.registers.load import Registers

AROUND = timedelta(days=7)  # by which a day that was carried from another sentence may be wrong
DIMENSIONS = ("counts", "kind", "days", "place", "class", "age", "sex", "status", "actor", "owner")


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What a tally is asked for.

    Traits and classes left open mean all. Places and days left open range over what the claims speak of;
    doers and owners over those of `actors` and `owners` (empty: anybody's).
    """

    kind: str
    target: str | None = None
    without: tuple[str, ...] = ()
    age: str | None = None
    sex: str | None = None
    status: str | None = None
    actor: str | None = None
    owner: str | None = None
    spots: tuple[Spot, ...] = ()
    first: date | None = None
    last: date | None = None
    actors: tuple[str, ...] | None = None
    owners: tuple[str, ...] | None = None


def reaches(term: Term, question: Question, registers: Registers) -> bool:
    """Whether a claim may speak of the days, places and doer asked for."""
    q = question
    if (q.first and term.end and term.end < q.first) or (q.last and term.start and term.start > q.last):
        return False
    if q.spots and term.spots and not overlap(q.spots, term.spots):
        return False
    return q.actor is None or may_be_one(registers, (q.actor,), term.actors)


class Box(msgspec.Struct, frozen=True):
    """What a term or question says along each dimension, in the order of `DIMENSIONS`."""

    parts: tuple[Any, ...]


class Boxes:
    """The boxes of some claims by id; `perhaps` are for each those it may be of one happening with.

    `alone` are the same boxes without what those others say.
    """

    def __init__(
        self,
        terms: Sequence[Term],
        registers: Registers,
        perhaps: Mapping[str, Sequence[Term]] | None = None,
        question: Question | None = None,
    ) -> None:
        self.registers = registers
        self.of: dict[str, Box] = {}
        self.alone: dict[str, Box] = {}
        beside, narrower = counted_beside(terms), narrower_kinds(terms, registers)
        under = narrower_classes(terms, registers)
        known = Values(registers)
        for t in terms:
            target = known.class_of(t, beside.get(t.id, frozenset()), under.get(t.id, ()))
            box = known.box_of(t, target, narrower.get(t.id, ()))
            others = perhaps.get(t.id, ()) if perhaps else ()
            self.alone[t.id] = loosened(box, t, question) if question is not None else box
            self.of[t.id] = self.alone[t.id]
            if others:
                box = widened(box, t, others)
                self.of[t.id] = loosened(box, t, question) if question is not None else box


class Values:
    """What claims say along each dimension, each value made once: thousands of claims share a few."""

    def __init__(self, registers: Registers) -> None:
        self.registers = registers
        self.classes: dict[tuple[object, ...], Class] = {}
        self.kinds: dict[tuple[str, tuple[str, ...]], Kinds] = {}
        self.parties: dict[tuple[str, ...], Parties] = {}

    def class_of(self, term: Term, beside: frozenset[str], under: tuple[str, ...]) -> Class:
        """A term's class."""
        key = (term.target, term.counts, term.perpetrators, beside, under)
        if key not in self.classes:
            self.classes[key] = class_of(term, beside, under, self.registers)
        return self.classes[key]

    def box_of(self, term: Term, target: Class, narrower: tuple[str, ...]) -> Box:
        """A term along each dimension; `narrower` are the kinds under its own that its document counts beside it."""
        kinds = self.kinds.get((term.kind, narrower))
        if kinds is None:
            kinds = self.kinds[term.kind, narrower] = Kinds(term.kind, narrower)
        actors, owner = self.parties_of(term.actors), self.parties_of((term.owner,) if term.owner else ())
        return Box(
            (term.counts, kinds, days_of(term), Places(term.spots, bool(term.spots)),
             target, term.age, term.sex, term.status, actors, owner)
        )  # fmt: skip

    def parties_of(self, keys: tuple[str, ...]) -> Parties:
        """Parties by their keys."""
        found = self.parties.get(keys)
        if found is None:
            found = self.parties[keys] = Parties(keys)
        return found


def widened(box: Box, term: Term, partners: Sequence[Term]) -> Box:
    """A box that also holds the days and places of other claims; one that is silent on them takes nothing away."""
    parts = list(box.parts)
    days, places = parts[DIMENSIONS.index("days")], parts[DIMENSIONS.index("place")]
    dated = [p for p in partners if p.start is not None and p.end is not None]
    if any((p.start, p.end) != (term.start, term.end) for p in dated):
        order = sorted({(d.first, d.last) for d in map(days_of, dated)}, key=lambda s: (s[0] or 0, s[1] or 0))
        parts[DIMENSIONS.index("days")] = msgspec.structs.replace(days, also=tuple(order))
    spots = {s for p in partners for s in p.spots} - set(term.spots)
    if term.spots and spots:
        also = tuple(sorted(spots, key=lambda s: (s.key, s.near, s.name)))
        parts[DIMENSIONS.index("place")] = msgspec.structs.replace(places, also=also)
    return Box(tuple(parts))


def loosened(box: Box, term: Term, question: Question) -> Box:
    """A box that also holds the days around those that the claim's own words do not give.

    Two such claims of neighbouring days are not proven apart. A question that holds the days as they were
    read still holds the claim.
    """
    if term.dated or term.start is None or term.end is None or term.scope not in ("incident", "increment"):
        return box
    first, last = term.start - AROUND, term.end + AROUND
    if term.said is not None and term.said >= term.end:
        last = min(last, term.said)  # nothing is told before it happens
    if question.first is not None and term.start >= question.first:
        first = max(first, question.first)
    if question.last is not None and term.end <= question.last:
        last = min(last, question.last)
    parts = list(box.parts)
    days = parts[DIMENSIONS.index("days")]
    also = (*days.also, (first.toordinal(), last.toordinal()))
    parts[DIMENSIONS.index("days")] = msgspec.structs.replace(days, also=also)
    return Box(tuple(parts))


def question_box(question: Question) -> Box:
    """A question along each dimension; None where it leaves it open."""
    q = question
    days = None
    if q.first is not None or q.last is not None:
        first, last = (d.toordinal() if d else None for d in (q.first, q.last))
        days = Days(first, last, (first or 1, last or date.max.toordinal()))
    return Box(
        (None, Kinds(q.kind), days, Places(q.spots) if q.spots else None,
         Class(q.target, q.without), q.age or ANY, q.sex or ANY, q.status or ANY,
         asked_party(q.actor, q.actors), asked_party(q.owner, q.owners))
    )  # fmt: skip


def asked_party(party: str | None, among: tuple[str, ...] | None) -> Parties | None:
    """Whose acts or things a question is about; None where that is not settled yet."""
    if party is not None:
        return Parties((party,), True)
    return Parties(among, True) if among is not None else None


def counted_beside(terms: Sequence[Term]) -> dict[str, frozenset[str]]:
    """For each term the classes that are counted apart from it in its list."""
    classes = {t.id: t.target for t in terms}
    beside: dict[str, set[str]] = {}
    for term in terms:
        for other in relations(term, "apart_from"):
            for one, target in ((term.id, classes.get(other)), (other, term.target)):
                if target is not None:
                    beside.setdefault(one, set()).add(target)
    return {key: frozenset(found) for key, found in beside.items()}


def narrower_kinds(terms: Sequence[Term], registers: Registers) -> dict[str, tuple[str, ...]]:
    """For each term the narrower kinds that its document counts beside it: "struck two and destroyed five".

    Whether the five are among those struck is not said, so the two bound the other hits only.
    """
    documents: dict[tuple[str, str | None], list[Term]] = {}
    for term in terms:
        documents.setdefault((term.document, term.counts), []).append(term)
    found: dict[str, tuple[str, ...]] = {}
    for told in (some for some in documents.values() if len(some) > 1):
        kinds = sorted({t.kind for t in told})
        under = {k: tuple(o for o in kinds if o != k and kind_holds(registers, k, o)) for k in kinds}
        found |= {t.id: under[t.kind] for t in told if under[t.kind]}
    return found


def narrower_classes(terms: Sequence[Term], registers: Registers) -> dict[str, tuple[str, ...]]:
    """For each term the classes under its own that its document counts as well, of that kind and untied to it."""
    ties: dict[str, set[str]] = {}
    documents: dict[tuple[str, str], list[Term]] = {}
    for term in terms:
        documents.setdefault((term.document, term.kind), []).append(term)
        for _, other in term.relations:
            ties.setdefault(term.id, set()).add(other)
            ties.setdefault(other, set()).add(term.id)
    found: dict[str, tuple[str, ...]] = {}
    for some in (terms for terms in documents.values() if len(terms) > 1):
        classes: dict[str, list[Term]] = {}
        for term in some:
            classes.setdefault(term.target or "", []).append(term)
        for target, told in classes.items():
            under = sorted(u for u in classes if u != target and registers.is_a(u, target))
            for term in told if under else ():
                tied = ties.get(term.id, set())
                held = tuple(u for u in under if any(t.id not in tied for t in classes[u]))
                if held:
                    found[term.id] = held
    return found


def class_of(term: Term, beside: frozenset[str], under: tuple[str, ...], registers: Registers) -> Class:
    """A term's class, less the classes under it that are counted apart from it in its list."""
    less = {b for b in beside if b != term.target and registers.is_a(b, term.target or "")}
    if term.perpetrators is False and registers.is_a("attacker", term.target or ""):
        less.add("attacker")
    known = term.target is not None or term.counts == "events"
    return Class(term.target, tuple(sorted(less)), known, tuple(u for u in under if u not in less))


def days_of(term: Term) -> Days:
    """A term's days: all that its words touch, and those it surely covers.

    A window between hours of two days touches both and covers wholly only the days between.
    """
    if term.start is None or term.end is None:
        first, last = (d.toordinal() if d else None for d in (term.start, term.end))
        return Days(first, last, None)
    first, last = term.start.toordinal(), term.end.toordinal()
    sure = [first, last]
    if first < last:
        sure[0] += term.time_start is not None and not term.time_start.startswith("00:00")
        sure[1] -= term.time_end is not None and not term.time_end.startswith(("24:00", "23:59"))
    return Days(first, last, (sure[0], sure[1]) if sure[0] <= sure[1] else None)
