"""What a release tells of its claims: tallies, incidents, contradictions, made from these claims alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from saksi.inquiry.queries import asked_of, check, incidents
from saksi.inquiry.selection import Selection
from saksi.ledger.columns import Row
from saksi.ledger.judgements import Judgement
from saksi.ledger.store import Ledger
from saksi.reconcile.asking import split
from saksi.reconcile.tallies import Tally
from saksi.registers.load import Registers
from saksi.releasing.alone import ledger_alone
from saksi.releasing.choice import Asking

BY = ("country",)


class Following(msgspec.Struct, frozen=True):
    """What follows from the claims of a release, as records."""

    tallies: list[Tally]
    incidents: list[dict[str, Any]]
    contradictions: list[dict[str, Any]]


def told_of(rows: Sequence[Row], judgements: Sequence[Judgement], asking: Asking, registers: Registers) -> Following:
    """What follows from some claims and what was judged of them."""
    with ledger_alone(rows, judgements) as ledger:
        found, tensions = check(ledger, registers)
        stories = incidents(ledger, registers)
        return Following(
            tallies(ledger, rows, asking, registers),
            [*sorted_as("incident", stories.incidents), *sorted_as("pair", stories.undecided)],
            [*sorted_as("contradiction", found), *sorted_as("tension", tensions)],
        )


def sorted_as(sort: str, records: Iterable[Any]) -> list[dict[str, Any]]:
    """Records with the sort that they are of."""
    return [{"sort": sort, **msgspec.to_builtins(each)} for each in records]


def tallies(ledger: Ledger, rows: Sequence[Row], asking: Asking, registers: Registers) -> list[Tally]:
    """The rows of every kind that is counted, in all and by each class that the claims name, country by country."""
    classes: dict[str, set[str]] = {}
    for row in rows:
        if row.counts is not None:
            classes.setdefault(row.kind, set()).update([row.target] if row.target in registers.classes else [])
    found: list[Tally] = []
    for kind in sorted(classes):
        days = (asking.first, asking.last)
        asked, question = asked_of(ledger, Selection(kind=kind), days, registers)
        whole = registers.kinds[kind].theme  # the class that is asked for where none is named
        for target in (None, *sorted(str(t) for t in classes[kind] if t != whole)):
            for part in split(asked, msgspec.structs.replace(question, target=target), BY):
                found += [row for row in asked.rows(part) if row.claims]
    return found
