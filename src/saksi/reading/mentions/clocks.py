"""Clock times: "at 9.30 a.m.", "pukul 07.30 WIB", as `HH:MM` with the offset of a zone that is named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saksi.reading.mentions.times import grammar_of
from saksi.reading.pages.page import Page, Sentence
from saksi.reading.values import Span

FIGURE = re.compile(r"\d")


def clock_in(page: Page, sentence: Sentence) -> tuple[Span, str] | None:
    """The first clock time of a sentence, by the first form that finds one."""
    return next(clocks_between(page, sentence.start, sentence.end), None)


def clocks_between(page: Page, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """The clock times of a stretch of text, form by form."""
    if FIGURE.search(page.text, start, end) is None:
        return
    for pattern in grammar_of(page).clocks:
        for match in pattern.finditer(page.text, start, end):
            yield page.at(*match.span()), hour_of(page, match)


def hour_of(page: Page, match: re.Match[str]) -> str:
    """A matched clock time as `HH:MM`."""
    times = page.vocabulary.data["times"]
    words = match[0].lower()
    hour, minute = int(match["hh"]), int(match.groupdict().get("mi") or 0)
    if any(p in words for p in times["pm"]) and hour < 12:
        hour += 12
    zone = next((z for z in sorted(times["zones"]) if re.search(rf"\b{z}\b", words)), None)
    offset = f"{times['zones'][zone]:+03d}:00" if zone else ""
    return f"{hour % 24:02d}:{minute:02d}{offset}"
