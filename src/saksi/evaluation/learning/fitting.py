"""Fits the weights: of a number's acts, and none, the right one must be the likeliest (a conditional logit).

The objective is the likelihood of the gold with a penalty on the squares of the weights (McFadden 1974); where
several acts are right, any of them is. SciPy's L-BFGS finds the minimum; the same gold gives the same weights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from saksi.evaluation.learning.rows import Candidate

SEEN_IN = 3  # documents that a sign must occur in
PENALTY = 2.0
SMALL = 0.03  # a weight below it says nothing

Weights = dict[str, float]


def signs_of(candidate: Candidate, act: int, before: int | None) -> list[str]:
    """All signs that speak for one act of a number, given the act of the number before it."""
    link = [] if before is None else candidate.goes_on if act == before else candidate.leaves
    return [*candidate.alone, *candidate.acts[act], *link]


def learned(candidates: Sequence[Candidate], penalty: float = PENALTY) -> Weights:
    """The weight of each sign; what is unsure, or has no right act among its own, teaches nothing."""
    from scipy.optimize import minimize

    usable = [c for c in candidates if c.acts and not c.unsure and (c.right or not c.counts)]
    names = known_signs(usable)
    if not names:
        return {}
    problem = Problem(usable, {name: n for n, name in enumerate(names)})
    found = minimize(problem.loss, problem.zero(), args=(penalty,), jac=True, method="L-BFGS-B")
    return {s: round(float(w), 2) for s, w in zip(names, found.x, strict=True) if abs(w) >= SMALL}


def known_signs(candidates: Sequence[Candidate]) -> list[str]:
    """The signs that occur in enough documents to be learned from."""
    where: defaultdict[str, set[str]] = defaultdict(set)
    for c in candidates:
        for act in c.acts:
            for sign in signs_of(c, act, c.before):
                where[sign].add(c.document)
    return sorted(s for s, documents in where.items() if len(documents) >= SEEN_IN)


class Problem:
    """The gold as a sparse table: a line an act that a number could belong to, a column a sign."""

    def __init__(self, candidates: Sequence[Candidate], columns: dict[str, int]) -> None:
        import numpy as np
        from scipy.sparse import csr_matrix

        ends, where, owner, right = [0], [], [], []
        for n, c in enumerate(candidates):
            for act in c.acts:
                where += sorted({columns[s] for s in signs_of(c, act, c.before) if s in columns})
                ends.append(len(where))
                owner.append(n)
                right.append(act in c.right)
        self.np: Any = np
        self.table: Any = csr_matrix((np.ones(len(where)), where, ends), shape=(len(owner), len(columns)))
        self.owner: Any = np.array(owner)
        self.right: Any = np.array(right, dtype=float)
        self.none_right: Any = np.array([not c.counts for c in candidates], dtype=float)
        self.worth: Any = np.array([c.worth for c in candidates])

    def zero(self) -> Any:
        """Where the search begins."""
        return self.np.zeros(self.table.shape[1])

    def loss(self, weights: Any, penalty: float) -> tuple[float, Any]:
        """The penalised surprise at the gold, and its slope."""
        np, owner = self.np, self.owner
        scores = self.table @ weights
        top = np.zeros(len(self.none_right))  # none scores nothing
        np.maximum.at(top, owner, scores)
        share, none = np.exp(scores - top[owner]), np.exp(-top)
        every, hit = none.copy(), none * self.none_right
        np.add.at(every, owner, share)
        np.add.at(hit, owner, share * self.right)
        slope = self.table.T @ (self.worth[owner] * (share / every[owner] - share * self.right / hit[owner]))
        surprise = float((self.worth * (np.log(every) - np.log(hit))).sum())
        return surprise + penalty / 2 * float(weights @ weights), slope + penalty * weights
