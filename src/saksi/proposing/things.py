"""What a proposed claim is about: the word of its happening and the thing that it counts."""

from __future__ import annotations

from saksi.languages.tokens import fold
from saksi.proposing.laid import Laid
from saksi.proposing.quotes import Range
from saksi.reading.claims.claim import Claim
from saksi.reading.clauses.groups import Group
from saksi.reading.mentions.numbers import Number
from saksi.reading.values import Inferred, Mention, Span, Target, Value

KIND = "reading/proposing:kind"


def kind_at(laid: Laid, kind: str, number: Number) -> Value[str]:
    """The kind, on the nearest word of its sentence that may tell it; on the number's own words where none does."""
    page, registers = laid.page, laid.page.vocabulary.registers
    told = laid.sentence(number.i)
    assert told is not None
    words = [
        (abs(k - number.i), k, j, form)
        for k in range(told.sentence.i, told.sentence.j)
        if (hit := page.layered["event"].get(k)) is not None
        for j, form in (hit,)
        if registers.is_a(form.value, kind) or registers.is_a(kind, form.value)
    ]
    if not words:
        return Inferred(kind, "span", KIND, page.span(number.i, number.j))
    _, i, j, form = min(words, key=lambda w: w[:2])
    exact = form.value == kind
    return Mention(page.span(i, j), kind, form.rule) if exact else Inferred(kind, "span", KIND, page.span(i, j))


def thing_of(laid: Laid, claim: Claim, number: Number, words: Range | None) -> tuple[Span | None, Value[Target] | None]:
    """The counted noun as written and the class it is of: by the number's own group, else by the words proposed."""
    page, registers = laid.page, laid.page.vocabulary.registers
    counts_events = registers.kinds[claim.kind.value].counts == "events"
    theme = registers.kinds[claim.kind.value].theme
    group = group_of(laid, number)
    if group is not None and group.unit_i >= 0:
        unit = page.span(group.unit_i, group.unit_j)
        if counts_events or (group.event and not group.object_class):
            return unit, themed(claim, theme)
        return unit, Mention(unit, target_of(laid, group.object_class or theme, unit.text, group.traits), group.rule)
    if words is None or words[0] < number_end(laid, number) <= words[1] or counts_events:
        return None, themed(claim, theme)
    return thing_named(laid, claim, words)


def thing_named(laid: Laid, claim: Claim, words: Range) -> tuple[Span, Mention[Target]]:
    """What some words say is counted."""
    theme = laid.page.vocabulary.registers.kinds[claim.kind.value].theme
    unit = Span(words[0], words[1], laid.at(words))
    noun = noun_in(laid, words)
    cls, traits = (noun[0] or theme, noun[1]) if noun is not None else (theme, {})
    return unit, Mention(unit, target_of(laid, cls, unit.text, traits), KIND)


def themed(claim: Claim, theme: str | None) -> Value[Target] | None:
    """What is counted where no noun says it: the theme of the kind."""
    return Inferred(Target(theme, ""), "span", "registers/events:theme", claim.kind.span) if theme else None


def number_end(laid: Laid, number: Number) -> int:
    """Where a number ends, in characters."""
    return laid.page.span(number.i, number.j).end


def target_of(laid: Laid, cls: str | None, text: str, traits: dict[str, str]) -> Target:
    """A target of a class with what its noun says of people."""
    known = laid.page.vocabulary.registers.classes.get(cls or "")
    status = traits.get("status") or (known.status if known is not None else None)
    return Target(cls, text, traits.get("age"), traits.get("sex"), status)


def group_of(laid: Laid, number: Number) -> Group | None:
    """The noun group of a number."""
    told = laid.sentence(number.i)
    groups = (i.group for i in told.items if i.group is not None) if told is not None else ()
    return next((g for g in groups if g.number is not None and g.number.i == number.i), None)


def noun_in(laid: Laid, words: Range) -> tuple[str | None, dict[str, str]] | None:
    """The class and traits of the noun in some words: the last where heads stand last, else the first."""
    i, j = laid.tokens(words)
    nouns = [laid.page.nouns[k][1] for k in range(i, j) if k in laid.page.nouns]
    nouns = [n for n in nouns if n.layer == "object"]
    if not nouns:
        return None
    head = nouns[0] if laid.page.vocabulary.head_first else nouns[-1]
    return head.value, dict(head.data)


def shares_word(claim: Claim, words: str) -> bool:
    """Whether some words hold one of those that a claim's counted noun has; a claim without a noun has all."""
    own = fold(f"{claim.target.value.text if claim.target else ''} {claim.unit.text if claim.unit else ''}").split()
    return not own or not set(own).isdisjoint(fold(words).split())
