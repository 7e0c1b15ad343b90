"""Indonesian headlines on Gaza: counted claims against judgements made by hand (narasipal.yml, ids and no text)."""

from __future__ import annotations

import hashlib
from pathlib import Path

from saksi.errors import EvaluationError
from saksi.evaluation.sets.lines import Figures, corpus_lines
from saksi.languages.files import load_yaml
from saksi.ledger.columns import Row, rows_of
from saksi.reading.reader import Reader

JUDGEMENTS = Path(__file__).with_suffix(".yml")


def measure_narasipal(path: Path, misses: int) -> None:
    """Prints the share of counted claims found, and of those read that are wrong."""
    judged = load_yaml(JUDGEMENTS)
    lines = sorted(corpus_lines(path), key=lambda each: hashlib.sha256(each.id.encode()).hexdigest())
    lines = lines[: judged["judged"]]
    ids = hashlib.sha256("\n".join(line.id for line in lines).encode()).hexdigest()
    if ids != judged["ids_sha256"]:
        raise EvaluationError(f"{path} does not hold the {judged['judged']} headlines that {JUDGEMENTS.name} judges")
    reader, figures = Reader(), Figures()
    for line in lines:
        rows = rows_of(reader.read(line.document()), {})
        wanted = [str(c) for c in judged["claims"].get(line.id, ())]
        compare(line.id, wanted, [r for r in rows if counted(r)], figures)
    figures.print(misses)


def counted(row: Row) -> bool:
    """Whether a claim has a number that words give."""
    given = any(e.field == "number" and not e.inferred for e in row.evidence)
    return given and row.counts is not None


def compare(ref: str, wanted: list[str], rows: list[Row], figures: Figures) -> None:
    """Counts what was found of the judged claims, and what was read in vain."""
    left = list(rows)
    for each in wanted:
        hit = next((r for r in left if agrees(r, each.lstrip("? "))), None)
        if hit is not None:
            left.remove(hit)
        if not each.startswith("?"):
            figures.count("counted claims found", hit is not None, f"{ref}: {each}")
        if hit is not None:
            figures.count("counted claims read that are right", True)
    for row in left:
        figures.count("counted claims read that are right", False, f"{ref}: {row.kind} {row.low}-{row.high}")


def agrees(row: Row, judged: str) -> bool:
    """Whether a claim is the judged one: its kind, its bounds, an open bound within one."""
    kind, number = judged.split()
    if row.kind != kind:
        return False
    if number.endswith("+"):
        return row.high is None and row.low is not None and abs(row.low - int(number[:-1])) <= 1
    low, _, high = number.partition("-")
    return (row.low, row.high) == (int(low), int(high or low))
