"""What two readers make of one claim: which columns are a field, who reads them so, and the rules' reading alone.

A claim that a second reader has read keeps, for each field, who reads it so (`readers`) and how the other reads it
(`rivals`), so that nothing a model says is mixed unseen with what the rules say, and any of it can be taken back.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from saksi.errors import UsageError
from saksi.ledger.columns import Evidence, RivalCell, Row
from saksi.ledger.grounds import PROPOSED, READER, grounds_of

RULES = "rules"
PEOPLE = "people"  # whoever settled a field in review
CHOICE = "reader:"  # what the name of a correction begins with that settles a field, then the field
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
    typed = {name: msgspec.convert(value, types_of_columns()[name]) for name, value in plain.items()}
    return msgspec.structs.replace(row, evidence=every, **typed)


@lru_cache(maxsize=1)
def types_of_columns() -> dict[str, Any]:
    """The type of each column."""
    return {f.name: f.type for f in msgspec.structs.fields(Row)}


def by_reader(evidence: list[Evidence], name: str) -> list[Evidence]:
    """Evidence with the name of the second reader whose it is."""
    return [msgspec.structs.replace(e, rule=f"{READER}{name} {e.rule}") for e in evidence]


def as_ruled(row: Row) -> Row | None:
    """A claim as the rules alone read it, and people settled it; None where there is none that can be told."""
    if row.readers is None:
        return row
    if RULES not in row.readers.get(CLAIM, ()):
        return None
    for rival in (r for r in row.rivals if PEOPLE not in row.readers.get(r.field, ())):
        if rival.reader == RULES and not rival.values:
            return None  # what the rules read was removed from the ledger
        if rival.reader == RULES:
            row = with_field(row, rival.field, rival.values, rival.evidence)
    return msgspec.structs.replace(row, readers=None, rivals=[], claim_grounds=None)


def chosen(row: Row, field: str, reader: str) -> Row:
    """A claim with one field as a person settled it: by one of its readers; it is no longer a proposal.

    Raises UsageError for a reader who does not read that field.
    """
    if row.readers is None:
        return row
    holds = row.readers.get(field, [])
    rival = next((r for r in row.rivals if r.field == field and r.reader == reader), None)
    if field not in FIELDS or (reader not in holds and rival is None):
        known = " ".join(sorted({*holds, *(r.reader for r in row.rivals if r.field == field)})) or "nobody"
        raise UsageError(f"--field {CHOICE}{field}: {reader!r} does not read it; who does: {known}")
    made, rivals = row, row.rivals
    if reader not in holds and rival is not None:
        other = RivalCell(holds[0] if holds else RULES, field, values_of(row, field), evidence_of(row, field))
        made, rivals = (
            with_field(row, field, rival.values, rival.evidence),
            [other if r is rival else r for r in row.rivals],
        )
    readers = row.readers | {field: [reader, PEOPLE]}
    made = msgspec.structs.replace(made, rivals=rivals, readers=readers, claim_grounds=claim_ground(readers))
    return confirmed(made, field)


def confirmed(row: Row, field: str) -> Row:
    """A claim one of whose fields a person has settled: its ground is that of its words."""
    own = [unnamed(e) for e in evidence_of(row, field)]
    made = with_field(row, field, values_of(row, field), own)
    grounds = FIELDS[field].grounds
    if grounds is None:
        return made
    begin, end = row.sentence.start, row.sentence.end
    dated = made.start is not None or made.end is not None
    return msgspec.structs.replace(made, **{grounds: grounds_of(own, begin, end, dated=dated)[grounds]})


def vouched(row: Row) -> Row:
    """A claim that a person has accepted as it stands: nothing of it is a proposal any more."""
    for field in FIELDS if row.readers is not None else ():
        row = confirmed(row, field)
    return msgspec.structs.replace(row, claim_grounds=None)


def unnamed(entry: Evidence) -> Evidence:
    """Evidence without the name of the second reader whose it was."""
    rule = entry.rule.split(" ", 1)[1] if entry.rule.startswith(READER) else entry.rule
    return msgspec.structs.replace(entry, rule=rule)


def claim_ground(readers: dict[str, list[str]]) -> str | None:
    """`proposed` where the claim, its kind or what it counts is a second reader's alone."""
    known = {RULES, PEOPLE}
    alone = (field for field in (CLAIM, *OF_CLAIM) if field in readers and known.isdisjoint(readers[field]))
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
