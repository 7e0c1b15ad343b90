"""Where and when a happening was, as far as its claims agree; nothing is put between two places or two days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from saksi.ledger.columns import PlaceCell, Row

LEVELS = ("site", "village", "city", "admin2", "admin1", "region", "water", "country")  # the narrowest first
RANKS = {level: n for n, level in enumerate(LEVELS)}
TOWNS = ("site", "village", "city")
AREAS = ("admin2", "admin1", "region", "country")


class Spread(msgspec.Struct, frozen=True):
    """The places of a happening: the one narrowest, or None where several are told; the country they share."""

    one: PlaceCell | None
    several: tuple[str, ...]
    country: str | None
    admin1: str | None

    @property
    def pointed(self) -> bool:
        """Whether the one place is a point of the map and not the centre of an area."""
        return self.one is not None and self.one.lat is not None and self.one.level in TOWNS


class Days(msgspec.Struct, frozen=True):
    """The first and last day of a happening, and how many they are."""

    first: date
    last: date

    @property
    def many(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def spread(rows: Sequence[Row]) -> Spread:
    """The places of some claims of one happening."""
    if len(rows) == 1 and len(rows[0].places) == 1 and rows[0].places[0].level in RANKS:  # as most are
        (one,) = rows[0].places
        return Spread(one, (), one.country, one.admin1)
    places = list({(p.geonames_id, p.name): p for row in rows for p in row.places}.values())
    ranks = [RANKS.get(p.level, len(LEVELS)) for p in places]
    best = min(ranks, default=None)
    finest = [p for p, rank in zip(places, ranks, strict=True) if rank == best and p.level in RANKS]
    return Spread(
        finest[0] if len(finest) == 1 else None,
        tuple(p.name for p in finest) if len(finest) > 1 else (),
        shared(p.country for p in places),
        shared(p.admin1 for p in finest),
    )


def shared(values: Iterable[str | None]) -> str | None:
    """The one value that all have."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def days_of(rows: Sequence[Row]) -> Days | None:
    """The days of some claims of one happening; None where one end is open or nothing is told.

    Of claims that know the day and claims that know the month, those with the fewest days count.
    """
    known = [Days(row.start, row.end) for row in rows if row.start is not None and row.end is not None]
    if len(known) < 2:
        return known[0] if known else None
    fewest = min(d.many for d in known)
    some = [d for d in known if d.many == fewest]
    return Days(min(d.first for d in some), max(d.last for d in some))
