"""Names that the words behind them, or the place before them, say to be places.

"Yaklo, an impoverished village", "Dulori, 12 kilometres east of Maiduguri", "Bosho, Garnu and Ajira villages",
"Istanbul's Beyazit district".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from saksi.reading.pages.page import Page

WORDS = 4  # between the article behind a name and the word for its sort: "an impoverished and desolate town"
NAMES, LONGEST = 8, 3  # of a list before the word for their sort; words of one
OWNED = 3  # tokens between a place and what is told as its own: "Jerusalem's walled Old City"
PARTS = ("in", "of", "near", "on", "relative", "that", "with", "from", "to", "while", "after", "before")
ENDS = (*PARTS, "and")  # what a noun phrase ends before


class Ending(Protocol):
    """A mention that ends before a token."""

    @property
    def j(self) -> int:
        """The token after its last."""


def explained(page: Page, j: int) -> bool:
    """Whether a comma, an article and a word for a sort of place follow at token j: ", an impoverished village"."""
    if j + 2 >= len(page.norms) or page.norms[j] != ",":
        return False
    k = page.function(j + 1, "article", "determiner")
    if k is None:
        return False
    for n in range(k, min(k + WORDS, len(page.norms))):
        if page.capitals[n] or not page.norms[n].isalpha() or page.function(n, *PARTS) is not None:
            return False
        if page.form(n, "place_type") is not None or page.norms[n] in page.vocabulary.site_words:
            return ends_there(page, n + 1)
    return False


def ends_there(page: Page, k: int) -> bool:
    """Whether a noun phrase ends before token k, so that the noun before it is its head: no "village elder"."""
    return k >= len(page.norms) or not page.norms[k][0].isalnum() or page.function(k, *ENDS) is not None


def measured(page: Page, j: int) -> bool:
    """Whether a distance follows behind a comma at token j: ", 12 kilometres east of"."""
    if j + 2 >= len(page.norms) or page.norms[j] != "," or not page.norms[j + 1][0].isdecimal():
        return False
    return page.norms[j + 2] in page.vocabulary.data["places"].get("distances", ())


def sort_of_list(page: Page, i: int, j: int) -> str | None:
    """The sort of places that a list of names ends with, one of which is [i, j): "Bosho, Garnu and Ajira villages"."""
    k, names, length = j, int(i > 0 and joins(page, i - 1)), 0
    sorts = page.vocabulary.sorts_of_many
    while k < len(page.norms) and names <= NAMES and length <= LONGEST:
        if page.norms[k] in sorts:
            return sorts[page.norms[k]] if names else None
        joined = joins(page, k)
        if k in page.openings or not (joined or (page.capitals[k] and names)):
            return None
        names, length = (names + 1, 0) if joined else (names, length + 1)
        k += 1
    return None


def joins(page: Page, k: int) -> bool:
    """Whether token k stands between the names of a list."""
    return page.norms[k] == "," or page.function(k, "and") is not None


def owned(page: Page, i: int, found: Mapping[int, Ending]) -> bool:
    """Whether a place before token i owns what begins there: "Jerusalem's walled Old City"."""
    for k in range(i - 1, max(0, i - 1 - OWNED), -1):
        if page.possessive(k):
            return any(n in found and found[n].j == k for n in range(k - LONGEST, k))
        if page.capitals[k] or not page.norms[k].isalpha():
            return False
    return False
