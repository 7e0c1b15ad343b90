"""Some texts as one ledger: what its tallies answer, as a user would get it, to be held against what is known."""

from __future__ import annotations

from collections.abc import Iterable

from saksi.ledger.columns import Row
from saksi.ledger.judgements import Judged
from saksi.reconcile.asking import Asked
from saksi.reconcile.assess import standing
from saksi.reconcile.boxes import Question
from saksi.reconcile.broad.parts import Broadly
from saksi.reconcile.links import links_of
from saksi.reconcile.tallies import Tally, kinds_about
from saksi.reconcile.terms import Naming
from saksi.registers.load import load_registers

NOBODY = Judged({}, {}, {})


def together(rows: Iterable[Row], kind: str) -> Asked:
    """The claims of some texts that bear on a kind, as they stand beside each other."""
    registers = load_registers()
    kinds = kinds_about(kind, registers)
    terms = standing((row for row in rows if row.kind in kinds), NOBODY, Naming(registers))
    return Asked(terms, links_of(terms, registers), registers, kind)


def answers(asked: Asked, question: Question) -> list[Tally]:
    """The rows of a question as a user gets them."""
    broadly = Broadly(asked, question)
    return broadly.rows() if broadly.is_broad else asked.rows(question)


def nearness(a: int, b: int) -> float:
    """The share that the smaller of two figures is of the greater."""
    return min(a, b) / max(a, b, 1)
