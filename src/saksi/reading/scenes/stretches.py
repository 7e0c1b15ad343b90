"""How the days of a time may be taken: as they are told, by its words alone, up to publication.

"This month", told on the 19th, ends on that day; "since the attack in August" may date the attack itself; and of an
attack on Tuesday three men are arrested at some time up to the day on which it is told.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from saksi.reading.mentions.calendar import months_back, shifted
from saksi.reading.mentions.times import Time
from saksi.reading.values import Period

UNTIL, ALONE, EXACT = "until publication", "by its words alone", "to the day"  # how days may be taken
OTHERWISE = frozenset((UNTIL, ALONE, EXACT))
PARTS = {"week": ((0, 2), (2, 4), (4, 6)), "month": ((1, 10), (11, 20), (21, 31)), "year": ((1, 4), (5, 8), (9, 12))}
MIDDLE = 15  # the day of a month that "since the middle of" it leads to
LOOSE = frozenset(("week", "year"))  # nothing is told to go on from some day of a week or year
WEEK = timedelta(days=7)
Days = tuple[date | None, date | None]


def stretches(time: Time, published: date | None) -> Iterator[tuple[str, Period]]:
    """The days that a time may give a claim, with a word for how they are taken; first, with none, as it tells them."""
    told = as_told(time, time.period, published)
    yield "", told
    alone = as_told(time, time.own, published) if time.own is not None else told
    if alone != told:
        yield ALONE, alone
    if published is None:
        return
    if (day := same_day(time, published)) is not None:
        yield EXACT, Period(day, day, "day")
    ends = not (time.since or time.as_of or time.window) and alone.precision not in LOOSE
    if ends and alone.start is not None and alone.end is not None and alone.end < published:
        yield UNTIL, Period(alone.start, published, "range")


def as_told(time: Time, period: Period, published: date | None) -> Period:
    """A period no wider than its words, and no longer than what is told in it can have gone on."""
    start, end = period.start, period.end
    if start is None:
        return period
    if (third := time.parts.get("third")) is not None:
        start, end = part_of(start, end, third, unit=(time.own or time.period).precision, since=time.since)
    if published is not None and end is not None:
        if period.precision == "week" and published - start == WEEK * 2 - timedelta(days=1):
            start, end = published - WEEK, published - timedelta(days=1)  # "last week", told on a Sunday
        if start <= published < end:
            end = published
    return period if (start, end) == (period.start, period.end) else Period(start, end, "range")


def part_of(start: date, end: date | None, third: int, *, unit: str, since: bool) -> tuple[date, date | None]:
    """The days of the first, second or last part of a week, month or year; what goes on from it ends as it did."""
    if unit not in PARTS:
        return start, end
    first, last = PARTS[unit][third]
    if unit == "week":
        begin, close = start + timedelta(days=first), start + timedelta(days=last)
    elif unit == "month":
        begin = start.replace(day=MIDDLE if since and third == 1 else first)
        close = start.replace(day=min(last, monthrange(start.year, start.month)[1]))
    else:
        begin, close = date(start.year, first, 1), date(start.year, last, monthrange(start.year, last)[1])
    return begin, end if since else close


def same_day(time: Time, published: date) -> date | None:
    """The day so many weeks or years before publication, as "two weeks ago" is often meant."""
    count, unit = time.parts.get("n") or 1, time.parts.get("unit")
    if time.reader not in ("ago", "one_ago") or unit not in (7, 365):
        return None
    if unit == 7:
        return published - count * WEEK
    return months_back(published, 12 * count) if count < published.year else None


def finer(period: Period, given: Period) -> bool:
    """Whether days lie within a month or year that stands for them, or begin within one and end as it does."""
    start, end, first, last = period.start, period.end, given.start, given.end
    if start is None or end is None or first is None or last is None or first.day != 1:
        return False
    if given.precision in ("month", "year"):
        return first <= start and end <= last and (start, end) != (first, last)
    known = 1 if first.month == 1 else 2  # "since 2023" knows the year, "since October 2023" the month as well
    return end == last and start > first and start.timetuple()[:known] == first.timetuple()[:known]


def dated(times: Sequence[Time]) -> Iterator[Time]:
    """The times whose days are known; one that points back lies so far from the nearest before and from the first."""
    first: Time | None = None
    last: Time | None = None
    chained = False
    for time in times:
        if time.anaphor is None:
            if time.period.start or time.period.end:
                yield time
            if time.period.start is not None:
                first, last, chained = first or time, time, False
            continue
        bases = [(first, "first")] if last is first else [(last, "last"), (first, "first")]
        for base, name in bases[:1] if chained and time.away[0] else bases:
            if base is not None:
                yield time._replace(period=counted_from(base, *time.away), rule=f"{time.anaphor} {name}")
        if last is not None:  # "two years before that, ... Four years before that, ..."
            last = last._replace(period=counted_from(last, *time.away), since=False)
            chained = bool(time.away[0])


def counted_from(base: Time, count: int, unit: int) -> Period:
    """So many units from a time told before; "that year" after "since 2014" is 2014, whatever goes on from it."""
    begun = base.own if base.since and unit >= 30 else None
    return shifted(begun or base.period, count, unit)
