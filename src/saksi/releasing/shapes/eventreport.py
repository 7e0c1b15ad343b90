"""Ready for eventreport (R): one line for each claim, with the happening it is of; the package aggregates them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from saksi.ledger.columns import Row
from saksi.releasing.happenings import Happening
from saksi.releasing.notes import Notes
from saksi.releasing.shapes import OWN, Shape
from saksi.releasing.shapes.parties import actors_of, own_columns, said_by
from saksi.releasing.shapes.placing import spread
from saksi.releasing.world import World

COLUMNS = (
    "event_id", "source", "source_type", "source_classification", "date_start", "date_end", "city", "location",
    "latitude", "longitude", "geo_precision", "actor1", "actor1_precision", "deaths_low", "deaths_best",
    "deaths_high", "injuries_low", "injuries_best", "injuries_high",
)  # fmt: skip
EMPTY = {"source_classification": "the ledger does not grade sources"}
COUNTED = {"kill": "deaths", "injure": "injuries"}


def lines(told: Iterable[Happening], world: World, notes: Notes) -> Iterator[dict[str, Any]]:
    """The claims of happenings that count killed or injured, or count nothing else."""
    for each in told:
        for row in each.rows:
            what = next((word for kind, word in COUNTED.items() if world.registers.is_a(row.kind, kind)), None)
            if any(r.type == "restates" for r in row.relations):
                notes.leave_out("tells again what an earlier claim of its document tells", [row.id])
            elif what is None and row.counts == "things":
                notes.leave_out("no column holds what it counts", [row.id])
            else:
                yield line(each, row, what, world, notes)


def line(each: Happening, row: Row, what: str | None, world: World, notes: Notes) -> dict[str, Any]:
    """One line."""
    doers = actors_of([row], world)
    if row.counts == "events" and row.low != 1:
        notes.lacks("event_id", "how many events it counts has no column", [row.id])
    return {
        "event_id": each.id,
        "source": said_by(row) or row.document.publisher,
        "source_type": source_type(row, world),
        "date_start": row.start, "date_end": row.end,
        **place_columns(row, notes),
        "actor1": doers[0].name if doers else None,
        "actor1_precision": None if not doers else (1 if doers[0].id else 2),
        **(numbers(row, what, notes) if what else {}),
        **own_columns([row], notes),
    }  # fmt: skip


def source_type(row: Row, world: World) -> str | None:
    """What sort of speaker says it, by the register; an outlet in its own voice is an outlet."""
    who = row.speaker_org or row.speaker
    return world.actor_kind(who.id) if who else "outlet"


def place_columns(row: Row, notes: Notes) -> dict[str, Any]:
    """The one place of a claim."""
    where = spread([row])
    if where.one is None:
        why = "several places are told, which are not split" if where.several else "no place is told"
        notes.lacks("location", why, [row.id])
        return {}
    place = where.one
    return {
        "city": place.name if place.level == "city" else None, "location": place.name,
        "latitude": place.lat if where.pointed else None, "longitude": place.lon if where.pointed else None,
        "geo_precision": place.level if place.precision == "exact" else f"near {place.level}",
    }  # fmt: skip


def numbers(row: Row, what: str, notes: Notes) -> dict[str, Any]:
    """The least and the most; the best only of one number."""
    if row.low != row.high:
        notes.lacks(f"{what}_best", "the claim allows several numbers, and none is put between", [row.id])
    best = row.low if row.low == row.high else None
    return {f"{what}_low": row.low, f"{what}_best": best, f"{what}_high": row.high}


EVENTREPORT = Shape((*COLUMNS, *OWN), "csv", "happenings", lines, EMPTY)
