"""Whole claims of documents held back: read with places, days and voices learned from the other documents alone.

Numbers are bound to acts by the weights as they are, which have seen these documents; `heldback.py` judges those.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from saksi.evaluation.learning.fitting import Weights
from saksi.evaluation.learning.heldback import folds
from saksi.evaluation.learning.settings import Case
from saksi.evaluation.learning.settings_judged import settings_learned
from saksi.evaluation.sets.real import figures_of, marked_documents, score, told_of
from saksi.intake.document import Given
from saksi.intake.files import Refused, read_files
from saksi.ledger.columns import rows_of
from saksi.reading.read import read_document
from saksi.reading.reader import Reader
from saksi.reading.vocabulary import Vocabulary

SHOWN = ("country", "place", "days", "who", "whole")


def whole_judged(texts: Path, gold: Path, real: Sequence[Case], own: Sequence[Case]) -> str:
    """How many claims of documents held back are right in whole, and how many in each field, by language."""
    reader, counts = Reader(), Counter[str]()
    marked = marked_documents(gold)
    documents = [d for d in read_files([str(texts)], Given()) if not isinstance(d, Refused) and str(d.ref) in marked]
    for held in folds(marked):
        weights = settings_learned([*(c for c in real if c.choice.document not in held), *own])
        taught = {code: taught_by(reader.vocabulary(code), weights) for code in {m.language for m in marked.values()}}
        for document in (d for d in documents if str(d.ref) in held):
            told = marked[str(document.ref)]
            rows = rows_of(read_document(document, taught[told.language]), reader.actor_names(told.language))
            for _ in score(told, list(told_of(rows)), counts):
                pass  # its misses are counted as it tells them
    return told_figures(figures_of(counts))


def taught_by(vocabulary: Vocabulary, weights: dict[str, Weights]) -> Vocabulary:
    """A vocabulary that weighs places, days and voices by some weights, and all else as it did."""
    taught = copy.copy(vocabulary)
    every = vocabulary.registers.weights | weights
    taught.registers = msgspec.structs.replace(vocabulary.registers, weights=every)
    taught.learned = {}
    return taught


def told_figures(figures: dict[str, float]) -> str:
    """The figures by language in words."""
    codes = sorted({name.split(".")[0] for name in figures})
    return "; ".join(f"{c}: " + ", ".join(f"{f} {figures[f'{c}.{f}']:.1%}" for f in SHOWN) for c in codes)
