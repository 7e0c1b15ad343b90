"""Sites that no list of places has, told by their names: "Carnegie Library", "Jalan Pecinan", "Mount Sinjar".

They are mentions of the places layer, without a point; no claim takes its place from them, since the
town they lie in says more to a map.
"""

from __future__ import annotations

from saksi.reading.mentions.belief import PlaceMention
from saksi.reading.pages.page import Page
from saksi.reading.values import Place

LONGEST = 5  # tokens of a name


def read_sites(page: Page, taken: set[int]) -> dict[int, PlaceMention]:
    """All sites by their first token, outside the tokens taken."""
    found: dict[int, PlaceMention] = {}
    if page.shouted:
        return found
    last = page.vocabulary.site_words
    first = last if page.vocabulary.head_first else page.vocabulary.site_openers
    for sentence in page.sentences:
        if page.blocks[sentence.block].titled:
            continue
        i = sentence.i
        while i < sentence.j:
            j = site_end(page, i, sentence.j, first, last) if i not in taken else None
            if j is None or any(k in taken for k in range(i, j)):
                i += 1
                continue
            found[i] = site(page, i, j)
            i = j
    return found


def site_end(page: Page, i: int, end: int, first: frozenset[str], last: frozenset[str]) -> int | None:
    """Where the name of a site that begins at token i ends; None where none does."""
    if page.norms[i] in first and (page.capitals[i] or page.vocabulary.head_first):
        k = capitals_end(page, i + 1, end)
        return k if k > i + 1 and page.gap(i + 1) in (" ", ". ") else None
    if (
        page.vocabulary.head_first
        or not page.capitals[i]
        or page.function(i, "article", "determiner", "in", "of", "and")
    ):
        return None
    k = capitals_end(page, i, end)
    heads = [n for n in range(i + 1, k) if page.norms[n] in last]
    return heads[-1] + 1 if heads else None


def capitals_end(page: Page, i: int, end: int) -> int:
    """Where a run of capitalised words ends that begins at token i."""
    k = i
    while k < min(end, i + LONGEST) and page.capitals[k] and (k == i or page.gap(k) in (" ", "-")):
        if page.form(k, "time_cue", "titles") is not None:
            break
        k += 1
    return k


def site(page: Page, i: int, j: int) -> PlaceMention:
    """A place of words alone."""
    name = page.span(i, j).text
    place = Place(name, 0, None, None, None, None, None, None, "site")
    return PlaceMention(i, j, place, "reading/sites:name", None)
