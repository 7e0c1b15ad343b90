"""Which places of a page lie in which others: by the list of places, and by the words that tell them together.

A page that names a town and a part of it most often means the part; one that names a province and a town, the town.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from saksi.reading.claims.discourse import LARGER, Told
from saksi.reading.mentions.belief import PlaceMention
from saksi.reading.values import Place


class Inside:
    """What the places of one page hold, and what holds them."""

    def __init__(self, told: Sequence[Told], mentions: Iterable[PlaceMention]) -> None:
        places = [m.place for m in mentions]
        self.pairs = frozenset(pair for t in told for pair in chained(t))
        self.named = frozenset(p.id for p in places)
        self.towns = frozenset(p.geonames_id for p in places if p.geonames_id is not None)
        self.provinces = frozenset(p.admin1_id for p in places if p.admin1_id is not None and p.level != "admin1")
        self.held = frozenset(p.within for p in places if p.within is not None)
        self.finer, self.larger = (frozenset(pair[n] for pair in self.pairs) for n in (0, 1))

    def how(self, place: Place) -> str:
        """How a place stands to the others of its page, in words."""
        holds = place.id in self.larger or place.id in self.provinces or place.geonames_id in self.held
        province = place.level != "admin1" and place.admin1_id in self.named
        lies = place.id in self.finer or province or (place.within is not None and place.within in self.towns)
        return " and ".join(words for words, so in (("holds some", holds), ("lies in one", lies)) if so)

    def lies_in(self, smaller: Place, larger: Place) -> bool:
        """Whether one place lies in another that is no country."""
        if (smaller.id, larger.id) in self.pairs:
            return True
        if smaller.within is not None and smaller.within == larger.geonames_id:
            return True
        return larger.level == "admin1" and smaller.level != "admin1" and smaller.admin1_id == larger.id

    def beside(self, place: Place, given: Place) -> str:
        """How a place stands to the one that a claim's own sentence gave it, in words."""
        if self.lies_in(place, given):
            return "one in it"
        return "one around it" if self.lies_in(given, place) else "another"


def chained(told: Told) -> Iterator[tuple[int, int]]:
    """The places that a sentence tells one in the other: "Ajira ward of Bama", "Bama, Borno"."""
    for phrase in told.phrases:
        places = [i.place.place for i in told.items[phrase.first : phrase.last + 1] if i.place is not None]
        for smaller, larger in pairwise(places):
            if LARGER.get(larger.level, 0) > LARGER.get(smaller.level, 0) and larger.level != "country":
                yield smaller.id, larger.id
