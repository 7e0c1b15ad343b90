"""When a word of saying says nothing: beside another source, before another object, in a sum.

"A reporter saw two bodies", but not "soldiers saw two tanks"; "menyampaikan duka"; "53, tambah 3".
"""

from __future__ import annotations

from collections.abc import Iterator

from saksi.reading.mentions.found import Found
from saksi.reading.pages.page import Page

OUTLETS = frozenset(("agency", "outlet"))
NEAR = 4  # words between a source and a word that says only beside some
SET_IN = 20  # words that commas may set in between the two


def says_nothing(found: Found, i: int, j: int) -> bool:
    """Whether a word of saying at tokens [i, j) is none here."""
    page, saying = found.page, found.page.vocabulary.data["saying"]
    norm, after = page.norms[i], page.norms[j : j + 1]
    if after and after[0] in saying.get("not_before", {}).get(norm, ()):
        return True
    sums = j in found.numbers and norm in saying.get("after_mark", ())
    return sums or not beside_its_own(page, i, saying.get("only_of", {}).get(norm))


def lacks_outlet(found: Found, i: int, j: int) -> bool:
    """Whether a word at tokens [i, j) that only outlets say has none behind it: "diberitakan Antara"."""
    page = found.page
    if page.norms[i] not in page.vocabulary.data["saying"].get("only_outlets", ()):
        return False
    named = found.actors.get(next((k for k in range(j, j + NEAR) if k in found.actors or not leads_to(page, k)), j))
    return named is None or named.actor.kind not in OUTLETS


def leads_to(page: Page, k: int) -> bool:
    """Whether token k may stand before the name of an outlet: "by", "the official", "kantor berita"."""
    saying = page.vocabulary.data["saying"]
    sorts = saying.get("sayers", {})
    listed = (saying.get("before_sayer", ()), sorts.get("bodies", ()), sorts.get("documents", ()))
    return page.function(k, "by") is not None or any(page.any_at(k, words) for words in listed)


def beside_its_own(page: Page, i: int, sources: list[str] | None) -> bool:
    """Whether one of the only sources of a word stands before it in its sentence; `sources` None: it has any."""
    if sources is None:
        return True
    near = (page.norms[max(0, end - NEAR) : end] for end in ends_of_source(page.norms, i))
    return any(norm in sources and "." not in before[k:] for before in near for k, norm in enumerate(before))


def ends_of_source(norms: list[str], i: int) -> Iterator[int]:
    """Where a source of the word at token i may end: at it, or before what commas set in.

    "The site of the army, according to a news agency, lists five names".
    """
    yield i
    if norms[i - 1 : i] == [","]:
        opens = next((k for k in range(i - 1, max(0, i - SET_IN), -1) if norms[k] == "."), i - SET_IN)
        yield from (k for k in range(i - 1, max(0, opens), -1) if norms[k] == ",")


def is_adverb(page: Page, k: int) -> bool:
    """Whether token k only colours a verb: "also", "immediately"."""
    saying = page.vocabulary.data["saying"]
    endings = tuple(map(str, saying.get("adverb_endings", ())))
    return page.norms[k] in saying.get("adverbs", ()) or (bool(endings) and page.norms[k].endswith(endings))
