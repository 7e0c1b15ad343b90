"""The days on which somebody took a stand: "today condemned the murder", "denounced on Monday the attack".

What they condemned, accused of or ordered looked into happened on another day, or on one that nobody tells.
"""

from __future__ import annotations

from collections.abc import Iterator

from saksi.reading.clauses.items import Item
from saksi.reading.pages.page import Page
from saksi.reading.values import Span
from saksi.reading.voices.attributions import Attribution

# small words between a verb and its day: "today we honour", "on Monday he condemned"
PASSED = frozenset(("on", "in", "adverb", "pronoun", "one_person", "many_persons"))


def saying_days(page: Page, items: list[Item], attributions: list[Attribution]) -> frozenset[Span]:
    """The days of a sentence on which something was said or a stand was taken."""
    return frozenset(a.said_on.span for a in attributions if a.said_on is not None).union(stand_days(page, items))


def stand_days(page: Page, items: list[Item]) -> Iterator[Span]:
    """The days of a sentence that stand right beside a verb of attitude, and belong to it."""
    for k, item in enumerate(items):
        if item.time is None or item.time.since or item.time.as_of or item.time.window:
            continue
        sides = (-1,) if any(i.kind == "verb" for i in items[:k]) else (-1, 1)  # "killed on Monday, condemned"
        if any(takes_stand(page, items, beside(page, items, k, step)) for step in sides):
            yield item.time.span


def beside(page: Page, items: list[Item], k: int, step: int) -> int:
    """The next item on one side but small words and those that only describe: "today strongly condemned"."""
    n = k + step
    while 0 <= n < len(items) and (items[n].name in PASSED or describes(page, items[n])):
        n += step
    return n


def describes(page: Page, item: Item) -> bool:
    """Whether an item is a word like "strongly", and no verb of attitude that ends as such words do."""
    described = item.kind == "word" and page.ends_so(item.i, "describing_endings")
    return described and item.i not in page.layered["attitude"]


def takes_stand(page: Page, items: list[Item], n: int) -> bool:
    """Whether an item is a verb of attitude: no act ("released"), no noun that an article or "of" goes before."""
    if not 0 <= n < len(items) or items[n].i not in page.layered["attitude"] or items[n].kind == "verb":
        return False
    return not n or items[n - 1].name not in ("article", "determiner", "of")
