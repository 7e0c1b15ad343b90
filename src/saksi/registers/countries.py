"""Countries by their ISO codes, with their names in English and the codes of other schemes."""

from __future__ import annotations

import difflib
from functools import lru_cache

import msgspec

from saksi.errors import UsageError
from saksi.languages.files import load_as
from saksi.registers.load import HERE


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A country's name in English and its codes."""

    name: str
    numeric: int | None  # Kosovo has none
    alpha3: str


class CountriesFile(msgspec.Struct, forbid_unknown_fields=True):
    """registers/countries.yml."""

    countries: dict[str, Country]


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """Countries by ISO code."""
    return load_as(HERE / "countries.yml", CountriesFile).countries


def country_code(given: str | None, option: str = "--country") -> str | None:
    """The ISO code of a country given by its code or its name: "SY", "syr", "Syria". Raises UsageError for others."""
    if given is None:
        return None
    known = countries()
    word = given.strip().casefold()
    names = {name.casefold(): code for code, c in known.items() for name in (code, c.alpha3, c.name)}
    if word in names:
        return names[word]
    near = difflib.get_close_matches(word, names, n=1)
    hint = f"; meant is perhaps {names[near[0]]} ({known[names[near[0]]].name})" if near else ""
    raise UsageError(f"{option} {given!r} is no country, by its code (SY) or its name{hint}")
