"""GED-shaped: 49 columns as UCDP's file has them, one line for each happening with at least one death.

Low and high are what the claims allow. Best is there only where they allow one number: no number is put between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import floor
from typing import Any

from saksi.ledger.columns import PlaceCell, Row
from saksi.releasing.happenings import Happening
from saksi.releasing.notes import Notes
from saksi.releasing.shapes import OWN, Shape
from saksi.releasing.shapes.parties import actors_of, civilian, joined, own_columns, owners_of, said_by, two_sides
from saksi.releasing.shapes.placing import Days, days_of, spread
from saksi.releasing.world import World

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office",
    "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description",
    "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
UCDP_IDS = "ids, conflicts and dyads of UCDP are UCDP's; the ledger has none"
EMPTY = {
    **dict.fromkeys(
        ("active_year", "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id",
         "dyad_name", "side_a_dset_id", "side_a_new_id", "side_b_dset_id", "side_b_new_id", "country_id", "gwnoa",
         "gwnob"), UCDP_IDS),
    "region": "the ledger has no table of UCDP's regions",
    "code_status": "nobody at UCDP has checked it",
}  # fmt: skip
STATES = ("state_force", "police", "government", "coalition")
WHERE = {"admin2": 3, "admin1": 4, "region": 5, "country": 6, "water": 7}


def lines(told: Iterable[Happening], world: World, notes: Notes) -> Iterator[dict[str, Any]]:
    """Happenings with a death and days."""
    for each in told:
        if each.toll is None or each.toll.high == 0:
            notes.leave_out("no death is told, and GED holds deaths only", each.claims)
        elif each.toll.low == 0 and each.toll.high is None:
            notes.leave_out("neither a least nor a most number of deaths is told", each.claims)
        elif (days := days_of(each.rows)) is None:
            notes.leave_out("no first and last day is known, and an event has dates", each.claims)
        elif days.many > 366:
            notes.leave_out("it spans more than a year, for which GED has no precision", each.claims)
        else:
            yield line(each, days, world, notes)


def line(each: Happening, days: Days, world: World, notes: Notes) -> dict[str, Any]:
    """One line."""
    rows = each.rows
    documents = {row.document.id: row.document for row in rows}.values()
    others = tuple(row.id for row in rows if row.counts is not None and each.toll and row.id not in each.toll.claims)
    if others:
        notes.lacks("deaths", "GED has no column for what else was counted: injured, destroyed", others)
    return {
        "id": each.id, "relid": each.id, "year": days.first.year,
        **sides(each, world, notes),
        "number_of_sources": len(documents),
        "source_article": joined(d.url or d.ref for d in documents),
        "source_office": joined(d.publisher for d in documents),
        "source_date": joined(d.published.isoformat() if d.published else None for d in documents),
        "source_headline": joined(d.title for d in documents),
        "source_original": joined(said_by(row) for row in rows),
        **place_columns(each, world, notes),
        "event_clarity": 1 if days.many == 1 else 2,
        "date_prec": date_precision(days), "date_start": days.first, "date_end": days.last,
        **deaths(each, world, notes),
        **own_columns(rows, notes),
    }  # fmt: skip


def date_precision(days: Days) -> int:
    """1 is the day, 2 two to six days, 3 a week, 4 up to a month, 5 longer."""
    return next((code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if days.many <= most), 5)


def sides(each: Happening, world: World, notes: Notes) -> dict[str, Any]:
    """Who did it and whom it hit, and the type that follows from both."""
    doers, owners = two_sides(each.rows, world, notes)
    a = doers[0] if doers else None
    b = owners[0] if owners else None
    if len(doers) > 1 or len(owners) > 1:
        notes.lacks("side_a/side_b", "several parties are named; the first stands here", each.claims)
    kinds = [world.actor_kind(p.id) if p else None for p in (a, b)]
    violence = type_of_violence(kinds, civilians=civilian(each.rows) and b is None)
    if violence is None:
        notes.lacks("type_of_violence", "it does not follow from who is named", each.claims)
    victims = "Civilians" if a and b is None and civilian(each.rows) else None
    return {"type_of_violence": violence, "side_a": a.name if a else None, "side_b": b.name if b else victims}


def type_of_violence(kinds: list[str | None], *, civilians: bool) -> int | None:
    """1 is of a state, 2 of others, 3 against civilians; None where a side is not known."""
    first, second = kinds
    if first is None:
        return None
    if civilians:
        return 3
    if second is None:
        return None
    return 1 if first in STATES or second in STATES else 2


def place_columns(each: Happening, world: World, notes: Notes) -> dict[str, Any]:
    """The place; of several nothing but what they share."""
    where = spread(each.rows)
    found: dict[str, Any] = {"country": world.country_name(where.country), "adm_1": where.admin1}
    if where.one is None:
        why = "several places are told, which are not split" if where.several else "no place is told"
        notes.lacks("where_coordinates", why, each.claims)
        return {**found, "where_description": joined(where.several)}
    place = where.one
    found |= {"where_prec": where_precision(place), "where_coordinates": place.name, "where_description": place.text}
    found["adm_2"] = place.name if place.level == "admin2" else None
    found["adm_1"] = place.name if place.level == "admin1" else place.admin1
    if not where.pointed or place.lat is None or place.lon is None:
        notes.lacks("latitude/longitude", "only an area is told, or a place without a point", each.claims)
        return found
    point = {"latitude": place.lat, "longitude": place.lon, "geom_wkt": f"POINT ({place.lon} {place.lat})"}
    return {**found, **point, "priogrid_gid": grid_cell(place.lat, place.lon)}


def where_precision(place: PlaceCell) -> int:
    """1 is the place itself, 2 its surroundings, then districts, provinces, regions, countries and waters."""
    return WHERE.get(place.level) or (2 if place.precision == "near" else 1)


def grid_cell(lat: float, lon: float) -> int:
    """The cell of PRIO-GRID: half degrees, counted from the south-west, 720 a row.

    >>> grid_cell(-89.9, -179.9), grid_cell(33.5, 36.3)
    (1, 178273)
    """
    row, column = min(floor((lat + 90) * 2), 359), min(floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def deaths(each: Happening, world: World, notes: Notes) -> dict[str, Any]:
    """The least and the most; the best, and to whom it belongs, only of one number."""
    toll = each.toll
    if toll is None:
        return {}
    found: dict[str, Any] = {"low": toll.low, "high": toll.high}
    if toll.high is None:
        notes.lacks("high", "no claim says how many at most", toll.claims)
    if toll.low != toll.high:
        notes.lacks("best", "the claims allow several numbers, and none is put between", toll.claims)
        return found
    return {**found, "best": toll.low, whose([r for r in each.rows if r.id in toll.claims], each, world): toll.low}


def whose(dead: Sequence[Row], each: Happening, world: World) -> str:
    """The column of the side that the dead were of, where all claims say it."""
    if all(row.target_status == "civilian" for row in dead):
        return "deaths_civilians"
    owners, doers = owners_of(dead, world), actors_of(each.rows, world)
    if len(owners) != 1 or not doers or not all(row.target_owner for row in dead):
        return "deaths_unknown"
    if owners[0] == doers[0]:
        return "deaths_a"
    others = [owner for owner in owners_of(each.rows, world) if owner not in doers]
    return "deaths_b" if owners == others[:1] else "deaths_unknown"


GED = Shape((*COLUMNS, *OWN), "csv", "happenings", lines, EMPTY)
