"""When a word of saying says nothing: beside another source, before another object, in a sum.

"A reporter saw two bodies", but not "soldiers saw two tanks"; "menyampaikan duka"; "53, tambah 3".
"""

from __future__ import annotations

from saksi.reading.mentions.found import Found
from saksi.reading.pages.page import Page

NEAR = 4  # words between a source and a word that says only beside some


def says_nothing(found: Found, i: int, j: int) -> bool:
    """Whether a word of saying at tokens [i, j) is none here."""
    page, saying = found.page, found.page.vocabulary.data["saying"]
    norm, after = page.norms[i], page.norms[j : j + 1]
    if after and after[0] in saying.get("not_before", {}).get(norm, ()):
        return True
    sums = j in found.numbers and norm in saying.get("after_mark", ())
    return sums or not beside_its_own(page, i, saying.get("only_of", {}).get(norm))


def beside_its_own(page: Page, i: int, sources: list[str] | None) -> bool:
    """Whether one of the only sources of a word stands before it in its sentence; `sources` None: it has any."""
    if sources is None:
        return True
    before = page.norms[max(0, i - NEAR) : i]
    return any(norm in sources and "." not in before[k:] for k, norm in enumerate(before))
