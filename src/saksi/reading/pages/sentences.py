"""Cuts a block into sentences, knowing each language's abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from saksi.reading.pages.wrapping import wrapping_of

NOTE = r"(?:\[{1,2}\w{1,3}\]{1,2}(?:\(#\w*\))?)*"  # the numbers of footnotes that stand behind a stop: "[2]"
STOP = re.compile(rf"[.!?…]+[\"'”’»)\]]*{NOTE}(?=\s|$)|(?<=[a-z]{{3}})\.(?=[A-Z][a-z]{{2}})|;(?=\s)|[\n\r\u2028\u2029]")
WIDEST = 100  # characters of a wrapped line
LINE_ENDS = frozenset("\n\r\u2028\u2029")
LAST_WORD = re.compile(r"(?<![\w.])[\w.]+$")
LONGEST_WORD = 60  # characters that are looked at before a stop; no abbreviation is nearly so long
SKIPPED = re.compile("[\"'“‘( \xa0\n]*")  # what may stand between a stop and the word after it
BLANK = re.compile(r"\s*")


def read_sentences(
    text: str, start: int, end: int, abbreviations: frozenset[str], inside: tuple[str, ...] = ()
) -> Iterator[tuple[int, int]]:
    """[start, end) of each sentence between two offsets, white space trimmed.

    `inside` are lines of a page's frame that stand in the middle of a flattened text: they end one, and are in none.
    """
    begin = start
    for match in frame_of(inside).finditer(text, start, end) if inside else ():
        yield from sentences_between(text, begin, match.start(), abbreviations)
        begin = match.end()
    yield from sentences_between(text, begin, end, abbreviations)


@lru_cache(maxsize=8)
def frame_of(inside: tuple[str, ...]) -> re.Pattern[str]:
    """What finds the lines of a page's frame."""
    return re.compile("|".join(map(re.escape, inside)))


def sentences_between(text: str, start: int, end: int, abbreviations: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch in which nothing of the page's frame stands."""
    begin, wrapped = start, is_wrapped(text, start, end)
    for match in STOP.finditer(text, start, end):
        if match[0][0] == ";" or (wrapped and match[0] in LINE_ENDS):
            continue
        if not ends_here(text, match, begin, end, abbreviations):
            continue
        yield from trimmed(text, begin, match.end())
        begin = match.end()
    yield from trimmed(text, begin, end)


def is_wrapped(text: str, start: int, end: int) -> bool:
    """Whether a block was cut into short lines of one width, as wire copy is, so that a line's end says nothing."""
    lines = re.split(r"[\n\r\u2028\u2029]+", text[start:end])
    if len(lines) == 1 or any(len(line) > WIDEST for line in lines):
        return False
    whole = wrapping_of(text)
    return len(lines) > 2 or (whole is not None and whole.spaced)


def ends_here(text: str, match: re.Match[str], begin: int, end: int, abbreviations: frozenset[str]) -> bool:
    """Whether a stop ends its sentence: not after an abbreviation, not before a small letter."""
    if match[0] in LINE_ENDS:
        return not first_but(BLANK, text, match.end(), end).islower()
    after = first_but(SKIPPED, text, match.end(), end)
    if after.islower():
        return False
    if match[0][0] != "." or not after:
        return True
    word = LAST_WORD.search(text[max(begin, match.start() - LONGEST_WORD) : match.start()])
    if word is None:
        return True
    low = word[0].lower()
    return low not in abbreviations and not (len(low) == 1 and low.isalpha())


def first_but(skipped: re.Pattern[str], text: str, start: int, end: int) -> str:
    """The first character between two offsets that is not skipped; "" where all are."""
    passed = skipped.match(text, start, end)
    at = passed.end() if passed is not None else start
    return text[at] if at < end else ""


def trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without white space at its ends; nothing where only white space is left."""
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    if left < len(words):
        yield start + left, start + len(words.rstrip())
