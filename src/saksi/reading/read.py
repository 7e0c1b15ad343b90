"""Reads a document: start here. Each stage is a function; what it finds is a layer of spans.

    blocks -> mentions (times, places, actors, numbers) -> items -> attributions, events -> claims
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from saksi.intake.document import Document, content_hash
from saksi.reading.actors import ActorMention, read_actors
from saksi.reading.attributions import Attribution, cited, read_attributions
from saksi.reading.claim import Claim
from saksi.reading.discourse import Told, own_times, place_phrases, remember
from saksi.reading.draft import Drafter, Speaking
from saksi.reading.events import read_events
from saksi.reading.groups import Found
from saksi.reading.items import Item, items_of
from saksi.reading.numbers import read_numbers
from saksi.reading.page import Page, Sentence
from saksi.reading.places import read_places
from saksi.reading.revise import revise
from saksi.reading.statements import draft_statements
from saksi.reading.times import date_by_dateline, read_times
from saksi.reading.values import ActorRef, Inferred, Mention, SpeakerRef, Unread
from saksi.reading.vocabulary import Vocabulary
from saksi.registers.load import Source


class Reading(msgspec.Struct):
    """Everything found in one document: its claims, what could not be read, and the layers."""

    document: Document
    claims: list[Claim]
    unread: list[Unread]
    found: Found
    told: list[Told]
    version: str

    @property
    def published(self) -> tuple[date | None, str | None]:
        """The day of publication the reading went by, and its basis."""
        return self.found.page.published, self.found.page.published_basis


def read_document(document: Document, vocabulary: Vocabulary, source: Source | None = None) -> Reading:
    """The reading of one document. Pure: the same input gives the same output, anywhere."""
    page = Page(document, vocabulary)
    date_by_dateline(page)
    found, unread = mentions(page, source)
    told = [tell(found, sentence) for sentence in page.sentences]
    drafter = Drafter(found, source)
    speakers = Speakers(found, source)
    claims: list[Claim] = []
    for number, each in enumerate(told):
        following = told[number + 1] if number + 1 < len(told) else None
        speaking = speakers.over(each)
        fresh = drafter.draft(each, following, speaking)
        fresh += draft_statements(drafter, each, fresh, speaking)
        remember(each, page, drafter.memory, next((c.period for c in fresh if isinstance(c.period, Mention)), None))
        claims += fresh
    revise(claims, told, page)
    return Reading(document, claims, unread, found, told, reading_version(vocabulary, source))


def reading_version(vocabulary: Vocabulary, source: Source | None) -> str:
    """The identity of a reader: its vocabulary's digest (the program's version in it) and source."""
    return "r_" + content_hash([vocabulary.digest, vocabulary.code, source.name if source else None], 12)


def mentions(page: Page, source: Source | None) -> tuple[Found, list[Unread]]:
    """The mention stage: times first, since they take figures and names from the others."""
    times, unread = read_times(page)
    taken = {k for t in times for k in range(t.i, t.j)}
    countries = tuple(source.countries) if source else ()
    places = read_places(page, taken, countries)
    actors = read_actors(page, taken)
    for i in [i for i, p in places.items() if i in actors and actors[i].j >= p.j]:
        del places[i]
    numbers = read_numbers(page, taken)
    return Found(page, numbers, {t.i: t for t in times}, places, actors), unread


def tell(found: Found, sentence: Sentence) -> Told:
    """One sentence as items, with its events, attributions, places and times."""
    items = by_metonymy(found, items_of(found, sentence))
    attributions = read_attributions(found, items)
    events = read_events(found, items)
    phrases = place_phrases(found.page, items, attributions)
    return Told(sentence, items, events, attributions, phrases, own_times(items, attributions))


def by_metonymy(found: Found, items: list[Item]) -> list[Item]:
    """The items with a country or capital that acts made its government: "Turki melancarkan"."""
    made = list(items)
    for k, item in enumerate(items):
        place = item.place
        if place is None or place.cue is not None or k + 1 >= len(items) or place.place.level != "country":
            continue
        after = next((i for i in items[k + 1 :] if i.kind != "function" or i.name not in ("have", "adverb", "future")), None)
        if after is not None and after.kind in ("verb", "light", "say"):
            ref = ActorRef(None, found.page.span(item.i, item.j).text, "government", place.place.country)
            actor = ActorMention(item.i, item.j, ref, "reading/read:metonymy", False)
            made[k] = Item("actor", item.i, item.j, actor=actor)
    return made


class Speakers:
    """Who speaks over each sentence: its own source, or the one before it in the paragraph."""

    def __init__(self, found: Found, source: Source | None) -> None:
        self.page = found.page
        self.source = source
        self.known: dict[str, Speaking] = {}
        self.last = Speaking()
        self.day: Mention[date] | Inferred[date] | None = None
        self.day_block = -1
        self.day_speaker = Speaking()
        self.last_block = -1

    def over(self, told: Told) -> Callable[[int], Speaking]:
        """Who speaks at each item of a sentence."""
        spoken = [a for a in told.attributions if a.speaks and not a.fear]
        if not spoken:
            speaking = self.without_words(told)
            return lambda at: speaking
        made = {a.at: self.from_words(a, told) for a in spoken}
        if self.carries_on(told, spoken[-1]):
            self.last, self.last_block = made[spoken[-1].at], told.sentence.block

        def at_item(at: int) -> Speaking:
            chosen = cited(spoken, at)
            return made[chosen.at if chosen is not None else spoken[0].at]

        return at_item

    def without_words(self, told: Told) -> Speaking:
        """Who speaks over a sentence that does not say: the one before, or the source."""
        if told.sentence.block == self.last_block and not told.attributions:
            return self.carried()
        speaking = self.by_source()
        speaking.attribution = next((a for a in told.attributions if a.carriers), None)
        return speaking

    def carries_on(self, told: Told, attribution: Attribution) -> bool:
        """Whether the next sentences keep this source: not after a mere announcement of victory."""
        return attribution.stance != "plans" and not any(e.kind == "declare_victory" for e in told.events)

    def carried(self) -> Speaking:
        """The speaking of the sentence before, as an inference."""
        last = self.last
        rule = "reading/read:same-paragraph"

        def passed(value: Mention[SpeakerRef] | Inferred[SpeakerRef] | None) -> Inferred[SpeakerRef] | None:
            return None if value is None else Inferred(value.value, "span", rule, value.span)

        org = None if last.org is None else Inferred(last.org.value, "span", rule, last.org.span)
        said = None if last.said_on is None else Inferred(last.said_on.value, "span", rule, last.said_on.span)
        return Speaking(passed(last.speaker), org, said, attribution=last.attribution)

    def by_source(self) -> Speaking:
        """The speaker of the source file, where one was given."""
        if self.source is None or self.source.speaker is None:
            return Speaking()
        actor = self.page.vocabulary.registers.actors[self.source.speaker]
        ref = ActorRef(self.source.speaker, actor.name, actor.kind, actor.country)
        rule = "registers/sources:speaker"
        speaker = Inferred(SpeakerRef(ref.id, actor.name), "source", rule)
        published = self.page.published
        said = Inferred(published, "published", rule) if published else None
        return Speaking(speaker, Inferred(ref, "source", rule), said)

    def from_words(self, attribution: Attribution, told: Told) -> Speaking:
        """The speaking of a sentence's own words; a surname alone is the person named before."""
        speaking = Speaking(attribution.speaker, attribution.org, attribution=attribution)
        self.add_known(speaking, attribution)
        if attribution.said_on is not None and attribution.said_on.period.start is not None:
            day = attribution.said_on
            if day.period.precision == "day":
                speaking.said_on = Mention(day.span, day.period.start, day.rule)  # type: ignore[arg-type]
        elif self.day is not None and self.same_day(attribution, told, speaking):
            speaking.said_on = Inferred(self.day.value, "span", "reading/read:same-day", self.day.span)
        if speaking.said_on is not None:
            self.day, self.day_block = speaking.said_on, told.sentence.block
            self.day_speaker = speaking
        speaking.stance, speaking.stance_span = attribution.stance, attribution.cue
        speaking.stance_rule = attribution.rule
        return speaking

    def same_day(self, attribution: Attribution, told: Told, speaking: Speaking) -> bool:
        """Whether a saying without a day belongs to the last day: "saat itu", the same speaker going on."""
        if any(i.time is not None and i.time.anaphor == "same_period" for i in told.items):
            return True
        before = self.day_speaker
        same = before.speaker is not None and speaking.speaker is not None and before.speaker.value == speaking.speaker.value
        near = told.sentence.block - self.day_block <= 1
        org = before.org is not None and speaking.org is not None and before.org.value.id == speaking.org.value.id
        return near and (same or (org and told.sentence.block == self.day_block))

    def add_known(self, speaking: Speaking, attribution: Attribution) -> None:
        """Joins a surname or a pronoun to the person named before."""
        if attribution.pronoun and attribution.source is not None and self.last.speaker is not None:
            rule = "reading/read:pronoun"
            speaking.speaker = Inferred(self.last.speaker.value, "span", rule, attribution.source)
            if self.last.org is not None:
                speaking.org = Inferred(self.last.org.value, "span", rule, self.last.org.span)
            return
        speaker = attribution.speaker
        if not isinstance(speaker, Mention) or speaker.value.id is not None:
            self.last = speaking if speaking.speaker else self.last
            return
        surname = speaker.value.text.split()[-1].lower()
        before = self.known.get(surname)
        if before is not None and speaking.org is None and before.org is not None:
            speaking.org = Inferred(before.org.value, "span", "reading/read:surname", before.org.span)
            if before.speaker is not None:
                speaking.speaker = Mention(speaker.span, before.speaker.value, "reading/read:surname")
        self.known.setdefault(surname, speaking)
        self.last = speaking


def published_or_none(value: str | None) -> date | None:
    """A day written as YYYY-MM-DD, or None where none is given."""
    return date.fromisoformat(value) if value else None
