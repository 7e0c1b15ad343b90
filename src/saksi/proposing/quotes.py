"""Finds the words that a quote names: as they stand, else through a folding that keeps every offset.

The folding takes quotation marks, dashes and blanks for one another, and nothing else: a letter or a figure that
differs is another word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

FOLDED = {
    **dict.fromkeys("‘’‚‛′`´ʼ", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‐‑‒–—―−", "-"),
}  # fmt: skip
UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
WORD = re.compile(r"\w")
LEFT_OUT = re.compile(r"\s*\[?(?:\.{3,}|…)\]?\s*")  # what a quote has for words between its pieces
SHORTEST = 3  # letters of a name that is looked for inside a longer word
CAPITALS = 2  # with which a name ends that no small letter goes on
Range = tuple[int, int]  # characters [start, end)


class Quotable:
    """A text in which quotes are found."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> tuple[str, list[int]]:
        """The text folded, and for each of its characters where it stands in the text; one more for the end."""
        made, at = [], []
        for n, letter in folded_letters(self.text):
            made.append(letter)
            at.append(n)
        return "".join(made), [*at, len(self.text)]

    def places(self, quote: str) -> list[Range]:
        """Where a quote stands, whole words only, in the order of the text: exactly, else through the folding."""
        quote = quote.strip()
        if not WORD.search(quote):
            return []
        exact = [(a, a + len(quote)) for a in found_in(self.text, quote)]
        return exact or list(self.loosely(quote))

    def pieces(self, quote: str) -> list[str]:
        """A quote as it stands in the text, else the pieces of one that leaves words out between them."""
        if self.places(quote):
            return [quote]
        return [piece for piece in LEFT_OUT.split(quote) if WORD.search(piece)] or [quote]

    def is_open(self, quote: str) -> bool:
        """Whether a quote leaves words out at its end: "Friday ..."."""
        last = LEFT_OUT.split(quote)[-1]
        return not last.strip() and not self.places(quote)

    def anywhere(self, quote: str) -> list[Range]:
        """Where a quote stands as words, else where a name is stuck to the words around it: "mengutipReuterspada"."""
        return self.places(quote) or [p for p in stuck(self.text, quote.strip()) if len(quote) >= SHORTEST]

    def loosely(self, quote: str) -> Iterator[Range]:
        """Where a quote stands through the folding."""
        text, at = self.folded
        wanted = "".join(letter for _, letter in folded_letters(quote)).strip()
        for a in found_in(text, wanted) if wanted else ():
            yield at[a], at[a + len(wanted) - 1] + 1

    def within(self, quote: str, inside: Range) -> list[Range]:
        """Where a quote stands inside a range of the text."""
        part = Quotable(self.text[inside[0] : inside[1]])
        return [(inside[0] + a, inside[0] + b) for a, b in part.places(quote)]


def folded_letters(text: str) -> Iterator[tuple[int, str]]:
    """The characters of a text folded, each with where it stands; a run of blanks is one."""
    blank = False
    for n, letter in enumerate(text):
        if letter in UNSEEN:
            continue
        if letter.isspace():
            if not blank:
                yield n, " "
            blank = True
            continue
        blank = False
        yield n, FOLDED.get(letter, letter)


def found_in(text: str, words: str) -> Iterator[int]:
    """Where words stand in a text, not inside longer ones."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        opens = at == 0 or not (text[at - 1].isalnum() and words[0].isalnum())
        closes = end == len(text) or not (text[end].isalnum() and words[-1].isalnum())
        if opens and closes:
            yield at
        at = text.find(words, at + 1)


def stuck(text: str, name: str) -> Iterator[Range]:
    """Where a name stands stuck to words beside it, as on pages whose markup was cut out.

    It begins right behind a small letter, by its capital, or a word with a capital of its own follows it: "SBUUkraina";
    a small letter behind capitals is of another word too: "AFPyang".
    """
    at = text.find(name) if name else -1
    while at >= 0:
        end = at + len(name)
        begins = at == 0 or not text[at - 1].isalnum()
        follows = text[end : end + 1].isupper() and text[end + 1 : end + 2].islower()
        follows = follows or (name[-CAPITALS:].isupper() and text[end : end + 1].islower())
        if (at and text[at - 1].islower() and name[0].isupper()) or (begins and follows):
            yield at, end
        at = text.find(name, at + 1)


def nearest(places: list[Range], to: int) -> Range | None:
    """Of some ranges the one nearest to a character; of equals the first."""
    if not places:
        return None
    k = bisect_left(places, (to, to))
    near = places[max(0, k - 1) : k + 1]
    return min(near, key=lambda p: (distance(p, to), p))


def distance(place: Range, to: int) -> int:
    """How many characters lie between a range and a character."""
    return max(place[0] - to, to - place[1], 0)
