"""Who speaks over each sentence: its own source, the one before it in the paragraph, or the source file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from saksi.reading.claims.discourse import Told
from saksi.reading.claims.named_before import NamedBefore
from saksi.reading.mentions.found import Found
from saksi.reading.values import ActorRef, Inferred, Mention, Span, SpeakerRef, Value
from saksi.reading.voices.attributions import Attribution, cited
from saksi.reading.voices.nouns import nouns_of
from saksi.registers.load import Source

OFFICES = frozenset(("office", "ministry"))
GROUPS = frozenset(("rebel", "militia", "party", "coalition", "organisation"))  # what "the group" may go back to


class Speaking(msgspec.Struct, gc=False):
    """Who speaks over a stretch of text, as later sentences inherit it."""

    speaker: Value[SpeakerRef] | None = None
    org: Value[ActorRef] | None = None
    said_on: Value[date] | None = None
    stance: str = ""
    stance_span: Span | None = None
    stance_rule: str = ""
    attribution: Attribution | None = None


def passing(speaking: Speaking) -> bool:
    """Whether the speaker is only a noun phrase, which what follows does not go back to."""
    return isinstance(speaking.speaker, Mention) and speaking.speaker.rule == "reading/attributions:noun"


class Speakers:
    """Who speaks over each sentence: its own source, or the one before it in the paragraph."""

    def __init__(self, found: Found, source: Source | None) -> None:
        self.found = found
        self.page = found.page
        self.actors = found.actors
        self.source = source
        self.known: NamedBefore[Speaking] = NamedBefore()
        self.last = Speaking()
        self.day: Mention[date] | Inferred[date] | None = None
        self.day_block = -1
        self.day_speaker = Speaking()
        self.last_block = -1
        self.made: list[tuple[Attribution, Speaking]] = []  # of the sentences so far

    def over(self, told: Told) -> Callable[[int], Speaking]:
        """Who speaks at each item of a sentence."""
        spoken = [a for a in told.attributions if a.speaks and not a.fear]
        if not spoken:
            speaking = self.without_words(told)
            return lambda at: speaking
        made = {a.at: self.from_words(a, told) for a in spoken}
        self.made += [(a, made[a.at]) for a in spoken]
        kept = [a for a in spoken if not passing(made[a.at])] or spoken
        if self.carries_on(told, kept[-1]):
            self.last, self.last_block = made[kept[-1].at], told.sentence.block

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
        rule = "reading/speakers:same-paragraph"

        def passed(
            value: Mention[SpeakerRef] | Inferred[SpeakerRef] | None,
        ) -> Inferred[SpeakerRef] | None:
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
        if attribution.body is not None and speaking.org is None:
            speaking.org = body_before(self.found, attribution.body)
        if attribution.said_on is not None and attribution.said_on.period.start is not None:
            day = attribution.said_on
            if day.period.precision == "day" and day.period.start is not None:
                speaking.said_on = Mention(day.span, day.period.start, day.rule)
        elif self.day is not None and self.same_day(attribution, told, speaking):
            speaking.said_on = Inferred(self.day.value, "span", "reading/speakers:same-day", self.day.span)
        if speaking.said_on is not None and not passing(speaking):
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
        same = (
            before.speaker is not None
            and speaking.speaker is not None
            and before.speaker.value == speaking.speaker.value
        )
        near = told.sentence.block - self.day_block <= 1
        org = before.org is not None and speaking.org is not None and before.org.value.id == speaking.org.value.id
        return near and (same or (org and told.sentence.block == self.day_block))

    def first_office(self, words: Span) -> Inferred[ActorRef] | None:
        """The office that "the command" or "the ministry" means where none has spoken yet."""
        named = (m for _, m in sorted(self.actors.items()) if m.named and m.actor.kind in OFFICES)
        first = next((m for m in named if self.page.tokens.starts[m.i] < words.start), None)
        if first is None:
            return None
        return Inferred(first.actor, "span", "reading/speakers:office", self.page.span(first.i, first.j))

    def add_known(self, speaking: Speaking, attribution: Attribution) -> None:
        """Joins a surname or a pronoun to the person named before."""
        if attribution.pronoun and attribution.source is not None and self.last.speaker is not None:
            rule = "reading/speakers:pronoun"
            speaking.speaker = Inferred(self.last.speaker.value, "span", rule, attribution.source)
            if self.last.org is not None:
                speaking.org = Inferred(self.last.org.value, "span", rule, self.last.org.span)
            return
        if attribution.pronoun and attribution.source is not None:
            body = attribution.body and body_before(self.found, attribution.body)
            speaking.org = body or self.first_office(attribution.source)
            return
        speaker = attribution.speaker
        if not isinstance(speaker, Mention) or speaker.value.id is not None:
            self.last = speaking if speaking.speaker else self.last
            return
        before = self.known.of(speaker.value.text)
        if before is not None:
            join(speaking, speaker, before)
        self.known.add(speaker.value.text, speaking)
        self.last = speaking


def body_before(found: Found, words: Span) -> Inferred[ActorRef] | None:
    """The body that "the group" or "kementerian itu" goes back to: the last of its kind that the page has named."""
    said = words.text.casefold().split()
    if nouns_of(found.page.vocabulary).bodies.isdisjoint(said):
        return None  # "the enemy", "the statement"
    heads = found.page.vocabulary.data["actors"]["name_heads"]
    told = {kind for kind, nouns in heads.items() for noun in nouns if str(noun).casefold() in said}
    kinds = frozenset(told) - {"organisation"} or GROUPS
    before = (m for _, m in sorted(found.actors.items(), reverse=True) if m.named and m.actor.kind in kinds)
    near = next((m for m in before if found.page.tokens.starts[m.i] < words.start), None)
    if near is None:
        return None
    return Inferred(near.actor, "span", "reading/speakers:body", found.page.span(near.i, near.j))


def join(speaking: Speaking, speaker: Mention[SpeakerRef], before: Speaking) -> None:
    """Lets a part of a name stand for who bore the whole of it before: the person, and an office not told anew."""
    rule = "reading/speakers:surname"
    office = before.org if speaking.org is None else None
    if office is not None:
        speaking.org = Inferred(office.value, "span", rule, office.span)
    fuller = before.speaker is not None and len(before.speaker.value.text.split()) > len(speaker.value.text.split())
    if before.speaker is not None and (office is not None or (fuller and before.speaker.value.id is None)):
        speaking.speaker = Mention(speaker.span, before.speaker.value, rule)
