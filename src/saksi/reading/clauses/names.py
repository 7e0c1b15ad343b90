"""How far a person's name runs: "Jan de Wit", "R. Mendis", with the age before it: "19-year-old Ana Lim".

A name is known by its capitals; where all are capitals, by standing where no other word would.
"""

from __future__ import annotations

from saksi.reading.mentions.found import Found
from saksi.reading.pages.page import Page, Sentence

NO_NAME = frozenset(("place_type", "light", "reach", "scope", "definite", "bound_before"))
ENDS_NAME = NO_NAME | {"actor", "roles", "say", "event"}
COUNTING = frozenset(("number", "units", "soft"))  # layers of words that count or measure
LISTS = frozenset((",", "and"))


def name_until(found: Found, i: int, sentence: Sentence) -> int | None:
    """Where the name ends that begins at a token, or the age and the name; None where none begins."""
    page, begin = found.page, past_age(found.page, i, sentence.j)
    if not opens_name(page, begin):
        return None
    j = run_end(found, begin, sentence)
    if j == begin + 1 and (no_surname(page, begin) or (begin == sentence.i and page.hits.get(begin))):
        return None
    return j if not page.shouted or stands_as_name(page, begin, j) else None


def no_surname(page: Page, i: int) -> bool:
    """Whether a word in a text of capitals is not known as the surname of somebody named in full."""
    return page.shouted and page.norms[i] not in page.surnames


def stands_as_name(page: Page, i: int, j: int) -> bool:
    """Whether words of a text that is all capitals are a name: no "THE LARGEST NUMBER", no "SEVERAL HOURS"."""
    if is_common(page, i) or (i and page.function(i - 1, "article", "determiner") is not None):
        return False
    open_to_names = not i or page.function(i - 1, "be", "all", "adverb") is None
    return open_to_names or in_list_of_names(page, i, j)


def past_age(page: Page, i: int, end: int) -> int:
    """The token behind an age that stands right before a name: behind the "19-year-old" of "19-year-old Ana Lim"."""
    if not (page.norms[i].isdecimal() or page.form(i, "number") is not None):
        return i
    k = page.phrase_end(i + 1, page.vocabulary.data["numbers"].get("ages_before", ()))
    return k if k is not None and k < end else i


def opens_name(page: Page, i: int) -> bool:
    """Whether a token may be the first of a name; a nation is no part of it: "Algerian Prime Minister Sellal"."""
    if not page.capitals[i] or i in page.functions or page.means(i, NO_NAME):
        return False
    return not (page.form(i, "demonym") and page.form(i + 1, "roles"))


def run_end(found: Found, i: int, sentence: Sentence) -> int:
    """Where the run of capitalised words from a token ends, initials and small words between them passed over."""
    page, end, j = found.page, sentence.j, i + 1
    titled = page.shouted or page.blocks[sentence.block].titled
    particles = page.vocabulary.data["language"].get("name_particles", ())
    while j < end and page.gap(j).strip(" -.") == "":
        if is_initial(page, j - 1) and page.norms[j] == ".":
            j += 1
            continue
        k = past_particles(page, j, end, particles)
        known = page.means(k, ENDS_NAME) or (titled and k in page.nouns)
        if not (page.norms[k][0].isalpha() and page.capitals[k]) or known or k in found.places or k in found.times:
            break
        if k in page.functions or (page.shouted and is_common(page, k)):
            break
        j = k + 1
    return j


def is_common(page: Page, k: int) -> bool:
    """Whether a word is none of a name by its end, or counts or measures: "ORGANIZATION", "SEVERAL", "HOURS"."""
    return page.ends_so(k, "common_endings") or page.means(k, COUNTING)


def past_particles(page: Page, j: int, end: int, particles: list[str]) -> int:
    """The token behind the small words inside a name, the "de la" of "Ana de la Cruz"; "BIN" is none of them."""
    k = j
    while k < end - 1 and not page.capitals[k] and page.norms[k] in particles and page.gap(k + 1) == " ":
        k += 1
    return k


def is_initial(page: Page, i: int) -> bool:
    """Whether a token is the first letter of a name: the R of "R. Mendis"."""
    return len(page.norms[i]) == 1 and page.capitals[i] and i + 2 < len(page.norms) and page.capitals[i + 2]


def in_list_of_names(page: Page, i: int, j: int) -> bool:
    """Whether words in capitals behind an "are" are a name, since they open a list: "THE DEAD ARE ANA LIM AND"."""
    unknown = all(k not in page.hits and not describes(page, k) for k in range(i, j))
    return unknown and j < len(page.norms) and (page.norms[j] in LISTS or page.function(j, "and") is not None)


def describes(page: Page, k: int) -> bool:
    """Whether a word ends like one that is no name."""
    return page.ends_so(k, "describing_endings") or page.ends_so(k, "common_endings")
