"""Cells: the parts of the world that exactly the same claims speak of.

A cell is known by two sets of terms, as bits of whole numbers: those that may hold it (outer) and those
that surely do (inner). Cells are found dimension by dimension and only where some term is left, so that
their number grows with the claims and not with days times places times classes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from saksi.errors import SaksiError
from saksi.reconcile.boxes import DIMENSIONS, Box, Boxes, Question, question_box
from saksi.reconcile.dimensions import (
    Atom,
    class_atoms,
    day_atoms,
    kind_atoms,
    party_atoms,
    place_atoms,
    trait_atoms,
)
from saksi.reconcile.terms import Term
from saksi.registers.load import Registers

FEW, EACH = 3_000, 4  # cells that are always cut, and as many more for each claim: real ones need about one
MANY = 200  # claims of a question that are not cut as a whole where its high is open anyway
BINARY = {"age": frozenset(("child", "adult")), "sex": frozenset(("female", "male")), "status": None}


class TooBroadError(SaksiError):
    """Claims open in so many ways at once that the parts of the world they tell apart are too many to count."""


class Cell(msgspec.Struct, frozen=True):
    """A part of the world: the terms that may and that surely hold it, and whether the question does."""

    outer: int
    inner: int
    maybe: bool = False
    surely: bool = False


Part = tuple[int, int, bool, bool]  # of an atom or a cell: outer, inner, maybe, surely
Maker = Callable[[Sequence[Any]], list[Atom]]
MAKERS: dict[str, dict[str, Maker]] = {}  # of atoms, by dimension, by the identity of registers


class Dimension:
    """One dimension of some boxes: their distinct values, the terms that have each, and the atoms."""

    def __init__(self, values: Sequence[Any], atoms: Maker, asked: Any) -> None:
        self.values = list(dict.fromkeys(values))
        places = {v: n for n, v in enumerate(self.values)}
        self.masks = [0] * len(self.values)
        for n, value in enumerate(values):
            self.masks[places[value]] |= 1 << n
        self.make = atoms
        self.asked = asked
        self.known: dict[tuple[int, ...], list[Part]] = {}

    def atoms(self, alive: int) -> list[Part]:
        """The atoms among the terms alive: their outer and inner terms, and what the question holds."""
        held = (0,) if len(self.masks) == 1 else tuple(n for n, mask in enumerate(self.masks) if mask & alive)
        if held not in self.known:
            self.known[held] = self.parts(held)
        return self.known[held]

    def parts(self, held: tuple[int, ...]) -> list[Part]:
        """The atoms among some of the values."""
        chosen = (*[self.values[n] for n in held], *([self.asked] if self.asked is not None else ()))
        found: dict[Part, None] = {}
        end = len(held)
        for outer, inner in self.make(chosen):
            masks = [sum(self.masks[held[p]] for p in side if p < end) for side in (outer, inner)]
            asked = (end in outer, end in inner) if self.asked is not None else (True, True)
            found[(masks[0], masks[1], *asked)] = None
        return list(found)


def cells_of(
    terms: Sequence[Term],
    boxes: Boxes,
    question: Question | None = None,
    *,
    adrift: Collection[str] = (),
    high: bool = True,
) -> tuple[list[Cell], bool]:
    """The cells of some terms, and whether the question reaches where no term does.

    What the question names comes first, so that "no term here" is told of that alone. Terms `adrift` are in no
    cell. Without a question only what some term bounds from above is cut: of the rest it is enough to know who
    reaches it, since anything may have happened there. Raises TooBroadError where the cells of a question
    outgrow the claims, or where it is asked for a `high` that many claims leave open anyway.
    """
    most = FEW + EACH * len(terms) if question is not None else None
    dimensions = dimensions_of([boxes.of[t.id].parts for t in terms], boxes.registers, question)
    found: dict[Part, None] = {}
    everything = sum(1 << n for n, t in enumerate(terms) if t.id not in adrift)
    bounding = everything & sum(1 << n for n, t in enumerate(terms) if t.bounding)
    asked = question is not None
    pending = [(0, (everything, bounding, asked, asked))] if everything else []
    seen = set(pending)
    beyond = False
    while pending:
        depth, cell = pending.pop()
        alive, sure, maybe, surely = cell
        if depth == len(dimensions) or (not asked and not sure):
            found[cell] = None
            is_open = high and len(terms) > MANY and maybe and not sure
            if most is not None and (is_open or len(found) > most):
                raise TooBroadError(f"{len(terms)} claims are too many to be cut together")
            continue
        for outer, inner, may, must in dimensions[depth].atoms(alive):
            part = (depth + 1, (alive & outer, sure & inner, maybe and may, surely and must))
            if not alive & outer:
                beyond = beyond or (part[1][2] and dimensions[depth].asked is not None)
            elif part not in seen:
                seen.add(part)
                pending.append(part)
    return [Cell(*part) for part in sorted(found)], beyond or not terms


class Surely:
    """Which claims lie wholly in a question: told dimension by dimension, since in each a value is held or not."""

    def __init__(self, registers: Registers, question: Question) -> None:
        self.question = question
        asked, makers = question_box(question).parts, atom_makers(registers)
        named = [(n, name) for n, name in enumerate(DIMENSIONS) if asked[n] is not None]
        self.dimensions = [(n, makers[name], asked[n]) for n, name in named]
        self.known: dict[tuple[int, Any], bool] = {}
        self.whole: dict[tuple[Any, ...], bool] = {}  # by all that a box says along the dimensions named

    def holds(self, term: Term, box: Box) -> bool:
        """Whether all that a claim may mean is inside the question."""
        if not may_be_asked(term, self.question):
            return False
        parts = box.parts
        said = tuple([parts[n] for n, _, _ in self.dimensions])
        held = self.whole.get(said)
        if held is None:
            held = all(self.covers(n, parts[n], atoms, asked) for n, atoms, asked in self.dimensions)
            self.whole[said] = held
        return held

    def covers(self, n: int, value: Any, atoms: Maker, asked: Any) -> bool:
        """Whether what is asked surely holds every part of a value along one dimension."""
        if (n, value) not in self.known:
            parts = Dimension([value], atoms, asked).atoms(1)
            self.known[n, value] = all(must for outer, _, _, must in parts if outer)
        return self.known[n, value]


def may_be_asked(term: Term, question: Question) -> bool:
    """Whether a claim's days and places are told and can lie in those of a question: seen without cutting anything."""
    if question.first is not None and (term.start is None or term.start < question.first):
        return False
    if question.last is not None and (term.end is None or term.end > question.last):
        return False
    return bool(term.spots) or not question.spots


def dimensions_of(parts: Sequence[Sequence[Any]], registers: Registers, question: Question | None) -> list[Dimension]:
    """The dimensions of some boxes, those that a question names first."""
    asked = question_box(question).parts if question else (None,) * len(DIMENSIONS)
    makers = atom_makers(registers)
    found = [Dimension([p[n] for p in parts], makers[name], asked[n]) for n, name in enumerate(DIMENSIONS)]
    return sorted(found, key=lambda d: d.asked is None)


def atom_makers(registers: Registers) -> dict[str, Maker]:
    """For each dimension the function that makes its atoms: of days and places anew, of other values once for each."""
    key = registers.identity()
    if key not in MAKERS:
        few: dict[str, Maker] = {
            "counts": trait_atoms(frozenset(("events", "things"))), "kind": kind_atoms(registers),
            "class": class_atoms(registers), **{n: trait_atoms(w) for n, w in BINARY.items()},
            "actor": party_atoms(registers), "owner": party_atoms(registers),
        }  # fmt: skip
        known: dict[str, Any] = {name: lru_cache(maxsize=10_000)(atoms) for name, atoms in few.items()}
        MAKERS[key] = {**known, "days": day_atoms, "place": place_atoms}
    return MAKERS[key]
