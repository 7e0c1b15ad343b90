"""Marks and small words that a noun group passes over: footnotes, quotations, "of the", "-held", names in brackets."""

from __future__ import annotations

from saksi.reading.pages.page import Page

FOOTNOTES = frozenset("*†‡")
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
