"""Tallies as the page and the API ask for them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from saksi.inquiry.queries import tally_by
from saksi.inquiry.selection import Selection
from saksi.ledger.grounds import Ground
from saksi.publish.desk import Desk
from saksi.publish.limits import Text
from saksi.reconcile.tallies import Tally, kinds_about
from saksi.registers.load import must_know

MANY = 600  # claims that may bear on a question that is counted at once
PARTED = 3  # a question that is split weighs as much more
MOMENT = 1.5  # seconds that a page waits for its numbers before it says that they are being counted
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
    grounds: Annotated[
        Ground | None,
        Meta(description="the weakest ground on which place, days and speaker may rest"),
    ] = None
    by: Annotated[
        tuple[Literal["day", "week", "month", "year", "country", "place", "actor", "target", "speaker"], ...],
        Meta(description="split the question", max_length=4),
    ] = ()
    first: Annotated[date | None, Meta(description="first day")] = msgspec.field(name="from", default=None)
    last: Annotated[date | None, Meta(description="last day")] = msgspec.field(name="to", default=None)


class Tallies(msgspec.Struct, frozen=True):
    """The rows of a question: each speaker, what sides concede and allege, the envelope, the joint row.

    Of one that too many claims bear on: `sure`, `linked` and `told`, and those of who tells a running total.
    `current` is false while newer claims or judgements are not counted, or newer names not joined to speakers.
    """

    items: list[Tally]
    current: bool = True


def find_tallies(desk: Desk, asked: TallyAsked) -> Tallies:
    """The rows of a question, however long it takes; none where no kind is asked for."""
    return at_once(desk, asked) or desk.kept(key_of(asked), lambda: counted_elsewhere(desk, asked))


def glance(desk: Desk, asked: TallyAsked) -> Tallies | None:
    """The rows of a question that are there in a moment, older ones while newer are counted; None where none are."""
    found = at_once(desk, asked)
    if found is None:
        rows = desk.counting.glimpse(key_of(asked), options_of(asked), MOMENT)
        if rows is not None and rows.generation == desk.state.generation:
            return desk.kept(key_of(asked), lambda: Tallies(rows.rows))
        found = Tallies(rows.rows, current=False) if rows is not None else None
    return found


def at_once(desk: Desk, asked: TallyAsked) -> Tallies | None:
    """The rows of a question that are known already, or counted here and now; None where that would take long."""
    if asked.kind is None:
        return Tallies([])
    must_know(asked.kind, desk.registers.kinds, "kind")
    known: Tallies | None = desk.recalled(key_of(asked))
    if known is None and not is_long(desk, asked):
        known = desk.kept(key_of(asked), lambda: Tallies(counted(desk, asked), desk.all_joined))
    return known


def key_of(asked: TallyAsked) -> tuple[Any, ...]:
    """By what the rows of a question are kept."""
    return ("tally", *(getattr(asked, f) for f in TallyAsked.__struct_fields__))


def counted_elsewhere(desk: Desk, asked: TallyAsked) -> Tallies:
    """The rows of a question that many claims bear on, counted in a process of its own and waited for."""
    return Tallies(desk.counting.count(key_of(asked), options_of(asked)))


def counted(desk: Desk, asked: TallyAsked) -> list[Tally]:
    """The rows of a question, made here and now."""
    shared = [f for f in Selection.__dataclass_fields__ if f in TallyAsked.__struct_fields__]
    selection = Selection(**{f: getattr(asked, f) for f in shared})
    rows = tally_by(desk.ledger, selection, (asked.first, asked.last), desk.naming)
    return [row for row in rows if row.claims or not asked.by]


def is_long(desk: Desk, asked: TallyAsked) -> bool:
    """Whether a question is counted in a process of its own."""
    return asked.kind in desk.registers.kinds and weight(desk, asked) > MANY


def weight(desk: Desk, asked: TallyAsked) -> int:
    """How many claims may bear on a question: of its kinds, its country and its days, or of none that is known."""
    index = desk.index
    chosen = index.having("kind", kinds_about(str(asked.kind), desk.registers))
    if asked.country is not None:
        chosen &= index.having("country", [asked.country.upper()]) | ~index.placed
    first, last = index.columns["first"], index.columns["last"]
    if asked.first is not None:
        chosen &= (last >= asked.first.toordinal()) | (last < 1)
    if asked.last is not None:
        chosen &= first <= asked.last.toordinal()
    return int(chosen.sum()) * (PARTED if asked.by else 1)


def options_of(asked: TallyAsked) -> list[str]:
    """A question as the options of `saksi tally`."""
    found = []
    for field in msgspec.structs.fields(TallyAsked):
        value = getattr(asked, field.name)
        values = value if isinstance(value, tuple) else () if value is None else (value,)
        found += [f"--{field.encode_name}={each}" for each in values]
    return found
