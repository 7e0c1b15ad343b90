"""What stands between a source and its word of saying: helping words, a day, what commas set in, who hears it.

`Hasan, in an interview with the agency, said`, `the ministry, which is new, said`, `Hasan dalam keterangannya kepada
wartawan, Senin, mengatakan`.
"""

from __future__ import annotations

from saksi.reading.clauses.borders import PREPOSITIONS as OF_PHRASES
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.saying_words import is_adverb
from saksi.reading.mentions.found import Found
from saksi.reading.pages.page import Page
from saksi.reading.voices.nouns import nouns_of

HEARERS = frozenset(("group", "actor", "name"))  # by what those are told who hear something
PREPOSITIONS = OF_PHRASES | {"after", "before"}
HELPERS = frozenset(("be", "have", "adverb", "future", "duty", "negation", "continue", "manage"))


def past_hearers(page: Page, items: list[Item], k: int) -> int:
    """The item before those who hear it and where: "dalam keterangannya kepada wartawan, Senin,"; else item k."""
    n = k
    while n > 0 and (items[n].name == "," or items[n].kind == "time"):
        n -= 1
    if n < 2 or items[n - 1].name != "to" or items[n].kind not in HEARERS or not page.vocabulary.head_first:
        return k
    document = told_in(page, items, n - 2)
    return n - 2 if document is None else document


def set_in_commas(page: Page, items: list[Item], k: int) -> int | None:
    """The comma that opens what is set in before a comma at item k: "the agency, which is ..., said".

    A relative clause, who carried it, the day of that, where it was said ("in an interview with") and to whom
    ("speaking to reporters") are set in, one after another.
    """
    opened = None
    while k > 1 and items[k].name == ",":
        before = next((n for n in range(k - 1, 0, -1) if items[n].name == ","), None)
        first = items[before + 1] if before is not None else None
        if first is None or not (
            first.name == "relative" or first.kind in ("carriers", "time") or tells_where(page, first)
        ):
            break
        opened, k = (before if first.kind != "time" else opened), before or 0
    return opened


def tells_where(page: Page, first: Item) -> bool:
    """Whether what is set in tells where something was said, or how: "in an interview with", "speaking to"."""
    how = first.kind == "word" and page.ends_so(first.i, "participle_endings")
    return not page.vocabulary.head_first and (how or (first.kind == "function" and first.name in PREPOSITIONS))


def past_helpers(found: Found, items: list[Item], at: int) -> int:
    """The item before a word of saying, its helping words and its day: "doesn't even", "truly", "on Friday"."""
    k = at - 1
    while k > 0:
        item = items[k]
        coloured = item.kind == "word" and (is_adverb(found.page, item.i) or found.page.possessive(item.i))
        dated = item.kind == "time" or (item.name in ("in", "on") and items[k + 1].kind == "time")
        told = told_in(found.page, items, k)
        if told is None and not (coloured or dated) and not (item.kind == "function" and item.name in HELPERS):
            break
        k = k - 1 if told is None else told
    return k


def told_in(page: Page, items: list[Item], k: int) -> int | None:
    """The item before "in a statement", whose last word is item k; None where that does not stand there."""
    document = page.norms[items[k].i].startswith(nouns_of(page.vocabulary).told_in)
    opens = next((n for n in range(k - 1, max(0, k - 4), -1) if items[n].name == "in"), 0) if document else 0
    return opens - 1 if opens else None
