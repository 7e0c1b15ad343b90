"""Cuts text into tokens whose offsets stay true, and folds each to the form the word lists use."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

TOKEN = re.compile(
    r"[a-z]++(?![\w.'’‘ʿʾ`])"  # a plain word, as most are, told apart from all below sooner
    r"|(?<!\w)[^\W\d_](?:\.[^\W\d_])+(?!\w)"  # U.S, a.m
    r"|\d+(?:[.,:]\d+)*"
    # pages lose the blanks around their links: "dikutip dariAFPpada", "WartawanAFP"
    r"|(?<![^\W\d_])(?:[a-z]{2,}(?=[A-Z][A-Za-z]{2})|[A-Z][a-z]{4,}(?=[A-Z]{3})|[A-Z][a-z]{6,}(?=[A-Z][a-z]+ ))"
    r"|(?<![^\W\d_])[A-Z]{2,}(?=[A-Z][a-z]{3,})"
    r"|(?<=[a-z])[A-Z]{2,}(?=[a-z]{3})"
    r"|[^\W\d_]+(?:['’‘ʿʾ`](?![sS]\b)[^\W\d_]+)*"
    r"|['’][sS]\b"
    r"|[^\w\s]|_"
)
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`ʿʾʼ´"))
_DASHES = frozenset("-–—‐‑")


class Tokens(NamedTuple):
    """Parallel lists: where each token starts and ends in the text, and its folded form.

    Offsets are code points, half open. A hyphen inside a word leaves no token ("Al-Hasakah" is
    two), a free-standing dash is the token "-".
    """

    starts: list[int]
    ends: list[int]
    norms: list[str]


def fold_word(word: str) -> str:
    """One word in plain small letters, without accents and apostrophes; never empty."""
    if word.isascii():
        return word.lower() if "'" not in word else (word.lower().replace("'", "") or "'")
    plain = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)) or word


def tokenize(text: str) -> Tokens:
    """The tokens of a text.

    >>> tokenize("Al-Hasakah, 1.200").norms
    ['al', 'hasakah', ',', '1.200']
    >>> tokenize("dikutip dariAFPpada Sabtu").norms
    ['dikutip', 'dari', 'afp', 'pada', 'sabtu']
    >>> tokenize("MelansirAl Jazeera, UNHabitat").norms
    ['melansir', 'al', 'jazeera', ',', 'un', 'habitat']
    """
    starts: list[int] = []
    ends: list[int] = []
    norms: list[str] = []
    low = text.lower()
    even = len(low) == len(text)  # a letter of few languages grows, and moves the offsets of all behind it
    for match in TOKEN.finditer(text):
        start, end = match.span()
        word = match[0]
        if even and word.isalnum() and word.isascii():
            starts.append(start)
            ends.append(end)
            norms.append(low[start:end])
            continue
        if word == "‘" or word == "ʿ":
            continue  # opens an Arabic letter or a quote; no rule reads it
        if word in _DASHES:
            if is_joining(text, start, end):
                continue
            word = "-"
        starts.append(start)
        ends.append(end)
        norms.append(fold_word(word))
    return Tokens(starts, ends, norms)


def unglued(text: str, tokens: Tokens, ends: tuple[str, ...], names: frozenset[str]) -> Tokens:
    """The tokens, a name cut from the small word that a page glued to it behind a link: "Jazeerapada"."""
    if not ends:
        return tokens
    starts, stops, norms = tokens
    glued = (k for k, norm in enumerate(norms) if norm.endswith(ends) and text[starts[k]].isupper())
    cuts = {k: cut for k in glued if (cut := glued_letters(norms[k], ends, names))}
    for k in sorted(cuts, reverse=True):
        middle = stops[k] - cuts[k]
        starts[k : k + 1], stops[k : k + 1] = [starts[k], middle], [middle, stops[k]]
        norms[k : k + 1] = [norms[k][: -cuts[k]], norms[k][-cuts[k] :]]
    return tokens


def glued_letters(norm: str, ends: tuple[str, ...], names: frozenset[str]) -> int:
    """How many letters of a word are a small word that hangs on a name; 0 where none do."""
    if norm in names:
        return 0
    return next((len(end) for end in ends if norm.endswith(end) and norm[: -len(end)] in names), 0)


def is_joining(text: str, start: int, end: int) -> bool:
    """Whether the dash at these offsets joins two words, with no space on either side."""
    return start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum()


def fold(form: str) -> str:
    """A word list's form as the reader meets it in a text: folded tokens, one space apart."""
    return " ".join(tokenize(form).norms)
