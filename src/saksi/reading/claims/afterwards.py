"""When it was that something came so long after: "two days after a bomb killed 12", "setahun setelah penembakan".

What the clause tells lies that long before the day that the sentence tells before it, or before publication; the
act that came afterwards is dated by other words.
"""

from __future__ import annotations

import msgspec

from saksi.reading.claims.discourse import Told
from saksi.reading.mentions.anniversaries import keeps_a_day
from saksi.reading.mentions.calendar import same_day_ago, shifted
from saksi.reading.mentions.times import Time
from saksi.reading.pages.page import Page
from saksi.reading.values import Mention, Period

SO_LONG_AFTER = "reading/afterwards:so-long-after"
FAR = 16  # items that a clause may run over behind "two days after"
LEAP = 366  # days that a year has at most
ENDS = frozenset((",", ";", ":", "while"))


class Length(msgspec.Struct, frozen=True):
    """So many units of so many days, told at tokens [i, j)."""

    i: int
    j: int
    count: int
    unit: int


def told_after(page: Page, told: Told, at: int) -> Mention[Period] | None:
    """The days of an event in the clause behind "two days after", None where no such words open its clause."""
    words = page.vocabulary.data["times"].get("afterwards", ())
    for item in reversed(told.items[max(0, at - FAR) : at]):
        if page.norms[item.i] in words and (length := length_before(page, item.i)) is not None:
            return counted_back(page, told, length)
        if item.name in ENDS:
            return None
    return None


def length_before(page: Page, i: int) -> Length | None:
    """The length of time that ends right before a token: "two days", "a week", "setahun"."""
    times = page.vocabulary.data["times"]
    whole = times.get("one_unit", {}).get(page.norms[i - 1]) if i else None
    if whole is not None:
        return Length(i - 1, i, 1, whole)
    if i < 2 or page.norms[i - 1] not in times["units"]:
        return None
    word = page.norms[i - 2]
    count = int(word) if word.isdecimal() and len(word) < 4 else page.vocabulary.data["numbers"]["words"].get(word)
    count = 1 if word in times.get("ones", ()) else count
    return None if not count else Length(i - 2, i, int(count), times["units"][page.norms[i - 1]])


def counted_back(page: Page, told: Told, length: Length) -> Mention[Period] | None:
    """The days so long before the last day told before it in its sentence, or before publication."""
    before = [time for _, time in told.times if time.i < length.i and is_day(time)]
    today = page.published
    base = before[-1].period if before else Period(today, today, "day") if today is not None else None
    if base is None or base.start is None or base.start.toordinal() <= length.count * (length.unit + 1) + LEAP:
        return None  # no days before the calendar's first
    told_whole = page.norms[length.i - 1] in page.vocabulary.data["times"].get("to_the_day", ()) if length.i else False
    if told_whole or (not before and keeps_a_day(page)):
        period = same_day_ago({"n": length.count, "unit": length.unit}, base.start)
    else:
        period = shifted(base, -length.count, length.unit)
    if period is None or period.start is None:
        return None
    return Mention(page.span(length.i, length.j), period, SO_LONG_AFTER)


def is_day(time: Time) -> bool:
    """Whether a time is a day of its own."""
    return time.anaphor is None and time.period.precision == "day" and time.period.start is not None
