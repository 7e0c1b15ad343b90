"""What sort of total a number is, whether it is meant to be whole, and how the claims of a list are tied."""

from __future__ import annotations

from collections.abc import Iterator

from saksi.reading.claims.bare import is_kin
from saksi.reading.claims.claim import Claim, Relation
from saksi.reading.claims.discourse import Told
from saksi.reading.claims.retold import befalls_others
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.persons import Person
from saksi.reading.clauses.taking import Event, Part
from saksi.reading.pages.page import Page
from saksi.reading.values import Inferred, Mention, Period, Span, Value
from saksi.registers.load import Registers

TOTAL_BEFORE, TOTAL_AFTER = 30, 40  # characters between "total" and its figure


def frame(claim: Claim, told: Told, page: Page) -> None:
    """Says whether a number is a stock or comes on top, and whether it is meant to be whole; totals.py has the rest."""
    words = {i.form.value for i in told.items if i.form is not None and i.form.layer == "scope"}
    if "complete" in words and not near_total(claim, told, page):
        words.discard("complete")
    registers = page.vocabulary.registers
    claim.scope = "incident"
    if claim.kind.value == "strength":
        claim.scope = "stock"
    elif "increment" in words:
        claim.scope = "increment"
    claim.complete = complete(claim, words, registers)


def near_total(claim: Claim, told: Told, page: Page) -> bool:
    """Whether a word for all there were stands beside a claim's own figure, not beside another of its sentence."""
    begin, end = claim.anchor.start, claim.anchor.end
    for item in told.items:
        if item.form is not None and item.form.layer == "scope" and item.form.value == "complete":
            span = page.span(item.i, item.j)
            if -TOTAL_AFTER <= begin - span.end <= TOTAL_BEFORE and span.start - end <= TOTAL_AFTER:
                return True
    return False


def complete(claim: Claim, words: set[str], registers: Registers) -> bool | None:
    """True for a party's own acts in a report on a stated area and period, or by its words."""
    if claim.quantity is None:
        return None
    if "complete" in words and claim.quantity.value.exact:
        return True
    if "incomplete" in words or claim.quantity.value.high is None:
        return False
    if claim.scope == "increment":
        return None  # what is reported late comes on top of what was told
    org = claim.speaker_org.value.id if claim.speaker_org else None
    own = any(a.value.id == org for a in claim.actors) if org else False
    actor = registers.actors.get(org or "")
    whole = actor is not None and actor.complete and own and bool(claim.places)
    return True if whole else None


def relate(page: Page, fresh: list[Claim], siblings: list[Claim], part: Part | Person | None) -> None:
    """Ties a list's items: a subset to its whole, the others apart from each other."""
    if part is None or not siblings or not fresh:
        return
    if isinstance(part, Part) and part.subset:
        word = part.subset_word
        span = page.span(word.i, word.j) if word else None
        whole = whole_of(fresh[0], siblings)
        if whole is None:
            return
        fresh[0].relations += (Relation("part_of", whole.id, span),)
        if part.group.object_class == "attacker":
            whole.includes_perpetrators = True
        return
    whole = named_of(page, siblings, part.of) if isinstance(part, Person) and part.of is not None else None
    for claim in fresh:
        if whole is not None:
            claim.relations += (Relation("part_of", whole.id),)
        apart = (s for s in siblings if s.anchor != claim.anchor and s is not whole)
        claim.relations += tuple(Relation("apart_from", s.id) for s in apart)


def named_of(page: Page, siblings: list[Claim], group: Group) -> Claim | None:
    """The claim that counts those of whom one is named."""
    span = page.span(group.unit_i, group.unit_j) if group.unit_i >= 0 else None
    return next((s for s in siblings if span is not None and s.unit == span), None)


def whole_of(part: Claim, told: list[Claim]) -> Claim | None:
    """The claim told beside a part that it can be part of: no part of another beside it, and not smaller."""
    whole = (c for c in told if not is_less(c, part))
    return next((c for c in whole if all(r.type != "part_of" or r.inferred for r in c.relations)), None)


def is_less(one: Claim, other: Claim) -> bool:
    """Whether a claim's highest figure is under another's lowest."""
    if one.quantity is None or other.quantity is None or one.quantity.value.high is None:
        return False
    return one.quantity.value.high < (other.quantity.value.low or 0)


def elsewhere(claim: Claim, told: list[Claim]) -> Iterator[Claim]:
    """The claims of a claim's kind that other sentences told, the last first."""
    return (c for c in reversed(told) if c.kind.value == claim.kind.value and c.sentence != claim.sentence)


def member_class(group: Group) -> str | None:
    """What "members" of a party are: fighters of an armed group, soldiers of an army."""
    if group.object_class != "person" or group.owner is None or group.traits.get("status"):
        return group.object_class
    if group.rule != "objects:person" or group.traits:
        return group.object_class
    kind = group.owner.actor.kind
    return {
        "rebel": "fighter",
        "militia": "fighter",
        "state_force": "soldier",
        "police": "police",
    }.get(kind or "", "person")


def own_period(claim: Claim, event: Event, period: Value[Period] | None) -> Value[Period] | None:
    """The event's period; what goes on has no ends, what is planned begins with its saying."""
    said = claim.said_on
    if claim.stance is not None and claim.stance.value in ("plans", "fears"):
        if said is None:
            return None
        return Inferred(Period(said.value, None, "after"), "span", "reading/framing:after-saying", said.span)
    if event.ongoing is not None and not isinstance(period, Mention):
        return Inferred(Period(None, None, "ongoing"), "default", "language:continue")
    if event.kind == "campaign_continues" and said is not None:
        return Inferred(Period(said.value, said.value, "day"), "span", "reading/draft:as-of-saying", said.span)
    return period


def relate_to_told(page: Page, fresh: list[Claim], told: list[Claim], event: Event, part: Part | Person | None) -> None:
    """Ties "three of the dead", "three were among the dead" to the last larger figure of that kind: a part of it."""
    people = page.vocabulary.people
    if event.of_told:
        words = page.span(event.i, event.j)
        tie_to_whole([c for c in fresh if not told_again(c, told, words)], told, words=words)
        return
    if part is None or isinstance(part, Person):
        restate_person(fresh, told, part, people)
        return
    if is_of_some(page, part.group) or of_those_told(page, event, part.group):
        number = part.group.number
        of = number.whole[0] if number is not None and number.whole is not None else None
        tie_to_whole(fresh, told, own=of_their_own(page, part.group), of=of)
    elif page.function(part.group.i, "that") is None:  # "he said that six people were killed"
        restate_definite([c for c in fresh if not befalls_others(c, page)], told, part, people)


def told_again(claim: Claim, told: list[Claim], words: Span) -> bool:
    """Ties "the victim was a teacher" to the last figure of its kind where that is as many: the same people."""
    last = next(elsewhere(claim, told), None)
    if last is None or not same_number(claim, last):
        return False
    claim.relations += (Relation("restates", last.id, words, True),)
    return True


def tie_to_whole(
    fresh: list[Claim], told: list[Claim], *, words: Span | None = None, own: bool = False, of: int | None = None
) -> None:
    """Ties claims to the last figure of their kind that they can be part of."""
    for claim in fresh:
        wholes = (
            c for c in elsewhere(claim, told) if (not own or same_number(claim, c)) and (of is None or counts(c, of))
        )
        whole = next((c for c in wholes if may_be_of(claim, c)), None)
        if whole is not None:
            claim.relations += (Relation("part_of", whole.id, words, True),)


def may_be_of(claim: Claim, whole: Claim) -> bool:
    """Whether some can be of a whole: "one of the gunmen" is none of the farmers told before."""
    if claim.quantity is None or whole.quantity is None:
        return False
    part, most = claim.quantity.value.low or 0, whole.quantity.value.low or 0
    a, b = (c.target.value.status if c.target else None for c in (claim, whole))
    return most >= max(part, 2) and (a is None or b is None or a == b)


def counts(claim: Claim, number: int) -> bool:
    """Whether a claim counts just so many: "seven of the nine" are of nine told before."""
    return claim.quantity is not None and claim.quantity.value.low == claim.quantity.value.high == number


def of_their_own(page: Page, group: Group) -> bool:
    """Whether some are of somebody's own people: "three of their fighters" are not of twelve that others told."""
    owners = page.vocabulary.data["saying"].get("possessives", ())
    behind = group.number.j if group.number is not None else group.i
    return any(word in owners for word in page.norms[behind : behind + 2])


def is_of_some(page: Page, group: Group) -> bool:
    """Whether some are told of as a part: "three of the dead"; "one of the most famous judges" is of nobody else."""
    number = group.number
    if number is not None and number.whole is not None:
        return True
    begin = number.j if number is not None else group.i
    famed = page.vocabulary.data["numbers"].get("famed", ())
    return group.partitive and not any(page.any_at(k, famed) for k in range(begin, group.j))


def of_those_told(page: Page, event: Event, group: Group) -> bool:
    """Whether an act's words mean those told before: "two were among those hurt", "those hurt included two"."""
    words = page.vocabulary.data["constructions"]
    if page.any_before(event.i, words.get("among", ())):
        return True
    of_told = page.any_before(event.i, words.get("of_told", ()))
    return of_told and bool(page.begun(words.get("listed", ()), event.j, group.i))


def restate_definite(fresh: list[Claim], told: list[Claim], part: Part, people: frozenset[str]) -> None:
    """Ties "the insurgents", "both men", "kedua prajurit" to what was told of them before: the same people.

    Only where the same kind was told of a class that the words can mean; a first "the soldiers" is news.
    """
    number = part.group.number
    both = number is not None and number.kind == "both"
    if not both and not part.group.definite:
        return
    alike = number is not None and not both
    for claim in (c for c in fresh if persons(c, people)):
        same = (c for c in elsewhere(claim, told) if persons(c, people) and (not alike or same_number(claim, c)))
        first = next((c for c in same if both or same_people(claim, c)), None)
        if first is not None:
            claim.relations = (*claim.relations, Relation("restates", first.id, None, True))


def restate_person(fresh: list[Claim], told: list[Claim], person: Person | None, people: frozenset[str]) -> None:
    """Ties "he" to the one person of whom the same was told before."""
    if person is None or not person.back:
        return
    for claim in fresh:
        same = (c for c in reversed(told) if c.kind.value == claim.kind.value and persons(c, people))
        first = next((c for c in same if c.quantity and (c.quantity.value.low == 1) != person.many), None)
        if first is not None:
            claim.relations = (*claim.relations, Relation("restates", first.id, None, True))


def persons(claim: Claim, people: frozenset[str]) -> bool:
    """Whether a claim counts people by what they are, not zero of them, and not as somebody's kin."""
    if is_kin(claim) or claim.target is None or claim.negated:
        return False
    return claim.target.value.object_class in people


def same_number(claim: Claim, first: Claim) -> bool:
    """Whether two claims count alike: "the three killed" after three were killed."""
    values = [c.quantity.value if c.quantity is not None else None for c in (claim, first)]
    return values[0] is not None and values[0] == values[1]


ARMED = frozenset(("person", "fighter", "suspect"))


def same_people(claim: Claim, first: Claim) -> bool:
    """Whether the words of one can mean the people of the other: "the men" are fighters told before."""
    a, b = (c.target.value.object_class if c.target else None for c in (claim, first))
    return a == b or {a, b} <= ARMED or (a == "person" and same_number(claim, first))
