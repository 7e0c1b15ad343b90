"""Words that were removed from a text stay removed, in every reading of it that comes later.

A masked text keeps its length, so that all offsets hold; each letter of the removed words is a block. The
removal itself keeps only a hash of the words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from saksi.ledger import schema
from saksi.ledger.columns import PlaceCell, Read, RivalCell, Row

BLOCK = "█"
NAMED = ("title", "taken_from")  # what a document is called, where the words may stand too
Spans = tuple[tuple[int, int], ...]


def masks(db: sa.Connection, hashes: Iterable[str]) -> dict[str, Spans]:
    """The spans removed from some texts, by the hash of the text."""
    r = schema.removals.c
    wanted = sa.select(r.text_hash, r.start, r.end).where(r.text_hash.in_(set(hashes)), r.start.is_not(None))
    found: dict[str, Spans] = {}
    for text_hash, start, end in db.execute(wanted.order_by(r.number)):
        found[text_hash] = (*found.get(text_hash, ()), (start, end))
    return found


def masked(read: Read, spans: Spans) -> Read:
    """A reading without the words of some spans (code points, half open); the document keeps its identity."""
    text = read.document.text
    words, hidden = [text[a:b] for a, b in spans], hide(text, spans)
    rows = [masked_row(row, hidden, words) for row in read.rows]
    unread = [
        msgspec.structs.replace(u, span=msgspec.structs.replace(u.span, text=hidden[u.span.start : u.span.end]))
        for u in read.unread
    ]
    return msgspec.structs.replace(read, rows=rows, unread=unread, refused=[])


def masked_cells(cells: dict[str, Any], spans: Spans) -> dict[str, Any]:
    """A document's SQL values without the words of some spans."""
    words = [cells["text"][a:b] for a, b in spans]
    named = {k: hide_words(cells[k], words) if cells[k] else cells[k] for k in NAMED}
    return {**cells, "text": hide(cells["text"], spans), **named}


def hide(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with blocks in place of the letters of some spans; its length is kept."""
    letters = list(text)
    for start, end in spans:
        for n in range(start, min(end, len(letters))):
            letters[n] = letters[n] if letters[n].isspace() else BLOCK
    return "".join(letters)


def hide_words(text: str, words: Iterable[str]) -> str:
    """A value with the words removed; one that lies wholly within them is removed whole."""
    for word in words:
        if len(text) > 1 and text.casefold() in word.casefold():
            return BLOCK * len(text)
        at = text.casefold().find(word.casefold())
        while word and at >= 0:
            text = text[:at] + BLOCK * len(word) + text[at + len(word) :]
            at = text.casefold().find(word.casefold())
    return text


def masked_row(row: Row, text: str, words: list[str]) -> Row:
    """A row over a masked text: its quotes are cut anew, its own words hidden, places told by them are not placed."""
    sentence = row.sentence
    values: dict[str, Any] = {
        "sentence": msgspec.structs.replace(sentence, text=text[sentence.start : sentence.end]),
        "evidence": [
            e if e.start is None else msgspec.structs.replace(e, text=text[e.start : e.end]) for e in row.evidence
        ],
        "places": [masked_place(place, words) for place in row.places],
    }
    for name in ("unit", "target_text", "target_owner"):
        value = getattr(row, name)
        values[name] = hide_words(value, words) if value else value
    for name in ("actors", "carriers"):
        values[name] = [masked_party(party, words) for party in getattr(row, name)]
    for name in ("speaker", "speaker_org"):
        party = getattr(row, name)
        values[name] = masked_party(party, words) if party is not None else None
    values["relations"] = [
        msgspec.structs.replace(r, basis=hide_words(r.basis, words) if r.basis else r.basis) for r in row.relations
    ]
    named = {k: hide_words(v, words) for k in NAMED if (v := getattr(row.document, k))}
    values["document"] = msgspec.structs.replace(row.document, **named)
    values["rivals"] = [masked_rival(rival, text, words) for rival in row.rivals]
    return msgspec.structs.replace(row, **values)


def masked_rival(rival: RivalCell, text: str, words: list[str]) -> RivalCell:
    """Another reading over a masked text: its quotes are cut anew; one that told any of the words keeps no values."""
    evidence = [
        e if e.start is None else msgspec.structs.replace(e, text=text[e.start : e.end]) for e in rival.evidence
    ]
    told = evidence != rival.evidence or hidden_in(rival.values, words)
    return msgspec.structs.replace(rival, evidence=evidence, values={} if told else rival.values)


def hidden_in(value: Any, words: list[str]) -> bool:
    """Whether a value, or any part of it, holds words that are to be hidden."""
    if isinstance(value, str):
        return hide_words(value, words) != value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(hidden_in(part, words) for part in parts)


def masked_party(party: Any, words: list[str]) -> Any:
    """A party whose words were removed is nobody that a register knows."""
    text = hide_words(party.text, words)
    changes: dict[str, Any] = {"text": text, "id": party.id if text == party.text else None}
    if getattr(party, "role", None):
        changes["role"] = hide_words(party.role, words)
    return msgspec.structs.replace(party, **changes)


def masked_place(place: PlaceCell, words: list[str]) -> PlaceCell:
    """A place whose words were removed keeps its country only."""
    name, text = hide_words(place.name, words), hide_words(place.text, words) if place.text else place.text
    if (name, text) == (place.name, place.text):
        return place
    return msgspec.structs.replace(
        place, name=BLOCK, text=text, geonames_id=None, admin1=None, lat=None, lon=None, level="country"
    )
