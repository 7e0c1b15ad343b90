"""Fits the weights: of the options of a choice, and none, the right one must be the likeliest (a conditional logit).

The objective is the likelihood of the gold with a penalty on the squares of the weights (McFadden 1974); where
several options are right, any of them is. SciPy's L-BFGS finds the minimum; the same gold gives the same weights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

SEEN_IN = 3  # documents that a sign must occur in
SMALL = 0.03  # a weight below it says nothing
NEVER = -50.0  # the score of nothing where something must be chosen

Weights = dict[str, float]


class Choice(msgspec.Struct):
    """One choice of the gold: the signs of each option, which of them are right, and whether none is."""

    document: str
    options: list[list[str]]
    right: list[bool]
    none: bool
    worth: float = 1.0  # how much it counts among the others


def learned(choices: Sequence[Choice], penalty: float, *, empty: bool = True) -> Weights:
    """The weight of each sign; a choice with nothing right teaches nothing. `empty`: none may be right at all."""
    from scipy.optimize import minimize

    usable = [c for c in choices if c.options and (c.none or any(c.right))]
    names = known_signs(usable)
    if not names:
        return {}
    problem = Problem(usable, {name: n for n, name in enumerate(names)}, 0.0 if empty else NEVER)
    found = minimize(problem.loss, problem.zero(), args=(penalty,), jac=True, method="L-BFGS-B")
    return {s: round(float(w), 2) for s, w in zip(names, found.x, strict=True) if abs(w) >= SMALL}


def known_signs(choices: Iterable[Choice]) -> list[str]:
    """The signs that occur in enough documents to be learned from."""
    where: defaultdict[str, set[str]] = defaultdict(set)
    for c in choices:
        for signs in c.options:
            for sign in signs:
                where[sign].add(c.document)
    return sorted(s for s, documents in where.items() if len(documents) >= SEEN_IN)


class Problem:
    """The gold as a sparse table: a line an option, a column a sign."""

    def __init__(self, choices: Sequence[Choice], columns: dict[str, int], none: float) -> None:
        import numpy as np
        from scipy.sparse import csr_matrix

        ends, where, owner, right = [0], [], [], []
        for n, c in enumerate(choices):
            for signs, fits in zip(c.options, c.right, strict=True):
                where += sorted({columns[s] for s in signs if s in columns})
                ends.append(len(where))
                owner.append(n)
                right.append(fits and not c.none)
        self.np: Any = np
        self.none = none
        self.table: Any = csr_matrix((np.ones(len(where)), where, ends), shape=(len(owner), len(columns)))
        self.owner: Any = np.array(owner)
        self.right: Any = np.array(right, dtype=float)
        self.none_right: Any = np.array([c.none for c in choices], dtype=float)
        self.worth: Any = np.array([c.worth for c in choices])

    def zero(self) -> Any:
        """Where the search begins."""
        return self.np.zeros(self.table.shape[1])

    def loss(self, weights: Any, penalty: float) -> tuple[float, Any]:
        """The penalised surprise at the gold, and its slope."""
        np, owner = self.np, self.owner
        scores = self.table @ weights
        every, share = self.spread(scores, np.ones(len(self.none_right), dtype=bool))
        hit, fitting = self.spread(np.where(self.right > 0, scores, -np.inf), self.none_right > 0)
        slope = self.table.T @ (self.worth[owner] * (share - fitting))
        return float((self.worth * (every - hit)).sum()) + penalty / 2 * float(
            weights @ weights
        ), slope + penalty * weights

    def spread(self, scores: Any, none: Any) -> tuple[Any, Any]:
        """The logarithm of the sum over each choice, and each option's share of it; `none`: where nothing may be it.

        Each sum is taken from its own greatest score, so that no right option, however unlikely, is lost to nothing.
        """
        np, owner = self.np, self.owner
        top = np.where(none, self.none, -np.inf)
        np.maximum.at(top, owner, scores)
        parts = np.exp(scores - top[owner])
        sums = np.exp(np.where(none, self.none - top, -np.inf))
        np.add.at(sums, owner, parts)
        return np.log(sums) + top, parts / sums[owner]
