"""The world as Saksi knows it: kinds of event, classes of object, actors and sources, from data."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import msgspec

from saksi.errors import UsageError, VocabularyError
from saksi.languages.files import line_of, load_as
from saksi.languages.kept import digest_of, kept

HERE = Path(__file__).parent
ACTOR_KINDS = frozenset(
    [
        "state_force",
        "police",
        "rebel",
        "militia",
        "coalition",
        "government",
        "ministry",
        "office",
        "outlet",
        "agency",
        "monitor",
        "party",
    ]
)
LEVELS = ("events", "things")


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of event; the header of registers/events.yml says what each field means."""

    label: dict[str, str]
    counts: str
    parent: str | None = None
    theme: str | None = None
    status: bool = False
    of_people: bool = False
    own_act: bool = False
    policing: bool = False
    armed: bool = False
    everyday: bool = False
    spares: list[str] = []
    only: list[str] = []
    covers: list[str] = []
    acled: str | None = None
    cameo: str | None = None
    ucdp: str | None = None


class ObjectClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One class of things or people."""

    label: dict[str, str]
    parent: str | None = None
    status: str | None = None
    disjoint: bool = False
    loose: bool = False
    arms: bool = False
    overlaps: list[str] = []


class Tension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule of `tensions` in registers/events.yml; the header there says what each field means."""

    status: str
    later: list[str]
    by: str
    says: dict[str, str]


class Actor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One organisation that acts or speaks."""

    name: str
    kind: str
    names: dict[str, list[str]]
    country: str | None = None
    parent: str | None = None
    years: str | None = None
    complete: bool = False
    label: dict[str, str] = {}

    def shown(self, code: str) -> str:
        """The name for people who read a language."""
        return self.label.get(code) or self.name


class RunningTotal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A total that a source tells again and again and that only grows: killed so far."""

    kind: str
    target: str | None = None


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a source is expected to deliver; it has no part in how its documents are read.

    Its documents are those of its `publishers` and those from its `sites`. `weekly` is the least and the most a
    week, `gap` the most days without any, `words` the fewest of a document that is more than a login or a cookie
    wall; after `until` nothing more is expected.
    """

    publishers: list[str] = []
    sites: list[str] = []
    weekly: tuple[int | None, int | None] = (None, None)
    languages: list[str] = []
    gap: Annotated[int, msgspec.Meta(ge=1)] | None = None
    words: int | None = None
    never_falls: list[RunningTotal] = []
    until: date | None = None


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who publishes, the habits of what they publish, and what they are expected to deliver."""

    name: str
    speaker: str | None = None
    actor: str | None = None
    countries: list[str] = []
    language: str | None = None
    home: str | None = None
    habits: dict[str, Any] = {}
    expects: Expected | None = None


class EventsFile(msgspec.Struct, forbid_unknown_fields=True):
    """registers/events.yml."""

    kinds: dict[str, Kind]
    tensions: list[Tension] = []


class ObjectsFile(msgspec.Struct, forbid_unknown_fields=True):
    """registers/objects.yml."""

    classes: dict[str, ObjectClass]


CHOICES = ("numbers", "countries", "places", "days", "voices")


class WeightsFile(msgspec.Struct, forbid_unknown_fields=True):
    """registers/weights.yml: what was learned, by sign."""

    numbers: dict[str, float]
    countries: dict[str, float] = {}
    places: dict[str, float] = {}
    days: dict[str, float] = {}
    voices: dict[str, float] = {}
    learned_from: dict[str, str] = {}


class ActorsFile(msgspec.Struct, forbid_unknown_fields=True):
    """One file of registers/actors/."""

    actors: dict[str, Actor]


class Registers(msgspec.Struct):
    """Everything the registers hold, a project's own entries laid over Saksi's."""

    kinds: dict[str, Kind]
    classes: dict[str, ObjectClass]
    actors: dict[str, Actor]
    sources: dict[str, Source]
    tensions: list[Tension] = []
    weights: dict[str, dict[str, float]] = {}  # of the signs of each choice that the reader makes
    digest: str = ""
    chains: dict[str, list[str]] = {}  # of each class and kind that was asked for, itself and every wider one
    held: dict[str, frozenset[str]] = {}  # of each kind that was asked for, those that a count of it may hold
    families: dict[str, str] = {}  # of each kind that was asked for, the widest that it is counted under

    def identity(self) -> str:
        """A hash of the kinds, classes and actors, by which it is known what was reconciled with them."""
        if not self.digest:
            known = msgspec.json.encode([self.kinds, self.classes, self.actors], order="sorted")
            self.digest = hashlib.sha256(known).hexdigest()[:16]
        return self.digest

    def ancestors(self, name: str) -> list[str]:
        """The class or kind and every wider one above it, narrowest first."""
        known = self.chains.get(name)
        if known is not None:
            return known
        chain: list[str] = []
        table: dict[str, Any] = self.classes if name in self.classes else self.kinds
        above = name
        while above in table and above not in chain:
            chain.append(above)
            above = table[above].parent or ""
        if chain:
            self.chains[name] = chain
        return chain

    def root(self, name: str) -> str:
        """The widest class or kind above one, itself where nothing is above it."""
        return (self.ancestors(name) or [name])[-1]

    def kinds_in(self, wider: str) -> frozenset[str]:
        """The kinds that a count of one may hold: casualties hold killed, neutralized holds killed."""
        found = self.held.get(wider)
        if found is None:
            tops = (wider, *(self.kinds[wider].covers if wider in self.kinds else ()))
            found = frozenset(kind for kind in self.kinds if any(self.is_a(kind, top) for top in tops))
            self.held[wider] = found
        return found

    def family(self, kind: str) -> str:
        """The root of a kind's tree; killed and injured are one family with neutralized."""
        found = self.families.get(kind)
        if found is None:
            root = self.root(kind)
            over = (k for k, entry in self.kinds.items() if any(self.root(c) == root for c in entry.covers))
            found = self.families[kind] = self.root(next(over, root))
        return found

    def people(self) -> frozenset[str]:
        """The classes of people."""
        return frozenset(name for name in self.classes if self.is_a(name, "person"))

    def arms(self) -> frozenset[str]:
        """The classes of what is fought with."""
        return frozenset(name for name in self.classes if any(self.classes[c].arms for c in self.ancestors(name)))

    def armed(self) -> frozenset[str]:
        """The kinds that are done with arms."""
        return frozenset(name for name in self.kinds if any(self.kinds[k].armed for k in self.ancestors(name)))

    def may_befall(self, kind: str, name: str | None) -> bool:
        """Whether a kind of event can befall a class of things or people: no house flees, no man is demolished."""
        entry, over = self.kinds[kind], self.ancestors(name) if name is not None else []
        return set(entry.spares).isdisjoint(over) and (not entry.only or not set(entry.only).isdisjoint(over))

    def is_a(self, name: str | None, wider: str) -> bool:
        """Whether a class or kind lies under another, or is it."""
        return name is not None and wider in self.ancestors(name)


def register_files(overlay: Path | None = None) -> list[Path]:
    """All register files in a stable order, Saksi's own first."""
    roots = [HERE] + ([overlay] if overlay else [])
    patterns = ("events.yml", "objects.yml", "weights.yml", "actors/*.yml", "sources/*.yml")
    return [path for root in roots for p in patterns for path in sorted(root.glob(p))]


def load_registers(overlay: Path | None = None) -> Registers:
    """The registers, read and checked where a file has changed; errors name file and line."""
    paths = register_files(overlay)
    digest = digest_of((f"{p.parent.name}/{p.name}", p.read_bytes()) for p in [Path(__file__), *paths])
    return kept("registers", digest, Registers, partial(made_registers, paths))


def made_registers(paths: list[Path]) -> Registers:
    """The registers of some files, each read and checked."""
    registers = Registers({}, {}, {}, {}, [])
    for path in paths:
        if path.name == "events.yml":
            events = load_as(path, EventsFile)
            registers.kinds |= events.kinds
            registers.tensions += events.tensions
        elif path.name == "objects.yml":
            registers.classes |= load_as(path, ObjectsFile).classes
        elif path.name == "weights.yml":
            learned = load_as(path, WeightsFile)  # a project's own replace ours
            registers.weights = {name: getattr(learned, name) for name in CHOICES}
        elif path.parent.name == "actors":
            registers.actors |= checked_actors(path)
        else:
            registers.sources[path.stem] = load_as(path, Source)
        check_parents(path, registers)
    check_expected(paths, registers)
    return registers


def check_expected(paths: list[Path], registers: Registers) -> None:
    """The running totals of a source are of kinds and classes that there are."""
    for path in (p for p in paths if p.parent.name == "sources"):
        expects = registers.sources[path.stem].expects
        for total in expects.never_falls if expects else ():
            for name, table in ((total.kind, registers.kinds), (total.target, registers.classes)):
                if name is not None and name not in table:
                    line = line_of(path, ".expects.never_falls")
                    raise VocabularyError(f"{path}:{line}: {name!r} is neither a kind nor a class of the registers")


def checked_actors(path: Path) -> dict[str, Actor]:
    """The actors of one file, with kinds that Saksi knows."""
    actors = load_as(path, ActorsFile).actors
    for key, actor in actors.items():
        if actor.kind not in ACTOR_KINDS:
            line = line_of(path, f".actors.{key}.kind")
            known = " ".join(sorted(ACTOR_KINDS))
            raise VocabularyError(f"{path}:{line}: actor kind {actor.kind!r} is not one of: {known}")
    return actors


def check_parents(path: Path, registers: Registers) -> None:
    """Every parent must exist, every kind must count events or things."""
    for top, table in (("kinds", registers.kinds), ("classes", registers.classes)):
        entries: dict[str, Any] = dict(table)
        for key, entry in entries.items():
            if entry.parent is not None and entry.parent not in entries:
                line = line_of(path, f".{top}.{key}")
                raise VocabularyError(f"{path}:{line}: {key} has the unknown parent {entry.parent!r}")
    for key, kind in registers.kinds.items():
        if kind.counts not in LEVELS:
            line = line_of(path, f".kinds.{key}.counts")
            raise VocabularyError(f"{path}:{line}: {key} must count events or things, not {kind.counts!r}")


def must_know(name: str, table: Mapping[str, Any], option: str) -> None:
    """Refuses a kind or class that the registers do not hold, naming the option and all that they hold."""
    if name not in table:
        near = difflib.get_close_matches(name, table, n=1)
        hint = f"; meant is perhaps {near[0]}" if near else ""
        raise UsageError(f"{option} {name!r} is not known{hint}. Known are: {' '.join(sorted(table))}")


def source_as_read(path: Path) -> bytes:
    """What a source file says to the reader: changed expectations change no reading."""
    return msgspec.json.encode(msgspec.structs.replace(load_as(path, Source), expects=None), order="sorted")


def load_source(name: str, registers: Registers) -> Source:
    """The source file of that name; its speaker and actor must be in the register."""
    if name not in registers.sources:
        known = ", ".join(sorted(registers.sources)) or "none"
        raise VocabularyError(f"source {name!r} is not known; known are: {known}")
    source = registers.sources[name]
    for field in ("speaker", "actor"):
        actor = getattr(source, field)
        if actor is not None and actor not in registers.actors:
            raise VocabularyError(f"sources/{name}.yml: {field} {actor!r} is not in registers/actors")
    return source
