"""Learned weights: how signs add up, and how the best of all choices of a row is found.

The weights are in registers/weights.yml, learned from gold by `make weights`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Weights = dict[str, float]
Choice = int | None  # the number of what was chosen, or none of it
Scores = dict[Choice, float]
Path = tuple[Choice, Any]  # the last choice, and the path before it or None


def weigh(signs: Iterable[str], weights: Weights) -> float:
    """The sum of the weights of some signs; a sign never learned says nothing."""
    total, learned = 0.0, weights.get
    for sign in signs:
        total += learned(sign, 0.0)
    return total


def best_path(scores: Sequence[Scores], links: Sequence[tuple[float, float]]) -> list[Choice]:
    """The choices that score best together (Viterbi): each has its own score, and one for the choice before it.

    `links` says for each what speaks for choosing as before, and for choosing another; none goes on with nothing.
    """
    best: dict[Choice, tuple[float, Path | None]] = {None: (0.0, None)}
    for own, (goes_on, leaves) in zip(scores, links, strict=True):
        fresh: dict[Choice, tuple[float, Path | None]] = {}
        for before, (total, path) in best.items():
            for choice, score in own.items():
                link = 0.0 if None in (before, choice) else goes_on if before == choice else leaves
                if choice not in fresh or total + score + link > fresh[choice][0]:
                    fresh[choice] = total + score + link, (choice, path)
        best = fresh
    return walked(max(best.values(), key=lambda found: found[0])[1])


def walked(path: Path | None) -> list[Choice]:
    """The choices of a path, first to last."""
    choices: list[Choice] = []
    while path is not None:
        choice, path = path
        choices.append(choice)
    return choices[::-1]
