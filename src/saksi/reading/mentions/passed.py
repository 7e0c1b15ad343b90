"""What a noun group passes over: footnotes, quotations, "of the", "-held", names in brackets, "nearby"."""

from __future__ import annotations

from saksi.reading.mentions.found import Found
from saksi.reading.mentions.uncounted import PART_OF_WORD
from saksi.reading.pages.page import Page

FOOTNOTES = frozenset("*†‡")
TIED = 4  # tokens from a number that is part of a word to the last hyphen of its noun
LONGEST_NAME = 6  # tokens of a name before its "'s"
QUOTES = frozenset('"“”')


def past_footnote(page: Page, k: int, end: int) -> int:
    """Where a mark ends that hangs on a number: a footnote's ("562* children"), or the end of a quotation."""
    if k >= end or page.gap(k) != "":
        return k
    quoted = page.text[page.tokens.starts[k]] in QUOTES and any(
        page.text[page.tokens.starts[n]] in QUOTES for n in range(max(0, k - 4), k)
    )
    return k + 1 if quoted or page.norms[k] in FOOTNOTES else k


def past_partitive(page: Page, k: int, end: int) -> int:
    """Where "of the" after a number ends: "ten of the drones"."""
    of = page.function(k, "of") if k < end else None
    the = page.function(of, "determiner") if of is not None and of < end and not page.vocabulary.head_first else None
    return the if the is not None else k


def past_owner(page: Page, k: int, end: int) -> int:
    """Where "of" and the one whose they are end after a number: "two of Omar's guards", "one of the mayor's sons"."""
    of = page.function(k, "of") if k < end else None
    if of is None or of >= end or page.vocabulary.head_first:
        return k
    first = page.function(of, "determiner") or of
    last = next((n for n in range(first + 1, min(end, first + LONGEST_NAME)) if page.possessive(n)), end)
    plain = all(page.norms[n].isalpha() or page.norms[n] == "-" for n in range(first, min(last, end)))
    noun = any(n in page.nouns for n in range(last + 1, min(last + 3, end)))
    counted = page.form(last + 1, "number") is not None  # "two of the town's 12 houses"
    return last + 1 if plain and noun and not counted else k


def after_owned(page: Page, k: int) -> int:
    """Where "-held" and the like end after an owner's name."""
    owned = page.form(k, "owned") if k < len(page.norms) else None
    if k < len(page.norms) and page.possessive(k):
        return k + 1
    return owned[0] if owned else k


def after_brackets(page: Page, k: int, end: int) -> int:
    """Where a short name in brackets ends: "(VBIED)"."""
    if k + 2 < end and page.norms[k] == "(" and page.norms[k + 2] == ")" and page.norms[k + 1].isalpha():
        return k + 3
    return k


def describes_noun(page: Page, k: int) -> bool:
    """Whether a word of place only describes the noun right behind it: "a nearby shopkeeper"."""
    return k + 1 in page.nouns and page.function(k, "adverb") is not None


def opens_clause(page: Page, i: int) -> bool:
    """Whether "that" opens a clause and no noun: "said that the boat was seized"."""
    if page.function(i, "that") is None or i + 1 >= len(page.norms):
        return False
    return page.norms[i + 1] in page.vocabulary.data["language"].get("clause_nouns", ()) or does(page, i + 1)


def does(page: Page, i: int) -> bool:
    """Whether a word that is also a noun is the verb of a "that": "the building that houses the ministry"."""
    noun = page.nouns.get(i) if not page.vocabulary.head_first else None  # "bahwa polisi tersebut"
    behind = noun is not None and page.function(i - 1, "that", "relative") is not None
    return behind and noun is not None and page.function(noun[0], "article", "determiner") is not None


def owns_next(page: Page, k: int, end: int) -> bool:
    """Whether a mark is the "'" behind the owners of a noun that follows: "the rebels' houses"."""
    if k + 1 >= end or page.norms[k] not in ("'", "’") or not page.norms[k - 1].endswith("s"):
        return False
    return page.gap(k) == "" and page.gap(k + 1) == " " and k + 1 in page.nouns


def past_role(page: Page, k: int) -> int:
    """Where a role at token k ends, k where none stands there: the "chief" behind "a police"."""
    role = page.form(k, "roles") if k < len(page.norms) and k not in page.nouns else None
    return role[0] if role is not None else k


def ties(found: Found, k: int) -> bool:
    """Whether a mark is a hyphen in what a number that is part of a word tells: "a 12 - gauge pump - action gun"."""
    if found.page.norms[k] != "-":
        return False
    before = (found.numbers.get(n) for n in range(max(0, k - TIED), k))
    return any(number is not None and number.kind == PART_OF_WORD for number in before)
