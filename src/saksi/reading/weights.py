"""Learned weights: how signs add up, and how the best of all choices of a row is found.

The weights are in registers/weights.yml, learned from gold by `make weights`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

KEPT = 200_000  # pieces of evidence whose worth is kept, so that a process that reads for months does not grow
Weights = dict[str, float]
Part = tuple[Any, ...]  # of what speaks for a choice: its name, and what is the case
Signs = Callable[..., Iterator[str]]  # of a part, by what is the case
Choice = int | None  # the number of what was chosen, or none of it
Scores = dict[Choice, float]
Path = tuple[Choice, Any]  # the last choice, and the path before it or None


def weigh(signs: Iterable[str], weights: Weights) -> float:
    """The sum of the weights of some signs; a sign never learned says nothing."""
    total, learned = 0.0, weights.get
    for sign in signs:
        total += learned(sign, 0.0)
    return total


class Worth(dict[tuple[Any, ...], float]):
    """What each piece of evidence is worth: its signs are weighed where it is first met, and their sum is kept."""

    def __init__(self, weights: Weights, signs_of: Callable[[tuple[Any, ...]], Iterable[str]]) -> None:
        super().__init__()
        self.weights, self.signs_of = weights, signs_of

    def __missing__(self, evidence: tuple[Any, ...]) -> float:
        if len(self) >= KEPT:
            self.clear()
        worth = self[evidence] = weigh(self.signs_of(evidence), self.weights)
        return worth


class Terms(dict[Part, tuple[float, ...]]):
    """The weights of the signs of each part, looked up where it is first met.

    They are added up one by one: weights have two decimals, so that choices tie, and sums of sums would tell them apart
    by their last digit.
    """

    def __init__(self, weights: Weights, signs: Mapping[str, Signs]) -> None:
        super().__init__()
        self.weights, self.signs = weights, signs

    def __missing__(self, part: Part) -> tuple[float, ...]:
        if len(self) >= KEPT:
            self.clear()
        learned = map(self.weights.get, self.signs[part[0]](*part[1:]))
        terms = self[part] = tuple(w for w in learned if w is not None)
        return terms

    def of(self, parts: Iterable[Part]) -> float:
        """What several parts are worth together."""
        total = 0.0
        for weight in chain.from_iterable(map(self.__getitem__, parts)):
            total += weight
        return total


def signs_of(parts: Iterable[Part], signs: Mapping[str, Signs]) -> Iterator[str]:
    """The signs of some parts."""
    return (sign for part in parts for sign in signs[part[0]](*part[1:]))


def best_path(scores: Sequence[Scores], links: Sequence[tuple[float, float]]) -> list[Choice]:
    """The choices that score best together (Viterbi): each has its own score, and one for the choice before it.

    `links` says for each what speaks for choosing as before, and for choosing another; none goes on with nothing.
    """
    best: dict[Choice, tuple[float, Path | None]] = {None: (0.0, None)}
    for own, (goes_on, leaves) in zip(scores, links, strict=True):
        fresh: dict[Choice, tuple[float, Path | None]] = {}
        for choice, score in own.items():
            most, way = -math.inf, None
            for before, (total, path) in best.items():
                link = 0.0 if choice is None or before is None else goes_on if before == choice else leaves
                if total + score + link > most:
                    most, way = total + score + link, path
            fresh[choice] = most, (choice, way)
        best = fresh
    return walked(max(best.values(), key=lambda found: found[0])[1])


def walked(path: Path | None) -> list[Choice]:
    """The choices of a path, first to last."""
    choices: list[Choice] = []
    while path is not None:
        choice, path = path
        choices.append(choice)
    return choices[::-1]
