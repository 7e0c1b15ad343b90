"""Grounds proposals: each quote is found in the text and read there, or refused with its reason.

A claim enters by its number, whose words must be a number that counts; a field whose words do not ground is left
out, and the rules fill it where they can. What is refused is kept and counted, never entered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from saksi.proposing.again import tell_again
from saksi.proposing.days import days_of, lasting, lies_ahead, meant_of, since_of, today, until_now
from saksi.proposing.grounded import Grounded
from saksi.proposing.laid import Laid
from saksi.proposing.places import Places, land_of, places_of, settle_lands
from saksi.proposing.quotes import Range, nearest
from saksi.proposing.schema import OTHER, Proposal
from saksi.proposing.things import kind_at, shares_word, thing_named, thing_of
from saksi.proposing.voices import is_issuer, speak, voice_of
from saksi.proposing.words import NEGATION, ZERO, Refused, number_of
from saksi.reading.claims.claim import Claim, Relation, claim_id
from saksi.reading.claims.revise import told_before
from saksi.reading.claims.speakers import Speaking
from saksi.reading.mentions.numbers import Number
from saksi.reading.scenes.ground import carried
from saksi.reading.values import Mention, Period, Value

ABSENT = "the words do not stand in the text"
RULE = "reading/proposing:quote"
STRENGTH = "strength"  # how many there are: without days of its own, on the day of publication


class Refusal(msgspec.Struct, frozen=True):
    """A field of a proposal that did not enter: its words and why; a refused number refuses the claim."""

    field: str
    quote: str
    reason: str
    proposal: Proposal


class Grounding:
    """The proposals of one document, grounded one after another in the order they were made."""

    def __init__(self, laid: Laid) -> None:
        self.laid, self.window = laid, (0, len(laid.page.text))
        self.grounded: list[Grounded] = []
        self.refused: list[Refusal] = []
        self.used: set[tuple[int, str]] = set()
        self.twins: set[str] = set()

    def all(self, proposals: Iterable[Proposal], parts: Sequence[Range] = ()) -> Grounding:
        """Grounds some proposals, each from a part of the text where parts are given; one told twice enters once."""
        for number, each in enumerate(proposals):
            self.window = parts[number] if parts else self.window
            self.one(each)
        for made in self.grounded:
            if not lies_ahead(made.claim, self.laid.page.published):
                told_before(made.claim, self.laid.page)
        tell_again(self.grounded, self.laid)
        settle_lands([g.claim for g in self.grounded if "place" in g.given])
        self.relate()
        return self

    def one(self, proposal: Proposal) -> None:
        """Grounds one proposal or refuses it."""
        if proposal.kind == OTHER:
            return self.refuse(proposal, "kind", proposal.kind, "none of the kinds that are kept")
        at = self.number_at(proposal)
        number = at if isinstance(at, Refused) else number_of(self.laid, at)
        if isinstance(number, Refused):
            return self.refuse(proposal, "number", proposal.number, number.reason)
        if (number.i, proposal.kind) in self.used:
            return self.refuse(proposal, "number", proposal.number, "proposed before")
        self.used.add((number.i, proposal.kind))
        self.grounded.append(self.claim(proposal, number))
        return None

    def refuse(self, proposal: Proposal, field: str, quote: str, reason: str) -> None:
        """Keeps what did not enter."""
        self.refused.append(Refusal(field, quote, reason, proposal))

    def number_at(self, proposal: Proposal) -> Range | Refused:
        """Where the number's words stand: inside the words around it, of several the one before what is counted."""
        quotable = self.laid.quotable
        around = self.inside([p for piece in quotable.pieces(proposal.around) for p in quotable.places(piece)])
        found = [place for a in around for place in quotable.within(proposal.number, a)]
        if not around:
            found = quotable.places(proposal.number)
            if len(found) != 1:
                return Refused(f"the words around it do not stand in the text: {proposal.around!r}")
        if not found:
            return Refused("the words do not stand among the words around them")
        free = [p for p in found if (self.laid.tokens(p)[0], proposal.kind) not in self.used] or found
        counts = [p for p in free if self.counted_after(p, proposal.counted)]
        return (counts or free)[0]

    def inside(self, places: list[Range]) -> list[Range]:
        """Those of some ranges that lie in the window that was asked about; all where none does."""
        return [p for p in places if self.window[0] <= p[0] < self.window[1]] or places

    def counted_after(self, number: Range, counted: str | None) -> bool:
        """Whether what is counted follows a number at once."""
        rest = self.laid.page.text[number[1] :].lstrip()
        return counted is not None and rest.startswith(counted)

    def quote(self, proposal: Proposal, field: str, near: int) -> Range | None:
        """Where the words of a field stand, of several the nearest to the claim; refused where nowhere."""
        return next(iter(self.quotes(proposal, field, near)), None)

    def quotes(self, proposal: Proposal, field: str, near: int) -> list[Range]:
        """Where the words of a field stand, piece by piece where some are left out between them ("3 May ... 9 May")."""
        words = getattr(proposal, field)
        if words is None:
            return []
        found = [nearest(self.laid.quotable.anywhere(piece), near) for piece in self.laid.quotable.pieces(words)]
        if found and None not in found:
            return [place for place in found if place is not None]
        self.refuse(proposal, field, words, ABSENT)
        return []

    def claim(self, proposal: Proposal, number: Number) -> Grounded:
        """The claim that a proposal is, over the rules' claim of the same number where there is one."""
        laid, page = self.laid, self.laid.page
        twin = self.twin(proposal, number)
        claim = msgspec.structs.replace(twin) if twin is not None else self.fresh(number)
        given = {"claim", "number", "kind"}
        if twin is None or twin.kind.value != proposal.kind:
            claim.kind = kind_at(laid, proposal.kind, number)
        claim.negated = claim.negated or number.rule == NEGATION
        claim.counts = page.vocabulary.registers.kinds[proposal.kind].counts
        if twin is None or twin.kind.value != proposal.kind:
            self.thing(claim, proposal, number, given)
        else:
            self.same_thing(claim, proposal, given)
        if twin is None:
            laid.fill(claim)
        self.place(claim, proposal, given)
        self.days(claim, proposal, given)
        self.voice(claim, proposal, given)
        return Grounded(claim, frozenset(given), twin.id if twin is not None else None, proposal)

    def twin(self, proposal: Proposal, number: Number) -> Claim | None:
        """The rules' claim of the same number, of several that of the same kind; each is taken once.

        Nobody is no number's twin: "no" may stand where the rules read "no more than 5".
        """
        start = self.laid.page.span(number.i, number.j).start
        here = [c for c in self.laid.reading.claims if c.quantity is not None and c.id not in self.twins]
        here = [c for c in here if told_at(c) == start and (c.negated or c.anchor.start == start)]
        here = [c for c in here if number.rule != NEGATION or c.negated or is_zero(c)]
        best = min(here, key=lambda c: (c.kind.value != proposal.kind, c.ordinal), default=None)
        if best is not None:
            self.twins.add(best.id)
        return best

    def fresh(self, number: Number) -> Claim:
        """A claim of which only the number is known."""
        page = self.laid.page
        anchor, told = page.span(number.i, number.j), self.laid.sentence(number.i)
        assert told is not None
        taken = {c.ordinal for c in self.laid.reading.claims if c.anchor == anchor}
        taken |= {g.claim.ordinal for g in self.grounded if g.claim.anchor == anchor}
        ordinal = next(n for n in range(len(taken) + 1) if n not in taken)
        return Claim(
            id=claim_id(page.document.id, anchor, ordinal), anchor=anchor, ordinal=ordinal,
            sentence=page.at(told.sentence.start, told.sentence.end), scope="incident",
            kind=Mention(anchor, "statement", RULE), quantity=Mention(anchor, number.quantity, number.rule),
        )  # fmt: skip

    def thing(self, claim: Claim, proposal: Proposal, number: Number, given: set[str]) -> None:
        """Gives a claim what it counts: the noun group of its number, else the words that the proposal names."""
        near = claim.anchor.end
        words = self.quote(proposal, "counted", near)
        claim.unit, claim.target = thing_of(self.laid, claim, number, words)
        if words is not None and claim.target is not None:
            given.add("target")

    def same_thing(self, claim: Claim, proposal: Proposal, given: set[str]) -> None:
        """Checks what the rules say a claim counts by the words of the proposal; where none is theirs, it counts those.

        Words that are the number itself say nothing of what it counts.
        """
        words = self.quote(proposal, "counted", claim.anchor.end)
        if words is None or words[0] < claim.anchor.end <= words[1]:
            return
        if not shares_word(claim, self.laid.at(words)):
            claim.unit, claim.target = thing_named(self.laid, claim, words)
        given.add("target")

    def place(self, claim: Claim, proposal: Proposal, given: set[str]) -> None:
        """Gives a claim the places that the proposal's words name."""
        words = self.quotes(proposal, "place", claim.anchor.start)
        told = [places_of(self.laid, each, land_of(self.laid, claim, each)) for each in words]
        refused = next((p for p in told if isinstance(p, Refused)), None)
        if refused is not None:
            self.refuse(proposal, "place", str(proposal.place), refused.reason)
        elif told:
            places: Places = tuple(p for each in told if not isinstance(each, Refused) for p in each)
            claim.places = tuple(carried(p, claim, RULE) for p in places)
            given.add("place")

    def days(self, claim: Claim, proposal: Proposal, given: set[str]) -> None:
        """Gives a claim the days that the proposal's words tell; a running total begins where its words say.

        The days of a running total tell until when it was counted; without them it goes on to publication.
        """
        days, since = (self.quotes(proposal, field, claim.anchor.start) for field in ("days", "running_total_since"))
        told: Value[Period] | None = None
        if days and days != since:
            told = self.entered(proposal, "days", meant_of(self.laid, claim, days_of(self.laid, *days)))
        if since:
            until = told.value.end if told is not None else self.laid.page.published
            total = self.entered(proposal, "running_total_since", since_of(self.laid, since[0], until))
            told, claim.scope = (total, "cumulative") if total is not None else (told, claim.scope)
        elif told is not None:
            goes_on = self.laid.quotable.is_open(str(proposal.days))
            told = until_now(self.laid, told) if goes_on else lasting(self.laid, claim, told)
        if claim.kind.value == STRENGTH:
            claim.scope = "stock"
            claim.period = today(self.laid.page.published) or claim.period
        if told is not None:
            claim.period = carried(told, claim, RULE)
            given.add("days")

    def entered(self, proposal: Proposal, field: str, told: Value[Period] | Refused) -> Value[Period] | None:
        """The days that some words tell; refused where they tell none."""
        if isinstance(told, Refused):
            self.refuse(proposal, field, str(getattr(proposal, field)), told.reason)
            return None
        return told

    def voice(self, claim: Claim, proposal: Proposal, given: set[str]) -> None:
        """Lets those say a claim whom the proposal's words name; without words the outlet itself does.

        Its own word is that of its publisher or of whom its heading announces, where the rules know it as a statement.
        """
        kind = self.laid.page.vocabulary.registers.kinds[claim.kind.value]
        if proposal.speaker is None:
            if not is_issuer(self.laid, claim.speaker_org or claim.speaker):
                speak(claim, Speaking(), kind)
                given.add("speaker")
            return
        words = self.quote(proposal, "speaker", claim.anchor.start)
        speaking = voice_of(self.laid, words) if words is not None else None
        if isinstance(speaking, Refused):
            self.refuse(proposal, "speaker", proposal.speaker, speaking.reason)
        elif speaking is not None:
            speak(claim, speaking, kind)
            given.add("speaker")

    def relate(self) -> None:
        """Ties each part to the claim of its whole, the nearest of those words."""
        for each in self.grounded:
            words = each.proposal.part_of
            if words is None or any(r.type == "part_of" for r in each.claim.relations):
                continue
            wholes = [g for g in self.grounded if g is not each and g.proposal.number == words]
            whole = min(wholes, key=lambda g: abs(g.claim.anchor.start - each.claim.anchor.start), default=None)
            if whole is None:
                self.refuse(each.proposal, "part_of", words, "no claim has this number")
            elif not above(each.claim, whole.claim):
                self.refuse(each.proposal, "part_of", words, "the part is greater than the whole")
            else:
                relation = Relation("part_of", whole.claim.id, whole.claim.anchor)
                each.claim.relations = (*each.claim.relations, relation)


def told_at(claim: Claim) -> int | None:
    """Where the words of a claim's number begin."""
    return claim.quantity.span.start if claim.quantity is not None and claim.quantity.span is not None else None


def is_zero(claim: Claim) -> bool:
    """Whether a claim counts none."""
    return claim.quantity is not None and claim.quantity.value == ZERO


def above(part: Claim, whole: Claim) -> bool:
    """Whether a part is not greater than its whole."""
    a, b = (c.quantity.value if c.quantity is not None else None for c in (part, whole))
    return a is None or b is None or a.low is None or b.high is None or a.low <= b.high
