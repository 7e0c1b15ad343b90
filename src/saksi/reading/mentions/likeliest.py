"""Which of the places of one name is the likeliest: by the words beside it, the countries spoken of, its people."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from saksi.registers.places.gazetteer import PlaceRow

WORLD_CITY, DWARF = 1_000_000, 40  # people of a city that everybody knows, and times those of a town named after it
SMALL_FIT = 0.5  # what a country that is named speaks for such a town
TYPE_FIT, CONTEXT_FIT, OWN, UNPLACED = 4.0, 4.0, 2.0, 3.0


def score(row: PlaceRow, largest: int, level: str | None, context: frozenset[str]) -> float:
    """How much speaks for one place of a name, whose most populous has so many people, beside a word for a level."""
    points = math.log10(row.population + 1) / 2
    points -= UNPLACED * (row.lat is None)
    fit = (SMALL_FIT if dwarfed(row, largest) else CONTEXT_FIT) if row.country in context else 0.0
    points += fit + OWN * (row.geonames_id is None)
    points += TYPE_FIT * (level == row.level) + 0.5 * (row.level in ("city", "country"))
    return points


def likeliest(rows: Sequence[PlaceRow], level: str | None, context: frozenset[str]) -> PlaceRow:
    """The place of a name for which most speaks."""
    largest = most_people(rows)
    return max(rows, key=lambda row: score(row, largest, level, context))


def most_people(rows: Iterable[PlaceRow]) -> int:
    """How many people live in the most populous of some places."""
    return max((row.population for row in rows), default=0)


def dwarfed(row: PlaceRow, largest: int) -> bool:
    """Whether a name is that of a city which everybody knows, and this town but one named after it: Paris, Texas.

    That a page names its country then says little: the United States stand in half of all news of Paris and Cairo.
    """
    return largest >= WORLD_CITY and largest > DWARF * row.population
