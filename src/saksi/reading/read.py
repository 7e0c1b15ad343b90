"""Reads a document: start here. Each stage is a function; what it finds is a layer of spans.

blocks -> mentions (times, places, actors, numbers) -> items -> attributions, events -> claims
"""

from __future__ import annotations

from datetime import date

import msgspec

from saksi.intake.document import Document, content_hash
from saksi.reading.claims.claim import Claim
from saksi.reading.claims.discourse import Told, freed, own_times, place_phrases, remember
from saksi.reading.claims.draft import Drafter
from saksi.reading.claims.revise import conclude, revise
from saksi.reading.claims.speakers import Speakers
from saksi.reading.claims.statements import draft_statements
from saksi.reading.clauses.binding import Binder
from saksi.reading.clauses.events import read_events
from saksi.reading.clauses.items import Item, items_of
from saksi.reading.clauses.named_members import add_named
from saksi.reading.clauses.states import name_people
from saksi.reading.clauses.taking import Event
from saksi.reading.mentions.actors import ActorMention, read_actors
from saksi.reading.mentions.belief import PlaceMention
from saksi.reading.mentions.found import Found
from saksi.reading.mentions.home import Home, home_of
from saksi.reading.mentions.numbers import read_numbers
from saksi.reading.mentions.places import read_places
from saksi.reading.mentions.times import date_by_dateline, read_times
from saksi.reading.mentions.windows import as_told
from saksi.reading.pages.page import Page, Sentence
from saksi.reading.scenes.settle import Scenes, happened, settle
from saksi.reading.values import ActorRef, Mention, Unread
from saksi.reading.vocabulary import Vocabulary
from saksi.reading.voices.attributions import read_attributions
from saksi.reading.voices.stands import days_apart
from saksi.registers.load import Source


class Reading(msgspec.Struct):
    """Everything found in one document: its claims, what could not be read, and the layers."""

    document: Document
    claims: list[Claim]
    unread: list[Unread]
    found: Found
    told: list[Told]
    version: str
    release: str | None = None

    @property
    def published(self) -> tuple[date | None, str | None]:
        """The day of publication the reading went by, and its basis."""
        return self.found.page.published, self.found.page.published_basis


def read_document(document: Document, vocabulary: Vocabulary, source: Source | None = None) -> Reading:
    """The reading of one document. Pure: the same input gives the same output, anywhere."""
    drafted = draft_document(document, vocabulary, source)
    if any(map(happened, drafted.claims)):  # else nobody looks around on the page
        settle(drafted.scenes(), drafted.claims)
    conclude(drafted.claims, drafted.found.page)
    found, claims, told, unread = drafted.found, drafted.claims, drafted.told, drafted.unread
    unread += untold(found, claims)
    return Reading(
        document,
        claims,
        unread,
        found,
        told,
        reading_version(vocabulary, source, document.home),
        release_of(found.page, source),
    )


class Drafted(msgspec.Struct):
    """A document whose claims hold what their own sentences and the ones beside them give."""

    found: Found
    told: list[Told]
    claims: list[Claim]
    speakers: Speakers
    unread: list[Unread]

    def scenes(self) -> Scenes:
        """Its page, to be asked where, when and by whose word."""
        return Scenes(self.found, self.told, self.claims, self.speakers)


def draft_document(document: Document, vocabulary: Vocabulary, source: Source | None) -> Drafted:
    """The claims of a document as sentence after sentence gives them."""
    found, unread = find(document, vocabulary, source)
    page, binder = found.page, Binder(found)
    told = [tell(found, sentence, binder) for sentence in page.sentences]
    drafter, speakers = Drafter(found, source), Speakers(found, source)
    claims: list[Claim] = []
    for number, each in enumerate(told):
        following = told[number + 1] if number + 1 < len(told) else None
        speaking = speakers.over(each)
        fresh = drafter.draft(each, following, speaking)
        fresh += draft_statements(drafter, each, fresh, speaking)
        period = next((c.period for c in fresh if isinstance(c.period, Mention)), None)
        remember(each, page, drafter.memory, period)
        claims += fresh
    revise(claims, told, page)
    return Drafted(found, told, claims, speakers, unread)


def release_of(page: Page, source: Source | None) -> str | None:
    """The release that a document is, or is a line of, where its source tells all in lines (`habits: lines`)."""
    if source is None or page.published is None or not source.habits.get("lines"):
        return None
    one = len(page.document.text.strip().splitlines()) == 1
    which = page.published.isoformat() if one else page.document.id
    return "l_" + content_hash([source.name, which], 12)


def untold(found: Found, claims: list[Claim]) -> list[Unread]:
    """Numbers that count something which no claim holds: seen, not read, and not swallowed."""
    held = {c.quantity.span.start for c in claims if c.quantity is not None and c.quantity.span is not None}
    loose = (n for n in found.numbers.values() if n.kind == "count")
    spans = (found.page.span(n.i, n.j) for n in loose)
    return [Unread(s, "numbers", "no claim holds this number") for s in spans if s.start not in held]


def reading_version(vocabulary: Vocabulary, source: Source | None, home: str | None = None) -> str:
    """The identity of a reader: its vocabulary's digest (the program's version in it), source and home."""
    parts = [vocabulary.digest, vocabulary.code, source.name if source else None]
    return "r_" + content_hash([*parts, home] if home else parts, 12)


def find(document: Document, vocabulary: Vocabulary, source: Source | None) -> tuple[Found, list[Unread]]:
    """A document laid open and dated, with its mentions; and those that contradict themselves."""
    page = Page(document, vocabulary)
    date_by_dateline(page, source.habits.get("release_number") if source else None)
    return mentions(page, source)


def mentions(page: Page, source: Source | None) -> tuple[Found, list[Unread]]:
    """The mention stage: times first, since they take figures and names from the others."""
    times, unread = read_times(page)
    times = as_told(page, times)
    taken = {k for t in times for k in range(t.i, t.j)}
    countries = tuple(source.countries) if source else ()
    places = read_places(page, taken, countries, home_for(page, source))
    actors = {i: a for i, a in read_actors(page, taken).items() if not names_place(a, places)}
    inside = {k for a in actors.values() for k in range(a.i, a.j)}
    for i in [i for i, p in places.items() if i in inside and p.j - 1 in inside]:
        del places[i]
    numbers = read_numbers(page, taken)
    return Found(page, numbers, {t.i: t for t in times}, places, actors), unread


def home_for(page: Page, source: Source | None) -> Home | None:
    """The home of a page: its document's, else its source's."""
    words = page.document.home or (source.home if source else None)
    return home_of(words, page.vocabulary.gazetteer) if words else None


def names_place(actor: ActorMention, places: dict[int, PlaceMention]) -> bool:
    """Whether a body known by the head of its name alone is a place of a list: "West Bank" is no bank."""
    place = places.get(actor.i)
    return actor.actor.id is None and place is not None and place.j == actor.j and place.place.listed


def tell(found: Found, sentence: Sentence, binder: Binder) -> Told:
    """One sentence as items, with its events, attributions, places and times."""
    items, proposed = propose(found, sentence)
    attributions = read_attributions(found, items)
    events = binder.bind(sentence, items, proposed)
    add_named(found, items, events)
    phrases = place_phrases(found.page, items, attributions)
    said, stood = days_apart(found.page, items, attributions)
    times = own_times(found.page, items, said | stood)
    return Told(sentence, items, events, attributions, phrases, times, said, stood)


def propose(found: Found, sentence: Sentence) -> tuple[list[Item], list[Event]]:
    """The items of a sentence, and the events that the constructions make of them."""
    items = by_metonymy(found, items_of(found, sentence))
    name_people(found, items)
    return items, read_events(found, items)


def may_act(items: list[Item], k: int) -> bool:
    """Whether a place may stand for a government: a country that acts, a town that says something ("Kyiv said")."""
    place = items[k].place
    return place is not None and (place.place.level == "country" or items[past_day(items, k + 1)].kind == "say")


def past_day(items: list[Item], k: int) -> int:
    """The item after a day told at item k, else item k: "Moskow pada Senin mengklaim"."""
    n = k + (items[k].name in ("in", "on") and k + 1 < len(items))
    return n + 1 if items[n].kind == "time" and n + 1 < len(items) else k


def by_metonymy(found: Found, items: list[Item]) -> list[Item]:
    """The items with a country or capital that acts made its government: "Turki melancarkan"."""
    made = list(items)
    for k, item in enumerate(items):
        place = item.place
        if place is None or place.cue is not None or k + 1 >= len(items) or not may_act(items, k):
            continue
        rest = items[past_day(items, k + 1) :]
        after = next(
            (i for i in rest if i.kind != "function" or i.name not in ("have", "adverb", "future", "duty")), None
        )
        agent = k > 0 and made[k - 1].name == "passive" and not freed(made, k)
        if agent or (after is not None and after.kind in ("verb", "light", "say")):
            ref = ActorRef(None, found.page.span(item.i, item.j).text, "government", place.place.country)
            actor = ActorMention(item.i, item.j, ref, "reading/read:metonymy", False)
            made[k] = Item("actor", item.i, item.j, actor=actor)
    return made
