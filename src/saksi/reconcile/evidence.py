"""What tells one happening from another of the same day and town: where, on what occasion, by what means, to whom.

A day and a city alone are never enough: in a war a city is hit every day, and more than once. Two reports are of
one happening where both name the same kind of place or occasion (`occasions` of the languages), the same
people or bodies that no register and no gazetteer knows, one and the same site, victims of one trade, or a band as
doer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

from saksi.languages.files import known_languages, language_file
from saksi.reconcile.terms import Term
from saksi.registers.load import Registers
from saksi.registers.places.build import TARGET
from saksi.registers.places.folding import fold
from saksi.registers.places.gazetteer import Gazetteer

# a word in capitals that opens no sentence; it begins with its letter, so that only capitals are looked at
NAME = re.compile(r"[A-Z](?<!^[A-Z])(?<!\w[A-Z])(?<![.!?:\"“”‘’] [A-Z])[^\W\d_A-Z]{3,}\b")
# each second one finds the same in half the time, where all letters are those of ASCII
LONG, PLAIN_LONG = re.compile(r"[^\W\d_]{4,}"), re.compile(r"[A-Za-z]{4,}")
WORD, PLAIN_WORD = re.compile(r"[^\W_]+"), re.compile(r"[0-9A-Za-z]+")
BETWEEN = re.compile(r"[\W_]+")  # words


KNOWN: dict[str, frozenset[str]] = {}  # by the identity of registers
NAMED_BANDS: dict[str, Forms] = {}  # the same
Told = tuple[str, str]  # sort (occasion, site, trade, doer, name) and what
BANDS = frozenset(("rebel", "militia"))  # kinds of parties that seldom strike one town twice a day, as armies do


def tells(term: Term, registers: Registers) -> frozenset[Told]:
    """What a claim tells of its happening besides day and place."""
    found = {("occasion", o) for o in occasions(term.sentence)}
    found |= {("site", s.key) for s in term.spots if s.level == "site" and not s.near}
    if term.target is not None and is_trade(term.target, registers):
        found.add(("trade", term.target))
    found |= {("doer", a) for a in bands_named(term.sentence, registers)}
    return frozenset(found | {("name", n) for n in told_names(term, registers)})


def evidence(shared: Iterable[Told]) -> list[str]:
    """In words, what both of two claims tell of the happening itself; nothing where it is but a day and a place."""
    by: dict[str, list[str]] = {}
    for sort, what in sorted(shared):
        by.setdefault(sort, []).append(what)
    found = [f"both tell of: {o.replace('_', ' ')}" for o in by.get("occasion", ())]
    found += ["the same site"] if "site" in by else []
    found += ["the same trade of the victims"] if "trade" in by else []
    found += ["the same band"] if "doer" in by else []
    return found + ([f"both name {', '.join(by['name'])}"] if "name" in by else [])


def is_trade(target: str | None, registers: Registers) -> bool:
    """Whether a class says what the victims are by trade: soldiers, journalists; not people, fighters or suspects."""
    known = registers.classes.get(target or "")
    return known is not None and known.parent == "person" and not known.loose and not known.disjoint


class Forms:
    """Words and groups of words, each with what it stands for."""

    def __init__(self, every: Iterable[tuple[str, str]]) -> None:
        self.first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for form, key in every:
            words = tuple(WORD.findall(form.casefold()))
            if words:
                self.first.setdefault(words[0], []).append((words, key))

    def found(self, sentence: str) -> frozenset[str]:
        """What the forms in a sentence stand for."""
        words = words_of(sentence)
        if self.first.keys().isdisjoint(words):
            return frozenset()
        hits = ((n, form) for n, word in enumerate(words) for form in self.first.get(word, ()))
        return frozenset(key for n, (form, key) in hits if words[n : n + len(form)] == form)


@lru_cache(maxsize=1_000)  # several sorts of forms are sought in a sentence, one after the other
def words_of(sentence: str) -> tuple[str, ...]:
    """The words of a sentence in small letters."""
    small = sentence.casefold()
    return tuple((PLAIN_WORD if small.isascii() else WORD).findall(small))


@lru_cache(maxsize=20_000)
def occasions(sentence: str) -> frozenset[str]:
    """The kinds of place, occasions and means that a sentence names."""
    return occasion_forms().found(sentence)


@cache
def occasion_forms() -> Forms:
    """The occasions of all languages."""
    told = (language_file(code, "places").get("occasions", {}) for code in known_languages())
    return Forms((str(f), str(key)) for some in told for key, forms in some.items() for f in forms)


def bands_named(sentence: str, registers: Registers) -> frozenset[str]:
    """The bands of the register that a sentence names."""
    key = registers.identity()
    if key not in NAMED_BANDS:
        bands = ((id, a) for id, a in registers.actors.items() if a.kind in BANDS)
        NAMED_BANDS[key] = Forms((n, id) for id, a in bands for some in a.names.values() for n in some)
    return bands_found(sentence, key)


@lru_cache(maxsize=20_000)
def bands_found(sentence: str, identity: str) -> frozenset[str]:
    """The same, of registers that are known by their identity."""
    return NAMED_BANDS[identity].found(sentence)


def told_names(term: Term, registers: Registers, *, rare: bool = False) -> frozenset[str]:
    """The names in a claim's sentence that are no parties, speakers or words of the calendar, and none of its places.

    Where rare names are sought, one may also be of a place of the gazetteer: most family names are.
    """
    known = names_in(term.sentence) - known_names(registers)
    if not known:
        return frozenset()
    named = (term.speaker_name, term.said_by, *[s.name for s in term.spots])
    own = parts_of(term.speaker).union(
        parts_of(term.owner or ""), *map(parts_of, term.actors), *map(words_in_name, named)
    )
    return frozenset([n for n in known if fold(n) not in own and (rare or not is_place(n))])


@lru_cache(maxsize=20_000)
def words_in_name(name: str) -> frozenset[str]:
    """The words of a name, in plain small letters."""
    return frozenset(fold(name).split())


@lru_cache(maxsize=20_000)
def parts_of(party: str) -> frozenset[str]:
    """The parts of a party's key."""
    return frozenset(BETWEEN.split(party))


@lru_cache(maxsize=20_000)
def names_in(sentence: str) -> frozenset[str]:
    """The words in capitals within a sentence; a headline in capitals tells none."""
    found = NAME.findall(sentence)
    words = (PLAIN_LONG if sentence.isascii() else LONG).findall(sentence) if found else []
    return frozenset() if sum([w[0].isupper() for w in words]) * 2 > len(words) else frozenset(found)


@cache
def is_place(name: str) -> bool:
    """Whether the gazetteer has a place of this name."""
    atlas = gazetteer()
    return atlas is not None and atlas.has(fold(name))


@cache
def gazetteer() -> Gazetteer | None:
    """The gazetteer, where it is built."""
    return Gazetteer() if TARGET.exists() else None


def known_names(registers: Registers) -> frozenset[str]:
    """Words in capitals that tell no happening apart: of parties, countries and peoples, months and weekdays."""
    key = registers.identity()
    if key not in KNOWN:
        KNOWN[key] = frozenset(name for words in common_words(registers) for name in (words, words.capitalize()))
    return KNOWN[key]


def common_words(registers: Registers) -> Iterator[str]:
    """The single words of such names, as they are written."""
    names: list[str] = [a.name for a in registers.actors.values()]
    names += [n for a in registers.actors.values() for some in a.names.values() for n in some]
    for code in known_languages():
        times = language_file(code, "times")
        names += [*times["months"], *times["weekdays"]]
        for part in ("places", "actors", "saying"):
            names += words_in(language_file(code, part))
    for name in names:
        yield from re.findall(r"[^\W\d_]{4,}", name)


def words_in(data: Any) -> Iterable[str]:
    """All texts in a tree of data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from (str(key), *words_in(value))
    elif isinstance(data, list):
        for value in data:
            yield from words_in(value)
