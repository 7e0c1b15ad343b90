"""Two readers, one ledger: the rows of the rules and those of a second reader as one, field by field.

The same number at the same characters is one claim. Where both read a field alike, both are named; where they differ,
`registers/readers.yml` says who wins, and the other reading stays beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from saksi.languages.files import load_as
from saksi.languages.tokens import fold
from saksi.ledger.columns import RivalCell, Row
from saksi.ledger.grounds import PROPOSED
from saksi.ledger.readers import CLAIM, FIELDS, RULES, by_reader, claim_ground, evidence_of, values_of, with_field
from saksi.registers.load import HERE

FILE = "readers.yml"
SMALL = frozenset(("the", "of", "and", "for", "di", "dan", "yang", "said"))


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who wins one field, and what the second reader's silence on it means."""

    differ: Literal["second", "rules"]
    empty: Literal["unread", "said"]


class PolicyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """registers/readers.yml: a rule for each field."""

    kind: Rule
    target: Rule
    place: Rule
    days: Rule
    speaker: Rule
    relations: Rule


Policy = dict[str, Rule]


class Second(msgspec.Struct, frozen=True):
    """A row as a second reader has it: the fields that its own words gave, and whether the rules have the claim."""

    row: Row
    given: frozenset[str]
    twin: bool


@lru_cache(maxsize=8)
def load_policy(overlay: Path | None = None) -> Policy:
    """Who wins each field: a project's own `readers.yml`, else Saksi's. Raises VocabularyError with file and line."""
    own = overlay / FILE if overlay is not None else None
    path = own if own is not None and own.exists() else HERE / FILE
    told = load_as(path, PolicyFile)
    return {field: getattr(told, field) for field in FIELDS}


def settled(rules: Sequence[Row], second: Sequence[Second], name: str, policy: Policy) -> list[Row]:
    """The rows of one document as both readers have them, in the order of the text."""
    other = {s.row.id: s for s in second}
    rows = [both(row, other[row.id], name, policy) if row.id in other else unseconded(row) for row in rules]
    known = {row.id for row in rules}
    own = sorted((alone(s, name) for s in second if s.row.id not in known), key=lambda r: (place_of(r), r.id))
    return merged(rows, own)


def merged(rows: Sequence[Row], own: list[Row]) -> list[Row]:
    """Rows of the rules in their order, each of the second reader's own before the first that stands behind it."""
    found: list[Row] = []
    for row in rows:
        while own and place_of(own[0]) < place_of(row):
            found.append(own.pop(0))
        found.append(row)
    return [*found, *own]


def place_of(row: Row) -> int:
    """Where a claim's number stands, else its sentence."""
    starts = (e.start for e in row.evidence if e.field == "number" and e.start is not None)
    return next(starts, row.sentence.start)


def unseconded(row: Row) -> Row:
    """A claim that only the rules have, where a second reader has read the document too."""
    return msgspec.structs.replace(row, readers={CLAIM: [RULES]})


def alone(second: Second, name: str) -> Row:
    """A claim that only the second reader has; what its words left open is the rules' reading."""
    row = second.row
    readers = {CLAIM: [name]}
    for field in FIELDS:
        if field in second.given:
            row, readers[field] = taken(row, row, field, name), [name]
        elif evidence_of(row, field):
            readers[field] = [RULES]
    number = by_reader([e for e in row.evidence if e.field == "number"], name)
    evidence = [number.pop(0) if e.field == "number" else e for e in row.evidence]
    return msgspec.structs.replace(row, readers=readers, claim_grounds=PROPOSED, evidence=evidence)


def both(row: Row, second: Second, name: str, policy: Policy) -> Row:
    """One claim of two readers."""
    readers, rivals, made = {CLAIM: [RULES, name]}, [], row
    for field in FIELDS:
        if field not in second.given or (field == "speaker" and silent(second.row, policy[field])):
            if evidence_of(row, field):
                readers[field] = [RULES]
        elif ALIKE[field](row, second.row):
            readers[field] = [RULES, name]
        elif policy[field].differ == "second" or not told(row, field):
            readers[field] = [name]
            rivals.append(RivalCell(RULES, field, values_of(row, field), evidence_of(row, field)))
            made = taken(made, second.row, field, name)
        else:
            readers[field] = [RULES]
            theirs = taken(row, second.row, field, name)
            rivals.append(RivalCell(name, field, values_of(theirs, field), evidence_of(theirs, field)))
    return msgspec.structs.replace(made, readers=readers, rivals=rivals, claim_grounds=claim_ground(readers))


def silent(row: Row, rule: Rule) -> bool:
    """Whether the second reader names no speaker, and that says nothing."""
    return rule.empty == "unread" and row.speaker is None and row.speaker_org is None


def told(row: Row, field: str) -> bool:
    """Whether a row fills a field: the outlet's own voice is somebody who speaks."""
    return field in ("speaker", "kind") or bool(evidence_of(row, field))


def taken(row: Row, other: Row, field: str, name: str) -> Row:
    """A row with a field of the second reader's, graded as proposed."""
    values, grounds = values_of(other, field), FIELDS[field].grounds
    if grounds is not None and (values[grounds] is not None or field == "speaker"):
        values[grounds] = PROPOSED
    return with_field(row, field, values, by_reader(evidence_of(other, field), name))


def same_kind(a: Row, b: Row) -> bool:
    """Whether two readings have one kind."""
    return a.kind == b.kind


def same_target(a: Row, b: Row) -> bool:
    """Whether two readings count one thing: the same class, or a word of what is counted."""
    return a.target == b.target or bool(words_of(a.target_text) & words_of(b.target_text))


def same_places(a: Row, b: Row) -> bool:
    """Whether two readings have the same places: by their ids, else by name and country."""
    return places_of(a) == places_of(b)


def places_of(row: Row) -> set[tuple[object, ...]]:
    """What tells a row's places from others."""
    return {(p.geonames_id,) if p.geonames_id else (fold(p.name), p.country) for p in row.places}


def same_days(a: Row, b: Row) -> bool:
    """Whether two readings have the same days, and count them as the same sort of total."""
    return (a.start, a.end, a.scope) == (b.start, b.end, b.scope)


def same_speaker(a: Row, b: Row) -> bool:
    """Whether two readings let the same speak: by the register's id, else by a word of the name."""
    known = ({c.id for c in (r.speaker, r.speaker_org) if c is not None and c.id} for r in (a, b))
    one, other = known
    if one & other:
        return True
    names = (" ".join(c.text for c in (r.speaker, r.speaker_org) if c is not None) for r in (a, b))
    said, told_ = (words_of(n) for n in names)
    return bool(said & told_) or not (said or told_)


def same_relations(a: Row, b: Row) -> bool:
    """Whether two readings tie a claim to the same others."""
    return {(r.type, r.claim) for r in a.relations} == {(r.type, r.claim) for r in b.relations}


ALIKE: dict[str, Callable[[Row, Row], bool]] = {
    "kind": same_kind, "target": same_target, "place": same_places, "days": same_days, "speaker": same_speaker,
    "relations": same_relations,
}  # fmt: skip


def words_of(text: str | None) -> frozenset[str]:
    """The words of a name, folded."""
    return frozenset(w for w in fold(text or "").split() if len(w) > 2 and w not in SMALL)
