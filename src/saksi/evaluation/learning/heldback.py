"""What the weights are worth on documents they were not learned from, and what each family of signs is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from saksi.evaluation.learning.fitting import Weights, learned
from saksi.evaluation.learning.rows import Candidate, choices
from saksi.reading.weights import Choice, Scores, best_path, weigh

FOLDS = 5
PENALTY = 1.35  # on the weights of the signs of a number
# families of signs by how they begin (reading/clauses/number_signs.py)
FAMILIES = {
    "what the constructions took": ("rules", "no construction", "act has another"),
    "what is counted, with the act's kind": (
        "counts",
        "count of",
        "article of",
        "people and",
        "things and",
        "events and",
    ),
    "words around the number": ("word before", "two before", "word after", "two after", "noun", "number "),
    "the act's own word": ("act word", "act behind"),
    "side, voice, distance": ("before ", "after ", "own ", "before,", "after,", "own,"),
    "the act of the number before": ("same act", "other act"),
    "the act of the sentence before": ("earlier",),
    "size": ("size",),
}


def folds(documents: Iterable[str]) -> Iterator[frozenset[str]]:
    """Some documents in parts, each to be held back once."""
    names = sorted(set(documents))
    return (frozenset(names[part::FOLDS]) for part in range(FOLDS))


def judge(real: Sequence[Candidate], own: Sequence[Candidate]) -> str:
    """How many numbers of documents held back are found, and rightly, by language."""
    tally: Counter[tuple[str, str]] = Counter()
    for held in folds(c.document for c in real):
        weights = learned(choices([*(c for c in real if c.document not in held), *own]), PENALTY)
        for sentence in by_sentence([c for c in real if c.document in held]):
            for candidate, act in zip(sentence, assigned(sentence, weights), strict=True):
                count(tally, candidate, act)
    return "; ".join(told(tally, language) for language in sorted({c.language for c in real}))


def told(tally: Counter[tuple[str, str]], language: str) -> str:
    """The figures of one language in words."""
    gold, found, right, wrong = (tally[language, name] for name in ("gold", "found", "right", "wrong"))
    shares = found / max(1, gold), found / max(1, found + wrong), right / max(1, found)
    return f"{language}: found {shares[0]:.1%} precision {shares[1]:.1%} kind {shares[2]:.1%} of {gold} numbers"


def count(tally: Counter[tuple[str, str]], candidate: Candidate, act: int | None) -> None:
    """Adds one number held back to the figures."""
    language = candidate.language
    if candidate.unsure:
        return
    if not candidate.counts:
        tally[language, "wrong"] += act is not None
        return
    tally[language, "gold"] += 1
    tally[language, "found"] += act is not None
    tally[language, "right"] += act in candidate.right


def by_sentence(found: Sequence[Candidate]) -> list[list[Candidate]]:
    """The numbers sentence by sentence."""
    rows: list[list[Candidate]] = []
    for candidate in found:
        if candidate.opens:
            rows.append([])
        rows[-1].append(candidate)
    return rows


def assigned(sentence: Sequence[Candidate], weights: Weights) -> list[Choice]:
    """The best assignment of a sentence's numbers, as reading/clauses/binding.py finds it."""
    scores: list[Scores] = []
    for c in sentence:
        alone = weigh(c.alone, weights)
        scores.append({None: 0.0} | {act: alone + weigh(signs, weights) for act, signs in c.acts.items()})
    return best_path(scores, [(weigh(c.goes_on, weights), weigh(c.leaves, weights)) for c in sentence])


def ablations(real: Sequence[Candidate], own: Sequence[Candidate]) -> list[tuple[str, str]]:
    """The figures without each family of signs, learned anew."""
    return [
        (family, judge([without(c, begins) for c in real], [without(c, begins) for c in own]))
        for family, begins in FAMILIES.items()
    ]


def without(candidate: Candidate, begins: tuple[str, ...]) -> Candidate:
    """A candidate without the signs that begin so."""

    def keep(signs: list[str]) -> list[str]:
        return [s for s in signs if not s.startswith(begins)]

    return msgspec.structs.replace(
        candidate,
        alone=keep(candidate.alone), acts={k: keep(s) for k, s in candidate.acts.items()},
        goes_on=keep(candidate.goes_on), leaves=keep(candidate.leaves),
    )  # fmt: skip
