"""Tallies as the page and the API ask for them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from saksi.publish.desk import Desk
from saksi.publish.limits import Text
from saksi.queries import tally
from saksi.reconcile.tallies import Tally
from saksi.selection import Selection

Words = Annotated[tuple[Text, ...], Meta(max_length=20)]


class TallyAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A question for the least and the most that the claims allow."""

    kind: Annotated[
        Text | None, Meta(description="kind of event, with those under it; without it there is no answer")
    ] = None
    target: Annotated[Text | None, Meta(description="class of things or people, with those under it")] = None
    without: Annotated[Words, Meta(description="classes to leave out")] = msgspec.field(name="not", default=())
    age: Annotated[Literal["child", "adult"] | None, Meta(description="of the victims, where said")] = None
    sex: Annotated[Literal["female", "male"] | None, Meta(description="of the victims, where said")] = None
    status: Annotated[Literal["civilian", "combatant"] | None, Meta(description="of the victims, where said")] = None
    country: Annotated[Text | None, Meta(description="ISO 3166-1 alpha-2")] = None
    place: Annotated[Text | None, Meta(description="a place, by a name that some claim has")] = None
    actor: Annotated[Text | None, Meta(description="who did it: id of the register, or the words")] = None
    owner: Annotated[Text | None, Meta(description="whose the target was: id of the register, or the words")] = None
    trust: Annotated[Words, Meta(description="only what these speakers say")] = ()
    by: Annotated[
        tuple[Literal["day", "week", "month", "year", "country", "place", "actor", "target"], ...],
        Meta(description="split the question", max_length=4),
    ] = ()
    first: Annotated[date | None, Meta(description="first day")] = msgspec.field(name="from", default=None)
    last: Annotated[date | None, Meta(description="last day")] = msgspec.field(name="to", default=None)


class Tallies(msgspec.Struct, frozen=True):
    """The rows of a question: each speaker, what sides concede and allege, the envelope, the joint row."""

    items: list[Tally]


def find_tallies(desk: Desk, asked: TallyAsked) -> Tallies:
    """The rows of a question; none where no kind is asked for."""
    if asked.kind is None:
        return Tallies([])
    shared = [f for f in Selection.__dataclass_fields__ if f in TallyAsked.__struct_fields__]
    selection = Selection(**{f: getattr(asked, f) for f in shared})
    key = tuple(getattr(asked, f) for f in TallyAsked.__struct_fields__)

    def make() -> Tallies:
        rows = tally(desk.ledger, selection, first=asked.first, last=asked.last, registers=desk.registers)
        return Tallies([row for row in rows if row.claims or not asked.by])

    return desk.kept(("tally", *key), make)
