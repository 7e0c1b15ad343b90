"""Rows coded elsewhere: a spreadsheet or another team's data, in the contract's fields; their basis is the row.

Each row is checked against the contract before any is kept; an error names row and column. Nothing is
invented for a field left empty: what a row does not say stays null.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from saksi.errors import IntakeError
from saksi.intake.document import Document, content_hash
from saksi.ledger.cells import unescaped
from saksi.ledger.columns import (
    ActorCell,
    CarrierCell,
    DatePrecision,
    DocumentCell,
    Evidence,
    PlaceCell,
    Read,
    RelationCell,
    Row,
    SentenceCell,
    SpeakerCell,
)
from saksi.ledger.grounds import grounds_of
from saksi.registers.load import Registers

T = TypeVar("T")
FLAT = "place_1_"
RELATIONS = ("part_of", "apart_from", "partition_of", "adds_to", "restates", "denies")
EVIDENCE = {"kind": "kind", "low": "number", "high": "number", "target": "target", "target_owner": "owner",
            "actors": "actor", "places": "place", "start": "period", "end": "period", "speaker": "speaker",
            "speaker_org": "speaker", "said_on": "said_on", "carriers": "carrier", "stance": "stance",
            "relations": "relation"}  # fmt: skip


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """A row as coded: the contract's fields, all but `kind` optional."""

    kind: str
    id: str | None = None
    counts: Literal["events", "things"] | None = None
    low: int | None = None
    high: int | None = None
    exact: bool | None = None
    vague: bool | None = None
    unit: str | None = None
    target: str | None = None
    target_age: Literal["child", "adult"] | None = None
    target_sex: Literal["female", "male"] | None = None
    target_status: Literal["civilian", "combatant"] | None = None
    target_text: str | None = None
    target_owner: str | None = None
    includes_perpetrators: bool | None = None
    start: date | None = None
    end: date | None = None
    date_precision: DatePrecision | None = None
    time_start: str | None = None
    time_end: str | None = None
    said_on: date | None = None
    stance: Literal["reports", "asserts", "claims", "confirms", "denies", "estimates", "fears", "plans"] | None = None
    negated: bool | None = None
    scope: Literal["incident", "tally", "cumulative", "increment", "stock"] | None = None
    complete: bool | None = None
    release: str | None = None


class Raw(msgspec.Struct, frozen=True):
    """One row of a file: where it stands, and its fields that are not empty."""

    where: str
    values: dict[str, Any]

    def error(self, column: str, message: str) -> IntakeError:
        """An error that names the row and the column."""
        return IntakeError(f"{self.where}: {column}: {message}")


def coded_documents(path: Path, name: str, registers: Registers) -> tuple[list[Read], dict[str, int]]:
    """The documents of a file of rows, each with its reading and rows; and the columns ignored, counted.

    Raises IntakeError for a file that cannot be read and for the first row that breaks the contract.
    """
    raws = list(raw_rows(path))
    ids = row_ids(raws, name)
    known = {str(raw.values["id"]): ids[n] for n, raw in enumerate(raws) if "id" in raw.values}
    ignored: dict[str, int] = {}
    groups: dict[str, list[tuple[Raw, str]]] = {}
    for raw, id in zip(raws, ids, strict=True):
        for key in raw.values:
            if key not in Row.__struct_fields__ and not key.startswith(FLAT):
                ignored[key] = ignored.get(key, 0) + 1
        groups.setdefault(document_key(raw, id), []).append((raw, id))
    coder = Coder(name, registers, known)
    return [coder.document(key, rows) for key, rows in groups.items()], ignored


def raw_rows(path: Path) -> Iterator[Raw]:
    """The rows of a CSV or JSON-lines file; empty cells are left out."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            if path.suffix == ".csv":
                yield from csv_rows(path, stream)
            else:
                yield from json_rows(path, stream)
    except (OSError, UnicodeDecodeError) as error:
        raise IntakeError(f"{path}: cannot be read: {error}") from None


def csv_rows(path: Path, stream: Any) -> Iterator[Raw]:
    """The rows of a CSV file, ours or another's: what keeps a spreadsheet from running a cell is taken off."""
    reader = csv.DictReader(stream)
    for values in reader:
        where = f"{path}:{reader.line_num}"
        if None in values:
            raise IntakeError(f"{where}: more cells than the header has columns")
        cells = {k: unescaped(v) for k, v in values.items() if v is not None}
        yield Raw(where, {k: v for k, v in cells.items() if v != ""})


def json_rows(path: Path, stream: Any) -> Iterator[Raw]:
    """The rows of a JSON-lines file."""
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except ValueError as error:
            raise IntakeError(f"{path}:{number}: not a JSON object: {error}") from None
        if not isinstance(values, dict):
            raise IntakeError(f"{path}:{number}: not a JSON object")
        yield Raw(f"{path}:{number}", {k: v for k, v in values.items() if v is not None and v != ""})


def row_ids(raws: list[Raw], name: str) -> list[str]:
    """The claim id of each row: of its own id where it has one, else of its content and how often that came before."""
    seen: dict[str, int] = {}
    found = []
    for raw in raws:
        own = raw.values.get("id")
        key = str(own) if own is not None else content_hash(sorted(raw.values.items(), key=str))
        seen[key] = seen.get(key, 0) + 1
        if own is not None and seen[key] > 1:
            raise raw.error("id", f"{own!r} stands in two rows")
        found.append("c_" + content_hash(["row", name, key, seen[key]], 12))
    return found


def document_key(raw: Raw, id: str) -> str:
    """What names a row's document: its address or reference where the row gives one, else the row itself."""
    document = nested(raw, "document")
    if isinstance(document, dict):
        named = [str(document[k]) for k in ("id", "ref", "url") if document.get(k)]
        if named:
            return " ".join(named)
    return str(raw.values.get("id", id))


def nested(raw: Raw, column: str) -> Any:
    """A nested column: an object, or JSON text of one; other text is returned as it is."""
    value = raw.values.get(column)
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError as error:
            raise raw.error(column, f"not JSON: {error}") from None
    return value


class Coder:
    """Makes claims of rows, for one source."""

    def __init__(self, name: str, registers: Registers, known: dict[str, str]) -> None:
        self.name, self.registers, self.known = name, registers, known

    def document(self, key: str, rows: list[tuple[Raw, str]]) -> Read:
        """The rows of one document as claims; its text is the rows themselves, a line each."""
        lines = [json.dumps(raw.values, ensure_ascii=False, sort_keys=True, default=str) for raw, _ in rows]
        raw = rows[0][0]
        given = nested(raw, "document")
        fields = {k: v for k, v in given.items() if v is not None} if isinstance(given, dict) else {}
        wanted = {k: fields[k] for k in ("url", "title", "publisher", "language", "published") if k in fields}
        document = self.convert(raw, "document", {**wanted, "text": "\n".join(lines), "ref": key}, Document)
        publisher = document.publisher or self.name
        document = msgspec.structs.replace(
            document, publisher=publisher, published_basis="row" if document.published else None
        )
        claims, at = [], 0
        for (each, id), line in zip(rows, lines, strict=True):
            claims.append(self.row(each, id, document, SentenceCell(at, at + len(line), line)))
            at += len(line) + 1
        return Read(document, "r_" + content_hash(["row", self.name, document.text_hash], 12), claims)

    def row(self, raw: Raw, id: str, document: Document, sentence: SentenceCell) -> Row:
        """One row as a claim."""
        flat = {k: v for k, v in raw.values.items() if k in Coded.__struct_fields__}
        coded = self.convert(raw, "", flat, Coded)
        self.check(raw, coded)
        counted = coded.low is not None or coded.high is not None
        known = self.registers.kinds[coded.kind]
        cells = {f: getattr(coded, f) for f in Coded.__struct_fields__}
        cells |= {
            "id": id, "exact": counted and coded.low == coded.high, "vague": bool(coded.vague),
            "counts": coded.counts or (known.counts if counted else None), "stance": coded.stance or "reports",
            "negated": bool(coded.negated), "scope": coded.scope or "incident",
            "date_precision": coded.date_precision or precision(coded.start, coded.end),
            "actors": self.listed(raw, "actors", self.actor), "places": self.places(raw),
            "speaker": self.speaker(raw, "speaker"), "speaker_org": self.speaker(raw, "speaker_org"),
            "carriers": self.listed(raw, "carriers", self.carrier),
            "relations": self.listed(raw, "relations", self.relation),
        }  # fmt: skip
        evidence = [Evidence(f, None, None, None, f"row:{self.name}", False, "row") for f in filled(raw)]
        own = DocumentCell(**{f: getattr(document, f) for f in DocumentCell.__struct_fields__})
        reading = "r_" + content_hash(["row", sorted(raw.values.items(), key=str)], 12)
        dated = coded.start is not None or coded.end is not None
        cells |= grounds_of(evidence, sentence.start, sentence.end, dated=dated)
        return Row(reading=reading, sentence=sentence, evidence=evidence, document=own, **cells)

    def check(self, raw: Raw, coded: Coded) -> None:
        """What the types cannot say: words of the registers, and bounds in order."""
        for column, value, table in (
            ("kind", coded.kind, self.registers.kinds), ("target", coded.target, self.registers.classes),
        ):  # fmt: skip
            if value is not None and value not in table:
                raise raw.error(column, f"{value!r} is not known. Known are: {' '.join(sorted(table))}")
        for column in ("low", "high"):
            if (getattr(coded, column) or 0) < 0:
                raise raw.error(column, "a count cannot be below zero")
        if coded.low is not None and coded.high is not None and coded.low > coded.high:
            raise raw.error("low", f"{coded.low} is above high {coded.high}")
        if coded.start is not None and coded.end is not None and coded.start > coded.end:
            raise raw.error("start", f"{coded.start} is after end {coded.end}")

    def convert(self, raw: Raw, column: str, value: Any, type: type[T]) -> T:
        """A value as a record; an error names row and column."""
        try:
            return msgspec.convert(value, type, strict=False)
        except msgspec.ValidationError as error:
            message, _, where = str(error).partition(" - at `$")
            place = ".".join(part for part in (column, where.strip("`.")) if part)
            raise raw.error(place or "row", message) from None

    def listed(self, raw: Raw, column: str, make: Callable[[Raw, Any], Any]) -> list[Any]:
        """A column of several: a list, one object, or words set apart by semicolons."""
        value = nested(raw, column)
        if value is None:
            return []
        if isinstance(value, str):
            value = [part.strip() for part in value.split(";") if part.strip()]
        return [make(raw, each) for each in (value if isinstance(value, list) else [value])]

    def party(self, value: Any) -> dict[str, Any]:
        """A party: an object, or its id in the register, else its words."""
        if isinstance(value, dict):
            return {**value, "id": value.get("id"), "text": value.get("text") or value.get("id")}
        known = self.registers.actors.get(str(value))
        return {"id": value if known else None, "text": known.name if known else value}

    def actor(self, raw: Raw, value: Any) -> ActorCell:
        """An actor."""
        return self.convert(raw, "actors", self.party(value), ActorCell)

    def carrier(self, raw: Raw, value: Any) -> CarrierCell:
        """A carrier."""
        return self.convert(raw, "carriers", self.party(value), CarrierCell)

    def speaker(self, raw: Raw, column: str) -> SpeakerCell | None:
        """Who speaks."""
        value = nested(raw, column)
        return None if value is None else self.convert(raw, column, self.party(value), SpeakerCell)

    def places(self, raw: Raw) -> list[PlaceCell]:
        """The places: the nested column, else the flat columns of the first place."""
        if raw.values.get("places"):
            return self.listed(raw, "places", self.place)
        flat = {k.removeprefix(FLAT): v for k, v in raw.values.items() if k.startswith(FLAT)}
        return [self.place(raw, flat)] if flat else []

    def place(self, raw: Raw, value: Any) -> PlaceCell:
        """A place; one of which only the country is said is the country."""
        given = dict(value) if isinstance(value, dict) else {"name": value}
        if isinstance(given.get("country"), str):
            given["country"] = given["country"].upper()
            if len(given["country"]) != 2:
                raise raw.error("places.country", f"{given['country']!r} is not a code of ISO 3166-1 alpha-2, like SY")
        if not given.get("name"):
            given["name"] = given.get("admin1") or given.get("country")
            given.setdefault("level", "admin1" if given.get("admin1") else "country")
        blank = dict.fromkeys(("text", "geonames_id", "country", "admin1", "lat", "lon"))
        filled = {
            **blank,
            "level": "city",
            "precision": "exact",
            **{k: v for k, v in given.items() if v not in (None, "")},
        }
        return self.convert(raw, "places", filled, PlaceCell)

    def relation(self, raw: Raw, value: Any) -> RelationCell:
        """A tie to another row of the file, by its id."""
        if isinstance(value, str) and ":" in value:
            type, _, claim = value.partition(":")
            value = {"type": type.strip(), "claim": claim.strip()}
        if not isinstance(value, dict) or value.get("type") not in RELATIONS:
            raise raw.error("relations", f"each has a type ({' '.join(RELATIONS)}) and a claim, the id of another row")
        claim = str(value.get("claim"))
        if claim not in self.known:
            raise raw.error("relations", f"no row of this file has the id {claim!r}")
        return RelationCell(value["type"], self.known[claim], bool(value.get("inferred")), value.get("basis"))


def precision(start: date | None, end: date | None) -> str:
    """How much of the period is known, where the row does not say."""
    if start is None or end is None:
        return "unknown" if start is end else ("before" if start is None else "after")
    return "day" if start == end else "range"


def filled(raw: Raw) -> list[str]:
    """The fields of evidence that a row fills, in the order of the contract."""
    given = {EVIDENCE["places" if k.startswith(FLAT) else k] for k in raw.values if k in EVIDENCE or k.startswith(FLAT)}
    return [f for f in dict.fromkeys(EVIDENCE.values()) if f in given]
