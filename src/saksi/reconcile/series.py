"""Revisions: one speaker's figures for one thing over time are a series, of which the newest counts.

Cumulative counts with one start, and tolls of one incident, are told again and again, upward and
downward. Only the newest bounds anything; the others stay visible, with what was added between reports.
A running total that does not say since when is of the same war as the speaker's other ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

import msgspec

from saksi.reconcile.terms import Term

SETTLED = 6  # figures of a running total from which one can tell that a figure does not belong to it
FALL = 0.8  # a running total that is corrected keeps at least this share of what it said before
LEAP = 1.5  # where two figures are told of one day, one that grows by more is of something wider

Report = tuple[date, int | None, int | None, str]


class Series(msgspec.Struct, frozen=True):
    """One speaker's figures for one thing, oldest first, as (day, low, high, claim).

    The day is that as of which a running total stands, and that of saying for an incident. `strays` are
    claims that were told as of the series and cannot be: far from the figures before and after them.
    """

    speaker: str
    kind: str
    target: str | None
    scope: str
    reports: tuple[Report, ...]
    strays: tuple[str, ...] = ()

    @property
    def added(self) -> tuple[int | None, ...]:
        """What was added between each report and the one before: no event of those days, only of what was known."""
        lows = [low for _, low, _, _ in self.reports]
        return tuple(None if a is None or b is None else b - a for a, b in pairwise(lows))


def series_of(terms: Sequence[Term]) -> list[Series]:
    """The series among some claims; a figure merely carried again, unchanged, is no new report."""
    groups: dict[tuple[object, ...], list[Term]] = {}
    starts = starts_of(terms)
    for term in terms:
        if term.counted and may_be_revised(term) and term.constrains and day_of(term) is not None:
            groups.setdefault(key_of(term, starts), []).append(term)
    found = []
    for group in groups.values():
        newest: dict[date, list[Term]] = {}
        for term in group:
            newest.setdefault(day_of(term) or date.min, []).append(term)
        if len(newest) < 2 or len({(t.low, t.high) for t in group}) < 2:
            continue
        made = running(newest) if group[0].scope == "cumulative" else revised(newest)
        if made is not None:
            found.append(made)
    return sorted(found, key=lambda s: s.reports[0][3])


def day_of(term: Term) -> date | None:
    """The day of a figure: for a running total the one as of which it stands, else the one of saying."""
    if term.scope == "cumulative" and term.end is not None:
        return term.end
    return term.said


def revised(by_day: dict[date, list[Term]]) -> Series | None:
    """The series of an incident's toll; none where two figures were given at once, for they are two things."""
    if not all(len({(t.low, t.high) for t in told}) == 1 for told in by_day.values()):
        return None
    return series([t for day in sorted(by_day) for t in by_day[day]], ())


def running(by_day: dict[date, list[Term]]) -> Series:
    """The series of a running total: one figure a day, without those that fit in nowhere."""
    told = [t for day in sorted(by_day) for t in by_day[day]]
    fitting = steady(day_by_day(by_day))
    strays = tuple(t.id for t in told if t not in fitting)
    return series(fitting, strays)


def day_by_day(by_day: dict[date, list[Term]]) -> list[Term]:
    """Each day's greatest figure, or one that goes on from the day before where the greatest leaps from it."""
    line: list[Term] = []
    before = 0
    for day in sorted(by_day):
        most = max(t.least for t in by_day[day])
        onward = [t.least for t in by_day[day] if 0 < before * FALL <= t.least <= before * LEAP]
        leaps = bool(onward) and max(onward) < most
        before = max(onward) if leaps and not goes_on(most, day, by_day) else most
        line += [t for t in by_day[day] if t.least == before]
    return line


def goes_on(figure: int, day: date, by_day: Mapping[date, list[Term]]) -> bool:
    """Whether a later day goes on from a figure, so that it is no stray beside a smaller one."""
    later = (t.least for other, some in by_day.items() if other > day for t in some)
    return any(figure * FALL <= n <= figure * LEAP for n in later)


def series(told: Sequence[Term], strays: tuple[str, ...]) -> Series:
    """A series of some claims, oldest first."""
    first = told[0]
    reports = tuple((day_of(t) or date.min, t.low, t.high, t.id) for t in told)
    return Series(first.speaker, first.kind, first.target, first.scope, reports, strays)


def steady(told: Sequence[Term]) -> list[Term]:
    """The longest line of figures that never falls far; few figures, or a newest one that is near, all stay."""
    if len(told) < SETTLED:
        return list(told)
    best: list[
        tuple[int, int]
    ] = []  # for each figure the length of the longest line that ends there, and what is before
    for n, term in enumerate(told):
        before = max(((best[k][0], k) for k in range(n) if told[k].least * FALL <= term.least), default=(0, -1))
        best.append((before[0] + 1, before[1]))
    at = max(range(len(told)), key=lambda n: (best[n][0], n))
    line = []
    while at >= 0:
        line.append(told[at])
        at = best[at][1]
    line.reverse()
    newest = told[-1]
    if newest is not line[-1] and newest.least * 2 >= line[-1].least:
        line.append(newest)
    return line


def starts_of(terms: Sequence[Term]) -> dict[tuple[object, ...], date]:
    """For each running total that has only one known start: that start, for those of its figures that tell none."""
    found: dict[tuple[object, ...], set[date]] = {}
    for term in terms:
        if term.scope == "cumulative" and term.start is not None and term.start != term.end:
            found.setdefault(what_of(term), set()).add(term.start)
    return {key: next(iter(starts)) for key, starts in found.items() if len(starts) == 1}


def what_of(term: Term) -> tuple[object, ...]:
    """What a figure counts, of whom, where, and who says it."""
    return (term.speaker, term.outlet, term.kind, term.counts, term.target, term.age, term.sex, term.status,
            term.owner, term.actors, tuple(s.key for s in term.spots), term.scope, term.perpetrators)  # fmt: skip


def key_of(term: Term, starts: dict[tuple[object, ...], date]) -> tuple[object, ...]:
    """What makes figures of one speaker figures for one thing; a running total may end on any day."""
    what = what_of(term)
    if term.scope == "cumulative":
        begun = term.start is not None and term.start != term.end  # else its words tell only as of when it stands
        return (*what, term.start if begun else starts.get(what, term.start))
    return (*what, term.start, term.release)


def may_be_revised(term: Term) -> bool:
    """Whether another figure can be of the same: of a running total, or of what happened on one day at one point."""
    if term.scope != "incident":
        return term.scope == "cumulative"
    day = term.start is not None and term.start == term.end
    return day and bool(term.spots) and all(s.pointed for s in term.spots)


def superseded(series: Sequence[Series]) -> set[str]:
    """The claims that a newer figure of the same series has replaced, and those that only seemed to be of it."""
    old = {id for s in series for day, _, _, id in s.reports if day < s.reports[-1][0]}
    return old | {id for s in series for id in s.strays}


def standing_by(series: Sequence[Series], last: date) -> set[str]:
    """The claims of running totals that were the newest by a day, where no later report has said less."""
    found: set[str] = set()
    for each in series:
        before = [report for report in each.reports if report[0] <= last]
        later = each.reports[len(before) :]
        if each.scope == "cumulative" and before and later:
            day, least = before[-1][0], before[-1][1] or 0
            if all((low or 0) >= least for _, low, _, _ in later):
                found |= {id for told, _, _, id in before if told == day}
    return found
