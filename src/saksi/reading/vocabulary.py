"""Everything the reader knows of one language and of the world, compiled once and cached on disk.

The automaton finds every form in one pass. Forms are made from data (see languages/forms.py); the
list is kept in the user's cache folder under a digest of all data files, so that a changed file is
never read from an old list. Without a writable cache folder only start-up is slower.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import ahocorasick_rs
import msgspec

from saksi.errors import VocabularyError
from saksi.languages import files, forms
from saksi.languages.forms import ANY, CAPITAL, UPPER, Form, Forms
from saksi.languages.kept import digest_of, kept
from saksi.languages.tokens import fold
from saksi.registers.load import Registers, load_registers, register_files, source_as_read
from saksi.registers.places.gazetteer import Gazetteer


class Compiled(msgspec.Struct):
    """What the cache holds: made forms, the language's data, and the registers."""

    forms: Forms
    data: dict[str, Any]
    registers: Registers


class Phrases:
    """The phrases of a list as words, by the first and by the last of them: most places need no longer look."""

    def __init__(self, listed: Iterable[str]) -> None:
        self.listed = listed  # kept, since a list is known again by its identity
        self.by_first: dict[str, list[list[str]]] = {}
        self.by_last: dict[str, list[list[str]]] = {}
        for words in (str(phrase).split() for phrase in listed):
            self.by_first.setdefault(words[0], []).append(words)
            self.by_last.setdefault(words[-1], []).append(words)


NO_PHRASES = Phrases(())
NAMES = frozenset(("actor", "country", "demonym"))  # layers of names that are a party or a country
SHORTEST_NAME = 4  # letters of a name that a small word may be glued to


class Vocabulary:
    """One language's forms with the registers and the gazetteer, ready to read with.

    `digest` identifies all data it was made from; it is part of every reading's identity.
    """

    def __init__(self, code: str, compiled: Compiled, digest: str, gazetteer: Gazetteer) -> None:
        self.code = code
        self.data = compiled.data
        self.registers = compiled.registers
        self.digest = digest
        self.gazetteer = gazetteer
        self.forms = sorted(compiled.forms.items())
        self.meanings = [tuple(meanings) for _, meanings in self.forms]
        self.any_case = [all(f.case == ANY for f in meanings) for meanings in self.meanings]
        self.idioms = [any(f.layer == "idiom" for f in meanings) for meanings in self.meanings]
        self.automaton = ahocorasick_rs.AhoCorasick([f" {form} " for form, _ in self.forms])
        self.not_places = frozenset(map(str, self.data["places"]["not_places"]))
        self.site_words = frozenset(fold(str(w)).split()[-1] for w in self.data["places"].get("facilities", ()))
        self.site_openers = frozenset(fold(str(w)).split()[0] for w in self.data["places"].get("facilities_before", ()))
        many = self.data["places"].get("sorts_of_many", {}).items()
        self.sorts_of_many = {str(w): str(level) for level, words in reversed(many) for w in words}  # "villages"
        self.totals: dict[str, Any] = self.data["times"].get("totals", {})  # the words for running totals
        self.passed = frozenset(map(str, self.data["places"].get("passed", ())))
        self.people = self.registers.people()
        self.arms, self.armed = self.registers.arms(), self.registers.armed()
        self.head_first = self.data["language"]["head"] == "first"
        self.learned: dict[str, dict[str, float]] = {}
        self.phrased: dict[int, Phrases] = {}

    @cached_property
    def name_ends(self) -> frozenset[str]:
        """The last words of the names of parties and countries, but short ones: "jazeera", "serikat"."""
        named = (form for form, meanings in self.forms if any(m.layer in NAMES for m in meanings))
        return frozenset(word for form in named if len(word := form.rpartition(" ")[2]) >= SHORTEST_NAME)

    @cached_property
    def glued_ends(self) -> tuple[str, ...]:
        """The small words that pages glue to the end of a name where they lose the blank behind a link."""
        return tuple(map(str, self.data["language"].get("glued_ends", ())))

    def weights(self, choice: str) -> dict[str, float]:
        """What the signs of one choice are worth in this language: for all languages, and in this one beside."""
        found = self.learned.get(choice)
        if found is None:
            every = self.registers.weights.get(choice, {})
            own = {s.removeprefix(f"{self.code}: "): w for s, w in every.items() if s.startswith(f"{self.code}: ")}
            found = self.learned[choice] = every | {s: every.get(s, 0.0) + w for s, w in own.items()}
        return found

    def phrases(self, listed: Iterable[str]) -> Phrases:
        """The phrases of one of the language's lists by their words."""
        if not listed:
            return NO_PHRASES
        found = self.phrased.get(id(listed))
        if found is None:
            found = self.phrased[id(listed)] = Phrases(listed)
        return found

    def found_in(self, norms: str) -> list[tuple[int, int, int]]:
        """(form number, start, end) of every form in a line of folded, padded tokens."""
        return self.automaton.find_matches_as_indexes(norms, overlapping=True)


@lru_cache(maxsize=8)
def load_vocabulary(code: str, overlay: Path | None = None) -> Vocabulary:
    """The vocabulary of a language, from the cache where the data have not changed."""
    digest = data_digest(code, overlay)
    compiled = kept(code, digest, Compiled, partial(compile_vocabulary, code, overlay))
    return Vocabulary(code, compiled, digest, load_gazetteer(overlay))


@lru_cache(maxsize=4)
def load_gazetteer(overlay: Path | None = None) -> Gazetteer:
    """The gazetteer, with the places of a project's own `places.yml`."""
    extra = None
    if overlay and (overlay / "places.yml").exists():
        extra = (files.load_yaml(overlay / "places.yml") or {}).get("places", [])
    try:
        return Gazetteer(extra=extra)
    except msgspec.ValidationError as error:
        raise VocabularyError(f"{overlay}/places.yml: {error}") from None


def compile_vocabulary(code: str, overlay: Path | None) -> Compiled:
    """Makes all forms of a language, actors' names among them."""
    data = files.load_language(code, overlay)
    registers = load_registers(overlay)
    made = forms.make_forms(code, data)
    for key, actor in registers.actors.items():
        for name in (*actor.names.get("any", ()), *actor.names.get(code, ())):
            form = Form("actor", key, f"registers/actors:{key}", case=case_of(name))
            made.setdefault(fold(name), []).append(form)
    return Compiled(made, data, registers)


def case_of(name: str) -> str:
    """Which capitals a name needs in the text: all of them for short acronyms, else the first."""
    letters = name.replace(".", "").replace("-", "")
    if letters.isupper() and len(letters) <= 5:
        return UPPER
    return CAPITAL if any(w[0].isupper() for w in name.split()) else forms.ANY


def data_digest(code: str, overlay: Path | None) -> str:
    """A digest of the program's version and of every data file that a vocabulary is made from."""
    roots = [files.HERE / code] + ([overlay / "languages" / code] if overlay else [])
    paths = [p for root in roots for p in sorted(root.glob("*.yml")) if p.stem != "examples"]
    paths += register_files(overlay)
    if overlay:
        paths += sorted(overlay.glob("places.yml"))
    told = ((p.name, source_as_read(p) if p.parent.name == "sources" else p.read_bytes()) for p in paths)
    return digest_of([("forms.py", Path(forms.__file__).read_bytes()), *told])
