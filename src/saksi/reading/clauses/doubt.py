"""What is told and left open: "could not confirm that ten were taken", "unconfirmed reports said nine had died".

A "no" before a word of knowing denies nothing; what hangs on it has neither happened nor not.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from saksi.reading.clauses.borders import ends_clause
from saksi.reading.clauses.items import Item
from saksi.reading.pages.page import Page

KNOWN = frozenset(("word", "group", "say"))  # what verbs of knowing, and the reports that they are of, are read as
DENYING = frozenset(("negation", "unknown_yet", "future", "duty", "or", "be", "adverb"))  # the small words around them
BEHIND = frozenset(("negation", "unknown_yet", "future", "duty", "be", "have", "adverb", "of", "in", "determiner"))
BORDERS = frozenset(("while", "relative", "and", ";"))  # what a doubt of another clause stands behind


def content_before(page: Page, items: list[Item], at: int) -> int:
    """Where the clause opens that tells of an act: at the "that" of "confirmed that ten were taken"; 0 for none."""
    opening = next((k for k in range(at - 1, 0, -1) if opens_content(page, items[k]) or ends_clause(items[k])), 0)
    return opening if opening and opens_content(page, items[opening]) else 0


def opens_content(page: Page, item: Item) -> bool:
    """Whether an item is a "that" which opens what is told, or begins with one: "that ten soldiers"."""
    return item.name == "that" or (item.group is not None and page.function(item.i, "that") is not None)


def in_doubt(page: Page, items: list[Item], at: int, opening: int, *, nominal: bool) -> Item | None:
    """The word that leaves an act open: of the clause it hangs on, of those who report it, or behind it."""
    data = page.vocabulary.data["language"]
    knowing = data.get("knowing", ()) if opening else data.get("proving", ()) if nominal else ()
    before = unknown_before(page, items, opening or at, knowing)
    return before or unproven_reports(page, items, at) or (unproven_behind(page, items, at) if knowing else None)


def is_yet_to_come(items: list[Item], k: int, at: int) -> bool:
    """Whether a "not yet" is of the verb behind it, which has not happened: "five have not yet been released"."""
    between = items[k + 1 : at]
    return items[k].name == "unknown_yet" and items[at].kind == "verb" and all(i.kind == "function" for i in between)


def unknown_before(page: Page, items: list[Item], opening: int, knowing: Sequence[str]) -> Item | None:
    """The "no" of a word of knowing on which a clause or noun hangs: "could not confirm that ten were taken"."""
    k = opening - 1
    while k >= 0 and (items[k].kind in KNOWN or items[k].name in DENYING):
        k -= 1
    no = next((i for i in items[k + 1 : opening] if i.name in ("negation", "unknown_yet")), None)
    if no is None or not any(page.any_at(n, knowing) for n in range(no.j, items[opening].i)):
        return None
    return msgspec.structs.replace(no, name="fears")


def unproven_reports(page: Page, items: list[Item], at: int) -> Item | None:
    """The word that says of a report, before what it reports, that nobody has proven it: "unconfirmed reports said"."""
    words = page.vocabulary.data["language"].get("unproven", ())
    said = page.begun(words, items[0].i, items[at].i)
    for item in reversed(items[:at] if said else ()):
        if item.i in said:
            return msgspec.structs.replace(item, name="fears")
        if item.name in ("while", ";") or item.kind == "verb":
            return None
    return None


def unproven_behind(page: Page, items: list[Item], at: int) -> Item | None:
    """The word behind an act that says the report of it is not proven: "the killing of two has not been verified"."""
    words, no = page.vocabulary.data["language"].get("proving", ()), None
    for item in items[at + 1 :]:
        if item.name in BORDERS or item.kind in ("verb", "mark"):
            return None
        if item.name in ("negation", "unknown_yet"):
            no = item
        elif no is not None and page.any_at(item.i, words):
            return msgspec.structs.replace(no, name="fears")
        elif no is not None and item.name not in BEHIND:
            return None
    return None
