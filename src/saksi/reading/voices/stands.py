"""The days on which somebody took a stand: "today condemned the murder", "denounced on Monday the attack".

What they condemned, accused of, ordered looked into or remembered happened on another day, or on one that nobody tells.
"""

from __future__ import annotations

from collections.abc import Iterator

from saksi.reading.clauses.items import Item
from saksi.reading.pages.page import Page
from saksi.reading.values import Span
from saksi.reading.voices.attributions import Attribution

# small words between a verb and its day: "today we honour", "on Monday he condemned"
PASSED = frozenset(("on", "in", "adverb", "pronoun", "one_person", "many_persons"))

Days = frozenset[Span]


def days_apart(page: Page, items: list[Item], attributions: list[Attribution]) -> tuple[Days, Days]:
    """The days of a sentence on which something was said, and those of stands, which date nothing that is told."""
    beside_verbs = list(days_of(page, items))
    named = (a.said_on.span for a in attributions if a.said_on is not None)
    said = frozenset(named).union(span for span, says in beside_verbs if says)
    return said, frozenset(span for span, says in beside_verbs if not says)


def days_of(page: Page, items: list[Item]) -> Iterator[tuple[Span, bool]]:
    """The days that stand right beside a verb of attitude, and belong to it; whether it is also a word of saying."""
    for k, item in enumerate(items):
        if item.time is None or item.time.since or item.time.as_of or item.time.window:
            continue
        sides = (-1,) if any(i.kind == "verb" for i in items[:k]) else (-1, 1)  # "killed on Monday, condemned"
        verbs = (n for step in sides if takes_stand(page, items, n := beside(page, items, k, step)))
        verb = next(verbs, None)
        if verb is not None:
            yield item.time.span, items[verb].kind == "say"


def beside(page: Page, items: list[Item], k: int, step: int) -> int:
    """The next item on one side but small words and those that only describe: "today strongly condemned"."""
    n = k + step
    if step > 0 and not k and items[1:2] and items[1].name == ",":
        n += 1  # "Today, we remember"
    while 0 <= n < len(items) and (items[n].name in PASSED or describes(page, items[n])):
        n += step
    return n


def describes(page: Page, item: Item) -> bool:
    """Whether an item is a word like "strongly", and no verb of attitude that ends as such words do."""
    described = item.kind == "word" and page.ends_so(item.i, "describing_endings")
    return described and item.i not in page.layered["attitude"]


def takes_stand(page: Page, items: list[Item], n: int) -> bool:
    """Whether an item is a verb of attitude or of remembering: no act, no noun that an article or "of" goes before."""
    if not 0 <= n < len(items) or items[n].kind == "verb":
        return False
    remembering = page.vocabulary.data["saying"].get("remembering", ())
    if items[n].i not in page.layered["attitude"] and page.norms[items[n].i] not in remembering:
        return False
    return not n or items[n - 1].name not in ("article", "determiner", "of")
