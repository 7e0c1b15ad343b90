"""The short name of a body in brackets behind its long one: "Komisi untuk Orang Hilang ... (KontraS) mencatat"."""

from __future__ import annotations

from collections.abc import Sequence

from saksi.reading.clauses.items import Item
from saksi.reading.mentions.actors import ActorMention
from saksi.reading.pages.page import Page

SHORTEST, LONGEST = 3, 12  # words of a long name


def short_name(page: Page, items: Sequence[Item], end: int) -> ActorMention | None:
    """The party in brackets at the end of a source, where its letters stand in order in the words before."""
    if end < SHORTEST or items[end - 1].name != ")" or items[end - 3].name != "(":
        return None
    actor, opened = items[end - 2].actor, items[end - 3].i
    marks = (items[k].j for k in range(end - 4, -1, -1) if items[k].kind in ("mark", "say", "time"))
    begin = max(next(marks, items[0].i), opened - LONGEST)
    words = [n for n in page.norms[begin:opened] if n[0].isalpha()]
    if actor is None or len(words) < SHORTEST:
        return None
    letters = iter("".join(words))
    return actor if all(letter in letters for letter in page.norms[actor.i]) else None
