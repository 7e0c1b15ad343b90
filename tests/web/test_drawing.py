"""Maps and timelines draw what is uncertain as uncertain, whole countries whole, and leave out only what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from benchmarks.reconcile import put
from saksi import Ledger
from saksi.errors import UsageError
from saksi.publish.desk import Desk
from saksi.publish.drawing.map import HEIGHT, WIDTH, Drawing, draw_map
from saksi.publish.drawing.outlines import countries, load_boundaries, unrolled
from saksi.publish.selecting import Selected
from saksi.publish.where_and_when import Place, find_where_and_when


def place(name: str, country: str, level: str = "city", **more: object) -> Place:
    """A place with one claim."""
    told = {"key": name, "name": name, "country": country, "admin1": None, "lat": None, "lon": None, "level": level,
            "precision": "exact", "claims": 1}  # fmt: skip
    return Place(**(told | more))  # type: ignore[arg-type]


def longest(path: str, drawing: Drawing) -> float:
    """How far any line of a path goes sideways, but for the edge of the world at the south pole."""
    pole = drawing.frame[2] * -90 + drawing.frame[3]
    found = [0.0]
    for ring in re.findall(r"M([^Z]*)Z", path):
        points = np.array([[float(v) for v in point.split()] for point in ring.split("L")])
        inland = np.abs(points[:, 1] - pole) > 1
        found += (np.abs(np.diff(points[:, 0])) * (inland[1:] | inland[:-1])).tolist()
    return max(found)


@pytest.mark.parametrize("code", ["RU", "FJ", "US", "NZ", "AQ"])
def test_no_country_leaps_across_the_map(code: str) -> None:
    """Countries on both sides of the 180th meridian have no line from one edge of the world to the other."""
    if code not in countries():
        pytest.skip("no outline of it")
    drawing = draw_map([place(code, code, "country"), place("Lima", "PE", lat=-12.0, lon=-77.0)], {})
    assert longest(drawing.areas[0].path, drawing) < WIDTH / 3
    assert longest(drawing.land, drawing) < WIDTH / 3


def test_a_ring_is_on_both_sides_of_the_edge() -> None:
    ring = np.array([[170.0, 60.0], [-170.0, 60.0], [-170.0, 70.0], [170.0, 70.0], [170.0, 60.0]])
    east, west = unrolled(ring)
    assert (east[:, 0].min(), east[:, 0].max()) == (170.0, 190.0)
    assert (west[:, 0].min(), west[:, 0].max()) == (-190.0, -170.0)
    assert unrolled(east[:1]) == [pytest.approx(east[:1])]


def kinds(drawing: Drawing) -> dict[str, str]:
    """How each place is drawn."""
    return {a.place.name: f"area {a.weight}" for a in drawing.areas} | {
        d.place.name: "dot" if d.sure else "circle" for d in drawing.dots
    }


def test_what_is_uncertain_is_drawn_as_uncertain(tmp_path: Path) -> None:
    outlines = tmp_path / "provinces.geojson"
    outlines.write_text('{"features": [{"properties": {"NAME_1": "Kunduz"}, "geometry": {"type": "Polygon", '
                        '"coordinates": [[[68, 36], [70, 36], [70, 38], [68, 38], [68, 36]]]}}]}')  # fmt: skip
    drawing = draw_map(
        [
            place("Afghanistan", "AF", "country", claims=25),
            place("Iraq", "IQ", "country", claims=1),
            place("Kunduz", "AF", "admin1", lat=36.8, lon=68.8),
            place("Helmand", "AF", "admin1", lat=31.0, lon=64.0),
            place("Kabul", "AF", lat=34.5, lon=69.2),
            place("Haditha", "IQ", lat=34.1, lon=42.4, precision="near"),
            place("an unknown village", "AF", "village"),
        ],
        load_boundaries(outlines),
    )
    assert kinds(drawing) == {"Afghanistan": "area 5", "Iraq": "area 1", "Kunduz": "area 1", "Helmand": "circle",
                              "Kabul": "dot", "Haditha": "circle"}  # fmt: skip
    assert (drawing.left_out, drawing.outside) == (1, 0)
    assert all(0 <= d.x <= WIDTH and 0 <= d.y <= HEIGHT for d in drawing.dots)


def test_a_few_places_far_off_do_not_shrink_the_map() -> None:
    near = [place(f"t{n}", "SY", lat=35 + n / 50, lon=38 + n / 40, claims=20) for n in range(30)]
    drawing = draw_map([*near, place("Auckland", "NZ", lat=-36.8, lon=174.8)], {})
    assert drawing.outside == 1
    assert max(d.x for d in drawing.dots) - min(d.x for d in drawing.dots) > WIDTH / 8
    assert draw_map([*near[:3], place("Auckland", "NZ", lat=-36.8, lon=174.8, claims=20)], {}).outside == 0


def test_like_selections_share_one_drawing_of_the_land() -> None:
    one, other = (draw_map([place("a", "SY", lat=35.0, lon=38.0), place("b", "SY", lat=lat, lon=41.0)], {}) for lat in
                  (36.9, 36.95))  # fmt: skip
    assert one.land is other.land


@pytest.mark.parametrize(
    ("text", "says"),
    [("{}", "not a GeoJSON file"), ('{"features": [{"geometry": {"type": "Point"}, "properties": {}}]}', "feature 0")],
)
def test_a_file_of_boundaries_that_is_none_is_one_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "x.geojson"
    path.write_text(text)
    with pytest.raises(UsageError, match=says):
        load_boundaries(path)


def told(ledger: Ledger, days: Sequence[date]) -> None:
    """Adds one claim a day."""
    put(ledger, [{"id": f"{n} {day}", "kind": "kill", "low": 1, "high": 1, "start": str(day), "end": str(day)}
                 for n, day in enumerate(days)])  # fmt: skip


def test_a_few_claims_of_long_ago_do_not_shrink_the_timeline(tmp_path: Path, cache: None) -> None:
    ledger = Ledger.open(tmp_path / "war.db")
    begin = date(2019, 3, 1)
    told(ledger, [begin + timedelta(days=n % 30) for n in range(400)])
    told(ledger, [date(1948, 5, 1)])
    desk = Desk(ledger)
    found = find_where_and_when(desk, Selected())
    assert (found.step, found.before, found.before_day) == ("day", 1, begin - timedelta(days=1))
    assert (found.bars[0].first, found.bars[-1].last) == (begin, begin + timedelta(days=29))
    assert sum(bar.days for bar in found.bars) + found.before + found.after == 401
    narrowed = find_where_and_when(desk, Selected(first=date(2019, 3, 10), last=date(2019, 3, 12)))
    assert [bar.first for bar in narrowed.bars] == [date(2019, 3, 10), date(2019, 3, 11), date(2019, 3, 12)]
    assert find_where_and_when(desk, Selected(last=found.before_day)).total == 1
    ledger.close()
