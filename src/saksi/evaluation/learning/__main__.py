"""`make weights`: learns the weights from gold, says what they are worth on documents held back, writes them.

usage: python -m saksi.evaluation.learning [--real TEXTS GOLD]... [--own FOLDER] [--out FILE]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from saksi.evaluation.learning.fitting import Weights, learned
from saksi.evaluation.learning.labels import examples, own_documents, real_documents, sentences
from saksi.evaluation.learning.rows import Candidate, candidates
from saksi.reading.weights import Choice, Scores, best_path, weigh

FOLDS = 5


def main() -> None:
    """Learns, judges by folds, writes."""
    parser = argparse.ArgumentParser(prog="python -m saksi.evaluation.learning", description=__doc__)
    parser.add_argument("--real", nargs=2, type=Path, action="append", default=[], metavar=("TEXTS", "GOLD"))
    parser.add_argument("--own", type=Path, default=Path("evaluate"))
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    own = list(candidates([*own_documents(asked.own), *examples(), *sentences(asked.own)]))
    real = [c for texts, gold in asked.real for c in candidates(real_documents(texts, gold))]
    print(f"{len(own)} numbers of our own gold, {len(real)} of real documents")
    judge(real, own)
    if asked.out:
        write(learned([*real, *own]), asked.out)


def judge(real: Sequence[Candidate], own: Sequence[Candidate]) -> None:
    """Prints, by language, how many numbers of documents held back are found and right, in folds by document."""
    documents = sorted({c.document for c in real})
    tally: Counter[tuple[str, str]] = Counter()
    for fold in range(FOLDS):
        held = set(documents[fold::FOLDS])
        weights = learned([*(c for c in real if c.document not in held), *own])
        for sentence in by_sentence([c for c in real if c.document in held]):
            for candidate, act in zip(sentence, assigned(sentence, weights), strict=True):
                count(tally, candidate, act)
    for language in sorted({c.language for c in real}):
        t = {name: tally[language, name] for name in ("gold", "found", "right", "wrong")}
        found, right = t["found"] / t["gold"], t["right"] / max(1, t["found"])
        precision = t["found"] / max(1, t["found"] + t["wrong"])
        print(f"{language}: found {found:.1%} precision {precision:.1%} kind {right:.1%} of {t['gold']} numbers")


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
    """The best assignment of a sentence's numbers, as reading/binding.py finds it."""
    scores: list[Scores] = []
    for c in sentence:
        alone = weigh(c.alone, weights)
        scores.append({None: 0.0} | {act: alone + weigh(signs, weights) for act, signs in c.acts.items()})
    return best_path(scores, [(weigh(c.goes_on, weights), weigh(c.leaves, weights)) for c in sentence])


def write(weights: Weights, path: Path) -> None:
    """Writes the weights in the order of their signs."""
    lines = ["# What each sign is worth when a number is led to its act (reading/signs.py). Learned by `make weights`;"]
    lines += ["# a weight is not typed in to fit a case.", "numbers:"]
    lines += [f"  {json.dumps(sign, ensure_ascii=False)}: {weight}" for sign, weight in sorted(weights.items())]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(weights)} weights written to {path}")


if __name__ == "__main__":
    main()
