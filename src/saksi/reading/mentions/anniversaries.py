"""Pages that keep a day: "Statement on the Anniversary of the Attack", "Marking One Year Since the Raid".

What such a page tells of a year ago lies a year before it to the day, and its own day of the month is that of then.
"""

from __future__ import annotations

from saksi.reading.pages.page import Page

NEAR = 3  # tokens from "marking" to the length of time that it marks
YEAR = 365
LONG = frozenset((30, YEAR))  # units of which a day is kept
Parts = dict[str, int | None]


def keeps_a_day(page: Page) -> bool:
    """Whether the title of a page says that it keeps the day of something that lies months or years back."""
    words = page.vocabulary.data["times"].get("anniversaries", ())
    title = title_of(page)
    return any(page.norms[k] in words or marked_unit(page, k, title.stop) for k in title)


def title_of(page: Page) -> range:
    """The tokens of a page's title."""
    return range(*page.between(0, page.headline_end))


def marked_unit(page: Page, k: int, end: int) -> int | None:
    """The months or years that a word such as "marking" at token k leads to, in days; None where it leads to none."""
    times = page.vocabulary.data["times"]
    if page.norms[k] not in times.get("to_the_day", ()):
        return None
    lengths = times["units"] | times.get("one_unit", {})
    units = (int(lengths[word]) for word in page.norms[k + 1 : min(end, k + 1 + NEAR)] if word in lengths)
    return next((unit for unit in units if unit in LONG), None)


def as_kept(page: Page, reader: str, parts: Parts) -> str:
    """The reader of a time as a page that keeps a day means it: "one year ago" to the day, its own day as then."""
    if reader in ("ago", "one_ago") and parts.get("unit") in LONG and keeps_a_day(page):
        return "same_day_ago"
    day, today = parts.get("day"), page.published
    if reader == "day_of_month" and day and today is not None and not parts.get("year"):
        own = (today.month, today.day) == (parts.get("month") or parts.get("mm"), day)
        if own and keeps_a_day(page):
            parts["year"] = today.year - 1 if marks_a_year(page) else None
    return reader


def marks_a_year(page: Page) -> bool:
    """Whether the title of a page says that it was one year ago."""
    times = page.vocabulary.data["times"]
    ones = {*times.get("ones", ()), "1"}
    title = title_of(page)
    marking = next((k for k in title if marked_unit(page, k, title.stop) == YEAR), None)
    behind = page.norms[marking + 1 : marking + 1 + NEAR] if marking is not None else []
    return any(word in ones or word in times.get("one_unit", {}) for word in behind)
