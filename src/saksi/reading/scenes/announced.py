"""Who a page says is speaking before it begins: "Statement by President Ana Lim", "Ms. WARD. Madam Speaker, ...".

In a record of speeches a title, a name in capitals and a full stop open a speaker's words; a statement's heading
says whose it is; a release is its publisher's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from saksi.reading.pages.page import Page

LONGEST_NAME = 7  # tokens: "President Joe Biden", "Mr. MILLER of Florida"


class Announced(NamedTuple):
    """A speaker at tokens [i, j), whose words follow."""

    i: int
    j: int
    rule: str


def announced(page: Page) -> Iterator[Announced]:
    """The speakers that headings and openings of paragraphs announce, in order."""
    for sentence in page.sentences:
        block = page.blocks[sentence.block]
        opens = page.tokens.starts[sentence.i] == block.text_start
        floor = on_the_floor(page, sentence.i) if opens and not block.titled else None
        found = headed(page, sentence.i, sentence.j) if block.titled else floor
        if found is not None:
            yield found


def headed(page: Page, i: int, end: int) -> Announced | None:
    """The name after "Statement by" in a heading."""
    for phrase in page.vocabulary.data["saying"].get("statement_by", ()):
        words = str(phrase).split()
        if page.norms[i : i + len(words)] != words:
            continue
        j = begin = i + len(words)
        while j < min(end, begin + LONGEST_NAME) and page.capitals[j]:
            j += 1
        if j > begin:
            return Announced(begin, j, "reading/scenes/announced:statement-by")
    return None


def on_the_floor(page: Page, i: int) -> Announced | None:
    """The name in capitals after a title that opens a paragraph, with a full stop behind it: "Mr. OWENS."."""
    title = page.form(i, "titles")
    if title is None or page.shouted:
        return None
    begin = title[0] + (title[0] < len(page.norms) and page.norms[title[0]] == ".")
    end = min(len(page.norms), begin + LONGEST_NAME)
    stop = next((k for k in range(begin, end) if page.norms[k] == "."), None)
    if stop is None or stop == begin or not page.word(begin).isupper() or len(page.word(begin)) < 2:
        return None
    return Announced(begin, stop, "reading/scenes/announced:floor")
