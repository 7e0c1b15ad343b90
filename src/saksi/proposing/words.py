"""What quoted words mean as a number, by the reader's own grammar; days stand in `days.py`, places in `places.py`.

Each function takes a range of the text and gives a value pinned to words inside it, or a `Refused` with its reason.
"""

from __future__ import annotations

import msgspec

from saksi.proposing.laid import Laid
from saksi.proposing.quotes import Range
from saksi.reading.mentions.numbers import Number, number_at
from saksi.reading.values import Quantity

ZERO, NEGATION = Quantity(0, 0), "language:negation"  # "no casualties"
COUNTING = frozenset(("count", "article", "both"))


class Refused(msgspec.Struct, frozen=True):
    """Why words do not enter."""

    reason: str


def number_of(laid: Laid, words: Range) -> Number | Refused:
    """The number that words are: the whole of one, in a block that may speak, and one that counts."""
    page = laid.page
    i, j = laid.tokens(words)
    if i >= j or page.tokens.starts[i] < words[0] or page.tokens.ends[j - 1] > words[1]:
        return Refused("the words are a part of a longer word or figure")
    told = laid.sentence(i)
    if told is None:
        return Refused(f"the words stand in a {page.block_at(i).kind} block, which makes no claims")
    if is_none(laid, i, j):
        return none_at(laid, i, j, told.sentence.j)
    if any(t.i < j and i < t.j for t in laid.found.times.values()):
        return Refused("the number belongs to a date or a time")
    here = [n for n in laid.found.numbers.values() if n.core_i < j and i < n.core_j]
    here = [n for n in here if n.kind != "article"] or here  # "a twin bombing"
    if len({n.quantity for n in here}) > 1:
        return Refused("the words hold more than one number")
    number = here[0] if here else number_at(page, i, told.sentence.j, set())
    if number is None or (not here and number.core_i >= j):
        return Refused("the words are no number that the reader knows")
    if (number.core_i < i or number.core_j > j) and not means_the_same(laid, words, number):
        return Refused(f"the words are a part of the number {page.span(number.i, number.j).text!r}")
    if number.kind not in COUNTING:
        return Refused(f"the number counts nothing: {number.kind}")
    return number


def is_none(laid: Laid, i: int, j: int) -> bool:
    """Whether tokens [i, j) are words for nobody: "no", "none", "no one"."""
    page = laid.page
    return " ".join(page.norms[i:j]) in page.vocabulary.data["numbers"].get("none", ()) or is_nobody(laid, i, j)


def is_nobody(laid: Laid, i: int, j: int) -> bool:
    """Whether tokens [i, j) are one word for no person: "no one"."""
    return laid.page.function(i, "nobody") == j


def none_at(laid: Laid, i: int, j: int, end: int) -> Number | Refused:
    """The zero that words for nobody are; not those of "no more than 5", "No. 5" or "no doubt that"."""
    page = laid.page
    if not is_nobody(laid, i, j) and any(n.i < j and i < n.j for n in laid.found.numbers.values()):
        return Refused("the words belong to a number")
    rest = page.norms[j:end]
    if rest and (rest[0][0].isdecimal() or (rest[0] == "." and len(rest) > 1)):
        return Refused("the words open a label")
    if doubts(laid, j, end):
        return Refused("the words deny no happening: a clause of its own tells that")
    return Number(i, j, i, j, ZERO, NEGATION)


def doubts(laid: Laid, j: int, end: int) -> bool:
    """Whether a clause hangs on the noun at token j and the noun is no thing that is counted: "doubt that"."""
    page = laid.page
    k = next((k for k in range(j, end) if k in page.functions or not page.norms[k].isalpha()), end)
    things = (page.form(n, "object", "event", "classifiers") for n in range(j, k))
    return k < end and page.function(k, "that") is not None and not any(things)


def means_the_same(laid: Laid, words: Range, number: Number) -> bool:
    """Whether a part of a number's words means all of it by itself: "dozens" of "dozens of"."""
    alone = list(laid.alone(words).numbers.values())
    return len(alone) == 1 and alone[0].quantity == number.quantity
