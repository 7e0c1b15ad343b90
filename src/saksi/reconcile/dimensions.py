"""Along each dimension of a claim (kind, days, place, class, who) the parts that claims tell apart.

A dimension turns the values that some claims have into atoms: the coarsest parts such that each value
holds a part wholly or not at all. For each atom it says which values may hold it (outer) and which
surely do (inner). Positions are those of the list of values given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from saksi.reconcile.peoples import OF_A_STATE, people_by_country
from saksi.reconcile.terms import FINE, Spot, Term, country_spot
from saksi.registers.load import Registers
from saksi.registers.places.folding import fold

ANY = "*"  # a question that means all, of a trait
PART = "village"  # as which the part of a region that lies in one province is looked at
ELSEWHERE = ""  # the country, or the province, of a place that lies in none of those named
Atom = tuple[tuple[int, ...], tuple[int, ...]]


class Days(msgspec.Struct, frozen=True):
    """Days as ordinals, inclusive: the outer stretch (None is open) and the inner one (None: no day surely).

    `also` are stretches in which it may lie as well, since it may be of one happening with another claim.
    """

    first: int | None
    last: int | None
    sure: tuple[int, int] | None
    also: tuple[tuple[int | None, int | None], ...] = ()


class Kinds(msgspec.Struct, frozen=True, cache_hash=True):
    """A kind of event, and the kinds under it that its document counts beside it: those it may hold, not surely."""

    name: str
    beside: tuple[str, ...] = ()


class Class(msgspec.Struct, frozen=True, cache_hash=True):
    """A class of things or people, less the classes counted apart from it; None is any. `sure`: it bounds.

    `beside` are classes under it that its document counts as well, nobody says how: they may be in it.
    """

    name: str | None
    less: tuple[str, ...] = ()
    sure: bool = True
    beside: tuple[str, ...] = ()


class Parties(msgspec.Struct, frozen=True, cache_hash=True):
    """Who: keys of parties, empty for any; together, where there is more than one.

    `asked` is of a question: any of the parties, and what others did together with them.
    """

    keys: tuple[str, ...] = ()
    asked: bool = False


class Places(msgspec.Struct, frozen=True):
    """Where: the union of places; empty is not said: anywhere, and nowhere surely."""

    spots: tuple[Spot, ...] = ()
    sure: bool = True
    also: tuple[Spot, ...] = ()


def day_atoms(values: Sequence[Days]) -> list[Atom]:
    """Stretches of days between the ends of the values, with the days before and after them all."""
    cuts: set[int] = set()
    for value in values:
        for first, last in ((value.first, value.last), value.sure or (None, None), *value.also):
            cuts |= {first} if first is not None else set()
            cuts |= {last + 1} if last is not None else set()
    if not cuts:
        return [(tuple(range(len(values))), tuple(n for n, v in enumerate(values) if v.sure))]
    starts = [min(cuts) - 1, *sorted(cuts)]
    at = {day: n for n, day in enumerate(starts)}

    def touched(stretches: Iterable[tuple[int | None, int | None]]) -> set[int]:
        """Which of the parts some stretches of days hold; their ends are among the cuts."""
        ends = ((0 if a is None else at[a], len(starts) if b is None else at[b + 1]) for a, b in stretches)
        return {n for first, last in ends for n in range(first, last)}

    outer: list[list[int]] = [[] for _ in starts]
    inner: list[list[int]] = [[] for _ in starts]
    for n, value in enumerate(values):
        for part in touched([(value.first, value.last), *value.also]):
            outer[part].append(n)
        for part in touched([value.sure] if value.sure else []):
            inner[part].append(n)
    return [(tuple(some), tuple(sure)) for some, sure in zip(outer, inner, strict=True)]


def kind_atoms(registers: Registers) -> Callable[[Sequence[Kinds]], list[Atom]]:
    """Each kind without those under it that are named; a kind holds those under it and those it covers."""

    def atoms(values: Sequence[Kinds]) -> list[Atom]:
        found = []
        for atom in sorted({v.name for v in values} | {k for v in values for k in v.beside}):
            outer = tuple(n for n, v in enumerate(values) if kind_holds(registers, v.name, atom))
            told = (any(kind_holds(registers, k, atom) for k in values[n].beside) for n in outer)
            found.append((outer, tuple(n for n, beside in zip(outer, told, strict=True) if not beside)))
        return found

    return atoms


def kind_holds(registers: Registers, wider: str, kind: str) -> bool:
    """Whether a count of one kind may hold one of another: casualties hold killed, neutralized holds killed."""
    return kind in registers.kinds_in(wider)


def one_kind(registers: Registers, a: str, b: str) -> bool:
    """Whether a count of one of two kinds may hold one of the other."""
    return kind_holds(registers, a, b) or kind_holds(registers, b, a)


def both(positions: Any) -> Atom:
    """An atom whose holders hold it surely."""
    held = tuple(positions)
    return held, held


def class_atoms(registers: Registers) -> Callable[[Sequence[Class]], list[Atom]]:
    """What a thing can be: a path down the tree of classes, with loose classes it may be as well."""

    def atoms(values: Sequence[Class]) -> list[Atom]:
        named = sorted({c for v in values for c in (*((v.name,) if v.name else ()), *v.less, *v.beside)})
        found = []
        for what in possible(named, registers):
            outer = [n for n, v in enumerate(values) if (v.name is None or v.name in what) and what.isdisjoint(v.less)]
            inner = (n for n in outer if values[n].sure and what.isdisjoint(values[n].beside))
            found.append((tuple(outer), tuple(inner)))
        return found

    return atoms


def possible(named: list[str], registers: Registers) -> list[frozenset[str]]:
    """The sets of named classes that one thing can have at once, the empty one included."""
    lines = {c: frozenset(a for a in registers.ancestors(c) or [c] if a in named) for c in named}
    alone: list[frozenset[str]] = [frozenset()]
    for what in (lines[c] for c in named):
        alone += [have | what for have in alone if all(compatible(a, b, registers) for a in have for b in what)]
        alone = sorted(set(alone), key=sorted)
    return alone


def compatible(a: str, b: str, registers: Registers) -> bool:
    """Whether one thing can be of both classes: one lies under the other, or their branches may overlap."""
    up, over = registers.ancestors(a) or [a], registers.ancestors(b) or [b]
    if a in over or b in up:
        return True
    shared = next((c for c in up if c in over), None)
    x = a if shared is None else up[up.index(shared) - 1]
    y = b if shared is None else over[over.index(shared) - 1]
    classes = registers.classes
    if x not in classes or y not in classes or shared is None or not classes[shared].disjoint:
        return shared is not None
    return classes[x].loose or classes[y].loose or y in classes[x].overlaps or x in classes[y].overlaps


def traits_differ(a: Term, b: Term) -> bool:
    """Whether two claims count people of another age, sex or status; what one leaves open may be the other's."""
    if a.age != b.age and a.age and b.age:
        return True
    if a.sex != b.sex and a.sex and b.sex:
        return True
    return bool(a.status != b.status and a.status and b.status)


def trait_atoms(whole: frozenset[str] | None) -> Callable[[Sequence[str | None]], list[Atom]]:
    """A trait that is one of some words; `whole` are words that leave no other (child, adult)."""

    def atoms(values: Sequence[str | None]) -> list[Atom]:
        words: list[str | None] = [*sorted({v for v in values if v not in (None, ANY)}, key=str)]
        if whole is None or not whole <= set(words):
            words.append(None)
        return [both(n for n, v in enumerate(values) if v in (None, ANY, word)) for word in words]

    return atoms


def party_atoms(registers: Registers) -> Callable[[Sequence[Parties]], list[Atom]]:
    """Each party without those under it that are named, parties together, and anybody else."""

    def atoms(values: Sequence[Parties]) -> list[Atom]:
        keys = sorted({v.keys for v in values if v.keys and not v.asked} | {(k,) for v in values for k in v.keys})
        found = []
        for atom in [*keys, ()]:
            outer = [n for n, v in enumerate(values) if may_be(registers, v.keys, atom)]
            inner = [n for n in outer if values[n].asked or surely_is(registers, values[n].keys, atom)]
            found.append((tuple(outer), tuple(inner)))
        return found

    return atoms


def line_up(registers: Registers, key: str) -> list[str]:
    """A party and those it is part of; of who serves a state its people last: soldiers of Israel are Israelis."""
    chain: list[str] = []
    peoples: list[str] = []
    while key and key not in chain:
        chain.append(key)
        known = registers.actors.get(key)
        key = (known.parent or "") if known else ""
        people = people_by_country().get(known.country or "") if known and known.kind in OF_A_STATE else None
        peoples += [people] if people and people not in peoples else []
    return [*chain, *peoples]


def may_be(registers: Registers, keys: tuple[str, ...], atom: tuple[str, ...]) -> bool:
    """Whether what some parties did may be what the parties of an atom did."""
    return not keys or any(set(keys) & set(line_up(registers, a)) for a in atom)


def may_be_one(registers: Registers, some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two namings of who did it may mean the same; who is not named may be anybody."""
    return not some or not others or may_be(registers, some, others) or may_be(registers, others, some)


def may_be_owned(registers: Registers, a: Term, b: Term) -> bool:
    """Whether two counts may be of the same people's dead: a body's staff may be among a people's, where both live.

    "Palestinians" is what people are, "Civil Defence" whom they work for: only a body of another country than where
    the people was counted is surely none of it.
    """
    if a.owner is None or b.owner is None or may_be_one(registers, (a.owner,), (b.owner,)):
        return True
    if (a.owner in registers.actors) == (b.owner in registers.actors):
        return False
    body, people = (a, b) if a.owner in registers.actors else (b, a)
    home = registers.actors[body.owner or ""].country
    return home is None or any(home == s.country for s in people.spots)


def surely_is(registers: Registers, keys: tuple[str, ...], atom: tuple[str, ...]) -> bool:
    """Whether what the parties of an atom did is surely told of these: of the same ones, together."""
    return not keys or keys == atom or (len(keys) == 1 and len(atom) == 1 and may_be(registers, keys, atom))


def place_atoms(values: Sequence[Places]) -> list[Atom]:
    """Each named place without those in it that are named, the rest of each country, and elsewhere."""
    named = {s for v in values for s in (*v.spots, *v.also)}
    spots = sorted(named, key=lambda s: (s.key, s.near))
    lands: dict[str, set[str]] = {s.country: set() for s in spots if s.country}
    for spot in spots:
        if spot.country and spot.admin1 and spot.key == admin1_key(spot):
            lands[spot.country].add(spot.admin1)
    rest = [country_spot(c) for c in sorted(lands) if c not in {s.key for s in spots}]
    places = [place for spot in spots for place in in_each(spot, lands)]
    found = []
    near = Neighbours(values)
    for atom in [*places, *rest, None]:
        around = near.of(atom)
        held = {n: max((holds(s, atom) for s in values[n].spots), default=2 if values[n].sure else 1) for n in around}
        outer = tuple(n for n, h in held.items() if h or any(holds(s, atom) for s in values[n].also))
        found.append((outer, tuple(n for n, h in held.items() if h == 2 and values[n].sure)))
    return found


def in_each(spot: Spot, lands: Mapping[str, Collection[str]]) -> list[Spot]:
    """A place of no known country or province as it would be in each of those named, and in none of them.

    What lies in the Gaza Strip lies in Palestine, whatever town it is: a town that only may lie in the one must not
    be taken to lie in the one and not in the other; of a region each part lies in one. `lands` are the countries with
    the provinces that are named.
    """
    countries = (spot.country,) if spot.country is not None else (*sorted(lands), ELSEWHERE)
    found = []
    for country in countries:
        there = msgspec.structs.replace(spot, country=country)
        region = spot.level == "region"
        if not lands.get(country) or not (region or (spot.admin1 is None and spot.level in FINE)):
            found.append(there)
            continue
        provinces = (*sorted(lands[country]), ELSEWHERE)
        level = PART if region else spot.level
        found += [msgspec.structs.replace(there, admin1=name, level=level) for name in provinces]
    return found


class Neighbours:
    """Which values can hold a place at all, so that a place is not compared with all the others of the world."""

    def __init__(self, values: Sequence[Places]) -> None:
        self.unsaid = {n for n, v in enumerate(values) if not v.spots}
        self.keys: dict[str, set[int]] = {}
        self.wide: dict[str | None, set[int]] = {}
        for n, value in enumerate(values):
            for spot in (*value.spots, *value.also):
                self.keys.setdefault(spot.key, set()).add(n)
                if spot.level not in FINE:
                    self.wide.setdefault(spot.country, set()).add(n)

    def of(self, atom: Spot | None) -> list[int]:
        """The positions of the values that may hold a place, in order; None is anywhere not named."""
        found = self.unsaid | self.wide.get(None, set())
        if atom is not None:
            found = found.union(*(self.keys.get(key, ()) for key in (atom.key, *atom.inside)))
            wide = self.wide.values() if atom.country is None else [self.wide.get(atom.country, set())]
            found = found.union(*wide)
        return sorted(found)


def holds(wider: Spot, spot: Spot | None) -> int:
    """Whether a place holds another: 2 surely, 1 maybe, 0 not. None is anywhere not named.

    What is told "near" a town counts for its province and country (geo precision 2 of the UCDP
    codebook codes it to the town); whether it is in the town itself is not known.
    """
    if spot is None:
        return int(wider.country is None and wider.level not in FINE)
    if wider.key == spot.key:
        return 2 if wider.near == spot.near else 1
    if wider.key in spot.inside:
        return 2
    if wider.level in FINE:
        return 0
    if wider.country is None or spot.country is None:
        return 1
    if wider.country != spot.country:
        return 0
    if wider.level == "country":
        return 2
    if spot.level == "country":
        return 0
    if wider.level == "admin1":
        if spot.admin1 is None or spot.level == "region":
            return 2 if spot.admin1 is not None and wider.key == admin1_key(spot) else 1
        around = admin1_key(spot)  # a governorate may itself lie in a wider province: then it may be the one
        return 2 if wider.key == around else int(around == admin1_key(wider) and spot.level in FINE)
    same = spot.admin1 is None or wider.admin1 is None or wider.admin1 == spot.admin1 or wider.level == "region"
    return int(same and (spot.level in FINE or wider.level == "region"))


def overlap(some: Sequence[Spot], others: Sequence[Spot]) -> bool:
    """Whether a place of some may hold, or lie in, one of the others."""
    return any(holds(s, t) or holds(t, s) for s in some for t in others)


def admin1_key(spot: Spot) -> str:
    """The key that the province of a place has."""
    return province_key(spot.country, spot.admin1 or "")


@cache
def province_key(country: str | None, name: str) -> str:
    """The key of a province by its name; there are a few thousand, and they are asked for again and again."""
    return f"{country}/{fold(name) or name}"
