"""Which claims may be of one happening: candidates, scored, with the reasons in words.

Only claims of one family of kinds, on the same or a neighbouring day, in places that may be one, are
compared: of two documents, or of two voices that one document names. `reasons` has the points of each reason.
Judgements of people come later and outweigh all of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import combinations, pairwise, product, takewhile

import msgspec

from saksi.reconcile.copied import are_two, copied
from saksi.reconcile.evidence import Told, evidence, tells, told_names
from saksi.reconcile.one_page import COUNTERED, REFERRED, can_gainsay, tied_by_words, two_voices
from saksi.reconcile.reasons import (
    FAR_NUMBER,
    OTHER_ACTOR,
    OTHER_CLASS,
    POINTS,
    SAME_DAY,
    SAME_NUMBER,
    SAME_PLACE,
    UNLIKE_NUMBERS,
    class_reason,
    compared,
    number_reason,
    one_class,
    one_voice,
    place_reason,
    related,
)
from saksi.reconcile.terms import FINE, Term, relations
from saksi.registers.load import Registers

MAYBE, MISS = 3.5, 2.0  # points from which a pair may be one happening, is a near miss
NAMED = 2.0  # points for each thing that both tell of the happening itself
RARE = 20  # documents that may have a name which tells a happening
TELLING = 5  # a number from which on the same number in the same town says something
NEWS = 14  # days within which tellings of one happening come, where neither gives its day
COPY = "the same text in two documents"


class Link(msgspec.Struct, frozen=True, order=True):
    """Two claims by id (the smaller first), the verdict on them, and why.

    `verdict` is same, maybe, different or miss; `by` is rule, statement, copy, or who judged.
    """

    a: str
    b: str
    verdict: str
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    by: str = "rule"


def links_of(terms: Sequence[Term], registers: Registers, common: frozenset[str] = frozenset()) -> list[Link]:
    """All links that rules make among some claims: copies, statements told twice, candidates."""
    told = [t for t in terms if t.scope != "list"]
    every = AllTold(told, registers)
    found = {(link.a, link.b): link for link in [*by_names(told, every, common), *candidates(told, every)]}
    found |= {(link.a, link.b): link for link in [*statements(told), *copies(told)]}
    return sorted(found.values())


def same(a: Term, b: Term, why: str, by: str) -> Link:
    """A link of two claims that are surely one, the smaller id first."""
    first, second = sorted((a.id, b.id))
    return Link(first, second, "same", 0.0, (why,), by)


def copies(terms: Sequence[Term]) -> Iterator[Link]:
    """The same claim in copies of one text, or in one long sentence of two, word for word or nearly."""
    for group in copied(terms):
        for a, b in pairwise(group):
            if are_two(a, b):
                near = a.sentence != b.sentence
                yield same(a, b, "nearly the same sentence in two documents" if near else COPY, "copy")


def statements(terms: Sequence[Term]) -> Iterator[Link]:
    """One speaker's same kind, number, class, place and period in several documents is one statement."""
    told = [t for t in terms if not t.outlet and t.counted and t.scope != "stock"]
    groups: dict[tuple[object, ...], list[Term]] = {}
    for t in told:
        for key in statement_keys(t):
            groups.setdefault(key, []).append(t)
    found: set[str] = set()
    for group in groups.values():
        for n, b in enumerate(group):
            first = next((a for a in group[:n] if one_statement(a, b)), None) if b.id not in found else None
            if first is not None:
                found.add(b.id)
                yield same(first, b, "one statement, carried twice", "statement")


def statement_keys(t: Term) -> list[tuple[object, ...]]:
    """What statements that are one have in common: at the least their day, or their places."""
    what = (t.speaker, t.kind, t.low, t.high, t.target, t.age, t.sex, t.status, t.negated, t.scope)
    keys: list[tuple[object, ...]] = [(*what, "days", t.start)] if t.start is not None else []
    return keys + ([(*what, "places", t.spots)] if t.spots else [])


def tied(a: Term, b: Term) -> bool:
    """Whether one of two claims says itself how it stands to the other."""
    return any(o == b.id for _, o in a.relations) or any(o == a.id for _, o in b.relations)


def one_statement(a: Term, b: Term) -> bool:
    """Whether two claims of one speaker with one number are one statement: what one leaves unsaid the other may say."""
    if not are_two(a, b) or tied(a, b):
        return False
    places = a.spots == b.spots or ((not a.spots or not b.spots) and a.start == b.start)
    unsaid = (a.start is None and a.end is None) or (b.start is None and b.end is None)
    days = (a.start, a.end) == (b.start, b.end) or (unsaid and a.spots == b.spots and bool(a.spots))
    close = a.said is not None and b.said is not None and abs((a.said - b.said).days) <= 3
    whole = a.spots == b.spots and (a.start, a.end) == (b.start, b.end) and (a.start or a.end) is not None
    return places and days and (whole or close) and (a.owner == b.owner or not a.owner or not b.owner)


def reworded(terms: Sequence[Term]) -> Iterator[tuple[Term, Term]]:
    """One speaker's same number of the same things, told in two documents with verbs that are not one deed."""
    groups: dict[tuple[object, ...], list[Term]] = {}
    for t in terms:
        whole = t.counted and t.counts == "things" and t.low == t.high and t.spots and t.start and t.constrains
        if whole and not t.outlet and (t.low or 0) > 1 and not t.release:
            groups.setdefault((t.speaker, t.low, t.target, t.owner, t.spots, t.start, t.end), []).append(t)
    for group in groups.values():
        for a, b in combinations(group, 2):
            copied = a.said is not None and b.said is not None and abs((a.said - b.said).days) <= 3
            if copied and a.document != b.document and a.kind != b.kind:
                yield a, b


def candidates(terms: Sequence[Term], told_of: AllTold) -> Iterator[Link]:
    """Pairs that are near in kind, days and place, with their points."""
    seen: set[tuple[str, str]] = set()
    registers = told_of.registers
    for block in blocks(terms, registers).values():
        for a, b in combinations(block, 2):
            key = (a.id, b.id) if a.id < b.id else (b.id, a.id)
            if key in seen or not (are_two(a, b) or two_voices(a, b)) or tied(a, b):
                continue
            seen.add(key)
            score, reasons = compared(a, b, registers)
            if score >= MISS:
                told = told_of.both(a, b) if score >= MAYBE else []
                reasons, score = [*reasons, *told], score + NAMED * len(told)
                yield Link(*key, verdict(a, b, score, reasons, bool(told)), score, tuple(reasons))


class AllTold:
    """What claims tell of their happenings, looked up when a pair is near enough to be asked."""

    def __init__(self, terms: Sequence[Term], registers: Registers) -> None:
        self.terms, self.registers = {t.id: t for t in terms}, registers
        self.known: dict[str, frozenset[Told]] = {}

    def own(self, term: Term) -> frozenset[Told]:
        """What a claim itself tells."""
        found = self.known.get(term.id)
        if found is None:
            found = self.known[term.id] = tells(term, self.registers)
        return found

    def of(self, term: Term) -> frozenset[Told]:
        """What a claim tells, with what the claims tell that it tells again."""
        again = [self.terms[o] for o in relations(term, "restates") if o in self.terms]
        return self.own(term).union(*map(self.own, again)) if again else self.own(term)

    def both(self, a: Term, b: Term) -> list[str]:
        """In words, what two claims both tell of their happening, and how one text ties them to it."""
        return [*evidence(self.of(a) & self.of(b)), *tied_by_words(a, b)]


def by_names(terms: Sequence[Term], told_of: AllTold, common: frozenset[str] = frozenset()) -> Iterator[Link]:
    """Pairs of claims without a day that tell of the same occasion or people: never surely one, perhaps one.

    Names that many documents have (`common`, and those of more than `RARE` documents here) tell nothing apart.
    """
    blocks: dict[tuple[str, str], list[Term]] = {}
    registers = told_of.registers
    for t in terms:
        for name in undated_names(t, registers):
            blocks.setdefault((registers.root(t.kind), name), []).append(t)
    shared: dict[tuple[str, str], set[str]] = {}
    by = {t.id: t for t in terms}
    for (_, name), block in blocks.items():
        town = name.startswith("@")
        if not town and (name in common or len({t.document for t in block}) > RARE):
            continue
        for a, b in near_in_time(block) if town else combinations(block, 2):
            if a.document != b.document and not tied(a, b) and told_together(a, b):
                shared.setdefault((a.id, b.id) if a.id < b.id else (b.id, a.id), set()).add(name)
    for key, names in shared.items():
        if (link := link_by_names(by[key[0]], by[key[1]], names, told_of)) is not None:
            yield link


def link_by_names(a: Term, b: Term, names: Iterable[str], told_of: AllTold) -> Link | None:
    """The link of two claims without a day that share rare names, where place, number and class let it be."""
    registers, place = told_of.registers, place_reason(a.spots, b.spots)
    if place is None or not related(a, b, registers):
        return None
    number, what = number_reason(a, b), class_reason(a, b, registers)
    if number == FAR_NUMBER or what == OTHER_CLASS:
        return None
    rare = {n for n in names if not n.startswith("@")}
    shared = {t for t in told_of.own(a) & told_of.own(b) if t[0] != "name"}
    told = evidence(shared | {("name", n) for n in rare})
    sure = a.said is not None and b.said is not None and number == SAME_NUMBER and a.least >= TELLING
    if not told and not sure:
        return None
    reasons = [r for r in (place, number, what) if r]
    score = NAMED * (len(told) + max(0, len(rare) - 1)) + sum(POINTS.get(r, 1.0) for r in reasons)
    if score < MISS:
        return None
    return Link(a.id, b.id, "maybe" if score >= MAYBE else "miss", score, (*told, *reasons))


def near_in_time(block: Sequence[Term]) -> Iterator[tuple[Term, Term]]:
    """The pairs of claims that may be told at one time: a town is named in many documents."""
    told = sorted((t for t in block if t.said is not None), key=lambda t: (t.said or date.min, t.id))
    for n, a in enumerate(told):
        yield from ((a, b) for b in takewhile(partial(told_together, a), told[n + 1 :]))
    silent = [t for t in block if t.said is None]
    yield from product(silent, told)
    yield from combinations(silent, 2)


def told_together(a: Term, b: Term) -> bool:
    """Whether two claims without a day may be told at nearly one time: news is told when it happens."""
    return a.said is None or b.said is None or abs((a.said - b.said).days) <= NEWS


def undated_names(term: Term, registers: Registers) -> list[str]:
    """What a claim without a day is looked up by: the names in its sentence that may tell its happening, its towns."""
    if term.start is not None or term.end is not None or term.kind == "statement" or term.scope != "incident":
        return []
    towns = {f"@{s.key}" for s in term.spots if s.level in FINE and not s.near and s.country}
    return sorted(told_names(term, registers, rare=True) | towns)


def blocks(terms: Sequence[Term], registers: Registers) -> dict[tuple[object, ...], list[Term]]:
    """Claims that are worth comparing: one family of kinds, a country, one of two neighbouring days."""
    found: dict[tuple[object, ...], list[Term]] = {}
    for t in terms:
        if t.scope not in ("incident", "increment") or t.stance in ("plans", "fears"):
            continue
        if t.start is None or t.end is None or (t.end - t.start).days > 1:
            continue
        family = registers.root(t.kind)
        countries = sorted({s.country for s in t.spots if s.country}) or ["?"]
        fine = sorted({s.admin1 or "" for s in t.spots})
        days = {t.start.toordinal(), t.start.toordinal() + 1}
        for country in countries:
            for admin1 in fine or [""]:
                for day in sorted(days):
                    found.setdefault((family, country, admin1, day), []).append(t)
    return found


def verdict(a: Term, b: Term, score: float, reasons: Sequence[str], evident: bool) -> str:
    """What a rule says of a pair: one happening where two voices tell of the same, at one point of the map.

    All but the number must be the same, both must say the day (or their one page does), and something beside day and
    town must tell that it is one happening. A count that is told as part of the whole ("so far", "among others")
    never shares a figure, nor does one of a class that the other's class merely holds.
    """
    if score < MAYBE:
        return "miss"
    one_page = a.document == b.document
    dated = (a.dated and b.dated) or one_page  # a page carries its day to all that it tells of it
    exact = a.start == a.end == b.start == b.end and dated and (not one_page or can_gainsay(a, b, reasons))
    fine = len(a.spots) == len(b.spots) == 1 and a.spots[0].key == b.spots[0].key and a.spots[0].near == b.spots[0].near
    fine = fine and a.spots[0].pointed
    whole = all(t.complete is not False and t.counted and t.constrains and t.scope == "incident" for t in (a, b))
    alike = a.kind == b.kind and one_class(a, b) and a.owner == b.owner and OTHER_ACTOR not in reasons
    return "same" if exact and fine and not one_voice(a, b) and whole and alike and evident else "maybe"


def would_contradict(link: Link) -> bool:
    """Whether the numbers of an undecided pair cannot both hold, if it is of one happening."""
    return not UNLIKE_NUMBERS.isdisjoint(link.reasons)


def worth_asking(link: Link, a: Term, b: Term) -> bool:
    """Whether people should be asked if two claims are of one happening: only where the answer bears on numbers.

    Both are counted, their days can be the same, and the numbers are not far apart, unless one text sets one against
    the other; what is but near in time and place must be of one and the same day and point of the map.
    """
    early = any(t.said is not None and t.start is not None and t.said < t.start for t in (a, b))
    far = FAR_NUMBER in link.reasons and COUNTERED not in link.reasons
    two = a.document == b.document and OTHER_ACTOR in link.reasons  # a page that names two doers tells two deeds
    revised = would_contradict(link) and one_voice(a, b)  # one voice revises its figure, or tells of two happenings
    if early or far or two or revised or not (a.counted and b.counted):
        return False
    words = ("both ", "the same site", "the same trade", "the same band", REFERRED, COUNTERED)
    telling = any(r.startswith(words) for r in link.reasons)
    point = SAME_DAY in link.reasons and SAME_PLACE in link.reasons and a.dated and b.dated
    return telling or (point and min(a.least, b.least) > 1)
