"""A map of places, with what is uncertain drawn as uncertain.

A claim placed in a country or a province is its area; where no outline is known, a broken circle that says
"somewhere here"; one near a place is a ring around it. Only a place that is named itself is a dot.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import islice

import msgspec
import numpy as np

from saksi.publish.drawing.outlines import Boundaries, Outline, Points, all_land, countries
from saksi.publish.where_and_when import Place
from saksi.reconcile.reasons import NEAR_KM
from saksi.registers.places.folding import fold

WIDTH, HEIGHT = 760.0, 440.0  # of the drawing, in its own units
MOST = 300  # places drawn, the most frequent
AROUND = {"region": 120.0, "admin1": 60.0, "admin2": 20.0}  # kilometres of an area without an outline
DEGREE = 111.2  # kilometres of a degree of latitude
FINEST = 0.7  # of the drawing: points nearer to each other are one
FAR = 0.01  # the share of claims at each side that a map may leave out, where without them it is
SMALLER = 0.4  # so many times as large
SHADES = 5
GRID = 8  # steps of the grid that a map's sides lie on, along its longer side
Box = tuple[float, float, float, float]  # west, east, south, north
Corner = tuple[float, float, int]  # longitude, latitude, claims


class Shape(msgspec.Struct, frozen=True):
    """An area as the path of an SVG drawing; `weight` is 1 for few claims to SHADES for the most."""

    path: str
    place: Place
    weight: int


class Dot(msgspec.Struct, frozen=True):
    """A place as a circle: `sure` is false where it is only around there."""

    x: float
    y: float
    radius: float
    sure: bool
    place: Place


class Drawing(msgspec.Struct, frozen=True):
    """A map: land, areas with claims, circles; how many places could not be drawn, or lie far off, `outside` of it.

    `frame` tells a script how degrees become units: x = [0] * longitude + [1], y = [2] * latitude + [3].
    """

    width: float
    height: float
    land: str
    areas: list[Shape]
    dots: list[Dot]
    left_out: int
    outside: int
    frame: tuple[float, float, float, float]


class Frame:
    """From degrees to the drawing: equirectangular, true to scale in the middle of what is shown."""

    def __init__(self, box: Box) -> None:
        west, east, south, north = self.box = box
        self.squeeze = max(0.2, math.cos(math.radians((south + north) / 2)))
        wide, high = max((east - west) * self.squeeze, 1.5), max(north - south, 1.0)
        self.scale = min(WIDTH / (wide * 1.15), HEIGHT / (high * 1.15))
        self.middle = np.array([(west + east) / 2, (south + north) / 2])

    @cached_property
    def land(self) -> str:
        """All land as an SVG path."""
        return self.path(all_land())

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

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a point is within the drawing."""
        x, y = self.at(lon, lat)
        return 0 <= x <= WIDTH and 0 <= y <= HEIGHT

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


def bounds(corners: Sequence[Corner]) -> Box:
    """West, east, south and north of what is to be seen; the inhabited world where that is nothing.

    Where the map becomes much smaller without a few claims that lie far off, it is drawn without them.
    """
    if not corners:
        return -170.0, 180.0, -56.0, 75.0
    lons, lats, claims = (np.array(side, dtype=np.float64) for side in zip(*corners, strict=True))
    whole = (float(lons.min()), float(lons.max()), float(lats.min()), float(lats.max()))
    near = (*middle(lons, claims), *middle(lats, claims))
    return near if size(near) < SMALLER * size(whole) else whole


def snapped(box: Box) -> Box:
    """A box with its sides on a grid that is coarse for its size, so that like selections share a drawing of land."""
    west, east, south, north = box
    step = 2.0 ** math.floor(math.log2(max(east - west, north - south, 0.5) / GRID))
    west, south = (math.floor(side / step) * step for side in (west, south))
    east, north = (math.ceil(side / step) * step for side in (east, north))
    return west, east, south, north


@lru_cache(maxsize=64)
def frame_of(box: Box) -> Frame:
    """The frame of a box, with its land once that was drawn."""
    return Frame(box)


def middle(values: Points, weights: Points) -> tuple[float, float]:
    """Between which values nearly all of the weight lies."""
    order = np.argsort(values)
    share = np.cumsum(weights[order]) / weights.sum()
    first, last = np.searchsorted(share, [FAR, 1 - FAR])
    return float(values[order][first]), float(values[order][min(last, len(values) - 1)])


def size(box: Box) -> float:
    """How large a map is; a small one is made no smaller."""
    west, east, south, north = box
    return max(east - west, 2.0) * max(north - south, 2.0)


def draw_map(places: Sequence[Place], boundaries: Boundaries) -> Drawing:
    """The map of some places; `boundaries` are outlines of provinces and districts by folded name."""
    drawn = (p for p in places if p.lat is not None or outline(p, boundaries) is not None)
    shown = list(islice(drawn, MOST))
    frame = frame_of(snapped(bounds(list(extent(shown, boundaries)))))
    areas: list[tuple[str, Place]] = []
    dots: list[Place] = []
    outside = 0
    for place in shown:
        rings = outline(place, boundaries)
        if rings and (path := frame.path(rings)):
            areas.append((path, place))
        elif place.lat is None or place.lon is None or not frame.holds(place.lon, place.lat):
            outside += 1
        else:
            dots.append(place)
    most = max((p.claims for p in dots), default=1), max((p.claims for _, p in areas), default=1)
    shapes = [Shape(path, p, math.ceil(SHADES * math.sqrt(p.claims / most[1]))) for path, p in areas]
    return Drawing(
        width=WIDTH,
        height=HEIGHT,
        land=frame.land,
        areas=sorted(shapes, key=lambda a: a.place.level != "country"),
        dots=sorted((dot(p, frame, most[0]) for p in dots), key=lambda d: -d.radius),
        left_out=len(places) - len(shown),
        outside=outside,
        frame=frame.terms(),
    )


def extent(places: Sequence[Place], boundaries: Boundaries) -> Iterable[Corner]:
    """The corners that a map should hold, with the claims there: of a country those of its largest piece of land."""
    for place in places:
        rings = outline(place, boundaries)
        if rings is not None and rings.rings:
            largest = max(range(len(rings.rings)), key=lambda n: len(rings.rings[n]))
            (west, south), (east, north) = rings.least[largest].tolist(), rings.most[largest].tolist()
            yield from ((max(west, -180.0), south, place.claims), (min(east, 180.0), north, place.claims))
        elif place.lat is not None and place.lon is not None:
            yield place.lon, place.lat, place.claims


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
