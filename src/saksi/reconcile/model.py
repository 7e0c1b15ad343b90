"""The program of some claims: what happened in each cell, and the figures that claims give of it.

Columns: x, how many in a cell; y, a figure; s, the share of a figure in a cell, where a list or a
judgement sets it apart from another figure there. Rows: each claim bounds its figure (tagged with the
claim's position); a figure is at most what its outer cells hold; where it tells all, its inner cells
hold no more than it; shares of figures apart fill a cell at most.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from saksi.reconcile.cells import Cell
from saksi.reconcile.figures import Figure
from saksi.reconcile.solver import OPEN, Program
from saksi.reconcile.terms import Term

NO_SHARES: dict[int, int] = {}


class Cover(msgspec.Struct, frozen=True):
    """The tag of rows that say what a figure covers."""

    figure: int | None


class Model:
    """A program with the columns of its cells and figures."""

    def __init__(
        self, terms: Sequence[Term], cells: Sequence[Cell], figures: Sequence[Figure], *, slack: bool = False
    ) -> None:
        self.terms, self.cells, self.figures = terms, cells, figures
        self.program = Program()
        self.x = [self.program.column() for _ in cells]
        self.y = [self.program.column() for _ in figures]
        self.slack: dict[int, list[int]] = {}
        self.shares = self.make_shares()
        self.bound_figures(slack)
        self.fill_cells()
        self.join_figures()

    def make_shares(self) -> list[dict[int, int]]:
        """For each figure that meets one set apart from it in some cell: its shares by cell."""
        made = []
        for figure in self.figures:
            meets = any(not figure.outer.isdisjoint(self.figures[o].outer) for o in figure.apart)
            made.append({c: self.program.column() for c in sorted(figure.outer)} if meets else NO_SHARES)
        return made

    def bound_figures(self, slack: bool) -> None:
        """Each claim bounds its figure; with slack, by as little more as it takes."""
        for n, figure in enumerate(self.figures):
            for t in figure.terms:
                term = self.terms[t]
                ease = [self.program.column(), self.program.column()] if slack else []
                self.slack[t] = ease
                entries = [(self.y[n], 1.0), *zip(ease, (1.0, -1.0), strict=False)]
                high = OPEN if term.most is None else float(term.most)
                if term.least > 0 or term.most is not None:
                    self.program.row(entries, low=float(term.least), high=high, tag=t)

    def fill_cells(self) -> None:
        """Ties figures to cells."""
        cliques: dict[int, list[list[int]]] = {}
        for n, figure in enumerate(self.figures):
            shares = self.shares[n]
            if shares:
                self.program.row([(self.y[n], -1.0), *((s, 1.0) for s in shares.values())], low=0, high=0)
                for c in shares:
                    cliques.setdefault(c, [])
            elif figure.outer:  # else it is adrift
                self.program.row([(self.y[n], 1.0), *((self.x[c], -1.0) for c in sorted(figure.outer))], high=0)
            self.cover(n, figure)
        for c in sorted(cliques):
            for clique in self.cliques(c):
                self.program.row([(self.x[c], -1.0), *((self.shares[f][c], 1.0) for f in clique)], high=0)

    def cover(self, n: int, figure: Figure) -> None:
        """Where a figure tells all there was, its cells hold no more than it and its list do."""
        shares = self.shares[n]
        if not figure.inner:
            return
        if not shares:
            told = [(self.y[n], -1.0), *((self.x[c], 1.0) for c in sorted(figure.inner))]
            self.program.row(told, high=0, tag=Cover(n))
            return
        for c in sorted(figure.inner):
            list_of = [f for f in sorted({n, *figure.apart}) if c in self.shares[f]]
            self.program.row([(self.x[c], 1.0), *((self.shares[f][c], -1.0) for f in list_of)], high=0, tag=Cover(n))

    def leave_out(self, term: int, left: set[int]) -> None:
        """Takes away the bounds of a term, and what its figure covers where no other term left bounds that."""
        figure = next((n for n, f in enumerate(self.figures) if term in f.terms), None)
        bound = figure is not None and any(t in left and self.terms[t].bounding for t in self.figures[figure].terms)
        gone = {term} if bound else {term, Cover(figure)}
        self.program.rows = [r for r in self.program.rows if r.tag is None or r.tag not in gone]

    def cliques(self, c: int) -> list[list[int]]:
        """The largest sets of figures in a cell of which each is apart from each."""
        here = [n for n, shares in enumerate(self.shares) if c in shares]
        near = {n: {o for o in self.figures[n].apart if c in self.shares[o]} for n in here}
        return sorted(sorted(found) for found in largest(set(), set(here), set(), near))

    def join_figures(self) -> None:
        """Parts are at most their whole; a partition sums to it."""
        for n, figure in enumerate(self.figures):
            for whole in sorted(figure.wholes):
                self.program.row([(self.y[n], 1.0), (self.y[whole], -1.0)], high=0)
            for _, parts in sorted(figure.partitions.items()):
                self.program.row([(self.y[n], -1.0), *((self.y[p], 1.0) for p in sorted(parts))], low=0, high=0)

    def asked(self, *, surely: bool) -> list[int]:
        """The columns of the cells that the question surely, or maybe, holds."""
        told = frozenset().union(*(f.outer for f in self.figures))
        cells = ((n, c.surely if surely else c.maybe) for n, c in enumerate(self.cells))
        return [self.x[n] for n, held in cells if held and n in told]


def largest(chosen: set[int], open: set[int], closed: set[int], near: dict[int, set[int]]) -> list[set[int]]:
    """All largest sets in which each is near each (Bron and Kerbosch 1973, with a pivot)."""
    if not open and not closed:
        return [chosen]
    pivot = max(sorted(open | closed), key=lambda n: len(near[n] & open))
    found = []
    for n in sorted(open - near[pivot]):
        found += largest(chosen | {n}, open & near[n], closed & near[n], near)
        open = open - {n}
        closed = closed | {n}
    return found
