"""The names by which speakers go, page by page, each taken apart with what its own pages say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from saksi.reconcile.speakers.names import SHORT, Name, keyed, name_of, shorts_in
from saksi.reconcile.speakers.said import Said, plain
from saksi.reconcile.speakers.spelled import Spelled
from saksi.reconcile.speakers.words import words_of


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """One name on one page: in which documents, how many claims it tells, and of which countries.

    A page is that within which a name is always one speaker's: a document, or all rows that were coded elsewhere.
    """

    page: str
    documents: tuple[str, ...] = ()  # sorted
    body: bool = False  # known to be one by more than its words
    said: Said
    source: str | None = None  # who published the page
    language: str | None = None
    claims: int = 1
    countries: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()  # the words of the places that its claims name


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """A voice with its name taken apart; `person` is who speaks for it. `spelled` is a name that a page spells out."""

    voice: Voice
    name: Name
    plain: str
    id: str | None = None
    person: Name | None = None
    countries: frozenset[str] = frozenset()  # of the name itself
    spelled: Spelled | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """By which names are sorted, whatever the order in which documents were read."""
        said = self.voice.said
        return (
            self.plain,
            self.voice.page,
            *(part or "" for part in (said.id, said.person, said.phrase, said.text)),
            *(part or "" for part in (self.voice.source, self.voice.language)),
        )


def about(voice: Voice) -> tuple[str, str, str]:
    """A voice's page, source and language, by which voices are sorted."""
    return voice.page, voice.source or "", voice.language or ""


class World(msgspec.Struct, frozen=True, kw_only=True):
    """What is known beside the names: acronyms by page, homes of places, the register's actors by name."""

    spelled: Mapping[str, Sequence[Spelled]] = {}
    homes: Mapping[str, str] = {}  # country of a place, by its folded name
    actors: Mapping[tuple[str, ...], str] = {}
    written: Mapping[str, str] = {}  # the same by their names as they are written
    countries: Mapping[str, str] = {}  # of actors


class Acronyms:
    """What acronyms stand for: on their page, else in their source, else in the whole ledger where all agree."""

    def __init__(self, voices: Sequence[Voice], spelled: Mapping[str, Sequence[Spelled]]) -> None:
        self.spelled = spelled
        self.long = {plain(each.long) for some in spelled.values() for each in some}  # what has an acronym is a body
        told = {v.page: v for v in sorted(voices, key=about) if v.page in spelled}
        self.languages = {page: v.language for page, v in told.items()}
        self.own = {page: self.agreed([page]) for page in told}
        by: dict[str, list[str]] = {}
        for page in sorted(told):
            source = told[page].source
            if source is not None:
                by.setdefault(source, []).append(page)
        self.of_source = {source: self.agreed(pages) for source, pages in by.items()}
        self.of_all = self.agreed(sorted(spelled))

    def agreed(self, pages: Iterable[str]) -> dict[str, str | None]:
        """What each acronym stands for on some pages; None where it stands for two things."""
        found: dict[str, dict[tuple[str, ...], str]] = {}
        for page in pages:
            words = words_of(self.languages.get(page))
            for each in (s for s in self.spelled.get(page, ()) if s.short != s.long):
                key = name_of(each.long, words, body=True).key
                found.setdefault(each.short, {}).setdefault(key, each.long)
        return {short: next(iter(longs.values())) if len(longs) == 1 else None for short, longs in found.items()}

    def of(self, voice: Voice) -> dict[str, str | None]:
        """What the acronyms of a voice's name stand for where it speaks."""
        shorts = shorts_in(voice.said.text)
        if not shorts:
            return {}
        known = (self.own.get(voice.page, {}), self.of_source.get(voice.source or "", {}), self.of_all)
        return {short: some[short] for short in shorts if (some := next((k for k in known if short in k), None))}


def heard_in(voices: Sequence[Voice], world: World) -> list[Heard]:
    """All names taken apart, those that pages only spell out among them, sorted."""
    acronyms = Acronyms(voices, world.spelled)
    known: dict[tuple[object, ...], Heard] = {}  # one name is said on very many pages
    found = []
    for voice in voices:
        told = acronyms.of(voice)
        voice = bodily(voice, acronyms, told)
        key = (voice.said, voice.language, voice.body, *told.items())
        first = known.get(key)
        if first is None:
            first = known[key] = heard(voice, told, world)
        found.append(first if first.voice is voice else msgspec.structs.replace(first, voice=voice))
    shorts = {v.said.text.strip() for v in voices if SHORT.match(v.said.text.strip())}
    by = {v.page: v for v in sorted(voices, key=about) if v.page in world.spelled}
    for page, voice in by.items():
        for each in world.spelled[page]:
            if each.short in shorts or each.short == each.long:
                said = Said(each.whole, body=True)
                silent = Voice(page=page, said=said, source=voice.source, language=voice.language, claims=0)
                found.append(msgspec.structs.replace(heard(silent, acronyms.of(voice), world), spelled=each))
    return sorted(found, key=lambda h: h.order)


def bodily(voice: Voice, acronyms: Acronyms, shorts: Mapping[str, str | None]) -> Voice:
    """A voice, known to be a body's where it is an acronym or has one: "Médecins Sans Frontières (MSF)"."""
    body = plain(voice.said.text) in acronyms.long or any(shorts.values())
    return msgspec.structs.replace(voice, body=True) if body else voice


def heard(voice: Voice, acronyms: Mapping[str, str | None], world: World) -> Heard:
    """One name taken apart."""
    words, said = words_of(voice.language), voice.said
    long = {short: whole for short, whole in acronyms.items() if whole is not None}
    name = name_of(said.text, words, long, body=said.body or voice.body)
    if not name.telling and said.phrase and said.body:
        wider = name_of(said.phrase, words, long, body=True)  # "Kunduz police chief", for "police"
        if name.words <= wider.words and wider.sort == "body":
            own, places = name.own | wider.own, name.places | wider.places
            name = keyed(msgspec.structs.replace(name, own=own, places=places))
    if acronyms.get(said.text.strip(), "") is None:
        name = keyed(msgspec.structs.replace(name, sort="nobody"))  # pages disagree on what it stands for
    by_name = world.actors.get(name.key) if name.telling and name.sort == "body" else None
    id = said.id or by_name or world.written.get(said.text)
    person = name_of(said.person, words) if said.person else None
    homes = {world.homes[w] for w in name.own if w in world.homes}
    of_actor = {world.countries[id]} if id is not None and id in world.countries else set()
    return Heard(
        voice=voice, name=name, plain=plain(said.text), id=id, person=person if person and person.order else None,
        countries=name.places | homes | of_actor,
    )  # fmt: skip
