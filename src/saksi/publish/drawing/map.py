"""A map of places, with what is uncertain drawn as uncertain.

A claim placed in a country or a province is its area; where no outline is known, a broken circle that says
"somewhere here"; one near a place is a ring around it. Only a place that is named itself is a dot.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from saksi.errors import UsageError
from saksi.publish.where_and_when import Place
from saksi.reconcile.links import NEAR_KM
from saksi.registers.places.folding import fold
from saksi.registers.places.shapes import Ring, shapes

WIDTH, HEIGHT = 760.0, 440.0  # of the drawing, in its own units
MOST = 300  # places drawn, the most frequent
AROUND = {"region": 120.0, "admin1": 60.0, "admin2": 20.0}  # kilometres of an area without an outline
DEGREE = 111.2  # kilometres of a degree of latitude
FINEST = 0.7  # of the drawing: points nearer to each other are one
Points = NDArray[np.float64]
NAMES = ("name", "NAME_1", "NAME_2", "shapeName", "ADM1_EN", "ADM2_EN", "ADM1_ID")


class Outline(NamedTuple):
    """An area as rings of longitude and latitude, with the least and the most of each ring."""

    rings: list[Points]
    least: Points
    most: Points


Boundaries = dict[str, Outline]


class Shape(msgspec.Struct, frozen=True):
    """An area as the path of an SVG drawing."""

    path: str
    place: Place


class Dot(msgspec.Struct, frozen=True):
    """A place as a circle: `sure` is false where it is only around there."""

    x: float
    y: float
    radius: float
    sure: bool
    place: Place


class Drawing(msgspec.Struct, frozen=True):
    """A map: land, areas with claims, circles; and how many places could not be drawn or were too many.

    `frame` tells a script how degrees become units: x = [0] * longitude + [1], y = [2] * latitude + [3].
    """

    width: float
    height: float
    land: str
    areas: list[Shape]
    dots: list[Dot]
    left_out: int
    frame: tuple[float, float, float, float]


class Frame:
    """From degrees to the drawing: equirectangular, true to scale in the middle of what is shown."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        west, east, south, north = bounds(points)
        self.squeeze = max(0.2, math.cos(math.radians((south + north) / 2)))
        wide, high = max((east - west) * self.squeeze, 1.5), max(north - south, 1.0)
        self.scale = min(WIDTH / (wide * 1.15), HEIGHT / (high * 1.15))
        self.middle = np.array([(west + east) / 2, (south + north) / 2])

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point is drawn."""
        x = WIDTH / 2 + (lon - float(self.middle[0])) * self.squeeze * self.scale
        return round(x, 1), round(HEIGHT / 2 - (lat - float(self.middle[1])) * self.scale, 1)

    def terms(self) -> tuple[float, float, float, float]:
        """The numbers that turn degrees into the drawing's units."""
        lon, lat = self.middle.tolist()
        wide = self.squeeze * self.scale
        return wide, WIDTH / 2 - lon * wide, -self.scale, HEIGHT / 2 + lat * self.scale

    def radius(self, kilometres: float) -> float:
        """A distance as it is drawn."""
        return round(kilometres / DEGREE * self.scale, 1)

    def path(self, outline: Outline) -> str:
        """An outline as an SVG path; rings outside of the drawing, and what is too small to see, are left out."""
        return "".join(self.ring(outline.rings[n]) for n in self.seen(outline))

    def seen(self, outline: Outline) -> list[int]:
        """Which rings of an outline are within the drawing and large enough to be seen."""
        half = np.array([WIDTH / 2 / self.squeeze, HEIGHT / 2]) / self.scale
        least, most = self.middle - half, self.middle + half
        inside = ((outline.most >= least) & (outline.least <= most)).all(axis=1)
        wide = (outline.most - outline.least) * np.array([self.squeeze, 1.0]) * self.scale
        return list(np.flatnonzero(inside & (wide.max(axis=1) >= 1)).tolist())

    def ring(self, ring: Points) -> str:
        """One ring as an SVG path."""
        points = (ring - self.middle) * (self.squeeze * self.scale, -self.scale) + (WIDTH / 2, HEIGHT / 2)
        steps = np.floor(points / FINEST)
        changes = np.concatenate([[True], (steps[1:] != steps[:-1]).any(axis=1)])
        return "M" + "L".join([f"{x:g} {y:g}" for x, y in np.round(points[changes], 1).tolist()]) + "Z"


@lru_cache(maxsize=1)
def countries() -> dict[str, Outline]:
    """The outlines of the countries."""
    return {code: outline_of(rings) for code, rings in sorted(shapes().items())}


def outline_of(rings: Iterable[Ring]) -> Outline:
    """Rings as arrays, with the box around each."""
    made = [np.array(ring, dtype=np.float64) for ring in rings if ring]
    least, most = ([end(ring, axis=0) for ring in made] for end in (np.min, np.max))
    return Outline(made, np.array(least).reshape(-1, 2), np.array(most).reshape(-1, 2))


@lru_cache(maxsize=1)
def all_land() -> Outline:
    """The outlines of all countries as one."""
    return outline_of(ring for _, rings in sorted(shapes().items()) for ring in rings)


def bounds(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """West, east, south and north of some points; the inhabited world where there are none."""
    if not points:
        return -170.0, 180.0, -56.0, 75.0
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return min(lons), max(lons), min(lats), max(lats)


def draw_map(places: Sequence[Place], boundaries: Boundaries) -> Drawing:
    """The map of some places; `boundaries` are outlines of provinces and districts by folded name."""
    shown = [p for p in places if p.lat is not None or p.country in countries()][:MOST]
    frame = Frame(list(extent(shown, boundaries)))
    areas: list[Shape] = []
    dots: list[Dot] = []
    most = max((p.claims for p in shown), default=1)
    for place in shown:
        rings = outline(place, boundaries)
        if rings and (path := frame.path(rings)):
            areas.append(Shape(path, place))
        elif place.lat is not None and place.lon is not None:
            dots.append(dot(place, frame, most))
    return Drawing(
        width=WIDTH,
        height=HEIGHT,
        land=frame.path(all_land()),
        areas=sorted(areas, key=lambda a: a.place.level != "country"),
        dots=sorted(dots, key=lambda d: -d.radius),
        left_out=len(places) - len(shown),
        frame=frame.terms(),
    )


def extent(places: Sequence[Place], boundaries: Boundaries) -> Iterable[tuple[float, float]]:
    """The points that a map must hold: of a country its largest piece of land."""
    for place in places:
        rings = outline(place, boundaries)
        if rings is not None and rings.rings:
            largest = max(range(len(rings.rings)), key=lambda n: len(rings.rings[n]))
            (west, south), (east, north) = rings.least[largest].tolist(), rings.most[largest].tolist()
            yield from ((west, south), (east, north))
        elif place.lat is not None and place.lon is not None:
            yield place.lon, place.lat


def outline(place: Place, boundaries: Boundaries) -> Outline | None:
    """The outline of a place that is an area, where one is known."""
    if place.precision == "near" or not place.area:
        return None
    if place.level == "country":
        return countries().get(place.country or "")
    return boundaries.get(fold(place.name))


def dot(place: Place, frame: Frame, most: int) -> Dot:
    """A place as a circle, larger for more claims; one that is not exact is as large as it is unsure."""
    x, y = frame.at(place.lon or 0.0, place.lat or 0.0)
    size = 4 + 10 * math.sqrt(place.claims / most)
    if place.area:
        return Dot(x, y, max(frame.radius(AROUND.get(place.level, 60.0)), 9.0), False, place)
    if place.precision == "near":
        return Dot(x, y, max(frame.radius(NEAR_KM), 9.0), False, place)
    return Dot(x, y, round(size, 1), True, place)


def load_boundaries(path: Path | None) -> Boundaries:
    """Outlines of provinces and districts from a GeoJSON file of the user's, by the folded names they have.

    Raises UsageError for a file that is no GeoJSON, naming the feature that is wrong.
    """
    if path is None:
        return {}
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"--boundaries {path}: not a GeoJSON file with features ({error})") from None
    found: dict[str, list[Ring]] = {}
    for n, feature in enumerate(features):
        try:
            rings = rings_of(feature["geometry"])
            names = {str(v) for k, v in feature["properties"].items() if k in NAMES and v}
        except (KeyError, TypeError, ValueError) as error:
            raise UsageError(f"--boundaries {path}: feature {n} is no area ({error})") from None
        for name in sorted(names):
            found.setdefault(fold(name), []).extend(rings)
    return {name: outline_of(rings) for name, rings in found.items()}


def rings_of(geometry: Any) -> list[Ring]:
    """The rings of a GeoJSON polygon, or of several."""
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"its geometry is {geometry['type']}")
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(float(p[0]), float(p[1])) for p in ring] for polygon in polygons for ring in polygon]
