"""The surnames of those whom a page names in full, so that they are known where they stand alone, and no places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from saksi.reading.pages.page import Page

LONGEST = 5  # words of a name
SHORTEST = 4  # letters of a surname that is known in a text of capitals
NO_NAMES = ("describing_endings", "common_endings", "verb_endings", "participle_endings")


def find_surnames(page: Page) -> Iterator[str]:
    """Words that somewhere on the page follow another capitalised word that no list has: "Ann Sutton"."""
    if page.shouted:
        yield from behind_titles(page)
        return
    for k in range(1, len(page.norms)):
        before = k - 1
        if not (page.capitals[k] and page.capitals[before]) or page.gap(k) != " " or before in page.hits:
            continue
        if not page.word(before).isupper():
            yield page.norms[k]


def behind_titles(page: Page) -> Iterator[str]:
    """In a text of capitals the words of a name but the first, behind a title: "SENATOR ANA LIM SUTTON"."""
    particles = page.vocabulary.data["language"].get("name_particles", ())
    for i in range(1, len(page.norms)):
        if not follows_title(page, i) or not may_name(page, i):
            continue
        if i + 1 == len(page.norms) or page.gap(i + 1) != " " or i + 1 in page.hits:
            yield page.norms[i]  # "MISS LIM"
        for k in range(i + 1, min(i + LONGEST, len(page.norms))):
            if page.gap(k) != " " or not (page.norms[k] in particles or may_name(page, k)):
                break
            if len(page.norms[k]) >= SHORTEST:
                yield page.norms[k]


def follows_title(page: Page, i: int) -> bool:
    """Whether a title or a word for one person ends right before a token: "SENATOR", "ARCHBISHOP"."""
    if page.gap(i) != " ":
        return False
    if page.ending_at(i, "roles") is not None or page.norms[i - 1] in page.vocabulary.data["saying"].get("titles", ()):
        return True
    noun = page.form(i - 1, "object")
    return noun is not None and noun[0] == i and not noun[1].plural and noun[1].value in page.vocabulary.people


def may_name(page: Page, k: int) -> bool:
    """Whether a word may be of a name: no list has it, and it does not end like a common word."""
    unknown = k not in page.hits and page.norms[k].isalpha()
    return unknown and not any(page.ends_so(k, ending) for ending in NO_NAMES)
