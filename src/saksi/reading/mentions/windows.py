"""Times that two times make together, or a clock time alone: windows, and "as of".

"Between 18:30 yesterday and 14:00 today" is one stretch of days; "as of 18:00" is the day of the report.
The words stand in each language's times.yml (`windows`, `as_of`).
"""

from __future__ import annotations

import re

from saksi.reading.mentions.times import Time
from saksi.reading.pages.page import Page, Sentence
from saksi.reading.values import Period

CLOCK = re.compile(r"\d{1,2}([:.]\d\d)?")
REACH = 8  # tokens between an opening word and the time it opens
LONGEST = 4  # words of an opening phrase


def as_told(page: Page, times: list[Time]) -> list[Time]:
    """The times of a page with their windows joined, and marked where something is told as of them."""
    found: list[Time] = []
    for time in joined(page, times):
        known = known_at(page, time)
        found.append(known if not found or not named_again(page, found[-1], known) else known_as(known))
    return sorted([*found, *clocks_alone(page, found)], key=lambda t: t.i)


def joined(page: Page, times: list[Time]) -> list[Time]:
    """The times, each two that are the ends of one window made one."""
    made: list[Time] = []
    for time in times:
        if made and (window := window_of(page, made[-1], time)) is not None:
            made[-1] = window
        else:
            made.append(time)
    return made


def window_of(page: Page, first: Time, last: Time) -> Time | None:
    """The window from one time to the next, where the words between and before them make one."""
    words = page.vocabulary.data["times"].get("windows", {})
    start, end = first.period.start, last.period.end
    if start is None or end is None or start > end or not words or last.i - first.j > REACH:
        return None
    between = [k for k in range(first.j, last.i) if not passed(page, k) and page.norms[k] != ","]
    joins = [k for k in between if page.norms[k] in words["join"]]
    if len(joins) != 1 or len(between) != 1:
        return None
    if opening(page, first.i, words["open"]) is None and page.norms[first.i] not in words["open"]:
        return None
    span = page.at(first.span.start, last.span.end)
    return Time(first.i, last.j, span, Period(start, end, "range"), "reading/windows:between", window=True)


def passed(page: Page, k: int) -> bool:
    """Whether token k belongs to a time of day or only leads to a day: "at 18:30 on", "the afternoon of"."""
    words = page.vocabulary.data["times"].get("windows", {})
    return page.norms[k] in words.get("passed", ()) or CLOCK.fullmatch(page.norms[k]) is not None


def opening(page: Page, i: int, phrases: list[str]) -> int | None:
    """The token at which one of these phrases begins, where it leads to token i past a time of day."""
    k, least = i, max(0, i - REACH)
    listed = set(phrases)
    while True:
        for n in range(LONGEST, 0, -1):
            if k - n >= 0 and " ".join(page.norms[k - n : k]) in listed:
                return k - n
        if k <= least or not passed(page, k - 1):
            return None
        k -= 1


def known_at(page: Page, time: Time) -> Time:
    """The time, marked where something is known as of it: then its end is all that the words say."""
    if time.since or time.window or time.period.end is None or time.anaphor is not None:
        return time
    if time.period.precision not in ("day", "before"):
        return time
    if opening(page, time.i, page.vocabulary.data["times"].get("as_of", [])) is None:
        return time
    return known_as(time)


def known_as(time: Time) -> Time:
    """The time as one as of which something is known."""
    period = Period(None, time.period.end, "before")
    return time._replace(period=period, as_of=True, own=time.own or time.period)


def named_again(page: Page, before: Time, time: Time) -> bool:
    """Whether a time in brackets only names again a day that something is known as of: "as of today (Saturday)"."""
    return before.as_of and time.i - before.j == 1 and page.norms[before.j] == "(" and not time.since


def clocks_alone(page: Page, times: list[Time]) -> list[Time]:
    """Clock times that something is known as of, with no day beside them: the day of the report."""
    taken = {k for t in times for k in range(t.i, t.j)}
    published = page.published
    if published is None:
        return []
    found = []
    for sentence in page.sentences:
        for i in as_of_clocks(page, sentence):
            if taken.isdisjoint(range(i - 2, i + 6)):
                period = Period(None, published, "before")
                found.append(Time(i, i + 1, page.span(i, i + 1), period, "reading/windows:as-of-clock", as_of=True))
    return found


def as_of_clocks(page: Page, sentence: Sentence) -> list[int]:
    """The tokens of a sentence that are clock times right after words such as "as of"."""
    phrases = page.vocabulary.data["times"].get("as_of", [])
    clocks = [k for k in range(sentence.i, sentence.j) if ":" in page.norms[k] and CLOCK.fullmatch(page.norms[k])]
    return [k for k in clocks if opening(page, k, phrases) is not None]
