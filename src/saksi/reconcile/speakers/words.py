"""The words that names of speakers are made of: offices, bodies, what describes, countries. From the languages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from saksi.languages.files import HERE, known_languages, language_file
from saksi.registers.places.build import TARGET
from saksi.registers.places.folding import fold
from saksi.registers.places.gazetteer import Gazetteer

FILES = ("saying", "actors", "places", "language", "speakers")
SMALL = ("article", "determiner", "all", "in", "near", "from", "to", "on", "of", "by", "for", "and", "with", "relative")
SPLITTING = ("of", "for", "in", "from", "at", "on", "relative")  # what follows these is not the head of a name
PART = re.compile(r"[^\W_]+")
PARTICLES = frozenset(("al", "el", "bin", "ibn"))  # of names, written in many ways


class Words(msgspec.Struct, frozen=True):
    """What the words of one language are in a name; all are stems in small letters."""

    code: str
    head_first: bool
    small: frozenset[str]
    splitting: frozenset[str]
    joining: tuple[str, ...]
    bodies: frozenset[str]
    offices: frozenset[str]
    titles: frozenset[str]
    unnamed: frozenset[str]
    documents: frozenset[str]
    goes_by: frozenset[str]  # by which of a person's names people go: first, last
    plain: frozenset[str]
    speaks_for: tuple[tuple[str, ...], ...]
    hyphened: frozenset[str]
    spellings: Mapping[str, str]
    countries: dict[tuple[str, ...], str]
    peoples: frozenset[str]  # "Iranians": people of a country, not the country

    def known(self, stem: str) -> bool:
        """Whether a word names nobody by itself."""
        lists = (self.small, self.bodies, self.offices, self.titles, self.unnamed, self.plain)
        return any(stem in some for some in lists)


def stem(word: str) -> str:
    """A word as names are compared by: small, without the -s of a plural."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def stems(phrases: Iterable[Any]) -> frozenset[str]:
    """The single words of some phrases, as stems."""
    return frozenset(stem(w) for p in phrases for w in PART.findall(fold(str(p))))


@cache
def words_of(code: str | None) -> Words:
    """The words of a language; of English where nobody knows it."""
    return loaded(code if code is not None and code in known_languages() else "en")


@cache
def loaded(code: str) -> Words:
    """The words of a language that is known."""
    data = {name: language_file(code, name) for name in FILES}
    own, saying, actors = data["speakers"], data["saying"], data["actors"]
    sayers, heads = saying.get("sayers", {}), actors.get("name_heads", {})
    spellings = {stem(a): stem(b) for a, b in own["spellings"].items()}
    function = data["language"]["function"]
    roles = [r for r in (*saying.get("roles", ()), *saying.get("roles_generic", ())) if " " not in r]
    bodies = stems(
        [*sayers.get("bodies", ()), *(h for some in heads.values() for h in some), *actors.get("forces", ())]
    )
    offices, unnamed = stems(own["offices"]), stems(own["unnamed"])
    documents = stems(sayers.get("documents", ()))
    nobody = stems([*sayers.get("people", ()), *sayers.get("documents", ()), *roles]) | unnamed
    return Words(
        code=code, head_first=data["language"].get("head") == "first",
        small=stems(w for part in SMALL for w in function.get(part, ()) if " " not in w),
        splitting=stems(w for part in SPLITTING for w in function.get(part, ()) if " " not in w),
        joining=tuple(w for w in function.get("and", ()) if w.isalpha()),
        bodies=bodies - unnamed, offices=offices, titles=stems(saying.get("titles", ())),
        unnamed=nobody - offices - (bodies - unnamed), plain=stems([*own["describing"], *own["subjects"]]),
        speaks_for=tuple(sorted((tuple(PART.findall(fold(p))) for p in own["speaks_for"]), key=len, reverse=True)),
        hyphened=stems(own["hyphened"]), documents=documents, goes_by=frozenset(own["goes_by"]), spellings=spellings,
        countries=listed_countries() | dict(countries_of(data["places"])),
        peoples=frozenset(peoples_of(data["places"])),
    )  # fmt: skip


@cache
def data_digest() -> str:
    """A hash of the languages' files that names are taken apart with."""
    found = hashlib.sha256()
    for path in sorted(HERE / code / f"{name}.yml" for code in known_languages() for name in FILES):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def countries_of(places: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """The names and adjectives of countries, as words, with the code of each."""
    for code, told in places.get("countries", {}).items():
        for name in (*told.get("names", ()), *told.get("adjectives", ())):
            found = tuple(PART.findall(fold(undotted(str(name)))))
            if found and len(found[0]) > 1:
                yield found, code


@cache
def listed_countries() -> dict[tuple[str, ...], str]:
    """The names of countries in the gazetteer, as words, with the code of each."""
    rows = Gazetteer().countries() if TARGET.exists() else {}
    return {tuple(PART.findall(fold(row.name))): code for code, row in rows.items()}


def peoples_of(places: Any) -> Iterator[str]:
    """The words for the people of countries, where they are other than the adjective: "Iranians", in small letters."""
    for told in places.get("countries", {}).values():
        adjectives = {fold(str(a)) for a in told.get("adjectives", ())}
        yield from (a for a in adjectives if a.endswith("s") and a[:-1] in adjectives)


def undotted(text: str) -> str:
    """A text with the stops of its acronyms taken out, and its possessives: "U.S.", "Iraq's"."""
    text = re.sub(r"(?<=\b[A-Z])\.(?=[A-Z]\b)|(?<=\b[A-Z]\.[A-Z])\.|(?<=\.[A-Z])\.", "", text)
    return re.sub(r"['’]s?\b", "", text)
