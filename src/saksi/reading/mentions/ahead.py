"""Whether the words around a day without a year say that it is still to come: "will meet on Thursday".

The words stand in each language's times.yml (`ahead`, `behind`). The nearest of them before the day decides;
where none stands before it, the first that follows.
"""

from __future__ import annotations

from collections.abc import Sequence

from saksi.reading.pages.page import Page, Sentence

BACK, ON = 12, 6  # tokens that such a word may stand before or after the day
CLOSERS = (";", '"', "\u201c", "\u201d")


def lies_ahead(page: Page, sentence: Sentence, i: int, j: int) -> bool:
    """Whether the day at tokens [i, j) lies ahead."""
    times = page.vocabulary.data["times"]
    ahead, behind = times.get("ahead", {}), frozenset(times.get("behind", ()))
    before = range(i - 1, max(sentence.i, i - BACK) - 1, -1)
    after = range(j, min(sentence.j, j + ON))
    if not ahead:
        return False
    if i > sentence.i and page.norms[i - 1] in ahead.get("led_by", ()):
        return all(page.norms[k] not in behind for k in (*before, *after))
    found = first_cue(page, before, ahead.get("before", ()), behind)
    return first_cue(page, after, ahead.get("after", ()), behind) is True if found is None else found


def first_cue(page: Page, tokens: range, ahead: Sequence[str], behind: frozenset[str]) -> bool | None:
    """Whether the first word among these tokens that says so tells of what is to come; None where none does."""
    for k in tokens:
        if page.norms[k] in ahead:
            return True
        if page.norms[k] in behind or page.norms[k] in CLOSERS:
            return False
    return None
