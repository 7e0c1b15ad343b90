"""What the reader makes of words that somebody selected: a proposal for the form, never kept by itself."""

from __future__ import annotations

from typing import Any

import msgspec

from saksi.errors import UsageError
from saksi.intake.document import Document
from saksi.publish.desk import Desk
from saksi.publish.documents import DocumentAsked, find_document
from saksi.publish.limits import Id, Offset
from saksi.reading.layers import layer_rows
from saksi.reading.reader import Reader

LAYERS = {"numbers": "number", "times": "period", "places": "place", "actors": "actor", "objects": "target",
          "events": "kind"}  # fmt: skip
LONGEST = 300  # characters that are read as a value


class MeaningAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a document, [start, end) in code points."""

    document: Id
    start: Offset
    end: Offset


class Proposal(msgspec.Struct, frozen=True):
    """A field that the words may fill, its value as a form takes it, and the rule that says so."""

    field: str
    value: str
    rule: str


class Meaning(msgspec.Struct, frozen=True):
    """The words, and what they may mean."""

    text: str
    proposals: list[Proposal]


def find_meaning(desk: Desk, asked: MeaningAsked) -> Meaning:
    """What some words of a document mean there. Raises UsageError for no words, or too many."""
    page = find_document(desk, DocumentAsked(id=asked.document))
    words = page.text[asked.start : asked.end]
    if not words.strip() or asked.end > len(page.text):
        raise UsageError(f"{asked.start} to {asked.end} are no words of the document")
    if len(words) > LONGEST:
        raise UsageError(f"select at most {LONGEST} characters")
    about = page.document
    document = Document(text=page.text, language=about.language, published=about.published)
    reading = desk.kept(("reading", about.id), lambda: Reader(desk.overlay).read(document))
    found = [
        Proposal(field, value, entry.rule)
        for layer, field in LAYERS.items()
        for entry in layer_rows(reading, layer)
        if entry.start < asked.end and asked.start < entry.end
        if (value := written(field, msgspec.to_builtins(entry.value))) is not None
    ]
    return Meaning(words, list(dict.fromkeys(found)))


def written(field: str, value: Any) -> str | None:
    """A layer's value as a form takes it."""
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        return None
    if field == "number":
        low, high = value.get("low"), value.get("high")
        return None if low is None else str(low) if low == high else f"{low}+" if high is None else f"{low}-{high}"
    if field == "period":
        value = value.get("stretch") or value
        start, end = value.get("start"), value.get("end")
        return None if not start or not end else str(start) if start == end else f"{start}/{end}"
    keys = {"place": ("name",), "actor": ("id", "text"), "target": ("class",), "kind": ("kind",)}
    return next((str(value[k]) for k in keys.get(field, ()) if value.get(k)), None)
