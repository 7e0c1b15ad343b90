"""What the joining of names needs of a ledger: names, acronyms that its texts spell out, countries, judgements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
import sqlalchemy as sa

from saksi.ledger import derived, schema
from saksi.ledger.columns import PlaceCell, SpeakerCell
from saksi.ledger.judgements import SPEAKER, Judgement, judgements, upheld
from saksi.ledger.store import CONTENTS, MANY, Ledger, counter
from saksi.reconcile.speakers.heard import Voice, World
from saksi.reconcile.speakers.joining import Opinions, join
from saksi.reconcile.speakers.known import Speakers, decoded, encoded, told
from saksi.reconcile.speakers.names import name_of, shorts_in
from saksi.reconcile.speakers.said import Said, said_in
from saksi.reconcile.speakers.spelled import Spelled, placed, spelled_out
from saksi.reconcile.speakers.words import PART, data_digest, stem, words_of
from saksi.registers.load import Registers
from saksi.registers.places.folding import fold
from saksi.version import __version__

Documents = Mapping[str, Any]  # rows of the table of documents, by id
RULES = 3  # raised when the same names are joined otherwise


MEMORY: WeakKeyDictionary[Ledger, tuple[str, Speakers]] = WeakKeyDictionary()  # of ledgers that are open


def speakers_of(ledger: Ledger, registers: Registers) -> Speakers:
    """The speakers of a ledger as it stands: those kept where they are up to date, else made now and not kept."""
    return stamped(ledger, registers)[1]


def stamped(ledger: Ledger, registers: Registers) -> tuple[str, Speakers]:
    """The same with the stamp that says of what they were made."""
    stamp = stamp_of(ledger, registers)
    known = MEMORY.get(ledger)
    if known is None or known[0] != stamp:
        kept = derived.kept_speakers(ledger)
        now = decoded(kept[1]) if kept is not None and kept[0] == stamp else made(ledger, registers)
        known = MEMORY[ledger] = (stamp, now)
    return known


def in_sight(ledger: Ledger, registers: Registers) -> tuple[str, Speakers]:
    """The speakers for a page that another process keeps up to date: those last kept, though much came since.

    Names that are new since then are nobody's yet, and what people judged of names is not heeded yet; their stamp
    says of what they were made. Those made by other rules, or of other registers, are not shown.
    """
    stamp, kept = stamp_of(ledger, registers), derived.speakers_stamp(ledger)
    if kept is None or rules_in(kept) != rules_in(stamp):
        return stamped(ledger, registers)
    known = MEMORY.get(ledger)
    if known is None or known[0] not in (kept, stamp):
        known = MEMORY[ledger] = (kept, kept_before(ledger))
    return known


def rules_in(stamp: str) -> str:
    """By which rules and registers speakers were made."""
    return stamp.split(" ", 2)[2]


def keep(ledger: Ledger, speakers: Speakers, stamp: str) -> None:
    """Keeps speakers for the next question."""
    derived.put_speakers(ledger, stamp, encoded(speakers))


def is_kept(ledger: Ledger, registers: Registers) -> bool:
    """Whether the speakers kept are those of the ledger as it stands."""
    return derived.speakers_stamp(ledger) == stamp_of(ledger, registers)


def kept_before(ledger: Ledger) -> Speakers:
    """The speakers as they were last kept, however old."""
    kept = derived.kept_speakers(ledger)
    return decoded(kept[1]) if kept is not None else Speakers()


def stamp_of(ledger: Ledger, registers: Registers) -> str:
    """Of what speakers made now would be: the documents and claims, the judgements of speakers, the rules."""
    with ledger.engine.connect() as db:
        j = schema.judgements.c
        last = db.execute(sa.select(sa.func.max(j.number)).where(j.field == SPEAKER)).scalar()
        return f"{counter(db, CONTENTS)} {last or 0} {__version__} {RULES} {data_digest()} {registers.identity()}"


def made(ledger: Ledger, registers: Registers) -> Speakers:
    """The speakers, made anew."""
    with ledger.engine.connect() as db:
        voices, documents = voices_of(db)
        homes = homes_of(db)
        spelled = spelled_by(voices, texts_of(db)) if voices else {}
    world = World(
        spelled=spelled, homes=homes, actors=actors_by_name(registers), written=actors_as_written(registers),
        countries={id: a.country for id, a in registers.actors.items() if a.country},
    )  # fmt: skip
    joined = join(voices, world, opinions_of(judgements(ledger)))
    first = [v.documents[0] for v in voices]
    return told(joined, registers, {id: called(documents[id]) for id in first})


def called(document: Any) -> str:
    """How a document is called where a speaker is known by it."""
    when = document.published or document.title or document.id
    return f"{document.publisher}, {when}" if document.publisher else str(document.title or when)


def page_of(document: Any) -> str:
    """Within what the names of a document are always one speaker's: itself, or the rows coded elsewhere it is of."""
    return str(document.id) if document.coded is None else f"table {document.coded}"


def documents_of(db: sa.Connection) -> Documents:
    """What is asked of documents, by their ids."""
    d = schema.documents.c
    asked = sa.select(d.id, d.publisher, d.title, d.language, d.published, d.coded)
    return {row.id: row for row in in_parts(db, asked)}


def in_parts(db: sa.Connection, asked: sa.Select[Any]) -> Iterator[Any]:
    """Rows that are fetched some at a time, which takes half the time of one by one."""
    for some in db.execute(asked).partitions(MANY):
        yield from some


def voices_of(db: sa.Connection) -> tuple[list[Voice], Documents]:
    """The names of the newest claims, page by page; and the documents."""
    c = schema.claims.c
    there = schema.NEWEST_OF_FEW & (c.speaker.is_not(None) | c.speaker_org.is_not(None))
    asked = in_parts(db, sa.select(c.document_id, c.speaker, c.speaker_org, c.places).where(there))
    claims = [(document, said_of_cells(speaker, body), where(places)) for document, speaker, body, places in asked]
    documents = documents_of(db)  # after the claims: one that somebody adds in between must not be missing
    names: dict[tuple[str, Said, str | None, str | None], list[tuple[str, Where]]] = {}
    for document, said, places in claims:
        about = documents[document]
        names.setdefault((page_of(about), said, about.publisher, about.language), []).append((document, places))
    return [voice(*name, told) for name, told in names.items()], documents


def voice(page: str, said: Said, source: str | None, language: str | None, told: list[tuple[str, Where]]) -> Voice:
    """One name on one page, by the documents of its claims and where these are."""
    places = {each for _, each in told}
    return Voice(
        page=page, documents=tuple(sorted({document for document, _ in told})), said=said, source=source,
        language=language, claims=len(told), countries=frozenset(c for each in places for c in each.countries),
        places=frozenset(w for each in places for w in each.words),
    )  # fmt: skip


class Where(msgspec.Struct, frozen=True):
    """The countries of a claim's places, and the words of their names."""

    countries: frozenset[str]
    words: frozenset[str]


@lru_cache(maxsize=100_000)
def where(places: str) -> Where:
    """The same of a nested column."""
    cells = msgspec.json.decode(places, type=list[PlaceCell])
    countries = frozenset(cell.country for cell in cells if cell.country)
    return Where(countries, frozenset(word for cell in cells if cell.name for word in stems_in(cell.name)))


@lru_cache(maxsize=100_000)
def stems_in(name: str) -> frozenset[str]:
    """The words of a place's name, as they are compared."""
    return frozenset(stem(w) for w in PART.findall(fold(name)))


@lru_cache(maxsize=100_000)
def said_of_cells(speaker: str | None, body: str | None) -> Said:
    """The speaker that two nested columns name."""
    cells = [msgspec.json.decode(cell, type=SpeakerCell) if cell else None for cell in (speaker, body)]
    said = said_in(*cells)
    assert said is not None
    return said


def homes_of(db: sa.Connection) -> dict[str, str]:
    """The country of each place of one word that lies in one country only, by its stem."""
    p = schema.claim_places.c
    found: dict[str, set[str]] = {}
    for name, country in db.execute(sa.select(p.name, p.country).distinct().where(p.country.is_not(None))):
        words = fold(name or "").split()
        if len(words) == 1:
            found.setdefault(stem(words[0]), set()).add(country)
    return {name: next(iter(some)) for name, some in found.items() if len(some) == 1}


def open_names(voices: Iterable[Voice]) -> dict[str, set[str]]:
    """The names of several words that do not tell whom they mean, by document: "Ministry of Health"."""
    found: dict[str, set[str]] = {}
    for voice in voices:
        name = name_of(voice.said.text, words_of(voice.language), body=voice.said.body)
        if name.sort == "body" and not name.telling and len(name.words) > 1 and not name.spoken_for:
            text = " ".join(voice.said.text.split())
            for document in voice.documents:
                found.setdefault(document, set()).add(text[4:] if text[:4].lower() == "the " else text)
    return found


def shorts_of(voices: Iterable[Voice]) -> set[str]:
    """The acronyms that stand in names."""
    names = {voice.said.text for voice in voices}
    return {word for name in names for word in shorts_in(name)}


def texts_of(db: sa.Connection) -> Iterator[tuple[str, str]]:
    """The texts of a ledger, some at a time, so that never all are in memory."""
    d, last = schema.documents.c, -1
    asked = sa.select(d.number, d.id, d.text).order_by(d.number).limit(MANY)
    while found := db.execute(asked.where(d.number > last)).all():
        yield from ((row.id, row.text) for row in found)
        last = found[-1].number


def spelled_by(voices: Sequence[Voice], texts: Iterable[tuple[str, str]]) -> dict[str, list[Spelled]]:
    """The acronyms of names that texts spell out, by page, and the names from which they go on to a place."""
    names, shorts = open_names(voices), shorts_of(voices)
    pages = {document: voice.page for voice in voices for document in voice.documents}
    found: dict[str, list[Spelled]] = {}
    for id, text in texts:
        told = [*spelled_out(text, shorts), *(s for name in sorted(names.get(id, ())) for s in placed(name, text))]
        if told:
            found.setdefault(pages.get(id, id), []).extend(told)
    return {page: unlike(told) for page, told in found.items()}


def unlike(spelled: Iterable[Spelled]) -> list[Spelled]:
    """The first of those that say the same."""
    return list({(s.short, s.whole): s for s in reversed(list(spelled))}.values())


def actors_by_name(registers: Registers) -> Mapping[tuple[str, ...], str]:
    """The register's actors by the words of their names; a name of two actors is nobody's."""
    found: dict[tuple[str, ...], set[str]] = {}
    for id, actor in registers.actors.items():
        for code, names in actor.names.items():
            for text in (*names, actor.shown(code)):
                name = name_of(text, words_of(code), body=True) if " " in text else None
                if name is not None and name.telling and len(name.words) > 1:
                    found.setdefault(name.key, set()).add(id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def actors_as_written(registers: Registers) -> dict[str, str]:
    """The register's actors by their names as they are written: "Reuters"; a name of two actors is nobody's."""
    found: dict[str, set[str]] = {}
    for id, actor in registers.actors.items():
        for text in {name for names in actor.names.values() for name in names if name != name.lower()}:
            found.setdefault(text, set()).add(id)
    return {text: next(iter(ids)) for text, ids in found.items() if len(ids) == 1}


def opinions_of(made: list[Judgement]) -> Opinions:
    """What people say of names: of two names the newest."""
    found: dict[tuple[str, str], Judgement] = {}
    for each in upheld(made):
        if each.field == SPEAKER and each.value is not None:
            a, b = sorted(msgspec.json.decode(each.value, type=list[str]))
            found[(a, b)] = each
    said: dict[str, dict[tuple[str, str], str]] = {"same": {}, "different": {}}
    for pair, each in found.items():
        if each.verdict in said:
            said[each.verdict][pair] = f"judged by {each.by}" + (f": {each.note}" if each.note else "")
    return Opinions(said["same"], said["different"])
