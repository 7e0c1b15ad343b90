"""Outlines of countries, and of the provinces that a user brings: rings of longitude and latitude as arrays."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from saksi.errors import UsageError
from saksi.registers.places.folding import fold
from saksi.registers.places.shapes import Ring, shapes

NAMES = ("name", "NAME_1", "NAME_2", "shapeName", "ADM1_EN", "ADM2_EN", "ADM1_ID")
Points = NDArray[np.float64]


class Outline(NamedTuple):
    """An area as rings of longitude and latitude, with the least and the most of each ring."""

    rings: list[Points]
    least: Points
    most: Points


Boundaries = dict[str, Outline]


@lru_cache(maxsize=1)
def countries() -> dict[str, Outline]:
    """The outlines of the countries."""
    return {code: outline_of(rings) for code, rings in sorted(shapes().items())}


def outline_of(rings: Iterable[Ring]) -> Outline:
    """Rings as arrays, with the box around each; those that cross the 180th meridian are on both sides of it."""
    made = [part for ring in rings if ring for part in unrolled(np.array(ring, dtype=np.float64))]
    least, most = ([end(ring, axis=0) for ring in made] for end in (np.min, np.max))
    return Outline(made, np.array(least).reshape(-1, 2), np.array(most).reshape(-1, 2))


def unrolled(ring: Points) -> list[Points]:
    """A ring without leaps from one side of the world to the other: drawn beyond the edge, on either side.

    What goes around a pole is closed along the edge of the world.
    """
    turns = np.concatenate([[0.0], np.cumsum(-np.round(np.diff(ring[:, 0]) / 360))])
    if not turns.any():
        return [ring]
    smooth = ring + np.column_stack([360 * turns, np.zeros(len(ring))])
    if turns[-1]:
        edge = math.copysign(90.0, float(ring[:, 1].mean()))
        smooth = np.concatenate([smooth, [[smooth[-1, 0], edge], [smooth[0, 0], edge]]])
    beyond = -1 if smooth[:, 0].max() > 180 else 1
    return [smooth, smooth + np.array([360.0 * beyond, 0.0])]


@lru_cache(maxsize=1)
def all_land() -> Outline:
    """The outlines of all countries as one."""
    return outline_of(ring for _, rings in sorted(shapes().items()) for ring in rings)


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
