"""The home of a page: the town, province or country of who publishes it, said on the command line or by its source.

A local paper names its towns without their province; its home is one more thing that speaks for a place of a name.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from saksi.errors import UsageError
from saksi.registers.places.folding import fold
from saksi.registers.places.gazetteer import Gazetteer, PlaceRow


class Home(msgspec.Struct, frozen=True):
    """A place of the gazetteer and, where it lies in one, its province."""

    row: PlaceRow
    province: PlaceRow | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        """The point of a home that is no larger than a province's district."""
        small = self.row.level in ("city", "village", "admin2", "site")
        return (self.row.lat, self.row.lon) if small and self.row.lat is not None and self.row.lon is not None else None

    def names(self, key: str) -> PlaceRow | None:
        """The home or its province, where a folded name is its name."""
        return next((r for r in (self.row, self.province) if r is not None and fold(r.name) == key), None)


@lru_cache(maxsize=256)
def home_of(words: str, gazetteer: Gazetteer) -> Home:
    """The home that words name: "Sleman", "Paris, Texas", "Ohio", "Indonesia".

    What stands after a comma is the province or country it lies in. Raises UsageError where no list has it.
    """
    name, *areas = [fold(part) for part in words.split(",")]
    rows = [r for r in gazetteer.named(name) if all(lies_in(r, area, gazetteer) for area in areas)]
    rows = rows or [r for r in gazetteer.countries().values() if r.country == words.strip().upper() and not areas]
    if not rows:
        raise UsageError(f'home {words!r} is no place that the gazetteer has; write it as "Paris, Texas"')
    row = max(rows, key=lambda r: (fold(r.name).startswith(name), r.population))
    return Home(row, gazetteer.by_id(row.admin1) if row.admin1 else None)


def lies_in(row: PlaceRow, area: str, gazetteer: Gazetteer) -> bool:
    """Whether a place lies in a province or country of that folded name."""
    around = gazetteer.named(area)
    inside = any(a.level == "admin1" and a.id == row.admin1 for a in around)
    return inside or any(a.level == "country" and a.country == row.country for a in around)
