"""Where and when the claims of a selection are: places for the map, days for the timeline, nothing made up.

A claim of a province is shown as the province, never as a point in it; a claim of a week touches seven days.
"""

from __future__ import annotations

from datetime import date

import msgspec
import numpy as np

from saksi.publish.desk import Desk
from saksi.publish.index import Flags, Index, Numbers
from saksi.publish.listing import Selected, chosen_by, selection_of
from saksi.reconcile.asking import stretches

BARS = 60  # of a timeline, at most


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
    """The map and the timeline of a selection, and how many claims are on neither."""

    total: int
    places: list[Place]
    unplaced: int
    step: str
    bars: list[Bar]
    undated: int


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
    of, _ = index.pairs["place"]
    placed = np.zeros(len(index.ids), dtype=np.bool_)
    placed[of] = True
    first, last = index.columns["first"], index.columns["last"]
    undated = int((chosen & (first < 1)).sum())
    step, bars = bars_of(index, chosen & (first > 0), first == last)
    return WhereAndWhen(int(chosen.sum()), places, int((chosen & ~placed).sum()), step, bars, undated)


def bars_of(index: Index, chosen: Flags, of_a_day: Flags) -> tuple[str, list[Bar]]:
    """The bars of a timeline: of days, weeks, months or years, so that there are not too many."""
    if not chosen.any():
        return "day", []
    first, last = index.columns["first"][chosen], index.columns["last"][chosen]
    last = np.maximum(first, last)
    begin, end = date.fromordinal(int(first.min())), date.fromordinal(int(last.max()))
    span = (end - begin).days + 1
    step = "day" if span <= BARS else "week" if span <= 7 * BARS else "month" if span <= 30 * BARS else "year"
    days = list(stretches(step, begin, end))
    ends = np.array([(a.toordinal(), b.toordinal()) for a, b in days])
    one = of_a_day[chosen]
    exact, every = (touching(ends, first[some], last[some]) for some in (one, np.ones_like(one)))
    return step, [Bar(a, b, int(exact[n]), int(every[n] - exact[n])) for n, (a, b) in enumerate(days)]


def touching(ends: Numbers, first: Numbers, last: Numbers) -> Numbers:
    """How many periods touch each stretch of days: those begun by its end, less those over before its begin."""
    begun = np.searchsorted(np.sort(first), ends[:, 1], side="right")
    return begun - np.searchsorted(np.sort(last), ends[:, 0], side="left")
