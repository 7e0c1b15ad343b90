"""What is published of people: who releases the names or the pictures of 90 dead releases nobody, and kills nobody."""

from __future__ import annotations

import itertools

from saksi.reading.clauses.acts import Act
from saksi.reading.clauses.borders import clause_start
from saksi.reading.clauses.signs import RECORD, Counted, LaidOut, is_record


def names_them(row: LaidOut, number: Counted, act: Act) -> bool:
    """Whether an act befell only what names or shows people: "released the names of 90 victims, including 30 girls"."""
    if not row.records:
        return False
    publishes = RECORD in row.found.page.vocabulary.registers.kinds[act.kind].spares
    before = row.items[max(0, number.at - 2) : number.at]
    if act.at > number.at and publishes:
        return len(before) > 1 and before[1].name == "of" and is_record(before[0])  # "footage of both was released"
    if publishes and befell_record(row, act):
        return True
    behind = row.items[act.at + 1 : number.at] if 0 <= act.at < number.at else []
    records = (n for n, i in enumerate(behind[:-1]) if is_record(i))
    first = next((n for n in records if behind[n + 1].name == "of"), None)
    return first is not None and all(i.kind not in ("verb", "say") for i in behind[first:])


def befell_record(row: LaidOut, act: Act) -> bool:
    """Whether what an act is done to stands before it and is a record: "the names of 90 dead have been released"."""
    before = row.items[clause_start(row.items, act.at) : act.at] if act.at > 0 else []
    return any(is_record(item) and then.name == "of" for item, then in itertools.pairwise(before))
