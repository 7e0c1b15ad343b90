"""Organisations that no register has, told by their names: "Syrian Computer Society", "Badan Kehormatan", "SRTF".

A name of several capitalised words is an organisation where it holds a word for a sort of organisation
(`name_heads` of actors.yml) at the end that the language gives its heads; a word of capitals alone is
one unless the vocabulary knows it as something else.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from saksi.languages.tokens import fold
from saksi.reading.mentions.uncounted import ends_ordinal
from saksi.reading.pages.page import Page

LONGEST = 9  # tokens of a name
ACRONYM = range(3, 7)  # letters; shorter ones are states, titles and units
ROMAN = frozenset("IVXLCDM")


@lru_cache(maxsize=8)
def name_heads(vocabulary: Any) -> dict[str, str | None]:
    """The words for sorts of organisation, each with the kind of actor that it makes, if any."""
    listed = vocabulary.data["actors"].get("name_heads", {})
    return {fold(w): None if kind == "organisation" else kind for kind, words in listed.items() for w in words}


@lru_cache(maxsize=8)
def no_acronyms(vocabulary: Any) -> frozenset[str]:
    """Words of capitals that name no organisation."""
    return frozenset(fold(str(w)) for w in vocabulary.data["actors"].get("not_actors", ()))


def organisation_at(page: Page, i: int, end: int) -> tuple[int, str | None] | None:
    """Where an organisation's name that begins at token i ends, and its kind; None where none begins."""
    if not (page.capitals[i] or is_ordinal(page, i)) or page.shouted or begins_no_name(page, i):
        return None
    j = run_end(page, i, end)
    heads = name_heads(page.vocabulary)
    if j - i > 1:
        span = range(i, j) if not page.vocabulary.head_first else range(i, i + 1)
        head = next((k for k in reversed(span) if page.norms[k] in heads), None)
        known = page.vocabulary.head_first and page.form(i + 1, "actor") is not None  # "Kelompok Abu Sayyaf"
        if head is not None and not known and ends_name(page, head, j):
            return j, heads[page.norms[head]]
    return (i + 1, None) if is_acronym(page, i) else None


def is_ordinal(page: Page, i: int) -> bool:
    """Whether a figure with "th" begins at token i: "the 134th Fighter Squadron"."""
    return (
        page.norms[i].isdigit()
        and i + 1 < len(page.norms)
        and ends_ordinal(page, page.norms[i + 1])
        and not page.gap(i + 1)
    )


def begins_no_name(page: Page, i: int) -> bool:
    """Whether token i opens no name: a small word, a title, a time."""
    if page.function(
        i, "article", "determiner", "in", "of", "and", "that", "all", "pronoun", "while", "after", "by", "negation"
    ):
        return True
    return page.form(i, "titles", "time_cue") is not None


def ends_name(page: Page, head: int, j: int) -> bool:
    """Whether the head closes its part of the name: at the end, or before "of" or "for"."""
    return page.vocabulary.head_first or head == j - 1 or page.function(head + 1, "of", "for", "on") is not None


def run_end(page: Page, i: int, end: int) -> int:
    """Where the run of capitalised words that begins at token i ends; small words only inside it."""
    k = i
    while k < min(end, i + LONGEST):
        if k > i and page.gap(k).strip(" -&") != "":
            break
        if page.capitals[k] or (k == i and is_ordinal(page, i)) or (k == i + 1 and is_ordinal(page, i)):
            if k > i and ends_before(page, k):
                break
            k += 1
        elif k > i and k + 1 < end and may_join(page, k) and page.capitals[skip_determiner(page, k + 1)]:
            k = skip_determiner(page, k + 1)
        else:
            break
    return k


def skip_determiner(page: Page, k: int) -> int:
    """The token after "the" in "Organisation of the Petroleum ..."."""
    return min(page.function(k, "determiner") or k, len(page.norms) - 1)


def may_join(page: Page, k: int) -> bool:
    """Whether a small word may stand inside a name: "of", "for"; "and" inside what follows them."""
    if page.function(k, "of", "for") is not None:
        return True
    return page.function(k, "and") is not None and not page.form(k + 1, "actor", "country", "demonym")


def ends_before(page: Page, k: int) -> bool:
    """Whether a name cannot go on with token k: a person's role, a day."""
    if page.form(k, "time_cue", "titles") is not None:
        return True
    return page.form(k, "roles") is not None and page.norms[k] not in name_heads(page.vocabulary)


def is_acronym(page: Page, i: int) -> bool:
    """Whether token i is a word of capitals that nothing else explains."""
    word = page.word(i)
    if len(word) not in ACRONYM or not word.isalpha() or not word.isupper() or ROMAN.issuperset(word):
        return False
    return i not in page.hits and page.norms[i] not in no_acronyms(page.vocabulary) and not beside_capitals(page, i)


def beside_capitals(page: Page, i: int) -> bool:
    """Whether the words around are all of capitals, as in a heading, so that capitals say nothing."""
    near = (k for k in (i - 1, i + 1) if 0 <= k < len(page.norms) and page.norms[k].isalpha())
    words = (page.word(k) for k in near)
    return any(len(w) > 1 and w.isupper() for w in words)
