"""Running totals as a measure of what else is told: what a total may include is never added to it.

A figure told of one day that is as high as the war's total so far was a total itself; one that is higher
than all that its days added to the total cannot be an incident on top of it. Neither is thrown away in
silence: each keeps a reason in words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from saksi.reconcile.dimensions import holds, kind_holds, may_be_one, may_be_owned
from saksi.reconcile.series import day_of, series_of
from saksi.reconcile.terms import FINE, Spot, Term
from saksi.registers.load import Registers

SMALL = 20  # a figure below this is never doubted: a small war's day can be as high as its total
MANY = 100  # a figure from which on it can be told by its size that it is a total
NEAR = 0.8, 1.25  # a figure between these shares of a running total is that total told again
ODD = 2  # another speaker may count so many times what a speaker's total grew by, and as many as SMALL more
OUTWEIGHED = 2  # times a total the sum of the happenings that it may include, from which on it cannot be their total
LAG = timedelta(days=1)  # the dead of an evening are in the total of the next day
LATER = timedelta(days=3)  # a total told so soon after a figure may be the same one


Shape = tuple[int, int]  # what a claim counts, and where, each by a number


class Measure(msgspec.Struct, frozen=True):
    """A speaker's running total of one thing, as days and figures in order, with one of its claims."""

    sample: Term
    days: tuple[date, ...]
    figures: tuple[int, ...]
    since: date | None


class Measured(msgspec.Struct, frozen=True):
    """Claims as they can be counted: `told` with those that were totals as totals, `doubts` why others are not."""

    told: list[Term]
    doubts: dict[str, str]


def measured(terms: Sequence[Term], registers: Registers) -> Measured:
    """The claims that can be what they are told as; those that are running totals by their size are made so."""
    measures, inclusion = measures_of(terms), Inclusion(registers)
    shapes = [inclusion.shape(m.sample) for m in measures]
    totals = {of: m.sample for of, m in zip(shapes, measures, strict=True)}
    known: dict[Shape, tuple[list[Measure], list[Measure]]] = {}
    told, doubts = [], {}
    for term in terms:
        if not doubtful(term) or not measures:
            told.append(term)
            continue
        key = inclusion.shape(term)
        if key not in known:
            fits = inclusion.fitting(totals, term, key)
            may = [m for of, m in zip(shapes, measures, strict=True) if of in fits]
            known[key] = (may, [m for m in may if surely_around(m.sample.spots, term.spots)])
        may, sure = known[key]
        said = doubt(term, sure)
        if is_total(term, may) and (said is not None or not term.spots):
            told.append(msgspec.structs.replace(term, scope="cumulative", start=None, end=as_of(term)))
        elif said is None:
            told.append(term)
        else:
            doubts[term.id] = said
    return Measured(told, doubts)


def doubtful(term: Term) -> bool:
    """Whether a claim is a figure of one happening, high enough to be measured."""
    return term.scope in ("incident", "increment", "tally") and not term.release and term.least >= SMALL


def as_of(term: Term) -> date | None:
    """As of which day a figure stands."""
    return term.end or term.start or term.said


def measures_of(terms: Sequence[Term]) -> list[Measure]:
    """The running totals among some claims; `since` is where they begin, if told."""
    by = {t.id: t for t in terms}
    found = []
    told_more: set[str] = set()
    for series in series_of([t for t in terms if t.scope == "cumulative"]):
        told_more |= {*(id for _, _, _, id in series.reports), *series.strays}
        points: dict[date, int] = {}
        for told_on, low, _, _ in series.reports:
            points[told_on] = max(points.get(told_on, 0), low or 0)
        days = sorted(points)
        told = [by[id] for _, _, _, id in series.reports]
        starts = [t.start for t in told if t.start is not None and t.start != t.end]
        found.append(Measure(told[0], tuple(days), tuple(points[d] for d in days), min(starts, default=None)))
    for t in terms:
        day = day_of(t)
        if t.scope == "cumulative" and t.constrains and t.counted and t.id not in told_more and day is not None:
            since = t.start if t.start != t.end else None
            found.append(Measure(t, (day,), (t.least,), since))
    return found


class Inclusion:
    """Which totals may include which claims, by what they count and where; days are another matter."""

    def __init__(self, registers: Registers) -> None:
        self.registers = registers
        self.numbers: dict[tuple[object, ...], int] = {}
        self.what: dict[tuple[int, int], bool] = {}
        self.where: dict[tuple[int, int], bool] = {}

    def shape(self, term: Term) -> Shape:
        """All of a claim that decides which totals may include it, but its days: numbers are compared soonest."""
        what, where = counted_of(term), term.spots
        return self.numbers.setdefault(what, len(self.numbers)), self.numbers.setdefault(where, len(self.numbers))

    def fitting(self, totals: Mapping[Shape, Term], term: Term, of: Shape) -> set[Shape]:
        """The shapes of those totals that may include a claim, which is of a shape."""
        return {key for key, total in totals.items() if self.may(total, term, key, of)}

    def may(self, total: Term, term: Term, of: Shape, other: Shape) -> bool:
        """Whether a total may include a claim; `of` and `other` are their shapes."""
        whats, wheres = (of[0], other[0]), (of[1], other[1])
        counted = self.what.get(whats)
        if counted is None:
            counted = self.what[whats] = counts_all(total, term, self.registers)
        if not counted:
            return False
        held = self.where.get(wheres)
        if held is None:
            held = self.where[wheres] = around(total.spots, term.spots)
        return held and may_be_owned(self.registers, total, term)


def counted_of(term: Term) -> tuple[object, ...]:
    """What a claim counts, of whom."""
    return (term.kind, term.counts, term.target, term.age, term.sex, term.status, term.owner, term.actors)


def counts_all(total: Term, term: Term, registers: Registers) -> bool:
    """Whether a total counts all that a claim counts."""
    if total.counts != term.counts or not kind_holds(registers, total.kind, term.kind):
        return False
    if total.target and (term.target is None or not registers.is_a(term.target, total.target)):
        return False
    if any(a and a != b for a, b in ((total.age, term.age), (total.sex, term.sex), (total.status, term.status))):
        return False
    return may_be_one(registers, total.actors, term.actors)


def around(wider: Sequence[Spot], spots: Sequence[Spot]) -> bool:
    """Whether all of some places may lie in one of a total's: a total told of a town may be of its province."""
    return not spots or not wider or all(any(holds(w, s) or beside(w, s) for w in wider) for s in spots)


def beside(total: Spot, spot: Spot) -> bool:
    """Whether a total's town and a place are of one province, or of one country where that is all one knows."""
    if total.level not in FINE or None in (total.country, spot.country):
        return total.level in FINE
    return total.country == spot.country and (None in (total.admin1, spot.admin1) or total.admin1 == spot.admin1)


def surely_around(wider: Sequence[Spot], spots: Sequence[Spot]) -> bool:
    """Whether all of some places surely lie in one of a total's."""
    return bool(spots) and all(any(holds(w, s) == 2 for w in wider) for s in spots)


def meet(total: Term, term: Term) -> bool:
    """Whether the days of a total may be those of a claim."""
    after = total.end is not None and term.dated and term.start is not None and term.start > total.end
    before = total.start is not None and term.dated and term.end is not None and term.end < total.start
    return not after and not before


def doubt(term: Term, measures: Iterable[Measure]) -> str | None:
    """Why a claim cannot be of one happening, by the totals that would include it; None where it can."""
    day = as_of(term)
    if day is None:
        return None
    for each in measures:
        if each.since is not None and (term.start or day) < each.since - LAG:
            continue  # it may be of what was before the total began
        grown = growth(each, term.start or day, day + LAG)
        by_then = growth(each, term.start or day, day)
        if by_then is not None and term.least > by_then and is_total(term, (each,)):
            return f"near what {each.sample.speaker_name} tells in all, and more than the {by_then} added by then"
        own = (term.speaker, term.outlet) == (each.sample.speaker, each.sample.outlet)
        if grown is not None and term.least > (grown if own else ODD * grown + SMALL):
            return f"more than the {grown} that those days added to the total of {each.sample.speaker_name}"
        if grown is None and (near := nearest(each, day)) is not None and term.least >= NEAR[0] * near:
            return f"near the {near} that {each.sample.speaker_name} tells in all"
    return None


def growth(measure: Measure, first: date, last: date) -> int | None:
    """What a total grew by over some days; None where it was not told both before and after them."""
    before = bisect_left(measure.days, first) - 1
    after = bisect_left(measure.days, last)
    if after == len(measure.days):
        return None
    if before < 0:
        return measure.figures[after] if measure.since is not None and measure.since >= first - LAG else None
    return max(0, measure.figures[after] - measure.figures[before])


def nearest(measure: Measure, day: date) -> int | None:
    """A total as it stood last by a day; None where it was not told before, or soon after."""
    at = bisect_right(measure.days, day + LATER) - 1
    return measure.figures[at] if at >= 0 else None


def is_total(term: Term, measures: Iterable[Measure]) -> bool:
    """Whether a figure is a running total by its size: near what some speaker told in all by then, or soon after."""
    day = as_of(term) if term.least >= MANY else None
    totals = (t for m in measures for t in figures_by(m, day)) if day is not None else ()
    return any(NEAR[0] * t <= term.least <= NEAR[1] * t for t in totals)


def figures_by(measure: Measure, day: date) -> tuple[int, ...]:
    """A total as it stood last by a day, and as it was told soon after."""
    first = max(0, bisect_right(measure.days, day) - 1)
    return measure.figures[first : bisect_right(measure.days, day + LATER)]


def included(
    terms: Sequence[Term], inside: Callable[[Sequence[Term]], Collection[str]], inclusion: Inclusion
) -> tuple[list[Term], tuple[str, ...]]:
    """The claims without those that a running total inside the question may include, and which these are.

    `inside` tells which of some claims lie wholly inside the question. What a total may include adds nothing to it;
    what bounds from above goes on doing so. Where a figure inside the question is greater than the total itself, the
    greatest stays: it is then the greatest single figure. One that may be of elsewhere takes no total's place.
    """
    totals = [t for t in terms if t.scope == "cumulative" and t.least > 0]
    held = inside(totals)
    totals = sorted((t for t in totals if t.id in held), key=lambda t: (-t.least, t.id))
    if not totals:
        return list(terms), ()
    holders = holders_of(terms, totals, inclusion)
    beyond = inside([t for t in terms if any(o.least < t.least for o in holders[t.id][-1:])])
    found = left_out(terms, holders, beyond)
    kept, hidden = [t for t in totals if t.id not in found], [t for t in terms if t.id in found]
    weak = outweighed(kept, hidden, holders)
    if weak:
        held = inside(hidden)
        weak = outweighed(kept, [t for t in hidden if t.id in held], holders)
    if weak:
        holders = {id: [o for o in some if o.id not in weak] for id, some in holders.items()}
        found = left_out([t for t in terms if t.id not in weak], holders, beyond) | weak
    left = [msgspec.structs.replace(t, low=0) if t.id in found else t for t in terms if t.id not in found or t.bounding]
    return left, tuple(t.id for t in terms if t.id in found)


def holders_of(terms: Sequence[Term], totals: Sequence[Term], inclusion: Inclusion) -> dict[str, list[Term]]:
    """For each claim by its id the totals that may include it by what they count and where, in the order given."""
    shaped = {t.id: inclusion.shape(t) for t in terms}
    whole = {shaped[o.id]: o for o in totals}
    known: dict[Shape, list[Term]] = {}
    for t in terms:
        if shaped[t.id] not in known:
            fits = inclusion.fitting(whole, t, shaped[t.id])
            known[shaped[t.id]] = [o for o in totals if shaped[o.id] in fits] if fits else []
    return {t.id: known[shaped[t.id]] for t in terms}


def outweighed(totals: Sequence[Term], hidden: Sequence[Term], holders: Mapping[str, Sequence[Term]]) -> set[str]:
    """The totals that are far less than the happenings which they may include: five so far beside fifty of two each.

    Such a total is of something narrower than it was read as, or of a shorter time; the happenings say more. What may
    be one happening, told by ten or of a town, its province and its country, weighs once, by the greatest.
    """
    weight: Counter[str] = Counter()
    for term in told_apart([t for t in hidden if t.scope in ("incident", "increment") and t.end is not None]):
        for total in holders[term.id]:
            if total.id != term.id and meet(total, term):
                weight[total.id] += term.least
    return {t.id for t in totals if weight[t.id] > OUTWEIGHED * t.least}


def told_apart(terms: Sequence[Term]) -> Iterator[Term]:
    """The greatest of those claims of one kind and the same days of which one's places may hold another's.

    What names no place may be any of them, and stands for itself alone where no place is told.
    """
    told: dict[tuple[str, date | None, date | None], PlacesTold] = {}
    for term in sorted(terms, key=lambda t: (not t.spots, -t.least, t.id)):
        others = told.setdefault((term.kind, term.start, term.end), PlacesTold())
        if others.takes(term.spots):
            yield term


class PlacesTold:
    """The places of which something was told, so laid out that one asks for those alone that may hold another."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.around: set[str] = set()  # the keys of what they lie in
        self.unplaced = False
        self.wide: list[Spot] = []
        self.fine: dict[str | None, list[Spot]] = {}  # by country

    def takes(self, spots: Sequence[Spot]) -> bool:
        """Adds places, where none of them may be one that is there already; whether it did."""
        if (not spots and (self.keys or self.unplaced)) or any(self.may_be_there(s) for s in spots):
            return False
        self.unplaced = not spots
        for spot in spots:
            self.keys.add(spot.key)
            self.around.update(spot.inside)
            wide = spot.level not in FINE
            (self.wide if wide else self.fine.setdefault(spot.country, [])).append(spot)
        return True

    def may_be_there(self, spot: Spot) -> bool:
        """Whether a place may be one of these, or lie in one, or one in it."""
        if spot.key in self.keys or spot.key in self.around or not self.keys.isdisjoint(spot.inside):
            return True
        if any(holds(wide, spot) or holds(spot, wide) for wide in self.wide):
            return True
        if spot.level in FINE:
            return False
        lands = [*self.fine.get(spot.country, ()), *self.fine.get(None, ())] if spot.country else self.fine_spots()
        return any(holds(spot, other) for other in lands)

    def fine_spots(self) -> list[Spot]:
        """All the towns and villages."""
        return [spot for spots in self.fine.values() for spot in spots]


def left_out(terms: Sequence[Term], holders: Mapping[str, Sequence[Term]], inside: Collection[str]) -> set[str]:
    """The claims that add nothing beside totals; `inside` are those greater than some total that the question holds."""
    found: set[str] = set()
    greater: set[str] = set()  # totals beside which a greater figure stays already
    for term in sorted(terms, key=lambda t: (-t.least, t.scope != "cumulative", t.id)):
        if term.negated or term.scope in ("list", "stock") or term.release:
            continue
        over = [o for o in holders[term.id] if o.id != term.id and o.id not in found and meet(o, term)]
        if any(o.least >= term.least or o.id in greater for o in over):
            found.add(term.id)
        elif term.id in inside:
            greater |= {o.id for o in over}
    return found
