"""What a word before a time makes of its days: since them, until them, before or after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from saksi.reading.pages.page import Page
from saksi.reading.values import Period

if TYPE_CHECKING:
    from saksi.reading.mentions.times import Time

FAR = 12  # tokens between "since" and the day it leads to


def made_by_prefix(page: Page, time: Time) -> Time:
    """The time as the word before it makes it, with the days of its own words kept beside."""
    made = with_prefix(page, time)
    return made if made.period == time.period else made._replace(own=time.period)


def with_prefix(page: Page, time: Time) -> Time:
    """The time as the word before it makes it: since, until, before, after."""
    times = page.vocabulary.data["times"]
    before = page.norms[time.i - 1] if time.i else ""
    first = page.norms[time.i]
    period, published = time.period, page.published
    opened = before not in times["until"] and since_before(page, time)
    if time.window and first not in times["until"]:
        return time  # "sejak Januari hingga April": told by both ends
    if before in times["since"] or first in times["since"] or opened:
        start = period.start
        end = published if start and published and published >= start else None
        made = Period(start, end, "range" if end else "after") if start else period
        return time._replace(period=made, since=True)
    if before in times["before"] and period.start:
        return time._replace(period=Period(None, period.start, "before"))
    if before in times["after"] and period.end:
        return time._replace(period=Period(period.end, None, "after"))
    if before in times["until"] and period.end and period.precision == "day":
        return time._replace(period=Period(None, period.end, "before"))
    return time


def since_before(page: Page, time: Time) -> bool:
    """Whether "since" opens the words a day closes: "since the offensive began on Feb. 19"."""
    times = page.vocabulary.data["times"]
    first = time.i if time.i in page.openings else max(-1, time.i - FAR)  # what opens a sentence goes on from nothing
    for k in range(time.i - 1, first, -1):
        if not page.norms[k][0].isalnum() or k in page.openings or page.function(k, "and") is not None:
            return page.norms[k] in times["since"]
        if page.norms[k] in times["since"]:
            return True
    return False
