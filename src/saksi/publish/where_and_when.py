"""Where and when the claims of a selection are: places for the map, days for the timeline, nothing made up.

A claim of a province is shown as the province, never as a point in it; a claim of a week touches seven days.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import numpy as np

from saksi.publish.desk import Desk
from saksi.publish.selecting import Selected, chosen_by, selection_of
from saksi.publish.voices import Numbers
from saksi.reconcile.asking import stretches

BARS = 60  # of a timeline, at most
FAR = 0.005  # the share of claims at either end that a timeline may leave out,
WIDER = 1.5  # where with them it would be so many times as long
DAY = timedelta(days=1)


class Place(msgspec.Struct, frozen=True):
    """A place with the number of claims placed there; degrees are WGS 84, `area` says that it is no point."""

    key: str
    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    level: str
    precision: str
    claims: int

    @property
    def area(self) -> bool:
        """Whether it is a country, a region or a province: its coordinates are only the middle of it."""
        return self.level in ("country", "region", "admin1", "admin2")


class Bar(msgspec.Struct, frozen=True):
    """A stretch of days: how many claims tell of a day in it, and how many of a longer period that touches it."""

    first: date
    last: date
    days: int
    periods: int


class WhereAndWhen(msgspec.Struct, frozen=True):
    """The map and the timeline of a selection, and how many claims are on neither.

    The timeline leaves out a few claims that are far earlier or later than all others, and says how many:
    those that are over by `before_day`, and those that begin on `after_day` or later.
    """

    total: int
    places: list[Place]
    unplaced: int
    step: str
    bars: list[Bar]
    undated: int
    before: int
    before_day: date | None
    after: int
    after_day: date | None


def find_where_and_when(desk: Desk, asked: Selected) -> WhereAndWhen:
    """The places and days of the claims selected."""
    return desk.kept(("where", *selection_of(asked)), lambda: made(desk, asked))


def made(desk: Desk, asked: Selected) -> WhereAndWhen:
    """The same, made anew."""
    index, chosen = chosen_by(desk, asked)
    places = [
        Place(s.key, s.name, s.country, s.admin1, s.lat, s.lon, s.level, s.precision, n)
        for _, s, n in index.counts("place", chosen)
    ]
    first, last = index.columns["first"], index.columns["last"]
    undated = int((chosen & (first < 1)).sum())
    dated = chosen & (first > 0)
    first, last = first[dated], np.maximum(first, last)[dated]
    ends = span_of(first, last, asked)
    step, bars = ("day", []) if ends is None else bars_of(first, last, ends)
    early = (last < bars[0].first.toordinal()) if bars else np.zeros(0)
    late = (first > bars[-1].last.toordinal()) if bars else np.zeros(0)
    return WhereAndWhen(
        int(chosen.sum()), places, int((chosen & ~index.placed).sum()), step, bars, undated,
        int(early.sum()), bars[0].first - DAY if early.any() else None,
        int(late.sum()), bars[-1].last + DAY if late.any() else None,
    )  # fmt: skip


def span_of(first: Numbers, last: Numbers, asked: Selected) -> tuple[date, date] | None:
    """The days of a timeline: those asked for, else those of nearly all claims where a few lie far off."""
    if not len(first):
        return None
    ends = [int(first.min()), int(last.max())]
    near = [int(np.quantile(first, FAR)), int(np.quantile(last, 1 - FAR))]
    if ends[1] - ends[0] > WIDER * (near[1] - near[0] + 7):
        ends = near
    if asked.first is not None:
        ends[0] = max(ends[0], asked.first.toordinal())
    if asked.last is not None:
        ends[1] = min(ends[1], asked.last.toordinal())
    return date.fromordinal(min(ends)), date.fromordinal(max(ends))


def bars_of(first: Numbers, last: Numbers, span: tuple[date, date]) -> tuple[str, list[Bar]]:
    """The bars of a timeline: of days, weeks, months or years, so that there are not too many."""
    begin, end = span
    length = (end - begin).days + 1
    step = "day" if length <= BARS else "week" if length <= 7 * BARS else "month" if length <= 30 * BARS else "year"
    days = list(stretches(step, begin, end))
    ends = np.array([(a.toordinal(), b.toordinal()) for a, b in days])
    one = first == last
    exact, every = (touching(ends, first[some], last[some]) for some in (one, np.ones_like(one)))
    return step, [Bar(a, b, int(exact[n]), int(every[n] - exact[n])) for n, (a, b) in enumerate(days)]


def touching(ends: Numbers, first: Numbers, last: Numbers) -> Numbers:
    """How many periods touch each stretch of days: those begun by its end, less those over before its begin."""
    begun = np.searchsorted(np.sort(first), ends[:, 1], side="right")
    return begun - np.searchsorted(np.sort(last), ends[:, 0], side="left")
