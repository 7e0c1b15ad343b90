"""FollowTheMoney entities, made with its own library: events, those involved, places, articles, and who says it.

A claim is an Event, its proof the Article it was read from. Who says it is tied to it by a link whose role is the
stance, so that no speaker becomes somebody involved. A value that the model refuses is left out and noted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from saksi.inquiry.explain import days, figure
from saksi.intake.document import content_hash
from saksi.ledger.columns import PlaceCell, Row
from saksi.releasing.extras import library
from saksi.releasing.happenings import SILENT
from saksi.releasing.notes import Notes
from saksi.releasing.shapes import Shape
from saksi.releasing.shapes.parties import Party, actors_of
from saksi.releasing.shapes.placing import AREAS
from saksi.releasing.world import World
from saksi.version import __version__

BODIES = ("state_force", "police", "government", "ministry", "outlet", "agency", "rebel", "militia", "coalition")
EMPTY = {"numbers": "the model has no property for a number of people or things; the words are in notes"}


class Entities:
    """Makes entities, each id once; what is left out of one is noted."""

    def __init__(self, world: World, notes: Notes) -> None:
        self.model = library("followthemoney", "--as ftm", "share").model
        self.world, self.notes = world, notes
        self.seen: set[str] = set()
        self.known: dict[str, dict[str, tuple[Any, str | None]]] = {}
        self.cleaned = lru_cache(maxsize=50_000)(cleaned)  # days, countries and names come again and again

    def entity(self, schema: str, id: str, claim: str, **values: Any) -> Iterator[dict[str, Any]]:
        """An entity, unless it was made before."""
        if id in self.seen:
            return
        self.seen.add(id)
        properties: dict[str, list[str]] = {}
        of = self.types(schema)
        for name, value in values.items():
            if value is None or value == "":
                continue
            kept: list[str] = []
            some = value if isinstance(value, (list, tuple)) else (value,)
            for each in some:
                if (made := self.cleaned(of[name], str(each))) is not None and made not in kept:
                    kept.append(made)
            if kept:
                properties[name] = kept
            elif some:
                self.notes.lacks(name, "the model of FollowTheMoney refuses the value", [claim])
        yield {"id": id, "schema": schema, "properties": properties}

    def types(self, schema: str) -> dict[str, tuple[Any, str | None]]:
        """The type of each property of a schema, and the form of its values where it has one."""
        if schema not in self.known:
            properties = self.model.get(schema).properties
            self.known[schema] = {name: (each.type, each.format) for name, each in properties.items()}
        return self.known[schema]

    def claim(self, row: Row) -> Iterator[dict[str, Any]]:
        """A claim with all that it names; what an entity points to comes before it."""
        doers = actors_of([row], self.world)
        places = [p for p in row.places if p.level not in AREAS and p.lat is not None]
        for party in doers:
            yield from self.party(party, row.id)
        for place in places:
            yield from self.place(place, row.id)
        yield from self.article(row)
        yield from self.entity(
            "Event", known_as(row.id), row.id,
            name=title(row), startDate=row.start, endDate=row.end, summary=row.sentence.text,
            involved=[id_of("actor", p.id or p.name) for p in doers], location=[p.name for p in row.places],
            addressEntity=[address_id(p) for p in places], proof=known_as(row.document.id),
            country=sorted({p.country for p in row.places if p.country}),
            publisher=row.document.publisher, sourceUrl=row.document.url, recordId=row.id,
            keywords=[k for k in (row.kind, row.target, row.scope) if k], notes=told_in_notes(row, self.notes),
        )  # fmt: skip
        yield from self.speaker(row)

    def party(self, party: Party, claim: str) -> Iterator[dict[str, Any]]:
        """Somebody who acts or speaks; a body where the register says so."""
        if id_of("actor", party.id or party.name) in self.seen:
            return
        kind = self.world.actor_kind(party.id)
        yield from self.entity(
            "Organization" if kind in BODIES else "LegalEntity", id_of("actor", party.id or party.name), claim,
            name=party.name, country=(self.world.actor_country(party.id) or "").lower() or None,
        )  # fmt: skip

    def place(self, place: PlaceCell, claim: str) -> Iterator[dict[str, Any]]:
        """A place that has a point of its own."""
        if address_id(place) in self.seen:
            return
        remarks = "the surroundings of this place" if place.precision == "near" else None
        yield from self.entity(
            "Address", address_id(place), claim, full=", ".join(p for p in (place.name, place.admin1) if p),
            city=place.name if place.level == "city" else None, state=place.admin1, country=place.country,
            latitude=place.lat, longitude=place.lon, remarks=remarks,
        )  # fmt: skip

    def article(self, row: Row) -> Iterator[dict[str, Any]]:
        """The document, without its text."""
        doc = row.document
        if known_as(doc.id) in self.seen:
            return
        yield from self.entity(
            "Article", known_as(doc.id), row.id, title=doc.title, publisher=doc.publisher, sourceUrl=doc.url,
            publishedAt=doc.published, language=doc.language, fileName=doc.ref,
        )  # fmt: skip

    def speaker(self, row: Row) -> Iterator[dict[str, Any]]:
        """Who says it, tied to the event."""
        who = row.speaker_org or row.speaker
        if who is None:
            return
        party = Party(who.id, self.world.actor_name(who.id, who.text))
        yield from self.party(party, row.id)
        yield from self.entity(
            "UnknownLink", known_as(f"{row.id}-said"), row.id, subject=id_of("actor", party.id or party.name),
            object=known_as(row.id),
            role=row.stance, date=row.said_on, proof=known_as(row.document.id),
        )  # fmt: skip


def cleaned(type: tuple[Any, str | None], text: str) -> str | None:
    """A value as a type of the model has it; None where it is refused."""
    made: str | None = type[0].clean(text, format=type[1])
    return made


def title(row: Row) -> str:
    """What an event is called."""
    where = ", ".join(p.name for p in row.places)
    number = figure(row) if row.counts is not None else None
    what = " ".join(p for p in (row.kind, number, row.target or row.target_text) if p)
    return ", ".join(p for p in (what, where, days(row)) if p)


def told_in_notes(row: Row, notes: Notes) -> list[str]:
    """What no property holds: the number, what is presumed, by what it was read."""
    number = f"counts {row.counts}: {figure(row)} {row.unit or ''}".strip() if row.counts is not None else None
    presumed = notes.presumes(row)
    weak = f"presumed, no words give it: {', '.join(presumed)}" if presumed else None
    return [told for told in (number, weak, f"saksi {__version__}, reading {row.reading}") if told]


def known_as(id: str) -> str:
    """An id of the ledger as the model takes it: without the low line."""
    return id.replace("_", "-")


@lru_cache(maxsize=50_000)
def id_of(sort: str, key: str) -> str:
    """The id of something that has none in a ledger."""
    return f"{sort}-{content_hash([sort, key], 16)}"


def address_id(place: PlaceCell) -> str:
    """The id of a place: its GeoNames id, else its name, country and province."""
    return id_of("place", str(place.geonames_id or [place.name, place.country, place.admin1, place.precision]))


def entities(told: Iterable[Row], world: World, notes: Notes) -> Iterator[dict[str, Any]]:
    """Claims told as done, as entities."""
    maker = Entities(world, notes)
    for row in told:
        if row.negated or row.stance in SILENT:
            why = "said not to have happened" if row.negated else f"{SILENT[row.stance]}, not told as done"
            notes.leave_out(why, [row.id])
        else:
            yield from maker.claim(row)


FTM = Shape((), "jsonl", "judged", entities, EMPTY)
