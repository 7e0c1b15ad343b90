"""The least and the most over the asked cells of a situation, block by block.

Figures that share no cell and no tie never bear on each other, so each block is solved by itself and the
bounds add up. Small blocks are put into one program; where that cannot hold, each is tried alone, and a
block that cannot hold is relaxed by the least in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from saksi.reconcile.cells import Cell
from saksi.reconcile.figures import Figure, grouped
from saksi.reconcile.model import Model
from saksi.reconcile.solver import NEAR, Answer
from saksi.reconcile.terms import Term

BATCH = 100  # blocks in one program
FEW = 12  # claims of a bound that are tried one by one, whether it falls without them


class Bounds(msgspec.Struct, frozen=True):
    """Low and high (None is open) with the positions of the terms that bind them.

    `low_only` and `high_only` say whether no other terms would give the same bound, None where too many
    bind it to try; `conflict` are the terms that cannot all hold, empty where all can.
    """

    low: int
    high: int | None
    low_from: tuple[int, ...] = ()
    high_from: tuple[int, ...] = ()
    low_only: bool | None = True
    high_only: bool | None = True
    conflict: tuple[int, ...] = ()


def total(parts: Sequence[Bounds]) -> Bounds:
    """The bounds of all blocks together."""
    open_high = any(p.high is None for p in parts)
    return Bounds(
        low=sum(p.low for p in parts), high=None if open_high else sum(p.high or 0 for p in parts),
        low_from=tuple(n for p in parts for n in p.low_from),
        high_from=() if open_high else tuple(n for p in parts for n in p.high_from),
        low_only=every(p.low_only for p in parts), high_only=every(p.high_only for p in parts),
        conflict=tuple(n for p in parts for n in p.conflict),
    )  # fmt: skip


def every(answers: Iterable[bool | None]) -> bool | None:
    """True if all are, None if one is not known, else False."""
    known = list(answers)
    return False if False in known else None if None in known else True


def bounds_of(terms: Sequence[Term], cells: Sequence[Cell], figures: Sequence[Figure], *, high: bool = True) -> Bounds:
    """The bounds of the asked cells, over all blocks that have one; the `high` is left open where it is not wanted.

    Then a block whose figures may all be elsewhere adds 0 to the low, and contests nothing if they cannot all hold.
    """
    asked = [block for block in blocks(figures) if any(cells[c].maybe for n in block for c in figures[n].outer)]
    if not high:
        asked = [block for block in asked if any(figures[n].inner or is_inside(cells, figures[n]) for n in block)]
    lone = [block for block in asked if len(block) == 1]
    parts = [alone(terms, cells, figures[block[0]]) for block in lone]
    some = [block for block, part in zip(lone, parts, strict=True) if part is None]
    rest = [*some, *(block for block in asked if len(block) > 1)]
    found = [part for part in parts if part is not None]
    for n in range(0, len(rest), BATCH):
        found += batch(terms, cells, figures, rest[n : n + BATCH], high=high)
    return total(found)


def blocks(figures: Sequence[Figure]) -> list[list[int]]:
    """The figures, by position, in groups that share cells or are tied as part and whole."""
    pairs: list[tuple[str, str]] = []
    for n, figure in enumerate(figures):
        held = [f"c{c}" for c in sorted(figure.outer | figure.inner)]
        pairs += pairwise([f"f{n}", *held])
        pairs += [(f"f{n}", f"f{w}") for w in sorted(figure.wholes)]
    cells = sorted({c for f in figures for c in f.outer | f.inner})
    names = [*(f"f{n}" for n in range(len(figures))), *(f"c{c}" for c in cells)]
    return [[int(name[1:]) for name in group if name[0] == "f"] for group in grouped(names, pairs)]


def alone(terms: Sequence[Term], cells: Sequence[Cell], figure: Figure) -> Bounds | None:
    """The bounds of a figure that shares nothing, without a program; None where its claims cannot all hold."""
    told = [(n, terms[n]) for n in figure.terms]
    least = max(t.least for _, t in told)
    most = min((t.most for _, t in told if t.most is not None), default=None)
    if most is not None and most < least:
        return None
    asked = {c for c in figure.outer if cells[c].maybe}
    inside = is_inside(cells, figure)
    closed = asked <= figure.inner and most is not None
    binding = tuple(n for n, t in told if t.least == least) if inside and least > 0 else ()
    above = tuple(n for n, t in told if t.most == most) if closed else ()
    return Bounds(
        low=least if inside else 0, high=most if closed else None, low_from=binding[:1], high_from=above[:1],
        low_only=len(binding) < 2, high_only=len(above) < 2,
    )  # fmt: skip


def is_inside(cells: Sequence[Cell], figure: Figure) -> bool:
    """Whether all that a figure may speak of is asked for."""
    return all(cells[c].surely for c in figure.outer)


def batch(
    terms: Sequence[Term], cells: Sequence[Cell], figures: Sequence[Figure], some: Sequence[list[int]], *, high: bool
) -> list[Bounds]:
    """The bounds of some blocks in one program, or one by one where they cannot all hold."""
    model = Model(terms, *cut(cells, figures, [n for block in some for n in block]))
    low = model.program.bound(model.asked(surely=True), most=False)
    if low is not None:
        return [solved(model, low, high=high)]
    if len(some) > 1:
        return [b for block in some for b in batch(terms, cells, figures, [block], high=high)]
    if not high and not any(is_inside(model.cells, figure) for figure in model.figures):
        return [Bounds(0, None)]
    return [relaxed(terms, model, high=high)]


def cut(cells: Sequence[Cell], figures: Sequence[Figure], chosen: Sequence[int]) -> tuple[list[Cell], list[Figure]]:
    """Some figures with their cells, both numbered anew."""
    held = sorted({c for n in chosen for c in figures[n].outer | figures[n].inner})
    at = {c: k for k, c in enumerate(held)}
    place = {n: k for k, n in enumerate(chosen)}

    def anew(figures: Iterable[int]) -> frozenset[int]:
        return frozenset(place[n] for n in figures if n in place)

    def moved(held: Iterable[int]) -> frozenset[int]:
        return frozenset(at[c] for c in held)

    found = [
        Figure(
            f.terms, moved(f.outer), moved(f.inner), anew(f.apart), anew(f.wholes),
            {whole: anew(parts) for whole, parts in f.partitions.items()},
        )
        for f in (figures[n] for n in chosen)
    ]  # fmt: skip
    return [cells[c] for c in held], found


def solved(model: Model, low: Answer, *, high: bool) -> Bounds:
    """The bounds of a program whose rows can all hold."""
    low_from, low_only = binding(model, low, most=False)
    most = model.program.bound(model.asked(surely=False), most=True) if high else None
    if most is None or most.value is None:
        return Bounds(int(low.value or 0), None, low_from, (), low_only)
    high_from, high_only = binding(model, most, most=True)
    return Bounds(int(low.value or 0), int(most.value), low_from, high_from, low_only, high_only)


def relaxed(terms: Sequence[Term], tight: Model, *, high: bool) -> Bounds:
    """The bounds of a block whose claims cannot all hold, over what relaxes them by the least in all."""
    named = tuple(n for n in tight.program.ray() if isinstance(n, int))
    model = Model(terms, tight.cells, tight.figures, slack=True)
    slack = [c for ease in model.slack.values() for c in ease]
    least = model.program.solve(dict.fromkeys(slack, 1.0), False)
    allowed = (least.value or 0.0) if least is not None else 0.0
    model.program.row([(c, 1.0) for c in slack], high=allowed + NEAR)
    low = model.program.bound(model.asked(surely=True), most=False)
    most = model.program.bound(model.asked(surely=False), most=True) if high else None
    above = None if most is None or most.value is None else int(most.value)
    return Bounds(int(low.value or 0) if low is not None else 0, above, conflict=named)


def binding(model: Model, answer: Answer, *, most: bool) -> tuple[tuple[int, ...], bool | None]:
    """The terms a bound rests on, and whether no others would give it.

    Duals of a degenerate optimum are one answer of many, so each claim is left out in turn: where
    the bound stands without one, others would do.
    """
    tags = tuple(n for n in answer.binding if isinstance(n, int))
    if len(tags) > FEW:
        return tags, None
    rows, asked = model.program.rows, dict.fromkeys(model.asked(surely=not most), 1.0)
    only = True
    for tag in tags:
        model.program.rows = [r for r in rows if r.tag != tag]
        other = model.program.solve(asked, most)
        stands = other is not None and other.value is not None and abs(other.value - (answer.value or 0)) < 0.5
        only = only and not stands
    model.program.rows = rows
    return tags, only


def apart_sum(terms: Sequence[Term], cells: Sequence[Cell], figures: Sequence[Figure]) -> int | None:
    """The least if no two undecided reports were of one happening; None where that cannot be."""
    parted = [msgspec.structs.replace(f) for f in figures]
    single = frozenset(n for n, f in enumerate(parted) if is_report(f, terms))
    for n in sorted(single):
        parted[n].apart = single - {n}
    asked = [block for block in blocks(parted) if any(cells[c].surely for n in block for c in parted[n].outer)]
    lone = [alone(terms, cells, parted[block[0]]) for block in asked if len(block) == 1]
    if None in lone:
        return None
    low = sum(part.low for part in lone if part is not None)
    rest = [block for block in asked if len(block) > 1]
    for n in range(0, len(rest), BATCH):
        model = Model(terms, *cut(cells, parted, [f for block in rest[n : n + BATCH] for f in block]))
        found = model.program.bound(model.asked(surely=True), most=False)
        if found is None:
            return None
        low += int(found.value or 0)
    return low


def is_report(figure: Figure, terms: Sequence[Term]) -> bool:
    """Whether a figure is a report of a happening of its own: no part of another, no running total."""
    return not figure.wholes and all(terms[n].scope in ("incident", "increment") for n in figure.terms)
