"""When the happenings that running totals go back to began, as a page tells it anywhere.

"Since the start of the hostilities" has no day of its own; the page gives one elsewhere: "since the
hostilities began on 7 October", or the one day that its other totals begin with.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from saksi.reading.claims.claim import Claim
from saksi.reading.mentions.times import Time
from saksi.reading.pages.page import Page
from saksi.reading.values import Span
from saksi.reading.vocabulary import Vocabulary

FAR = 12  # tokens from "since" to the happening it names, and from a happening to its day
NEAR = 5  # tokens between a happening, the word that it began, and its day
OFTEN = 2  # times that a page must tell a day before a figure without any is counted from it
RECENT = 3  # days: a day so near to the report begins a window and no total of a war
NONE: dict[str, Any] = {}  # words that a language does not list


class Struggle(NamedTuple):
    """A happening that a total is counted from, at tokens [i, j): "since the start of the war"."""

    name: str
    i: int
    j: int


class Beginnings(NamedTuple):
    """The days on which a page's happenings began, each with the words that say so.

    `usual` is the day that its totals begin with; `plain` the same where it is told so often that it stands for
    figures that name none. `going` are the words of days from which, or as of which, something goes on; `then` is
    the day that "since then" points at, `before` the figure told last; `once`: a figure of its own sentence is of one
    happening.
    """

    named: dict[str, tuple[date, Span]]
    usual: tuple[date, Span] | None
    plain: tuple[date, Span] | None
    going: frozenset[Span]
    then: tuple[date, Span] | None = None
    before: Claim | None = None
    once: bool = False

    def of(self, name: str) -> tuple[date, Span] | None:
        """The day a happening began; of a war, where nothing names it, the day that totals begin with."""
        return self.named.get(name) or (self.usual if name == "war" else None)

    def days(self) -> frozenset[date]:
        """All days on which something began."""
        told = (*self.named.values(), *((self.usual,) if self.usual else ()))
        return frozenset(day for day, _ in told)

    def has(self, day: date | None) -> bool:
        """Whether a day is one on which totals of the page begin."""
        return day is not None and self.usual is not None and day == self.usual[0]


def words_of(page: Page, key: str) -> Any:
    """A list of words for totals of the page's language."""
    return page.vocabulary.totals.get(key, NONE)


@lru_cache(maxsize=8)
def struggle_openers(vocabulary: Vocabulary) -> frozenset[str]:
    """The first words of the names of happenings that go on."""
    struggles = vocabulary.totals.get("struggles", NONE).values()
    return frozenset(word for nouns in struggles for word in vocabulary.phrases(nouns).by_first)


def struggle_at(page: Page, k: int) -> Struggle | None:
    """The happening named at token k, if it is of a kind that goes on: war, offensive, truce."""
    if k >= len(page.norms) or page.norms[k] not in struggle_openers(page.vocabulary):
        return None
    for name, nouns in words_of(page, "struggles").items():
        if (j := page.phrase_end(k, nouns)) is not None:
            return Struggle(name, k, j)
    return None


def named_in(page: Page, i: int, j: int, key: str) -> bool:
    """Whether a phrase of totals begins in tokens [i, j): a war (`wars`), that something was counted `so_far`."""
    words = words_of(page, key)
    begun = page.tokens_among(page.vocabulary.phrases(words).by_first, i, j)
    return any(page.any_at(k, words) for k in begun)


def struggle_since(page: Page, i: int, j: int, times: list[Time]) -> Struggle | None:
    """The happening that "since" leads to in tokens [i, j), where no day follows it."""
    dated = {k for t in times if t.since for k in range(t.i - FAR, t.j)}
    for k in page.tokens_among(page.vocabulary.data["times"]["since"], i, j):
        if k not in dated:
            found = first_struggle(page, k + 1, min(j, k + FAR))
            if found is not None and not records(page, k):
                return Struggle(found.name + resumed(page, k, found.i), k, found.j)
    return None


def first_struggle(page: Page, i: int, j: int) -> Struggle | None:
    """The first happening named in tokens [i, j), before any mark."""
    for k in range(i, j):
        if not page.norms[k][0].isalnum():
            return None
        if (found := struggle_at(page, k)) is not None:
            return found
    return None


def beginnings(page: Page, times: list[Time]) -> Beginnings:
    """What a page tells of when its happenings began."""
    named: dict[str, tuple[date, Span]] = {}
    for time in times:
        start = time.period.start
        if start is None or (start.month, start.day) == (1, 1) or records(page, time.i):
            continue  # a bare year says too little of when it began
        if (name := begun_at(page, time) or launched_at(page, time)) is not None:
            named.setdefault(name, (start, time.span))
    usual, often = usual_start(page, times)
    first = usual[0] if usual else None
    going = frozenset(t.span for t in times if t.since or t.as_of or (t.window and t.period.start == first))
    return Beginnings(named, usual, usual if often >= OFTEN else None, going)


def begun_at(page: Page, time: Time) -> str | None:
    """The happening that began at a time: "since the war on 7 October", "the hostilities began on 7 October"."""
    begun, started = words_of(page, "begun"), time.since
    if time.as_of or time.window:
        return None
    since = page.vocabulary.data["times"]["since"]
    for k in range(time.i - 1, max(-1, time.i - NEAR), -1):
        if not page.norms[k][0].isalnum() or page.norms[k] in since:
            return None
        if (found := struggle_at(page, k)) is not None:
            opened = any(page.norms[n] in begun for n in range(max(0, k - NEAR), k))
            known = started or (opened and found.j >= time.i - 1)
            return found.name + resumed(page, max(0, k - NEAR), time.i) if known else None
        started = started or page.norms[k] in begun
    return None


def launched_at(page: Page, time: Time) -> str | None:
    """The happening that a sentence says began at a time, farther from it: "the war began with a raid on 7 October"."""
    if time.since or time.as_of or time.window or time.period.precision != "day":
        return None
    begun, launched = words_of(page, "begun"), words_of(page, "launched")
    for k in range(time.i - 1, max(-1, time.i - FAR), -1):
        if not page.norms[k][0].isalnum():
            break
        if (found := struggle_at(page, k)) is not None:
            opened = any(page.norms[n] in begun for n in range(found.j, min(time.i, found.j + NEAR)))
            return found.name + resumed(page, k, time.i) if opened else None
    opened = False
    for k in range(time.j + (page.norms[time.j : time.j + 1] == [","]), min(len(page.norms), time.j + FAR)):
        if not page.norms[k][0].isalnum():
            return None
        found = struggle_at(page, k) if opened else None
        if found is not None and found.name == "operation":
            return found.name + resumed(page, time.j, k)
        opened = opened or page.norms[k] in launched
    return None


def resumed(page: Page, i: int, j: int) -> str:
    """What sets the second beginning of a happening apart from its first: "the resumption of hostilities"."""
    again = words_of(page, "again")
    return " again" if any(page.norms[k] in again for k in range(i, j)) else ""


def usual_start(page: Page, times: list[Time]) -> tuple[tuple[date, Span] | None, int]:
    """The day that most of a page's "since" lead to, unless it is as near as yesterday, and how often it is told."""
    since = [t for t in times if t.since and t.period.start and any(c.isdigit() for c in t.span.text)]
    days = Counter(t.period.start for t in since if t.period.start and not records(page, t.i))
    told = page.published
    if told is not None:
        days = Counter({d: n for d, n in days.items() if d <= told and (n > 1 or (told - d).days >= RECENT)})
    ranked = days.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None, 0
    day, often = ranked[0]
    return (day, next(t.span for t in since if t.period.start == day)), often


def records(page: Page, k: int) -> bool:
    """Whether a superlative stands before token k, so that "since" begins no count: "the deadliest since 2005"."""
    listed = words_of(page, "records")
    for n in range(k - 1, max(-1, k - FAR - NEAR), -1):
        if not page.norms[n][0].isalnum():
            return False
        if page.norms[n] in listed:
            return True
    return False
