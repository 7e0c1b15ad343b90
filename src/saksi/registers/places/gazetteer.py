"""Looks a name up in the memory-mapped gazetteer that `make gazetteer` built."""

from __future__ import annotations

import difflib
import math
import struct
from functools import lru_cache
from pathlib import Path

import marisa_trie
import msgspec

from saksi.errors import VocabularyError
from saksi.registers.places.build import CURATED_FROM, LEVELS, ROW, TARGET
from saksi.registers.places.folding import fold


class PlaceRow(msgspec.Struct, frozen=True, gc=False):
    """One place of the gazetteer. Degrees are WGS 84; unknown coordinates are None."""

    id: int
    name: str
    country: str | None
    admin1: int | None
    lat: float | None
    lon: float | None
    population: int
    level: str

    @property
    def geonames_id(self) -> int | None:
        """The GeoNames id; None for places of our own supplement."""
        return self.id if self.id < CURATED_FROM else None


class Gazetteer:
    """Places by folded name. Opening costs nothing: the file is mapped, not read."""

    def __init__(self, path: Path = TARGET, extra: list[dict[str, object]] | None = None) -> None:
        if not path.exists():
            raise VocabularyError(f"{path.name} is missing: run `make gazetteer` once")
        self.trie = marisa_trie.BytesTrie()
        self.trie.mmap(str(path))
        self.extra: dict[str, list[PlaceRow]] = {}
        for number, entry in enumerate(extra or []):
            self.add(number, entry)
        self.named = lru_cache(maxsize=50_000)(self._named)
        self.by_id = lru_cache(maxsize=50_000)(self._by_id)
        self.alone = lru_cache(maxsize=50_000)(self._alone)
        self.almost = lru_cache(maxsize=10_000)(self._almost)

    def add(self, number: int, entry: dict[str, object]) -> None:
        """Lays one place of a project's own file over the gazetteer."""
        values = {"admin1": None, "lat": None, "lon": None, "population": 0, **entry}
        aliases = values.pop("aliases", [])
        names = [str(values["name"]), *(map(str, aliases) if isinstance(aliases, list) else [])]
        row = msgspec.convert({"id": 0xF0000000 + number, **values}, PlaceRow)
        for name in names:
            self.extra.setdefault(fold(name), []).append(row)

    def _named(self, folded: str) -> tuple[PlaceRow, ...]:
        """Every place of that folded name, most populous first."""
        found = self.trie.get(f"n/{folded}")
        rows = list(self.extra.get(folded, ()))
        if not (found or rows):
            return ()  # most words of a text name no place
        if found:
            ids = struct.unpack(f"<{len(found[0]) // 4}I", found[0])
            rows += [row for i in ids if (row := self.by_id(i)) is not None]
        return tuple(sorted(rows, key=lambda r: (-r.population, r.id)))

    def _almost(self, folded: str) -> tuple[PlaceRow, ...]:
        """Places of the curated supplement whose spelling is nearly that, nearest first.

        Only names of seven letters and more, at a likeness of 0.8 (difflib's ratio): news copies
        misspell "Dayr az Zawr" in a dozen ways, but short names are other places.
        """
        if len(folded) < 7:
            return ()
        near = difflib.get_close_matches(folded, self.curated_names(), n=1, cutoff=0.8)
        return self.named(near[0]) if near else ()

    def curated_names(self) -> list[str]:
        """The folded names of the supplement; read once."""
        if not hasattr(self, "_curated"):
            found = (self.trie.get("c/curated") or [b""])[0].decode()
            self._curated = [*found.split("\n"), *sorted(self.extra)]
        return self._curated

    def has(self, folded: str) -> bool:
        """Whether any place has that folded name."""
        return f"n/{folded}" in self.trie or folded in self.extra

    def _alone(self, folded: str) -> PlaceRow | None:
        """The place that a name means where no word beside it says of which sort it is."""
        found = self.trie.get(f"u/{folded}")
        return self.by_id(struct.unpack("<I", found[0])[0]) if found else None

    def _by_id(self, place: int) -> PlaceRow | None:
        """The place of that id."""
        found = self.trie.get(f"i/{place}")
        if not found:
            return None
        data = found[0]
        _, country, admin1, lat, lon, population, level = ROW.unpack(data[: ROW.size])
        known = not math.isnan(lat)
        code = country.decode()
        return PlaceRow(
            place,
            data[ROW.size :].decode(),
            None if code == "XX" else code,
            admin1 or None,
            round(lat, 5) if known else None,
            round(lon, 5) if known else None,
            population,
            LEVELS[level],
        )

    def country(self, code: str) -> PlaceRow | None:
        """The country of an ISO 3166-1 code, looked up by its names."""
        return self.countries().get(code)

    def countries(self) -> dict[str, PlaceRow]:
        """All countries by code; read once."""
        if not hasattr(self, "_countries"):
            self._countries: dict[str, PlaceRow] = {}
            rows = (self.by_id(int(key[2:])) for key in country_keys(self.trie))
            self._countries = {r.country: r for r in rows if r and r.country}
        return self._countries


def country_keys(trie: marisa_trie.BytesTrie) -> list[str]:
    """The keys `i/<id>` of all countries."""
    found = trie.get("c/countries") or [b""]
    return [f"i/{i}" for i in struct.unpack(f"<{len(found[0]) // 4}I", found[0])]
