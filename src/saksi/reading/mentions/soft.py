"""The times layer: what dates claims, and beside it the soft mentions that date none.

"Now", "two years", "every day", "the third quarter", clock times: sought only for the layer, so that
no claim rests on them and ordinary reading does not pay for them. Each time has its days, and its
value as TIMEX3 writes it; "a week earlier" is counted from the day told before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from saksi.reading.mentions.calendar import ANAPHORS, POINTING, UNKNOWN, shifted
from saksi.reading.mentions.clocks import clocks_between
from saksi.reading.mentions.found import Found
from saksi.reading.mentions.lengths import timex_of_length
from saksi.reading.mentions.seasons import PARTS_OF_YEARS, years_from
from saksi.reading.mentions.times import Time, grammar_of, matches_of, numbered, token_range
from saksi.reading.mentions.timex import timex_of
from saksi.reading.mentions.windows import passed
from saksi.reading.pages.page import Page, Sentence
from saksi.reading.values import Period, Span

BACK = frozenset((*ANAPHORS, *POINTING, "one_ago"))  # readers of what points back at a time told before
BESIDE = 4  # tokens that may stand between a day and its clock time


class TimeValue(Period, frozen=True):
    """The days of the words themselves, their TIMEX3 value, and the stretch that the sentence makes of them.

    `stretch` is given where it is another than the days: "since 3 April", "by Friday".
    """

    timex: str | None = None
    stretch: Period | None = None


class Seen(NamedTuple):
    """A time of the layer, with its TIMEX3 value where its words say it, and its hour or part of the day."""

    time: Time
    timex: str | None = None
    part: str | None = None


def layer_of_times(found: Found) -> Iterator[tuple[Span, TimeValue, str]]:
    """Every time of a page in its order, with its value."""
    page = found.page
    loose = read_loose(page, found.dated(), found.counted())
    inside = {k for s in loose for k in range(s.time.i, s.time.j)}  # "the third quarter of 2013" is more than its year
    dated = [Seen(t, None, part_of_day(page, t)) for t in found.times.values() if inside.isdisjoint(range(t.i, t.j))]
    told: Period | None = None
    for time, said, part in with_clocks(page, [*dated, *loose]):
        days = days_of(page, time, told)
        if days.start is not None and time.reader not in BACK:
            told = days
        stretch = time.period if time.own is not None else None
        timex = said or timex_of(time, days, part)
        clock = part if part is not None and ":" in part else None
        yield time.span, value_of(days, clock, timex, stretch), time.rule


def value_of(days: Period, clock: str | None, timex: str | None, stretch: Period | None) -> TimeValue:
    """The value of a time with these days, at that hour."""
    hours = (clock or days.time_start, None if clock else days.time_end)
    return TimeValue(days.start, days.end, days.precision, *hours, timex=timex, stretch=stretch)


def days_of(page: Page, time: Time, told: Period | None) -> Period:
    """The days of a time, counted from those told before where its words point back at them."""
    today = Period(page.published, page.published, "day") if page.published else UNKNOWN
    base = told or today
    if time.reader == "that_day":
        return base if base.precision == "day" else today
    if time.reader == "that_year":
        return UNKNOWN if base.start is None else shifted(shifted(base, 1, 365), -1, 365)
    if time.reader == "that_part":
        return base if base.precision in ("quarter", "half") else UNKNOWN
    if time.reader == "a_year_before_that" and base.precision not in ("quarter", "half"):
        base = today
    count, unit = time.away if time.reader in ANAPHORS else (-1, time.parts.get("unit") or 365)
    part = years_from(base, count) if unit == 365 and time.reader in BACK else None
    if time.reader in ANAPHORS or time.reader == "a_year_before_that":
        return part or shifted(base, count, unit)
    return part or time.own or time.period


@lru_cache(maxsize=8)
def said_by(vocabulary: Any) -> dict[str, tuple[str | None, str | None]]:
    """By the rule of a loose form: the TIMEX3 value that it says whatever the words, and how many it means."""
    entries = numbered(vocabulary.data["times"], "loose")
    return {f"times:{rule}": (e.get("timex"), e.get("amount")) for rule, e in entries}


def read_loose(page: Page, taken: set[int], counts: list[range]) -> list[Seen]:
    """Times that date nothing by themselves, outside the tokens taken.

    A number that counts is part of a spell that goes on behind it ("four more days"), and no year by itself.
    """
    grammar = grammar_of(page)
    found: list[Seen] = []
    for sentence in page.sentences:
        used = set(taken)
        for form in grammar.loose:
            for time, match in matches_of(page, sentence, grammar, form):
                own = set(range(time.i, time.j))
                held = any(not own.isdisjoint(n) and not own > set(n) for n in counts)
                if not held and (used.isdisjoint(own) or (time.reader in PARTS_OF_YEARS and own - used)):
                    used.update(own)
                    found.append(Seen(time, value_said(page, match, time.rule), part_of_day(page, time)))
    return found


def value_said(page: Page, match: re.Match[str], rule: str) -> str | None:
    """The TIMEX3 value that the words of a loose form say: a constant, or a length of time."""
    constant, amount = said_by(page.vocabulary)[rule]
    return constant or timex_of_length(match.groupdict(), page.vocabulary.data, amount)


def part_of_day(page: Page, time: Time) -> str | None:
    """The part of the day that the words of a time name, as TIMEX3 writes it: "Monday morning" is MO."""
    parts = page.vocabulary.data["times"].get("day_parts", {})
    words = time.span.text.lower()
    return next((str(code) for word, code in parts.items() if re.search(rf"(?<!\w){word}(?!\w)", words)), None)


def with_clocks(page: Page, times: Sequence[Seen]) -> list[Seen]:
    """The times in order, each joined by the clock time beside it; other clock times for themselves."""
    made = {s.time.i: s for s in times}
    taken = {k for s in times for k in range(s.time.i, s.time.j) if s.time.reader != "that_day"}
    for sentence in page.sentences:
        for clock in clocks_of(page, sentence):
            own = set(range(clock.time.i, clock.time.j))
            if not taken.isdisjoint(own):
                continue
            taken |= own
            for k in own & made.keys():  # "2 in the morning" is more than a morning
                del made[k]
            day = next((s for s in made.values() if beside(page, s.time, clock.time)), None)
            joined = clock if day is None else with_clock(page, day, clock)
            if day is not None:
                del made[day.time.i]
            made[joined.time.i] = joined
    return sorted(made.values(), key=lambda s: s.time.span)


def clocks_of(page: Page, sentence: Sentence) -> Iterator[Seen]:
    """The clock times of a sentence."""
    for span, clock in clocks_between(page, sentence.start, sentence.end):
        i, j = token_range(page, sentence, span.start, span.end)
        yield Seen(Time(i, j, span, UNKNOWN, "times:clock", reader="that_day"), None, clock[:5])


def beside(page: Page, day: Time, clock: Time) -> bool:
    """Whether only words of the time of day stand between a day and a clock time."""
    first, last = (day, clock) if day.i < clock.i else (clock, day)
    if day.period.precision != "day" or last.i - first.j > BESIDE or first.j > last.i:
        return False
    return all(passed(page, k) or page.norms[k] == "," for k in range(first.j, last.i))


def with_clock(page: Page, day: Seen, clock: Seen) -> Seen:
    """A day and its clock time as one."""
    i, j = min(day.time.i, clock.time.i), max(day.time.j, clock.time.j)
    start, end = min(day.time.span.start, clock.time.span.start), max(day.time.span.end, clock.time.span.end)
    return Seen(day.time._replace(i=i, j=j, span=page.at(start, end)), None, clock.part)
