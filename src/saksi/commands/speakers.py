"""What `saksi speakers` prints, once its options are parsed."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence

import msgspec

from saksi.figures import some
from saksi.ledger.cells import cell
from saksi.ledger.store import Ledger
from saksi.reconcile.speakers.gathering import speakers_of
from saksi.reconcile.speakers.known import Speaker, lines
from saksi.registers.load import Registers

COLUMNS = ("speaker", "shown", "name", "claims", "documents", "why")


def speakers_command(ledger: Ledger, registers: Registers, text: str | None, shape: str) -> None:
    """Prints the speakers of a ledger, the most told first, each with its names."""
    found = lines(speakers_of(ledger, registers).every, text)
    if shape == "json":
        print(msgspec.json.format(msgspec.json.encode(found), indent=1).decode())
    elif shape == "csv":
        speakers_csv(found)
    else:
        speakers_table(found)
    if text is not None and not found and shape == "table":
        sys.stderr.write(f"saksi: no name of a speaker holds {text!r}; all of them: saksi speakers\n")


def speakers_csv(found: Sequence[Speaker]) -> None:
    """Prints a line for each name of each speaker."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in found:
        for n in each.names:
            values = (each.key, each.name, n.name, n.claims, n.documents, "; ".join(n.why))
            writer.writerow([cell(value) for value in values])


def speakers_table(found: Sequence[Speaker]) -> None:
    """Prints speakers for people: those of one name in a line, the others with why each name is theirs."""
    for each in found:
        page = " (on one page only)" if each.page and each.name == each.names[0].name else ""
        print(f"{each.name}: {some(each.claims, 'claim')}{page}")
        if len(each.names) > 1 or each.names[0].name != each.name:
            for n in each.names:
                counts = f"{some(n.claims, 'claim')} in {some(n.documents, 'document')}"
                print(f"    {n.name}  {counts}" + (f"  {'; '.join(n.why)}" if n.why else ""))
    joined = sum(len(s.names) > 1 for s in found)
    print(f"{some(len(found), 'speaker')}, {joined} of them by more than one name. "
          "Where two names are wrongly one: saksi judge speaker NAME different NAME --by YOU --note WHY")  # fmt: skip
