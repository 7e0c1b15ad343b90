"""GeoJSON (RFC 7946): a feature for each claim, with what its point means and how well the place is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from saksi.ledger.columns import PlaceCell, Row
from saksi.releasing.notes import Notes
from saksi.releasing.shapes import Shape
from saksi.releasing.world import World

WIDE = ("country", "region", "admin1", "admin2")
LEFT = frozenset(("evidence", "sentence", "document", "places"))


def point_means(place: PlaceCell) -> str:
    """What the point of a place stands for: a province has a centre, and nothing happened there for that."""
    if place.within is not None:
        return "the listed place that it is put in"
    if place.level in WIDE:
        return f"centre of the {place.level}"
    return "surroundings of the place" if place.precision == "near" else "the place itself"


def feature(row: Row, presumed: list[str]) -> dict[str, Any]:
    """A claim as a feature: a point for each of its places, no point where none is known."""
    pointed = [p for p in row.places if p.lat is not None and p.lon is not None]
    points = [[p.lon, p.lat] for p in pointed]
    single = {"type": "Point", "coordinates": points[0]} if len(points) == 1 else None
    several = {"type": "MultiPoint", "coordinates": points} if points else None
    own = {f: getattr(row, f) for f in Row.__struct_fields__ if f not in LEFT}
    places = [{**msgspec.structs.asdict(p), "point_means": point_means(p)} for p in row.places]
    told = {"places": places, "sentence_text": row.sentence.text, "document_id": row.document.id,
            "document_url": row.document.url, "publisher": row.document.publisher, "presumed": presumed}  # fmt: skip
    return {"type": "Feature", "id": row.id, "geometry": single or several, "properties": {**own, **told}}


def features(rows: Iterable[Row], world: World, notes: Notes) -> Iterator[dict[str, Any]]:
    """Claims as features; those without any point, or with one for only some places, are noted."""
    for row in rows:
        pointless = [p for p in row.places if p.lat is None or p.lon is None]
        if not row.places:
            notes.lacks("geometry", "no place is told", [row.id])
        elif pointless:
            notes.lacks("geometry", "a place has no point on the map", [row.id])
        if any(p.level in WIDE and p.lat is not None for p in row.places):
            notes.lacks("geometry", "an area is shown by its centre only; see point_means", [row.id])
        yield feature(row, notes.presumes(row))


GEOJSON = Shape((), "geojson", "judged", features)
