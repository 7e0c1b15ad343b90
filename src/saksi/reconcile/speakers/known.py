"""The speakers of a ledger: made from its newest claims and what people judged, kept until these change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from saksi.ledger.columns import Row
from saksi.reconcile.speakers.heard import Heard
from saksi.reconcile.speakers.joining import Joined
from saksi.reconcile.speakers.said import Said, plain, said_of
from saksi.reconcile.speakers.ties import NAME, Tie
from saksi.registers.load import Registers

USUAL = 10  # a name is usual where it tells at least one claim of so many of its speaker's


class Named(msgspec.Struct, frozen=True):
    """One name of a speaker: in how many claims and documents it stands, and why it is this speaker's."""

    name: str
    claims: int
    documents: int
    why: tuple[str, ...] = ()


class Speaker(msgspec.Struct, frozen=True):
    """One speaker of a ledger: `key` as tallies have it, the fullest usual name, all names, the register's id.

    `page` names the only document of a speaker who is nobody in particular elsewhere.
    """

    key: str
    name: str
    id: str | None
    names: tuple[Named, ...]
    page: str | None = None

    @property
    def claims(self) -> int:
        """How many claims it tells."""
        return sum(each.claims for each in self.names)

    @property
    def plain_names(self) -> frozenset[str]:
        """All its names in plain small letters, the one it is shown by among them."""
        return frozenset((plain(self.name), *(plain(each.name) for each in self.names)))


class Speakers(msgspec.Struct, frozen=True, dict=True):
    """All speakers, and which one each name of each document is."""

    every: tuple[Speaker, ...] = ()
    voices: tuple[tuple[str, Said, int], ...] = ()

    @cached_property
    def numbers(self) -> dict[Said, dict[str, int]]:
        """The number of the speaker of each name, document by document."""
        found: dict[Said, dict[str, int]] = {}
        for document, said, n in self.voices:
            found.setdefault(said, {})[document] = n
        return found

    def at(self, document: str, said: Said | None) -> Speaker | None:
        """The speaker of a name in a document; None where it is not known yet, or nobody is named."""
        documents = self.numbers.get(said) if said is not None else None
        n = documents.get(document) if documents is not None else None
        return None if n is None else self.every[n]

    def of(self, row: Row) -> Speaker | None:
        """The speaker of a claim."""
        return self.at(row.document.id, said_of(row))

    def named(self, name: str) -> list[Speaker]:
        """The speakers that go by a name: by their key, or by any of their names."""
        wanted = plain(name)
        return [s for s in self.every if name == s.key or wanted in s.plain_names]

    def called(self, name: str) -> list[Speaker]:
        """The speakers that go by a name, else those of whom it is a part of a name."""
        wanted = plain(name)
        return self.named(name) or [s for s in self.every if any(wanted in each for each in s.plain_names)]


def told(joined: Joined, registers: Registers, pages: Mapping[str, str]) -> Speakers:
    """The speakers that names were joined to; `pages` say how a document is called."""
    groups: dict[int, list[int]] = {}
    for n, at in enumerate(joined.speakers):
        groups.setdefault(at, []).append(n)
    whys = reasons(joined)
    found = []
    for group in groups.values():
        heard = [joined.heard[n] for n in group]
        if any(h.voice.claims for h in heard):
            found.append((speaker([(joined.heard[n], whys.get(n)) for n in group], registers), heard))
    every = distinct(found, pages)
    voices = [
        (document, h.voice.said, n)
        for n, (_, heard) in enumerate(every)
        for h in heard
        for document in h.voice.documents
    ]
    return Speakers(tuple(s for s, _ in every), tuple(voices))


def reasons(joined: Joined) -> dict[int, str]:
    """For each name that was joined, why, in words."""
    found: dict[int, str] = {}
    for tie in joined.ties:
        both = tie.rank <= NAME  # of a short and a long name only the short one needs a reason
        for n, other in ((tie.b, tie.a), *([(tie.a, tie.b)] if both else ())):
            found.setdefault(n, reason(tie, joined.heard[other], joined.heard[n]))
    return found


def reason(tie: Tie, other: Heard, own: Heard) -> str:
    """Why a name is joined with another, as people read it."""
    if own.plain == other.plain or not tie.quote:
        return tie.why
    return f"{tie.why}: “{tie.quote}”"


def speaker(some: Sequence[tuple[Heard, str | None]], registers: Registers) -> Speaker:
    """One speaker, with its names, the most told first."""
    told = [(h, why) for h, why in some if h.voice.claims]
    id = next((h.id for h, _ in some if h.id), None)
    by: dict[str, list[tuple[Heard, str | None]]] = {}
    for h, why in told:
        by.setdefault(h.plain, []).append((h, why))
    names = sorted((named(each) for each in by.values()), key=lambda n: (-n.claims, plain(n.name)))
    known = registers.actors.get(id or "")
    name = known.name if known else fullest(names)
    alone = not any(h.name.telling or h.id for h, _ in some) and len({h.voice.page for h, _ in told}) == 1
    return Speaker(id or key_of(name), name, id, tuple(names), told[0][0].voice.documents[0] if alone else None)


def key_of(name: str) -> str:
    """The key of a name that no register has, as that of a party: "Afghans" are Afghan."""
    found = plain(name)
    return found.removesuffix("s") if len(found) > 4 else found


def named(some: Sequence[tuple[Heard, str | None]]) -> Named:
    """One name of a speaker, as it is mostly written."""
    written: dict[str, int] = {}
    for h, _ in some:
        text = " ".join(h.voice.said.text.split())
        text = text[4:] if text[:4].lower() == "the " else text
        written[text] = written.get(text, 0) + h.voice.claims
    text = min(written, key=lambda t: (-written[t], t))
    whys = sorted({why for _, why in some if why})
    return Named(text, sum(written.values()), len({d for h, _ in some for d in h.voice.documents}), tuple(whys[:3]))


def fullest(names: Sequence[Named]) -> str:
    """The fullest of a speaker's usual names."""
    least = sum(n.claims for n in names) / USUAL
    usual = [n for n in names if n.claims >= least] or list(names)
    return max(usual, key=lambda n: (len(n.name.split()), n.claims, n.name)).name


def distinct(
    found: Sequence[tuple[Speaker, list[Heard]]], pages: Mapping[str, str]
) -> list[tuple[Speaker, list[Heard]]]:
    """The speakers with keys and names of their own: who is nobody elsewhere is told by the page."""
    by: dict[str, int] = {}
    for each, _ in found:
        by[each.key] = by.get(each.key, 0) + 1
    made = []
    for each, heard in found:
        if by[each.key] > 1 and each.id is None:
            page = min(h.voice.documents[0] for h in heard if h.voice.claims)
            each = msgspec.structs.replace(
                each, key=f"{each.key} @{page}", name=f"{each.name} ({pages.get(page, page)})"
            )
        made.append((each, heard))
    return sorted(made, key=lambda pair: (-pair[0].claims, pair[0].key))


def moved(before: Speakers, now: Speakers) -> set[tuple[str, Said]]:
    """The names, with their documents, whose speaker is another than before."""
    known = ((document, said, now.every[n], before.at(document, said)) for document, said, n in now.voices)
    return {(document, said) for document, said, who, was in known if was is not None and was.key != who.key}


def lines(speakers: Iterable[Speaker], text: str | None) -> list[Speaker]:
    """The speakers of which a name holds some letters."""
    wanted = plain(text or "")
    return [s for s in speakers if wanted in plain(s.name) or any(wanted in plain(n.name) for n in s.names)]


class Kept(msgspec.Struct, frozen=True):
    """Speakers as they are kept: what is said stands there once, however many documents say it."""

    every: tuple[Speaker, ...]
    said: tuple[Said, ...]
    voices: tuple[tuple[str, int, int], ...]


def encoded(speakers: Speakers) -> str:
    """Speakers as they are kept."""
    numbers: dict[Said, int] = {}
    voices = tuple((document, numbers.setdefault(said, len(numbers)), n) for document, said, n in speakers.voices)
    return msgspec.json.encode(Kept(speakers.every, tuple(numbers), voices)).decode()


def decoded(content: Any) -> Speakers:
    """Speakers as they were kept, in ledgers of before too."""
    try:
        kept = msgspec.json.decode(content, type=Kept)
    except msgspec.ValidationError:
        return msgspec.json.decode(content, type=Speakers)
    return Speakers(kept.every, tuple((document, kept.said[said], n) for document, said, n in kept.voices))
