"""Cells: the parts of the world that exactly the same claims speak of.

A cell is known by two sets of terms, as bits of whole numbers: those that may hold it (outer) and those
that surely do (inner). Cells are found dimension by dimension and only where some term is left, so that
their number grows with the claims and not with days times places times classes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from saksi.reconcile.dimensions import (
    ANY,
    ANYWHERE,
    Atom,
    Class,
    Days,
    Kinds,
    Parties,
    Places,
    class_atoms,
    day_atoms,
    kind_atoms,
    kind_holds,
    party_atoms,
    place_atoms,
    trait_atoms,
)
from saksi.reconcile.terms import Spot, Term, relations
from saksi.registers.load import Registers

BINARY = {"age": frozenset(("child", "adult")), "sex": frozenset(("female", "male")), "status": None}


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


class Cell(msgspec.Struct, frozen=True):
    """A part of the world: the terms that may and that surely hold it, and whether the question does."""

    outer: int
    inner: int
    maybe: bool = False
    surely: bool = False


class Box(msgspec.Struct, frozen=True):
    """What a term or question says along each dimension, in the order of `DIMENSIONS`."""

    parts: tuple[Any, ...]


DIMENSIONS = ("counts", "kind", "days", "place", "class", "age", "sex", "status", "actor", "owner")


class Dimension:
    """One dimension of some boxes: their distinct values, the terms that have each, and the atoms."""

    def __init__(self, values: Sequence[Any], atoms: Callable[[Sequence[Any]], list[Atom]], asked: Any) -> None:
        self.values = list(dict.fromkeys(values))
        places = {v: n for n, v in enumerate(self.values)}
        self.masks = [0] * len(self.values)
        for n, value in enumerate(values):
            self.masks[places[value]] |= 1 << n
        self.make = atoms
        self.asked = asked
        self.known: dict[tuple[int, ...], list[Atom]] = {}

    def atoms(self, alive: int) -> list[tuple[int, int, bool, bool]]:
        """The atoms among the terms alive: their outer and inner terms, and what the question holds."""
        held = tuple(n for n, mask in enumerate(self.masks) if mask & alive)
        if held not in self.known:
            chosen = [self.values[n] for n in held] + ([self.asked] if self.asked is not None else [])
            self.known[held] = self.make(chosen)
        found: dict[tuple[int, int, bool, bool], None] = {}
        end = len(held)
        for outer, inner in self.known[held]:
            masks = [sum(self.masks[held[p]] for p in side if p < end) for side in (outer, inner)]
            asked = (end in outer, end in inner) if self.asked is not None else (True, True)
            found[(masks[0], masks[1], *asked)] = None
        return list(found)


def cells_of(
    terms: Sequence[Term],
    registers: Registers,
    question: Question | None = None,
    perhaps: Mapping[str, Sequence[Term]] | None = None,
    adrift: Collection[str] = (),
) -> tuple[list[Cell], bool]:
    """The cells of some terms, and whether the question reaches where no term does.

    What the question names comes first, so that "no term here" is told of that alone. `perhaps` are for
    each term those it may be of one happening with: it may lie on their days and in their places. Terms
    `adrift` are in no cell. Without a question only what some term bounds from above is cut: of the rest
    it is enough to know who reaches it, since anything may have happened there.
    """
    beside, narrower = counted_beside(terms), narrower_kinds(terms, registers)
    under = narrower_classes(terms, registers)
    partners = perhaps or {}
    boxes = []
    for t in terms:
        target = class_of(t, beside.get(t.id, frozenset()), under.get(t.id, ()), registers)
        boxes.append(widened(box_of(t, target, narrower.get(t.id, ())), t, partners.get(t.id, ())))
    asked = question_box(question).parts if question else (None,) * len(DIMENSIONS)
    makers = atom_makers(registers)
    dimensions = [Dimension([b.parts[n] for b in boxes], makers[name], asked[n]) for n, name in enumerate(DIMENSIONS)]
    dimensions.sort(key=lambda d: d.asked is None)
    found: dict[Cell, None] = {}
    seen: set[tuple[int, Cell]] = set()
    everything = sum(1 << n for n, t in enumerate(terms) if t.id not in adrift)
    surely = tuple(t.bounding for t in terms)
    bounding = everything & sum(1 << n for n, sure in enumerate(surely) if sure)
    pending = [(0, Cell(everything, bounding, question is not None, question is not None))] if everything else []
    beyond = False
    while pending:
        depth, cell = pending.pop()
        if depth == len(dimensions) or (question is None and not cell.inner):
            found[cell] = None
            continue
        for outer, inner, maybe, sure in dimensions[depth].atoms(cell.outer):
            part = Cell(cell.outer & outer, cell.inner & inner, cell.maybe and maybe, cell.surely and sure)
            if not part.outer:
                beyond = beyond or (part.maybe and dimensions[depth].asked is not None)
            elif (depth + 1, part) not in seen:
                seen.add((depth + 1, part))
                pending.append((depth + 1, part))
    return sorted(found, key=lambda c: (c.outer, c.inner, c.maybe, c.surely)), beyond or not terms


def atom_makers(registers: Registers) -> dict[str, Callable[[Sequence[Any]], list[Atom]]]:
    """For each dimension the function that makes its atoms."""
    return {
        "counts": trait_atoms(frozenset(("events", "things"))), "kind": kind_atoms(registers), "days": day_atoms,
        "place": place_atoms, "class": class_atoms(registers), **{n: trait_atoms(w) for n, w in BINARY.items()},
        "actor": party_atoms(registers), "owner": party_atoms(registers),
    }  # fmt: skip


def box_of(term: Term, target: Class, kinds: tuple[str, ...]) -> Box:
    """A term along each dimension; `kinds` are the narrower kinds that its document counts beside it."""
    owner = Parties((term.owner,) if term.owner else ())
    return Box(
        (term.counts, Kinds(term.kind, kinds), days_of(term), Places(term.spots, bool(term.spots)),
         target, term.age, term.sex, term.status, Parties(term.actors), owner)
    )  # fmt: skip


def widened(box: Box, term: Term, partners: Sequence[Term]) -> Box:
    """A box that also holds the days and places of other claims."""
    others = [p for p in partners if (p.start, p.end, p.spots) != (term.start, term.end, term.spots)]
    if not others:
        return box
    parts = list(box.parts)
    days, places = parts[DIMENSIONS.index("days")], parts[DIMENSIONS.index("place")]
    stretches = {(d.first, d.last) for d in map(days_of, others)}
    order = sorted(stretches, key=lambda s: (s[0] or 0, s[1] or 0))
    spots = sorted({s for p in others for s in p.spots} - set(term.spots), key=lambda s: (s.key, s.near, s.name))
    parts[DIMENSIONS.index("days")] = msgspec.structs.replace(days, also=tuple(order))
    if term.spots and all(p.spots for p in others):
        parts[DIMENSIONS.index("place")] = msgspec.structs.replace(places, also=tuple(spots))
    elif term.spots:
        parts[DIMENSIONS.index("place")] = msgspec.structs.replace(places, also=(ANYWHERE,))
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
    for told in documents.values():
        kinds = sorted({t.kind for t in told})
        under = {k: tuple(o for o in kinds if o != k and kind_holds(registers, k, o)) for k in kinds}
        found |= {t.id: under[t.kind] for t in told if under[t.kind]}
    return found


def narrower_classes(terms: Sequence[Term], registers: Registers) -> dict[str, tuple[str, ...]]:
    """For each term the classes under its own that its document counts as well, of that kind and untied to it."""
    ties: dict[str, set[str]] = {}
    documents: dict[tuple[str, str], dict[str, list[Term]]] = {}
    for term in terms:
        documents.setdefault((term.document, term.kind), {}).setdefault(term.target or "", []).append(term)
        for _, other in term.relations:
            ties.setdefault(term.id, set()).add(other)
            ties.setdefault(other, set()).add(term.id)
    found: dict[str, tuple[str, ...]] = {}
    for classes in (c for c in documents.values() if len(c) > 1):
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
