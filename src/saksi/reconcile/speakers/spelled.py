"""Acronyms that a page spells out: "Ministry of Health (MoH) in Gaza" says what MoH is there, and of where."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache

import msgspec

RUN = 9  # words before a bracket that may be what it stands for
BRACKET = re.compile(r"\(([A-Z][A-Za-z-]{1,8})\)")
BEFORE = re.compile(r"[^\W\d_][\w’'.-]*")
AFTER = re.compile(r"\s+(?:in|of|di|for)\s+((?:the\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?)")
ADJECTIVE = re.compile(r"^[A-Z][\w-]{2,}")


class Spelled(msgspec.Struct, frozen=True):
    """An acronym, what it stands for, the same with the place or country beside it, and the words that say so."""

    short: str
    long: str
    whole: str
    quote: str


def spelled_out(text: str, shorts: Container[str]) -> Iterator[Spelled]:
    """Those of some acronyms that a text spells out, in its order."""
    for match in BRACKET.finditer(text):
        if match[1] not in shorts:
            continue
        short, before = match[1], text[max(0, match.start() - 120) : match.start()]
        before = before[max(before.rfind(mark) for mark in ".;:!?\n") + 1 :]
        words = [(m.start(), m[0]) for m in BEFORE.finditer(before)][-RUN:]
        at = next((n for n in range(len(words) - 1, -1, -1) if stands_for(short, [w for _, w in words[n:]])), None)
        if at is None:
            continue
        long = before[words[at][0] :].strip()
        first = words[at - 1] if at and ADJECTIVE.match(words[at - 1][1]) else words[at]
        after = AFTER.match(text, match.end())
        whole = before[first[0] :].strip() + (f" in {after[1]}" if after else "")
        end = after.end() if after else match.end()
        yield Spelled(short, long, whole, " ".join(text[match.start() - len(before) + first[0] : end].split()))


def placed(name: str, text: str) -> Iterator[Spelled]:
    """Where a text goes on from a name to its place: "the Ministry of Health in Gaza"."""
    for match in going_on(name).finditer(text):
        yield Spelled(name, name, f"{name} in {match[1]}", " ".join(match[0].split()))


@cache
def going_on(name: str) -> re.Pattern[str]:
    """What finds a name with its place behind it: its first word is sought, then whether a word begins there."""
    first, *others = map(re.escape, name.split())
    begins = rf"(?<!\w{first})" if re.match(r"\w", first) else rf"(?<=\w{first})"
    words = r"\s+".join([first + begins, *others])
    return re.compile(rf"{words}(?:\s+\([A-Z][A-Za-z-]{{1,8}}\))?{AFTER.pattern}")


def stands_for(short: str, words: list[str]) -> bool:
    """Whether the first letters of some words are an acronym: of all of them, or of those in capitals."""
    if len(words) < 2:
        return False
    letters = short.replace("-", "").casefold()
    initials = "".join(w[0] for w in words).casefold()
    capitals = "".join(w[0] for w in words if w[0].isupper()).casefold()
    return words[0][0].casefold() == letters[0] and letters in (initials, capitals)
