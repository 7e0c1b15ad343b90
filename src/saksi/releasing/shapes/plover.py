"""PLOVER's exchange form: one record a line for each claim, its words with their characters, its counts as bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from saksi.ledger.columns import Evidence, PlaceCell, Row
from saksi.releasing.notes import Notes
from saksi.releasing.shapes import Shape
from saksi.releasing.shapes.parties import Party, actors_of, own_columns, owners_of
from saksi.releasing.world import World
from saksi.version import __version__

RESOLUTION = {"site": 5, "village": 4, "city": 4, "admin2": 3, "admin1": 2, "region": 2, "country": 1}
SIZES = {"kill": "dead", "injure": "injured", "detain": "arrested"}
UNDONE = {"plans": "future", "fears": "hypothetical", "denies": "negation"}
EMPTY = {"coded_date": "no clock goes into an export", "coded_time": "no clock goes into an export"}


def records(told: Iterable[Row], world: World, notes: Notes) -> Iterator[dict[str, Any]]:
    """Claims that PLOVER has a type for, with a day and somebody who acts; what was not done says so in its mode."""
    for row in told:
        if world.plover(row.kind) is None:
            notes.leave_out("PLOVER has no type for this kind of event", [row.id])
        elif row.start is None:
            notes.leave_out("no first day is known, and a record needs a date", [row.id])
        elif not row.actors:
            notes.leave_out("nobody is named who did it, and a record needs an actor", [row.id])
        else:
            yield record(row, world, notes)


def record(row: Row, world: World, notes: Notes) -> dict[str, Any]:
    """One record; what is not known is left out of it."""
    kind = world.plover(row.kind)
    type = kind.type if kind else ""
    mode = [*([kind.mode] if kind and kind.mode else []), *auxiliary(row)]
    found: dict[str, Any] = {
        "id": row.id, "has_event": True, "date": row.start, "enddate": row.end, "time": row.time_start,
        "endtime": row.time_end, "actor": [entity(p, world) for p in actors_of([row], world)],
        "recipient": recipients(row, world), "event": [type], "event_loc": [located(p, notes, row) for p in row.places],
        "event_text": row.sentence.text, "quad_code": world.quad_number(type),
        "event_scale": kind.intensity if kind else None, "mode": mode, "size": size(row, world),
        "text": row.sentence.text, "text_info": [info(n, e) for n, e in enumerate(spans(row))],
        "cite_info": citation(row), "coder": f"saksi {__version__}", **own_columns([row], notes),
    }  # fmt: skip
    return {name: value for name, value in found.items() if value not in (None, [], {})}


def auxiliary(row: Row) -> list[str]:
    """PLOVER's modes for what was not done."""
    found = [UNDONE[row.stance]] if row.stance in UNDONE else []
    return list(dict.fromkeys([*found, *(["negation"] if row.negated else [])]))


def entity(party: Party, world: World) -> dict[str, Any]:
    """Somebody in a record."""
    sector = world.exchange.sectors.get(world.actor_kind(party.id) or "")
    country = world.countries.get(world.actor_country(party.id) or "")
    found = {
        "code": country.alpha3 if country else None, "sector": sector, "entity_text": party.name,
        "identifier_id": party.id, "identifier_text": "Saksi's register of actors" if party.id else None,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value is not None}


def recipients(row: Row, world: World) -> list[dict[str, Any]]:
    """Whom it was done to: whose the target was, else the target's words."""
    some = owners_of([row], world) or ([Party(None, row.target_text)] if row.target_text else [])
    traits = {"gender": row.target_sex, "age": row.target_age}
    return [{**entity(p, world), **{k: v for k, v in traits.items() if v}} for p in some]


def size(row: Row, world: World) -> dict[str, Any]:
    """What was counted: one number where there is one, bounds beside it else; targets under their own class."""
    if row.counts is None:
        return {}
    what = next((w for kind, w in SIZES.items() if world.registers.is_a(row.kind, kind)), row.target or row.kind)
    if row.low is not None and row.low == row.high:
        return {what: row.low}
    bounds = {f"{what}_low": row.low, f"{what}_high": row.high}
    return {name: value for name, value in bounds.items() if value is not None}


def located(place: PlaceCell, notes: Notes, row: Row) -> dict[str, Any]:
    """A place in a record; resolution 5 is within a town, 1 a country."""
    if place.level not in RESOLUTION:
        notes.lacks("event_loc.resolution", f"PLOVER has none for {place.level}", [row.id])
    found = {
        "extracted_place": place.text, "resolved_place": place.name, "geonameid": place.geonames_id,
        "lat": place.lat, "lon": place.lon, "province": place.admin1, "country_code": place.country,
        "city": place.name if place.level == "city" else None, "resolution": RESOLUTION.get(place.level),
    }  # fmt: skip
    return {name: value for name, value in found.items() if value is not None}


def spans(row: Row) -> list[Evidence]:
    """The words of a claim."""
    return [e for e in row.evidence if e.start is not None]


def info(n: int, entry: Evidence) -> dict[str, Any]:
    """Words with their characters, counted in code points of the document's text, [start, end)."""
    return {"sequence": n, "start": entry.start, "end": entry.end, "text_story": entry.text, "field": entry.field}


def citation(row: Row) -> dict[str, Any]:
    """The document."""
    doc = row.document
    found = {"corpus": "saksi", "citation": doc.id, "url": doc.url, "title": doc.title, "language": doc.language,
             "publication": doc.publisher, "published": doc.published, "text_hash": doc.text_hash}  # fmt: skip
    return {name: value for name, value in found.items() if value is not None}


PLOVER = Shape((), "jsonl", "judged", records, EMPTY)
