"""ECB+: do our incidents put together the documents that tell of one seminal event?

A pair of documents is one in the gold if they share a chain of actions across documents (within their
subtopic all do, nearly). A pair is one of ours if an incident holds claims of both; `perhaps` counts the
pairs that are left to people as well. Its texts have no day of publication.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from saksi.evaluation.sets.ledgers import NOBODY
from saksi.evaluation.sets.lines import Line, corpus_lines
from saksi.ledger.columns import rows_of
from saksi.reading.reader import Reader
from saksi.reconcile.assess import assess, standing
from saksi.reconcile.incidents import incidents
from saksi.reconcile.terms import Naming
from saksi.registers.load import load_registers

Pairs = set[tuple[str, str]]


def measure_ecbplus(path: Path, misses: int) -> None:
    """Prints precision, recall and F1 of same-incident pairs of documents."""
    lines = list(corpus_lines(path))
    reader, naming = Reader(), Naming(load_registers())
    rows = [row for line in lines for row in rows_of(reader.read(line.document()), {})]
    terms = standing(rows, NOBODY, naming)
    of = {row.id: str(row.document.ref) for row in rows}
    links = assess(terms, NOBODY, naming.registers).links
    sure = pairs({of[c] for c in each.claims} for each in incidents(terms, links))
    perhaps = sure | pairs({of[k.a], of[k.b]} for k in links if k.verdict == "maybe")
    gold = gold_pairs(lines)
    told = {of[t.id] for t in terms if t.kind != "statement"}
    print(f"{len(lines)} documents, {len(told)} with a claim, {len(gold)} pairs of one event")
    reach = {p for p in gold if told.issuperset(p)}
    print(f"  pairs in which both documents have a claim: {len(reach)} of {len(gold)}")
    for name, found in (("one incident", sure), ("or perhaps one", perhaps)):
        right = len(found & gold)
        precision, recall = right / max(len(found), 1), right / max(len(gold), 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        shares = f"P {100 * precision:5.1f}  R {100 * recall:5.1f}  F1 {100 * f1:5.1f}"
        print(f"  {name:<16} {shares}  ({right} of {len(found)})")
    for a, b in sorted(perhaps - gold)[:misses]:
        print(f"  wrong: {a} {b}")


def pairs(groups: object) -> Pairs:
    """All pairs within groups of documents."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}  # type: ignore[attr-defined]


def gold_pairs(lines: list[Line]) -> Pairs:
    """The pairs of documents that share a chain of actions."""
    chains = {
        line.id: {m["chain"] for m in line.gold["mentions"] if m["class"].startswith("ACTION") and m["chain"]}
        for line in lines
    }
    return {(a, b) for a, b in combinations(sorted(chains), 2) if chains[a] & chains[b]}
