"""By which name a claim's speaker goes: the body that is spoken for, else the person."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from saksi.ledger.columns import Row, SpeakerCell
from saksi.registers.places.folding import fold


class Said(msgspec.Struct, frozen=True, cache_hash=True):
    """A speaker as one claim names it; `person` speaks for it, `phrase` is the whole phrase it stands in."""

    text: str
    id: str | None = None
    person: str | None = None
    phrase: str | None = None
    body: bool = False

    @property
    def words(self) -> str:
        """The name by which it is known within its document, in plain small letters without its article."""
        return plain(self.text)


@lru_cache(maxsize=200_000)
def plain(name: str) -> str:
    """A name in small letters, without brackets and article."""
    folded = fold(name) or " ".join(name.casefold().split())
    return folded.removeprefix("the ") or folded


def said_of(row: Row) -> Said | None:
    """The speaker of a claim; None where the outlet itself tells it."""
    return said_in(row.speaker, row.speaker_org)


def said_in(speaker: SpeakerCell | None, body: SpeakerCell | None) -> Said | None:
    """The same from the cells: the body where one is named, with who speaks for it."""
    if body is None:
        return None if speaker is None else Said(speaker.text, speaker.id, None, speaker.role)
    if speaker is None or plain(speaker.text) == plain(body.text):
        return Said(body.text, body.id, None, speaker.role if speaker else None, body=True)
    told = speaker.role == speaker.text or speaker.id is not None  # a phrase is no person's name
    phrase = speaker.text if told else speaker.role
    return Said(body.text, body.id, None if told else speaker.text, phrase, body=True)
