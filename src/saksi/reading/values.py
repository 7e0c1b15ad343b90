"""What a slot of a claim may hold: words, a stated inference, or silence.

Offsets are code points into the document's text, half open: `text[start:end]` are the words.
"""

from __future__ import annotations

from datetime import date
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")

# What is frozen here holds only what was there before it, so that it is in no circle: no collector need look at it.


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """From here to there in a document, and the words found there."""

    start: int
    end: int
    text: str


class Mention(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """These words mean this, by that rule (the path of a data entry or the name of a function)."""

    span: Span
    value: T
    rule: str


class Inferred(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """No words here say it; it is taken from this basis.

    `basis` is `span` (then `span` holds other words of the document), the name of a document field
    (`published`), `source` (a source file) or `default` (a stated rule of the codebook).
    """

    value: T
    basis: str
    rule: str
    span: Span | None = None


class Unread(msgspec.Struct, frozen=True, gc=False):
    """Words that were seen and could not be read, and why."""

    span: Span
    layer: str
    reason: str


class Quantity(msgspec.Struct, frozen=True, gc=False):
    """From `low` to `high`, both inclusive; None is open. `vague`: the word names a soft range."""

    low: int | None
    high: int | None
    vague: bool = False

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low is not None and self.low == self.high and not self.vague


class Period(msgspec.Struct, frozen=True, gc=False):
    """A stretch of days, both ends inclusive, with its precision; times of day as `HH:MM`."""

    start: date | None
    end: date | None
    precision: str
    time_start: str | None = None
    time_end: str | None = None


class Place(msgspec.Struct, frozen=True, gc=False):
    """A place of the gazetteer, and the other places of that name that were considered."""

    name: str
    id: int
    geonames_id: int | None
    country: str | None
    admin1: str | None
    admin1_id: int | None
    lat: float | None
    lon: float | None
    level: str
    precision: str = "exact"
    rivals: tuple[str, ...] = ()
    within: int | None = None  # GeoNames id of the listed place that the words put it in

    @property
    def listed(self) -> bool:
        """Whether a list has it; else only its words tell it, and its point, if any, is that of the place beside it."""
        return self.id >= 0


class ActorRef(msgspec.Struct, frozen=True, gc=False):
    """Who: an entry of the register (`id`), or words alone (`id` is None)."""

    id: str | None
    text: str
    kind: str | None = None
    country: str | None = None


class SpeakerRef(msgspec.Struct, frozen=True, gc=False):
    """Who says it: a person or body, with the role the text gives."""

    id: str | None
    text: str
    role: str | None = None


class Carrier(msgspec.Struct, frozen=True, gc=False):
    """An agency or outlet a statement passed through, and the day it carried it."""

    id: str | None
    text: str
    said_on: date | None = None


class Target(msgspec.Struct, frozen=True, gc=False):
    """What was hit, seized, found: class, words, and what is said of people's age, sex, status."""

    object_class: str | None
    text: str
    age: str | None = None
    sex: str | None = None
    status: str | None = None


Value = Mention[T] | Inferred[T]
