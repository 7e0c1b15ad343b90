"""RDWTI incident descriptions: dead and injured of rows with dead, and the city where its name is in the text.

The coders give one number of dead and one of injured to an incident, attackers included; rows without
dead are left out, since "no dead" and "not said" are coded alike. Dead and injured are the sums of the
claims that are not told again, part of another, or of another incident told as background; one of the
wounded who died counts among the dead. Bodies found are dead.
"""

from __future__ import annotations

from pathlib import Path

from saksi.evaluation.sets.lines import AGAIN, NO_ACTS, Figures, corpus_lines
from saksi.ledger.columns import Row, rows_of
from saksi.reading.reader import Reader
from saksi.registers.places.folding import fold


def measure_rdwti(path: Path, misses: int) -> None:
    """Prints the share of incidents with the coded numbers and city."""
    reader, figures, lines = Reader(), Figures(), 0
    for line in corpus_lines(path):
        gold = line.gold
        if not gold["fatalities"]:
            continue
        lines += 1
        rows = rows_of(reader.read(line.document()), {})
        text = line.text[:230].replace("\n", " ")
        for name, kind in (("dead", "kill"), ("injured", "injure")):
            coded = gold["fatalities" if kind == "kill" else "injuries"]
            read = persons(rows, kind)
            figures.count(f"exact {name}", read == coded, f"wanted {coded}, read {read}: {text}")
        if gold["city_in_text"]:
            names = {fold(n) for r in rows for p in r.places for n in (p.name, p.text or "")}
            figures.count("city, where it is in the text", fold(gold["city"]) in names, f"{gold['city']}: {text}")
    print(f"{lines} incidents with dead")
    figures.print(misses)


def persons(rows: list[Row], kind: str) -> int:
    """The sum of the claims of a kind; what is open upwards counts as its least."""
    kinds = {r.id: r.kind for r in rows}
    told = [r for r in rows if r.kind == kind and r.counts and not r.negated and r.stance not in NO_ACTS]
    own = [r for r in told if r.scope != "cumulative" and not told_elsewhere(r, kinds)]
    bodies = sum(r.low or 0 for r in rows if r.kind == "find" and r.target == "body") if kind == "kill" else 0
    return max(sum(r.low or 0 for r in own), bodies)


def told_elsewhere(row: Row, kinds: dict[str, str]) -> bool:
    """Whether a claim tells another of its kind again or is a part of one: the dead are no part of the wounded."""
    return any(r.type in AGAIN and kinds.get(r.claim) == row.kind for r in row.relations)
