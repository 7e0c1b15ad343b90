"""Second look at a document's claims, when all of it has been read.

A lead's strikes take the period that a later sentence gives "those strikes"; a headline takes what
the body says; what is told with "after" lies before what it came after; mentions of one status share
the tightest bound that any of them has.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain

import msgspec

from saksi.reading.claims.areas import place_totals
from saksi.reading.claims.claim import Claim
from saksi.reading.claims.discourse import Places, Told, inferred, points_back
from saksi.reading.claims.retold import in_headline, tie_retellings
from saksi.reading.claims.totals import SUMMED, read_totals
from saksi.reading.pages.page import Page
from saksi.reading.values import Inferred, Mention, Period, Span, Value

NEXT_SENTENCE = 250  # characters within which what was hit is told after the strikes
STATUS = frozenset(("declare_victory", "declare_ceasefire"))


def revise(claims: list[Claim], told: list[Told], page: Page) -> None:
    """Fills periods and places that only the rest of the document can give."""
    by_sentence = sentence_numbers(claims, told)
    read_totals(claims, told, page)
    place_totals(claims, told, page)
    for claim in claims:
        if claim.period is None and claim.counts == "events":
            claim.period = later_period(claim, claims, told, by_sentence, page)
        if not claim.places and claim.kind.value not in STATUS and claim.scope not in SUMMED:
            claim.places = later_places(claim, told, by_sentence)
    take_lead(claims)
    for claim in claims:
        if claim.period is None and in_headline(claim, page) and not after_word(claim, told, by_sentence):
            claim.period = body_period(claim, claims, page)
    beside: dict[Span, list[Claim]] = {}
    for claim in claims:
        beside.setdefault(claim.sentence, []).append(claim)
    status = [c for c in claims if c.kind.value in STATUS]
    for n, claim in enumerate(claims):
        if after_word(claim, told, by_sentence) and not isinstance(claim.period, Mention):
            pointed = range(n - 1, -1, -1) if points(told[by_sentence[claim.id]], page) else ()
            back = (claims[k] for k in pointed if claims[k].counts == "events")
            claim.period = before_main(claim, chain(beside[claim.sentence], back, status)) or claim.period


def conclude(claims: list[Claim], page: Page) -> None:
    """What is settled last: days that mentions share, what is told again, what was over when it was told."""
    share_status(claims)
    tie_retellings(claims, page)
    for claim in claims:
        told_before(claim, page)
        if claim.kind.value == "strength" and claim.period is None and page.published:
            day = page.published
            claim.period = Inferred(Period(day, day, "day"), "published", "reading/revise:as-of-publication")


def told_before(claim: Claim, page: Page) -> None:
    """Ends a month or a year that is under way with the day of the report: what happened was over when it was told."""
    period, published = claim.period, page.published
    stance = claim.stance.value if claim.stance else None
    if period is None or published is None or stance in ("plans", "fears"):
        return
    start, end = period.value.start, period.value.end
    if start is not None and end is not None and start <= published < end:
        claim.period = msgspec.structs.replace(period, value=msgspec.structs.replace(period.value, end=published))


def sentence_numbers(claims: list[Claim], told: list[Told]) -> dict[str, int]:
    """For each claim the number of its sentence."""
    starts = {t.sentence.start: n for n, t in enumerate(told)}
    return {c.id: starts[c.sentence.start] for c in claims}


def take_lead(claims: list[Claim]) -> None:
    """Gives a release's later totals, and what stands in one sentence block with them, the lead's days.

    "179 strikes between 27 January and 9 February ... In Syria, the coalition conducted 176 strikes."
    """
    lead = next((c for c in claims if c.counts == "events" and c.actors and isinstance(c.period, Mention)), None)
    if lead is None or lead.period is None or lead.period.value.precision != "range":
        return
    for claim in claims:
        same = (
            claim.kind.value == lead.kind.value and claim.actors and claim.actors[0].value.id == lead.actors[0].value.id
        )
        if claim.period is None and same:
            claim.period = inferred(lead.period, "reading/revise:lead")
    dated = [c for c in claims if c.period is not None and c.period.rule == "reading/revise:lead"]
    for claim in claims:
        near = (c for c in dated if 0 <= claim.sentence.start - c.sentence.start <= NEXT_SENTENCE)
        if claim.period is None and (before := next(near, None)) is not None and before.period is not None:
            claim.period = inferred(before.period, "reading/revise:lead")


def later_period(
    claim: Claim, claims: list[Claim], told: list[Told], by_sentence: dict[str, int], page: Page
) -> Value[Period] | None:
    """The period that one of the next sentences gives the same happening: "serangan itu ... antara"."""
    number = by_sentence[claim.id]
    for each in told[number + 1 : number + 3]:
        times = [t for _, t in each.times if t.anaphor is None]
        if points(each, page) and times:
            time = times[0]
            return Inferred(time.period, "span", "reading/revise:same-happening", time.span)
    return None


def points(told: Told, page: Page) -> bool:
    """Whether a sentence speaks of happenings told elsewhere: "the strikes", "serangan itu"."""
    return any(
        i.kind == "definite" or (i.group is not None and i.group.event and definite(page, i.j, i.group.definite))
        for i in told.items
    )


def later_places(claim: Claim, told: list[Told], by_sentence: dict[str, int]) -> Places:
    """The places that one of the next sentences gives the same happening: "The attack occurred in Najaf"."""
    number = by_sentence[claim.id]
    for each in told[number + 1 : number + 4]:
        if any(points_back(i) for i in each.items[:4]) and each.phrases and not counts_anew(each):
            return tuple(inferred(p, "reading/revise:same-happening") for p in each.phrases[0].places)
    return ()


def counts_anew(told: Told) -> bool:
    """Whether a sentence has figures of its own, so that its place is that of another happening."""
    return any(part.group.number is not None for e in told.events for part in e.parts)


def definite(page: Page, j: int, flagged: bool) -> bool:
    """Whether a noun points back: "the strikes", "serangan itu"."""
    return flagged or (j < len(page.norms) and page.function(j, "determiner") is not None)


def body_period(claim: Claim, claims: list[Claim], page: Page) -> Value[Period] | None:
    """A headline takes the period of the first claim of its kind, or a narrower one, in the body."""
    registers = page.vocabulary.registers
    for other in claims:
        if other is claim or other.period is None or in_headline(other, page):
            continue
        if registers.is_a(other.kind.value, claim.kind.value):
            return inferred(other.period, "reading/revise:headline")
    return None


def after_word(claim: Claim, told: list[Told], by_sentence: dict[str, int]) -> bool:
    """Whether the claim's clause is opened by "after": the rest came later."""
    each = told[by_sentence[claim.id]]
    token = token_of(each, claim)
    at = next((k for k, i in enumerate(each.items) if i.i <= token < i.j), 0)
    for item in reversed(each.items[:at]):
        if item.kind == "function" and item.name in (
            "after",
            "that",
            "while",
            "relative",
            "before",
        ):
            return item.name == "after"
        if item.kind == "mark" and item.name in (";", ":"):
            return False
        if item.kind == "mark" and item.name == "," and claim.kind.value not in STATUS:
            return False
    return False


def token_of(told: Told, claim: Claim) -> int:
    """The token a claim's anchor begins with."""
    event = (
        next((e for e in told.events if claim.kind.span and e.rule == claim.kind.rule), None)
        if isinstance(claim.kind, Mention)
        else None
    )
    return event.i if event else told.items[0].i


def before_main(claim: Claim, others: Iterable[Claim]) -> Value[Period] | None:
    """Before the beginning of what it came after, the first of others of which that is known: of its own sentence,
    else of the happenings that this points back to ("those strikes were launched after ..."), else of a status."""
    other = next((c for c in others if c is not claim and bound_of(c.period)), None)
    period = other.period if other is not None else None
    day = bound_of(period)
    span = period.span if period is not None else None
    return Inferred(Period(None, day, "before"), "span", "reading/revise:before-main", span) if day else None


def bound_of(period: Value[Period] | None) -> date | None:
    """The latest day by which something that came before a period was over."""
    if period is None:
        return None
    return period.value.end if period.value.precision == "before" else period.value.start


def share_status(claims: list[Claim]) -> None:
    """Gives every mention of one status the tightest "before" that any mention has."""
    for kind in sorted(STATUS):
        same = [c for c in claims if c.kind.value == kind]
        ends = [(c.period.value.end, c.period) for c in same if c.period and c.period.value.precision == "before"]
        if not ends:
            continue
        _, tightest = min(((e, p) for e, p in ends if e is not None), key=lambda ep: ep[0], default=(None, None))
        for claim in same:
            if tightest is not None and not isinstance(claim.period, Mention):
                claim.period = inferred(tightest, "reading/revise:same-status")
