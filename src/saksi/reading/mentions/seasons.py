"""Turns words for parts of years and for many years into days: quarters, halves, seasons, decades, centuries.

Only the times layer knows of them; no claim is dated by one.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import date

from saksi.reading.values import Period

UNKNOWN = Period(None, None, "unknown")
SEASONS = ("SP", "SU", "FA", "WI")  # as TIMEX3 writes them; of the north, spring from March
Parts = Mapping[str, int | None]


def months_of(year: int, first: int, count: int, precision: str) -> Period:
    """So many months of a year from the first of them."""
    index = year * 12 + first + count - 2
    last, month = index // 12, index % 12 + 1
    return Period(date(year, first, 1), date(last, month, calendar.monthrange(last, month)[1]), precision)


def told_year(parts: Parts, published: date | None) -> int | None:
    """The year that the words give: itself, or as so many from that of publication."""
    if parts.get("year"):
        return parts["year"]
    beside = parts.get("beside")
    return published.year + beside if published is not None and beside is not None else None


def part_of_year(parts: Parts, published: date | None, first: int, count: int, precision: str) -> Period:
    """A part of the year told, else of the last year in which it had begun by publication."""
    year = told_year(parts, published)
    if year is None:
        if published is None:
            return UNKNOWN
        year = published.year if date(published.year, first, 1) <= published else published.year - 1
    return months_of(year, first, count, precision) if 1 <= year < 9999 else UNKNOWN


def quarter(parts: Parts, published: date | None) -> Period | None:
    """Three months by their number: "the third quarter", "kuartal kedua 2015"."""
    number = parts.get("nth") or 0
    return part_of_year(parts, published, 3 * number - 2, 3, "quarter") if 1 <= number <= 4 else None


def half(parts: Parts, published: date | None) -> Period | None:
    """Six months by their number: "the first half of 2012", "semester II"."""
    number = parts.get("nth") or 0
    return part_of_year(parts, published, 6 * number - 5, 6, "half") if 1 <= number <= 2 else None


def quarter_near(parts: Parts, published: date | None) -> Period | None:
    """The quarter under way, or so many from it: "this quarter", "the latest quarter"."""
    if published is None:
        return UNKNOWN
    index = published.year * 4 + (published.month - 1) // 3 + (parts.get("beside") or 0)
    return months_of(index // 4, index % 4 * 3 + 1, 3, "quarter")


def season(parts: Parts, published: date | None) -> Period | None:
    """Three months by name: "last summer", "the spring of 2012"."""
    number = parts.get("season") or 0
    first = (3, 6, 9, 12)[number]
    beside = parts.get("beside")
    if parts.get("year") is None and published is not None and beside == -1 and (first, 1) < season_now(published):
        return months_of(published.year, first, 3, "season")  # "last spring", told in autumn
    return part_of_year(parts, published, first, 3, "season")


def season_now(published: date) -> tuple[int, int]:
    """Month and day on which the season of publication began."""
    return (published.month - published.month % 3, 1)


def decade(parts: Parts, published: date | None) -> Period | None:
    """Ten years: "the late 1970s", "the '80s"."""
    first = parts.get("decade") or 0
    first = 1900 + first if first < 100 else first
    return Period(date(first, 1, 1), date(first + 9, 12, 31), "decade") if first < 9990 else None


def century(parts: Parts, published: date | None) -> Period | None:
    """A hundred years by their number: "the 20th century"."""
    number = parts.get("nth") or 0
    if not 1 < number < 99:
        return None
    return Period(date(100 * number - 99, 1, 1), date(100 * number, 12, 31), "century")


def years_from(part: Period, count: int) -> Period | None:
    """The same part of another year: a year before the third quarter is a third quarter; None for other periods."""
    lasts = {"quarter": 3, "half": 6, "season": 3}.get(part.precision)
    if lasts is None or part.start is None:
        return None
    return months_of(part.start.year + count, part.start.month, lasts, part.precision)


def timex_of_part(period: Period) -> str | None:
    """A part of a year, or many years, as TIMEX3 writes them; None for other periods."""
    start = period.start
    if start is None:
        return None
    if period.precision == "season":
        return f"{start.year:04d}-{SEASONS[start.month // 3 - 1]}"
    written: dict[str, str] = {
        "quarter": f"{start.year:04d}-Q{(start.month + 2) // 3}",
        "half": f"{start.year:04d}-H{1 + start.month // 7}",
        "decade": f"{start.year // 10:03d}",
        "century": f"{start.year // 100:02d}",
    }
    return written.get(period.precision)


PARTS_OF_YEARS: dict[str, Callable[[Parts, date | None], Period | None]] = {
    f.__name__: f for f in (quarter, half, quarter_near, season, decade, century)
}
