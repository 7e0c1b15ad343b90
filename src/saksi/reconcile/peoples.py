"""The peoples of countries by one name, whatever words and language call them: "Palestinians", "warga Palestina".

Two counts of the dead of one people are never apart for being told in two languages. From the countries of the
languages' `places.yml`, where the first language's adjective gives the name.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from saksi.languages.files import known_languages, language_file
from saksi.registers.places.folding import fold

FIRST = "en"  # the language whose words for a people are its name
OF_A_STATE = frozenset(("state_force", "police", "government"))  # whose members are of the people of their country


def people_called(word: str) -> str | None:
    """The people that a folded word calls, as a key; None where it calls none: "palestina" is "palestinian"."""
    return keys().get(word) or keys().get(word.removesuffix("s"))


@cache
def keys() -> Mapping[str, str]:
    """Each folded word for a country or its people, in any language, with the key of the people."""
    found: dict[str, str] = {}
    named = people_by_country()
    for code in languages():
        for country, told in language_file(code, "places").get("countries", {}).items():
            for word in (*told.get("names", ()), *told.get("adjectives", ())):
                found.setdefault(fold(str(word)), named[country])
    return found


@cache
def people_by_country() -> Mapping[str, str]:
    """The key of each country's people, by its code."""
    named: dict[str, str] = {}
    for code in languages():
        for country, told in language_file(code, "places").get("countries", {}).items():
            words = told.get("adjectives") or told.get("names") or [country]
            named.setdefault(country, fold(str(words[0])))
    return named


def languages() -> list[str]:
    """The languages in order, that whose words are the names first."""
    return sorted(known_languages(), key=lambda code: (code != FIRST, code))
