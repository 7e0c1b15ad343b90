"""What lies near in days and places, looked up instead of compared one by one: the rest is surely apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from saksi.reconcile.terms import FINE, Spot

T = TypeVar("T")
Stretch = tuple[int, int]
Areas = Sequence[tuple[Spot, ...]]
EVER = (1, 3_660_000)  # the days of a claim that does not know its own, as ordinals
BUCKET = 16  # days that stand together
SHORT = 8  # buckets of a stretch that stands under its days; a longer one stands under none
ALL, LONG = -1, -2  # in place of a bucket: whatever its days, and what has too many
ANY = "*"  # in place of a place: whatever its places
UNSAID = ""  # what names no place


class Near(Generic[T]):
    """Things with days and places; what is asked for finds at least all those that may share both with it."""

    def __init__(self) -> None:
        self.at: dict[tuple[str, int], list[T]] = {}

    def add(self, thing: T, days: Sequence[Stretch], places: Areas) -> None:
        """Adds a thing."""
        times = buckets(days) or [LONG]
        for place in standing_under(places):
            for time in (*times, ALL):
                self.at.setdefault((place, time), []).append(thing)

    def of(self, days: Sequence[Stretch], places: Areas) -> Iterator[T]:
        """The things that may share days and places, some of them more than once."""
        own = buckets(days)
        times = [*own, LONG] if own else [ALL]
        for place in asked_for(places):
            for time in times:
                yield from self.at.get((place, time), ())


def buckets(days: Sequence[Stretch]) -> list[int]:
    """The buckets of some stretches of days; none where they are too many."""
    found: set[int] = set()
    for first, last in days:
        if last - first > SHORT * BUCKET:
            return []
        found |= {*range(first // BUCKET, last // BUCKET + 1)}
    return sorted(found)


def standing_under(places: Areas) -> list[str]:
    """The names under which a thing of some places is found: each place and those around it, its country, all."""
    found = {ANY}
    for spot in (s for spots in places for s in spots):
        found |= {f"at {key}" for key in (spot.key, *spot.inside)} | {f"in {spot.country}"}
        if spot.level not in FINE:
            found.add(f"over {spot.country}")
    return sorted(found | ({UNSAID} if any(not spots for spots in places) else set()))


def asked_for(places: Areas) -> list[str]:
    """The names to ask for: of a town its own and what is wide around it, of a province or more all its country."""
    found = {UNSAID, "over None"}
    for spots in places:
        if not spots or any(s.country is None for s in spots):
            return [ANY]
        for spot in spots:
            found |= {f"at {key}" for key in (spot.key, *spot.inside)}
            found |= {f"over {spot.country}"} if spot.level in FINE else {f"in {spot.country}", "in None"}
    return sorted(found)
