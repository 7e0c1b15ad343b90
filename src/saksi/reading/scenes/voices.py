"""Who says it: every source of the page, its publisher and the outlet's own voice, as options for a claim."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from saksi.reading.claims.accused import RULE as ACCUSED
from saksi.reading.claims.claim import Claim
from saksi.reading.claims.discourse import inferred
from saksi.reading.claims.draft import stance_of
from saksi.reading.claims.own_acts import own_act
from saksi.reading.claims.speakers import Speaking
from saksi.reading.clauses.saying_words import OUTLETS
from saksi.reading.pages.page import Page
from saksi.reading.scenes.choice import Weighed, likeliest
from saksi.reading.scenes.ground import (
    Asked,
    Ground,
    Option,
    OptionRow,
    figure_of,
    retold,
)
from saksi.reading.scenes.issuer import RULE as ISSUED
from saksi.reading.scenes.spoken import Spoken
from saksi.reading.scenes.tellings import siblings, tellings
from saksi.reading.scenes.voice_signs import OWN
from saksi.reading.values import Carrier, Inferred, Mention, SpeakerRef, Value
from saksi.reading.voices.attributions import Attribution, takes_part
from saksi.reading.weights import Part

DOCUMENT = "a document"
NEAR = 6  # options on either side of a claim that may speak around it
OWN_STANCES = frozenset(("saying:nouns", "language:future", ACCUSED))  # of the claim's own words, whoever says it


class Heard(NamedTuple):
    """Who speaks around a claim, by the keys of their options, whoever carried them."""

    before: Hashable
    after: Hashable
    sayings: int  # words of saying in its own sentence, up to two
    near: list[Option]  # the options that may say it


class VoiceOptions:
    """The voices of one page, weighed for one claim after another."""

    may_be_empty = False  # who says nothing else is the outlet itself

    def __init__(self, ground: Ground, made: Sequence[tuple[Attribution, Speaking]], outlet: Speaking) -> None:
        self.ground, self.page = ground, ground.page
        sources = [self.source(a, s) for a, s in made if s.speaker is not None or s.org is not None]
        carriers = [self.carrier(a, c) for t in ground.told for a in t.attributions for c in a.carriers]
        self.count = min(4, len(sources))
        self.tellings = tellings(ground, ground.claims)
        self.siblings = siblings(ground)
        self.row = OptionRow([ground.placed(o, "") for o in (*sources, *carriers, *self.issuers())])
        self.mark_documents()
        self.mark_outlets()
        self.last: tuple[Asked | None, Heard] = None, Heard(None, None, 0, [])
        self.spoken = Spoken(ground.quotations, sources)
        self.of_page = [*self.publisher(), Option(OWN, outlet, None, -1, ())]

    def mark_documents(self) -> None:
        """Marks the documents in whose sentence somebody speaks, who may only cite them."""
        somebody = {o.sentence for o in self.row.options if o.own[0] == "source" and DOCUMENT not in o.own}
        for option in self.row.options:
            if DOCUMENT in option.own and option.sentence in somebody:
                option.own = (*option.own, f"{DOCUMENT}, another speaks beside")

    def mark_outlets(self) -> None:
        """Marks the outlets that speak as sources, with whether somebody else speaks in their sentence."""
        others = {o.sentence for o in self.row.options if o.own[0] == "source" and not is_outlet(o)}
        for option in filter(is_outlet, self.row.options):
            option.own = (*option.own, f"an outlet, another speaks beside {option.sentence in others}")

    def carrier(self, attribution: Attribution, carrier: Mention[Carrier]) -> Option:
        """An outlet that a statement came through."""
        speaker = Mention(carrier.span, SpeakerRef(carrier.value.id, carrier.value.text), carrier.rule)
        key = carrier.value.id or last_word(carrier.value.text)
        own = ("carrier", f"carrier, beside a source {attribution.speaker is not None}")
        at = self.page.between(carrier.span.start, carrier.span.end)[0]
        return Option(key, Speaking(speaker), carrier.span, at, own)

    def issuers(self) -> Iterator[Option]:
        """Those whose words the page announces: a heading, the opening of a speech."""
        for i, j, rule in self.ground.announced:
            span = self.page.span(i, j)
            own = (f"announced, {rule}", f"announced, {self.first_person}")
            speaking = Speaking(Mention(span, SpeakerRef(None, span.text), rule))
            yield Option(last_word(span.text), speaking, span, i, own)

    def publisher(self) -> Iterator[Option]:
        """Who published the page, where it may be its own words: a release, a speech."""
        name = self.page.document.publisher
        if name:
            ref = Inferred(SpeakerRef(None, name), "publisher", ISSUED)
            own = ("publisher", f"publisher, {self.first_person}", f"publisher, of {self.count}")
            yield Option("publisher", Speaking(ref), None, -1, own)

    @cached_property
    def first_person(self) -> str:
        """How much of a page speaks of "we" outside quotation marks, in a word."""
        words = self.page.vocabulary.data["saying"].get("first_person", ())
        at = self.page.tokens_among(words, 0, len(self.page.norms))
        said = sum(not self.ground.quoted(k) for k in at)
        share = said / max(1, len(self.ground.told))
        return "much we" if share > 0.3 else "some we" if said > 1 else "no we"

    def source(self, attribution: Attribution, speaking: Speaking) -> Option:
        """A source that the page lets speak."""
        span = attribution.source or attribution.cue
        at = self.page.between(span.start, span.end)[0]
        return Option(key_of(speaking), speaking, span, at, tuple(self.signs_of(attribution, speaking)))

    def signs_of(self, attribution: Attribution, speaking: Speaking) -> Iterator[str]:
        """The signs of a source's own words."""
        speaker, org = speaking.speaker, speaking.org
        yield "source"
        yield f"cue {attribution.cue.text.casefold()}"
        yield f"stance {attribution.stance or 'none'}"
        if speaker is not None:
            yield f"read {speaker.rule.split(':')[0] if speaker.value.id else speaker.rule}"
            yield "named" if speaker.value.id or speaker.value.role is None else "role"
            yield "capital" if speaker.value.text[:1].isupper() else "small"
            if attribution.document:
                yield DOCUMENT
        if org is not None:
            yield f"of {org.value.kind}"
        if attribution.carriers:
            yield "carried"
        if takes_part(self.page, self.page.between(attribution.cue.start, attribution.cue.end)[1]):
            yield "takes responsibility"

    def parts(self, asked: Asked, option: Option) -> list[Part]:
        """What speaks for one voice for one claim."""
        if option.key == OWN:
            parts = [self.own_part(asked), self.by_rules(asked, option), *self.own_telling(asked)]
        elif option.at < 0:
            parts = [("publisher", "quoted" if asked.quoted else "plain"), self.by_rules(asked, option)]
        else:
            parts = self.parts_told(asked, option)
            parts.append(self.by_rules(asked, option))
        if asked.scope != "incident":
            parts.append(("voice of", asked.scope, OWN if option.key == OWN else "source"))
        return parts

    def own_telling(self, asked: Asked) -> list[Part]:
        """What speaks for the outlet's own voice in how a claim is told, and among those who speak around it."""
        heard = self.heard(asked)
        between_one = heard.before is not None and heard.before == heard.after
        spoken = self.spoken.by_anybody(asked.at)
        return [
            ("own telling", self.telling(asked, asked.sentence), self.told_again(asked)),
            ("own among", between_one, asked.where, self.sibling_spoken(asked), spoken),
        ]

    def parts_told(self, asked: Asked, option: Option) -> list[Part]:
        """What speaks for a voice that the page names, by where its words stand."""
        quoted = "quoted" if asked.quoted else "plain"
        apart, *rest = self.ground.apart("voice apart", asked, option)
        parts: list[Part] = [(*apart, quoted), *rest]
        if option.sentence in asked.again:
            parts.append(("voice again", self.telling(asked, asked.sentence), self.telling(asked, option.sentence)))
        elsewhere = option.sentence != asked.sentence
        if elsewhere:
            parts.append(("voice elsewhere", self.heard(asked).sayings, asked.quoted))
        if asked.quoted:
            parts.append(("quotation", self.spoken.by(asked.at, option), elsewhere))
        if elsewhere:
            parts += self.company(asked, option)
        parts.append(("voice turns", *self.row.turns(asked, option)[1:], quoted))
        return parts

    def company(self, asked: Asked, option: Option) -> list[Part]:
        """What else tells of a source of another sentence: who speaks around the claim, what it tells as well."""
        heard = self.heard(asked)
        parts: list[Part] = [("voices around", heard.before == option.key, heard.after == option.key, asked.where)]
        if option.sentence in self.siblings.get(asked.sentence, ()) and not retold(asked, option):
            parts.append(("sibling", asked.where))
        return parts

    def heard(self, asked: Asked) -> Heard:
        """Who speaks around a claim, looked up once for all its voices."""
        if self.last[0] is not asked:
            at, options = self.row.before(asked), self.row.options
            before, after = reversed(options[max(0, at - NEAR) : at]), options[at : at + NEAR]
            sayings = sum(a.speaks for a in self.ground.told[asked.sentence].attributions)
            last, following = (next((o.key for o in side if speaks(o)), None) for side in (before, after))
            self.last = asked, Heard(last, following, min(2, sayings), self.ground.near(self.row, asked))
        return self.last[1]

    def sibling_spoken(self, asked: Asked) -> bool:
        """Whether a source tells another figure of a claim's sentence, and nobody tells its own."""
        told = self.siblings.get(asked.sentence, ())
        return bool(told) and not asked.again and any(o.sentence in told for o in self.heard(asked).near)

    def own_part(self, asked: Asked) -> Part:
        """What speaks for the outlet's own voice."""
        near = self.heard(asked).near
        beside = sum(o.block == asked.block for o in near)
        again = any(o.sentence in asked.again for o in near)
        count = self.heard(asked).sayings, self.count, min(2, len(asked.again)), min(2, beside)
        return OWN, asked.where, asked.quoted, self.first_person, *count, again

    def telling(self, asked: Asked, sentence: int) -> str:
        """How a sentence tells a claim's figure."""
        return self.tellings.get((sentence, figure_of(asked.claim)), "new")

    def told_again(self, asked: Asked) -> str:
        """How a claim's figure is told again where a source speaks; "" where it is not."""
        sources = {o.sentence for o in self.heard(asked).near}
        told = {self.telling(asked, n) for n in sources if n in asked.again}
        return next((how for how in ("new", "one", "known") if how in told), "")

    def by_rules(self, asked: Asked, option: Option) -> Part:
        """How a voice stands to the one that the claim's own paragraph let speak."""
        given = asked.claim.speaker or asked.claim.speaker_org
        own = OWN if option.key == OWN else "source"
        if given is None:
            return "voice rules", "none", "", own
        how = given.rule if isinstance(given, Inferred) else "words"
        voice = option.value.speaker or option.value.org
        agree = voice is not None and voice.value.text == given.value.text
        return "voice rules", "agree" if agree else "say another", how, own

    def of(self, asked: Asked) -> list[Option]:
        """The voices that may say a claim; who denies something says only the sentence of the denial."""
        near = [o for o in self.heard(asked).near if o.sentence == asked.sentence or not denies(o)]
        return [*near, *self.of_page]


def speaks(option: Option) -> bool:
    """Whether an option is no mere carrier of what others say."""
    return option.own[0] != "carrier"


def is_outlet(option: Option) -> bool:
    """Whether an agency or a paper speaks as a source."""
    org = option.value.org
    return option.own[0] == "source" and org is not None and org.value.kind in OUTLETS


def denies(option: Option) -> bool:
    """Whether a source only denies what it is heard on."""
    attribution = option.value.attribution
    return attribution is not None and attribution.stance == "denies"


def tells_own_act(claim: Claim) -> bool:
    """Whether a party says in its own words what it did: "The Taliban claimed to have killed 25 soldiers"."""
    org, actors = claim.speaker_org, claim.actors
    doer = bool(actors) and isinstance(actors[0], Mention)
    return org is not None and doer and org.value.id is not None and org.value.id == actors[0].value.id


def keeps_voice(claim: Claim) -> bool:
    """Whether a claim keeps its voice: a denial, and what a party says of its own act, stay with their sentence."""
    return (claim.stance is not None and claim.stance.value == "denies") or tells_own_act(claim)


def give_voice(claim: Claim, weighed: Weighed, page: Page, issuer: Speaking | None) -> None:
    """Lets the likeliest voice say a claim, with what its word of saying does to it; the outlet's is its issuer's."""
    key, _ = likeliest(weighed.highest([o.key for o in weighed.options]))
    option = weighed.best(key)
    speaking: Speaking = issuer if issuer is not None and key == OWN else option.value
    if same_voice(speaking.speaker, claim.speaker) and same_voice(speaking.org, claim.speaker_org):
        return
    here = option.at >= 0 and claim.sentence.start <= page.tokens.starts[option.at] < claim.sentence.end
    said = speaking if here else elsewhere(speaking)
    claim.speaker, claim.speaker_org, claim.said_on = said.speaker, said.org, said.said_on
    claim.carriers = tuple(said.attribution.carriers) if said.attribution is not None else ()
    own_act(claim, page.vocabulary.registers.kinds[claim.kind.value])
    if claim.stance is None or claim.stance.rule not in OWN_STANCES:
        claim.stance = stance_of(claim, said)


def same_voice(a: Value[Any] | None, b: Value[Any] | None) -> bool:
    """Whether two values name the same, or both nobody."""
    return a is b or (a is not None and b is not None and a.value == b.value)


def elsewhere(speaking: Speaking) -> Speaking:
    """A voice as it is carried to another sentence: who and when, without its word of saying."""
    rule = "reading/scenes:voice"
    speaker, org, day = speaking.speaker, speaking.org, speaking.said_on
    return Speaking(
        None if speaker is None else inferred(speaker, rule), None if org is None else inferred(org, rule),
        None if day is None else inferred(day, rule), attribution=speaking.attribution,
    )  # fmt: skip


def key_of(speaking: Speaking) -> Hashable:
    """What tells one voice from another: the register's id, else the last word of the name."""
    speaker, org = speaking.speaker, speaking.org
    known = speaker.value.id if speaker is not None else None
    if known is None and org is not None:
        known = org.value.id or (last_word(org.value.text) if speaker is None else None)
    return known or (last_word(speaker.value.text) if speaker is not None else "")


def last_word(text: str) -> str:
    """The word by which a short form of a name is known."""
    return text.split()[-1].casefold() if text.split() else ""
