"""FollowTheMoney entities, made with its own library: events, those involved, places, articles, and who says it.

A claim is an Event, its proof the Article it was read from. Who says it is tied to it by a link whose role is the
stance, so that no speaker becomes somebody involved. A value that the model refuses is left out and noted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any

from saksi.inquiry.explain import days, figure_of
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
Taker = Callable[[str], str | None]
is_id = re.compile(r"[0-9a-zA-Z](?:[0-9a-zA-Z.-]*[0-9a-zA-Z])?").fullmatch
EMPTY = {"numbers": "the model has no property for a number of people or things; the words are in notes"}


def is_free(text: str) -> bool:
    """Whether a text has only what every keyboard has, and no space at its ends: the model leaves it as it is."""
    return text.isascii() and text.isprintable() and text[:1] > " " and text[-1] > " "


def is_name(text: str) -> bool:
    """The same of a name, whose words have one space between them and which is not quoted."""
    return is_free(text) and "  " not in text and text[0] not in "\"'"


PLAIN: dict[str, Callable[[str], object]] = {"string": is_free, "text": is_free, "name": is_name, "entity": is_id}


class Entities:
    """Makes entities, each id once; what is left out of one is noted."""

    def __init__(self, world: World, notes: Notes) -> None:
        self.model = library("followthemoney", "--as ftm", "share").model
        self.world, self.notes = world, notes
        self.seen: set[str] = set()
        self.takers: dict[str, dict[str, Taker]] = {}
        self.made: list[dict[str, Any]] = []

    def entity(self, schema: str, id: str, claim: str, **values: Any) -> None:
        """Makes an entity, unless it was made before."""
        if id in self.seen:
            return
        self.seen.add(id)
        properties: dict[str, list[str]] = {}
        takers = self.takers.get(schema) or self.taking(schema)
        for name, value in values.items():
            if not value and value != 0:
                continue
            if type(value) is list and len(value) > 1:
                kept = [each for each in dict.fromkeys(map(takers[name], value)) if each is not None]
            else:
                one = value[0] if type(value) is list else value
                made = takers[name](one if type(one) is str else str(one))
                kept = [made] if made is not None else []
            if kept:
                properties[name] = kept
            else:
                self.notes.lacks(name, "the model of FollowTheMoney refuses the value", [claim])
        self.made.append({"id": id, "schema": schema, "properties": properties})

    def taking(self, schema: str) -> dict[str, Taker]:
        """What takes the values of each property of a schema as the model has them."""
        properties = self.model.get(schema).properties
        self.takers[schema] = {name: taker(each.type, each.format) for name, each in properties.items()}
        return self.takers[schema]

    def claim(self, row: Row) -> list[dict[str, Any]]:
        """A claim with all that it names; what an entity points to comes before it."""
        self.made = []
        doers = actors_of([row], self.world)
        places = [p for p in row.places if p.level not in AREAS and p.lat is not None]
        for party in doers:
            self.party(party, row.id)
        for place in places:
            self.place(place, row.id)
        id, proof = known_as(row.id), known_as(row.document.id)
        self.article(proof, row)
        self.entity(
            "Event", id, row.id,
            name=title(row), startDate=row.start, endDate=row.end, summary=row.sentence.text,
            involved=[id_of("actor", p.id or p.name) for p in doers], location=[p.name for p in row.places],
            addressEntity=[address_id(p) for p in places], proof=proof,
            country=sorted({p.country for p in row.places if p.country}),
            publisher=row.document.publisher, sourceUrl=row.document.url, recordId=row.id,
            keywords=[k for k in (row.kind, row.target, row.scope) if k], notes=told_in_notes(row, self.notes),
        )  # fmt: skip
        self.speaker(id, proof, row)
        return self.made

    def party(self, party: Party, claim: str) -> str:
        """Somebody who acts or speaks, a body where the register says so; the id of it."""
        id = id_of("actor", party.id or party.name)
        if id not in self.seen:
            kind = self.world.actor_kind(party.id)
            self.entity(
                "Organization" if kind in BODIES else "LegalEntity", id, claim,
                name=party.name, country=(self.world.actor_country(party.id) or "").lower() or None,
            )  # fmt: skip
        return id

    def place(self, place: PlaceCell, claim: str) -> None:
        """A place that has a point of its own."""
        id = address_id(place)
        if id in self.seen:
            return
        remarks = "the surroundings of this place" if place.precision == "near" else None
        self.entity(
            "Address", id, claim, full=", ".join(p for p in (place.name, place.admin1) if p),
            city=place.name if place.level == "city" else None, state=place.admin1, country=place.country,
            latitude=place.lat, longitude=place.lon, remarks=remarks,
        )  # fmt: skip

    def article(self, id: str, row: Row) -> None:
        """The document, without its text."""
        if id in self.seen:
            return
        doc = row.document
        self.entity(
            "Article", id, row.id, title=doc.title, publisher=doc.publisher, sourceUrl=doc.url,
            publishedAt=doc.published, language=doc.language, fileName=doc.ref,
        )  # fmt: skip

    def speaker(self, event: str, proof: str, row: Row) -> None:
        """Who says it, tied to the event."""
        who = row.speaker_org or row.speaker
        if who is None:
            return
        party = self.party(Party(who.id, self.world.actor_name(who.id, who.text)), row.id)
        self.entity(
            "UnknownLink", f"{event}-said", row.id, subject=party, object=event,
            role=row.stance, date=row.said_on, proof=proof,
        )  # fmt: skip


@lru_cache(maxsize=200)
def taker(type: Any, format: str | None) -> Taker:
    """What makes of a text a value of a type of the model, None where it is refused.

    Days and countries come again and again. Ids, names and free text hardly do, and of these the model keeps what is
    plain as it is.
    """
    clean, plain = partial(type.clean, format=format), PLAIN.get(type.name)
    if plain is None:
        return lru_cache(maxsize=50_000)(clean)
    return lambda text: text if plain(text) else clean(text)


def title(row: Row) -> str:
    """What an event is called."""
    where = ", ".join(p.name for p in row.places)
    number = figure_of(row) if row.counts is not None else None
    what = " ".join(p for p in (row.kind, number, row.target or row.target_text) if p)
    return ", ".join(p for p in (what, where, days(row)) if p)


def told_in_notes(row: Row, notes: Notes) -> list[str]:
    """What no property holds: the number, what is presumed, by what it was read."""
    number = f"counts {row.counts}: {figure_of(row)} {row.unit or ''}".strip() if row.counts is not None else None
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


@lru_cache(maxsize=50_000)
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
