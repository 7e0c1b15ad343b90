"""What the mention stage leaves for the stages after it."""

from __future__ import annotations

import msgspec

from saksi.reading.actors import ActorMention
from saksi.reading.belief import PlaceMention
from saksi.reading.numbers import Number
from saksi.reading.page import Page
from saksi.reading.times import Time


class Found(msgspec.Struct):
    """What the mention stage found on a page, by first token, for the stages after it."""

    page: Page
    numbers: dict[int, Number]
    times: dict[int, Time]
    places: dict[int, PlaceMention]
    actors: dict[int, ActorMention]
    sites: dict[int, PlaceMention] = {}
    loose: list[Time] = []
