"""What the mention stage leaves for the stages after it."""

from __future__ import annotations

import msgspec

from saksi.reading.mentions.actors import ActorMention
from saksi.reading.mentions.belief import PlaceMention
from saksi.reading.mentions.numbers import Number
from saksi.reading.mentions.times import Time
from saksi.reading.pages.page import Page


class Found(msgspec.Struct):
    """What the mention stage found on a page, by first token, for the stages after it."""

    page: Page
    numbers: dict[int, Number]
    times: dict[int, Time]
    places: dict[int, PlaceMention]
    actors: dict[int, ActorMention]

    def dated(self) -> set[int]:
        """The tokens inside times."""
        return {k for t in self.times.values() for k in range(t.i, t.j)}

    def acting(self) -> set[int]:
        """The tokens inside actors."""
        return {k for a in self.actors.values() for k in range(a.i, a.j)}

    def counted(self) -> list[range]:
        """The tokens of each number that counts something."""
        return [range(n.i, n.j) for n in self.numbers.values() if n.kind == "count"]
