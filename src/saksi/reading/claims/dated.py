"""A sentence cut into clauses that share their days, and which of its days is whose.

"On Monday 12 were killed, bringing the toll since May to 61" has two: the figure before "bringing" is of
Monday, the one after it is counted from May. What opens a sentence holds for its clauses without a day.
"""

from __future__ import annotations

from typing import NamedTuple

from saksi.reading.claims.beginnings import named_in, records, words_of
from saksi.reading.claims.discourse import Told
from saksi.reading.mentions.times import Time
from saksi.reading.pages.page import Page
from saksi.reading.values import Period, Value

SUM_NEAR = 12  # tokens from "bringing" to the total it brings


class Clause(NamedTuple):
    """A stretch of a sentence, tokens [i, j), with its times. `sums`: it is what a total is brought to."""

    i: int
    j: int
    sums: bool
    times: list[Time]


def clauses_of(page: Page, told: Told) -> list[Clause]:
    """A sentence cut where another figure's days begin: at a semicolon, at "while", at "bringing the toll"."""
    i, end = told.sentence.i, told.sentence.j
    said = {a.said_on.span for a in told.attributions if a.said_on is not None}
    times = [t.time for t in told.items if t.time is not None]
    kept = [t for t in times if t.span not in said or t.since or t.as_of or t.window]
    cuts = [(i, brings(page, i, end))]
    openers = {*page.vocabulary.phrases(words_of(page, "bring")).by_first, *words_of(page, "back_to")}
    bringing = page.tokens_among(openers, i + 1, end)
    behind_mark = [k + 1 for k in page.tokens_among((",", ";"), i, end - 1)]
    for k in sorted({*bringing, *behind_mark}):
        if k in bringing and brings(page, k, end):
            if cuts[-1] != (k - 1, True):  # "This brings" is one
                cuts.append((k, True))
        elif page.norms[k - 1] == ";" or (page.norms[k - 1] == "," and page.function(k, "while") is not None):
            cuts.append((k, False))
    ends = [k for k, _ in cuts[1:]] + [end]
    return [
        Clause(a, b, sums, [t for t in kept if a <= t.i < b]) for (a, sums), b in zip(cuts, ends, strict=True)
    ]  # fmt: skip


def brings(page: Page, k: int, end: int) -> bool:
    """Whether a total is brought to a figure here: "bringing the number of the dead to", "sehingga total"."""
    j = page.phrase_end(k, words_of(page, "bring"))
    if j is None and k + 1 < end and page.norms[k] in words_of(page, "back_to"):
        j = page.phrase_end(k + 1, words_of(page, "bring"))
    if j is None:
        return False
    return any(page.norms[n] in words_of(page, "sums") for n in range(j, min(end, j + SUM_NEAR)))


def with_head(clauses: list[Clause], number: int) -> Clause:
    """A clause with the times that open its sentence, where it has none of its own: "Since 7 October, ...; ..."."""
    clause = clauses[number]
    known = [t for c in clauses for t in c.times if t.as_of]
    if clause.sums:
        return clause._replace(times=[*clause.times, *(t for t in known if t not in clause.times)])
    if clause.times or not number or clauses[0].sums:
        return clause
    return clause._replace(i=clauses[0].i, times=clauses[0].times)


def has(page: Page, clause: Clause, key: str) -> bool:
    """Whether a clause holds one of the words of a list."""
    return named_in(page, clause.i, clause.j, key)


def since_time(page: Page, clause: Clause) -> Time | None:
    """The time since which a clause counts; "the deadliest since 2005" counts nothing."""
    return next((t for t in clause.times if t.since and t.period.start and not records(page, t.i)), None)


def denied_since(page: Page, since: Time, at: int) -> bool:
    """Whether nothing was told anew since a day: "since 14 May the ministry has not updated its 900"."""
    return any(page.function(k, "negation") is not None for k in range(since.j, at))


def nearer_day(page: Page, clause: Clause, since: Time, at: int) -> Time | None:
    """The day of its own that stands nearer to a figure than "since" does, with no comma between.

    Where "since" opens the clause only a day after the figure is: "Since May, 120 have died, of whom 20 on Tuesday".
    """
    plain = [t for t in clause.times if not t.since and not t.as_of and t.anaphor is None and t.period.start]
    near = [t for t in plain if abs(t.i - at) < abs(since.i - at) and (since.i > clause.i + 1 or t.i > at)]
    return next((t for t in near if "," not in page.norms[min(t.i, at) : max(t.i, at)]), None)


def own_day(clause: Clause, page: Page, at: int) -> Time | None:
    """The time that dates a clause's figure at token `at`; "most of them on 7 October" dates but a part of it."""
    shares = words_of(page, "shares")
    for time in clause.times:
        if time.since or time.as_of or time.period.start is None or time.anaphor is not None:
            continue
        part = next((k for k in range(max(clause.i, time.i - 4), time.i) if page.norms[k] in shares), None)
        if part is None or part < at < time.i:
            return time
    return None


def own_window(clause: Clause, period: Value[Period] | None) -> Time | None:
    """The window that a figure's days are, told by both ends or by its length."""
    return next((t for t in clause.times if t.window and (period is None or period.span == t.span)), None)


def under_way(day: Time, page: Page) -> bool:
    """Whether a time is a month or a year that was not over when it was told of."""
    start, end = day.period.start, day.period.end
    wide = day.period.precision in ("month", "year")
    return (
        wide and page.published is not None and start is not None and end is not None and start <= page.published < end
    )
