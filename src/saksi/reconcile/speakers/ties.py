"""Which names may be one speaker's, and why, the surest ties first.

A name that tells whom it means ("Gaza Health Ministry", "Andriy Yermak") is the same speaker's in every document.
One that does not ("the ministry", "Yermak") goes with the only such name of its document, else of its source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from saksi.reconcile.speakers.heard import Heard
from saksi.reconcile.speakers.names import Name
from saksi.reconcile.speakers.words import words_of
from saksi.registers.places.folding import fold

REGISTER, SPELLED, NAME, PAGE, SOURCE = range(1, 6)  # how sure a tie is: the lower the surer


class Sought(msgspec.Struct, frozen=True):
    """How short names are sought: on a page or in a source, by the speakers so far; `asked` had their chance before."""

    rank: int
    at: Callable[[int], int]
    asked: set[int]


class Tie(msgspec.Struct, frozen=True, order=True):
    """Two names that may be one speaker's, by their numbers; `why` in words, `quote` what a page says."""

    rank: int
    a: int
    b: int
    why: str
    quote: str = ""


def sure_ties(heard: Sequence[Heard]) -> Iterator[Tie]:
    """The ties that rest on the names alone: one entry of the register, one name, an acronym spelled out."""
    entries: dict[str, int] = {}
    named: dict[tuple[object, ...], int] = {}
    for n, each in enumerate(heard):
        if each.id is not None:
            first = entries.setdefault(each.id, n)
            if first != n:
                yield Tie(REGISTER, first, n, f"the register's {each.id}")
        for key in named_alike(each):
            first = named.setdefault(key, n)
            if first != n:
                yield Tie(NAME, first, n, "the same name")
    yield from spelled_ties(heard)


def named_alike(each: Heard) -> Iterator[tuple[object, ...]]:
    """What equal names must share: a body its name, a person also a country, a source or a role; others a page."""
    yield ("page", each.voice.page, each.plain, *each.name.key)
    if each.name.sort == "body" and len(each.name.words) > 1:
        yield ("page", each.voice.page, *each.name.key)
    if not each.name.telling:
        return
    if each.name.sort != "person":
        yield each.name.key
        return
    if each.voice.said.phrase:
        yield (*each.name.key, "role", fold(each.voice.said.phrase))
    yield from ((*each.name.key, country) for country in sorted(each.voice.countries))
    if each.voice.source is not None:
        yield (*each.name.key, "source", each.voice.source)


def spelled_ties(heard: Sequence[Heard]) -> Iterator[Tie]:
    """An acronym, and what its page says that it stands for, where the page says one thing only."""
    whole: dict[tuple[str, str], list[int]] = {}
    for n, each in enumerate(heard):
        if each.spelled is not None:
            whole.setdefault((each.voice.page, each.spelled.short), []).append(n)
    for n, each in enumerate(heard):
        if each.spelled is None:
            told = whole.get((each.voice.page, each.voice.said.text.strip()), [])
            telling = {heard[m].name.key for m in told if heard[m].name.telling}
            if len(telling) == 1:
                m = next(m for m in told if heard[m].name.telling)
                yield Tie(SPELLED, m, n, "the page says", quote_of(heard[m]))


def quote_of(each: Heard) -> str:
    """The words of a page that spell an acronym out."""
    return each.spelled.quote if each.spelled is not None else ""


def short_ties(heard: Sequence[Heard], group: Sequence[int], how: Sought) -> Iterator[Tie]:
    """The short names of one document, or of one source, each with the only longer name that it can be short for."""
    bodies = [n for n in group if heard[n].name.sort == "body"]
    persons = [n for n in group if heard[n].name.sort == "person" and n not in how.asked]
    by_word = longer_bodies(heard, bodies, how)
    by_end = whole_persons(heard, group)
    short = [n for n in bodies if n not in how.asked and (how.rank == PAGE or says_enough(heard[n].name))]
    for n in sorted(short, key=lambda n: (-len(heard[n].name.words), heard[n].order)):
        name = heard[n].name
        some = min((by_word.get((name.head, word), ()) for word in name.words or ("",)), key=len)
        yield from tied(heard, n, [m for m in some if short_for(heard[n], heard[m], how.rank)], how)
    for n in sorted(persons, key=lambda n: (-len(heard[n].name.order), heard[n].order)):
        order = heard[n].name.order
        longer = [m for told, m in by_end.get(order[-1], ()) if m != n and called_by(order, told, heard[m])]
        yield from tied(heard, n, [m for m in longer if how.rank == PAGE or near(heard[n], heard[m])], how)


def longer_bodies(heard: Sequence[Heard], group: Sequence[int], how: Sought) -> dict[tuple[str, str], Sequence[int]]:
    """By its head and each of its words each name that tells whom it means, once for each speaker that it is."""
    first: dict[tuple[object, ...], int] = {}
    for n in group:
        if heard[n].name.telling:
            first.setdefault((heard[n].name.key, how.at(n)), n)
    found: dict[tuple[str, str], list[int]] = {}
    for n in first.values():
        for word in heard[n].name.words or {""}:
            found.setdefault((heard[n].name.head, word), []).append(n)
    return dict(found)


def whole_persons(heard: Sequence[Heard], group: Sequence[int]) -> dict[str, list[tuple[tuple[str, ...], int]]]:
    """By their last word the names of persons, of those too who speak for a body."""
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for n in group:
        name = heard[n].name if heard[n].name.sort == "person" else heard[n].person
        if name is not None and name.order:
            by = words_of(heard[n].voice.language).goes_by
            for end in {name.order[-1]} | ({name.order[0]} if "first" in by else set()):
                found.setdefault(end, []).append((name.order, n))
    return found


def tied(heard: Sequence[Heard], n: int, longer: Sequence[int], how: Sought) -> Iterator[Tie]:
    """A name with the one speaker that some longer names are; of several, the one of the country told of."""
    rank, at = how.rank, how.at
    if not longer or n in how.asked:
        return
    how.asked.add(n)  # what its page leaves open or somebody denies, no other page decides
    speakers = {at(m): m for m in reversed(longer)}
    if at(n) in speakers:
        return
    if len(speakers) > 1:
        told = heard[n].voice.countries
        here = {s: m for s, m in speakers.items() if any(heard[k].countries & told for k in longer if at(k) == s)}
        speakers = here if len(here) == 1 else {}
    for m in speakers.values():
        where = "on its page" if rank == PAGE else "in its source"
        whole = heard[m].person is not None and heard[m].name.sort != "person" and heard[n].name.sort == "person"
        why = f"speaks for it {where}" if whole else f"short for the only such name {where}"
        yield Tie(rank, m, n, why, heard[m].voice.said.text)


def short_for(short: Heard, long: Heard, rank: int) -> bool:
    """Whether a name of a body can be a longer one cut short: its words are among the other's."""
    a, b = short.name, long.name
    if short is long or a.key == b.key or not a.words <= b.words or not a.places <= (b.places | long.countries):
        return False
    if not b.telling or (short.id and long.id and short.id != long.id):
        return False
    if a.small and not together(a.line, b.line):
        return False  # "the security force" is no International Security Assistance Force
    if rank == PAGE:
        return True
    same_land = bool(long.countries) and long.countries <= short.voice.countries
    if a.telling:
        return b.own <= a.own | frozenset(short.voice.places) and same_land
    return same_land


def together(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """Whether some words stand together among others."""
    return any(many[n : n + len(few)] == few for n in range(len(many) - len(few) + 1))


def says_enough(name: Name) -> bool:
    """Whether a name of a body can be understood beyond its page; "the ministry" alone says too little."""
    return len(name.words) > 1 or name.telling


def called_by(short: tuple[str, ...], long: tuple[str, ...], other: Heard) -> bool:
    """Whether a person's name is a longer one cut short, or that of somebody who speaks for a body."""
    if short == long:
        return other.name.sort == "body"
    first = "first" in words_of(other.voice.language).goes_by and short == long[: len(short)]
    return len(short) < len(long) and (first or short == long[-len(short) :])


def source_ties(heard: Sequence[Heard], group: Sequence[int]) -> Iterator[Tie]:
    """One name of several words in one source, told of one and the same country: "Ministry of Education"."""
    first: dict[tuple[object, ...], int] = {}
    for n in group:
        name, told = heard[n].name, heard[n].voice.countries
        if name.sort == "body" and not name.telling and len(name.words) > 1 and len(told) == 1:
            m = first.setdefault((name.key, told), n)
            if m != n:
                yield Tie(SOURCE, m, n, "the same name in one source, told of one country")


def near(a: Heard, b: Heard) -> bool:
    """Whether two names are told of one country."""
    return bool(a.voice.countries & b.voice.countries)


def grouped_by(heard: Sequence[Heard], key: Callable[[Heard], str | None]) -> Iterable[list[int]]:
    """The numbers of the names of each document, or source, in order."""
    groups: dict[str, list[int]] = {}
    for n, each in enumerate(heard):
        if (found := key(each)) is not None:
            groups.setdefault(found, []).append(n)
    return (groups[k] for k in sorted(groups))
