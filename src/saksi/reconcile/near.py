"""What lies near in days and places, looked up instead of compared one by one: the rest is surely apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import Generic, NamedTuple, TypeVar

from saksi.reconcile.terms import FINE, Spot

T = TypeVar("T")
Stretch = tuple[int, int]
Areas = tuple[tuple[Spot, ...], ...]
EVER = (1, 3_660_000)  # the days of a claim that does not know its own, as ordinals
BUCKET = 16  # days that stand together
SHORT = 8  # buckets of a stretch that stands under its days; a longer one stands under none
ALL, LONG = -1, -2  # in place of a bucket: whatever its days, and what has too many
ANY = "*"  # in place of a place: whatever its places
UNSAID = ""  # what names no place


class Reach(NamedTuple):
    """Days and places as names and buckets: `under` those a thing stands under, `asked` those it asks for."""

    under: tuple[str, ...]
    asked: tuple[str, ...]
    days: tuple[int, ...]


class Near(Generic[T]):
    """Things with days and places; what is asked for finds at least all those that may share both with it."""

    def __init__(self) -> None:
        self.at: dict[tuple[str, int], list[T]] = {}

    def add(self, thing: T, reach: Reach) -> None:
        """Adds a thing."""
        times = (*(reach.days or (LONG,)), ALL)
        for key in product(reach.under, times):
            self.at.setdefault(key, []).append(thing)

    def of(self, reach: Reach) -> Iterator[T]:
        """The things that may share days and places, some of them more than once."""
        at, times = self.at, (*reach.days, LONG) if reach.days else (ALL,)
        for place in reach.asked:
            for time in times:
                if (place, time) in at:
                    yield from at[place, time]


def reach_of(days: Sequence[Stretch], places: Areas) -> Reach:
    """The buckets of some stretches of days, and the names of some areas."""
    return Reach(standing_under(places), asked_for(places), buckets(days))


def buckets(days: Sequence[Stretch]) -> tuple[int, ...]:
    """The buckets of some stretches of days; none where they are too many."""
    found: set[int] = set()
    for first, last in days:
        if last - first > SHORT * BUCKET:
            return ()
        found.update(range(first // BUCKET, last // BUCKET + 1))
    return tuple(sorted(found))


@lru_cache(maxsize=100_000)
def standing_under(places: Areas) -> tuple[str, ...]:
    """The names under which a thing of some places is found: each place and those around it, its country, all."""
    found = {ANY}
    for spots in places:
        for spot in spots:
            found |= names_of(spot)[0]
        if not spots:
            found.add(UNSAID)
    return tuple(sorted(found))


@lru_cache(maxsize=100_000)
def asked_for(places: Areas) -> tuple[str, ...]:
    """The names to ask for: of a town its own and what is wide around it, of a province or more all its country."""
    found = {UNSAID, "over None"}
    for spots in places:
        if not spots or any(s.country is None for s in spots):
            return (ANY,)
        for spot in spots:
            found |= names_of(spot)[1]
    return tuple(sorted(found))


@lru_cache(maxsize=100_000)
def names_of(spot: Spot) -> tuple[frozenset[str], frozenset[str]]:
    """The names under which a place stands, and those that it asks for."""
    own = {f"at {key}" for key in (spot.key, *spot.inside)}
    wide = {f"over {spot.country}"}
    if spot.level in FINE:
        return frozenset(own | {f"in {spot.country}"}), frozenset(own | wide)
    return frozenset(own | wide | {f"in {spot.country}"}), frozenset(own | {f"in {spot.country}", "in None"})
