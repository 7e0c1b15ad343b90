"""Names joined to speakers: the surest ties first, none across what a person or the names themselves hold apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from saksi.reconcile.speakers.heard import Heard, Voice, World, heard_in
from saksi.reconcile.speakers.ties import PAGE, SOURCE, Sought, Tie, grouped_by, short_ties, source_ties, sure_ties
from saksi.together import Together

JUDGED = 0
Pair = tuple[str, str]  # two names in plain small letters, sorted


class Opinions(msgspec.Struct, frozen=True):
    """What people say of names: which are one speaker's, and which are not; `by` says who, with the reason."""

    same: dict[Pair, str] = {}
    different: dict[Pair, str] = {}


class Joined(msgspec.Struct, frozen=True):
    """Names with the speaker that each is of, by number, and the ties that made them one."""

    heard: list[Heard]
    speakers: list[int]
    ties: list[Tie]


class Joining:
    """Sets of names that grow together, each by the smallest number among its names."""

    def __init__(self, heard: Sequence[Heard], opinions: Opinions) -> None:
        self.heard, self.opinions = heard, opinions
        self.together = Together(range(len(heard)))
        self.names = [{each.plain} for each in heard]
        self.ids = [{each.id} if each.id else set() for each in heard]
        self.lands = [set(each.countries) if each.name.sort == "body" else set() for each in heard]
        self.used: list[Tie] = []
        alone = {a for a, b in opinions.different if a == b}  # names that are another speaker's on every page
        self.alone = [{(h.plain, h.voice.page)} if h.plain in alone else set() for h in heard]
        self.apart: dict[str, set[str]] = {}
        for a, b in opinions.different:
            if a != b:
                self.apart.setdefault(a, set()).add(b)
                self.apart.setdefault(b, set()).add(a)

    def at(self, n: int) -> int:
        """The set that a name is in."""
        return self.together.of(n)

    def join(self, ties: Iterable[Tie]) -> None:
        """Joins what ties allow, in their order."""
        for tie in ties:
            a, b = sorted((self.at(tie.a), self.at(tie.b)))
            if a != b and self.may(a, b, tie.rank):
                self.together.tie(a, b)
                for grown in (self.names, self.ids, self.lands):
                    grown[a] |= grown[b]
                self.alone[a] |= self.alone[b]
                self.used.append(tie)

    def may(self, a: int, b: int, rank: int) -> bool:
        """Whether two sets may be one speaker: nobody says otherwise, nor do the register or the countries named."""
        if self.opinions.different and self.held_apart(a, b):
            return False
        if rank == JUDGED:
            return True
        ids, lands = self.ids[a] | self.ids[b], (self.lands[a], self.lands[b])
        return len(ids) < 2 and (not all(lands) or not lands[0].isdisjoint(lands[1]))

    def held_apart(self, a: int, b: int) -> bool:
        """Whether a person holds any two names of two sets apart, or one name on two pages."""
        if any(name == other and page != here for name, page in self.alone[a] for other, here in self.alone[b]):
            return True
        few, many = sorted((self.names[a], self.names[b]), key=len)
        return any(not self.apart[name].isdisjoint(many) for name in few if name in self.apart)


def join(voices: Sequence[Voice], world: World, opinions: Opinions) -> Joined:
    """The speakers of a ledger. The same names give the same speakers, in whatever order they were read."""
    heard = heard_in(voices, world)
    joining = Joining(heard, opinions)
    joining.join(judged_ties(heard, opinions))
    joining.join(sorted(sure_ties(heard), key=lambda t: (t.rank, t.a, t.b, t.why, t.quote)))
    asked: set[int] = set()
    for group in (each for each in grouped_by(heard, lambda h: h.voice.page) if len(each) > 1):
        joining.join(short_ties(heard, group, Sought(PAGE, joining.at, asked)))
    for group in grouped_by(heard, lambda h: h.voice.source):
        joining.join(short_ties(heard, group, Sought(SOURCE, joining.at, asked)))
        joining.join(source_ties(heard, [n for n in group if n not in asked]))
    return Joined(heard, [joining.at(n) for n in range(len(heard))], joining.used)


def judged_ties(heard: Sequence[Heard], opinions: Opinions) -> list[Tie]:
    """The ties that people made: a name with another, wherever they stand; a name with itself over all documents."""
    by: dict[str, list[int]] = {}
    for n, each in enumerate(heard):
        by.setdefault(each.plain, []).append(n)
    found = []
    for (a, b), why in sorted(opinions.same.items()):
        some = [*by.get(a, ()), *(by.get(b, ()) if a != b else ())]
        found += [Tie(JUDGED, some[0], n, why) for n in some[1:]]
    return found
