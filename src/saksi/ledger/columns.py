"""The row of the ledger, of the JSON line, of every export: each column declared here, once.

`Row` is the public contract of `saksi read --format jsonl`; its JSON Schema is generated from it
(`docs/claim.schema.json`) and so is the codebook's table of columns.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import msgspec

from saksi.intake.document import Document, content_hash
from saksi.ledger.grounds import CONVENTIONS, grounds_of
from saksi.reading.claims.claim import Claim
from saksi.reading.values import Inferred, Mention, Span, Unread, Value

if TYPE_CHECKING:
    from saksi.reading.read import Reading


DatePrecision = Literal["day", "range", "week", "month", "year", "before", "after", "ongoing", "unknown"]
PRECISIONS = get_args(DatePrecision)


def says(text: str) -> msgspec.Meta:
    """The sentence of meaning that the schema and the codebook print for a column."""
    return msgspec.Meta(description=text)


# Cells of texts and numbers alone are made with gc=False: what can hold nothing is in no circle, and takes less room.


class ActorCell(msgspec.Struct, frozen=True, gc=False):
    """Who did it."""

    id: str | None
    text: str
    side: str | None = None


class PlaceCell(msgspec.Struct, frozen=True, gc=False):
    """Where: degrees are WGS 84, `country` is ISO 3166-1 alpha-2.

    `within` is the GeoNames id of the listed place that the words put one in that no list has; it has that one's point.
    """

    name: str
    text: str | None
    geonames_id: int | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    level: str
    precision: str
    within: int | None = None


class SpeakerCell(msgspec.Struct, frozen=True, gc=False):
    """Who says it."""

    id: str | None
    text: str
    role: str | None = None


class CarrierCell(msgspec.Struct, frozen=True, gc=False):
    """An outlet it passed through."""

    id: str | None
    text: str
    said_on: date | None = None


class RelationCell(msgspec.Struct, frozen=True, gc=False):
    """A tie to another claim of the document."""

    type: str
    claim: str
    inferred: bool
    basis: str | None


class SentenceCell(msgspec.Struct, frozen=True, gc=False):
    """The sentence, in code points."""

    start: int
    end: int
    text: str


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """The words a field stands on, or the basis it was inferred from."""

    field: str
    start: int | None
    end: int | None
    text: str | None
    rule: str
    inferred: bool
    basis: str


class RivalCell(msgspec.Struct, frozen=True):
    """How another reader reads one field of the claim: the columns it would have, and its words or basis."""

    reader: str
    field: str
    values: dict[str, Any]
    evidence: list[Evidence]


class DocumentCell(msgspec.Struct, frozen=True, gc=False):
    """The document a claim was read from."""

    id: str
    text_hash: str
    ref: str | None
    url: str | None
    title: str | None
    publisher: str | None
    language: str | None
    published: date | None
    published_from: date | None
    published_to: date | None
    published_basis: str | None
    taken_from: str | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One claim, flat."""

    id: Annotated[
        str,
        says("hash of the document's id and the offsets of the claim's anchor: where, not what"),
    ]
    reading: Annotated[str, says("hash of reader, language and register versions with the values")]
    kind: Annotated[str, says("event kind of registers/events.yml")]
    counts: Annotated[str | None, says("what the number counts: `events` or `things`; null without a number")]
    low: Annotated[int | None, says("least, inclusive; null is open")]
    high: Annotated[int | None, says("most, inclusive; null is open")]
    exact: Annotated[bool, says("whether the words give one number")]
    vague: Annotated[bool, says("whether the words name a soft range")]
    unit: Annotated[str | None, says("the counted noun as written")]
    target: Annotated[str | None, says("class of registers/objects.yml")]
    target_age: Annotated[str | None, says("`child` or `adult` where said")]
    target_sex: Annotated[str | None, says("`female` or `male` where said")]
    target_status: Annotated[str | None, says("`civilian` or `combatant` where said or in the class")]
    target_text: Annotated[str | None, says("the words of the target")]
    target_owner: Annotated[str | None, says("whose it was, by the register's name, else the words")]
    includes_perpetrators: Annotated[bool | None, says("whether attackers are in the number")]
    actors: Annotated[list[ActorCell], says("who did it")]
    places: Annotated[list[PlaceCell], says("where, finest level each; a counted claim keeps the union")]
    start: Annotated[date | None, says("first day, inclusive")]
    end: Annotated[date | None, says("last day, inclusive")]
    date_precision: Annotated[str, says(", ".join(PRECISIONS))]
    time_start: Annotated[str | None, says("clock time, with offset where said")]
    time_end: Annotated[str | None, says("clock time, with offset where said")]
    speaker: Annotated[SpeakerCell | None, says("who says it; null is the outlet's own voice")]
    speaker_org: Annotated[SpeakerCell | None, says("for whom the speaker speaks")]
    said_on: Annotated[date | None, says("the day of saying")]
    carriers: Annotated[list[CarrierCell], says("agencies and outlets it passed through, in order")]
    stance: Annotated[str, says("reports, asserts, claims, confirms, denies, estimates, fears, plans")]
    negated: Annotated[bool, says("said not to have happened, or the count to be zero")]
    scope: Annotated[str, says("incident, tally, cumulative, increment, stock")]
    complete: Annotated[bool | None, says("whether the number is meant to be all of its area and period")]
    release: Annotated[
        str | None, says("the release it stands in, where its lines are set apart and are all there was")
    ]
    relations: Annotated[list[RelationCell], says("ties to claims of the same document")]
    sentence: Annotated[SentenceCell, says("the sentence it stands in")]
    place_grounds: Annotated[
        str | None,
        says(
            "how the place is known: stated (own sentence), carried (words elsewhere), presumed (convention), "
            "proposed (by a second reader alone)"
        ),
    ] = None
    days_grounds: Annotated[str | None, says("how the days are known: stated, carried, presumed, proposed")] = None
    speaker_grounds: Annotated[str | None, says("how the speaker is known: stated, carried, presumed, proposed")] = None
    claim_grounds: Annotated[
        str | None, says("`proposed` where the claim, its kind or its target is a second reader's alone; else null")
    ] = None
    readers: Annotated[
        dict[str, list[str]] | None,
        says("for each field who reads it so: `rules`, a second reader by its name; null: the rules alone read all"),
    ] = None
    rivals: Annotated[list[RivalCell], says("what another reader reads otherwise, field by field")] = []
    evidence: Annotated[list[Evidence], says("for each field the words or the basis")]
    document: Annotated[DocumentCell, says("the document it was read from")]


def rows_of(reading: Reading, names: dict[str, str]) -> list[Row]:
    """The rows of a reading in the order of the text; `names` are the register's names of actors."""
    return [row_of(claim, reading, names) for claim in reading.claims]


def row_of(claim: Claim, reading: Reading, names: dict[str, str]) -> Row:
    """One claim as a row; `reading` of the row hashes the reader's version with the values."""
    values = {
        **number_columns(claim), **target_columns(claim, names), **time_columns(claim),
        **speech_columns(claim),
        "kind": claim.kind.value,
        "includes_perpetrators": claim.includes_perpetrators,
        "actors": [ActorCell(a.value.id, a.value.text, None) for a in claim.actors],
        "places": [place_cell(p) for p in claim.places],
        "negated": claim.negated,
        "scope": claim.scope or "incident",
        "complete": claim.complete,
        "release": reading.release,
        "relations": [
            RelationCell(r.type, r.claim, r.inferred, None if r.span is None else r.span.text) for r in claim.relations
        ],
    }  # fmt: skip
    evidence = evidence_of(claim)
    dated = values["start"] is not None or values["end"] is not None
    grounds: dict[str, Any] = dict(grounds_of(evidence, claim.sentence.start, claim.sentence.end, dated=dated))
    return Row(
        id=claim.id,
        reading="r_" + content_hash([reading.version, values], 12),
        **grounds,
        sentence=SentenceCell(claim.sentence.start, claim.sentence.end, claim.sentence.text),
        evidence=evidence,
        document=document_cell(reading),
        **values,
    )


def number_columns(claim: Claim) -> dict[str, Any]:
    """The number's columns."""
    quantity = claim.quantity.value if claim.quantity else None
    said = isinstance(claim.quantity, Mention)
    return {
        "counts": claim.counts,
        "low": quantity.low if quantity else None,
        "high": quantity.high if quantity else None,
        "exact": bool(quantity and said and quantity.exact),
        "vague": bool(quantity and quantity.vague),
        "unit": claim.unit.text if claim.unit else None,
    }


def target_columns(claim: Claim, names: dict[str, str]) -> dict[str, Any]:
    """The target's columns."""
    target = claim.target.value if claim.target else None
    owner = claim.owner.value if claim.owner else None
    return {
        "target": target.object_class if target else None,
        "target_age": target.age if target else None,
        "target_sex": target.sex if target else None,
        "target_status": target.status if target else None,
        "target_text": (target.text or None) if target else None,
        "target_owner": names.get(owner.id or "", owner.text) if owner else None,
    }


def precision_of(told: str) -> str:
    """How finely days are told, in a word of the contract: a quarter, a season or a decade is a range."""
    return told if told in PRECISIONS else "range"


def time_columns(claim: Claim) -> dict[str, Any]:
    """The period's columns."""
    period = claim.period.value if claim.period else None
    return {
        "start": period.start if period else None,
        "end": period.end if period else None,
        "date_precision": precision_of(period.precision) if period else "unknown",
        "time_start": period.time_start if period else None,
        "time_end": period.time_end if period else None,
    }


def speech_columns(claim: Claim) -> dict[str, Any]:
    """The columns of who says it and how."""
    speaker = claim.speaker.value if claim.speaker else None
    org = claim.speaker_org.value if claim.speaker_org else None
    return {
        "speaker": SpeakerCell(speaker.id, speaker.text, speaker.role) if speaker else None,
        "speaker_org": SpeakerCell(org.id, org.text) if org else None,
        "said_on": claim.said_on.value if claim.said_on else None,
        "carriers": [CarrierCell(c.value.id, c.value.text, c.value.said_on) for c in claim.carriers],
        "stance": claim.stance.value if claim.stance else "reports",
    }


def place_cell(place: Value[Any]) -> PlaceCell:
    """A place's cell."""
    p = place.value
    text = place.span.text if place.span and place.rule not in CONVENTIONS else None
    return PlaceCell(p.name, text, p.geonames_id, p.country, p.admin1, p.lat, p.lon, p.level, p.precision, p.within)


def document_cell(reading: Reading) -> DocumentCell:
    """The document's cell: everything but its text, with the publication the reading went by."""
    fields: dict[str, Any] = {f: getattr(reading.document, f) for f in DocumentCell.__struct_fields__}
    fields["published"], fields["published_basis"] = reading.published
    return DocumentCell(**fields)


def evidence_of(claim: Claim) -> list[Evidence]:
    """For each filled field the words it stands on, in the order of the contract."""
    slots: list[tuple[str, Any]] = [
        ("kind", claim.kind), ("number", claim.quantity), ("target", claim.target), ("owner", claim.owner),
        *(("actor", a) for a in claim.actors), *(("place", p) for p in claim.places),
        ("period", claim.period), ("speaker", claim.speaker), ("speaker", claim.speaker_org),
        ("said_on", claim.said_on), *(("carrier", c) for c in claim.carriers), ("stance", claim.stance),
    ]  # fmt: skip
    found = [evidence(field, value) for field, value in slots if value is not None]
    for relation in claim.relations:
        if relation.span is not None:
            span = relation.span
            found.append(Evidence("relation", span.start, span.end, span.text, relation.type, False, "span"))
    return found


def evidence(field: str, value: Mention[Any] | Inferred[Any]) -> Evidence:
    """One field's evidence."""
    span: Span | None = value.span
    basis = value.basis if isinstance(value, Inferred) else "span"
    told = isinstance(value, Inferred)
    if span is None:
        return Evidence(field, None, None, None, value.rule, told, basis)
    return Evidence(field, span.start, span.end, span.text, value.rule, told, basis)


def check_row(row: Row, text: str) -> str | None:
    """What is wrong with a row's offsets against its document's text, or None.

    Every span of a row must equal the slice of the text it names; checked at every load.
    """
    for entry in row.evidence:
        if entry.start is not None and text[entry.start : entry.end] != entry.text:
            return f"claim {row.id}: {entry.field} is not at {entry.start}-{entry.end}"
    sentence = row.sentence
    if text[sentence.start : sentence.end] != sentence.text:
        return f"claim {row.id}: its sentence is not at {sentence.start}-{sentence.end}"
    return None


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a row."""
    return msgspec.json.schema(Row)


class RefusedQuote(msgspec.Struct, frozen=True):
    """Words that a second reader proposed and that did not enter: of which field, why, and the proposal as JSON."""

    reader: str
    field: str
    quote: str
    reason: str
    proposal: str


class Read(msgspec.Struct, frozen=True):
    """A document with what one reading told of it."""

    document: Document
    version: str
    rows: list[Row]
    unread: list[Unread] = []
    refused: list[RefusedQuote] = []
    over: str | None = None  # the version of the rules' reading that it holds, so that they need not read it again
