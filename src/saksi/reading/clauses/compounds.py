"""Nouns side by side, where heads stand last: which is the head, and which only says of what sort it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from saksi.reading.pages.page import Page

if TYPE_CHECKING:
    from saksi.reading.clauses.groups import Group

MURDERED = 4  # words between an owner and what befell them: "the senator's brutal murder"


def closes_compound(page: Page, group: Group, k: int, end: int) -> bool:
    """Whether an unknown word after a known noun is the real head: "guard shacks", "cave network"."""
    if k in page.hits or page.capitals[k] or not page.norms[k].isalpha():
        return False
    if group.number is None:
        return qualifies_next(page, group, k)
    if group.event:
        return names_kind(page, group, k)
    after = page.norms[k + 1] if k + 1 < end else "."
    if after in (",", ".", ";", ")"):
        return True
    if k + 1 < end and page.function(k + 1, "in", "near", "on", "be") is not None:
        return not page.ends_so(k, "describing_endings")  # "a radio mechanic near his house", "rebel flags were"
    return k + 1 < end and page.function(k + 1, "and") is not None


def qualifies_next(page: Page, group: Group, k: int) -> bool:
    """Whether a bare noun only says of what sort the unknown one behind it is: "the terrorist group", "bomb parts"."""
    words = page.vocabulary.data["constructions"].get("qualifying", ())
    return page.norms[group.unit_j - 1] in words and k == group.unit_j and not page.ends_so(k, "verb_endings")


def names_kind(page: Page, group: Group, k: int) -> bool:
    """Whether a happening told as one behind a larger number says what is counted: "nine operation rooms"."""
    number = group.number
    many = number is not None and number.kind == "count" and (number.quantity.low or 0) > 1
    plural = page.norms[k].endswith(str(page.vocabulary.data["language"]["plural"]))
    return many and plural and not group.plural and k == group.unit_j


def owns_unknown(page: Page, group: Group, end: int) -> bool:
    """Whether bare people only own what no list has: "the Farmers' Party chairman", but "the mayor's murder"."""
    j = group.unit_j
    marked = j < end and page.gap(j) == "" and page.marks_owner(j)
    if not marked or group.number is not None or group.object_class not in page.vocabulary.people:
        return False
    told = any(page.form(k, "event") is not None for k in range(j + 1, min(end, j + 1 + MURDERED)))
    return j + 1 not in page.nouns and not told


def tells_doing(page: Page, k: int) -> bool:
    """Whether a word behind a plural noun tells what they were doing: "three men carrying rifles"."""
    noun = page.nouns.get(k - 1)
    plural = noun is not None and noun[0] == k and noun[1].plural
    return plural and page.form(k, "object") is None and page.ends_so(k, "verb_endings")


def verb_here(page: Page, group: Group, k: int) -> bool:
    """Whether a word that is noun and verb is the verb: after a head, before another group."""
    if group.unit_i < 0 or k not in page.verbs:
        return False
    return page.function(k + 1, "article", "determiner") is not None or page.form(k + 1, "number") is not None
