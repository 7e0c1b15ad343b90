"""The values of columns with their numbers, and the names of claims with the speakers that they are joined to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from saksi.reconcile.speakers.known import Speakers
from saksi.registers.places.folding import fold

Numbers = NDArray[np.int64]


def empty() -> Numbers:
    """A column of nothing yet."""
    return np.zeros(0, dtype=np.int64)


class Party(msgspec.Struct, frozen=True):
    """An actor or a speaker in a list: by id of the register where it has one, else by its words."""

    id: str | None
    text: str

    @property
    def key(self) -> str:
        """What a list knows it by: its id, else its words whatever their capitals are."""
        return self.id or fold(self.text) or self.text


class Values:
    """The values of one facet, each with a number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.keys: list[str] = []
        self.shown: list[Any] = []
        self.sorted: Numbers = np.zeros(0, dtype=np.int64)

    def number(self, key: str, shown: Any) -> int:
        """The number of a value, new where it was not seen before."""
        known = self.numbers.get(key)
        if known is None:
            known = self.numbers[key] = len(self.keys)
            self.keys.append(key)
            self.shown.append(shown)
        return known

    @property
    def ranks(self) -> Numbers:
        """The place of each value in the order of their keys."""
        if len(self.sorted) != len(self.keys):
            ranks = np.empty(len(self.keys), dtype=np.int64)
            ranks[sorted(range(len(self.keys)), key=self.keys.__getitem__)] = np.arange(len(self.keys))
            self.sorted = ranks
        return self.sorted


class Joined:
    """The names of claims, joined to the speakers of one stamp: `of` has for each name the number of its speaker."""

    def __init__(self, stamp: str, speakers: Speakers) -> None:
        self.stamp, self.speakers = stamp, speakers
        self.values = Values()
        self.of = empty()

    def take_in(self, voices: Sequence[Any]) -> None:
        """Joins the names that came since: each a document, what is said in it, and the party as its words have it."""
        fresh = []
        for document, said, party in voices[len(self.of) :]:
            who = self.speakers.at(document, said)
            shown = party if who is None else Party(who.id, who.name)
            fresh.append(self.values.number(party.key if who is None else who.key, shown))
        self.of = np.concatenate([self.of, np.array(fresh, dtype=np.int64)])
