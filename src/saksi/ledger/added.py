"""What people add to what was read: claims that the reader missed, and documents read to the end.

A claim added by hand is grounded like any other: every value stands on words that somebody selected, and the
rule of its evidence is `person:NAME`. It outlives newer readings of its document. A document signed off is
one whose every claim is in the ledger, so that what the reader found of them measures its recall.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from saksi.errors import LedgerError, UsageError
from saksi.intake.document import content_hash
from saksi.ledger import schema
from saksi.ledger.columns import (
    ActorCell,
    DocumentCell,
    Evidence,
    PlaceCell,
    Row,
    SentenceCell,
    SpeakerCell,
)
from saksi.ledger.store import CONTENTS, Ledger, cells_of, places_of, raise_counter
from saksi.reading.claims.claim import STANCES
from saksi.reading.pages.sentences import read_sentences
from saksi.registers.load import Registers, must_know
from saksi.registers.places.folding import fold
from saksi.registers.places.gazetteer import Gazetteer, PlaceRow

MARKED = ("kind", "number", "target", "owner", "actor", "place", "period", "speaker")
NUMBER = re.compile(r"(\d+)(?:\s*(\+)|\s*[-–]\s*(\d+))?")


class Mark(msgspec.Struct, frozen=True):
    """Words that somebody selected for a field, and what they mean: [start, end) in code points.

    `value` is a kind, a class, an id or name of a party, a place's name, a day or FROM/TO, or a number as 12,
    12+ or 12-15.
    """

    field: str
    start: int
    end: int
    value: str


class Addition(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as somebody marks it in a document; the kind's mark is its anchor."""

    document: str
    marks: tuple[Mark, ...]
    country: str | None = None
    stance: str = "reports"
    negated: bool = False


class Signoff(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody read a document to the end: all its claims are in the ledger."""

    document: str
    by: str
    on: date
    note: str | None = None


def add_claim(ledger: Ledger, added: Addition, by: str, registers: Registers) -> Row:
    """Keeps a claim marked by hand, and returns it. Raises UsageError for marks that do not fit text or registers."""
    with ledger.writing("The claim was not kept") as db:
        d = schema.documents
        found = db.execute(sa.select(d).where(d.c.id == added.document)).mappings().first()
        if found is None or not found["text"]:
            raise LedgerError(f"{ledger.name} has no text of a document {added.document}")
        row = added_row(added, {str(c): v for c, v in found.items()}, by, registers)
        known = db.execute(sa.select(schema.claims.c.number).where(schema.claims.c.id == row.id)).first()
        if known is not None:
            raise UsageError(f"this claim was added before, as {row.id}")
        ledger.insert_claims(db, [{**cells_of(row, row.document.id), "added_by": by}], places_of(row))
        raise_counter(db, CONTENTS)
    return row


def added_row(added: Addition, document: dict[str, Any], by: str, registers: Registers) -> Row:
    """The row of a claim marked by hand."""
    text = str(document["text"])
    marks = {m.field: m for m in added.marks}
    for mark in added.marks:
        check_mark(mark, text)
    anchor = marks.get("kind")
    if anchor is None:
        raise UsageError("mark the words that say what happened: kind")
    must_know(anchor.value, registers.kinds, "kind")
    if added.stance not in STANCES:
        raise UsageError(f"stance {added.stance!r} is not one of: {' '.join(STANCES)}")
    low, high = bounds(marks["number"].value) if "number" in marks else (None, None)
    start, end = period(marks["period"].value) if "period" in marks else (None, None)
    target = marks["target"].value if "target" in marks else None
    if target is not None:
        must_know(target, registers.classes, "target")
    known = registers.classes.get(target or "")
    values: dict[str, Any] = {
        "kind": anchor.value, "counts": registers.kinds[anchor.value].counts if "number" in marks else None,
        "low": low, "high": high, "exact": low is not None and low == high, "vague": False, "unit": None,
        "target": target, "target_age": None, "target_sex": None, "target_status": known.status if known else None,
        "target_text": words(marks.get("target"), text), "target_owner": party(marks.get("owner"), registers)[1],
        "includes_perpetrators": None,
        "actors": [ActorCell(party(m, registers)[0], m.value) for m in marked(added, "actor")],
        "places": [placed(m, added.country, text) for m in marked(added, "place")],
        "start": start, "end": end, "date_precision": precision(start, end), "time_start": None, "time_end": None,
        "speaker": None, "speaker_org": speaker(marks.get("speaker"), registers), "said_on": None, "carriers": [],
        "stance": added.stance, "negated": added.negated, "scope": "incident", "complete": None, "release": None,
        "relations": [],
    }  # fmt: skip
    evidence = [Evidence(m.field, m.start, m.end, text[m.start : m.end], f"person:{by}", False, "span")
                for m in sorted(added.marks, key=lambda m: (MARKED.index(m.field), m.start))]  # fmt: skip
    key = [document["id"], anchor.start, anchor.end, sorted((m.field, m.start, m.end, m.value) for m in added.marks)]
    return Row(
        id="c_" + content_hash(["person", *key], 12), reading="p_" + content_hash([by, values], 12),
        sentence=sentence_at(text, anchor.start), evidence=evidence,
        document=msgspec.convert({f: document[f] for f in DocumentCell.__struct_fields__}, DocumentCell), **values,
    )  # fmt: skip


def check_mark(mark: Mark, text: str) -> None:
    """Refuses a mark of an unknown field, or of no words."""
    if mark.field not in MARKED:
        raise UsageError(f"{mark.field!r} cannot be marked; these can: {' '.join(MARKED)}")
    if not 0 <= mark.start < mark.end <= len(text) or not text[mark.start : mark.end].strip():
        raise UsageError(f"{mark.field}: {mark.start} to {mark.end} are no words of the text")
    if not mark.value.strip():
        raise UsageError(f"{mark.field}: say what the words mean")


def marked(added: Addition, field: str) -> list[Mark]:
    """The marks of a field that may have several."""
    return [m for m in added.marks if m.field == field]


def words(mark: Mark | None, text: str) -> str | None:
    """The words of a mark."""
    return text[mark.start : mark.end] if mark is not None else None


def bounds(value: str) -> tuple[int, int | None]:
    """A number as people write it: 12, 12+ (or more), 12-15."""
    found = NUMBER.fullmatch(value.strip().replace(",", "").replace(".", ""))
    if found is None:
        raise UsageError(f"number {value!r} is none of 12, 12+ and 12-15")
    low = int(found[1])
    high = None if found[2] else int(found[3]) if found[3] else low
    if high is not None and high < low:
        raise UsageError(f"number {value!r}: the first is above the second")
    return low, high


def period(value: str) -> tuple[date, date]:
    """A day, or FROM/TO."""
    try:
        days = [date.fromisoformat(part.strip()) for part in value.split("/")]
    except ValueError:
        raise UsageError(f"period {value!r} is no day (YYYY-MM-DD), nor FROM/TO") from None
    if len(days) > 2 or days[0] > days[-1]:
        raise UsageError(f"period {value!r} does not go from a day to a later one")
    return days[0], days[-1]


def precision(start: date | None, end: date | None) -> str:
    """How well a period is known."""
    return "unknown" if start is None else "day" if start == end else "range"


def party(mark: Mark | None, registers: Registers) -> tuple[str | None, str | None]:
    """The id in the register, where it has one, and the name of a party."""
    if mark is None:
        return None, None
    known = registers.actors.get(mark.value)
    return (mark.value, known.name) if known else (None, mark.value)


def speaker(mark: Mark | None, registers: Registers) -> SpeakerCell | None:
    """Who says it."""
    id, name = party(mark, registers)
    return SpeakerCell(id, name) if name is not None else None


def placed(mark: Mark, country: str | None, text: str) -> PlaceCell:
    """A place by its name, in a country where one is given; an unknown one keeps its name and country only."""
    code = country.upper() if country else None
    found = [r for r in Gazetteer().named(fold(mark.value)) if code is None or r.country == code]
    quoted = text[mark.start : mark.end]
    if not found:
        return PlaceCell(mark.value, quoted, None, code, None, None, None, "site", "exact")
    row: PlaceRow = found[0]
    above = Gazetteer().by_id(row.admin1) if row.admin1 else None
    admin1 = above.name if above else None
    return PlaceCell(row.name, quoted, row.geonames_id, row.country, admin1, row.lat, row.lon, row.level, "exact")


def sentence_at(text: str, at: int) -> SentenceCell:
    """The sentence around an offset."""
    begin = text.rfind("\n\n", 0, at) + 2 if "\n\n" in text[:at] else 0
    end = text.find("\n\n", at)
    for a, b in read_sentences(text, begin, len(text) if end < 0 else end, frozenset()):
        if a <= at < b:
            return SentenceCell(a, b, text[a:b])
    return SentenceCell(at, at + 1, text[at : at + 1])


def sign_off(ledger: Ledger, signed: Signoff) -> None:
    """Keeps that somebody read a document to the end."""
    with ledger.writing("The document was not signed off") as db:
        d = schema.documents.c
        if db.execute(sa.select(d.id).where(d.id == signed.document)).first() is None:
            raise LedgerError(f"{ledger.name} has no document {signed.document}")
        db.execute(schema.signoffs.insert(), [msgspec.structs.asdict(signed)])


def signoffs(ledger: Ledger, document: str | None = None) -> list[Signoff]:
    """The documents signed off, or the signatures under one, oldest first."""
    s = schema.signoffs
    statement = sa.select(*(s.c[f] for f in Signoff.__struct_fields__)).order_by(s.c.number)
    if document is not None:
        statement = statement.where(s.c.document == document)
    with ledger.engine.connect() as db:
        return [
            msgspec.convert({str(c): v for c, v in row.items()}, Signoff) for row in db.execute(statement).mappings()
        ]
