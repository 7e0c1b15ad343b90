"""Who speaks in the ledger, as the page and the API show it: names, why they are one, and what people say of that."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from saksi.errors import UsageError
from saksi.ledger.judgements import SPEAKER, Judgement, judge_speakers, upheld
from saksi.ledger.people import Person
from saksi.publish.changes import Kept
from saksi.publish.desk import Desk
from saksi.publish.limits import Note, PageNumber, Text, cut
from saksi.reconcile.speakers.known import Speaker, lines
from saksi.reconcile.speakers.said import plain

Name = Annotated[str, Meta(min_length=1, max_length=200)]


class SpeakersAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the list of speakers, the most told first."""

    like: Annotated[Text | None, Meta(description="only speakers of whom a name holds these letters")] = None
    joined: Annotated[Literal["yes"] | None, Meta(description="only speakers by more than one name")] = None
    page: PageNumber = 1
    size: Annotated[int, Meta(description="speakers on a page", ge=1, le=500)] = 50


class NamesJudged(msgspec.Struct, frozen=True):
    """What somebody says of two names."""

    names: list[str]
    verdict: str
    by: str
    on: date
    note: str | None


class SpeakersPage(msgspec.Struct, frozen=True):
    """A page of speakers, and what people say of names; `current` is false while newer ones are not heeded."""

    total: int
    page: int
    pages: int
    items: list[Speaker]
    judged: list[NamesJudged]
    current: bool = True


class SpeakersJudged(msgspec.Struct, frozen=True, kw_only=True):
    """Whether two names are of one speaker: same, different; `undone` withdraws your newest word on them.

    Of a name with itself: whether it is one speaker over all documents.
    """

    names: Annotated[tuple[Name, ...], Meta(min_length=2, max_length=2)]
    verdict: Literal["same", "different", "undone"]
    note: Note | None = None


def find_speakers(desk: Desk, asked: SpeakersAsked) -> SpeakersPage:
    """Speakers with their names."""
    found = lines(desk.speakers.every, asked.like)
    if asked.joined:
        found = [s for s in found if len(s.names) > 1]
    some, pages = cut(found, asked.page, asked.size)
    return SpeakersPage(len(found), asked.page, pages, list(some), judged_names(desk.judgements), desk.all_joined)


def judged_names(made: list[Judgement]) -> list[NamesJudged]:
    """What people say of names and nobody withdrew, the newest first."""
    return [
        NamesJudged(msgspec.json.decode(each.value, type=list[str]), each.verdict, each.by, each.on, each.note)
        for each in reversed(upheld(made))
        if each.field == SPEAKER and each.value
    ]


def make_speakers_judged(desk: Desk, made: SpeakersJudged, person: Person) -> Kept:
    """Keeps what a reviewer says of two names. Raises UsageError for a name that nobody has."""
    a, b = (plain(name) for name in made.names)
    known = {name for each in desk.speakers.every for name in each.plain_names}
    for name, written in zip((a, b), made.names, strict=True):
        if name not in known and made.verdict != "undone":
            raise UsageError(f"{written!r} is no speaker's name here")
    on = desk.today()
    judge_speakers(desk.ledger, (a, b), Judgement(verdict=made.verdict, claims=(), readings=(), by=person.name, on=on,
                                                  note=made.note or None))  # fmt: skip
    return Kept([a, b], person.name, on)
