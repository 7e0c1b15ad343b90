"""Ready for meltt (R): one line for each happening with a day and a point, and what it is by three taxonomies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from saksi.releasing.happenings import Happening
from saksi.releasing.notes import Notes
from saksi.releasing.shapes import OWN, Shape
from saksi.releasing.shapes.parties import actors_of, own_columns
from saksi.releasing.shapes.placing import days_of, spread
from saksi.releasing.world import World

COLUMNS = (
    "dataset", "event", "date", "enddate", "latitude", "longitude", "event_tax", "actor_tax", "precision_tax",
)  # fmt: skip
DATASET = "saksi"


def lines(told: Iterable[Happening], world: World, notes: Notes) -> Iterator[dict[str, Any]]:
    """Happenings that can be compared by distance and days: the centre of a province would match what is near it."""
    for each in told:
        days, where = days_of(each.rows), spread(each.rows)
        if days is None:
            notes.leave_out("no first and last day is known", each.claims)
        elif where.one is None or not where.pointed:
            notes.leave_out("no one point on the map is told", each.claims)
        else:
            kinds = world.kinds(row.kind for row in each.rows)
            if len(kinds) > 1:
                notes.lacks("event_tax", "several kinds are told; one stands here", each.claims)
            doers = actors_of(each.rows, world)
            yield {
                "dataset": DATASET, "event": each.id, "date": days.first, "enddate": days.last,
                "latitude": where.one.lat, "longitude": where.one.lon, "event_tax": kinds[0],
                "actor_tax": world.actor_kind(doers[0].id) if doers else None, "precision_tax": where.one.precision,
                **own_columns(each.rows, notes),
            }  # fmt: skip


MELTT = Shape((*COLUMNS, *OWN), "csv", "happenings", lines)
