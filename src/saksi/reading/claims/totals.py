"""Running totals: which figures count everything since a beginning, and over which days.

"As of 12 January, at least 900 have been killed", "bringing the toll since 7 October to 61": such a figure
is no incident of the day on which it was told. It begins where the text says, anywhere in the page, else
nobody knows where; it ends on the day as of which it is known. What a day adds is a part of it.
"""

from __future__ import annotations

from datetime import date

from saksi.reading.claims.beginnings import (
    Beginnings,
    Struggle,
    beginnings,
    struggle_since,
    words_of,
)
from saksi.reading.claims.claim import Claim, Relation
from saksi.reading.claims.dated import (
    Clause,
    clauses_of,
    denied_since,
    has,
    nearer_day,
    own_day,
    own_window,
    since_time,
    under_way,
    with_head,
)
from saksi.reading.claims.discourse import FINE, Told, inferred
from saksi.reading.claims.happenings import auxiliary, in_lead, is_toll, names_one, single
from saksi.reading.clauses.states import STATE_NOUNS
from saksi.reading.mentions.times import Time
from saksi.reading.pages.page import Page
from saksi.reading.values import Inferred, Mention, Period, Span, Value

MANY = 1_000  # people; hardly any single happening of a war kills, hurts or holds so many
WINDOW = 3  # days back to which "since" opens a window, and no running total
LASTING = frozenset(("displace", "detain", "abduct", "missing"))  # what people are after it, until it ends
SUMMED = frozenset(("cumulative", "tally"))
UNTOTALLED = frozenset(("plans", "fears"))


def read_totals(claims: list[Claim], told: list[Told], page: Page) -> None:
    """Makes running totals of the figures that are, with their days, and ties to them what was added."""
    times = [i.time for t in told for i in t.items if i.time is not None]
    begun = beginnings(page, times)
    by_sentence: dict[int, list[Claim]] = {}
    for claim in claims:
        by_sentence.setdefault(claim.sentence.start, []).append(claim)
    last: list[Claim] = []
    for each in told:
        if own := by_sentence.get(each.sentence.start):
            clauses = clauses_of(page, each)
            once = False
            for claim in own:
                judge(claim, each, clauses, begun._replace(once=once), page)
                once = once or of_one_happening(claim, page)
            tie_added(own, last, clauses, page)
            last = own
        begun = begun._replace(then=day_before_then(each) or begun.then, before=last[-1] if last else None)


def day_before_then(told: Told) -> tuple[date, Span] | None:
    """The day of a sentence that "since then" in a later one points back at."""
    days = [i.time for i in told.items if i.time is not None and not i.time.as_of and i.time.anaphor is None]
    return next(((t.period.start, t.span) for t in reversed(days) if t.period.start is not None), None)


def judge(claim: Claim, told: Told, clauses: list[Clause], begun: Beginnings, page: Page) -> None:
    """Says of one claim whether its figure is a running total or a window's, and gives it its days."""
    stance = claim.stance.value if claim.stance else None
    beside = claim.scope == "increment" and claim.counts == "things"  # "In addition, over 900 have been killed"
    if claim.negated or claim.quantity is None or stance in UNTOTALLED or not (claim.scope == "incident" or beside):
        return
    at = token_of(claim, page)
    number = next((n for n, c in enumerate(clauses) if c.i <= at < c.j), 0)
    clause = with_head(clauses, number)
    since = since_time(page, clause)
    named = None if since else struggle_since(page, clause.i, clause.j, clause.times)
    if since is not None:
        since_day(claim, since, clause, begun, page)
    elif named is not None:
        from_beginning(claim, named, clause, begun, page)
    elif in_a_state(claim, clause, page):
        at_date(claim, clause, page)
    elif (day := own_day(clause, page, at)) is not None:
        if under_way(day, page) and (has(page, clause, "so_far") or auxiliary(claim, clause.i, page) == "perfect"):
            claim.scope = "cumulative"  # "so far this year"
            claim.period = Mention(day.span, lasting(day.period.start, end_of(claim, clause, page)), day.rule)
        else:
            of_window(claim, told, clause, begun, page)
    elif isinstance(claim.quantity, Mention):
        undated(claim, told, clause, begun, page)


def since_day(claim: Claim, since: Time, clause: Clause, begun: Beginnings, page: Page) -> None:
    """A figure in a clause that says since when: from that day, unless a day of its own stands nearer."""
    at, start = token_of(claim, page), since.period.start
    day = nearer_day(page, clause, since, at)
    if denied_since(page, since, at):
        known = clause._replace(times=[since._replace(as_of=True, period=Period(None, start, "before"))])
        running(claim, known, None if begun.has(start) else begun.usual, page)
    elif day is None:
        from_day(claim, since, clause, page, usual=begun.has(start))
    elif claim.period is None or claim.period.span == since.span:
        claim.period = Mention(day.span, day.period, day.rule)


def undated(claim: Claim, told: Told, clause: Clause, begun: Beginnings, page: Page) -> None:
    """A figure of no day of its own: since then, beside the total before it, or a total by its words."""
    if begun.then is not None and has(page, clause, "since_then"):
        from_then(claim, begun.then, clause, page)
        return
    if not clause.sums:
        go_on(claim, told, begun, page)
    if claim.scope not in SUMMED:
        without_start(claim, told, clause, begun, page)


def in_a_state(claim: Claim, clause: Clause, page: Page) -> bool:
    """Whether a figure counts who they are, not what befell them that day: "9,000 refugees", "9,000 are displaced"."""
    if claim.kind.value not in LASTING or not isinstance(claim.kind, Mention):
        return False
    if claim.kind.rule.endswith(STATE_NOUNS) or auxiliary(claim, clause.i, page) == "present":
        return True
    counted, people = claim.quantity, claim.target
    if not isinstance(counted, Mention) or not isinstance(people, Mention):
        return False
    return counted.span.end <= claim.kind.span.start and claim.kind.span.end <= people.span.start


def at_date(claim: Claim, clause: Clause, page: Page) -> None:
    """How many there are on a day: "1.4 million people are displaced"; of no day told, on the day as of which."""
    day = end_of(claim, clause, page)
    claim.scope = "stock"
    if (
        day is not None
        and own_window(clause, claim.period) is None
        and own_day(clause, page, token_of(claim, page)) is None
    ):
        claim.period = Inferred(Period(day, day, "day"), "published", "reading/totals:on-the-day")


def of_window(claim: Claim, told: Told, clause: Clause, begun: Beginnings, page: Page) -> None:
    """A figure of a window: a total for it, and a running total where the page's totals begin with it."""
    window = own_window(clause, claim.period)
    if window is None or claim.counts != "things" or not several(claim):
        return
    claim.period = claim.period or Mention(window.span, window.period, window.rule)
    if begun.has(window.period.start):
        claim.scope = "cumulative"
    elif not single(claim, told, page):
        claim.scope = "tally"


def token_of(claim: Claim, page: Page) -> int:
    """The token a claim's figure begins with."""
    return page.between(claim.anchor.start, claim.anchor.end)[0]


def end_of(claim: Claim, clause: Clause, page: Page) -> date | None:
    """The day as of which a figure is known: as the words say, else when it was said, else published."""
    known = next((t.period.end for t in clause.times if t.as_of and t.period.end), None)
    said = claim.said_on.value if claim.said_on is not None else None
    return known or said or page.published


def lasting(start: date | None, end: date | None) -> Period:
    """The days from a beginning to the day as of which something is known."""
    return (
        Period(start, end, "range")
        if end is not None and start is not None and start <= end
        else Period(start, None, "after")
    )


def from_day(claim: Claim, since: Time, clause: Clause, page: Page, *, usual: bool) -> None:
    """A total since a day that the clause gives; since yesterday it is but a window, unless all begins then."""
    start, end = since.period.start, end_of(claim, clause, page)
    if start is None:
        return
    claim.period = Mention(since.span, lasting(start, end), since.rule)
    near = end is not None and 0 <= (end - start).days < WINDOW and not usual
    claim.scope = "tally" if near else "cumulative"


def from_beginning(claim: Claim, named: Struggle, clause: Clause, begun: Beginnings, page: Page) -> None:
    """A total since the beginning of a war or an offensive, whose day the page may give."""
    found, end = begun.of(named.name), end_of(claim, clause, page)
    claim.scope = "cumulative"
    if found is not None:
        claim.period = Inferred(lasting(found[0], end), "span", "reading/totals:since-the-beginning", found[1])
    else:
        span = page.span(named.i, named.j)
        claim.period = Inferred(Period(None, end, "before"), "span", "reading/totals:beginning-unknown", span)


def from_then(claim: Claim, then: tuple[date, Span], clause: Clause, page: Page) -> None:
    """A total since the day told before: "since then, 12 more have been killed"."""
    claim.scope = "cumulative"
    claim.period = Inferred(lasting(then[0], end_of(claim, clause, page)), "span", "reading/totals:since-then", then[1])


def go_on(claim: Claim, told: Told, begun: Beginnings, page: Page) -> None:
    """Makes a running total of what took over the days of one, or is told as coming beside one."""
    period, before = claim.period, begun.before
    if claim.counts != "things" or isinstance(period, Mention):
        return
    if any(p.value.level in FINE and p.rule != "reading/discourse:same-happening" for p in claim.places):
        return
    paragraph = period is not None and period.rule == "reading/discourse:same-paragraph"
    if period is not None and paragraph and period.span in begun.going and not single(claim, told, page):
        claim.scope = "cumulative"
    elif before is not None and before.period is not None and beside(told, before, page):
        claim.scope, claim.period = before.scope, inferred(before.period, "reading/totals:beside-a-total")


def beside(told: Told, before: Claim, page: Page) -> bool:
    """Whether a sentence only adds to a running total of its paragraph: "Another 40 were injured", "Of them, ..."."""
    first = told.sentence.i
    if before.scope not in SUMMED or page.block_at(first).start > before.sentence.start:
        return False
    return page.function(first, "other") is not None or page.any_at(first, words_of(page, "adding"))


def without_start(claim: Claim, told: Told, clause: Clause, begun: Beginnings, page: Page) -> None:
    """A figure with neither day nor beginning: a running total by its words, or by the perfect of its verb."""
    known = any(t.as_of for t in clause.times)
    if is_toll(claim, page):
        claim.scope = "cumulative"
    if names_one(told, clause.i, page) if clause.sums else single(claim, told, page):
        return
    if clause.sums or known or has(page, clause, "so_far"):
        running(claim, clause, begun.usual, page)
    elif in_lead(told, page) or has(page, clause, "unfolding"):
        return
    elif (
        auxiliary(claim, clause.i, page) == "perfect"
        or (too_many(claim, page) and not begun.once)
        or (several(claim) and has(page, clause, "wars"))
    ):
        if any(t.anaphor is not None for t in clause.times):
            claim.scope = "tally"  # "sepanjang bulan itu", "over the same period": no running total, whenever that was
        else:
            running(claim, clause, begun.plain, page)


def running(claim: Claim, clause: Clause, start: tuple[date, Span] | None, page: Page) -> None:
    """Makes a running total of a claim, from a beginning that the page gives, else from one unknown."""
    end = end_of(claim, clause, page)
    claim.scope = "cumulative"
    known = next((t for t in clause.times if t.as_of), None)
    claim.period = running_days(start, end, known)


def running_days(start: tuple[date, Span] | None, end: date | None, known: Time | None) -> Value[Period] | None:
    """The days of a running total, with the words they rest on."""
    if start is not None:
        return Inferred(lasting(start[0], end), "span", "reading/totals:usual-beginning", start[1])
    if end is None:
        return None
    period = Period(None, end, "before")
    if known is not None:
        return Mention(known.span, period, "reading/totals:as-of")
    return Inferred(period, "published", "reading/totals:as-of-publication")


def too_many(claim: Claim, page: Page) -> bool:
    """Whether a figure of people is larger than one happening leaves, so that without a day it is a total."""
    kind = page.vocabulary.registers.kinds[claim.kind.value]
    people = kind.of_people and claim.target is not None and claim.target.value.object_class in page.vocabulary.people
    spot = any(p.value.level in FINE for p in claim.places)
    return people and not spot and claim.quantity is not None and (claim.quantity.value.low or 0) >= MANY


def of_one_happening(claim: Claim, page: Page) -> bool:
    """Whether a figure of people is of one happening: "killed 490 and wounded 1,600" tells of it twice."""
    people = claim.target is not None and claim.target.value.object_class in page.vocabulary.people
    return people and claim.scope == "incident" and several(claim) and not claim.negated


def several(claim: Claim) -> bool:
    """Whether a figure is more than one."""
    return isinstance(claim.quantity, Mention) and claim.quantity.value.low != 1


def tie_added(own: list[Claim], last: list[Claim], clauses: list[Clause], page: Page) -> None:
    """Ties what a day added to the total it brought: "12 were killed on Monday, bringing the toll to 61"."""
    for number, clause in enumerate(clauses):
        if not clause.sums:
            continue
        inside = [c for c in own if clause.i <= token_of(c, page) < clause.j and c.scope == "cumulative"]
        before = [c for c in own if token_of(c, page) < clause.i] if number else last
        for total in inside[:1]:
            for claim in before:
                if adds(claim, total):
                    claim.relations = (*claim.relations, Relation("part_of", total.id, None, True))


def adds(claim: Claim, total: Claim) -> bool:
    """Whether a figure can be what was added to a total: the same kind, no larger, no part of another figure."""
    if claim.quantity is None or total.quantity is None or claim.kind.value != total.kind.value or claim.negated:
        return False
    low, whole = claim.quantity.value.low or 0, total.quantity.value.low or 0
    return low <= whole and not any(r.type in ("part_of", "restates") for r in claim.relations)
