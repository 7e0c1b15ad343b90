"""`make weights`: learns the weights from gold, says what they are worth on documents held back, writes them.

usage: python -m saksi.evaluation.learning [--real TEXTS GOLD]... [--own FOLDER] [--ablate] [--out FILE]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from saksi.evaluation.learning.fitting import Weights, learned
from saksi.evaluation.learning.heldback import ablations, judge
from saksi.evaluation.learning.labels import examples, own_documents, real_documents, sentences
from saksi.evaluation.learning.rows import candidates


def main() -> None:
    """Learns, judges by folds, writes."""
    parser = argparse.ArgumentParser(prog="python -m saksi.evaluation.learning", description=__doc__)
    parser.add_argument("--real", nargs=2, type=Path, action="append", default=[], metavar=("TEXTS", "GOLD"))
    parser.add_argument("--own", type=Path, default=Path("evaluate"))
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    own = list(candidates([*own_documents(asked.own), *examples(), *sentences(asked.own)]))
    real = [c for texts, gold in asked.real for c in candidates(real_documents(texts, gold))]
    print(f"{len(own)} numbers of our own gold, {len(real)} of real documents")
    if real:
        print("held back:", judge(real, own))
    for family, figures in ablations(real, own) if asked.ablate else ():
        print(f"without {family}: {figures}")
    if asked.out:
        write(learned([*real, *own]), asked.out)


def write(weights: Weights, path: Path) -> None:
    """Writes the weights in the order of their signs."""
    lines = ["# What each sign is worth when a number is led to its act (reading/signs.py). Learned by `make weights`;"]
    lines += ["# a weight is not typed in to fit a case.", "numbers:"]
    lines += [f"  {json.dumps(sign, ensure_ascii=False)}: {weight}" for sign, weight in sorted(weights.items())]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(weights)} weights written to {path}")


if __name__ == "__main__":
    main()
