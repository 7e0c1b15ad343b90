"""What two readers make of one claim: which columns are a field, who reads them so, and the rules' reading alone.

A claim that a second reader has read keeps, for each field, who reads it so (`readers`) and how the other reads it
(`rivals`), so that nothing a model says is mixed unseen with what the rules say, and any of it can be taken back.
"""

from __future__ import annotations

from typing import Any

import msgspec

from saksi.ledger.columns import Evidence, RivalCell, Row
from saksi.ledger.grounds import PROPOSED, READER

RULES = "rules"
CLAIM = "claim"  # the field that says whether there is a claim at all


class Field(msgspec.Struct, frozen=True):
    """The columns of one field, and what their evidence is filed under."""

    columns: tuple[str, ...]
    evidence: tuple[str, ...]
    grounds: str | None = None


FIELDS = {
    "kind": Field(("kind", "counts"), ("kind",)),
    "target": Field(("unit", "target", "target_age", "target_sex", "target_status", "target_text"), ("target",)),
    "place": Field(("places",), ("place",), "place_grounds"),
    "days": Field(
        ("start", "end", "date_precision", "time_start", "time_end", "scope"), ("period",), "days_grounds"
    ),
    "speaker": Field(
        ("speaker", "speaker_org", "said_on", "carriers", "stance"), ("speaker", "said_on", "carrier", "stance"),
        "speaker_grounds",
    ),
    "relations": Field(("relations",), ("relation",)),
}  # fmt: skip
OF_CLAIM = ("kind", "target")  # fields whose second reading makes the whole claim a proposed one


def values_of(row: Row, field: str) -> dict[str, Any]:
    """The columns of a field with its ground, as plain values."""
    told = FIELDS[field]
    names = (*told.columns, *([told.grounds] if told.grounds else ()))
    return {name: msgspec.to_builtins(getattr(row, name)) for name in names}


def evidence_of(row: Row, field: str) -> list[Evidence]:
    """The evidence of a field."""
    return [e for e in row.evidence if e.field in FIELDS[field].evidence]


def with_field(row: Row, field: str, values: dict[str, Any], evidence: list[Evidence]) -> Row:
    """A row with one field as another reader has it."""
    order = ("kind", "number", "target", "owner", "actor", "place", "period", "speaker", "said_on", "carrier", "stance")
    rest = [e for e in row.evidence if e.field not in FIELDS[field].evidence]
    every = sorted((*rest, *evidence), key=lambda e: order.index(e.field) if e.field in order else len(order))
    plain = {name: values[name] for name in Row.__struct_fields__ if name in values}
    types = {f.name: f.type for f in msgspec.structs.fields(Row)}
    typed = {name: msgspec.convert(value, types[name]) for name, value in plain.items()}
    return msgspec.structs.replace(row, evidence=every, **typed)


def by_reader(evidence: list[Evidence], name: str) -> list[Evidence]:
    """Evidence with the name of the second reader whose it is."""
    return [msgspec.structs.replace(e, rule=f"{READER}{name} {e.rule}") for e in evidence]


def as_ruled(row: Row) -> Row | None:
    """A claim as the rules alone read it; None where they have no such claim, or it can no longer be told."""
    if row.readers is None:
        return row
    if RULES not in row.readers.get(CLAIM, ()):
        return None
    for rival in row.rivals:
        if rival.reader == RULES and not rival.values:
            return None  # what the rules read was removed from the ledger
        if rival.reader == RULES:
            row = with_field(row, rival.field, rival.values, rival.evidence)
    return msgspec.structs.replace(row, readers=None, rivals=[], claim_grounds=None)


def exchanged(row: Row, field: str, reader: str) -> Row:
    """A claim with one field as another of its readers has it; what stood there becomes the rival."""
    rival = next((r for r in row.rivals if r.field == field and r.reader == reader), None)
    if rival is None or row.readers is None:
        return row
    before = row.readers[field][0] if row.readers.get(field) else RULES
    other = RivalCell(before, field, values_of(row, field), evidence_of(row, field))
    rivals = [other if r is rival else r for r in row.rivals]
    made = with_field(row, field, rival.values, rival.evidence)
    readers = row.readers | {field: [reader]}
    return msgspec.structs.replace(made, rivals=rivals, readers=readers, claim_grounds=claim_ground(readers))


def claim_ground(readers: dict[str, list[str]]) -> str | None:
    """`proposed` where the claim, its kind or what it counts is a second reader's alone."""
    alone = (field for field in (CLAIM, *OF_CLAIM) if field in readers and RULES not in readers[field])
    return PROPOSED if next(alone, None) is not None else None


def differences(row: Row) -> list[RivalCell]:
    """The fields that two readers read otherwise, where both read something."""
    return [r for r in row.rivals if tells(r) and field_told(row, r.field)]


def tells(rival: RivalCell) -> bool:
    """Whether a rival reading says anything: of who speaks, that it is nobody but the outlet, too."""
    return bool(rival.evidence) or rival.field == "speaker"


def field_told(row: Row, field: str) -> bool:
    """Whether a field of a claim is filled: of who speaks, the outlet's own voice is."""
    return field == "speaker" or bool(evidence_of(row, field))
