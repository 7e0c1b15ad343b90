"""Revisions: one speaker's figures for one thing over time are a series, of which the newest counts.

Cumulative counts with one start, and tolls of one incident, are told again and again, upward and
downward. Only the newest bounds anything; the others stay visible, with what was added between reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import msgspec

from saksi.reconcile.terms import Term


class Series(msgspec.Struct, frozen=True):
    """One speaker's figures for one thing, oldest first, as (day of saying, low, high, claim)."""

    speaker: str
    kind: str
    target: str | None
    scope: str
    reports: tuple[tuple[date, int | None, int | None, str], ...]

    @property
    def added(self) -> tuple[int | None, ...]:
        """What was added between each report and the one before: no event of those days, only of what was known."""
        lows = [low for _, low, _, _ in self.reports]
        return tuple(None if a is None or b is None else b - a for a, b in pairwise(lows))


def series_of(terms: Sequence[Term]) -> list[Series]:
    """The series among some claims; a figure merely carried again, unchanged, is no new report."""
    groups: dict[tuple[object, ...], list[Term]] = {}
    for term in terms:
        if term.scope in ("incident", "cumulative") and term.counted and term.constrains and term.said is not None:
            groups.setdefault(key_of(term), []).append(term)
    found = []
    for group in groups.values():
        newest: dict[date, list[Term]] = {}
        for term in group:
            newest.setdefault(term.said or date.min, []).append(term)
        days = sorted(newest)
        if len(days) < 2 or len({(t.low, t.high) for t in group}) < 2 or not alone(newest):
            continue
        reports = tuple((day, t.low, t.high, t.id) for day in days for t in newest[day])
        first = group[0]
        found.append(Series(first.speaker, first.kind, first.target, first.scope, reports))
    return sorted(found, key=lambda s: s.reports[0][3])


def alone(by_day: dict[date, list[Term]]) -> bool:
    """Whether the speaker gave one figure each time: two at once are two things, and no series."""
    return all(len({(t.low, t.high) for t in told}) == 1 for told in by_day.values())


def key_of(term: Term) -> tuple[object, ...]:
    """What makes figures of one speaker figures for one thing; a running total may end on any day."""
    what = (term.speaker, term.outlet, term.kind, term.counts, term.target, term.age, term.sex, term.status,
            term.owner, term.actors, tuple(s.key for s in term.spots), term.scope, term.perpetrators)  # fmt: skip
    if term.scope == "cumulative":
        return (*what, term.start)
    pointed = bool(term.spots) and all(s.pointed for s in term.spots)
    if term.start is None or term.start != term.end or not pointed:
        return (*what, term.id)
    return (*what, term.start, term.release)


def superseded(series: Sequence[Series]) -> set[str]:
    """The claims that a newer figure of the same series has replaced."""
    return {id for s in series for day, _, _, id in s.reports if day < s.reports[-1][0]}
