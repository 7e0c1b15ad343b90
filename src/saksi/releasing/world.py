"""What the shapes need to know of the world: countries, sides and types, by the words of each scheme."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import msgspec

from saksi.languages.files import load_as
from saksi.registers.countries import Country, countries
from saksi.registers.load import HERE, Registers


class PloverType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What PLOVER calls a kind of event."""

    type: str
    mode: str | None = None
    intensity: float | None = None


class ExchangeFile(msgspec.Struct, forbid_unknown_fields=True):
    """registers/exchange.yml."""

    acled_types: dict[str, tuple[str, str]]
    acled_sides: dict[str, str]
    plover: dict[str, PloverType]
    quad_codes: dict[str, str]
    quad_numbers: dict[str, int]
    sectors: dict[str, str]


class World:
    """The registers with the words that other schemes have for them."""

    def __init__(self, registers: Registers) -> None:
        self.registers = registers
        self.plover_of: dict[str, PloverType | None] = {}
        self.narrowest: dict[frozenset[str], list[str]] = {}

    @cached_property
    def countries(self) -> dict[str, Country]:
        """Countries by ISO code."""
        return countries()

    @cached_property
    def exchange(self) -> ExchangeFile:
        """The words of the schemes."""
        return load_as(HERE / "exchange.yml", ExchangeFile)

    def country_name(self, code: str | None) -> str | None:
        """A country's English name."""
        known = self.countries.get(code or "")
        return known.name if known else None

    def actor_kind(self, id: str | None) -> str | None:
        """The kind of an actor of the register."""
        known = self.registers.actors.get(id or "")
        return known.kind if known else None

    def actor_country(self, id: str | None) -> str | None:
        """The country of an actor of the register."""
        known = self.registers.actors.get(id or "")
        return known.country if known else None

    def actor_name(self, id: str | None, text: str) -> str:
        """The register's name of an actor, else the words."""
        known = self.registers.actors.get(id or "")
        return known.name if known else text

    def id_of(self, name: str | None) -> str | None:
        """The id of an actor by its name in the register."""
        return self.ids.get(name or "")

    @cached_property
    def ids(self) -> dict[str, str]:
        """Ids of actors by their names in the register."""
        return {actor.name: key for key, actor in self.registers.actors.items()}

    def side(self, id: str | None, country: str | None) -> str | None:
        """ACLED's word for the side of an actor; a state's forces abroad are external."""
        word = self.exchange.acled_sides.get(self.actor_kind(id) or "")
        home = self.actor_country(id)
        return "External/Other Forces" if word == "State Forces" and home and country and home != country else word

    def plover(self, kind: str) -> PloverType | None:
        """What PLOVER calls a kind, or the next wider kind that it has a word for."""
        if kind not in self.plover_of:
            found = (self.exchange.plover.get(name) for name in self.registers.ancestors(kind))
            self.plover_of[kind] = next((each for each in found if each is not None), None)
        return self.plover_of[kind]

    def kinds(self, kinds: Iterable[str]) -> list[str]:
        """Kinds, each once, the narrowest first."""
        some = frozenset(kinds)
        if some not in self.narrowest:
            self.narrowest[some] = sorted(some, key=lambda k: (-len(self.registers.ancestors(k)), k))
        return self.narrowest[some]

    def quad_number(self, type: str) -> int | None:
        """The number of the quad category of PLOVER's type."""
        return self.exchange.quad_numbers.get(self.exchange.quad_codes.get(type, ""))
