"""Places where those hurt, dead or uprooted were brought or went: nothing happened to them there.

"Were treated at a hospital in Gusau", "fled to Adre", "dirujuk ke rumah sakit di Jayapura". Where a page tells no finer
place than such a one, it stays an option, since the hospital most often lies near.
"""

from __future__ import annotations

from collections.abc import Iterable

from saksi.reading.claims.discourse import FINE, PlacePhrase, Told
from saksi.reading.mentions.belief import PlaceMention
from saksi.reading.pages.page import Page

BETWEEN = 5  # tokens between the words of bringing and the name: "to the main hospital in"
LONGEST = 4  # tokens of the words of bringing themselves
WIDE = frozenset(("country", "region"))


def brought_to(page: Page, told: list[Told], mentions: Iterable[PlaceMention]) -> frozenset[int]:
    """The tokens of the names of such places, where the page names a fine place that is none."""
    found = {k for t in told for p in t.phrases if follows_bringing(page, t, p) for k in names_of(t, p)}
    others = (m for m in mentions if m.i not in found and m.cue != "dateline" and m.place.country is not None)
    return frozenset(found) if any(m.place.level in FINE for m in others) else frozenset()


def names_of(told: Told, phrase: PlacePhrase) -> list[int]:
    """The tokens at which the names of a phrase begin that are no wide areas."""
    items = told.items[phrase.first : phrase.last + 1]
    return [i.i for i in items if i.place is not None and i.place.place.level not in WIDE]


def follows_bringing(page: Page, told: Told, phrase: PlacePhrase) -> bool:
    """Whether words of bringing stand before a name, with no mark, act or "after" between."""
    words = page.vocabulary.data["places"].get("brought", ())
    end = told.items[phrase.first].i
    begins = page.begun(words, max(told.sentence.i, end - BETWEEN - LONGEST), end)
    return any(not parted(page, k, end) for k in begins)


def parted(page: Page, k: int, end: int) -> bool:
    """Whether a mark, an act or an "after" stands between token k and the name: "to hospital after a blast in Kano"."""
    words = page.vocabulary.data["places"].get("not_brought", ())
    between = range(k + 1, end)
    return any(not page.norms[n][0].isalnum() or page.any_at(n, words) or page.form(n, "event") for n in between)
