"""ACLED-shaped: 31 columns, one line for each happening, and our own three after them.

ACLED's rules are kept where they can be kept without making anything up: one integer of deaths, the most
conservative; precision codes for place and time. A figure over several days stays one line of precision 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from saksi.inquiry.explain import figure_of
from saksi.ledger.columns import Row
from saksi.releasing.happenings import KILLED, Happening
from saksi.releasing.notes import Notes
from saksi.releasing.shapes import OWN, Shape
from saksi.releasing.shapes.parties import Party, actors_of, civilian, joined, own_columns, two_sides
from saksi.releasing.shapes.placing import AREAS, Days, Spread, days_of, spread
from saksi.releasing.world import World

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
EMPTY = {
    "region": "the ledger has no table of ACLED's regions",
    "admin3": "no place of the ledger has a third level",
    "source_scale": "the ledger does not grade sources",
    "tags": "ACLED's tags are its coders'",
    "timestamp": "no clock goes into an export, so that it is the same when made again",
}
CIVILIANS = "Civilians"


def lines(told: Iterable[Happening], world: World, notes: Notes) -> Iterator[dict[str, Any]]:
    """Happenings that ACLED has a type for, or in which somebody was killed."""
    for each in told:
        days = days_of(each.rows)
        if not is_held(each, world):
            notes.leave_out("ACLED has no type for this kind of event, and nobody is told killed", each.claims)
        elif days is None:
            notes.leave_out("no first and last day is known, and an event has a date", each.claims)
        else:
            yield line(each, days, world, notes)


def is_held(each: Happening, world: World) -> bool:
    """Whether ACLED has a place for a happening."""
    return any(world.registers.kinds[row.kind].acled for row in each.rows) or each.toll is not None


def line(each: Happening, days: Days, world: World, notes: Notes) -> dict[str, Any]:
    """One line."""
    rows = each.rows
    where = spread(rows)
    return {
        "event_id_cnty": each.id,
        "event_date": days.first,
        "year": days.first.year,
        "time_precision": time_precision(each, days, notes),
        **type_columns(each, world, notes),
        **party_columns(each, where, world, notes),
        **place_columns(each, where, world, notes),
        "source": joined([row.document.publisher for row in rows]),
        "notes": told_in_words(rows, days),
        "fatalities": fatalities(each, notes),
        **own_columns(rows, notes),
    }


def time_precision(each: Happening, days: Days, notes: Notes) -> int:
    """1 is the day, 2 a week or a weekend, 3 coarser; a longer time stands on its first day, and that is noted."""
    if days.many == 1:
        return 1
    notes.lacks("event_date", "several days are told; the first stands here, all in notes", each.claims)
    return 2 if days.many <= 7 and all(row.scope == "incident" and row.counts != "events" for row in each.rows) else 3


def type_columns(each: Happening, world: World, notes: Notes) -> dict[str, Any]:
    """The types: of the narrowest kind told that ACLED knows, civilians killed by somebody named being an attack."""
    found = [world.registers.kinds[k].acled or "" for k in world.kinds(row.kind for row in each.rows)]
    known = [name for name in found if name in world.exchange.acled_types]
    if not known and civilian(each.rows) and each.toll is not None and actors_of(each.rows, world):
        known = ["Attack"]
    if not known:
        notes.lacks("event_type", "no words say how it was done", each.claims)
        return {"disorder_type": "Political violence" if each.toll is not None else None}
    if len(set(known)) > 1:
        notes.lacks("sub_event_type", "several types are told; one stands here", each.claims)
    event, disorder = world.exchange.acled_types[known[0]]
    return {"disorder_type": disorder, "event_type": event, "sub_event_type": known[0]}


def party_columns(each: Happening, where: Spread, world: World, notes: Notes) -> dict[str, Any]:
    """Both sides, which in ACLED carry no direction: here the first acts, where somebody is said to."""
    country = where.country
    doers, owners = two_sides(each.rows, world, notes)
    named = world.country_name(country)
    hit = [Party(None, f"{CIVILIANS} ({named})" if named else CIVILIANS)] if civilian(each.rows) else []
    first, second = doers or owners, (owners or hit) if doers else hit
    sides = [side_of(some, country, world) for some in (first, second)]
    if not first:
        notes.lacks("actor1", "nobody is named who did it or whom it was done to", each.claims)
    elif any(s is None and some for s, some in zip(sides, (first, second), strict=True)):
        notes.lacks("inter1/inter2", "no register says what sort of actor it is", each.claims)
    return {
        "actor1": first[0].name if first else None,
        "assoc_actor_1": joined([p.name for p in first[1:]]),
        "inter1": sides[0],
        "actor2": second[0].name if second else None,
        "assoc_actor_2": joined([p.name for p in second[1:]]),
        "inter2": sides[1],
        "interaction": "-".join(s for s in sides if s) if sides[0] and (sides[1] or not second) else None,
        "civilian_targeting": "Civilian targeting" if hit and hit[0] in (*first, *second) else None,
    }


def side_of(parties: Sequence[Party], country: str | None, world: World) -> str | None:
    """ACLED's word for the first party."""
    if not parties:
        return None
    return CIVILIANS if parties[0].name.startswith(CIVILIANS) else world.side(parties[0].id, country)


def place_columns(each: Happening, where: Spread, world: World, notes: Notes) -> dict[str, Any]:
    """The place; of several nothing but what they share."""
    known = world.countries.get(where.country or "")
    country = {"iso": known.numeric if known else None, "country": known.name if known else None}
    if where.one is None:
        why = "several places are told, which are not split" if where.several else "no place is told"
        notes.lacks("location", why, each.claims)
        return {**country, "admin1": where.admin1, "geo_precision": 3 if where.several else None}
    place = where.one
    if place.level in AREAS:
        notes.lacks("latitude/longitude", "only an area is told; its centre is no place of the event", each.claims)
    return {
        **country,
        "admin1": place.name if place.level == "admin1" else place.admin1,
        "admin2": place.name if place.level == "admin2" else None,
        "location": place.name,
        "latitude": place.lat if where.pointed else None,
        "longitude": place.lon if where.pointed else None,
        "geo_precision": geo_precision(place.level, place.precision),
    }


def geo_precision(level: str, precision: str) -> int:
    """1 is a named town, 2 near one or a part of a region, 3 a province or wider."""
    if level in ("admin1", "region", "country"):
        return 3
    return 2 if level in ("admin2", "water") or precision == "near" else 1


def fatalities(each: Happening, notes: Notes) -> int | None:
    """The least told killed, as ACLED counts; nothing where nothing is told, since that is not zero."""
    if each.toll is None:
        notes.lacks("fatalities", "no claim tells how many were killed; empty is not zero", each.claims)
        return None
    if each.toll.low != each.toll.high:
        notes.lacks("fatalities", "the claims leave room; the least stands here", each.toll.claims)
    return each.toll.low


def told_in_words(rows: Sequence[Row], days: Days) -> str:
    """The days where they are several, what was counted beside the killed, and the sentences."""
    span = [f"{days.first} to {days.last}"] if days.many > 1 else []
    counted = [f"{row.kind} {figure_of(row)} {row.target or row.target_text or ''}".strip()
               for row in rows if row.counts is not None and row.kind != KILLED]  # fmt: skip
    return " | ".join([*span, *dict.fromkeys(counted), *dict.fromkeys(row.sentence.text for row in rows)])


ACLED = Shape((*COLUMNS, *OWN), "csv", "happenings", lines, EMPTY)
