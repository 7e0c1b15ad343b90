"""Where two readers read a claim otherwise: both readings of each field with their words, the worst first."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from saksi.inquiry.explain import around
from saksi.ledger.columns import Evidence, RivalCell, Row
from saksi.ledger.judgements import judged
from saksi.ledger.readers import CHOICE, FIELDS, RULES, differences, evidence_of, with_field
from saksi.publish.desk import Desk

# what a wrong value does to a tally: another kind is another question, another speaker only another row
WEIGHTS = {"kind": 5, "place": 3, "days": 3, "relations": 2, "target": 2, "speaker": 1}


class Words(msgspec.Struct, frozen=True):
    """Words that a reading stands on, with those around them."""

    before: str
    words: str
    after: str


class Reading(msgspec.Struct, frozen=True):
    """How one reader reads a field: the claim as it would be, and the words."""

    reader: str
    claim: Row
    words: list[Words]


class Difference(msgspec.Struct, frozen=True):
    """A field that two readers read otherwise: what stands first; `settled` names who a person found right."""

    field: str
    readings: list[Reading]
    settled: str | None


def differing(desk: Desk) -> list[str]:
    """The claims whose readers differ and nobody has settled, worst first."""

    def make() -> list[str]:
        done = judged(desk.judgements)
        found = []
        for id, fields in desk.kept_placed(("seconded",), lambda: seconded(desk)):
            open_fields = [f for f in fields if CHOICE + f not in done.corrected.get(id, {})]
            if open_fields and id not in done.struck:
                found.append((-sum(WEIGHTS[f] for f in open_fields), id))
        return [id for _, id in sorted(found)]

    return desk.kept(("differing",), make)


def seconded(desk: Desk) -> list[tuple[str, list[str]]]:
    """The newest claims on which two readers differ, with the fields."""
    index = desk.index
    rows = desk.rows([index.ids[n] for n in np.flatnonzero(index.columns["rivals"]).tolist()])
    told = ((row.id, [r.field for r in differences(row)]) for row in rows)
    return [(id, fields) for id, fields in told if fields]


def differences_of(desk: Desk, row: Row) -> list[Difference]:
    """The differences of one claim, the gravest first."""
    text = desk.ledger.text(row.document.id)
    done = judged(desk.judgements).corrected.get(row.id, {})
    told = sorted(differences(row), key=lambda r: (-WEIGHTS[r.field], r.field))
    return [difference(row, rival, text, done) for rival in told]


def difference(row: Row, rival: RivalCell, text: str, done: dict[str, Any]) -> Difference:
    """One field with both readings."""
    standing = (row.readers or {}).get(rival.field) or [RULES]
    other = with_field(row, rival.field, rival.values, rival.evidence) if rival.values else row
    readings = [
        Reading(standing[0], row, quoted(evidence_of(row, rival.field), text)),
        Reading(rival.reader, other, quoted(rival.evidence, text)),
    ]
    settled = done.get(CHOICE + rival.field)
    return Difference(rival.field, readings, settled.value if settled is not None else None)


def quoted(evidence: list[Evidence], text: str) -> list[Words]:
    """The words of some evidence where they stand."""
    found = []
    for entry in evidence:
        if entry.start is None or entry.end is None:
            continue
        begin, words = around(text, entry.start, entry.end)
        a, b = entry.start - begin, entry.end - begin
        found.append(Words(words[:a], words[a:b], words[b:]))
    return found


def readers_of(row: Row, evidence_field: str) -> list[str]:
    """Who reads a field of a claim so, by what its evidence is filed under; the rules where no other has read it."""
    told = row.readers
    if told is None:
        return [RULES]
    field = next((name for name, each in FIELDS.items() if evidence_field in each.evidence), "claim")
    return told.get(field) or told.get("claim") or [RULES]
