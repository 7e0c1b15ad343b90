"""Figures: the numbers that claims give. Claims about one happening share a figure; each claim bounds it.

A figure has the cells its words could mean (outer) and, where it tells all there was, those it surely
covers (inner). Lists set figures apart, parts lie within their whole, a partition sums to its whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec

from saksi.reconcile.cells import Cell
from saksi.reconcile.terms import Term, relations
from saksi.together import Together


class Ties(msgspec.Struct, frozen=True):
    """What is known between claims, as pairs of ids: one happening, perhaps one, certainly two."""

    same: frozenset[tuple[str, str]] = frozenset()
    undecided: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()


class TiesByClaim:
    """Ties looked up by claim: all of a ledger are too many to be looked through for each few claims."""

    def __init__(self, ties: Ties) -> None:
        self.of: dict[str, list[tuple[str, str]]] = {}
        for name in Ties.__struct_fields__:
            for a, b in sorted(getattr(ties, name)):
                self.of.setdefault(a, []).append((name, b))

    def among(self, ids: Collection[str]) -> Ties:
        """The ties among some claims."""
        found: dict[str, list[tuple[str, str]]] = {}
        for a in ids:
            for name, b in self.of.get(a, ()):
                if b in ids:
                    found.setdefault(name, []).append((a, b))
        return Ties(**{name: frozenset(pairs) for name, pairs in found.items()})


class Figure(msgspec.Struct):
    """One number: the terms that give it, and its cells by position.

    `partitions` are of each of its terms that is told in parts, by id, the figures of the parts: each sums to it.
    """

    terms: tuple[int, ...]
    outer: frozenset[int] = frozenset()
    inner: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()
    wholes: frozenset[int] = frozenset()
    partitions: dict[str, frozenset[int]] = {}


def figures_of(terms: Sequence[Term], cells: Sequence[Cell], ties: Ties) -> list[Figure]:
    """The figures of some terms over their cells."""
    groups = grouped([t.id for t in terms], [*ties.same, *retold(terms)])
    at = {t.id: n for n, t in enumerate(terms)}
    of = {id: n for n, group in enumerate(groups) for id in group}
    figures = [Figure(tuple(at[id] for id in group)) for group in groups]
    held = holders(cells, len(terms))
    for figure in figures:
        place(figure, cells, held, terms)
    narrow_parts(figures, terms, of)
    for a, b in apart_pairs(terms, ties):
        if a in of and b in of and of[a] != of[b]:
            figures[of[a]].apart |= {of[b]}
            figures[of[b]].apart |= {of[a]}
    return figures


def retold(terms: Sequence[Term]) -> list[tuple[str, str]]:
    """The pairs in which a claim tells another of its document again."""
    return [(t.id, other) for t in terms if t.relations for other in relations(t, "restates")]


def grouped(ids: Sequence[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The ids in groups that pairs tie together, each in the order of `ids`."""
    together = Together(ids)
    for a, b in pairs:
        if a in together and b in together:
            together.tie(a, b)
    return together.groups()


def holders(cells: Sequence[Cell], count: int) -> list[list[int]]:
    """For each term the cells that it may hold."""
    held: list[list[int]] = [[] for _ in range(count)]
    for n, cell in enumerate(cells):
        mask = cell.outer
        while mask:
            low = mask & -mask
            held[low.bit_length() - 1].append(n)
            mask ^= low
    return held


def place(figure: Figure, cells: Sequence[Cell], held: list[list[int]], terms: Sequence[Term]) -> None:
    """Gives a figure its cells: those that all its terms may hold, or, where there are none, any of them may."""
    sets = [set(held[n]) for n in figure.terms]
    common = set.intersection(*sets)
    figure.outer = frozenset(common or set.union(*sets))
    sure = [n for n in figure.terms if terms[n].bounding]
    figure.inner = frozenset(c for n in sure for c in held[n] if cells[c].inner >> n & 1)


def narrow_parts(figures: list[Figure], terms: Sequence[Term], of: dict[str, int]) -> None:
    """A part lies within its whole; what is outside counts for it only where the two have nothing in common."""
    for n, figure in enumerate(figures):
        for term in (terms[t] for t in figure.terms):
            wholes = frozenset(of[o] for o in relations(term, "part_of") if o in of and of[o] != n)
            partitions = [o for o in relations(term, "partition_of") if o in of and of[o] != n]
            figure.wholes |= wholes | {of[o] for o in partitions}
            for o in partitions:
                told = figures[of[o]].partitions
                told[o] = told.get(o, frozenset()) | {n}
        for whole in sorted(figure.wholes):
            figure.outer = figure.outer & figures[whole].outer or figure.outer


def perhaps_one(terms: Sequence[Term], ties: Ties) -> dict[str, list[Term]]:
    """For each term those it may be of one happening with, through any claim that tells its figure."""
    by = {t.id: t for t in terms}
    groups = grouped(list(by), [*ties.same, *retold(terms)])
    of = {id: n for n, group in enumerate(groups) for id in group}
    pairs = sorted({(of[a], of[b]) for a, b in ties.undecided if a in of and b in of and of[a] != of[b]})
    found: dict[str, list[Term]] = {}
    for a, b in pairs:
        for one, other in ((a, b), (b, a)):
            for id in groups[one]:
                found.setdefault(id, []).extend(by[o] for o in groups[other])
    return found


def adrift(terms: Sequence[Term], ties: Ties, *, days: bool = True, places: bool = True) -> frozenset[str]:
    """The terms whose numbers can always be true elsewhere: on other `days`, or in other `places`, than those meant.

    A figure none of whose claims knows its day (or none its place), and that tells of nothing in full, is
    adrift from any stretch of days (or places); so is all that is tied to such figures alone.
    """
    perhaps = perhaps_one(terms, ties)
    told = [*ties.same, *retold(terms)]
    tied = [*apart_pairs(terms, ties), *((t.id, o) for t in terms for o in relations(t, "part_of", "partition_of"))]
    by = {t.id: t for t in terms}
    fixed = set()
    for group in grouped(list(by), told):
        some = [[by[id], *perhaps.get(id, ())] for id in group]
        dated = any(all(t.start is not None and t.end is not None for t in each) for each in some)
        placed = any(all(t.spots for t in each) for each in some)
        if any(by[id].bounding for id in group) or not ((days and not dated) or (places and not placed)):
            fixed.add(group[0])
    held = (group for group in grouped(list(by), [*told, *tied]) if fixed.isdisjoint(group))
    return frozenset(id for group in held for id in group)


def apart_pairs(terms: Sequence[Term], ties: Ties) -> list[tuple[str, str]]:
    """The pairs that are certainly two: of one list, an increment and its base, parts of one partition, judged so."""
    pairs = [(t.id, o) for t in terms for o in relations(t, "apart_from", "adds_to")] + sorted(ties.different)
    lists: dict[str, list[str]] = {}
    for term in terms:
        if term.line:
            lists.setdefault(f"{term.release} {term.kind}", []).append(term.id)
        for whole in relations(term, "partition_of"):
            lists.setdefault(f"parts of {whole}", []).append(term.id)
    kin = {t.id: {*relations(t, "part_of", "restates", "partition_of")} for t in terms} if lists else {}
    for items in lists.values():
        pairs += [(a, b) for n, a in enumerate(items) for b in items[:n] if b not in kin[a] and a not in kin[b]]
    return pairs
