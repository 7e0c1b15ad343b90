"""A name taken apart: what sort of speaker it names, by which words, and of which country or place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from saksi.reconcile.speakers.words import PART, PARTICLES, Words, stem, undotted, words_of
from saksi.registers.places.folding import fold

BRACKETS = re.compile(r"\s*\(([^()]*)\)?")
TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
WORD = re.compile(r"\w+(?:-\w+)*")
SHORT = re.compile(r"^(?=(?:.*[A-Z]){2})[A-Z][A-Za-z0-9-]{1,8}$")  # MoH, UNRWA: two capitals at the least


class Name(msgspec.Struct, frozen=True):
    """A name as its words.

    `sort` is person, body or nobody ("officials"). `common` are words that many share (ministry, health), `own` those
    that are nobody else's; `places` the countries it names; `head` the word of what it is. `telling`: whether it names
    one speaker wherever it stands, unlike "the ministry" or a surname alone.
    """

    sort: str
    common: frozenset[str]
    own: frozenset[str]
    places: frozenset[str]
    head: str
    order: tuple[str, ...] = ()
    spoken_for: bool = False  # "MoH's spokesperson"
    key: tuple[str, ...] = ()  # what two ways to write one name have in common, whatever their order
    words: frozenset[str] = frozenset()  # all but the names of countries
    telling: bool = False
    line: tuple[str, ...] = ()  # its words as they stand
    small: bool = False  # without a capital: a description rather than a name


def name_of(text: str, words: Words, long: Mapping[str, str] | None = None, *, body: bool = False) -> Name:
    """A name taken apart; `long` are acronyms with what they stand for, `body` says that it is known to be one."""
    used = tuple((w, long[w]) for w in WORD.findall(text) if w in long) if long else ()
    return taken_apart(text, words.code, used, body)


@lru_cache(maxsize=200_000)
def shorts_in(text: str) -> tuple[str, ...]:
    """The acronyms in a name."""
    return tuple(w for w in WORD.findall(text) if SHORT.match(w))


@lru_cache(maxsize=200_000)
def taken_apart(text: str, code: str, used: tuple[tuple[str, str], ...], body: bool) -> Name:
    """The same, made once for each text; `used` are the acronyms in it."""
    words, long = words_of(code), dict(used)
    text = BRACKETS.sub(" ", text).replace("\n", " ")
    tokens = TOKEN.findall(expanded(undotted(text), long))
    tokens = [t for t in tokens if "-" not in t or stem(fold(t.rpartition("-")[2])) not in words.hyphened]
    spoken_for, tokens = without_spokesman(tokens, words)
    places, left = taken(tokens, words)
    told = [(t, s) for t in left for part in PART.findall(t) if (s := spelled(part, words)) and s not in words.small]
    own = frozenset(s for t, s in told if not words.known(s) and any(c.isupper() or c.isdigit() for c in t))
    common = frozenset(s for t, s in told if s not in own)
    head = head_of(left, words)
    sort = sort_of([s for _, s in told], own, head, words, body=body or any(SHORT.match(t) for t in left))
    order = persons(told, own) if sort == "person" else ()
    if sort == "nobody" and (body_of := behind(text, words, long)) is not None:
        return body_of
    if fold(" ".join(tokens)) in words.peoples or composite(text, words, long):
        sort = "nobody"
    line, small = tuple(s for _, s in told), not any(t[:1].isupper() for t in tokens)
    return keyed(Name(sort, common, own, places, head, order, spoken_for, line=line, small=small))


def keyed(name: Name) -> Name:
    """A name with what follows from its words."""
    words = name.common | name.own
    if name.sort == "person":
        key, telling = ("person", *name.order), len(name.order) > 1
    else:
        key = (name.sort, *sorted(words), "|", *sorted(name.places))
        telling = name.sort == "body" and bool(name.own or name.places)
    return msgspec.structs.replace(name, key=key, words=words, telling=telling)


def persons(told: Sequence[tuple[str, str]], own: frozenset[str]) -> tuple[str, ...]:
    """The words of a person's name in their order, whole, without what opens family names in many spellings."""
    return tuple(w for t, s in told if s in own for w in PART.findall(fold(t)) if w not in PARTICLES)


def behind(text: str, words: Words, long: Mapping[str, str]) -> Name | None:
    """The body whose report or statement speaks, where a name names one: "World Bank report"."""
    tokens = WORD.findall(text)
    left = [t for t in tokens if spelled(t, words) not in words.documents]
    if len(left) in (0, len(tokens)):
        return None
    found = name_of(" ".join(left), words, long)
    return msgspec.structs.replace(found, spoken_for=True) if found.sort == "body" and found.telling else None


def composite(text: str, words: Words, long: Mapping[str, str]) -> bool:
    """Whether a name is of two bodies: "UNICEF and the World Health Organization", not "Public Works and Housing"."""
    parts = re.split(rf"\s+(?:{'|'.join(map(re.escape, words.joining))})\s+", text, maxsplit=1)
    return len(parts) == 2 and all(whole(part, words, long) for part in parts)


def whole(part: str, words: Words, long: Mapping[str, str]) -> bool:
    """Whether a part of a name names a body by itself: letters, or a word for bodies with something of its own."""
    tokens = TOKEN.findall(part)
    places, left = taken(tokens, words)
    said = [spelled(t, words) for t in left]
    body = any(s in words.bodies for s in said) and (bool(places) or any(not words.known(s) for s in said))
    return body or any(SHORT.match(t) or t in long for t in tokens)


def expanded(text: str, long: Mapping[str, str]) -> str:
    """A text with its acronyms written out."""
    return WORD.sub(lambda m: long.get(m[0], m[0]), text) if long else text


def spelled(part: str, words: Words) -> str:
    """A word as names are compared by."""
    found = stem(fold(part))
    return words.spellings.get(found, found)


def without_spokesman(tokens: Sequence[str], words: Words) -> tuple[bool, list[str]]:
    """The tokens without who speaks for the body that they name, and whether there was one."""
    folded = [fold(t) for t in tokens]
    for phrase in words.speaks_for:
        for n in range(len(folded) - len(phrase) + 1):
            if tuple(folded[n : n + len(phrase)]) == phrase and len(folded) > len(phrase):
                return True, [*tokens[:n], *tokens[n + len(phrase) :]]
    return False, list(tokens)


def taken(tokens: Sequence[str], words: Words) -> tuple[frozenset[str], list[str]]:
    """The countries that some tokens name, and the other tokens."""
    folded = [fold(t) for t in tokens]
    found: set[str] = set()
    left: list[str] = []
    n = 0
    while n < len(tokens):
        for size in (4, 3, 2, 1):
            code = words.countries.get(tuple(folded[n : n + size]))
            if code is not None and (size > 1 or tokens[n][:1].isupper()):
                found.add(code)
                n += size
                break
        else:
            left.append(tokens[n])
            n += 1
    return frozenset(found), left


def head_of(tokens: Sequence[str], words: Words) -> str:
    """The word that says what is named: "ministry" in "Ministry of Health" and in "Health Ministry"."""
    said = [spelled(t, words) for t in tokens]
    if words.head_first:
        return next((s for s in said if words.known(s) and s not in words.small), said[0] if said else "")
    end = next((n for n, s in enumerate(said) if n and s in words.splitting), len(said))
    front = [s for s in said[:end] if s not in words.small]
    return front[-1] if front else ""


def sort_of(told: Sequence[str], own: frozenset[str], head: str, words: Words, *, body: bool) -> str:
    """Whether words name a person, a body (or an office), or nobody in particular."""
    if not told:
        return "body"  # a country alone
    kinds = [s for s in told if s not in own]
    titled = all(s in words.titles or s in words.offices or s in words.plain - words.bodies for s in kinds)
    office = any(s in words.offices for s in kinds)
    if own and (office or not body) and titled and head not in words.unnamed and (words.head_first or head in own):
        return "person"
    return "nobody" if head in words.unnamed else "body"
