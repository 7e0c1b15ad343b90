"""Drafts claims from what a sentence tells: one for each counted group, one a place for what is uncounted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from operator import attrgetter

import msgspec

from saksi.reading.claims.accused import accused_of
from saksi.reading.claims.afterwards import told_after
from saksi.reading.claims.bare import is_pair, number_of_bare, number_of_them
from saksi.reading.claims.by_name import ONE_PERSON
from saksi.reading.claims.claim import Claim, Relation, claim_id
from saksi.reading.claims.discourse import Memory, Places, Told, inherited_places, place_for
from saksi.reading.claims.framing import frame, member_class, own_period, relate, relate_to_told
from saksi.reading.claims.own_acts import own_doers
from saksi.reading.claims.speakers import Speaking
from saksi.reading.claims.spoken_of import days_of
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.persons import Person
from saksi.reading.clauses.taking import Event, Part
from saksi.reading.clauses.undergoing import kind_of_target
from saksi.reading.clauses.wholes import is_of_whole
from saksi.reading.mentions.actors import ActorMention
from saksi.reading.mentions.found import Found
from saksi.reading.mentions.places import place_of
from saksi.reading.values import (
    ActorRef,
    Inferred,
    Mention,
    Period,
    Quantity,
    Span,
    SpeakerRef,
    Target,
    Value,
)
from saksi.reading.voices.attributions import Attribution, cited
from saksi.registers.load import Source

ZERO = Quantity(0, 0)
STATUS_KINDS = frozenset(("declare_victory", "declare_ceasefire", "campaign_continues"))


class Drafter:
    """Drafts the claims of one document, sentence after sentence."""

    def __init__(self, found: Found, source: Source | None) -> None:
        self.found = found
        self.page = found.page
        self.registers = found.page.vocabulary.registers
        self.source = source
        self.memory = Memory()
        self.claims: list[Claim] = []
        self.owner: Value[ActorRef] | None = None
        self.owner_block = -1
        self.person: Person | None = None  # of the claim being drafted
        self.ordinals: dict[tuple[int, int], int] = {}

    def draft(self, told: Told, following: Told | None, speaking_at: Callable[[int], Speaking]) -> list[Claim]:
        """The claims of one sentence; `speaking_at` tells who speaks at one of its items."""
        drafted: list[Claim] = []
        period: Value[Period] | None = None
        for event in told.events:
            siblings: list[Claim] = []
            period = told_after(self.page, told, event.at) or days_of(self.page, told, event, self.memory, self.source)
            speaking = speaking_at(event.at)
            for part in parts_of(event):
                self.person = part if isinstance(part, Person) else None
                if siblings and event.negated is not None and event.negated.name == "negation":
                    break  # one "no" is one zero
                fresh = self.claims_of(told, following, event, part, speaking)
                fresh += self.whole_of(told, event, part, fresh)
                for claim in fresh:
                    claim.period = own_period(claim, event, period)
                subset = isinstance(part, Part) and part.subset and not siblings
                beside = [c for c in drafted if c.kind.value == event.kind] if subset else siblings
                relate(self.page, fresh, beside, part)
                for claim in fresh if subset or (isinstance(part, Part) and part.subset) else ():
                    claim.complete = None  # "a total of 135, including two women": the two are not all
                relate_to_told(self.page, fresh, self.claims, event, part)
                siblings += fresh
                self.claims += fresh
            drafted += siblings
        return drafted

    def claims_of(
        self,
        told: Told,
        following: Told | None,
        event: Event,
        part: Part | Person | None,
        speaking: Speaking,
    ) -> list[Claim]:
        """The claims of one group of an event, or of an event that counts nothing."""
        group = part.group if isinstance(part, Part) else None
        if (group is None and not self.tells(event, told)) or (group is not None and self.idle(group, event)):
            return []
        at = item_at(told, group.i) if group else event.at
        places = self.places_of(told, following, event, at)
        covering = cited(told.attributions, event.at)
        kind = self.kind_of(event, group, bool(event.struck_places))
        quantity = self.quantity_of(told, group, event)
        zero = event.negated is not None and event.negated.name == "negation"
        counted = isinstance(quantity, Mention) or zero
        anchor = quantity.span if isinstance(quantity, Mention) else self.anchor_of(event)
        apart = group is None and self.person is None and all(isinstance(p, Mention) for p in places)
        sets = [(p,) for p in places] if apart and places and not counted else [places]
        return [
            self.claim(told, event, group, anchor, Slots(kind, quantity, each, speaking, covering)) for each in sets
        ]

    def anchor_of(self, event: Event) -> Span:
        """Where a claim without a number stands: at its event's word, or at the person it tells of."""
        if self.person is not None and len(event.persons) + len(event.parts) > 1:
            return self.page.span(self.person.i, self.person.j)
        return self.page.span(event.i, event.j)

    def whole_of(self, told: Told, event: Event, part: Part | Person | None, fresh: list[Claim]) -> list[Claim]:
        """The total a number was taken from: "22 of the 36 drones" launched, "one of the two who were killed"."""
        number = part.group.number if isinstance(part, Part) else None
        if number is None or number.whole is None or not fresh:
            return []
        value, i, j = number.whole
        span = self.page.span(i, j)
        first = fresh[0]
        kind: Value[str]
        if first.kind.value == "intercept":
            kind = Inferred("launch", "default", "reading/draft:of-launched")
        elif isinstance(part, Part) and is_of_whole(told.items, event.at, part.group):
            kind = first.kind
        else:
            return []
        whole = msgspec.structs.replace(
            first, id=claim_id(self.page.document.id, span, 0), anchor=span, kind=kind, actors=(), owner=None,
            quantity=Mention(span, Quantity(value, value), number.rule), relations=(), scope="incident",
        )  # fmt: skip
        first.relations += (Relation("part_of", whole.id, self.page.span(number.core_j, i)),)
        return [whole]

    def idle(self, group: Group, event: Event) -> bool:
        """Whether "a" and an unknown noun after a verb of wide use is but a phrase: "found a way"."""
        number = group.number
        if number is None and event.negated is not None and event.negated.name == "unknown_yet":
            return True  # "not known how many people died"
        kind = self.registers.kinds[event.kind]
        if number is None and kind.status and kind.counts == "things":
            return True  # "the ministers remain at their posts" tells no strength
        happening = group.event and not group.object_class and group.voice in ("noun", "noun_after")
        if happening and number is None and group.voice == "noun_after" and len(event.parts) > 1:
            return True  # "menemukan barang bukti berupa dua parang": what was found follows
        if happening and kind.of_people and number is not None and number.rule == "numbers:one":
            return True  # "a massacre", "sebuah pembantaian" are happenings, and not one killed
        if number is None or number.kind != "article" or group.object_class:
            return False
        if group.event:
            told = event.actor or event.struck or event.target or event.stance
            return event.counts == "events" and not told and self.prose_article(group, event)
        if group.owner:
            return False
        release = self.source is not None and bool(self.source.habits.get("release"))
        return kind.everyday and not release

    def tells(self, event: Event, told: Told) -> bool:
        """Whether an event without a counted group says enough to be a claim."""
        if self.person is not None:
            return True
        if event.kind in STATUS_KINDS or event.struck or event.struck_places or event.stance or event.target:
            return True
        if event.nominal:
            denied = event.negated is not None and event.negated.name == "negation"
            return event.actor is not None or event.kind == "clear_mines" or denied
        return event.kind == "deny" or (self.registers.kinds[event.kind].counts == "events" and event.actor is not None)

    def claim(self, told: Told, event: Event, group: Group | None, anchor: Span, slots: Slots) -> Claim:
        """One claim with its slots filled from the sentence."""
        key = (anchor.start, anchor.end)
        ordinal = self.ordinals.get(key, 0)
        self.ordinals[key] = ordinal + 1
        sentence = self.page.at(told.sentence.start, told.sentence.end)
        kind = slots.kind
        claim = Claim(
            id=claim_id(self.page.document.id, anchor, ordinal), anchor=anchor, ordinal=ordinal,
            sentence=sentence, kind=kind, quantity=slots.quantity, places=slots.places,
        )  # fmt: skip
        claim.counts = event.counts if slots.quantity is not None else None
        if group is not None and group.unit_i >= 0:
            claim.unit = self.page.span(group.unit_i, group.unit_j)
        claim.target = self.target_of(event, group, kind.value)
        claim.owner = self.owner_of(told, event, group)
        self.speak(claim, slots.speaking, event.actor)
        claim.actors = self.actors_of(event, claim, told)
        claim.stance = self.stance_of(claim, event, slots.speaking, slots.covering)
        self.negate(claim, event)
        frame(claim, told, self.page)
        if group is not None and group.other and claim.complete is None:
            claim.complete = False  # "the rector and five others": those beside them are not all
        return claim

    def kind_of(self, event: Event, group: Group | None, place_struck: bool) -> Value[str]:
        """The kind by the event's word, and by the class of its target where the word leaves it open."""
        classes = self.registers.ancestors(group.object_class) if group and group.object_class else []
        kind = kind_of_target(event.kind, event.to, ["place", *classes] if place_struck else classes)
        habit = self.source.habits.get("reads_as", {}) if self.source is not None else {}
        if event.counts == "events" and kind in habit:  # a coalition's "serangan" are air strikes
            return Mention(self.page.span(event.i, event.j), str(habit[kind]), "registers/sources:reads_as")
        if event.carried:
            return Inferred(kind, "span", "reading/binding:carried", self.page.span(event.i, event.j))
        return Mention(self.page.span(event.i, event.j), kind, event.rule)

    def quantity_of(self, told: Told, group: Group | None, event: Event) -> Value[Quantity] | None:
        """The number in words, or what a bare noun leaves open: one or more, two or more."""
        if group is None:
            return self.number_of(told, self.person, event) if self.person is not None else None
        number = group.number
        if number is None or (number.kind == "article" and self.only_introduces(group, event)):
            return number_of_bare(self.page, told, group)
        return Mention(self.page.span(number.i, number.j), number.quantity, number.rule)

    def number_of(self, told: Told, person: Person, event: Event) -> Value[Quantity]:
        """One, for who is told of by name, role or pronoun; for "them" as many as are meant."""
        at = item_at(told, person.i)
        some = number_of_them(told, at, event.people) if person.many else Quantity(1, 1)
        return Inferred(some, "span", ONE_PERSON, self.page.span(person.i, person.j))

    def only_introduces(self, group: Group, event: Event) -> bool:
        """Whether "a" does not count: before the name of a happening, or before a pair ("a couple")."""
        return is_pair(self.page, group) or self.prose_article(group, event)

    def prose_article(self, group: Group, event: Event) -> bool:
        """Whether "a" before the name of a happening only introduces it, as prose does."""
        release = self.source is not None and bool(self.source.habits.get("release")) and group.event == "airstrike"
        return bool(group.event) and event.nominal and not release and not self.subject_of_effect(group)

    def subject_of_effect(self, group: Group) -> bool:
        """Whether an event noun is followed at once by the verb of its effect: "a strike destroyed"."""
        form = self.page.form(group.j, "event")
        return form is not None and form[1].voice in ("active", "either")

    def target_of(self, event: Event, group: Group | None, kind: str) -> Value[Target] | None:
        """What was hit, seized or killed."""
        if event.target is not None and (group is None or event.counts == "events"):
            return self.struck_thing(event.target)
        theme = self.registers.kinds[kind].theme
        if group is None and self.person is not None:
            words = self.page.span(self.person.i, self.person.j)
            return Mention(words, Target(self.person.object_class or theme, words.text), ONE_PERSON)
        if group is None or event.counts == "events":
            return None
        if group.shared is not None:
            told = self.page.span(group.shared.unit_i, group.shared.unit_j)
            return Inferred(Target(group.object_class, told.text), "span", "reading/binding:shared-noun", told)
        if group.unit_i < 0 or (group.event and not group.object_class):
            basis = self.page.span(event.i, event.j)
            return Inferred(Target(theme, ""), "span", "registers/events:theme", basis) if theme else None
        span = self.page.span(group.unit_i, group.unit_j)
        cls = member_class(group) or (theme if group.object_class is None else None)
        traits = group.traits
        own = cls or group.object_class
        status = traits.get("status") or (self.registers.classes[own].status if own in self.registers.classes else None)
        target = Target(own, span.text, traits.get("age"), traits.get("sex"), status)
        return Mention(span, target, group.rule or "reading/groups:unknown-noun")

    def struck_thing(self, group: Group) -> Value[Target] | None:
        """The thing a noun of attack names as struck: "an attack on the post"."""
        if group.unit_i < 0:
            return None
        span = self.page.span(group.unit_i, group.unit_j)
        return Mention(span, Target(group.object_class, span.text), group.rule)

    def owner_of(self, told: Told, event: Event, group: Group | None) -> Value[ActorRef] | None:
        """Whose it was: said on the group, on the struck party, or on an earlier item of the list."""
        owner = group.owner if group and (event.counts == "things" or group.voice != "noun") else None
        owner = owner or event.struck or (event.target.owner if event.target else None)
        block = told.sentence.block
        person = group is not None and self.registers.is_a(group.object_class, "person")
        if owner is not None:
            value = Mention(self.page.span(owner.i, owner.j), owner.actor, owner.rule)
            if event.counts == "things" and not person:
                self.owner, self.owner_block = value, block
            return value
        last = next((p.group.owner for p in reversed(event.parts) if p.group.owner), None)
        if last is not None and group is not None and not person and event.counts == "things":
            return Inferred(last.actor, "span", "reading/draft:list-owner", self.page.span(last.i, last.j))
        if group is None or person or event.counts != "things" or group.object_class is None:
            return None
        if self.owner is not None and self.owner_block == block:
            return Inferred(self.owner.value, "span", "reading/draft:list-owner", self.owner.span)
        return None

    def places_of(self, told: Told, following: Told | None, event: Event, at: int) -> Places:
        """Where: by its own words, by the words around, or by the actor's country."""
        if event.struck_places:
            return tuple(Mention(self.page.span(m.i, m.j), m.place, m.rule) for m in event.struck_places)
        own: Places = place_for(told, at)
        if own or event.stance is not None:
            return own
        if event.kind in STATUS_KINDS and event.kind != "declare_victory":
            return ()
        tail = following if event.counts == "things" else None  # strikes are not placed by the list of their hits
        inherited = inherited_places(told, tail, self.memory, self.page)
        counted = any(p.group.number is not None for p in event.parts) or event.kind in STATUS_KINDS
        home = () if counted else self.country_of_actor(event)  # a figure is not placed by who tells it
        at_home = tuple(p for p in inherited if home and p.value.country == home[0].value.country)
        return at_home or inherited or home

    def country_of_actor(self, event: Event) -> Places:
        """The one country of the party that acts, by the register."""
        actor = event.actor
        if actor is None or not actor.named or actor.actor.country is None:
            return ()
        row = self.page.vocabulary.gazetteer.country(actor.actor.country)
        if row is None or actor.actor.kind not in ("militia", "rebel"):
            return ()
        place = place_of(self.page, row, (), None)
        span = self.page.span(actor.i, actor.j)
        return (Inferred(place, "span", "registers/actors:country", span),)

    def speak(self, claim: Claim, speaking: Speaking, doer: ActorMention | None) -> None:
        """Fills who says it."""
        claim.speaker, claim.speaker_org = speaking.speaker, speaking.org
        claim.said_on = speaking.said_on
        if speaking.attribution is not None:
            claim.carriers = tuple(speaking.attribution.carriers)
        if claim.speaker is None and claim.kind.value in ("declare_victory", "declare_ceasefire") and doer is not None:
            span = self.page.span(doer.i, doer.j)
            claim.speaker = Mention(span, SpeakerRef(doer.actor.id, span.text), "reading/draft:declarer")
            claim.speaker_org = Mention(span, doer.actor, doer.rule)

    def actors_of(self, event: Event, claim: Claim, told: Told) -> tuple[Value[ActorRef], ...]:
        """Who did it: by the words, else the speaking party itself, else the source's actor."""
        if event.actor is not None:
            span = self.page.span(event.actor.i, event.actor.j)
            return (Mention(span, event.actor.actor, event.actor.rule),)
        kind = self.registers.kinds[claim.kind.value]
        if own := own_doers(claim.speaker_org, kind):
            return own
        if kind.own_act and self.source is not None and self.source.actor:
            actor = self.registers.actors[self.source.actor]
            ref = ActorRef(self.source.actor, actor.name, actor.kind, actor.country)
            return (Inferred(ref, "source", "registers/sources:actor"),)
        return ()

    def stance_of(self, claim: Claim, event: Event, speaking: Speaking, covering: Attribution | None) -> Value[str]:
        """What the speaker does with the claim: asserts, claims, denies, fears, plans."""
        if event.stance is not None:
            rule = "saying:nouns" if event.stance.kind == "stance_noun" else "language:negation"
            return Mention(self.page.span(event.stance.i, event.stance.j), event.stance.name, rule)
        if event.future is not None:
            return Mention(self.page.span(event.future.i, event.future.j), "plans", "language:future")
        accused = accused_of(self.page, event.i) if claim.speaker is None and claim.speaker_org is None else None
        return accused or stance_of(claim, speaking)

    def negate(self, claim: Claim, event: Event) -> None:
        """Makes a count zero where the event is said not to have happened."""
        if event.negated is None or event.negated.name != "negation":
            return
        claim.negated = True
        denied = claim.stance is not None and claim.stance.value == "denies"
        if not denied:
            span = self.page.span(event.negated.i, event.negated.j)
            claim.quantity, claim.counts = Mention(span, ZERO, "language:negation"), event.counts


def stance_of(claim: Claim, speaking: Speaking) -> Value[str]:
    """What a speaker's word of saying does with a claim, else what who speaks of whose act does."""
    if speaking.stance and speaking.stance_span is not None:
        return Mention(speaking.stance_span, speaking.stance, speaking.stance_rule)
    if claim.speaker is None and claim.speaker_org is None:
        return Inferred("reports", "default", "reading/draft:outlet")
    org = claim.speaker_org.value.id if claim.speaker_org else None
    own = org is not None and any(a.value.id == org for a in claim.actors)
    return Inferred("asserts" if own else "claims", "default", "reading/draft:own-acts")


class Slots(msgspec.Struct):
    """What is known of a claim before its sentence is asked for the rest."""

    kind: Value[str]
    quantity: Value[Quantity] | None
    places: Places
    speaking: Speaking
    covering: Attribution | None


def parts_of(event: Event) -> list[Part | Person | None]:
    """The groups of an event and the people it names, or one None for an event that counts nothing."""
    return [*event.parts, *event.persons] or [None]


def item_at(told: Told, token: int) -> int:
    """The number of the item that holds a token."""
    k = bisect_right(told.items, token, key=attrgetter("i")) - 1
    return k if k >= 0 and token < told.items[k].j else 0
