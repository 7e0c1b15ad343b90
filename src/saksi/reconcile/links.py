"""Which claims may be of one happening: candidates, scored, with the reasons in words.

Only claims of one family of kinds, on the same or a neighbouring day, in places that may be one, are
compared; the points of each reason are in `POINTS`. Judgements of people come later and outweigh all
of this. Windows of a day and some kilometres follow meltt's matching (Donnay et al. 2019).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import combinations, pairwise, product, takewhile

import msgspec

from saksi.reconcile.copied import are_two, copied
from saksi.reconcile.dimensions import compatible, may_be_one, one_kind, overlap, traits_differ
from saksi.reconcile.evidence import Told, evidence, tells, told_names
from saksi.reconcile.terms import FINE, Spot, Term, relations
from saksi.registers.load import Registers

MAYBE, MISS = 3.5, 2.0  # points from which a pair may be one happening, is a near miss
POINTS = {
    "the same day": 3.0, "a day apart": 1.5, "days that overlap": 1.0,
    "the same place": 3.0, "the same district": 2.0, "the same province": 1.0, "the same country": 0.5,
    "one place may hold the other": 1.5,
    "the same actor": 1.0, "different actors": -2.0,
    "the same number": 1.5, "numbers that can agree": 1.0, "different numbers": -0.5, "numbers far apart": -1.5,
    "the same class": 0.5, "classes that exclude each other": -3.0,
}  # fmt: skip
NAMED = 2.0  # points for each thing that both tell of the happening itself
RARE = 20  # documents that may have a name which tells a happening
TELLING = 5  # a number from which on the same number in the same town says something
NEWS = 14  # days within which tellings of one happening come, where neither gives its day
COPY = "the same text in two documents"
NEAR_KM, FAR_KM = 25.0, 60.0
EARTH_KM = 6371.0


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
    if a.document == b.document or (a.release and a.release == b.release) or tied(a, b):
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
            if key in seen or a.document == b.document or tied(a, b) or (a.release and a.release == b.release):
                continue
            seen.add(key)
            score, reasons = compared(a, b, registers)
            if score >= MISS:
                told = evidence(told_of.of(a) & told_of.of(b)) if score >= MAYBE else []
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
    if number == "numbers far apart" or what == "classes that exclude each other":
        return None
    rare = {n for n in names if not n.startswith("@")}
    shared = {t for t in told_of.own(a) & told_of.own(b) if t[0] != "name"}
    told = evidence(shared | {("name", n) for n in rare})
    sure = a.said is not None and b.said is not None and number == "the same number" and a.least >= TELLING
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


def compared(a: Term, b: Term, registers: Registers) -> tuple[float, list[str]]:
    """The points of a pair and their reasons; no points where days or places cannot be one."""
    days = day_reason(a, b)
    if days is None or set_apart(a, b) or not related(a, b, registers):  # what is looked at quickly comes first
        return 0.0, []
    place = place_reason(a.spots, b.spots)
    if place is None:
        return 0.0, []
    who = actor_reason(a, b, registers)
    reasons = [r for r in (days, place, who, number_reason(a, b), class_reason(a, b, registers)) if r]
    near = [float(r.split()[0]) for r in reasons if r.endswith(" km apart")]
    score = sum(POINTS.get(r, 0.0) for r in reasons) + sum(2.0 if km <= NEAR_KM else 1.0 for km in near)
    return score, reasons


def related(a: Term, b: Term, registers: Registers) -> bool:
    """Whether two kinds are of one family and count the same."""
    if a.counts != b.counts and a.counted and b.counted:
        return False
    return one_kind(registers, a.kind, b.kind)


def set_apart(a: Term, b: Term) -> bool:
    """Whether one voice tells two claims as two: of different days, with figures of its own for each."""
    one_voice = a.speaker == b.speaker and a.outlet == b.outlet
    if not one_voice or (a.start, a.end) == (b.start, b.end):
        return False
    return (a.low, a.high) != (b.low, b.high) or (a.complete is True and b.complete is True)


def day_reason(a: Term, b: Term) -> str | None:
    """How near two periods are; None where they cannot be one."""
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return None
    if a.start == a.end == b.start == b.end:
        return "the same day"
    if a.start <= b.end and b.start <= a.end:
        return "days that overlap"
    gap = max((b.start - a.end).days, (a.start - b.end).days)
    return "a day apart" if gap == 1 else None


def place_reason(a: Sequence[Spot], b: Sequence[Spot]) -> str | None:
    """How near two unions of places are; '' where one is not said, None where they cannot be one."""
    if not a or not b:
        return ""
    found = [r for s in a for t in b if (r := pair_reason(s, t)) is not None]
    return max(found, key=lambda r: (POINTS.get(r, 1.8), r)) if found else None


def pair_reason(s: Spot, t: Spot) -> str | None:
    """How near two places are."""
    if s.key == t.key:
        if s.level in FINE:
            return "the same place"
        return {"admin2": "the same district", "admin1": "the same province"}.get(s.level, "the same country")
    km = distance(s, t)
    if s.level in FINE and t.level in FINE:
        return f"{km:.0f} km apart" if km is not None and km <= FAR_KM else None
    if overlap((s,), (t,)):
        far = km is not None and "country" not in (s.level, t.level) and km > 4 * FAR_KM
        return None if far else "one place may hold the other"
    return None


def distance(s: Spot, t: Spot) -> float | None:
    """Kilometres between two points on the sphere (haversine); None where a point is not known."""
    if s.lat is None or s.lon is None or t.lat is None or t.lon is None:
        return None
    p, q = math.radians(s.lat), math.radians(t.lat)
    h = math.sin((q - p) / 2) ** 2
    h += math.cos(p) * math.cos(q) * math.sin(math.radians(t.lon - s.lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(h))


def actor_reason(a: Term, b: Term, registers: Registers) -> str:
    """Whether the same is said to have done it."""
    if not a.actors or not b.actors:
        return ""
    return "the same actor" if may_be_one(registers, a.actors, b.actors) else "different actors"


def number_reason(a: Term, b: Term) -> str:
    """Whether two numbers can be one."""
    if not a.counted or not b.counted:
        return ""
    if (a.low, a.high) == (b.low, b.high):
        return "the same number"
    low, high = max(a.least, b.least), min(math.inf if t.most is None else t.most for t in (a, b))
    if low <= high:
        return "numbers that can agree"
    return "numbers far apart" if low > 3 * max(high, 1) else "different numbers"


def class_reason(a: Term, b: Term, registers: Registers) -> str:
    """Whether two targets can be the same things or people."""
    if traits_differ(a, b):
        return "classes that exclude each other"
    if a.target is None or b.target is None:
        return ""
    if not compatible(a.target, b.target, registers):
        return "classes that exclude each other"
    return "the same class" if one_class(a, b) else ""


def one_class(a: Term, b: Term) -> bool:
    """Whether two claims count exactly the same class of people or things."""
    return (a.target, a.age, a.sex, a.status, a.perpetrators) == (b.target, b.age, b.sex, b.status, b.perpetrators)


def verdict(a: Term, b: Term, score: float, reasons: Sequence[str], evident: bool) -> str:
    """What a rule says of a pair: one happening where two voices tell of the same, at one point of the map.

    All but the number must be the same, both must say the day, and something beside day and town must tell that
    it is one happening. A count that is told as part of the whole ("so far", "among others") never shares a
    figure, nor does one of a class that the other's class merely holds.
    """
    if score < MAYBE:
        return "miss"
    exact = a.start == a.end == b.start == b.end and a.dated and b.dated
    fine = len(a.spots) == len(b.spots) == 1 and a.spots[0].key == b.spots[0].key and a.spots[0].near == b.spots[0].near
    fine = fine and a.spots[0].pointed
    voices = a.speaker != b.speaker or a.outlet != b.outlet
    whole = all(t.complete is not False and t.counted and t.constrains and t.scope == "incident" for t in (a, b))
    alike = a.kind == b.kind and one_class(a, b) and a.owner == b.owner and "different actors" not in reasons
    return "same" if exact and fine and voices and whole and alike and evident else "maybe"


def worth_asking(link: Link, a: Term, b: Term) -> bool:
    """Whether people should be asked if two claims are of one happening: only where the answer bears on numbers.

    Both are counted, their days can be the same, and the numbers are not far apart; what is but near in time and
    place must be of one and the same day and point of the map.
    """
    early = any(t.said is not None and t.start is not None and t.said < t.start for t in (a, b))
    if early or not (a.counted and b.counted) or "numbers far apart" in link.reasons:
        return False
    telling = any(r.startswith(("both ", "the same site", "the same trade", "the same band")) for r in link.reasons)
    point = "the same day" in link.reasons and "the same place" in link.reasons and a.dated and b.dated
    return telling or (point and min(a.least, b.least) > 1)
