"""Which of the places of one name a page means, once all its places are seen.

"Paris, Texas" is told by what follows it; "Paris" alone by the provinces that the page names, the places near
it that the page is sure of, and the home of who publishes it. Each is worth some points beside the number of
people; the largest sum is the place, for every mention of the name on the page but those told exactly.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from saksi.reading.mentions.belief import PARTS, PlaceMention
from saksi.reading.mentions.home import Home
from saksi.reading.mentions.likeliest import most_people, score
from saksi.reading.pages.page import Page
from saksi.registers.places.folding import fold
from saksi.registers.places.gazetteer import PlaceRow

NEAR_KM, REGION_KM = 60.0, 161.0
AT_HOME, IN_PROVINCE, IN_COUNTRY = 3.0, 1.0, 1.0  # points of what lies near the home of the page, or in its area
NAMED, BESIDE, MOST_BESIDE = 2.0, 0.8, 2.4  # of a province that the page names; of each sure place near; at most
MAYBE_BESIDE, MANY = 0.6, 8  # of a name that may mean a place near; so many places of it are looked at
OTHER_NAME = 1.0  # taken from a place of which the name is only another name: "Augusta", Augsburg
AHEAD = 0.5  # points by which another namesake must lead to be taken
SURE = 5  # a place of so many times the people of the next of its name is sure by itself
SETTLED = ("city", "village", "admin2")


class Anchor(NamedTuple):
    """A place that the page is sure of: its name, point and province."""

    name: str
    row: PlaceRow


class Around(NamedTuple):
    """What may speak for a place: the sure places of the page, those its other names may mean, and its home."""

    sure: list[Anchor]
    unsure: dict[str, list[PlaceRow]]
    home: Home | None


def key_of(page: Page, mention: PlaceMention) -> str:
    """The folded name of a mention."""
    return " ".join(page.norms[mention.i : mention.j])


def plain(name: str) -> str:
    """A folded name without its Arabic article: "Al Anbar" is Anbar."""
    words = fold(name).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in PARTS else words)


def settle_namesakes(
    page: Page, found: dict[int, PlaceMention], home: Home | None, context: frozenset[str]
) -> dict[int, PlaceRow]:
    """The places that mentions mean instead of those first taken, by first token."""
    exact = {i: row for i, m in found.items() if (row := told_exactly(page, m, found)) is not None}
    ambiguous = {i: m for i, m in found.items() if i not in exact and is_open(page, m, home)}
    if not ambiguous:
        return exact
    anchors = sure_places(page, found, exact)
    unsure = candidates_of(page, ambiguous.values())
    chosen: dict[str, PlaceRow | None] = {}
    for mention in ambiguous.values():
        key = key_of(page, mention)
        if key not in chosen:
            chosen[key] = best_of(page, mention, Around(anchors, unsure, home), context)
    better = {i: row for i, m in ambiguous.items() if (row := chosen[key_of(page, m)]) is not None}
    return better | exact


def is_open(page: Page, mention: PlaceMention, home: Home | None) -> bool:
    """Whether another place of the name may be meant: it is one of several, and no list says which is meant alone."""
    place = mention.place
    if not place.listed or mention.rule.startswith("reading/places"):
        return False
    if home is not None and home.names(key_of(page, mention)):
        return True
    key = key_of(page, mention)
    province = place.level == "admin1" and plain(place.name).endswith(f" {key}")  # "Columbia" is no District of it
    if not (place.level in SETTLED or province) or not place.rivals:
        return False
    return page.vocabulary.gazetteer.alone(key) is None


def told_exactly(page: Page, mention: PlaceMention, found: dict[int, PlaceMention]) -> PlaceRow | None:
    """The namesake in the province, country or district that follows after a comma: "Paris, Texas"."""
    after = area_behind(page, mention, found)
    if after is None or not mention.place.rivals:
        return None
    rows = page.vocabulary.gazetteer.named(key_of(page, mention))
    area, now = after.place, mention.place
    if (area.level == "country" and now.country == area.country) or now.admin1_id == area.id:
        return page.vocabulary.gazetteer.by_id(now.id)
    if area.level == "country":
        inside = [r for r in rows if r.country == area.country and (r.lat is not None or now.lat is None)]
    elif area.level == "admin1":
        inside = [r for r in rows if r.admin1 == area.id and r.level != "admin1"]
    else:
        return None
    own = [r for r in inside if r.level in SETTLED] or inside
    largest = most_people(own)
    return max(own, key=lambda r: score(r, largest, mention.place.level, frozenset()), default=None)


def area_behind(page: Page, mention: PlaceMention, found: dict[int, PlaceMention]) -> PlaceMention | None:
    """The place told behind a comma or in brackets, past a word for a sort: "Aliabad district, Kunduz"."""
    sort = page.form(mention.j, "place_type")
    j = mention.j if sort is None else sort[0]
    return found.get(j + 1) if j < len(page.norms) and page.norms[j] in (",", "(") else None


def strangers(page: Page, found: dict[int, PlaceMention]) -> frozenset[int]:
    """The names whose listed place lies in another country than the province told behind them.

    "In Rajkot district, Farah province" is no city of India: the list lacks that district.
    """
    towns = {i: m for i, m in found.items() if m.place.listed and m.place.level in SETTLED}
    return frozenset(i for i, m in towns.items() if is_stranger(page, m, found))


def is_stranger(page: Page, mention: PlaceMention, found: dict[int, PlaceMention]) -> bool:
    """Whether words for their sorts say that a place lies in a province of another country, which the page names."""
    area = area_behind(page, mention, found)
    if area is None or area.place.level != "admin1" or area.place.country == mention.place.country:
        return False
    if area.place.country not in page.countries:
        return False
    return any(page.form(k, "place_type") for k in range(max(0, mention.i - 1), area.j + 1))


def sure_places(page: Page, found: dict[int, PlaceMention], exact: dict[int, PlaceRow]) -> list[Anchor]:
    """The places of the page that nothing else needs to decide, one a name."""
    anchors: dict[str, PlaceRow] = {}
    gazetteer = page.vocabulary.gazetteer
    for i, mention in found.items():
        row = exact.get(i)
        if row is None and mention.place.listed:
            row = gazetteer.by_id(mention.place.id)
            rows = gazetteer.named(key_of(page, mention))
            if row is None or (mention.place.level in SETTLED and not by_far(row, rows)):
                continue
        if row is not None and row.lat is not None:
            anchors.setdefault(key_of(page, mention), row)
    return [Anchor(name, row) for name, row in anchors.items()]


def by_far(row: PlaceRow, rows: Iterable[PlaceRow]) -> bool:
    """Whether no other place of the name comes near in people."""
    others = [r.population for r in rows if r.id != row.id and r.level in SETTLED]
    return all(p * SURE <= row.population for p in others)


def candidates_of(page: Page, mentions: Iterable[PlaceMention]) -> dict[str, list[PlaceRow]]:
    """The largest places of each name that is not yet sure."""
    found: dict[str, list[PlaceRow]] = {}
    for mention in mentions:
        key = key_of(page, mention)
        if key not in found:
            rows = page.vocabulary.gazetteer.named(key)
            found[key] = [r for r in rows if alike(r, mention) and r.lat is not None][:MANY]
    return found


def best_of(page: Page, mention: PlaceMention, around: Around, context: frozenset[str]) -> PlaceRow | None:
    """The place of a name that most speaks for, where it is another than the one first taken."""
    key, home = key_of(page, mention), around.home
    if home is not None and (own := home.names(key)) is not None:
        return own
    rows = [r for r in page.vocabulary.gazetteer.named(key) if alike(r, mention) and r.lat is not None]
    rows += [r for r in page.vocabulary.gazetteer.named(key) if r.id == mention.place.id and r not in rows]
    largest = most_people(rows)
    points = {r.id: points_of(r, key, around) + score(r, largest, None, context) for r in rows}
    best = max(rows, key=lambda r: points[r.id], default=None)
    now = points.get(mention.place.id, -math.inf)
    return best if best is not None and points[best.id] > now + AHEAD else None


def alike(row: PlaceRow, mention: PlaceMention) -> bool:
    """Whether a place is of the sort that a mention was taken for: a town stays a town, a county a county."""
    return row.level in SETTLED and (row.level == "admin2") == (mention.place.level == "admin2")


def points_of(row: PlaceRow, key: str, around: Around) -> float:
    """What the page and its home speak for one place of a name."""
    points = 0.0 if plain(row.name).startswith(key) or fold(row.name).startswith(key) else -OTHER_NAME
    if around.home is not None:
        points += home_points(row, around.home)
    others = [a.row for a in around.sure if a.name != key]
    points += NAMED * any(a.level == "admin1" and a.id == row.admin1 for a in others)
    beside = BESIDE * sum(a.level in SETTLED and apart(a, row) <= REGION_KM for a in others)
    for name, rows in around.unsure.items():
        if name != key and any(apart(other, row) <= NEAR_KM for other in rows):
            beside += MAYBE_BESIDE
    return points + min(MOST_BESIDE, beside)


def home_points(row: PlaceRow, home: Home) -> float:
    """What a place's nearness to the home of the page is worth."""
    points = AT_HOME * (home.point is not None and kilometres(home.point, row) <= REGION_KM)
    points += IN_PROVINCE * (home.row.admin1 is not None and row.admin1 == home.row.admin1)
    return points + IN_COUNTRY * (row.country == home.row.country)


def apart(one: PlaceRow, other: PlaceRow) -> float:
    """The kilometres between two places, endless where one has no point."""
    if one.lat is None or one.lon is None:
        return math.inf
    return kilometres((one.lat, one.lon), other)


def kilometres(point: tuple[float, float], row: PlaceRow) -> float:
    """The distance of a place from a point, on a plane: right enough for what is near."""
    if row.lat is None or row.lon is None:
        return math.inf
    turn = abs(row.lon - point[1])
    east = min(turn, 360 - turn) * math.cos(math.radians((row.lat + point[0]) / 2))
    return 111.2 * math.hypot(row.lat - point[0], east)
