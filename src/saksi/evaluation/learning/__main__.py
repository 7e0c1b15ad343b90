"""`make weights`: learns the weights from gold, says what they are worth on documents held back, writes them.

usage: python -m saksi.evaluation.learning [--real TEXTS GOLD]... [--own FOLDER] [--keys FILE] [--ablate] [--out FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from saksi.errors import SaksiError
from saksi.evaluation.learning.fitting import Weights, learned
from saksi.evaluation.learning.heldback import PENALTY, ablations, judge
from saksi.evaluation.learning.keys import key_cases
from saksi.evaluation.learning.labels import examples, own_documents, real_documents, sentences
from saksi.evaluation.learning.rows import candidates, choices
from saksi.evaluation.learning.settings import cases, own_pages, real_pages
from saksi.evaluation.learning.settings_judged import settings_ablated, settings_judged, settings_learned
from saksi.evaluation.learning.whole import whole_judged
from saksi.languages.files import load_yaml
from saksi.registers.load import CHOICES


def main() -> None:
    """Learns, judges by folds, writes."""
    parser = argparse.ArgumentParser(prog="python -m saksi.evaluation.learning", description=__doc__)
    parser.add_argument("--real", nargs=2, type=Path, action="append", default=[], metavar=("TEXTS", "GOLD"))
    parser.add_argument("--own", type=Path, default=Path("evaluate"))
    parser.add_argument("--keys", type=Path, help="reports with the answer keys of MUC-4, for days")
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("--settings", action="store_true", help="learn places, days and voices only")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    own = [] if asked.settings else list(candidates([*own_documents(asked.own), *examples(), *sentences(asked.own)]))
    told = () if asked.settings else asked.real
    real = [c for texts, gold in told for c in candidates(real_documents(texts, gold))]
    print(f"{len(own)} numbers of our own gold, {len(real)} of real documents")
    if real:
        print("held back:", judge(real, own))
    for family, figures in ablations(real, own) if asked.ablate else ():
        print(f"without {family}: {figures}")
    if asked.out and not asked.settings:
        write({"numbers": learned(choices([*real, *own]), PENALTY)}, asked.out)
    own_settings = [*cases(own_pages(asked.own)), *(key_cases(asked.keys) if asked.keys else ())]
    settings = [c for texts, gold in asked.real for c in cases(real_pages(texts, gold))]
    print(f"{len(own_settings)} places, days and voices of our own gold, {len(settings)} of real documents")
    if settings:
        print("held back:", settings_judged(settings, own_settings))
    for texts, gold in asked.real:
        print("whole claims held back:", whole_judged(texts, gold, settings, own_settings))
    for family, figures in settings_ablated(settings, own_settings) if asked.ablate and settings else ():
        print(f"without {family}: {figures}")
    if asked.out:
        write(settings_learned([*settings, *own_settings]), asked.out)


HEAD = """# What each sign is worth in the choices that the reader makes. Learned by `make weights`; a weight is not
# typed in to fit a case. `numbers`: to which act a number belongs (reading/clauses/number_signs.py); `countries`,
# `places`, `days`, `voices`: where, when and by whose word (reading/scenes/). A sign with a language counts
# beside the same without one.
"""


def write(fresh: dict[str, Weights], path: Path) -> None:
    """Writes the weights in the order of their signs; those of other choices stay."""
    weights = (load_yaml(path) if path.exists() else {}) | fresh
    lines = []
    for choice in CHOICES:
        lines.append(f"{choice}:")
        told = sorted((weights.get(choice) or {}).items())
        lines += [f"  {json.dumps(sign, ensure_ascii=False)}: {weight}" for sign, weight in told]
    path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    print(f"{sum(map(len, fresh.values()))} weights of {', '.join(fresh)} written to {path}")


if __name__ == "__main__":
    try:
        main()
    except SaksiError as error:
        print(f"saksi: {error}", file=sys.stderr)
        sys.exit(2)
