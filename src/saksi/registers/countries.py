"""Countries by their ISO codes, with their names in English and the codes of other schemes."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from saksi.languages.files import load_as
from saksi.registers.load import HERE


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A country's name in English and its codes."""

    name: str
    numeric: int
    alpha3: str


class CountriesFile(msgspec.Struct, forbid_unknown_fields=True):
    """registers/countries.yml."""

    countries: dict[str, Country]


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """Countries by ISO code."""
    return load_as(HERE / "countries.yml", CountriesFile).countries
